"""One funding through its life: states, amendments, instalments, payments, reports."""
