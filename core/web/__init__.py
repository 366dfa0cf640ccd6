"""What every request passes and every page links to; addresses and what stands in them."""
