"""The teacher's controller: turns the wall's effects into commands on the host, and the host's state into its view."""

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
from game.ui.effects import Effect, TeacherCommand, WriteClassRecord
from game.ui.i18n import Catalogue

COUNT_INTERVAL = 0.25  # seconds between two updates of counts on the wall: nobody reads faster


class SettingsRunner(Protocol):
    """Carries out the effects that are not about the class: the settings."""

    def carry_out(self, effect: Effect) -> intents.Intent | None: ...


class TeacherController(Listener):
    """Carries out the effects of the wall, and gives it the changes of the class.

    Args:
        settings_runner: carries out the effects that are not about the class.
        joining: the addresses that phones can join by, of which one at a time is shown.
        clock: gives seconds.
        coin: picks one of several choices at random.
        write_record: writes the class's record, and returns its folder; may raise OSError.
    """

    def __init__(
        self,
        host: Host,
        words: Catalogue,
        settings_runner: SettingsRunner,
        joining: Sequence[JoinInfo],
        clock: Callable[[], float],
        coin: Callable[[Sequence[str]], str],
        write_record: Callable[[], str],
    ) -> None:
        self._host, self._words, self._settings_runner, self._write_record = host, words, settings_runner, write_record
        self._joining, self._joining_index = tuple(joining), 0
        self._clock, self._coin = clock, coin
        self._record = ""
        self._shown: tuple[ClassState, int | None] | None = None  # the state and the time left that the wall has
        self._shown_at = float("-inf")

    def class_view(self) -> ClassView:
        """The class as it stands."""
        state, now = self._host.state, self._clock()
        self._shown, self._shown_at = (state, time_left(state, now)), now
        return class_view_of(state, self._joining[self._joining_index], now, self._record)

    def poll(self) -> intents.Intent | None:
        """The view, where it changed since the last one; a vote whose time is up is closed first."""
        state, now = self._host.state, self._clock()
        if state.until is not None and now >= state.until:
            return self._close_vote()
        if self._shown == (state, time_left(state, now)):
            return None
        if (
            self._shown is not None
            and differ_only_in_counts(state, self._shown[0])
            and now < self._shown_at + COUNT_INTERVAL
        ):
            return None
        return intents.ClassChanged(self.class_view())

    def _close_vote(self) -> intents.Intent:
        try:
            self._host.execute(commands.close_vote)
        except Refused:  # somebody closed it already
            pass
        except OSError as error:
            return intents.Failed(self._words("class.not-kept", why=str(error)))
        return intents.ClassChanged(self.class_view())

    def carry_out(self, effect: Effect) -> intents.Intent | None:
        """Execute the command of an effect; other effects go to the settings runner."""
        try:
            match effect:
                case TeacherCommand("address"):
                    self._joining_index = (self._joining_index + 1) % len(self._joining)
                case TeacherCommand(name):
                    self._host.execute(lambda state: COMMANDS[name](self, state, effect))
                case WriteClassRecord():
                    self._record = self._write_record()
                case _:
                    return self._settings_runner.carry_out(effect)
        except Refused as refused:
            return intents.Failed(self._words(f"class.refused.{refused.reason}"))
        except OSError as error:
            return intents.Failed(self._words("class.not-kept", why=str(error)))
        return intents.ClassChanged(self.class_view())

    @property
    def now(self) -> float:
        return self._clock()

    def extend_timer(self, state: ClassState, seconds: int) -> Events:
        """Add seconds to the timer, or start it with them."""
        return commands.set_timer(state, max(self.now, state.until or self.now) + seconds)

    def decide(self, state: ClassState, effect: TeacherCommand, coin: bool = False) -> Events:
        return commands.decide(state, dict(effect.picks), effect.reason, self._coin if coin else None)


def differ_only_in_counts(state: ClassState, other: ClassState) -> bool:
    """Whether two states differ in nothing but phones and votes."""
    return (state.tracks, state.number, state.phase, state.paused, state.ended, state.until) == (
        other.tracks, other.number, other.phase, other.paused, other.ended, other.until,
    )  # fmt: skip


COMMANDS: Mapping[str, Callable[[TeacherController, ClassState, TeacherCommand], Events]] = {
    "open": lambda controller, state, effect: commands.open_vote(state),
    "revote": lambda controller, state, effect: commands.open_vote(state),
    "close": lambda controller, state, effect: commands.close_vote(state),
    "reveal": lambda controller, state, effect: commands.reveal(state),
    "onward": lambda controller, state, effect: commands.go_on(state),
    "decide": lambda controller, state, effect: controller.decide(state, effect),
    "coin": lambda controller, state, effect: controller.decide(state, effect, coin=True),
    "count": lambda controller, state, effect: commands.count_hands(state, effect.door, effect.choice, effect.number),
    "timer": lambda controller, state, effect: controller.extend_timer(state, effect.number),
    "no-timer": lambda controller, state, effect: commands.set_timer(state, None),
    "back": lambda controller, state, effect: commands.go_back(state),
    "pause": lambda controller, state, effect: commands.pause(state, True, controller.now),
    "resume": lambda controller, state, effect: commands.pause(state, False, controller.now),
    "skip": lambda controller, state, effect: commands.skip(state, effect.door),
    "end": lambda controller, state, effect: commands.end(state),
}
