"""Reads a class from its log, as far as that can be done: no log is lost because of one event."""

from __future__ import annotations

from game.classroom import events as ev
from game.classroom.log import DamagedLog, LogEntries
from game.classroom.state import ClassState, apply_event, initial_state
from game.core.values import frozen
from game.play.playthrough import UnavailableChoice, UnknownChoice
from game.story.model import Story


class OtherStory(ValueError):
    """A log is of another story than the given one; the message continues a sentence about the log."""


@frozen
class ReadClass:
    """A class as its log gives it.

    Attributes:
        state: The class after the last event that could be applied.
        entries: The events that were applied, each with its time in seconds since 1970.
        left_out: How many events came after these.
        why: Why the first of them could not be applied; "" where none is left out.
    """

    state: ClassState
    entries: tuple[tuple[float, ev.Event], ...]
    left_out: int = 0
    why: str = ""


def read_class(story: Story, log: LogEntries) -> ReadClass:
    """The class up to the first event that cannot be read or applied; nothing is written.

    Raises:
        DamagedLog: not even the first event can be read.
        OtherStory: the class is of another story or version.
        ValueError: it does not begin with `Begun`, or the story has no such cut or role.
    """
    if not log.entries and log.why:
        raise DamagedLog(log.why)
    state = initial_state(story, first_event(story, log.entries))
    for number, (_, event) in enumerate(log.entries[1:], 1):
        try:
            state = apply_event(state, event)
        except (UnknownChoice, UnavailableChoice):
            why = "it takes what this story does not have, which was changed since"
        except Exception as error:  # whatever a log holds, the class is opened up to there
            why = f"it does not fit what came before ({error!r})"
        else:
            continue
        left_out = len(log.entries) - number + log.unread
        return ReadClass(state, log.entries[:number], left_out, f"event {number + 1}, {type(event).__name__}: {why}")
    return ReadClass(state, log.entries, log.unread, log.why)


def first_event(story: Story, entries: tuple[tuple[float, ev.Event], ...]) -> ev.Begun:
    """How a class of this story began. Raises OtherStory, or ValueError where the log does not say it."""
    first = entries[0][1] if entries else None
    if not isinstance(first, ev.Begun):
        raise ValueError("the log of a class begins with how it began")
    if (first.pack, first.version) != (story.pack, story.version):
        raise OtherStory(
            f"is of the story `{first.pack}`, version {first.version}, and this one is `{story.pack}`, "
            f"version {story.version}"
        )
    return first
