"""Save a playthrough as JSON data, and restore it. A save is the list of entries, so it survives edits of the story.

Restoring replays the entries: at each page it takes what was recorded for that node, wherever it is in the list. It
passes a new page without choices on the way to a recorded one, and to the page where the reader stood. Where nothing
recorded fits, the replay ends; it never takes another branch. The other role's record is replayed in the same way,
chapter by chapter (see `recorded_chapters`). The save has the outcome of each chapter, so that every difference gives a
note.

In format 2 each role's record has a checksum, and marks (hashes of choices' texts) are made of the text in the story's
own language. Format 1 had no checksums and no outcomes of the other role's chapters, and its marks may be of a
translation. Newer saves of format 2 also have the page where the reader stood (`at`) and the outcomes of all other
chapters.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from typing import Any

from game.lang.typecheck import Value
from game.play.chapter_outcomes import (
    Before,
    Place,
    differences,
    fate_variables,
    gone_notes,
    outcome_to_json,
    outcomes,
    passed,
    untaken_note,
)
from game.play.id_migration import RESERVED, IdMigration, mark_of, mark_of_text
from game.play.playthrough import Entry, Playthrough, Record, begin
from game.play.recorded_chapters import CONTINUE, LEAVE, SKIP, nth_recorded, open_choice
from game.play.restore_notes import Note
from game.play.save_check import (
    FORMAT,
    Earlier,
    RestoreError,
    SavedEntry,
    check_save,
    has_known_mark,
    parse_earlier,
    parse_entries,
    parse_outcomes,
    parse_renames,
    with_checksums,
    without_marks,
)
from game.story.model import Story


def save(playthrough: Playthrough) -> dict[str, Any]:
    """Return the playthrough as JSON data, which `restore` reads."""
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
            "at": _page_id(playthrough),
            "variables": list(story.variables),
            "outcomes": [outcome_to_json(outcome) for outcome, _ in passed(playthrough)],
            "earlier": _earlier_json(playthrough),
        }
    )


def _earlier_json(playthrough: Playthrough) -> dict[str, Any] | None:
    story, earlier = playthrough.story, playthrough.earlier
    if earlier is None:
        return None
    return {
        "role": earlier.role,
        "entries": [entry_to_json(story, entry) for entry in earlier.entries],
        "variables": list(story.variables),
        "outcomes": [outcome_to_json(outcome) for outcome, _ in outcomes(playthrough)],
    }


def _page_id(playthrough: Playthrough) -> str:
    node = playthrough.position.node
    return node.full_id if node is not None else ""


def _entries_json(playthrough: Playthrough) -> list[dict[str, str]]:
    """Return the entries, with their marks, as JSON data. Each playthrough caches its last entry's data in `saved`."""
    entries, at = [], playthrough
    while at.previous is not None:
        if at.saved is None and at.entry is not None:
            at.saved = entry_to_json(at.story, at.entry)
        if at.saved is not None:
            entries.append(at.saved.copy())
        at = at.previous
    return entries[::-1]


def entry_to_json(story: Story, entry: Entry) -> dict[str, str]:
    """Return an entry in the form of a save, with the mark of its text. `save_check.parse_entries` reads it."""
    return {"at": entry.node, "take": entry.take, "mark": mark_of(story, entry)}


def restore(story: Story, data: Any) -> tuple[Playthrough, tuple[Note, ...]]:
    """Restore a playthrough and notes on what differs, from data that `save` made, as far as it fits today's story.
    Raises RestoreError if the data is not a save of this story."""
    check_save(story, data)
    if data["format"] == 1 and not has_known_mark(story, data):
        data = without_marks(data)
    migration = IdMigration(story, parse_renames(data.get("renames", [])), in_translation=data["format"] == 1)
    entries = data["entries"]
    kept = parse_earlier(migration, data.get("earlier"), data["format"])
    earlier, gone = _record(story, kept)
    role, cut, lost = data.get("role"), story.cuts.get(data["cut"]), 0
    if kept is not None and (earlier is None or earlier.role == role or (cut is not None and cut.both_roles)):
        lost, earlier, gone = decision_count(saved.entry for saved in kept.saved), None, {}
    try:
        first = begin(story, role, data["cut"], earlier)
    except ValueError as error:
        raise RestoreError("gone", str(error)) from error
    met = None if migration.changed else _replay_unedited(first, entries)
    saved, order, notes = list[SavedEntry](), list[int](), list[Note]()
    if met is None:
        saved = parse_entries(migration, entries)
        met, order, notes = _replay(first, saved, migration)
    playthrough, place, moved = _at_saved_page(met, data.get("at"), migration, stopped=_has(notes, "stopped"))
    differing = _chapter_notes(playthrough, data, kept if earlier is not None else None, gone, migration, place)
    notes = [*differing, *_loss_notes(story, saved, order, [*differing, *notes]), *notes, *moved]
    if not _has(notes, "stopped", "dropped"):
        notes += _fate_notes(playthrough, data.get("fates", {}), notes)
    if lost:
        notes.insert(0, Note("earlier", playthrough.page.title, lost, lost))
    return playthrough, tuple(sorted(notes, key=lambda note: note.kind != "fate"))


