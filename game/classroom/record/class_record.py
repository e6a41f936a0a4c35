"""The record of a class, a report for the teacher, as values. It has counts of votes, and does not say who voted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from game.classroom import events as ev
from game.classroom.class_reader import first_event
from game.classroom.state import ClassState, apply_event, initial_state
from game.classroom.tracks import Track, merge_tracks
from game.documents.questionnaire import Answered, Survey, survey_of
from game.play.debrief_sections import Item, fates
from game.play.desk_story import QUESTIONNAIRES
from game.play.engine import SKIP
from game.play.page import Page
from game.play.page_context import anyway
from game.play.voting import counts
from game.story.facts import Fact
from game.story.model import Line, Story

Close = Literal["told", "ended", "stopped"]


@dataclass(frozen=True, slots=True)
class VoteCount:
    """A choice with the text `say`, and its votes by phone and by raised hands. `taken`: the class took this choice."""

    say: str
    phones: int
    hands: int
    taken: bool

    @property
    def count(self) -> int:
        return self.phones + self.hands


@dataclass(frozen=True, slots=True)
class RecordedStep:
    """What one half of the class, or the whole class, chose on a page, and how. `when` is the page's date, if any."""

    when: str | None
    title: str
    role: str | None  # of the page; None in an interlude
    split: bool  # only the half of the class that reads this role decided
    say: str  # the text of the choice; "" if the page had no vote, or if its chapter was `skipped`
    how: ev.How
    skipped: bool
    reason: str  # the teacher's, for an override
    votes: tuple[VoteCount, ...] | None  # None if the page keeps them secret
    held: int  # how many votes were held on the page
    answer: str  # what came of the choice, or ""
    anyway: str  # what others decided, whatever the choice, or ""


@dataclass(frozen=True, slots=True)
class RecordedDecision:
    """What the halves of the class chose at the same time, `at`."""

    at: float  # seconds since 1970
    steps: tuple[RecordedStep, ...]
    lines: tuple[Line, ...] = ()  # of the calendar, shown since the decision before

    @property
    def voted(self) -> bool:
        return any(step.how != "onward" for step in self.steps)


