"""The form of attendance, the sheet to sign, and the matrix over sessions."""
