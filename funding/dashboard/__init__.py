"""The dashboard: figures over the fundings a reader may see, as numbers, charts, map and matrix, each with its list."""
