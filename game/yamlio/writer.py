"""YAML writer: plain data -> YAML as a person would type it, with block scalars and without aliases."""

from __future__ import annotations

from typing import Any

from game.core.printable import UNREADABLE


def to_yaml(data: Any) -> str:
    """The YAML text of mappings, lists, strings, integers and booleans, in the order given.

    Characters that YAML does not allow become U+FFFD, which can be read again, and which `check` reports.
    """
    import yaml

    class Dumper(yaml.SafeDumper):
        def ignore_aliases(self, data: Any) -> bool:
            return True

        def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
            super().increase_indent(flow, False)  # a list stands further in than its key

    def text(dumper: Dumper, data: str) -> Any:
        data = UNREADABLE.sub("\ufffd", data)
        block = "\n" in data and all(line == line.rstrip() for line in data.split("\n"))
        return dumper.represent_scalar("tag:yaml.org,2002:str", data, style="|" if block else None)

    Dumper.add_representer(str, text)
    return yaml.dump(data, Dumper=Dumper, allow_unicode=True, sort_keys=False, width=110)
