"""Read the metadata of an export from its passage StoryPack, which anybody may have edited since.

The result has a form that the import can rely on, and valid ids: a chapter's id becomes part of a file's name.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import field
from typing import Any

from game.core.values import frozen
from game.story.schema.chapter_schema import ID, integer
from game.twine import metadata
from game.twine.id_maker import Ids, slug
from game.twine.twee_file import TweePassage
from game.yamlio.limits import MAX_FILE_BYTES
from game.yamlio.reader import Document, read_text

Data = dict[str, Any]
ReportLoss = Callable[[str, str], None]  # takes a problem and its remedy

AGAIN = "Export the story again."
# The mappings whose keys are ids, and the keys whose values refer to them elsewhere.
_NAMED = {
    "chapters": ("calendar", "chapters", "from"), "roles": ("role", "tells"), "places": ("place",), "cuts": (),
}  # fmt: skip


@frozen
class PackMetadata:
    """The metadata: `data` as in the pack's YAML; `renamed` are invalid ids of chapters -> their new ids."""

    data: Data = field(default_factory=dict)
    renamed: Mapping[str, str] = field(default_factory=dict)


def read_metadata(passage: TweePassage, report: ReportLoss) -> PackMetadata:
    """Read the metadata; empty where invalid. `report` gets problem and remedy of all that is left out or changed."""
    if len(passage.content.encode()) > MAX_FILE_BYTES:
        report(f"{metadata.NAME} is larger than {MAX_FILE_BYTES // 1_000_000} MB, so its chapters are lost", AGAIN)
        return PackMetadata()
    document = read_text(passage.content + "\n", metadata.NAME)
    data = document.data if isinstance(document, Document) else None
    if not isinstance(data, dict) or not _are_mappings(data.get("chapters")):
        report(f"{metadata.NAME} cannot be read, so its chapters are lost", AGAIN)
        return PackMetadata()
    sound = {key: value for key, value in data.items() if _has_shape(key, value)}
    for key in data.keys() - sound.keys():
        report(f"`{key}` of {metadata.NAME} is spoiled, and is left out", AGAIN)
    return _with_ids({key: value if key == "calendar" else _numbers(value) for key, value in sound.items()}, report)


def _are_mappings(value: Any) -> bool:
    """Whether a value is a mapping of chapters, in which all that the import reads has its type."""
    return isinstance(value, dict) and all(
        isinstance(one, dict)
        and isinstance(one.get("skip", {}), dict)
        and isinstance(nodes := one.get("nodes", {}), dict)
        and all(isinstance(node, dict) for node in nodes.values())
        for one in value.values()
    )


def _has_shape(key: str, value: Any) -> bool:
    match key:
        case "chapters" | "unwalked":
            return _are_mappings(value)
        case "roles" | "places" | "cuts" | "variables" | "glossary" | "sources" | "measures" | "map" | "people":
            return isinstance(value, dict)
        case "calendar":
            return all(
                isinstance(id, str) for date in dates_of(value) for id in (date if isinstance(date, list) else [date])
            )
    return True


def dates_of(calendar: Any) -> list[Any]:
    """The entries of a calendar that are chapters or lists of them, and no lines."""
    entries = calendar if isinstance(calendar, list) else [calendar]
    return [one for one in entries if not isinstance(one, dict)]


def _with_ids(data: Data, report: ReportLoss) -> PackMetadata:
    """The data with invalid ids replaced, also in references to them."""
    if "pack" in data and not _is_id(data["pack"]):
        report(
            f"`{_short(data['pack'])}` is no id of a pack, so it has one of its title", "Give it another in pack.yaml."
        )
        del data["pack"]
    chapters: Mapping[str, str] = {}
    for group, references in _NAMED.items():
        names = [*data.get(group, ()), *(data.get("unwalked", ()) if group == "chapters" else ())]
        ids = Ids(name for name in names if _is_id(name))
        renamed = {name: ids.new(slug(name, group.removesuffix("s"))) for name in names if not _is_id(name)}
        if not renamed:
            continue
        for name, id in renamed.items():
            report(f"`{_short(name)}` is no id, so it is called `{id}` here", "Use lower-case words with hyphens.")
        data = {
            key: {renamed.get(name, name): _meaning(one, references, renamed) for name, one in value.items()}
            if key == group or (group == "chapters" and key == "unwalked")
            else _replaced(value, renamed)
            if key in references
            else _meaning(value, references, renamed)
            for key, value in data.items()
        }
        chapters = renamed if group == "chapters" else chapters
    return PackMetadata(data, chapters)


def _meaning(data: Any, references: tuple[str, ...], renamed: Mapping[str, str]) -> Any:
    """The data with references to old ids replaced by the new ones."""
    if isinstance(data, dict):
        return {
            key: _replaced(value, renamed) if key in references else _meaning(value, references, renamed)
            for key, value in data.items()
        }
    return [_meaning(one, references, renamed) for one in data] if isinstance(data, list) else data


def _replaced(value: Any, renamed: Mapping[str, str]) -> Any:
    if isinstance(value, list):
        return [_replaced(one, renamed) for one in value]
    return renamed.get(value, value) if isinstance(value, str) else value


def _is_id(name: Any) -> bool:
    return re.fullmatch(ID, str(name)) is not None


def _short(name: Any) -> str:
    line = " ".join(str(name).split())
    return line if len(line) <= 60 else f"{line[:60]}…"


def _numbers(data: Any, keys: bool = False) -> Any:
    """Plain data with its numbers as numbers: the YAML of a pack is read as text. `keys`: also those before a colon,
    as a number's words have them; what is named by digits keeps its name."""
    if isinstance(data, dict):
        return {_number(key) if keys else key: _numbers(value, key == "words") for key, value in data.items()}
    if isinstance(data, list):
        return [_numbers(one) for one in data]
    return _number(data)


def _number(text: Any) -> Any:
    number = integer(text) if isinstance(text, str) else None
    return number if number is not None and str(number) == text else text
