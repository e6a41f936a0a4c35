"""A class with a log of timed events in memory, driven by commands or at random."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from random import Random

from game.classroom import commands
from game.classroom import events as ev
from game.classroom.commands import Events, Refused
from game.classroom.log import DamagedLog, read_entries
from game.classroom.state import ClassState, apply_event, initial_state
from game.story import Story

BEGAN = 1_764_061_920.0  # 25 November 2025, 09:12 in UTC
STEP = 20.0
REASON = "The bell rang, and we wanted to see where the other way leads."


def logged_events(path: Path) -> list[ev.Event]:
    """All events of a log. Raises DamagedLog."""
    found = read_entries(path)
    if found.why:
        raise DamagedLog(found.why)
    return [event for _, event in found.entries]


def replay(story: Story, log: Iterable[ev.Event]) -> ClassState:
    """The state after all events of a log."""
    first, *others = log
    assert isinstance(first, ev.Begun)
    state = initial_state(story, first)
    for event in others:
        state = apply_event(state, event)
    return state


class LoggedClass:
    """A class and its log, each event twenty seconds after the last."""

    def __init__(self, story: Story, cut: str = "class", role: str | None = None) -> None:
        first = ev.Begun(story.pack, story.version, cut, role, "K7QP")
        self.log: list[tuple[float, ev.Event]] = [(BEGAN, first)]
        self.state: ClassState = initial_state(story, first)

    def do(self, events: Events) -> None:
        """Log and apply events."""
        for event in events:
            self.log.append((BEGAN + STEP * len(self.log), event))
            self.state = apply_event(self.state, event)

    def join(self, *seats: str) -> None:
        for seat in seats:
            self.do(commands.join(self.state, seat))

    def read_to_vote(self) -> None:
        while not self.state.can_vote:
            self.do(commands.go_on(self.state))

    def vote(self, **ballots: int) -> None:
        """Vote for the choice with this number on each seat's page, after opening the vote if necessary."""
        if self.state.phase != "open":
            self.do(commands.open_vote(self.state))
        for seat, number in ballots.items():
            choice = self.state.track_of(seat).page.choices[number].id
            self.do(commands.vote(self.state, seat, self.state.number, choice))

    def decide(self, reason: str = "", coin: Random | None = None, **picks: str) -> None:
        if self.state.phase == "open":
            self.do(commands.reveal(self.state))
        self.do(commands.decide(self.state, picks, reason, coin.choice if coin else None))

    def run_at_random(self, chance: Random, seats: Sequence[str], reason: str = REASON) -> None:
        """Execute random commands until the story is read to its end or left."""
        while not self.state.ended and not all(track.done for track in self.state.tracks):
            try:
                self.do(self._random_events(chance, seats, reason))
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
