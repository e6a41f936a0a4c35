"""A playthrough as plain JSON, and back. A save is the list of entries, so it follows edits of the story.

Restoring stands at each page and takes what was recorded for that node, wherever it stood in the list. A new page
that only goes on is turned on the way to one that was recorded. Where nothing recorded fits, the replay ends; it
never takes another branch.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from game.play.playthrough import Entry, Playthrough, Record, begin
from game.play.renaming import RESERVED, Rename, Renaming, exists, mark_of, mark_said
from game.play.walk import CONTINUE, LEAVE, SKIP, nth, open_choice
from game.story.model import Story

FORMAT = 1


class RestoreError(ValueError):
    """The data is no save of this story. `reason` is damaged, foreign, newer, or gone (a role or cut)."""

    def __init__(self, reason: str, message: str) -> None:
        super().__init__(message)
        self.reason = reason


class Note(NamedTuple):
    """What a restored playthrough could not keep as it was, or what is new on its way.

    `kind`: "reworded" (a choice says something else now), "new" (pages were turned that nobody had read),
    "stopped" (nothing recorded fits this page, and what came after is let go), "dropped" (the reader stands where
    they stood, and some of what was taken is no part of the way any more), or "earlier" (part of the other role's
    record is let go). `lost` counts entries, `choices` those of them that chose something. `Saves` adds "backup"
    and "kept", whose `file` is what it was kept as; `from_code` adds "retold" (another version's code, the same ways).
    """

    kind: str
    chapter: str
    lost: int = 0
    choices: int = 0
    file: str = ""


class Saved(NamedTuple):
    """An entry as a save has it, the mark of what was said, and the entry under today's ids (see `Renaming.today`)."""

    entry: Entry
    mark: str
    now: tuple[Entry, ...]


def save(playthrough: Playthrough) -> dict[str, Any]:
    """Plain JSON: format, pack, version, renames, role, cut, entries with marks, and the earlier record's entries."""
    story, earlier = playthrough.story, playthrough.earlier
    return {
        "format": FORMAT,
        "pack": story.pack,
        "version": story.version,
        "renames": [list(rename) for rename in story.renames],
        "role": playthrough.role,
        "cut": playthrough.cut.id,
        "entries": _pieces(playthrough),
        "earlier": {"role": earlier.role, "entries": _plain(story, earlier.entries)} if earlier is not None else None,
    }


def _pieces(playthrough: Playthrough) -> list[dict[str, str]]:
    """The entries with their marks. Each link keeps its own, so that a save after one more choice makes one more."""
    pieces, at = [], playthrough
    while at.previous is not None:
        if at.saved is None and at.entry is not None:
            (at.saved,) = _plain(at.story, [at.entry])
        if at.saved is not None:
            pieces.append(at.saved.copy())
        at = at.previous
    return pieces[::-1]


def _plain(story: Story, entries: Iterable[Entry]) -> list[dict[str, str]]:
    return [{"at": entry.node, "take": entry.take, "mark": mark_of(story, entry)} for entry in entries]


def restore(story: Story, data: Any) -> tuple[Playthrough, tuple[Note, ...]]:
    """The playthrough of a save, as far as it fits, and what could not be kept. Raises RestoreError."""
    _check(story, data)
    renaming = Renaming(story, _renames(data.get("renames", [])))
    entries = data["entries"]
    earlier, lost = _earlier(story, renaming, data.get("earlier"))
    role, cut = data.get("role"), story.cuts.get(data["cut"])
    if earlier is not None and (earlier.role == role or (cut is not None and cut.both_roles)):
        lost += _chosen(earlier.entries)
        earlier = None
    try:
        first = begin(story, role, data["cut"], earlier)
    except ValueError as error:
        raise RestoreError("gone", str(error)) from error
    met = None if renaming.changed else _met_in_order(first, entries)
    playthrough, notes = (met, []) if met is not None else _replayed(first, _saved(renaming, entries))
    if lost:
        notes.insert(0, Note("earlier", playthrough.page.title, lost, lost))
    return playthrough, tuple(notes)


def _met_in_order(playthrough: Playthrough, entries: list[Any]) -> Playthrough | None:
    """The way of a save whose every entry is met where and as it was said; None where anything is otherwise.

    So it is in a story that nobody edited, and then nothing has to be looked for.
    """
    for one in entries:
        stop = playthrough.stop
        node = stop.node
        if node is None or playthrough.left or not isinstance(one, dict) or one.get("at") != node.full_id:
            return None
        take, mark = one.get("take"), one.get("mark")
        if not isinstance(take, str):
            return None
        if take == CONTINUE and mark == "" and not node.choices and node.end is None:
            playthrough = playthrough.choose(CONTINUE)
            continue
        if take in RESERVED:
            if mark != "" or not _fits(playthrough, take):
                return None
            playthrough = playthrough.take(take)
            continue
        choice = open_choice(node, take, stop.state)
        if choice is None or mark != mark_said(choice.say):
            return None
        playthrough = playthrough.after(choice)
    return playthrough


def _replayed(playthrough: Playthrough, saved: Sequence[Saved]) -> tuple[Playthrough, list[Note]]:
    """As far as what was saved leads, and what there is to say of the way."""
    story, notes = playthrough.story, list[Note]()
    places: dict[str, list[int]] = {}
    takes: dict[str, list[str]] = {}
    for i, one in enumerate(saved):
        for entry in one.now:
            where = _chapter(entry) if entry.take == SKIP else entry.node  # whatever page it begins with by now
            places.setdefault(where, []).append(i)
            takes.setdefault(where, []).append(entry.take)
    left = dict(enumerate(saved))
    visits: dict[str, int] = {}
    ahead, fresh = playthrough, ""  # `ahead` may have turned pages that nobody read; `fresh` is the first one's title
    while left and (node := ahead.stop.node) is not None:
        chapter = node.full_id.partition(".")[0]
        where = chapter if chapter in takes else node.full_id
        take = nth(takes, where, visits)
        if take is None and not node.choices and not ahead.over:
            fresh = fresh or ahead.page.title
            ahead = ahead.choose(CONTINUE)
            continue
        if take is None or not _fits(ahead, take):
            break
        mark = left.pop(places[where][visits[where] - 1]).mark
        if fresh:
            notes.append(Note("new", fresh))
        if mark and mark != mark_of(story, Entry(node.full_id, take)):
            notes.append(Note("reworded", ahead.page.title))
        playthrough = ahead = ahead.take(take)
        fresh = ""
    if left:
        notes.append(_lost(playthrough, left, len(saved)))
    return playthrough, notes


def _fits(playthrough: Playthrough, take: str) -> bool:
    page = playthrough.page
    return take in page.offers or any(option.id == take for option in page.choices)


def _lost(playthrough: Playthrough, left: Mapping[int, Saved], count: int) -> Note:
    """The note on the entries that were not taken again. The last one counts most: it led to where the reader stood."""
    chapters = playthrough.story.chapters
    chosen = _chosen(one.entry for one in left.values())
    if count - 1 in left and any(_has_page(playthrough.story, entry) for one in left.values() for entry in one.now):
        return Note("stopped", playthrough.page.title, len(left), chosen)
    chapter = chapters.get(next(iter(left.values())).entry.node.partition(".")[0])
    return Note("dropped", chapter.title if chapter else playthrough.page.title, len(left), chosen)


def _has_page(story: Story, entry: Entry) -> bool:
    node = story.nodes[entry.node]
    return bool(node.text) or node.end is not None


def _chosen(entries: Iterable[Entry]) -> int:
    return sum(entry.take not in (CONTINUE, LEAVE) for entry in entries)


def _earlier(story: Story, renaming: Renaming, data: Any) -> tuple[Record | None, int]:
    """The other role's record, and how many of its choices are let go.

    A chapter in which one of them is gone will be told by its `skip`, so its other ones are let go with it.
    """
    if data is None:
        return None, 0
    if not (isinstance(data, dict) and isinstance(data.get("role"), str) and isinstance(data.get("entries"), list)):
        raise RestoreError("damaged", "the earlier record of this save is damaged")
    saved = _saved(renaming, data["entries"])
    if data["role"] not in story.roles:
        return None, _chosen(one.entry for one in saved)
    broken = {_chapter(entry) for one in saved for entry in one.now if not exists(story, entry)}
    kept = [entry for one in saved for entry in one.now if _chapter(entry) not in broken]
    return Record(data["role"], tuple(kept)), _chosen(one.entry for one in saved) - _chosen(kept)


def _chapter(entry: Entry) -> str:
    return entry.node.partition(".")[0]


def _check(story: Story, data: Any) -> None:
    """Raises RestoreError on what is no save of this story."""
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


def _renames(data: Any) -> frozenset[Rename]:
    pairs = data if isinstance(data, list) else [data]
    if not all(isinstance(pair, list) and len(pair) == 2 and all(isinstance(id, str) for id in pair) for pair in pairs):
        raise RestoreError("damaged", "the renames of this save are damaged")
    return frozenset((full_id, name) for full_id, name in pairs)


def _saved(renaming: Renaming, entries: list[Any]) -> list[Saved]:
    """The entries of a save. Raises RestoreError on any that `save` cannot have written."""
    found = []
    for one in entries:
        node, take, mark = (one.get("at"), one.get("take"), one.get("mark", "")) if isinstance(one, dict) else (0, 0, 0)
        if not (isinstance(node, str) and isinstance(take, str) and isinstance(mark, str)):
            raise RestoreError("damaged", "an entry of this save is damaged")
        entry = Entry(node, take)
        found.append(Saved(entry, mark, renaming.today(entry, mark)))
    return found
