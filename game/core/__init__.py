"""Core: values, files, paths, HTML and CSV, findings. Knows no other room."""