def _has(notes: Iterable[Note], *kinds: str) -> bool:
    return any(note.kind in kinds for note in notes)


def _replay_unedited(playthrough: Playthrough, entries: list[Any]) -> Playthrough | None:
    """Replay a save whose entries all fit in order, as in an unedited story. Return None for any other save."""
    story = playthrough.story
    for raw in entries:
        position = playthrough.position
        node = position.node
        if node is None or playthrough.left or not isinstance(raw, dict) or raw.get("at") != node.full_id:
            return None
        take, mark = raw.get("take"), raw.get("mark")
        if not isinstance(take, str):
            return None
        if take == CONTINUE and mark == "" and not node.choices and node.end is None:
            playthrough = playthrough.choose(CONTINUE)
            continue
        if take in RESERVED:
            if mark != "" or not playthrough.can_take(take):
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
) -> tuple[Playthrough, list[int], list[Note]]:
    """Replay saved entries while they fit. Also return the indices of taken ones, in the order of taking, and notes."""
    notes, order = list[Note](), list[int]()
    places: dict[str, list[int]] = {}
    takes: dict[str, list[str]] = {}
    for i, entries in enumerate(saved):
        for entry in entries.now:
            where = _chapter(entry) if entry.take == SKIP else entry.node  # the chapter may start with another page now
            places.setdefault(where, []).append(i)
            takes.setdefault(where, []).append(entry.take)
    left = dict(enumerate(saved))
    visits: dict[str, int] = {}
    ahead, fresh = playthrough, ""  # `ahead` may have passed unread pages; `fresh` is the title of the first
    while left and (node := ahead.position.node) is not None:
        chapter = node.full_id.partition(".")[0]
        where = chapter if chapter in takes else node.full_id
        take = nth_recorded(takes, where, visits)
        if take is None and not node.choices and not ahead.over:
            fresh = fresh or ahead.page.title
            ahead = ahead.choose(CONTINUE)
            continue
        if take is None or not ahead.can_take(take):
            break
        order.append(places[where][visits[where] - 1])
        taken = left.pop(order[-1])
        if fresh:
            notes.append(Note("new", fresh))
        if take == SKIP and node.full_id not in migration.pages(taken.entry.node):
            notes.append(Note("changed", ahead.page.title))  # it begins with an unread page
        if taken.by_words:
            notes.append(Note("swapped", ahead.page.title))
        elif taken.mark and not migration.matches(Entry(node.full_id, take), taken.mark):
            notes.append(Note("reworded", ahead.page.title))
        playthrough = ahead = ahead.take(take)
        fresh = ""
    if left:
        notes.append(_lost(playthrough, left, saved))
    return playthrough, order, notes


def _at_saved_page(
    playthrough: Playthrough, at: Any, migration: IdMigration, stopped: bool
) -> tuple[Playthrough, Place, list[Note]]:
    """Continue through pages without choices that the story has gained since the save, up to the reader's page `at`. If
    `at` cannot be reached so, or the replay `stopped` early, stay. Also return where the reader stands, and notes."""
    if at is None:  # an older save
        return playthrough, Place.STOPPED if stopped else Place.SAME, []
    if not isinstance(at, str):
        raise RestoreError("damaged", "this save names no page")
    pages = migration.pages(at) if at else {""}
    if stopped:
        return playthrough, Place.STOPPED, []
    ahead = playthrough
    while _page_id(ahead) not in pages:
        node = ahead.position.node
        if node is None or node.choices or ahead.over:
            return playthrough, Place.OTHER, [Note("moved", playthrough.page.title)]
        ahead = ahead.choose(CONTINUE)
    fresh = [Note("new", playthrough.page.title)] if ahead is not playthrough else []
    return ahead, Place.SAME, fresh


def _lost(playthrough: Playthrough, left: Mapping[int, SavedEntry], saved: Sequence[SavedEntry]) -> Note:
    """Return the note on the entries `left`. Its kind is "stopped" if the save's last entry is among them, and one of
    them belongs to a page that still exists; else "dropped"."""
    chosen = decision_count(lost.entry for lost in left.values())
    last = len(saved) - 1
    if last in left and any(_has_page(playthrough.story, entry) for lost in left.values() for entry in lost.now):
        return Note("stopped", playthrough.page.title, len(left), chosen)
    return Note("dropped", _title_at(playthrough, saved[next(iter(left)) :]), len(left), chosen)


