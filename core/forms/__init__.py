"""How forms read, clean and are drawn; fields that read what people write."""
