"""Save a playthrough as JSON data, and restore it. A save is the list of entries, so it survives edits of the story.

Restoring replays the entries: at each page it takes what was recorded for that node, wherever it is in the list. A new
page without choices is passed on the way to a recorded one. Where nothing recorded fits, the replay ends; it never
takes another branch. The other role's record is replayed in the same way, chapter by chapter (see
`recorded_chapters`); the save has the outcome of each, so that every difference gives a note.

Format 2: each role's record has a checksum, and marks are of the text in the story's own language. Format 1 had no
checksums and no outcomes of the other role's chapters, and its marks may be of a translation.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from game.lang.typecheck import Value
from game.play.chapter_outcomes import (
    Outcome,
    differences,
    fate_variables,
    outcome_from_json,
    outcome_to_json,
    outcomes,
    untaken_note,
)
from game.play.id_migration import RESERVED, IdMigration, Rename, mark_of, mark_of_text
from game.play.playthrough import Entry, Playthrough, Record, begin
from game.play.recorded_chapters import CONTINUE, LEAVE, SKIP, nth_recorded, open_choice
from game.play.restore_notes import Note
from game.story.model import Story

FORMAT = 2


class RestoreError(ValueError):
    """The data is no save of this story.

    `reason` is "damaged", "foreign" (another story's), "newer" (a newer program's) or "gone" (its role or cut).
    """

    def __init__(self, reason: str, message: str) -> None:
        super().__init__(message)
        self.reason = reason


class SavedEntry(NamedTuple):
    """An entry as a save has it, the mark of its text, and the result of `IdMigration.migrate`."""

    entry: Entry
    mark: str
    now: tuple[Entry, ...]
    by_words: bool


class Earlier(NamedTuple):
    """The other role's record in a save. `outcomes` is None in format 1; `variables` are those of the save's story."""

    role: str
    saved: tuple[SavedEntry, ...]
    outcomes: tuple[Outcome, ...] | None
    variables: tuple[str, ...]


def save(playthrough: Playthrough) -> dict[str, Any]:
    """The playthrough as JSON data, which `restore` reads."""
    story, state = playthrough.story, playthrough.position.state
    return with_checksums(
        {
            "format": FORMAT,
            "pack": story.pack,
            "version": story.version,
            "renames": [list(rename) for rename in story.renames],
            "role": playthrough.role,
            "cut": playthrough.cut.id,
            "fates": {name: state[story.index[name]] for name in sorted(fate_variables(story))},
            "entries": _entries_json(playthrough),
            "earlier": _earlier_json(playthrough),
        }
    )


def _earlier_json(playthrough: Playthrough) -> dict[str, Any] | None:
    story, earlier = playthrough.story, playthrough.earlier
    if earlier is None:
        return None
    return {
        "role": earlier.role,
        "entries": _to_json(story, earlier.entries),
        "variables": list(story.variables),
        "outcomes": [outcome_to_json(outcome) for outcome, _ in outcomes(playthrough)],
    }


def with_checksums(data: Mapping[str, Any]) -> dict[str, Any]:
    """A save with its checksums as `sum`: one of the earlier record, one of all else and the former checksum."""
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


def _entries_json(playthrough: Playthrough) -> list[dict[str, str]]:
    """The entries with their marks. Each is cached in its playthrough, so that a save makes only the new ones."""
    entries, at = [], playthrough
    while at.previous is not None:
        if at.saved is None and at.entry is not None:
            (at.saved,) = _to_json(at.story, [at.entry])
        if at.saved is not None:
            entries.append(at.saved.copy())
        at = at.previous
    return entries[::-1]


def _to_json(story: Story, entries: Iterable[Entry]) -> list[dict[str, str]]:
    return [{"at": entry.node, "take": entry.take, "mark": mark_of(story, entry)} for entry in entries]


def restore(story: Story, data: Any) -> tuple[Playthrough, tuple[Note, ...]]:
    """Restore a playthrough from JSON data.

    Args:
        story: Today's story.
        data: What `save` gave, or anything else.

    Returns:
        The playthrough as far as the save fits the story, and notes on the differences.

    Raises:
        RestoreError: The data is no save of this story.
    """
    _check(story, data)
    if data["format"] == 1 and not _has_known_mark(story, data):
        data = _without_marks(data)
    migration = IdMigration(story, _renames(data.get("renames", [])), in_translation=data["format"] == 1)
    entries = data["entries"]
    kept = _earlier(migration, data.get("earlier"), data["format"])
    earlier, gone = _record(story, kept)
    role, cut, lost = data.get("role"), story.cuts.get(data["cut"]), 0
    if kept is not None and (earlier is None or earlier.role == role or (cut is not None and cut.both_roles)):
        lost, earlier, gone = _decision_count(one.entry for one in kept.saved), None, {}
    try:
        first = begin(story, role, data["cut"], earlier)
    except ValueError as error:
        raise RestoreError("gone", str(error)) from error
    met = None if migration.changed else _replay_unedited(first, entries)
    playthrough, notes = (met, []) if met is not None else _replay(first, _saved_entries(migration, entries), migration)
    if earlier is not None and kept is not None:
        notes = [*_other_role_notes(playthrough, kept, gone, migration), *notes]
    if not any(note.kind in ("stopped", "dropped") for note in notes):
        notes += _fate_notes(playthrough, data.get("fates", {}), notes)
    if lost:
        notes.insert(0, Note("earlier", playthrough.page.title, lost, lost))
    return playthrough, tuple(sorted(notes, key=lambda note: note.kind != "fate"))


def _replay_unedited(playthrough: Playthrough, entries: list[Any]) -> Playthrough | None:
    """Replay a save of which every entry fits in order with its text, as in a story that nobody edited; else None."""
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
        if choice is None or mark not in ("", mark_of_text(story.original_of(choice))):
            return None
        playthrough = playthrough.take_choice(choice)
    return playthrough


def _replay(
    playthrough: Playthrough, saved: Sequence[SavedEntry], migration: IdMigration
) -> tuple[Playthrough, list[Note]]:
    """The playthrough as far as the saved entries fit, and notes on the differences."""
    notes = list[Note]()
    places: dict[str, list[int]] = {}
    takes: dict[str, list[str]] = {}
    for i, one in enumerate(saved):
        for entry in one.now:
            where = _chapter(entry) if entry.take == SKIP else entry.node  # the chapter may begin with another page now
            places.setdefault(where, []).append(i)
            takes.setdefault(where, []).append(entry.take)
    left = dict(enumerate(saved))
    visits: dict[str, int] = {}
    ahead, fresh = playthrough, ""  # `ahead` may have passed pages that nobody read; `fresh` is the first one's title
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
        elif one.mark and not migration.matches(Entry(node.full_id, take), one.mark):
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
    """The note on the entries that were not replayed: "stopped" if the last one is among them."""
    chapters = playthrough.story.chapters
    chosen = _decision_count(one.entry for one in left.values())
    if count - 1 in left and any(_has_page(playthrough.story, entry) for one in left.values() for entry in one.now):
        return Note("stopped", playthrough.page.title, len(left), chosen)
    chapter = chapters.get(next(iter(left.values())).entry.node.partition(".")[0])
    return Note("dropped", chapter.title if chapter else playthrough.page.title, len(left), chosen)


def _has_page(story: Story, entry: Entry) -> bool:
    node = story.nodes[entry.node]
    return bool(node.text) or node.end is not None


def _decision_count(entries: Iterable[Entry]) -> int:
    return sum(entry.take not in (CONTINUE, LEAVE) for entry in entries)


def _earlier(migration: IdMigration, data: Any, version: int) -> Earlier | None:
    """The other role's record, migrated. Raises RestoreError on one that `save` cannot have written."""
    if data is None:
        return None
    if not (isinstance(data, dict) and isinstance(data.get("role"), str) and isinstance(data.get("entries"), list)):
        raise RestoreError("damaged", "the earlier record of this save is damaged")
    saved = tuple(_saved_entries(migration, data["entries"]))
    if version == 1:
        return Earlier(data["role"], saved, None, ())
    try:
        variables = tuple(map(str, data["variables"]))
        return Earlier(data["role"], saved, tuple(map(outcome_from_json, data["outcomes"])), variables)
    except (LookupError, TypeError, ValueError) as error:
        raise RestoreError("damaged", "the earlier record of this save is damaged") from error


