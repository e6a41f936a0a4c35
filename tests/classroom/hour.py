"""A class's hour, as a log has it: whatever a class may do, by chance, until the story is told or left."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from game.classroom import commands
from game.classroom import events as ev
from game.classroom.commands import Events, Refused
from game.classroom.state import ClassState, apply_event, initial_state
from game.story import Story

BEGAN = 1_764_061_920.0  # 25 November 2025, 09:12 in UTC
STEP = 20.0
REASON = "The bell rang, and we wanted to see where the other way leads."


class Hour:
    """A class that keeps its log with times, each thing twenty seconds after the last."""

    def __init__(self, story: Story, cut: str = "class", role: str | None = None) -> None:
        first = ev.Begun(story.pack, story.version, cut, role, "K7QP")
        self.log: list[tuple[float, ev.Event]] = [(BEGAN, first)]
        self.room: ClassState = initial_state(story, first)

    def do(self, events: Events) -> None:
        for event in events:
            self.log.append((BEGAN + STEP * len(self.log), event))
            self.room = apply_event(self.room, event)

    def join(self, *seats: str) -> None:
        for seat in seats:
            self.do(commands.join(self.room, seat))

    def to_a_vote(self) -> None:
        while not self.room.votes:
            self.do(commands.go_on(self.room))

    def vote(self, **ballots: int) -> None:
        """Each seat's ballot for the choice of that number on its own page; opens the vote where it is not."""
        if self.room.phase != "open":
            self.do(commands.open_vote(self.room))
        for seat, number in ballots.items():
            choice = self.room.lane_of(seat).page.choices[number].id
            self.do(commands.vote(self.room, seat, self.room.number, choice))

    def decide(self, reason: str = "", coin: Random | None = None, **picks: str) -> None:
        if self.room.phase == "open":
            self.do(commands.reveal(self.room))
        self.do(commands.decide(self.room, picks, reason, coin.choice if coin else None))

    def at_random(self, chance: Random, seats: Sequence[str], reason: str = REASON) -> None:
        """Anything that a class may do, until its story is told or left."""
        while not self.room.ended and not all(lane.done for lane in self.room.lanes):
            try:
                self.do(self._anything(chance, seats, reason))
            except Refused:
                continue

    def _anything(self, chance: Random, seats: Sequence[str], reason: str) -> Events:
        room, seat = self.room, chance.choice(seats)
        lane = chance.choice(room.lanes)
        choice = chance.choice([option.id for option in lane.page.choices] or [""])
        match chance.randrange(30):
            case 0 | 1 | 2:
                return commands.join(room, seat)
            case 3:
                return commands.leave(room, seat)
            case 4 | 5:
                return commands.open_vote(room)
            case 6:
                return commands.count_hands(room, lane.door, choice, chance.randrange(20))
            case 7:
                return commands.reveal(room)
            case 8:
                return commands.back(room)
            case 9:
                return commands.decide(room, {lane.door: choice}, reason, chance.choice)
            case 10:
                skips = {lane.door: "skip"} if "skip" in lane.page.offers else {}
                return commands.decide(room, skips, reason, chance.choice)
            case 11 | 12 | 13:
                return commands.decide(room, coin=chance.choice)
            case 14:
                return commands.end(room) if chance.random() < 0.02 else ()
            case 15 | 16 | 17 | 18:
                return commands.go_on(room)
            case _:
                return commands.vote(room, seat, room.number, choice)
