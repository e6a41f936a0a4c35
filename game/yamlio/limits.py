"""Limits of YAML files, in their own module, because a cached story needs them without a YAML parser."""

MAX_FILE_BYTES = 4_000_000  # some thirty times a long chapter
MAX_DEPTH = 24  # levels of nesting
