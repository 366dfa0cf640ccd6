"""A PDF from request to file; the only place that calls WeasyPrint. Knows no kind of report."""
