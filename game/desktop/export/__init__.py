"""Export: pages as pictures, films and journals."""
