"""A playthrough as plain JSON, and back. A save is the list of entries, so it follows edits of the story.

Restoring stands at each page and takes what was recorded for that node, wherever it stood in the list. A new page
that only goes on is turned on the way to one that was recorded. Where nothing recorded fits, the replay ends; it
never takes another branch. The other role's record is followed in the same way, chapter by chapter (see `record.py`);
the save says how each of them came out, so that whatever comes out otherwise is said.

Format 2: the record of each role is sealed by a checksum, and marks are of the words of the story's own language.
Format 1 had neither, and said nothing of how the other role's chapters came out.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from game.lang.expressions import Value
from game.play.chapter_outcomes import Outcome, as_plain, differences, fates, from_plain, outcomes, untaken
from game.play.id_migration import RESERVED, IdMigration, Rename, mark_of, mark_said
from game.play.playthrough import Entry, Playthrough, Record, begin
from game.play.recorded_chapters import CONTINUE, LEAVE, SKIP, nth_recorded, open_choice
from game.play.restore_notes import Note
from game.story.model import Story

FORMAT = 2


class RestoreError(ValueError):
    """The data is no save of this story. `reason` is damaged, foreign, newer, or gone (a role or cut)."""

    def __init__(self, reason: str, message: str) -> None:
        super().__init__(message)
        self.reason = reason


class SavedEntry(NamedTuple):
    """An entry as a save has it, the mark of what was said, and `IdMigration.today` of it."""

    entry: Entry
    mark: str
    now: tuple[Entry, ...]
    by_words: bool


class Earlier(NamedTuple):
    """The other role's record as a save has it, under today's ids. `outcomes` is None where the save does not say."""

    role: str
    saved: tuple[SavedEntry, ...]
    outcomes: tuple[Outcome, ...] | None
    variables: tuple[str, ...]


def save(playthrough: Playthrough) -> dict[str, Any]:
    """Plain JSON: format, pack, version, renames, role, cut, who lives, entries with marks, and the earlier record."""
    story, state = playthrough.story, playthrough.position.state
    return sealed(
        {
            "format": FORMAT,
            "pack": story.pack,
            "version": story.version,
            "renames": [list(rename) for rename in story.renames],
            "role": playthrough.role,
            "cut": playthrough.cut.id,
            "fates": {name: state[story.index[name]] for name in sorted(fates(story))},
            "entries": _pieces(playthrough),
            "earlier": _earlier_plain(playthrough),
        }
    )


def _earlier_plain(playthrough: Playthrough) -> dict[str, Any] | None:
    story, earlier = playthrough.story, playthrough.earlier
    if earlier is None:
        return None
    return {
        "role": earlier.role,
        "entries": _plain(story, earlier.entries),
        "variables": list(story.variables),
        "outcomes": [as_plain(outcome) for outcome, _ in outcomes(playthrough)],
    }


def sealed(data: Mapping[str, Any]) -> dict[str, Any]:
    """A save with the checksums of its records: of the earlier one alone, and of all else with that one's checksum."""
    earlier = data.get("earlier")
    if isinstance(earlier, dict):
        earlier = {**earlier, "sum": _checksum({key: one for key, one in earlier.items() if key != "sum"})}
    whole = {**data, "earlier": earlier}
    return {**whole, "sum": _checksum({**whole, "earlier": _sum_of(earlier), "sum": ""})}


def _sum_of(earlier: Any) -> Any:
    return earlier.get("sum") if isinstance(earlier, dict) else earlier


def _checksum(data: Mapping[str, Any]) -> str:
    text = json.dumps(data, sort_keys=True, separators=(",", ":"))
    return hashlib.blake2b(text.encode(), digest_size=8).hexdigest()


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
    if data["format"] == 1 and not _says_any(story, data):
        data = _unmarked(data)
    renaming = IdMigration(story, _renames(data.get("renames", [])), in_translation=data["format"] == 1)
    entries = data["entries"]
    kept = _earlier(renaming, data.get("earlier"), data["format"])
    earlier, gone = _record(story, kept)
    role, cut, lost = data.get("role"), story.cuts.get(data["cut"]), 0
    if kept is not None and (earlier is None or earlier.role == role or (cut is not None and cut.both_roles)):
        lost, earlier, gone = _chosen(one.entry for one in kept.saved), None, {}
    try:
        first = begin(story, role, data["cut"], earlier)
    except ValueError as error:
        raise RestoreError("gone", str(error)) from error
    met = None if renaming.changed else _met_in_order(first, entries)
    playthrough, notes = (met, []) if met is not None else _replayed(first, _saved(renaming, entries), renaming)
    if earlier is not None and kept is not None:
        notes = [*_told_of(playthrough, kept, gone, renaming), *notes]
    if not any(note.kind in ("stopped", "dropped") for note in notes):
        notes += _fates(playthrough, data.get("fates", {}), notes)
    if lost:
        notes.insert(0, Note("earlier", playthrough.page.title, lost, lost))
    return playthrough, tuple(sorted(notes, key=lambda note: note.kind != "fate"))


