"""How values are written for people: typography and names within a sentence."""
