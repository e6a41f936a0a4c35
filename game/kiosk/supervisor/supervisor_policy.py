"""When the game is started, ended and waited for: the supervisor's rule, without any process.

All times are counted in seconds while the supervisor is awake: where the machine slept, or the supervisor itself was
stopped, the beats of that while are still to be read, and nobody is ended for them.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

from game.core.values import frozen

QUIT, RESTART = 0, 75  # statuses with which the game ends because staff asked for it
LONGEST_STEP = 1.0  # seconds; what lies further between two events was slept through

Phase = Literal["down", "starting", "well", "dying", "ending", "ended"]
Action = Literal["start", "ask", "kill", "rest", "wake"]


@frozen
class TimeLimits:
    """Seconds. A start that takes longer than `start`, and a silence longer than `beat`, is a hang.

    `pauses`: before a start after each crash in a row; the last one from then on. `good`: of beats, after which a
    crash is the first one again. `moment`: without a game, after which the resting screen is shown. `grace`: for a
    game that was asked to end.
    """

    beat: float = 10.0
    start: float = 60.0
    pauses: tuple[float, ...] = (0.2, 1.0, 2.0, 5.0, 10.0, 30.0)
    good: float = 60.0
    moment: float = 3.0
    grace: float = 5.0


USUAL = TimeLimits()


@frozen
class Tick:
    """Time went by."""


@frozen
class HeartbeatSeen:
    """The game was heard, and told how it is: see `game.kiosk.supervisor.heartbeat.HeartbeatStatus`."""

    visits: int
    kept: bool = True
    aside: int = 0
    sent: bool | None = None


@frozen
class Exited:
    """The game ended with a status, or could not be started."""

    status: int


@frozen
class StopRequested:
    """The supervisor is asked to end."""


Event = Tick | HeartbeatSeen | Exited | StopRequested


@frozen
class SupervisorState:
    """What the supervisor knows of the game.

    down: there is none, for `wait` seconds more; starting: not heard yet; well; dying: killed, and not gone yet;
    ending: asked to end, with the supervisor; ended: no game will be started any more.

    `at`: the clock at the last event. `quiet`: seconds since the game was heard, or since the phase began. `good`:
    seconds over which this game was heard. `absent`: seconds without a game that is well. `crashes`: in a row.
    """

    at: float
    phase: Phase = "down"
    wait: float = 0.0
    quiet: float = 0.0
    good: float = 0.0
    absent: float = 0.0
    crashes: int = 0
    starts: int = 0
    resting: bool = False
    visits: int = 0
    kept: bool = True
    aside: int = 0
    sent: bool | None = None

    @property
    def restarts(self) -> int:
        return max(0, self.starts - 1)


def step(
    state: SupervisorState, event: Event, now: float, limits: TimeLimits
) -> tuple[SupervisorState, tuple[Action, ...]]:
    """What is known after an event, and what is to be done for it, in this order."""
    state, heard = _after(_aged(state, now), event, limits)
    state, due = _due(state, limits)
    state, shown = _screen(state, limits)
    return state, (*heard, *due, *shown)


def _aged(state: SupervisorState, now: float) -> SupervisorState:
    passed = max(0.0, min(now - state.at, LONGEST_STEP))
    return replace(
        state,
        at=now,
        wait=max(0.0, state.wait - passed),
        quiet=state.quiet + passed,
        absent=0.0 if state.phase == "well" else state.absent + passed,
    )


def _after(state: SupervisorState, event: Event, limits: TimeLimits) -> tuple[SupervisorState, tuple[Action, ...]]:
    match event, state.phase:
        case HeartbeatSeen() as told, "starting":
            return replace(_told(state, told), phase="well", quiet=0.0, good=0.0, absent=0.0), ()
        case HeartbeatSeen() as told, "well":
            good = state.good + state.quiet
            crashes = 0 if good >= limits.good else state.crashes
            return replace(_told(state, told), quiet=0.0, good=good, crashes=crashes), ()
        case Exited(), "ending":
            return replace(state, phase="ended"), ()
        case Exited(status), "starting" | "well" | "dying":
            return _without_game(state, status, limits), ()
        case StopRequested(), "down":
            return replace(state, phase="ended"), ()
        case StopRequested(), "starting" | "well":
            return replace(state, phase="ending", quiet=0.0), ("ask",)
        case StopRequested(), "dying":
            return replace(state, phase="ending"), ()
        case StopRequested(), "ending":  # whoever asks twice is in a hurry
            return replace(state, quiet=0.0), ("kill",)
    return state, ()


def _told(state: SupervisorState, told: HeartbeatSeen) -> SupervisorState:
    return replace(state, visits=told.visits, kept=told.kept, aside=told.aside, sent=told.sent)


def _without_game(state: SupervisorState, status: int, limits: TimeLimits) -> SupervisorState:
    if status == QUIT:
        return replace(state, phase="ended")
    if status == RESTART and state.phase == "well":
        return replace(state, phase="down", wait=0.0)
    pause = limits.pauses[min(state.crashes, len(limits.pauses) - 1)]
    return replace(state, phase="down", wait=pause, crashes=state.crashes + 1)


def _due(state: SupervisorState, limits: TimeLimits) -> tuple[SupervisorState, tuple[Action, ...]]:
    """What is to be done because time went by."""
    patience = {"starting": limits.start, "well": limits.beat, "dying": limits.grace, "ending": limits.grace}
    if state.phase == "down":
        if state.wait > 0:
            return state, ()
        return replace(state, phase="starting", quiet=0.0, starts=state.starts + 1), ("start",)
    if state.phase == "ended" or state.quiet < patience[state.phase]:
        return state, ()
    # One that does not go even when it is killed is killed again and again: there is nothing better.
    return replace(state, phase="ending" if state.phase == "ending" else "dying", quiet=0.0), ("kill",)


def _screen(state: SupervisorState, limits: TimeLimits) -> tuple[SupervisorState, tuple[Action, ...]]:
    """Whether the resting screen is to be seen: while there is no game for longer than a moment, or will be none."""
    awaited = state.phase in ("down", "starting", "dying")
    resting = awaited and (state.absent > limits.moment or (state.phase == "down" and state.wait > limits.moment))
    if resting == state.resting:
        return state, ()
    return replace(state, resting=resting), ("rest" if resting else "wake",)
