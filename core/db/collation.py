"""The order of names: as a French reader expects, « École » between « Dispositif » and « Fonds », whatever the cluster's locale."""

FRENCH = "fr-x-icu"  # PostgreSQL's own, by ICU; every packaged build has it
