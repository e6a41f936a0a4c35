"""A class with its log in memory, driven by commands or at random, and how tests read logs."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from random import Random
from typing import Any, Self

import pytest

from game.classroom import commands
from game.classroom import events as ev
from game.classroom.commands import Events, Refused
from game.classroom.log import DamagedLog, read_entries
from game.classroom.state import ClassState, apply_event, initial_state
from game.play.voting import counts
from game.story import Story

BEGAN = 1_764_061_920.0  # 25 November 2025, 09:12 in UTC
STEP = 20.0
REASON = "The bell rang, and we wanted to see where the other way leads."


def begun(story: Story, cut: str = "class", role: str | None = None, code: str = "K7QP", **more: Any) -> ev.Begun:
    return ev.Begun(story.pack, story.version, cut, role, code, **more)


def logged_events(path: Path) -> list[ev.Event]:
    found = read_entries(path)
    if found.why:
        raise DamagedLog(found.why)
    return [event for _, event in found.entries]


def replay(story: Story, log: Iterable[ev.Event]) -> ClassState:
    first, *others = log
    assert isinstance(first, ev.Begun)
    state = initial_state(story, first)
    for event in others:
        state = apply_event(state, event)
    return state


def tally(state: ClassState) -> Counter[tuple[str, str]]:
    """The votes for each door's choices that have any."""
    pages = [(track, counts(state.round(track), track.page.choices)) for track in state.tracks]
    return +Counter({(track.door, count.option.id): count.votes for track, found in pages for count in found})


def refusal(command: Callable[..., object], *about: object) -> str:
    with pytest.raises(Refused) as caught:
        command(*about)
    return caught.value.reason


class LoggedClass:
    """A class and its log, each event twenty seconds after the last. Events go through JSON before they are applied."""

    def __init__(self, story: Story, cut: str = "class", role: str | None = None, **more: Any) -> None:
        self.story, first = story, begun(story, cut, role, **more)
        self.log: list[tuple[float, ev.Event]] = [(BEGAN, first)]
        self.state: ClassState = initial_state(story, first)

    @property
    def events(self) -> list[ev.Event]:
        return [event for _, event in self.log]

    def do(self, command: Callable[..., Events], *about: object, **more: object) -> Self:
        """Execute a command; calls can be chained."""
        return self.add(*command(self.state, *about, **more))

    def add(self, *events: ev.Event) -> Self:
        for event in events:
            self.log.append((BEGAN + STEP * len(self.log), ev.from_json(json.loads(json.dumps(ev.to_json(event))))))
            self.state = apply_event(self.state, self.log[-1][1])
        return self

    def join(self, *seats: str) -> Self:
        for seat in seats:
            self.do(commands.join, seat)
        return self

    def read_to_vote(self) -> Self:
        while not self.state.can_vote:
            self.do(commands.go_on)
        return self

    def cast(self, seat: str, choice: str | int = 0) -> None:
        """Vote for a choice, named by its id or by its number on the seat's page."""
        if isinstance(choice, int):
            choice = self.state.track_of(seat).page.choices[choice].id
        self.do(commands.vote, seat, self.state.number, choice)

    def cast_all(self, **choices: int) -> None:
        """Vote for the choice with this number on each seat's page, after opening the vote if necessary."""
        if self.state.phase != "open":
            self.do(commands.open_vote)
        for seat, number in choices.items():
            self.cast(seat, number)

    def decide(self, reason: str = "", coin: Random | None = None, **picks: str) -> None:
        if self.state.phase == "open":
            self.do(commands.reveal)
        self.do(commands.decide, picks, reason, coin.choice if coin else None)

    def play_on(self, chance: Random) -> bool:
        """Read on, or vote and decide; False at the end."""
        if all(track.done for track in self.state.tracks):
            return False
        if not self.state.can_vote:
            self.do(commands.go_on)
            return True
        self.do(commands.open_vote).cast_at_random(chance)
        self.do(commands.reveal).do(commands.decide, choose=chance.choice)
        return True

    def cast_at_random(self, chance: Random) -> None:
        for seat in self.state.seats:
            for track in self.state.tracks:
                if track.has_vote and seat in self.state.voters(track):
                    self.cast(seat, chance.choice(track.options))

    def run_at_random(self, chance: Random, seats: Sequence[str], reason: str = REASON) -> None:
        """Execute random commands until the story is read to its end or left."""
        while not self.state.ended and not all(track.done for track in self.state.tracks):
            try:
                self.add(*self._random_events(chance, seats, reason))
            except Refused:
                continue

    def _random_events(self, chance: Random, seats: Sequence[str], reason: str) -> Events:
        state, seat = self.state, chance.choice(seats)
        track = chance.choice(state.tracks)
        choice = chance.choice([option.id for option in track.page.choices] or [""])
        match chance.randrange(30):
            case 0 | 1 | 2:
                return commands.join(state, seat)
            case 3:
                return commands.leave(state, seat)
            case 4 | 5:
                return commands.open_vote(state)
            case 6:
                return commands.count_hands(state, track.door, choice, chance.randrange(20))
            case 7:
                return commands.reveal(state)
            case 8:
                return commands.go_back(state)
            case 9:
                return commands.decide(state, {track.door: choice}, reason, chance.choice)
            case 10:
                skips = {track.door: "skip"} if "skip" in track.page.offers else {}
                return commands.decide(state, skips, reason, chance.choice)
            case 11 | 12 | 13:
                return commands.decide(state, choose=chance.choice)
            case 14:
                return commands.end(state) if chance.random() < 0.02 else ()
            case 15 | 16 | 17 | 18:
                return commands.go_on(state)
            case _:
                return commands.vote(state, seat, state.number, choice)
