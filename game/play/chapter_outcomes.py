"""The outcome of each chapter of the other role, as a save has it, and how it differs when the save is opened."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence, Set
from typing import Any, NamedTuple

from game.lang.typecheck import Value
from game.play.id_migration import IdMigration
from game.play.playthrough import Playthrough
from game.play.recorded_chapters import Resolved
from game.play.restore_notes import Note
from game.story.model import Chapter, Story, Variable


class Outcome(NamedTuple):
    """What a chapter of the other role changed. The fields are keys of a save.

    `ahead`: the reader has not come to it; it is the outcome if everything before it were skipped.
    `fits`: see `Resolved`. `end` is the ending that was reached, or "".
    `then` has the changed variables, and `met` the ids, without the chapter's, of the nodes and choices for which
    `seen` and `chose` hold. `asked` is a hash of all ids of the chapter that `seen` and `chose` are asked of.
    """

    chapter: str
    ahead: bool
    fits: bool
    end: str
    then: Mapping[str, Value]
    met: tuple[str, ...]
    asked: str


def outcomes(playthrough: Playthrough) -> Iterator[tuple[Outcome, Resolved]]:
    """The outcome of each chapter that the earlier record decides, in the calendar's order."""
    story, last = playthrough.story, playthrough.position
    for at in playthrough.history:
        if not at.left:
            yield from ((_outcome(story, one, ahead=False), one) for one in at.position.resolved)
    yield from ((_outcome(story, one, ahead=True), one) for one in playthrough.engine.resolve_ahead(last))


def fate_variables(story: Story) -> frozenset[str]:
    """The variables that say who lives: those in the story's `fates` and `always`."""
    return frozenset[str]().union(*(claim.reads for claim in (*story.fates, *story.always)))


def _outcome(story: Story, one: Resolved, ahead: bool) -> Outcome:
    before, after = one.before, one.after
    then = {name: after[slot] for name, slot in story.index.items() if after[slot] != before[slot]}
    bits = dict(sorted(_recall_bits(story.chapters[one.chapter])))
    asked = hashlib.blake2b(" ".join(bits).encode(), digest_size=4).hexdigest() if bits else ""
    met = tuple(name for name, bit in bits.items() if (after[-1] & ~before[-1]) >> bit & 1)
    return Outcome(one.chapter, ahead, one.fits, one.end or "", then, met, asked)


def _recall_bits(chapter: Chapter) -> Iterator[tuple[str, int]]:
    for node in chapter.nodes.values():
        if node.bit is not None:
            yield node.id, node.bit
        for choice in node.choices:
            if choice.bit is not None:
                yield f"{node.id}.{choice.id}", choice.bit


# In a save ------------------------------------------------------------------------------------------------------


def outcome_to_json(outcome: Outcome) -> dict[str, Any]:
    """An outcome as JSON data; false and empty values are left out."""
    plain = {**outcome._asdict(), "then": dict(outcome.then), "met": list(outcome.met)}
    return {key: value for key, value in plain.items() if value}


def outcome_from_json(data: Any) -> Outcome:
    """The outcome of JSON data that `outcome_to_json` wrote. Raises ValueError."""
    whole = {"ahead": False, "fits": False, "end": "", "then": {}, "met": [], "asked": "", **data}
    match whole:
        case {
            "chapter": str(chapter), "ahead": bool(ahead), "fits": bool(fits), "end": str(end),
            "then": dict(then), "met": list(met), "asked": str(asked),
        }:  # fmt: skip
            return Outcome(chapter, ahead, fits, end, then, tuple(met), asked)
    raise ValueError("this is no outcome of a chapter")


# Differences ----------------------------------------------------------------------------------------------------

Difference = tuple[Value | None, Value]  # what the save says, and what is


def differences(
    playthrough: Playthrough,
    kept: Sequence[Outcome],
    variables: Sequence[str],
    migration: IdMigration,
    by_words: Set[str],
) -> dict[str, Note]:
    """The chapters whose outcome differs from that in a save, each with a note: "fate" if a fate variable differs.

    A difference that an earlier chapter made is not noted again.

    Args:
        playthrough: The restored playthrough.
        kept: The outcomes in the save.
        variables: The variables that the save's story had.
        migration: The ids of the save -> the ids of today.
        by_words: The chapters of which a choice is known by its words alone.
    """
    story = playthrough.story
    before = {migration.chapter(one.chapter): one for one in kept}
    known: dict[str, Difference] = {}
    notes = dict[str, Note]()
    for now, one in outcomes(playthrough):
        then = before.pop(now.chapter, None)
        if then is None:  # a new one
            then = now._replace(then={}, asked="new")
        if then.ahead != now.ahead:
            continue
        fresh = _changed(story, then, one, known, variables)
        fate = bool(fate_variables(story) & fresh.keys()) or then.end != now.end
        met = now.chapter not in by_words and _recalls_differ(then, now, migration)
        if fate or fresh or met or then.fits != now.fits:
            notes[now.chapter] = _note("fate" if fate else "other", story, now.chapter, fresh, one)
    for id, gone in before.items():
        if gone.then and not gone.ahead and id in story.chapters:  # it is not the other role's any more
            notes[id] = Note("other", story.chapters[id].title)
    return notes


def _changed(
    story: Story, then: Outcome, one: Resolved, known: dict[str, Difference], variables: Sequence[str]
) -> dict[str, Difference]:
    """The variables that differ after a chapter and did not before it. Updates `known`."""
    fresh = dict[str, Difference]()
    for name, slot in story.index.items():
        came, comes = one.before[slot], one.after[slot]
        if name not in variables or (name not in then.then and came == comes):
            continue
        was = then.then.get(name, known[name][0] if name in known else came)
        if was == comes and type(was) is type(comes):
            known.pop(name, None)
        elif known.get(name) != (was, comes):
            fresh[name] = known[name] = (was, comes)
    return fresh


def _recalls_differ(then: Outcome, now: Outcome, migration: IdMigration) -> bool:
    """Whether `seen` and `chose` hold for other ids of a chapter. False where ids changed: then nobody can tell."""
    return then.asked == now.asked and not migration.changed and then.met != now.met


def untaken_note(story: Story, one: Resolved) -> Note:
    """The note on a chapter of which a decision was not taken, where the outcome in the save is not known."""
    return _note("other", story, one.chapter, {}, one)


def _note(kind: str, story: Story, chapter: str, fresh: Mapping[str, Difference], one: Resolved) -> Note:
    """A note with the old and new values in the story's words, or else with the decision that was not taken."""
    words = []
    for name, (was, comes) in fresh.items():
        old, new = _in_words(story.variables[name], was), story.variables[name].in_words(comes)
        if old and new and old != new:
            words.append((old, new))
    title = story.chapters[chapter].title
    if words:
        return Note(kind, title, recorded=", ".join(old for old, _ in words), holds=", ".join(new for _, new in words))
    node, _, take = one.untaken.rpartition(".")
    choices = story.nodes[node].choices if node in story.nodes else ()
    return Note(kind, title, recorded=next((choice.say for choice in choices if choice.id == take), ""))


def _in_words(variable: Variable, value: Any) -> str | None:
    """A value of a save in words, where today's variable can have it."""
    match variable.kind, value:
        case ("bool", bool()) | ("word", str()):
            return variable.in_words(value)
        case ("int", int()) if not isinstance(value, bool):
            return variable.in_words(value)
    return None
