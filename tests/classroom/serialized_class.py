"""A class whose events all go through JSON, driven by commands or at random."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

import pytest

from game.classroom import commands
from game.classroom import events as ev
from game.classroom.commands import Refused
from game.classroom.state import ClassState, apply_event, initial_state
from game.story import Story


def refusal(command: Callable[..., object], *about: object) -> str:
    """The reason why a command is refused."""
    with pytest.raises(Refused) as caught:
        command(*about)
    return caught.value.reason


class SerializedClass:
    """A class and its log; each event goes through JSON before it is applied."""

    def __init__(self, story: Story, cut: str = "class", role: str | None = None) -> None:
        self.story = story
        first = ev.Begun(story.pack, story.version, cut, role)
        self.log: list[ev.Event] = [first]
        self.state: ClassState = initial_state(story, first)

    def do(self, events: tuple[ev.Event, ...]) -> None:
        """Log events, converted to JSON and back, and apply them."""
        for event in events:
            self.log.append(ev.from_json(ev.to_json(event)))
            self.state = apply_event(self.state, self.log[-1])

    def read_to_vote(self) -> None:
        while not self.state.can_vote:
            self.do(commands.go_on(self.state))

    def vote(self, seat: str, choice: str) -> None:
        self.do(commands.vote(self.state, seat, self.state.number, choice))

    def play_on(self, chance: Random) -> bool:
        """Read on, or vote and decide; False at the end."""
        if all(track.done for track in self.state.tracks):
            return False
        if not self.state.can_vote:
            self.do(commands.go_on(self.state))
            return True
        self.do(commands.open_vote(self.state))
        for seat in self.state.seats:
            for track in self.state.tracks:
                if track.has_vote and seat in self.state.voters(track):
                    self.vote(seat, chance.choice([option.id for option in track.page.choices]))
        self.do(commands.reveal(self.state))
        self.do(commands.decide(self.state, choose=chance.choice))
        return True
