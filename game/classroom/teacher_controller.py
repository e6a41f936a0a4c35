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

    def class_view(self) -> ClassView:
        """The class as it stands."""
        state, now = self._host.state, self._clock()
        self._known, self._told = (state, time_left(state, now)), now
        return class_view_of(state, self._ways[self._way], now, self._record)

    def poll(self) -> intents.Intent | None:
        """The class, where it changed since the wall was told; a vote whose time is up is closed first."""
        state, now = self._host.state, self._clock()
        if state.until is not None and now >= state.until:
            return self._timed_out()
        if self._known == (state, time_left(state, now)):
            return None
        if self._known is not None and alike(state, self._known[0]) and now < self._told + COUNTED:
            return None
        return intents.ClassChanged(self.class_view())

    def _timed_out(self) -> intents.Intent:
        try:
            self._host.ask(commands.close)
        except Refused:  # somebody was faster
            pass
        except OSError as error:
            return intents.Failed(self._words("class.not-kept", why=str(error)))
        return intents.ClassChanged(self.class_view())

    def carry_out(self, effect: Effect) -> intents.Intent | None:
        """Do what an effect asks of the class; all else is the world's."""
        try:
            match effect:
                case Teach("address"):
                    self._way = (self._way + 1) % len(self._ways)
                case Teach(wish):
                    self._host.ask(lambda state: WISHES[wish](self, state, effect))
                case KeepRecord():
                    self._record = self._keep()
                case _:
                    return self._world.carry_out(effect)
        except Refused as refused:
            return intents.Failed(self._words(f"class.refused.{refused.reason}"))
        except OSError as error:
            return intents.Failed(self._words("class.not-kept", why=str(error)))
        return intents.ClassChanged(self.class_view())

    @property
    def now(self) -> float:
        return self._clock()

    def timer(self, state: ClassState, seconds: int) -> Events:
        """So many seconds more than there are."""
        return commands.set_timer(state, max(self.now, state.until or self.now) + seconds)

    def decision(self, state: ClassState, effect: Teach, coin: bool = False) -> Events:
        return commands.decide(state, dict(effect.picks), effect.reason, self._coin if coin else None)


def alike(state: ClassState, other: ClassState) -> bool:
    """Whether nothing but counts tells the two apart."""
    return (state.tracks, state.number, state.phase, state.paused, state.ended, state.until) == (
        other.tracks, other.number, other.phase, other.paused, other.ended, other.until,
    )  # fmt: skip


WISHES: Mapping[str, Callable[[TeacherController, ClassState, Teach], Events]] = {
    "open": lambda desk, state, wish: commands.open_vote(state),
    "revote": lambda desk, state, wish: commands.open_vote(state),
    "close": lambda desk, state, wish: commands.close(state),
    "reveal": lambda desk, state, wish: commands.reveal(state),
    "onward": lambda desk, state, wish: commands.go_on(state),
    "decide": lambda desk, state, wish: desk.decision(state, wish),
    "coin": lambda desk, state, wish: desk.decision(state, wish, coin=True),
    "count": lambda desk, state, wish: commands.count_hands(state, wish.door, wish.choice, wish.number),
    "timer": lambda desk, state, wish: desk.timer(state, wish.number),
    "no-timer": lambda desk, state, wish: commands.set_timer(state, None),
    "back": lambda desk, state, wish: commands.back(state),
    "pause": lambda desk, state, wish: commands.pause(state, True, desk.now),
    "resume": lambda desk, state, wish: commands.pause(state, False, desk.now),
    "skip": lambda desk, state, wish: commands.skip(state, wish.door),
    "end": lambda desk, state, wish: commands.end(state),
}