def _record(story: Story, kept: Earlier | None) -> tuple[Record | None, dict[str, list[Entry]]]:
    """The record under today's ids, and the entries whose nodes are gone, by the chapter's id in the save.

    Entries whose choice is gone stay in it as GONE: the page was answered, with something that is not there.
    """
    if kept is None or kept.role not in story.roles:
        return None, {}
    entries, gone = list[Entry](), dict[str, list[Entry]]()
    for one in kept.saved:
        entries += one.now
        if not one.now:
            gone.setdefault(_chapter(one.entry), []).append(one.entry)
    return Record(kept.role, tuple(entries)), gone


def _other_role_notes(
    playthrough: Playthrough, kept: Earlier, gone: Mapping[str, Sequence[Entry]], migration: IdMigration
) -> list[Note]:
    """Notes on the other role's chapters: those whose outcome differs, and those of which entries are dropped."""
    story = playthrough.story
    by_words = dict.fromkeys(_chapter(one.now[0]) for one in kept.saved if one.by_words)
    if kept.outcomes is not None:
        notes = differences(playthrough, kept.outcomes, kept.variables, migration, by_words.keys())
    else:  # the outcomes in the save are not known; a choice that cannot be taken is noted
        notes = {now.chapter: untaken_note(story, one) for now, one in outcomes(playthrough) if one.untaken}
    nowhere = 0
    for name, entries in gone.items():
        id, choices = migration.chapter(name), _decision_count(entries)
        if id and (choices or id in notes):
            note = notes.get(id) or Note("other", story.chapters[id].title)
            notes[id] = note._replace(lost=len(entries), choices=choices)
        elif not id:
            nowhere += choices
    told = [*notes.values(), *(Note("swapped", story.chapters[id].title) for id in by_words)]
    return [*told, Note("earlier", playthrough.page.title, nowhere, nowhere)] if nowhere else told


