"""A class without a log, led through a story by the rules alone: for whoever needs one in a certain state."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from random import Random

from game.classroom import events as ev
from game.classroom import rules
from game.classroom.room import apply_event, initial_state
from game.classroom.showing import class_view_of
from game.story.model import Story
from game.ui.class_state import ClassView, JoinInfo

WAY = JoinInfo("http://192.168.178.234:18765/K7QP", "K7QP", ("192.168.178.234", "10.0.0.5"))


class Led:
    """A class and whoever leads it. `room` is where it stands."""

    def __init__(self, story: Story, phones: int = 26, role: str | None = None) -> None:
        self.room = initial_state(
            story, ev.Begun(story.pack, story.version, "one-door" if role else "class", role, "K7QP")
        )
        for number in range(phones):
            self.do(rules.join, f"s{number}")

    def do(self, rule: Callable[..., rules.Events], *about: object, **more: object) -> Led:
        for event in rule(self.room, *about, **more):
            self.room = apply_event(self.room, event)
        return self

    def to_a_vote(self) -> Led:
        while not self.room.votes:
            self.do(rules.go_on)
        return self

    def voted(self, phones: int, chance: Random | None = None) -> Led:
        """So many phones vote: by chance, or for the first choice."""
        for seat in sorted(self.room.seats)[:phones]:
            options = [option.id for option in self.room.lane_of(seat).page.choices]
            if self.room.lane_of(seat).votes:
                self.do(rules.vote, seat, self.room.number, chance.choice(options) if chance else options[0])
        return self

    def sitting(self, now: float = 0.0, joining: JoinInfo = WAY) -> ClassView:
        return class_view_of(self.room, joining, now)


def sittings(story: Story) -> Iterator[tuple[str, ClassView]]:
    """One class in each state that a wall can show, by a name for the state."""
    led = Led(story)
    yield "first", led.sitting()
    yield "no network", led.sitting(joining=JoinInfo(trouble="network"))
    yield "to be voted", led.to_a_vote().sitting()
    yield "paused", led.do(rules.pause, True).sitting()
    led.do(rules.pause, False)
    yield "open", led.do(rules.open_vote).sitting()
    yield "voted", led.voted(19).do(rules.set_timer, 75.0).sitting()
    yield "closed", led.do(rules.close).sitting()
    yield "revealed", led.do(rules.reveal).sitting()
    yield "nobody voted", Led(story).to_a_vote().do(rules.open_vote).do(rules.reveal).sitting()
    yield "decided", led.do(rules.decide).sitting()
    yield "ended", led.do(rules.end).sitting()
    for role in story.roles:
        one = Led(story, role=role).to_a_vote()
        yield f"{role} alone", one.sitting()
        yield f"{role} revealed", one.do(rules.open_vote).voted(20, Random(1)).do(rules.reveal).sitting()
