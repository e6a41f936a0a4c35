"""Set one top-level key of a YAML text; comments, order and line ends stay as they are."""

from __future__ import annotations

from game.core.findings import Finding
from game.yamlio.reader import read_text


def set_key(text: str, key: str, value: str) -> str:
    """Set a top-level key in the text of a YAML file, or append it.

    Args:
        text: the file's text.
        key: the key.
        value: its new value, as a plain scalar.

    Returns:
        The new text.

    Raises:
        ValueError: the text is no mapping with a line for each key, or would be none; the message says why.
    """
    document = read_text(text, "")
    if isinstance(document, Finding):
        raise ValueError(f"line {document.line}: {document.problem}")
    source_map = document.source_map.parts.get(key)
    if source_map is None:
        ending = "\r\n" if "\r\n" in text else "\n"
        new = f"{text}{'' if not text or text.endswith(ending) else ending}{key}: {value}{ending}"
    elif source_map.written is None:
        raise ValueError(f"line {source_map.line}: several things stand behind `{key}`")
    else:
        begin, end, _ = source_map.written
        gap = "" if text[begin - 1].isspace() else " "
        new = f"{text[:begin]}{gap}{value}{text[end:]}"
    again = read_text(new, "")
    if isinstance(again, Finding) or again.data != {**_mapping(document.data), key: value}:
        raise ValueError("its keys do not stand in a line each")
    return new


def _mapping(data: object) -> dict[str, object]:
    return data if isinstance(data, dict) else {}
