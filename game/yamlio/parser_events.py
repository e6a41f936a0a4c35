"""A YAML text -> the parser's events, and how far it comes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import yaml

LINE_END = re.compile("\r\n|[\n\r\x85\u2028\u2029]")  # what ends a line in YAML


def events(text: str) -> Iterator[Any]:
    """The parser's events (they have no common type that names their fields). Raises yaml.YAMLError."""
    # The parser in C where PyYAML was built with it, else the slower one of the same grammar.
    return yaml.parse(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))


def reach(text: str) -> float:
    """The line, from 1, at which the parser gives a text up or a key stands twice; infinite where there is none."""
    mappings: list[set[str] | None] = []  # the keys of each mapping that is open; None for a list
    waiting: list[bool] = []  # whether a key waits for its value there
    try:
        for event in events(text):
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
