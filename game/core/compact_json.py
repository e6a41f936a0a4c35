"""JSON as it crosses a network: written as one line without spaces; what is read can always be sent on."""

from __future__ import annotations

import json
from typing import Any, NoReturn

_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))  # made once: `json.dumps` makes one a message


def to_compact_json(data: object) -> str:
    """One line of JSON without spaces."""
    return _ENCODER.encode(data)


def parse_json(text: str | bytes) -> Any:
    r"""The data in a JSON text from a network.

    Raises:
        ValueError: It is no JSON in UTF-8, it is nested too deep, it holds NaN or Infinity, or it holds half a
            character (a lone surrogate as `\ud800`), which nobody could encode later.
    """
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
    """The object in a JSON text from a network. Raises ValueError, which says what it is not: JSON, or an object."""
    try:
        data = parse_json(text)
    except ValueError:
        raise ValueError("no JSON") from None
    if not isinstance(data, dict):
        raise ValueError("no object")
    return data


def _no_number(name: str) -> NoReturn:
    raise ValueError(f"{name} is no number")


_DECODER = json.JSONDecoder(parse_constant=_no_number)  # made once, too
