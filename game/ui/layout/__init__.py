"""Layout: a semantic tree -> placed blocks of lines and shapes, in whole pixels."""
