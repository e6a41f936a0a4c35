"""The teacher's desk: what the wall asks for is asked of the class's host, and the host's room is what it shows."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Protocol

from game.classroom import commands
from game.classroom.commands import Events, Refused
from game.classroom.host import Host
from game.classroom.state import ClassState
from game.classroom.wall_view import class_view_of, time_left
from game.desktop.listeners import Listener
from game.ui import intents
from game.ui.class_state import ClassView, JoinInfo
from game.ui.effects import Effect, KeepRecord, Teach
from game.ui.i18n import Catalogue

COUNTED = 0.25  # seconds between two counts of phones and votes on the wall: nobody reads faster


class SettingsRunner(Protocol):
    """Who carries out what is not about the class: the settings."""

    def carry_out(self, effect: Effect) -> intents.Intent | None: ...


class TeacherController(Listener):
    """Carries the wall's effects out, and has its news.

    `ways` are the addresses that phones may come in by, of which one at a time is shown. `clock` gives seconds,
    `coin` takes one of several. `keep` writes the class's record and says into which folder; it may raise OSError.
    """

    def __init__(
        self,
        host: Host,
        words: Catalogue,
        world: SettingsRunner,
        ways: Sequence[JoinInfo],
        clock: Callable[[], float],
        coin: Callable[[Sequence[str]], str],
        keep: Callable[[], str],
    ) -> None:
        self._host, self._words, self._world, self._keep = host, words, world, keep
        self._ways, self._way = tuple(ways), 0
        self._clock, self._coin = clock, coin
        self._record = ""
        self._known: tuple[ClassState, int | None] | None = None  # what the wall was told: the room, and the time left
        self._told = float("-inf")

    def sitting(self) -> ClassView:
        """The class as it stands."""
        room, now = self._host.room, self._clock()
        self._known, self._told = (room, time_left(room, now)), now
        return class_view_of(room, self._ways[self._way], now, self._record)

    def news(self) -> intents.Intent | None:
        """The class, where it changed since the wall was told; a vote whose time is up is closed first."""
        room, now = self._host.room, self._clock()
        if room.until is not None and now >= room.until:
            return self._timed_out()
        if self._known == (room, time_left(room, now)):
            return None
        if self._known is not None and alike(room, self._known[0]) and now < self._told + COUNTED:
            return None
        return intents.ClassChanged(self.sitting())

    def _timed_out(self) -> intents.Intent:
        try:
            self._host.ask(commands.close)
        except Refused:  # somebody was faster
            pass
        except OSError as error:
            return intents.Failed(self._words("class.not-kept", why=str(error)))
        return intents.ClassChanged(self.sitting())

    def carry_out(self, effect: Effect) -> intents.Intent | None:
        """Do what an effect asks of the class; all else is the world's."""
        try:
            match effect:
                case Teach("address"):
                    self._way = (self._way + 1) % len(self._ways)
                case Teach(wish):
                    self._host.ask(lambda room: WISHES[wish](self, room, effect))
                case KeepRecord():
                    self._record = self._keep()
                case _:
                    return self._world.carry_out(effect)
        except Refused as refused:
            return intents.Failed(self._words(f"class.refused.{refused.reason}"))
        except OSError as error:
            return intents.Failed(self._words("class.not-kept", why=str(error)))
        return intents.ClassChanged(self.sitting())

    @property
    def now(self) -> float:
        return self._clock()

    def timer(self, room: ClassState, seconds: int) -> Events:
        """So many seconds more than there are."""
        return commands.set_timer(room, max(self.now, room.until or self.now) + seconds)

    def decision(self, room: ClassState, effect: Teach, coin: bool = False) -> Events:
        return commands.decide(room, dict(effect.picks), effect.reason, self._coin if coin else None)


def alike(room: ClassState, other: ClassState) -> bool:
    """Whether nothing but counts tells the two apart."""
    return (room.lanes, room.number, room.phase, room.paused, room.ended, room.until) == (
        other.lanes, other.number, other.phase, other.paused, other.ended, other.until,
    )  # fmt: skip


WISHES: Mapping[str, Callable[[TeacherController, ClassState, Teach], Events]] = {
    "open": lambda desk, room, wish: commands.open_vote(room),
    "revote": lambda desk, room, wish: commands.open_vote(room),
    "close": lambda desk, room, wish: commands.close(room),
    "reveal": lambda desk, room, wish: commands.reveal(room),
    "onward": lambda desk, room, wish: commands.go_on(room),
    "decide": lambda desk, room, wish: desk.decision(room, wish),
    "coin": lambda desk, room, wish: desk.decision(room, wish, coin=True),
    "count": lambda desk, room, wish: commands.count_hands(room, wish.door, wish.choice, wish.number),
    "timer": lambda desk, room, wish: desk.timer(room, wish.number),
    "no-timer": lambda desk, room, wish: commands.set_timer(room, None),
    "back": lambda desk, room, wish: commands.back(room),
    "pause": lambda desk, room, wish: commands.pause(room, True, desk.now),
    "resume": lambda desk, room, wish: commands.pause(room, False, desk.now),
    "skip": lambda desk, room, wish: commands.skip(room, wish.door),
    "end": lambda desk, room, wish: commands.end(room),
}
