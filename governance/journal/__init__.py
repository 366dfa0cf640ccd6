"""The journal: every change of governed objects, read from the audit trail that the database itself writes."""