def _fate_notes(playthrough: Playthrough, kept: Any, notes: Sequence[Note]) -> list[Note]:
    """A note if a fate variable differs from the save and no chapter has a note for it."""
    if not isinstance(kept, dict):
        raise RestoreError("damaged", "this save does not say who lives")
    story, state = playthrough.story, playthrough.position.state
    now: dict[str, Value] = {name: state[story.index[name]] for name in fate_variables(story) if name in kept}
    same = all(kept[name] == value and type(kept[name]) is type(value) for name, value in now.items())
    return [] if same or any(note.kind == "fate" for note in notes) else [Note("fate", playthrough.page.title)]


def _has_known_mark(story: Story, data: Mapping[str, Any]) -> bool:
    """Whether any mark of a save is of today's text, in either language, or it has no marks."""
    migration, marked = IdMigration(story, _renames(data.get("renames", [])), in_translation=True), False
    earlier = data.get("earlier")
    for entries in (data["entries"], earlier.get("entries") if isinstance(earlier, dict) else None):
        for one in _saved_entries(migration, entries if isinstance(entries, list) else []):
            marked = marked or bool(one.mark)
            if one.mark and any(migration.matches(entry, one.mark) for entry in one.now):
                return True
    return not marked


def _without_marks(data: Mapping[str, Any]) -> dict[str, Any]:
    """A save without its marks, which are of another language's text."""
    plain = {**data, "entries": [{**one, "mark": ""} for one in data["entries"]]}
    if isinstance(earlier := data.get("earlier"), dict) and isinstance(earlier.get("entries"), list):
        plain["earlier"] = {**earlier, "entries": [{**one, "mark": ""} for one in earlier["entries"]]}
    return plain


def _chapter(entry: Entry) -> str:
    return entry.node.partition(".")[0]


def _check(story: Story, data: Any) -> None:
    """Check that the data is a save of this story. Raises RestoreError."""
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
    """Check the checksums. Raises RestoreError."""
    try:
        right = with_checksums(data)
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


def _saved_entries(migration: IdMigration, entries: list[Any]) -> list[SavedEntry]:
    """The entries of a save, migrated. Raises RestoreError on any that `save` cannot have written."""
    found = []
    for one in entries:
        node, take, mark = (one.get("at"), one.get("take"), one.get("mark", "")) if isinstance(one, dict) else (0, 0, 0)
        if not (isinstance(node, str) and isinstance(take, str) and isinstance(mark, str)):
            raise RestoreError("damaged", "an entry of this save is damaged")
        entry = Entry(node, take)
        found.append(SavedEntry(entry, mark, *migration.migrate(entry, mark)))
    return found
