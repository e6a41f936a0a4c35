"""A random walk through a class: pupils' phones, the teacher's presses, time, and resuming from the log's file.

Each step checks that the log gives the state, that no vote is lost, that the teacher was asked before votes are
dropped, and that each acknowledged ballot is counted or named as left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from random import Random
from typing import Any

from game.classroom import commands
from game.classroom import events as ev
from game.classroom.class_reader import read_class
from game.classroom.commands import CastBallot
from game.classroom.host import Host
from game.classroom.log import Log
from game.classroom.run_class import class_host
from game.classroom.server.page_cache import PageCache, TranslatedClass
from game.classroom.state import ClassState, apply_event, initial_state
from game.classroom.teacher_controller import TeacherController
from game.classroom.vote import Vote
from game.play import Page
from game.play.voting import Round, counts
from game.story.model import Story
from game.ui import intents
from game.ui.class_state import JoinInfo
from game.ui.effects import Effect, Quit, TeacherCommand
from game.ui.handlers.classroom import start_class
from game.ui.i18n import Catalogue
from game.ui.screens import phone
from game.ui.screens.registry import render_top
from game.ui.screens.teacher import pupils_state
from game.ui.state import AppState
from game.ui.tree import TreeNode, focus_order
from game.ui.update import update
from tests.classroom.logged_class import begun

SEATS = tuple(f"s{number}" for number in range(9))
AWAY_FROM_CLASS = ("settings", "end-class", "picture", "mute", "language")  # buttons without an effect here


class RecordedLog(Log):
    """A log that also keeps the written events, converted to JSON and back."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, lambda: 0.0)
        self.written: list[ev.Event] = []

    def write(self, events: Sequence[ev.Event], reading: Mapping[str, Any] | None = None) -> None:
        super().write(events, reading)
        self.written += [ev.from_json(ev.to_json(event)) for event in events]


