"""The follow-up of an initiative, for its keeper and by the personal link of its bearer."""
