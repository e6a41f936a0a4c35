"""Core: values, files, paths, HTML and CSV, findings. Imports no other package of the game."""
