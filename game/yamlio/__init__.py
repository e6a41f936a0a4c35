"""YAML: read files with the place of each value, explain mistakes, write files, and watch files for changes."""
