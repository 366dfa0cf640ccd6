"""Every figure about money: what it is, its sums over fundings, as of today or a day in the past."""
