"""The teacher's controller: turns the wall's effects into commands on the host, and the host's state into a view."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import NamedTuple

from game.classroom import commands
from game.classroom.commands import Events, Refused
from game.classroom.host import Host
from game.classroom.join_codes import new_code
from game.classroom.state import ClassState, Timer
from game.classroom.wall_view import build_class_view, whole_seconds
from game.ui import intents
from game.ui.class_state import ClassView, JoinInfo, Place, RelayInfo
from game.ui.effects import Effect, EffectRunner, TeacherCommand, WriteClassRecord
from game.ui.i18n import Catalogue


class Countdown:
    """Knows how many seconds the timer of a state has left. `clock` returns monotonic seconds."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._timer: Timer | None = None
        self._since = 0.0

    def left(self, state: ClassState) -> float | None:
        """Return the seconds left, below 0 after the end; None without a timer. A call with a new timer starts it."""
        if state.timer != self._timer:
            self._timer, self._since = state.timer, self._clock()
        if state.timer is None or state.paused:
            return None if state.timer is None else state.timer.left
        return state.timer.left - (self._clock() - self._since)


class Absences:
    """Knows for how long each seat has been absent. `clock` returns monotonic seconds."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._since: dict[str, float] = {}
        self._met: frozenset[str] = frozenset()  # the seats that were ever present since the program started

    def update(self, state: ClassState) -> None:
        """Note who has left and who has returned. Call it after each change."""
        if state.present == self._met and not self._since:
            return
        gone = (self._met | self._since.keys()) & state.seats.keys() - state.present
        self._since = {seat: self._since.get(seat, self._clock()) for seat in gone}
        self._met = state.present

    def seconds(self, seat: str) -> float | None:
        """Return for how many seconds a seat has been absent; None if it is present, or was never seen present."""
        since = self._since.get(seat)
        return None if since is None else self._clock() - since


BACK_SHOWN = 10.0  # how long the wall says that the relay is back, in seconds
COUNT_INTERVAL = 0.25  # seconds between two updates of counts on the wall, because nobody reads faster


class Shown(NamedTuple):
    """What the wall shows. The wall is updated when this changes."""

    state: ClassState
    left: int | None  # the seconds that the timer has left
    minutes: int  # since the class began or resumed; 0 while the wall shows no minutes
    is_saved: bool
    relay: RelayInfo | None
    relay_word: str  # as `_relay_word` returns it


class TeacherController:
    """Carries out the effects of the wall, and returns the intents that update it.

    Args:
        settings_runner: carries out the effects that are not about the class.
        joining: the addresses for phones on the local network; the wall shows one at a time.
        clock: returns monotonic seconds.
        choose: returns a random item, for codes and at a tie.
        write_record: writes the class's record, and returns its place in words; may raise OSError.
        place: as in `build_class_view`: "alone" or "teacher".
        relay: returns the current room at a relay, or None.
        web_address: the address of the school's site of the story, or "".
    """

    def __init__(
        self,
        host: Host,
        words: Catalogue,
        settings_runner: EffectRunner,
        joining: Sequence[JoinInfo],
        clock: Callable[[], float],
        choose: Callable[[Sequence[str]], str],
        write_record: Callable[[], str],
        place: Place = "alone",
        relay: Callable[[], RelayInfo | None] = lambda: None,
        web_address: str = "",
    ) -> None:
        self._host, self._words, self._settings_runner, self._write_record = host, words, settings_runner, write_record
        self._place, self._began, self._web_address = place, clock(), web_address
        self._joining, self._joining_index = tuple(joining), 0
        self._relay, self._relay_back = relay, float("-inf")  # the second: when its last trouble ended
        self._trouble = self._relay_trouble()
        self._clock, self.choose = clock, choose
        self._record: tuple[str, ClassState] | None = None  # the record's place, and the state that it is of
        self._countdown, self._absences = Countdown(clock), Absences(clock)
        self._shown: Shown | None = None
        self._shown_at = float("-inf")

    def class_view(self) -> ClassView:
        state = self._host.state
        self._absences.update(state)
        self._shown, self._shown_at = self._to_show(state), self._clock()
        ways = joining_ways(self._joining, self._relay(), state)
        is_of_now = self._record is not None and is_same_reading(state, self._record[1])
        return build_class_view(
            state, ways[self._joining_index % len(ways)], left=self._countdown.left(state),
            record=self._record[0] if self._record is not None and is_of_now else "",
            absent_for=self._absences.seconds, saved=self._host.is_saved, place=self._place, minutes=self._minutes,
            relay=self._relay_word(), web_address=self._web_address,
        )  # fmt: skip

    def poll(self) -> intents.Intent | None:
        """Return an intent with the class's view if it has changed; else None. Close a vote whose time is up."""
        state, now = self._host.state, self._clock()
        left = self._countdown.left(state)
        if left is not None and left <= 0 and not state.paused:
            return self.carry_out(TeacherCommand("close"))
        if self._shown == self._to_show(state):
            return None
        if (
            self._shown is not None
            and differ_only_in_counts(state, self._shown.state)
            and (self._shown.relay, self._shown.relay_word) == (self._relay(), self._relay_word())
            and now < self._shown_at + COUNT_INTERVAL
        ):
            return None
        return intents.ClassChanged(self.class_view())

    def _relay_trouble(self) -> str:
        relay = self._relay()
        return relay.trouble if relay is not None else ""

    def _relay_word(self) -> str:
        """Return the relay's trouble in a word; "back" for a while after a trouble; otherwise ""."""
        before, self._trouble = self._trouble, self._relay_trouble()
        if before not in ("", "connecting") and not self._trouble:
            self._relay_back = self._clock()
        return self._trouble or ("back" if self._clock() < self._relay_back + BACK_SHOWN else "")

    def _to_show(self, state: ClassState) -> Shown:
        changes = self._place == "teacher" or state.present != state.seats.keys()
        minute = self._minutes if changes else 0
        left = whole_seconds(self._countdown.left(state))
        return Shown(state, left, minute, self._host.is_saved, self._relay(), self._relay_word())

    @property
    def _minutes(self) -> int:
        return int((self._clock() - self._began) // 60)

    def carry_out(self, effect: Effect) -> intents.Intent | None:
        """Carry out an effect. Return an intent with the class's new view, or with the text of a failure. For an effect
        that is not about the class, return what `settings_runner` returns."""
        try:
            match effect:
                case TeacherCommand("address"):
                    ways = joining_ways(self._joining, self._relay(), self._host.state)
                    self._joining_index = (self._joining_index + 1) % len(ways)
                case TeacherCommand():
                    self._host.execute(partial(self._events, effect))
                case WriteClassRecord():
                    self._record = self._write_record(), self._host.state
                case _:
                    return self._settings_runner.carry_out(effect)
        except Refused as refused:
            return intents.Failed(self._words(f"class.refused.{refused.reason}"))
        except OSError as error:
            return intents.Failed(self._words("class.not-kept", why=str(error)))
        return intents.ClassChanged(self.class_view())

    def _events(self, effect: TeacherCommand, state: ClassState) -> Events:
        events = COMMANDS[effect.command](self, state, effect)
        if not effect.asked and commands.drops_votes(state, events):  # they came too late for the wall to ask
            raise Refused("votes-came")
        return events

    def time_left(self, state: ClassState) -> float | None:
        """Return the seconds that the timer has left, at least 0; None without a timer."""
        left = self._countdown.left(state)
        return None if left is None else max(0.0, left)

    def extend_timer(self, state: ClassState, seconds: int) -> Events:
        """Add seconds to the timer. Without a timer, start a timer of so many seconds."""
        return commands.set_timer(state, (self.time_left(state) or 0.0) + seconds)

    def decide(self, state: ClassState, effect: TeacherCommand, by_coin: bool = False) -> Events:
        return commands.decide(state, dict(effect.picks), effect.reason, self.choose if by_coin else None)


def joining_ways(addresses: tuple[JoinInfo, ...], relay: RelayInfo | None, state: ClassState) -> tuple[JoinInfo, ...]:
    """Return the ways to join that are open: through the relay first, then on the local network."""
    if relay is None or not relay.is_open:
        return addresses
    local = [way for way in addresses if not way.trouble]
    urls = (relay.url, *(way.url for way in local))
    code = relay.code if state.code == relay.class_code else state.code
    through = JoinInfo(relay.url, code, urls, relayed=True)
    return (through, *(replace(way, addresses=urls) for way in local))


def differ_only_in_counts(state: ClassState, other: ClassState) -> bool:
    """Return whether two states differ only in their phones and votes."""
    return _where(state) == _where(other) and (state.locked, state.expected, state.code, state.vote.left_out) == (
        other.locked, other.expected, other.code, other.vote.left_out,
    )  # fmt: skip


def is_same_reading(state: ClassState, other: ClassState) -> bool:
    """Return whether two states lead to the same record: they differ in their phones at most."""
    return _where(state) == _where(other) and (state.ballots, state.vote.hands, state.vote.left_out) == (
        other.ballots, other.vote.hands, other.vote.left_out,
    )  # fmt: skip


def _where(state: ClassState) -> tuple[object, ...]:
    return state.tracks, state.number, state.phase, state.paused, state.ended, state.timer


Maker = Callable[[TeacherController, ClassState, TeacherCommand], Events]
COMMANDS: Mapping[str, Maker] = {
    "open": lambda controller, state, effect: commands.open_vote(state),
    "revote": lambda controller, state, effect: commands.open_vote(state),
    "restore": lambda controller, state, effect: commands.restore_vote(state),
    "leave-out": lambda controller, state, effect: commands.leave_out_absent(state, True),
    "count-all": lambda controller, state, effect: commands.leave_out_absent(state, False),
    "close": lambda controller, state, effect: commands.close_vote(state),
    "reveal": lambda controller, state, effect: commands.reveal(state),
    "onward": lambda controller, state, effect: commands.go_on(state),
    "decide": lambda controller, state, effect: controller.decide(state, effect),
    "coin": lambda controller, state, effect: controller.decide(state, effect, by_coin=True),
    "count": lambda controller, state, effect: commands.count_hands(state, effect.door, effect.choice, effect.number),
    "timer": lambda controller, state, effect: controller.extend_timer(state, effect.number),
    "no-timer": lambda controller, state, effect: commands.set_timer(state, None),
    "back": lambda controller, state, effect: commands.go_back(state),
    "pause": lambda controller, state, effect: commands.pause(state, True, controller.time_left(state)),
    "resume": lambda controller, state, effect: commands.pause(state, False),
    "skip": lambda controller, state, effect: commands.skip(state, effect.door),
    "end": lambda controller, state, effect: commands.end(state),
    "next-question": lambda controller, state, effect: commands.next_question(state),
    "task": lambda controller, state, effect: commands.begin_task(state, effect.choice),
    "expect": lambda controller, state, effect: commands.expect(state, effect.number),
    "lock": lambda controller, state, effect: commands.lock(state, True),
    "unlock": lambda controller, state, effect: commands.lock(state, False),
    "new-code": lambda controller, state, effect: commands.change_code(state, new_code(controller.choose)),
    "admit": lambda controller, state, effect: commands.admit(state),
    "turn-away": lambda controller, state, effect: commands.turn_away(state),
    "readmit": lambda controller, state, effect: commands.readmit(state, effect.seat),
    "remove": lambda controller, state, effect: commands.remove(state, effect.seat),
    "move": lambda controller, state, effect: commands.move(state, effect.seat),
    "share": lambda controller, state, effect: commands.share(state, effect.seat, effect.number),
}
