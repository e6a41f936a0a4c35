"""A class of many phones, and a class in each state of the wall."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from random import Random
from typing import Self

from game.classroom import commands
from game.classroom.wall_view import build_class_view
from game.story.model import Story
from game.ui.class_state import ClassView, JoinInfo
from tests.classroom.logged_class import LoggedClass

JOIN_INFO = JoinInfo("http://192.168.178.234:18765/K7QP", "K7QP", ("192.168.178.234", "10.0.0.5"))


class UnloggedClass(LoggedClass):
    """A class of both doors or of one, with this number of phones."""

    def __init__(self, story: Story, phones: int = 26, role: str | None = None) -> None:
        super().__init__(story, "one-door" if role else "class", role)
        self.join(*(f"s{number}" for number in range(phones)))

    def read_whole_class(self) -> Self:
        """Read all dates, with a vote of 22 phones on each."""
        while self.state.can_vote or any(track.only_continues for track in self.state.tracks):
            if not self.state.can_vote:
                self.do(commands.go_on)
                continue
            self.do(commands.open_vote).vote(22, Random(1)).do(commands.reveal)
            self.do(commands.decide, choose=lambda most: most[0])
        return self

    def vote(self, phones: int, chance: Random | None = None) -> Self:
        """Let this number of phones vote, at random or for the first choice."""
        for seat in sorted(self.state.seats)[:phones]:
            options = [option.id for option in self.state.track_of(seat).page.choices]
            if self.state.track_of(seat).has_vote:
                self.cast(seat, chance.choice(options) if chance else options[0])
        return self

    def read_by_chance(self, seed: int) -> Iterator[UnloggedClass]:
        """Read from the first page to the last. Yields the class at each page and at each result."""
        chance = Random(seed)
        while not all(track.done for track in self.state.tracks):
            yield self
            if not self.state.can_vote:
                self.do(commands.go_on)
                continue
            self.do(commands.open_vote).vote(len(self.state.seats), chance).do(commands.reveal)
            yield self
            self.do(commands.decide, choose=chance.choice)

    def class_view(self, left: float | None = None, joining: JoinInfo = JOIN_INFO, saved: bool = True) -> ClassView:
        return build_class_view(self.state, joining, left=left, saved=saved)


def wall_states(story: Story) -> Iterator[tuple[str, ClassView]]:
    class_ = UnloggedClass(story)
    yield "first", class_.class_view()
    yield "no network", class_.class_view(joining=JoinInfo(trouble="network"))
    relayed = JoinInfo("https://grain.example.org/BCDFGHJK", "BCDFGHJK", ("192.168.178.234", "there"), relayed=True)
    yield "through a relay", replace(class_.class_view(joining=relayed), relay="store-lost")
    yield "to be voted", class_.read_to_vote().class_view()
    yield "paused", class_.do(commands.pause, True).class_view()
    class_.do(commands.pause, False)
    yield "open", class_.do(commands.open_vote).class_view()
    yield "voted", class_.vote(19).do(commands.set_timer, 75.0).class_view(75.0)
    yield "closed", class_.do(commands.close_vote).class_view()
    yield "revealed", class_.do(commands.reveal).class_view()
    yield "nobody voted", UnloggedClass(story).read_to_vote().do(commands.open_vote).do(commands.reveal).class_view()
    yield "decided", class_.do(commands.decide).class_view()
    yield "ended", class_.do(commands.end).class_view()
    for role in story.roles:
        role_class = UnloggedClass(story, role=role).read_to_vote()
        yield f"{role} alone", role_class.class_view()
        yield f"{role} revealed", role_class.do(commands.open_vote).vote(20, Random(1)).do(commands.reveal).class_view()
