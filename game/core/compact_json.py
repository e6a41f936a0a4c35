"""JSON for a network: one line without spaces. Whatever this module parses, it can encode again."""

from __future__ import annotations

import json
from typing import Any, NoReturn

_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))  # `json.dumps` would build one at each call


def to_compact_json(data: object) -> str:
    """Return `data` as one line of JSON without spaces."""
    return _ENCODER.encode(data)


def parse_json(text: str | bytes) -> Any:
    r"""Parse a JSON text from a network. Raises ValueError if it is not JSON in UTF-8, is nested too deep, or holds
    NaN, Infinity or half a character (a lone surrogate such as `\ud800`), which cannot be encoded."""
    try:
        if isinstance(text, bytes):
            text = text.decode()
        elif not text.isascii():
            text.encode()
        data = _DECODER.decode(text)
        if "\\u" in text:
            _ENCODER.encode(data).encode()
    except RecursionError:
        raise ValueError("nested too deep") from None
    return data


def parse_object(text: str | bytes) -> dict[str, Any]:
    """Parse a JSON object from a network. Raises ValueError if the text is not JSON, or is another JSON value."""
    try:
        data = parse_json(text)
    except ValueError:
        raise ValueError("no JSON") from None
    if not isinstance(data, dict):
        raise ValueError("no object")
    return data


def _no_number(name: str) -> NoReturn:
    raise ValueError(f"{name} is not a number")


_DECODER = json.JSONDecoder(parse_constant=_no_number)