def _title_at(playthrough: Playthrough, saved: Iterable[SavedEntry]) -> str:
    """Return the title of the first entry's chapter. If that chapter is gone, use the next entry's, and so on."""
    chapters = playthrough.story.chapters
    found = (chapters.get(_chapter(entry)) for saved_entry in saved for entry in (*saved_entry.now, saved_entry.entry))
    return next((chapter.title for chapter in found if chapter is not None), playthrough.page.title)


def _loss_notes(
    story: Story, saved: Sequence[SavedEntry], order: Sequence[int], notes: Sequence[Note]
) -> Iterator[Note]:
    """Yield a note for each chapter whose entries were not all taken in the save's order, unless `notes` already says
    that it changed. `order` has the indices of the taken entries."""
    named = {note.chapter for note in notes if note.kind not in ("reworded", "swapped", "new")}
    until = max(order, default=0)
    by_chapter: dict[str, list[int]] = {}
    for i, saved_entry in enumerate(saved[:until]):
        by_chapter.setdefault(_chapter((*saved_entry.now, saved_entry.entry)[0]), []).append(i)
    for id, numbers in by_chapter.items():
        taken = [i for i in order if i in numbers]
        if taken != numbers and id in story.chapters and story.chapters[id].title not in named:
            yield Note("changed", story.chapters[id].title)


def _has_page(story: Story, entry: Entry) -> bool:
    node = story.nodes[entry.node]
    return bool(node.text) or node.end is not None


def decision_count(entries: Iterable[Entry]) -> int:
    """Return how many entries are choices or skips, not `continue` or `leave`."""
    return sum(entry.take not in (CONTINUE, LEAVE) for entry in entries)


def _record(story: Story, kept: Earlier | None) -> tuple[Record | None, dict[str, list[Entry]]]:
    """Return the other role's record under today's ids (None if the story lacks the role), and the entries whose nodes
    are gone, by the chapter's id in the save."""
    if kept is None or kept.role not in story.roles:
        return None, {}
    entries, gone = list[Entry](), dict[str, list[Entry]]()
    for saved in kept.saved:
        entries += saved.now
        if not saved.now:
            gone.setdefault(_chapter(saved.entry), []).append(saved.entry)
    return Record(kept.role, tuple(entries)), gone


def _chapter_notes(
    playthrough: Playthrough,
    data: Mapping[str, Any],
    kept: Earlier | None,
    gone: Mapping[str, Sequence[Entry]],
    migration: IdMigration,
    place: Place,
) -> list[Note]:
    """Return notes on chapters whose outcome differs, and on the other role's chapters with dropped entries."""
    story, entries_of_record = playthrough.story, kept.saved if kept is not None else ()
    by_words = dict.fromkeys(_chapter(saved.now[0]) for saved in entries_of_record if saved.by_words)
    before, notes, missing = _before(data, kept, by_words.keys()), dict[str, Note](), list[Note]()
    if before is not None:
        notes = differences(playthrough, before, migration, place)
        missing = gone_notes(playthrough, before, migration)
    elif kept is not None:  # the save has no outcomes, so note each choice that cannot be taken
        decided = [resolved for _, resolved in outcomes(playthrough) if resolved.untaken]
        notes = {resolved.chapter: untaken_note(story, resolved) for resolved in decided}
    nowhere = 0
    for name, entries in gone.items():
        id, choices = migration.chapter(name), decision_count(entries)
        if id and (choices or id in notes):
            note = notes.get(id) or Note("other", story.chapters[id].title)
            notes[id] = note._replace(lost=len(entries), choices=choices)
        elif not id:
            nowhere += choices
    noted = [*notes.values(), *missing, *(Note("swapped", story.chapters[id].title) for id in by_words)]
    return [*noted, Note("earlier", playthrough.page.title, nowhere, nowhere)] if nowhere else noted


def _before(data: Mapping[str, Any], kept: Earlier | None, by_words: Set[str]) -> Before | None:
    """Return the outcomes in a save; None if the save has no outcomes. Raises RestoreError if they are damaged."""
    decided = kept.outcomes if kept is not None else None
    if "outcomes" not in data:
        return Before(decided, False, kept.variables, by_words) if kept is not None and decided is not None else None
    found, variables = parse_outcomes(data)
    return Before((*found, *(outcome for outcome in decided or () if outcome.ahead)), True, variables, by_words)


def _fate_notes(playthrough: Playthrough, kept: Any, notes: Sequence[Note]) -> list[Note]:
    """Return a note if who lives differs from `kept`, the save's `fates`, unless `notes` has such a note already."""
    if not isinstance(kept, dict):
        raise RestoreError("damaged", "this save does not say who lives")
    story, state = playthrough.story, playthrough.position.state
    now: dict[str, Value] = {name: state[story.index[name]] for name in fate_variables(story) if name in kept}
    same = all(kept[name] == value and type(kept[name]) is type(value) for name, value in now.items())
    return [] if same or any(note.kind == "fate" for note in notes) else [Note("fate", playthrough.page.title)]


def _chapter(entry: Entry) -> str:
    return entry.node.partition(".")[0]
