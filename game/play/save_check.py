"""Check the JSON data of a save and its checksums, and parse its parts. A mark is a hash of a choice's text."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any, NamedTuple

from game.play.chapter_outcomes import Outcome, outcome_from_json
from game.play.id_migration import IdMigration, Rename
from game.play.playthrough import Entry
from game.story.model import Story

FORMAT = 2


class RestoreError(ValueError):
    """Raised if data is not a save of this story. `reason` is "damaged", "foreign" (from another story), "newer" (from
    a newer program) or "gone" (the role or cut no longer exists)."""

    def __init__(self, reason: str, message: str) -> None:
        super().__init__(message)
        self.reason = reason


def with_checksums(data: Mapping[str, Any]) -> dict[str, Any]:
    """Return a save with a checksum `sum` of the other role's record, in `earlier`, and a `sum` of the whole save."""
    earlier = data.get("earlier")
    if isinstance(earlier, dict):
        earlier = {**earlier, "sum": _checksum({key: value for key, value in earlier.items() if key != "sum"})}
    whole = {**data, "earlier": earlier}
    return {**whole, "sum": _checksum({**whole, "earlier": _sum_of(earlier), "sum": ""})}


def _sum_of(earlier: Any) -> Any:
    return earlier.get("sum") if isinstance(earlier, dict) else earlier


def _checksum(data: Mapping[str, Any]) -> str:
    text = json.dumps(data, sort_keys=True, separators=(",", ":"))
    return hashlib.blake2b(text.encode(), digest_size=8).hexdigest()


def check_save(story: Story, data: Any) -> None:
    """Raise RestoreError unless the data is a save of this story."""
    if not isinstance(data, dict) or not isinstance(data.get("entries"), list):
        raise RestoreError("damaged", "this is not a save of a playthrough")
    if data.get("pack") != story.pack:
        raise RestoreError("foreign", f"this save belongs to another story (`{data.get('pack')}`)")
    version = data.get("format")
    if not isinstance(version, int) or version < 1:
        raise RestoreError("damaged", "this save does not say how it was written")
    if version > FORMAT:
        raise RestoreError("newer", "this save was written by a newer program")
    if version > 1:
        _check_sums(data)
    if not isinstance(data.get("role"), str | None) or not isinstance(data.get("cut"), str):
        raise RestoreError("damaged", "this save names no role or cut")


def _check_sums(data: Mapping[str, Any]) -> None:
    try:
        right = with_checksums(data)
    except (TypeError, ValueError, RecursionError) as error:
        raise RestoreError("damaged", "this save is damaged") from error
    if _sum_of(right["earlier"]) != _sum_of(data.get("earlier")):
        raise RestoreError("damaged", "the earlier record of this save is damaged")
    if right["sum"] != data.get("sum"):
        raise RestoreError("damaged", "this save is damaged")


class SavedEntry(NamedTuple):
    """An entry of a save and its mark; `now` and `by_words` are what `IdMigration.migrate` returns for them."""

    entry: Entry
    mark: str
    now: tuple[Entry, ...]
    by_words: bool


class Earlier(NamedTuple):
    """The other role's record in a save (`outcomes` is None in format 1), and the variables of the save's story."""

    role: str
    saved: tuple[SavedEntry, ...]
    outcomes: tuple[Outcome, ...] | None
    variables: tuple[str, ...]


def parse_earlier(migration: IdMigration, data: Any, version: int) -> Earlier | None:
    """Return the other role's record in a save of format `version`, under today's ids; None if there is no record.
    Raises RestoreError if the data does not have the form that `save` writes."""
    if data is None:
        return None
    if not (isinstance(data, dict) and isinstance(data.get("role"), str) and isinstance(data.get("entries"), list)):
        raise RestoreError("damaged", "the earlier record of this save is damaged")
    saved = tuple(parse_entries(migration, data["entries"]))
    if version == 1:
        return Earlier(data["role"], saved, None, ())
    return Earlier(data["role"], saved, *parse_outcomes(data))


def parse_outcomes(data: Mapping[str, Any]) -> tuple[tuple[Outcome, ...], tuple[str, ...]]:
    """Return from a save what each chapter changed, and the names of all variables of its story. Raises RestoreError
    if they are damaged."""
    try:
        return tuple(map(outcome_from_json, data["outcomes"])), tuple(map(str, data["variables"]))
    except (LookupError, TypeError, ValueError) as error:
        raise RestoreError("damaged", "the chapters of this save are damaged") from error


def has_known_mark(story: Story, data: Mapping[str, Any]) -> bool:
    """Return whether a mark fits today's text of its choice, original or translated. True if the save has no marks."""
    migration, marked = IdMigration(story, parse_renames(data.get("renames", [])), in_translation=True), False
    earlier = data.get("earlier")
    for entries in (data["entries"], earlier.get("entries") if isinstance(earlier, dict) else None):
        for saved in parse_entries(migration, entries if isinstance(entries, list) else []):
            marked = marked or bool(saved.mark)
            if saved.mark and any(migration.matches(entry, saved.mark) for entry in saved.now):
                return True
    return not marked


def without_marks(data: Mapping[str, Any]) -> dict[str, Any]:
    """Return a save without its marks. Used if the marks were made of texts in another language."""
    plain = {**data, "entries": [{**entry, "mark": ""} for entry in data["entries"]]}
    if isinstance(earlier := data.get("earlier"), dict) and isinstance(earlier.get("entries"), list):
        plain["earlier"] = {**earlier, "entries": [{**entry, "mark": ""} for entry in earlier["entries"]]}
    return plain


def parse_renames(data: Any) -> frozenset[Rename]:
    pairs = data if isinstance(data, list) else [data]
    if not all(isinstance(pair, list) and len(pair) == 2 and all(isinstance(id, str) for id in pair) for pair in pairs):
        raise RestoreError("damaged", "the renames of this save are damaged")
    return frozenset((full_id, name) for full_id, name in pairs)


def parse_entries(migration: IdMigration, entries: list[Any]) -> list[SavedEntry]:
    """Return a save's entries, migrated to today's ids. Raises RestoreError if they do not have the form of a save."""
    found = []
    for raw in entries:
        node, take, mark = (raw.get("at"), raw.get("take"), raw.get("mark", "")) if isinstance(raw, dict) else (0, 0, 0)
        if not (isinstance(node, str) and isinstance(take, str) and isinstance(mark, str)):
            raise RestoreError("damaged", "an entry of this save is damaged")
        entry = Entry(node, take)
        found.append(SavedEntry(entry, mark, *migration.migrate(entry, mark)))
    return found
