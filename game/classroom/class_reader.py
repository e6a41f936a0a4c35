"""Read a class from its log as far as possible. If the story was edited, restore the class from the
save that is also in the log (see `reading_to_json`)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from game.classroom import events as ev
from game.classroom.class_replay import ClassReplay, OutOfStep
from game.classroom.log import DamagedLog, LogEntries
from game.classroom.state import ClassState
from game.core.values import frozen
from game.play import Note, RestoreError, restore, save
from game.play.chapter_outcomes import passed
from game.play.playthrough import Entry, UnavailableChoice, UnknownChoice
from game.play.save_format import decision_count
from game.story.model import Story
from game.ui.effect_runner import notes_in_words
from game.ui.i18n import Catalogue

TimedEvents = tuple[tuple[float, ev.Event], ...]  # pairs: the time in seconds since 1970, and the event


class OtherStory(ValueError):
    """Raised if a log belongs to another story. The message begins with a verb: put the log's name before it."""


@frozen
class ReadClass:
    """A class that was read from its log."""

    state: ClassState  # from which the class can go on
    entries: TimedEvents  # the applied events under today's ids, then the `carried` ones
    carried: tuple[ev.Event, ...] = ()  # new events that brought a restored class to its place
    unused: int = 0  # how many events at the log's end were not applied
    left_out: int = 0  # how many of them are lost: none if the class was restored, else all
    why: str = ""  # why the first of them could not be applied; "" if none is left out
    notes: tuple[Note, ...] = ()  # what changed, by chapter, as for a save
    lost_votes: int = 0  # votes on the class's pages that cannot be counted, because their choices are gone


def read_class(story: Story, log: LogEntries) -> ReadClass:
    """Return the class as far as its log can be read and applied.

    Raises DamagedLog if not even the first event can be read, OtherStory if the log is of another story, or ValueError
    if it does not begin with `Begun`, or the story lacks the cut or role in `Begun`.
    """
    if not log.entries and log.why:
        raise DamagedLog(log.why)
    first = first_event(story, log.entries)
    replay, read, is_edited = ClassReplay(story, first), [log.entries[0]], False
    for number, (at, event) in enumerate(log.entries[1:], 1):
        try:
            replay.note(event)
            read += [(at, today) for today in replay.apply(event)]
            continue
        except OutOfStep:
            why, is_edited = "its page is not the next one in this story, which was changed since", True
        except (UnknownChoice, UnavailableChoice):
            why = "it takes what this story does not have, which was changed since"
        except Exception as error:  # whatever the log holds, the class opens with what came before
            why = f"it does not fit what came before ({error!r})"
        rest = [event for _, event in log.entries[number:]]
        why, unused = f"event {number + 1}, {type(event).__name__}: {why}", len(rest) + log.unread
        break
    else:
        rest, why, unused = [], log.why, log.unread
    found = ReadClass(replay.state, tuple(read), (), unused, unused, why, lost_votes=len(replay.lost))
    return found if log.unread or (rest and not is_edited) else _restored(story, replay, found, rest, log)


def remarks_in_words(words: Catalogue, found: ReadClass) -> list[str]:
    """Return lines for the teacher: what was lost or changed when a class was read from its log."""
    left_out = [words("class.left-out", n=found.left_out)] if found.left_out else []
    return [*left_out, *changes_in_words(words, found)]


def changes_in_words(words: Catalogue, found: ReadClass) -> list[str]:
    """Return lines for the teacher: what an edited story changed in a class, and how many votes cannot be counted."""
    lost = [words("class.lost-votes", n=found.lost_votes)] if found.lost_votes else []
    return [*notes_in_words(words, found.notes), *lost]


def first_event(story: Story, entries: TimedEvents) -> ev.Begun:
    """Return the event with which a class of this story began. Raises OtherStory, or ValueError if there is none."""
    first = entries[0][1] if entries else None
    if not isinstance(first, ev.Begun):
        raise ValueError("the log of a class begins with how it began")
    if first.pack != story.pack:
        raise OtherStory(f"is of the story `{first.pack}`, and this one is `{story.pack}`")
    return first


def reading_to_json(state: ClassState) -> dict[str, Any]:
    """Return what a class has read, as JSON data. `save` is the save of its merged tracks (see `tracks`). `apart` has
    the chapter of each later track, with the variables that it changed, because the save may lack them."""
    return {"save": save(state.playthrough), "apart": dict(_apart(state.reading))}


def _apart(state: ClassState) -> Iterator[tuple[str, dict[str, Any]]]:
    for track in state.tracks[1:]:
        chapter = track.start.page.chapter
        yield from (
            (outcome.chapter, dict(outcome.then)) for outcome, _ in passed(track.now) if outcome.chapter == chapter
        )


def _restored(
    story: Story, replay: ClassReplay, found: ReadClass, rest: Sequence[ev.Event], log: LogEntries
) -> ReadClass:
    """Return the class restored from the save in its log, with notes on what differs. If the log has no usable save,
    return `found`, at most with a note. `rest` are the log's events that `replay` has not applied."""
    stood, reading = found.state.playthrough, log.reading
    try:
        again, notes = restore(story, reading["save"])
        merged = {Entry(entry["at"], entry["take"]) for entry in reading["save"]["entries"]}
        apart = {replay.migration.chapter(id): then for id, then in reading["apart"].items()}
        for event in rest[1:]:
            replay.note(event)
    except (RestoreError, LookupError, TypeError, AttributeError):  # an older log has no save
        is_other = first_event(story, log.entries).version != story.version
        return replace(found, notes=(Note("changed", stood.page.title),)) if is_other else found
    carried = replay.take_up(again, rest, merged) if rest or stood.entries != again.entries else []
    now, dropped = dict(_apart(replay.state)), dict[str, list[Entry]]()
    for entry in replay.dropped:
        dropped.setdefault(replay.migration.chapter(entry.node.partition(".")[0]), []).append(entry)
    for id in sorted(apart.keys() | dropped.keys()):
        title = story.chapters[id].title if id else stood.page.title
        if lost := dropped.get(id):
            notes += (Note("dropped", title, len(lost), decision_count(lost)),)
        elif id in now and now[id] != apart[id]:
            notes += (Note("changed", title),)
    if rest and not notes:
        notes = (Note("changed", stood.page.title),)
    entries = (*found.entries, *((log.entries[-1][0], event) for event in carried))
    return ReadClass(replay.state, entries, tuple(carried), len(rest), 0, "", notes, len(replay.lost))
