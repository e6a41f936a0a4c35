"""Compact JSON: one line without spaces, as messages to phones and relays are written."""

from __future__ import annotations

import json

_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))  # made once: `json.dumps` makes one a message


def to_compact_json(data: object) -> str:
    """One line of JSON without spaces."""
    return _ENCODER.encode(data)
