"""Limits of YAML files. They have their own module because a cached story needs them without the YAML parser."""

MAX_FILE_BYTES = 4_000_000  # some thirty times the size of a long chapter
MAX_DEPTH = 24  # levels of nesting
