"""Statistics of the counts: as values, text, CSV and HTML."""
