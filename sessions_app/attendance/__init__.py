"""Who was there: the quick form, what the answers prefill, import and export, the sheet to sign and its scan."""
