"""Two rows that are one organisation become one; the double stays as a tombstone that leads to what is kept."""
