"""One funding for its funder, and the lists of a funder's own fundings."""