class ClassWalk:
    """A class. `steps` are the last steps in words; `state` is the state that its log gives."""

    def __init__(self, story: Story, words: Catalogue, path: Path, seed: int, role: str | None = None) -> None:
        self.story, self.words, self.path, self.chance = story, words, path, Random(seed)
        self.now, self.session, self.steps = 0.0, 1, list[str]()
        first = begun(story, "one-door" if role else "class", role, session=1)
        self.log = RecordedLog(path)
        host = class_host(story, self.log, first)
        self.log.written.clear()
        self.state = initial_state(story, first)
        self._open(host)

    def _open(self, host: Host) -> None:
        self.host, self.before = host, host.state
        self.controller = TeacherController(
            host, self.words, self, [JoinInfo("http://10.0.0.1:8765/K7QP", "K7QP")], lambda: self.now,
            self.chance.choice, lambda: "here", self.chance.choice(("alone", "teacher")),
        )  # fmt: skip
        self.app: AppState = start_class(self.story, self.words, self.controller.class_view())
        self.pages = PageCache(self._page, host.state)
        self.translated = TranslatedClass(self.story)

    def _page(self, page: Page, round: Round, seat: str) -> TreeNode:
        return phone.phone(page, round, seat, story=self.story, words=self.words)

    def carry_out(self, effect: Effect) -> intents.Intent | None:
        return None

    def close(self) -> None:
        self.log.close()

    def step(self) -> None:
        self.before, asked = self.host.state, False
        kind = self.chance.random()
        if kind < (0.7 if self.before.phase == "open" else 0.25):
            self._pupil(self.before)
        elif kind < 0.93:
            asked = self._teacher()
        elif kind < 0.99:
            self.now += self.chance.choice((0.1, 1.0, 20.0))
            self._say("time")
            self._follow()
        else:
            self.resume()
        self._check_log()
        self._check_votes(self.before, asked)
        self._check_screens()

    def _say(self, step: str) -> None:
        self.steps = [*self.steps[-40:], step]

    def _pupil(self, state: ClassState) -> None:
        seat = self.chance.choice(SEATS)
        options = state.track_of(seat).options or ("nothing",)
        choice = self.chance.choice(options if self.chance.random() < 0.95 else ("nothing",))
        number = state.number - (self.chance.random() < 0.05)
        match self.chance.randrange(8):
            case 0 | 1:
                command, did = partial(commands.join, seat=seat), "join"
            case 2:
                command, did = partial(commands.leave, seat=seat), "leave"
            case _:
                command, did = CastBallot(seat, number, choice), "vote"  # type: ignore[assignment]
        self._say(f"{seat}: {did} {choice if did == 'vote' else ''}")
        (reason,) = self.host.execute_all([command])
        after = self.host.state
        if did == "vote" and reason is None:
            assert after.ballot(seat) == choice and seat not in after.vote.left_out, "acknowledged and not counted"
        if did != "vote" and state.phase == after.phase == "revealed" and state.number == after.number:
            assert tallies(state) == tallies(after), "a phone that comes or goes changes a shown result"

    def _teacher(self) -> bool:
        """Press something; True if the teacher said yes to a question, so that votes may be dropped."""
        tree = render_top(self.app)
        match self.chance.randrange(12):
            case 0:
                intent: intents.Intent = intents.Back()
            case 1 | 2:
                intent = intents.Activate()
            case 3:
                intent = intents.PickNumber(self.chance.randrange(1, 7))
            case 4 | 5 if self.app.top.screen in ("hands", "reason", "wall-expected"):
                intent = intents.Type(self.chance.choice(("1", "7", "12")))
            case _:
                ids = [id for id in focus_order(tree) if not id.startswith(AWAY_FROM_CLASS)]
                intent = intents.Press(self.chance.choice(ids)) if ids else intents.Back()
        self._say(f"teacher on {self.app.top.screen}: {intent}")
        return self._intend(intent)

    def _intend(self, intent: intents.Intent) -> bool:
        asked = False
        self.app, effects = update(self.app, intent)
        for effect in effects:
            if isinstance(effect, Quit):
                self.resume()
                return asked
            if isinstance(effect, TeacherCommand):
                asked = asked or effect.asked
                self._say(f"  {effect}")
            answer = self.controller.carry_out(effect)
            if answer is not None:
                self._intend(answer)
        return asked

    def _follow(self) -> None:
        if (news := self.controller.poll()) is not None:
            self._intend(news)

    def resume(self) -> None:
        """Close the class, and open it again from its file."""
        self._say("resume")
        self._check_log()
        self.log.close()
        self.log, self.session = RecordedLog(self.path), self.session + 1
        found = read_class(self.story, self.log.read())
        assert not (found.unused or found.carried or found.notes or found.lost_votes)
        assert is_same(found.state, self.host.state), "the file gives another class"
        host = class_host(self.story, self.log, ev.Resumed(self.session, 8765))
        assert not host.remarks
        self._open(host)

    def _check_log(self) -> None:
        for event in self.log.written:
            self.state = apply_event(self.state, event)
        self.log.written.clear()
        assert is_same(self.state, self.host.state), "the log gives another class"

    def _check_votes(self, before: ClassState, asked: bool) -> None:
        after = self.host.state
        if before.aside is not None and after.aside is not before.aside:
            assert asked or not before.vote.has_votes, "a task is left with votes, unasked"
            return  # what was answered stands in the log, for the record
        kept = {id(vote.ballots) for vote in votes(after)}
        cast, now = before.vote.ballots, after.vote.ballots
        for vote in votes(before):
            if any(vote.ballots.values()) and id(vote.ballots) not in kept:
                same = vote.ballots is cast and all(now[door].keys() >= cast[door].keys() for door in cast)
                assert same, "a vote is lost"
        decided = len(after.before) != len(before.before)
        if not decided and not asked:
            gone = before.ballots.keys() - after.ballots.keys()
            assert not gone, f"the votes of {gone} are dropped unasked"
            raised = {door for door, hands in before.vote.hands.items() if any(hands.values())}
            assert raised <= after.vote.hands.keys(), "hands are dropped unasked"
        for track in after.tracks:
            round = after.round(track)
            counted = sum(count.votes for count in counts(round, track.page.choices))
            assert counted == round.voted and round.left_out <= round.ballots.keys()
        assert sum(len(after.round(track).ballots) for track in after.tracks) == len(after.ballots)

    def _check_screens(self) -> None:
        state = self.host.state
        render_top(self.app)
        if self.chance.random() < 0.1:
            render_top(pupils_state(self.app, 100))
        self.pages.set_state(state)
        assert stands_at(self.translated.state(state)) == stands_at(state), "it differs in another language"
        if state.seats:
            seat = self.chance.choice(sorted(state.seats))
            self.pages.page_for(seat)


def stands_at(state: ClassState) -> list[tuple[object, ...]]:
    """Where each half of a class stands, and what its page shows."""
    return [
        (
            track.door, track.now.cut.id, track.now.entries, track.options,
            *((door, page.node, page.title, page.paragraphs, page.answer, page.changes, page.choices)
              for door in (track.door, *track.first) for page in (track.page_for(door),)),
        )
        for track in state.tracks
    ]  # fmt: skip


def votes(state: ClassState) -> Iterator[Vote]:
    yield state.vote
    yield from (earlier.vote for earlier in state.before)
    for dropped in state.dropped.values():
        yield from dropped
    if state.ended_vote is not None:
        yield state.ended_vote
    if state.aside is not None:
        yield from votes(state.reading)


def tallies(state: ClassState) -> list[tuple[int, float]]:
    return [
        (count.votes, count.share) for track in state.tracks for count in counts(state.round(track), track.page.choices)
    ]


def is_same(state: ClassState, second: ClassState) -> bool:
    """True if two states are equal; it compares pages by their entries, which takes a tenth of the time."""
    return _comparable(state) == _comparable(second)


def _comparable(state: ClassState) -> tuple[object, ...]:
    routes = [
        [track.now.entries for track in tracks]
        for tracks in (state.tracks, *(earlier.tracks for earlier in state.before))
    ]
    reading = _comparable(state.reading) if state.aside is not None else None
    alone = replace(state, tracks=(), before=(), aside=None)
    return routes, [earlier.vote for earlier in state.before], alone, reading
