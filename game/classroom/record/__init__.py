"""The record of a class, as values, HTML and CSV."""
