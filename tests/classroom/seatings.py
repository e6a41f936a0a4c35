"""A class without a log, led through a story by the rules alone: for whoever needs one in a certain state."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from random import Random

from game.classroom import commands
from game.classroom import events as ev
from game.classroom.state import apply_event, initial_state
from game.classroom.wall_view import class_view_of
from game.story.model import Story
from game.ui.class_state import ClassView, JoinInfo

WAY = JoinInfo("http://192.168.178.234:18765/K7QP", "K7QP", ("192.168.178.234", "10.0.0.5"))


class Led:
    """A class and whoever leads it. `room` is where it stands."""

    def __init__(self, story: Story, phones: int = 26, role: str | None = None) -> None:
        self.state = initial_state(
            story, ev.Begun(story.pack, story.version, "one-door" if role else "class", role, "K7QP")
        )
        for number in range(phones):
            self.do(commands.join, f"s{number}")

    def do(self, rule: Callable[..., commands.Events], *about: object, **more: object) -> Led:
        for event in rule(self.state, *about, **more):
            self.state = apply_event(self.state, event)
        return self

    def to_a_vote(self) -> Led:
        while not self.state.votes:
            self.do(commands.go_on)
        return self

    def voted(self, phones: int, chance: Random | None = None) -> Led:
        """So many phones vote: by chance, or for the first choice."""
        for seat in sorted(self.state.seats)[:phones]:
            options = [option.id for option in self.state.track_of(seat).page.choices]
            if self.state.track_of(seat).votes:
                self.do(commands.vote, seat, self.state.number, chance.choice(options) if chance else options[0])
        return self

    def class_view(self, now: float = 0.0, joining: JoinInfo = WAY) -> ClassView:
        return class_view_of(self.state, joining, now)


def sittings(story: Story) -> Iterator[tuple[str, ClassView]]:
    """One class in each state that a wall can show, by a name for the state."""
    led = Led(story)
    yield "first", led.class_view()
    yield "no network", led.class_view(joining=JoinInfo(trouble="network"))
    yield "to be voted", led.to_a_vote().class_view()
    yield "paused", led.do(commands.pause, True).class_view()
    led.do(commands.pause, False)
    yield "open", led.do(commands.open_vote).class_view()
    yield "voted", led.voted(19).do(commands.set_timer, 75.0).class_view()
    yield "closed", led.do(commands.close).class_view()
    yield "revealed", led.do(commands.reveal).class_view()
    yield "nobody voted", Led(story).to_a_vote().do(commands.open_vote).do(commands.reveal).class_view()
    yield "decided", led.do(commands.decide).class_view()
    yield "ended", led.do(commands.end).class_view()
    for role in story.roles:
        one = Led(story, role=role).to_a_vote()
        yield f"{role} alone", one.class_view()
        yield f"{role} revealed", one.do(commands.open_vote).voted(20, Random(1)).do(commands.reveal).class_view()
