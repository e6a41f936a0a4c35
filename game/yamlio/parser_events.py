"""Yield PyYAML's parser events of a text, and find the line up to which it parses."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import yaml

LINE_END = re.compile("\r\n|[\n\r\x85\u2028\u2029]")  # YAML's line breaks


def parse_events(text: str) -> Iterator[Any]:
    """Yield PyYAML's parser events, untyped because PyYAML's types lack the events' fields. Raises yaml.YAMLError."""
    # The C parser if PyYAML has it, else the slower parser of the same grammar.
    return yaml.parse(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))


def last_readable_line(text: str) -> float:
    """Return the line, from 1, where a text fails to parse or repeats a key; infinity if it parses, 0 if not known."""
    mappings: list[set[str] | None] = []  # the keys of each open mapping; None for a list
    waiting: list[bool] = []  # for each, whether its last key still waits for a value
    try:
        for event in parse_events(text):
            kind = type(event).__name__
            if kind in ("SequenceEndEvent", "MappingEndEvent"):
                mappings.pop()
                waiting.pop()
            elif kind in ("ScalarEvent", "AliasEvent", "SequenceStartEvent", "MappingStartEvent"):
                keys = mappings[-1] if mappings else None
                if keys is not None:
                    waiting[-1] = not waiting[-1]
                    if waiting[-1] and kind == "ScalarEvent":
                        if event.value in keys:
                            return int(event.start_mark.line) + 1
                        keys.add(event.value)
                if kind == "MappingStartEvent":
                    mappings.append(set())
                elif kind == "SequenceStartEvent":
                    mappings.append(None)
                if kind.endswith("StartEvent"):
                    waiting.append(False)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        return mark.line + 1 if mark else 1
    except (yaml.YAMLError, ValueError):
        return 0
    return float("inf")
