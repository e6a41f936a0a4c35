"""Export: screenshots, films and journals."""
