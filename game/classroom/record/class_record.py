"""What a class decided, as values: made from its story and its log, with counts in it and nobody's seat."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from game.classroom import events as ev
from game.classroom.state import ClassState, apply_event, initial_state
from game.classroom.tracks import Track, merged
from game.play.engine import SKIP
from game.play.page import Page
from game.play.voting import counts
from game.story.model import Fact, Story

Close = Literal["told", "ended", "stopped"]


class OtherStory(ValueError):
    """A log is of another story than the one at hand: what is said of the log."""


@dataclass(frozen=True, slots=True)
class VoteCount:
    """A choice in its own words, and how many took it, by phone and by hand. `taken`: it is what was decided."""

    say: str
    phones: int
    hands: int
    taken: bool

    @property
    def count(self) -> int:
        return self.phones + self.hands


@dataclass(frozen=True, slots=True)
class RecordedStep:
    """What was taken on one page, and how that came about.

    `role` is whose page it was, None in an interlude; `half` says that only those behind that door decided. `say` is
    empty where the page only went on, or its chapter was `skipped`. `votes` is None where the page keeps its tally to
    itself. `held` is how many votes it took.
    """

    when: str | None
    title: str
    role: str | None
    half: bool
    say: str
    how: ev.How
    skipped: bool = False
    reason: str = ""
    votes: tuple[VoteCount, ...] | None = ()
    held: int = 0


@dataclass(frozen=True, slots=True)
class RecordedDecision:
    """One decision: what each half took at the same time, in seconds since 1970."""

    at: float
    steps: tuple[RecordedStep, ...]

    @property
    def voted(self) -> bool:
        """Whether it was more than reading on."""
        return any(step.how != "onward" for step in self.steps)


@dataclass(frozen=True, slots=True)
class Question:
    """What a page gave the class to talk about."""

    when: str | None
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class ClassRecord:
    """A class from beginning to end. `moments` are what stands: what was `taken_back` is a number.

    `doors` are the roles that were read; `began` and `until` seconds since 1970; `phones` the most that were
    connected at once. `close`: whether the story was told to its end, was ended before, or stands where it stopped.
    """

    story: Story
    cut: str
    doors: tuple[str, ...]
    began: float
    until: float
    close: Close
    phones: int
    moments: tuple[RecordedDecision, ...]
    taken_back: int
    questions: tuple[Question, ...]
    facts: tuple[Fact, ...]

    @property
    def read_on(self) -> int:
        """How many pages were read without a vote."""
        return sum(step.how == "onward" for moment in self.moments for step in moment.steps)


def class_record(story: Story, log: Iterable[tuple[float, ev.Event]]) -> ClassRecord:
    """The record of a class so far.

    Raises ValueError where the log does not begin as one, OtherStory where it is of another story or version, and
    LookupError where it takes what this story does not have.
    """
    each = iter(log)
    began, first = next(each, (0.0, None))
    if not isinstance(first, ev.Begun):
        raise ValueError("the log of a class begins with how it began")
    if (first.pack, first.version) != (story.pack, story.version):
        raise OtherStory(
            f"is of the story `{first.pack}`, version {first.version}, and this one is `{story.pack}`, "
            f"version {story.version}"
        )
    state, until = initial_state(story, first), began
    moments: list[tuple[RecordedDecision, list[Question]]] = []
    held = phones = taken_back = 0
    for at, event in each:
        match event:
            case ev.Opened():
                held += 1
            case ev.Decided():
                moments.append((_moment(at, state, event, held), list(_questions(_taking(state, event)))))
                held = 0
            case ev.WentBack():
                moments.pop()
                taken_back += 1
                held = 0
        if not state.ended:
            until = at
        state = apply_event(state, event)
        phones = max(phones, len(state.present))
    asked = [question for _, questions in moments for question in questions] + list(_questions(state.tracks))
    return ClassRecord(
        story=story,
        cut=first.cut,
        doors=tuple(story.roles) if state.tracks[0].now.role is None else (state.tracks[0].now.role,),
        began=began,
        until=until,
        close="told" if all(track.done for track in state.tracks) else "ended" if state.ended else "stopped",
        phones=phones,
        moments=tuple(moment for moment, _ in moments),
        taken_back=taken_back,
        questions=tuple({question.text: question for question in asked}.values()),
        facts=tuple(story.facts[id] for id in dict.fromkeys(_facts_met(state)) if id in story.facts),
    )


def _taking(state: ClassState, event: ev.Decided) -> tuple[Track, ...]:
    return tuple(track for track in state.tracks if track.door in event.takes)


def _moment(at: float, state: ClassState, event: ev.Decided, held: int) -> RecordedDecision:
    return RecordedDecision(at, tuple(_step(state, track, event, held) for track in _taking(state, event)))


def _step(state: ClassState, track: Track, event: ev.Decided, held: int) -> RecordedStep:
    page, take, how = track.page, event.takes[track.door], event.how[track.door]
    said = {option.id: option.say for option in page.choices}
    voted = how != "onward"
    return RecordedStep(
        when=page.when,
        title=page.title,
        role=page.role,
        half=len(state.tracks) > 1,
        say=said.get(take, ""),
        how=how,
        skipped=take == SKIP,
        reason=event.reason if how == "override" else "",
        votes=(_votes(state, track, page, take) if page.tally else None) if voted else (),
        held=held if voted else 0,
    )


def _votes(state: ClassState, track: Track, page: Page, take: str) -> tuple[VoteCount, ...]:
    hands = state.round(track).hands
    return tuple(
        VoteCount(
            one.option.say, one.votes - hands.get(one.option.id, 0), hands.get(one.option.id, 0), one.option.id == take
        )
        for one in counts(state.round(track), page.choices)
    )


def _questions(tracks: Iterable[Track]) -> Iterator[Question]:
    pages = (track.page for track in tracks)
    return (Question(page.when, page.title, page.discuss) for page in pages if page.discuss)


def _facts_met(state: ClassState) -> Iterator[str]:
    """What the halves' pages rested on, also those that are not yet in one piece with the rest."""
    for at in merged(state.tracks).history:
        yield from (fact for block in at.position.done for fact in block.because)
    for track in state.tracks[1:]:
        # the way to its first page leads through any choices of the other half, which nobody has made
        own = f"{track.start.page.chapter}."
        for at in track.now.history[len(track.start.entries) :]:
            for block in at.position.done:
                if getattr(block, "full_id", "").startswith(own):
                    yield from block.because
