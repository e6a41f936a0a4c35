"""Shallow JSON: parse a text from elsewhere only if it is not nested deeply."""

from __future__ import annotations

import json
import re
from typing import Any

DEEPEST = 100  # a save has 8 levels; 5,000 overflow the stack of a browser's Python, which ends it
_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[\[{]|[\]}]')  # a string, whose brackets count for nothing, or a bracket


def parse_json(content: str | bytes) -> Any:
    """The data of a JSON text. Raises ValueError if it is no JSON, or is nested more than `DEEPEST` levels."""
    text = content if isinstance(content, str) else content.decode()
    depth = 0
    for token in _TOKEN.finditer(text):
        depth += {"[": 1, "{": 1, "]": -1, "}": -1}.get(token[0], 0)
        if depth > DEEPEST:
            raise ValueError(f"nested more than {DEEPEST} levels")
    return json.loads(text)
