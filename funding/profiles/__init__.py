"""Pages of regions, funders and bearers."""
