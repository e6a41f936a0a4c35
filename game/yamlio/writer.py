"""Write plain data as YAML, as a person would type it: with block scalars and without aliases."""

from __future__ import annotations

from typing import Any

from game.core.findings import Finding
from game.core.printable import UNREADABLE
from game.yamlio.reader import read_text


def to_yaml(data: Any) -> str:
    """Return the YAML text of mappings, lists, strings, integers and booleans, in the given order.

    A character that YAML does not allow becomes U+FFFD, which `check` reports.
    """
    import yaml

    class Dumper(yaml.SafeDumper):
        def ignore_aliases(self, data: Any) -> bool:
            return True

        def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
            super().increase_indent(flow, False)  # indent a list below its key

    def text(dumper: Dumper, data: str) -> Any:
        data = UNREADABLE.sub("\ufffd", data)
        block = "\n" in data and all(line == line.rstrip() for line in data.split("\n"))
        return dumper.represent_scalar("tag:yaml.org,2002:str", data, style="|" if block else None)

    Dumper.add_representer(str, text)
    return yaml.dump(data, Dumper=Dumper, allow_unicode=True, sort_keys=False, width=110)


def set_key(text: str, key: str, value: str) -> str:
    """Return the text of a YAML file with a top-level key set to a plain scalar, or appended.

    Raises ValueError, which says why, if the text cannot be parsed, if the value of the key is a list or mapping, or if
    the new text would not hold the same mapping with only this key changed.
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
    expected = {**(document.data if isinstance(document.data, dict) else {}), key: value}
    if isinstance(again, Finding) or again.data != expected:
        raise ValueError("its keys do not stand in a line each")
    return new