@dataclass(frozen=True, slots=True)
class TaskAnswer:
    """What a class answered in a task. `title` is the task's title and what was asked."""

    title: str
    votes: tuple[VoteCount, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """A question for discussion (`text`), with the date and the title of its page."""

    when: str | None
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class ClassRecord:
    """The record of a class. Times are in seconds since 1970."""

    story: Story
    cut: str
    doors: tuple[str, ...]  # the roles that were read
    began: float
    until: float  # the end of the reading
    close: Close  # whether the story was read to its end, was ended early, or stopped
    phones: int  # the most that were connected at once
    decisions: tuple[RecordedDecision, ...]  # those that still hold
    taken_back: int  # how many decisions were undone
    tasks: tuple[TaskAnswer, ...]  # the answers to tasks with documents, after the story
    surveys: Mapping[str, Survey]  # keys: BEFORE and AFTER (the story); the last questionnaire of each
    questions: tuple[Question, ...]
    facts: tuple[Fact, ...]  # behind the pages that the class read
    last_lines: tuple[Line, ...]  # of the calendar, after the last decision
    fates: tuple[Item, ...]  # of the people met, if the class is over

    @property
    def read_on(self) -> int:
        return sum(step.how == "onward" for decision in self.decisions for step in decision.steps)


def class_record(story: Story, log: Iterable[tuple[float, ev.Event]]) -> ClassRecord:
    """Return the record of a class so far. `log` has pairs: the time in seconds since 1970, and the event.

    Raises ValueError if the log does not begin with `Begun` or is of another story (OtherStory), or LookupError if the
    story lacks a choice.
    """
    entries = tuple(log)
    first = first_event(story, entries)
    began = until = entries[0][0]
    state = initial_state(story, first)
    decided: list[tuple[RecordedDecision, list[Question]]] = []
    shown: list[tuple[Line, ...]] = []  # at each decision, the lines on its pages
    answers: list[TaskAnswer] = []
    surveys: dict[str, list[Answered]] = {}
    held = phones = taken_back = 0
    for at, event in entries[1:]:
        match event:
            case ev.Opened():
                held += 1
            case ev.TaskBegun(task):
                held = 0
                if task in QUESTIONNAIRES:
                    surveys[task] = []
            case ev.TaskEnded():
                held = 0
            case ev.Decided() if state.aside is not None and (asked := surveys.get(state.aside.task)) is not None:
                asked.append(_answered(state, len(asked)))
            case ev.WentBack() if state.aside is not None and (asked := surveys.get(state.aside.task)) is not None:
                asked.pop()
            case ev.Decided() if state.aside is not None:
                answers.append(_answer(state))
            case ev.WentBack() if state.aside is not None:
                answers.pop()
            case ev.Decided():
                taking = [track for track in state.tracks if track.door in event.takes]
                steps = tuple(_step(state, track, event, held) for track in taking)
                decided.append((RecordedDecision(at, steps), list(_questions(taking))))
                shown.append(_lines_shown(state))
                held = 0
            case ev.WentBack():
                decided.pop()
                shown.pop()
                taken_back += 1
                held = 0
        if not state.reading.ended:
            until = at
        state = apply_event(state, event)
        phones = max(phones, len(state.present))
    state = state.reading
    met: dict[str, None] = {}
    decisions = [replace(decision, lines=_unmet(on, met)) for (decision, _), on in zip(decided, shown, strict=True)]
    close: Close = "told" if all(track.done for track in state.tracks) else "ended" if state.ended else "stopped"
    questions = [question for _, asked in decided for question in asked] + list(_questions(state.tracks))
    return ClassRecord(
        story=story,
        cut=first.cut,
        doors=tuple(story.roles) if state.tracks[0].now.role is None else (state.tracks[0].now.role,),
        began=began,
        until=until,
        close=close,
        phones=phones,
        decisions=tuple(decisions),
        taken_back=taken_back,
        tasks=tuple(answers),
        surveys={when: survey_of(asked) for when, asked in surveys.items() if asked},
        questions=tuple({question.text: question for question in questions}.values()),
        facts=tuple(story.facts[id] for id in dict.fromkeys(_facts_met(state)) if id in story.facts),
        last_lines=_unmet(_lines_shown(state), met),
        fates=tuple(fates(state.playthrough)) if close != "stopped" else (),
    )


def _lines_shown(state: ClassState) -> tuple[Line, ...]:
    return tuple(line for track in state.tracks for line in track.page.lines)


def _unmet(lines: Iterable[Line], met: dict[str, None]) -> tuple[Line, ...]:
    """Return the lines that are not in `met` yet, and add them to `met`."""
    found = tuple({line.id: line for line in lines if line.id not in met}.values())
    met.update(dict.fromkeys(line.id for line in found))
    return found


def _answered(state: ClassState, number: int) -> Answered:
    """Return what a class answered to the question with this number, from 0."""
    desk = state.playthrough.story.desk
    assert desk is not None and desk.questionnaire is not None, "a class only answers a questionnaire of its story"
    round = state.round(state.tracks[0])
    return Answered(desk.questionnaire.questions[number], round.ballots, round.hands)


def _answer(state: ClassState) -> TaskAnswer:
    track = state.tracks[0]
    asked = " ".join(paragraph.text for paragraph in track.page.brief)
    return TaskAnswer(f"{track.page.title}: {asked}", _votes(state, track, track.page, ""))


def _step(state: ClassState, track: Track, event: ev.Decided, held: int) -> RecordedStep:
    page, take, how = track.page, event.takes[track.door], event.how.get(track.door, "most")
    voted = how != "onward"
    taken = next((option for option in page.choices if option.id == take and option.say), None)
    after = track.now.take(take) if taken is not None else None
    came = after.page.answer if after is not None else None
    all_the_same = anyway(track.now.story, track.now.position, after.position) if after is not None else None
    return RecordedStep(
        when=page.when,
        title=page.title,
        role=page.role,
        split=len(state.tracks) > 1,
        say=taken.say if taken is not None else "",
        how=how,
        skipped=take == SKIP,
        reason=event.reason if how == "override" else "",
        votes=(_votes(state, track, page, take) if page.tally else None) if voted else (),
        held=held if voted else 0,
        answer=came.text if came is not None else "",
        anyway=all_the_same.text if all_the_same is not None else "",
    )


def _votes(state: ClassState, track: Track, page: Page, take: str) -> tuple[VoteCount, ...]:
    round, found = state.round(track), list[VoteCount]()
    for count in counts(round, page.choices):
        hands = round.hands.get(count.option.id, 0)
        found.append(VoteCount(count.option.say, count.votes - hands, hands, count.option.id == take))
    return tuple(found)


def _questions(tracks: Iterable[Track]) -> Iterator[Question]:
    pages = (track.page for track in tracks)
    return (Question(page.when, page.title, page.discuss) for page in pages if page.discuss)


def _facts_met(state: ClassState) -> Iterator[str]:
    """Yield the ids of the facts behind all pages that the class read, even in tracks that are not merged yet."""
    for at in merge_tracks(state.tracks).history:
        yield from at.page.sources
    for track in state.tracks[1:]:
        # Its first page was found with choices in the other track's chapter that nobody made.
        own = f"{track.start.page.chapter}."
        for at in track.now.history[len(track.start.entries) :]:
            for block in at.position.done:
                if getattr(block, "full_id", "").startswith(own):
                    yield from block.because
