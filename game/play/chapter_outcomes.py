"""Describe what each chapter in a save led to, and what differs when the save is opened with today's story."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence, Set
from enum import Enum
from typing import Any, NamedTuple

from game.lang.typecheck import Value
from game.play.id_migration import IdMigration
from game.play.playthrough import Playthrough
from game.play.recorded_chapters import Resolved
from game.play.restore_notes import Note
from game.story.model import Chapter, Story, Variable


class Outcome(NamedTuple):
    """What one chapter changed in a playthrough. A save has the fields under the same names.

    `ahead`: the chapter is the other role's, and comes after the current page; it is decided as if the chapters between
    were skipped. `fits` is as in `Resolved`. `end` is the ending that was reached, or "". `then` has the changed
    variables with their new values. `met` has the ids (without the chapter's) of the nodes and choices for which `seen`
    or `chose` became true. `asked` is a hash of all the chapter's ids that any `seen` or `chose` reads.
    """

    chapter: str
    ahead: bool
    fits: bool
    end: str
    then: Mapping[str, Value]
    met: tuple[str, ...]
    asked: str


def outcomes(playthrough: Playthrough) -> Iterator[tuple[Outcome, Resolved]]:
    """Yield the outcome of each chapter that the other role's record decides, also of chapters after the page."""
    yield from ((outcome, resolved) for outcome, resolved in passed(playthrough) if resolved.by_record)
    if playthrough.earlier is not None:
        story, last = playthrough.story, playthrough.position
        yield from (
            (_outcome(story, resolved, ahead=True), resolved) for resolved in playthrough.engine.resolve_ahead(last)
        )


def passed(playthrough: Playthrough) -> Iterator[tuple[Outcome, Resolved]]:
    """Yield the outcomes of the chapters up to the current page, also of summarised ones. The current chapter counts as
    far as it was read."""
    story, last = playthrough.story, playthrough.position
    for at in playthrough.history:
        if not at.left:
            yield from ((_outcome(story, resolved, ahead=False), resolved) for resolved in at.position.passed)
    if last.node is not None:
        here = Resolved(story.order[last.chapter], last.entered, last.state)
        yield _outcome(story, here, ahead=False), here


def fate_variables(story: Story) -> frozenset[str]:
    """Return the variables that say who lives: the variables in the story's `fates` and `always`."""
    return frozenset[str]().union(*(claim.reads for claim in (*story.fates, *story.always)))


def _outcome(story: Story, resolved: Resolved, ahead: bool) -> Outcome:
    before, after = resolved.before, resolved.after
    then = {name: after[slot] for name, slot in story.index.items() if after[slot] != before[slot]}
    bits = dict(sorted(_recall_bits(story.chapters[resolved.chapter])))
    asked = hashlib.blake2b(" ".join(bits).encode(), digest_size=4).hexdigest() if bits else ""
    met = tuple(name for name, bit in bits.items() if (after[-1] & ~before[-1]) >> bit & 1)
    return Outcome(resolved.chapter, ahead, resolved.fits, resolved.end or "", then, met, asked)


def _recall_bits(chapter: Chapter) -> Iterator[tuple[str, int]]:
    for node in chapter.nodes.values():
        if node.bit is not None:
            yield node.id, node.bit
        for choice in node.choices:
            if choice.bit is not None:
                yield f"{node.id}.{choice.id}", choice.bit


# In a save ------------------------------------------------------------------------------------------------------


def outcome_to_json(outcome: Outcome) -> dict[str, Any]:
    """Return an outcome as JSON data. False and empty values are left out."""
    plain = {**outcome._asdict(), "then": dict(outcome.then), "met": list(outcome.met)}
    return {key: value for key, value in plain.items() if value}


def outcome_from_json(data: Any) -> Outcome:
    """Return the outcome that `outcome_to_json` made JSON data of. Raises ValueError for other data."""
    whole = {"ahead": False, "fits": False, "end": "", "then": {}, "met": [], "asked": "", **data}
    match whole:
        case {
            "chapter": str(chapter), "ahead": bool(ahead), "fits": bool(fits), "end": str(end),
            "then": dict(then), "met": list(met), "asked": str(asked),
        }:  # fmt: skip
            return Outcome(chapter, ahead, fits, end, then, tuple(met), asked)
    raise ValueError("this is not an outcome of a chapter")


# Differences ----------------------------------------------------------------------------------------------------

Difference = tuple[Value | None, Value]  # a variable's value by the save, and its value today


class Before(NamedTuple):
    """The outcomes in a save, and the variables of the save's story.

    `whole`: the outcomes cover every chapter up to the save's page. Otherwise they cover only the chapters that the
    other role's record decides. `by_words` holds the ids of chapters with a choice that was found by its text alone.
    """

    outcomes: Sequence[Outcome]
    whole: bool
    variables: Sequence[str]
    by_words: Set[str] = frozenset()


class Place(Enum):
    """Where the reader of a restored save stands: on the save's page, on another page, or where the replay stopped."""

    SAME = "on the page of the save"
    OTHER = "on another page: that one is gone, or comes later now"
    STOPPED = "where the replay stopped: entries are left"


def differences(playthrough: Playthrough, kept: Before, migration: IdMigration, place: Place) -> dict[str, Note]:
    """Return a note for each of today's chapters whose outcome differs from the outcome in a save, by the chapter's id.

    A note's kind is "fate" if a fate variable or the ending differs. A difference that an earlier chapter made is not
    noted again. A chapter that was read in part is compared only if the reader is on the same page as before.
    """
    story = playthrough.story
    before = {id: outcome for outcome in kept.outcomes if (id := migration.chapter(outcome.chapter))}
    known: dict[str, Difference] = {}
    notes = dict[str, Note]()
    compared = _comparable(playthrough, kept, before, place)
    for now, resolved in compared:
        then = before.get(now.chapter)
        if then is not None and then.ahead != now.ahead and (now.ahead or place is Place.STOPPED):
            continue
        before.pop(now.chapter, None)
        if then is None or then.ahead != now.ahead:  # a new chapter, or one that comes later now
            then = now._replace(then={}, asked="new")
        fresh = _changed(story, then, resolved, known, kept.variables)
        fate = bool(fate_variables(story) & fresh.keys()) or then.end != now.end
        met = now.chapter not in kept.by_words and _recalls_differ(then, now, migration)
        if fate or fresh or met or then.fits != now.fits:
            kind = "fate" if fate else _kind(playthrough, now.chapter)
            notes[now.chapter] = _note(kind, story, now.chapter, fresh, resolved)
    if kept.whole and place is Place.SAME:
        behind = [resolved for now, resolved in compared if not now.ahead]
        for resolved, fresh in _reordered(playthrough, kept, migration, behind, known):
            kind = "fate" if fate_variables(story) & fresh.keys() else _kind(playthrough, resolved.chapter)
            notes.setdefault(resolved.chapter, _note(kind, story, resolved.chapter, fresh, resolved))
    here = playthrough.position.chapter
    for id, gone in before.items():  # chapters that are no longer the other role's, or no longer behind the reader
        if gone.then and not gone.ahead and (place is not Place.STOPPED or story.order.index(id) < here):
            notes[id] = Note(_kind(playthrough, id), story.chapters[id].title)
    return notes


def _reordered(
    playthrough: Playthrough,
    kept: Before,
    migration: IdMigration,
    chapters: Sequence[Resolved],
    known: Mapping[str, Difference],
) -> Iterator[tuple[Resolved, dict[str, Difference]]]:
    """If a variable differs because chapters changed places, yield the chapter that set it last, and the difference."""
    index, state = playthrough.story.index, playthrough.position.state
    passed_in_save = [outcome for outcome in kept.outcomes if not outcome.ahead]
    then = {name: (value, outcome.chapter) for outcome in passed_in_save for name, value in outcome.then.items()}
    for name, (was, chapter) in then.items():
        if name not in index or name in known or not migration.chapter(chapter):
            continue
        slot = index[name]
        setting = [resolved for resolved in chapters if resolved.before[slot] != resolved.after[slot]]
        if was != state[slot] and setting:
            yield setting[-1], {name: (was, state[slot])}


def gone_notes(playthrough: Playthrough, kept: Before, migration: IdMigration) -> list[Note]:
    """Return a note for each chapter up to the save's page that changed a variable and is no longer in the story."""
    notes, next_title = list[Note](), playthrough.page.title
    for outcome in reversed([outcome for outcome in kept.outcomes if not outcome.ahead]):
        if id := migration.chapter(outcome.chapter):
            next_title = playthrough.story.chapters[id].title
        elif outcome.then:
            notes.append(Note("gone", next_title))
    return notes[::-1]


def _comparable(
    playthrough: Playthrough, kept: Before, before: dict[str, Outcome], place: Place
) -> list[tuple[Outcome, Resolved]]:
    """Return today's outcomes that can be compared. If the reader is not on the save's page, leave out the chapters
    read in part, in the save or now, and delete their outcomes from `before`."""
    decided = list(outcomes(playthrough))
    if not kept.whole:
        return decided
    found = list(passed(playthrough))
    if place is not Place.SAME:
        in_part = {next((id for id in reversed(before) if not before[id].ahead), "")}
        if playthrough.position.node is not None:
            in_part.add(found[-1][0].chapter)
        last = max((i for i, (now, _) in enumerate(found) if now.chapter in before), default=-1)
        found = [both for both in found[: last + 1] if both[0].chapter not in in_part]
        for id in in_part & before.keys():
            del before[id]
    return [*found, *(both for both in decided if both[0].ahead)]


def _kind(playthrough: Playthrough, chapter: str) -> str:
    role = playthrough.story.chapters[chapter].role
    return "other" if playthrough.earlier is not None and role not in (None, playthrough.role) else "changed"


def _changed(
    story: Story, then: Outcome, resolved: Resolved, known: dict[str, Difference], variables: Sequence[str]
) -> dict[str, Difference]:
    """Return the variables whose difference from the save is new in this chapter, and keep `known` up to date."""
    fresh = dict[str, Difference]()
    for name, slot in story.index.items():
        came, comes = resolved.before[slot], resolved.after[slot]
        if name not in variables or (name not in then.then and came == comes):
            continue
        was = then.then.get(name, known[name][0] if name in known else came)
        if was == comes and type(was) is type(comes):
            known.pop(name, None)
        elif known.get(name) != (was, comes):
            fresh[name] = known[name] = (was, comes)
    return fresh


def _recalls_differ(then: Outcome, now: Outcome, migration: IdMigration) -> bool:
    """Return whether a chapter is known to make `seen` and `chose` true for other ids than in the save."""
    return then.asked == now.asked and not migration.changed and then.met != now.met


def untaken_note(story: Story, resolved: Resolved) -> Note:
    """Return the note on a chapter with a recorded choice that could not be taken, for a save without outcomes."""
    return _note("other", story, resolved.chapter, {}, resolved)


def _note(kind: str, story: Story, chapter: str, fresh: Mapping[str, Difference], resolved: Resolved) -> Note:
    """Return a note with the old and new values of `fresh` in words, or else the choice that could not be taken."""
    told = [(_told(story.variables[name], was), story.variables[name].told(now)) for name, (was, now) in fresh.items()]
    words = [(old, new) for old, new in told if old and new and old != new]
    title = story.chapters[chapter].title
    if words:
        return Note(kind, title, recorded=", ".join(old for old, _ in words), holds=", ".join(new for _, new in words))
    node, _, take = resolved.untaken.rpartition(".")
    choices = story.nodes[node].choices if node in story.nodes else ()
    return Note(kind, title, recorded=next((choice.say for choice in choices if choice.id == take), ""))


def _told(variable: Variable, value: Any) -> str | None:
    """Return a saved value in a reader's words; None if readers do not see it, or the variable has another type now."""
    match variable.kind, value:
        case ("bool", bool()) | ("word", str()):
            return variable.told(value)
        case ("int", int()) if not isinstance(value, bool):
            return variable.told(value)
    return None
