"""The page of governance, and the pages on which its register is kept."""