def _met_in_order(playthrough: Playthrough, entries: list[Any]) -> Playthrough | None:
    """The way of a save whose every entry is met where and as it was said; None where anything is otherwise.

    So it is in a story that nobody edited, and then nothing has to be looked for.
    """
    story = playthrough.story
    for one in entries:
        position = playthrough.position
        node = position.node
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
        choice = open_choice(node, take, position.state)
        if choice is None or mark not in ("", mark_said(story.original_of(choice))):
            return None
        playthrough = playthrough.after(choice)
    return playthrough


def _replayed(
    playthrough: Playthrough, saved: Sequence[SavedEntry], renaming: IdMigration
) -> tuple[Playthrough, list[Note]]:
    """As far as what was saved leads, and what there is to say of the way."""
    notes = list[Note]()
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
    while left and (node := ahead.position.node) is not None:
        chapter = node.full_id.partition(".")[0]
        where = chapter if chapter in takes else node.full_id
        take = nth_recorded(takes, where, visits)
        if take is None and not node.choices and not ahead.over:
            fresh = fresh or ahead.page.title
            ahead = ahead.choose(CONTINUE)
            continue
        if take is None or not _fits(ahead, take):
            break
        one = left.pop(places[where][visits[where] - 1])
        if fresh:
            notes.append(Note("new", fresh))
        if one.by_words:
            notes.append(Note("swapped", ahead.page.title))
        elif one.mark and not renaming.says(Entry(node.full_id, take), one.mark):
            notes.append(Note("reworded", ahead.page.title))
        playthrough = ahead = ahead.take(take)
        fresh = ""
    if left:
        notes.append(_lost(playthrough, left, len(saved)))
    return playthrough, notes


def _fits(playthrough: Playthrough, take: str) -> bool:
    page = playthrough.page
    return take in page.offers or any(option.id == take for option in page.choices)


def _lost(playthrough: Playthrough, left: Mapping[int, SavedEntry], count: int) -> Note:
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


def _earlier(renaming: IdMigration, data: Any, version: int) -> Earlier | None:
    """The other role's record. Raises RestoreError on one that `save` cannot have written."""
    if data is None:
        return None
    if not (isinstance(data, dict) and isinstance(data.get("role"), str) and isinstance(data.get("entries"), list)):
        raise RestoreError("damaged", "the earlier record of this save is damaged")
    saved = tuple(_saved(renaming, data["entries"]))
    if version == 1:
        return Earlier(data["role"], saved, None, ())
    try:
        variables = tuple(map(str, data["variables"]))
        return Earlier(data["role"], saved, tuple(map(from_plain, data["outcomes"])), variables)
    except (LookupError, TypeError, ValueError) as error:
        raise RestoreError("damaged", "the earlier record of this save is damaged") from error


def _record(story: Story, kept: Earlier | None) -> tuple[Record | None, dict[str, list[Entry]]]:
    """A record under today's ids, and the entries whose pages are gone, by the chapters of the time.

    What was taken stays in it also where its page has no such choice any more: that page was answered, and not so.
    """
    if kept is None or kept.role not in story.roles:
        return None, {}
    entries, gone = list[Entry](), dict[str, list[Entry]]()
    for one in kept.saved:
        entries += one.now
        if not one.now:
            gone.setdefault(_chapter(one.entry), []).append(one.entry)
    return Record(kept.role, tuple(entries)), gone


