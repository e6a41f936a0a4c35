"""One line of a configuration is written by a program; all else in the file is somebody's own."""

from __future__ import annotations

from game.core.findings import Finding
from game.yamlio.reader import read_text


def set_key(text: str, key: str, value: str) -> str:
    """The text of a YAML file with a plain word behind a key at its top. Comments, order and lines' ends stay.

    Raises ValueError, with the reason, where the text is no mapping of keys, a line each, or would not be one.
    """
    document = read_text(text, "")
    if isinstance(document, Finding):
        raise ValueError(f"line {document.line}: {document.problem}")
    spot = document.spot.parts.get(key)
    if spot is None:
        ending = "\r\n" if "\r\n" in text else "\n"
        new = f"{text}{'' if not text or text.endswith(ending) else ending}{key}: {value}{ending}"
    elif spot.written is None:
        raise ValueError(f"line {spot.line}: several things stand behind `{key}`")
    else:
        begin, end, _ = spot.written
        gap = "" if text[begin - 1].isspace() else " "
        new = f"{text[:begin]}{gap}{value}{text[end:]}"
    again = read_text(new, "")
    if isinstance(again, Finding) or again.data != {**_mapping(document.data), key: value}:
        raise ValueError("its keys do not stand in a line each")
    return new


def _mapping(data: object) -> dict[str, object]:
    return data if isinstance(data, dict) else {}
