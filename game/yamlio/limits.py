"""Limits of YAML files: apart from the reader, since a story that is kept ready needs them and no YAML parser."""

LARGEST = 4_000_000  # bytes of one file: some thirty times a long chapter
DEEPEST = 24  # levels of nesting
