"""A playthrough as plain JSON, and back. A save is the list of entries, so it follows edits of the story.

Restoring stands at each page and takes what was recorded for that node, wherever it stood in the list. Where
nothing recorded fits, the replay ends; it never takes another branch.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from functools import cache
from typing import Any, NamedTuple

from game.play.playthrough import Entry, Playthrough, begin
from game.play.walk import CONTINUE, LEAVE, SKIP, nth
from game.story.model import Story

FORMAT = 1
DEEPEST = 200  # earlier records inside one another: more than anybody reads, less than Python can follow


class RestoreError(ValueError):
    """The data is no save of this story. `reason` is damaged, foreign, newer, or gone (a role or cut)."""

    def __init__(self, reason: str, message: str) -> None:
        super().__init__(message)
        self.reason = reason


class Note(NamedTuple):
    """What a restored playthrough could not keep as it was.

    `kind`: "reworded" (the choice says something else now), "stopped" (nothing recorded fits this page; what
    came after is let go), or "earlier" (the other role's record could not be kept whole).
    """

    kind: str
    chapter: str
    lost: int = 0


def save(playthrough: Playthrough) -> dict[str, Any]:
    """Plain JSON: format, pack, version, role, cut, entries with marks, and the earlier record's save inside."""
    story = playthrough.story
    return {
        "format": FORMAT,
        "pack": story.pack,
        "version": story.version,
        "role": playthrough.role,
        "cut": playthrough.cut.id,
        "entries": [
            {"at": entry.node, "take": entry.take, "mark": _mark_of(story, entry)} for entry in playthrough.entries
        ],
        "earlier": save(playthrough.earlier) if playthrough.earlier is not None else None,
    }


def restore(story: Story, data: Any) -> tuple[Playthrough, tuple[Note, ...]]:
    """The playthrough of a save, as far as it fits, and what could not be kept. Raises RestoreError."""
    return _restored(story, data, 0)


def _restored(story: Story, data: Any, depth: int) -> tuple[Playthrough, tuple[Note, ...]]:
    if depth > DEEPEST:
        raise RestoreError("damaged", "this save holds records inside records without end")
    entries = _entries(story, data)
    notes: list[Note] = []
    earlier = None
    if data.get("earlier") is not None:
        earlier, below = _restored(story, data["earlier"], depth + 1)
        notes += below
        if not earlier.finished:
            notes.append(Note("earlier", earlier.page.title))
            earlier = None
    try:
        playthrough = begin(story, data.get("role"), data["cut"], earlier)
    except ValueError as error:
        raise RestoreError("gone", str(error)) from error
    taken: dict[str, list[tuple[str, str]]] = {}
    for node, said, mark in entries:
        taken.setdefault(node, []).append((said, mark))
    takes = {node: [take for take, _ in several] for node, several in taken.items()}
    visits: dict[str, int] = {}
    for count in range(len(entries)):
        at = playthrough.stop.node
        take = nth(takes, at.full_id, visits) if at is not None else None
        if at is None or take is None or not _fits(playthrough, take):
            notes.append(Note("stopped", playthrough.page.title, len(entries) - count))
            break
        mark = taken[at.full_id][visits[at.full_id] - 1][1]
        if mark and mark != _mark_of(story, Entry(at.full_id, take)):
            notes.append(Note("reworded", playthrough.page.title))
        playthrough = playthrough.take(take)
    return playthrough, tuple(notes)


def _fits(playthrough: Playthrough, take: str) -> bool:
    page = playthrough.page
    return take in page.offers or any(option.id == take for option in page.choices)


@cache
def _mark(said: str) -> str:
    return hashlib.blake2b(said.encode(), digest_size=4).hexdigest()


def _mark_of(story: Story, entry: Entry) -> str:
    """A short hash of what was said; nothing is said by continue, skip and leave."""
    node = story.nodes.get(entry.node)
    if node is None or entry.take in (CONTINUE, SKIP, LEAVE):
        return ""
    return next((_mark(choice.say) for choice in node.choices if choice.id == entry.take), "")


def _entries(story: Story, data: Any) -> list[tuple[str, str, str]]:
    """The entries under today's ids. Raises RestoreError on anything that `save` cannot have written."""
    if not isinstance(data, dict) or not isinstance(data.get("entries"), list):
        raise RestoreError("damaged", "this is no save of a playthrough")
    if data.get("pack") != story.pack:
        raise RestoreError("foreign", f"this save belongs to another story (`{data.get('pack')}`)")
    version = data.get("format")
    if not isinstance(version, int) or version < 1:
        raise RestoreError("damaged", "this save does not say how it was written")
    if version > FORMAT:
        raise RestoreError("newer", "this save was written by a newer program")
    if not isinstance(data.get("role"), str | None) or not isinstance(data.get("cut"), str):
        raise RestoreError("damaged", "this save names no role or cut")
    names, found = _today(story), []
    for entry in data["entries"]:
        if not isinstance(entry, dict):
            raise RestoreError("damaged", "an entry of this save is damaged")
        node, take, mark = entry.get("at"), entry.get("take"), entry.get("mark", "")
        if not (isinstance(node, str) and isinstance(take, str) and isinstance(mark, str)):
            raise RestoreError("damaged", "an entry of this save is damaged")
        now = names.get(node, node)
        found.append((now, names.get(f"{node}.{take}", f"{now}.{take}").rpartition(".")[2], mark))
    return found


def _today(story: Story) -> Mapping[str, str]:
    """Every former full id -> the id of today, for nodes and choices that were renamed (`was`)."""
    names = {}
    for chapter in story.chapters.values():
        for node in chapter.nodes.values():
            for former in (f"{c}.{n}" for c in (chapter.id, *chapter.was) for n in (node.id, *node.was)):
                names[former] = node.full_id
                for choice in node.choices:
                    for word in (choice.id, *choice.was):
                        names[f"{former}.{word}"] = choice.full_id
    return names
