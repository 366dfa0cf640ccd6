"""Pages of the watch: its lists, one entry, entering and changing one, its moves."""