def _told_of(
    playthrough: Playthrough, kept: Earlier, gone: Mapping[str, Sequence[Entry]], renaming: IdMigration
) -> list[Note]:
    """What there is to say of the other role's chapters: which come out otherwise, and of which entries are let go."""
    story = playthrough.story
    by_words = dict.fromkeys(_chapter(one.now[0]) for one in kept.saved if one.by_words)
    if kept.outcomes is not None:
        notes = differences(playthrough, kept.outcomes, kept.variables, renaming, by_words.keys())
    else:  # nobody knows how they came out; a decision that cannot be taken tells
        notes = {now.chapter: untaken(story, one) for now, one in outcomes(playthrough) if one.untaken}
    nowhere = 0
    for name, entries in gone.items():
        id, choices = renaming.chapter(name), _chosen(entries)
        if id and (choices or id in notes):
            note = notes.get(id) or Note("other", story.chapters[id].title)
            notes[id] = note._replace(lost=len(entries), choices=choices)
        elif not id:
            nowhere += choices
    told = [*notes.values(), *(Note("swapped", story.chapters[id].title) for id in by_words)]
    return [*told, Note("earlier", playthrough.page.title, nowhere, nowhere)] if nowhere else told


def _fates(playthrough: Playthrough, kept: Any, notes: Sequence[Note]) -> list[Note]:
    """A note where who lives is otherwise at the place to which a reader came back, and no chapter was named for it."""
    if not isinstance(kept, dict):
        raise RestoreError("damaged", "this save does not say who lives")
    story, state = playthrough.story, playthrough.position.state
    now: dict[str, Value] = {name: state[story.index[name]] for name in fates(story) if name in kept}
    same = all(kept[name] == value and type(kept[name]) is type(value) for name, value in now.items())
    return [] if same or any(note.kind == "fate" for note in notes) else [Note("fate", playthrough.page.title)]


def _says_any(story: Story, data: Mapping[str, Any]) -> bool:
    """Whether any mark of a save is of today's words, in either language; a save without marks has nothing amiss."""
    renaming, marked = IdMigration(story, _renames(data.get("renames", [])), in_translation=True), False
    earlier = data.get("earlier")
    for entries in (data["entries"], earlier.get("entries") if isinstance(earlier, dict) else None):
        for one in _saved(renaming, entries if isinstance(entries, list) else []):
            marked = marked or bool(one.mark)
            if one.mark and any(renaming.says(entry, one.mark) for entry in one.now):
                return True
    return not marked


def _unmarked(data: Mapping[str, Any]) -> dict[str, Any]:
    """A save whose marks are of the words of another language, without them."""
    plain = {**data, "entries": [{**one, "mark": ""} for one in data["entries"]]}
    if isinstance(earlier := data.get("earlier"), dict) and isinstance(earlier.get("entries"), list):
        plain["earlier"] = {**earlier, "entries": [{**one, "mark": ""} for one in earlier["entries"]]}
    return plain


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
    if version > 1:
        _check_sums(data)
    if not isinstance(data.get("role"), str | None) or not isinstance(data.get("cut"), str):
        raise RestoreError("damaged", "this save names no role or cut")


def _check_sums(data: Mapping[str, Any]) -> None:
    """Raises RestoreError where a record is not as it was written."""
    try:
        right = sealed(data)
    except (TypeError, ValueError, RecursionError) as error:
        raise RestoreError("damaged", "this save is damaged") from error
    if _sum_of(right["earlier"]) != _sum_of(data.get("earlier")):
        raise RestoreError("damaged", "the earlier record of this save is damaged")
    if right["sum"] != data.get("sum"):
        raise RestoreError("damaged", "this save is damaged")


def _renames(data: Any) -> frozenset[Rename]:
    pairs = data if isinstance(data, list) else [data]
    if not all(isinstance(pair, list) and len(pair) == 2 and all(isinstance(id, str) for id in pair) for pair in pairs):
        raise RestoreError("damaged", "the renames of this save are damaged")
    return frozenset((full_id, name) for full_id, name in pairs)


def _saved(renaming: IdMigration, entries: list[Any]) -> list[SavedEntry]:
    """The entries of a save. Raises RestoreError on any that `save` cannot have written."""
    found = []
    for one in entries:
        node, take, mark = (one.get("at"), one.get("take"), one.get("mark", "")) if isinstance(one, dict) else (0, 0, 0)
        if not (isinstance(node, str) and isinstance(take, str) and isinstance(mark, str)):
            raise RestoreError("damaged", "an entry of this save is damaged")
        entry = Entry(node, take)
        found.append(SavedEntry(entry, mark, *renaming.today(entry, mark)))
    return found
