"""Supervisor policy: a pure state machine that decides when to start, kill and wait for the game.

Times are seconds in which the supervisor was awake. While the machine slept or the supervisor was stopped, it read no
heartbeats, and must not kill the game for that.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

from game.core.exit_status import QUIT, RESTART
from game.core.values import frozen
from game.kiosk.supervisor.heartbeat import HeartbeatStatus

MAX_STEP = 1.0  # seconds; between two events further apart than this, the supervisor was not awake

Phase = Literal["down", "starting", "well", "dying", "ending", "ended"]
Action = Literal["start", "terminate", "kill", "show-splash", "hide-splash"]


@frozen
class TimeLimits:
    """The supervisor's time limits, in seconds."""

    heartbeat: float = 10.0  # the longest pause between two heartbeats; after it, the game hangs
    start: float = 60.0  # until the first heartbeat
    restart_delays: tuple[float, ...] = (0.2, 1.0, 2.0, 5.0, 10.0, 30.0)  # by crashes in a row; the last one repeats
    stable: float = 60.0  # after so long with heartbeats, the next crash counts as the first
    splash: float = 3.0  # how long the game may be missing before the resting screen is shown
    terminate: float = 5.0  # how long a game may take that was asked to end


DEFAULT_LIMITS = TimeLimits()


@frozen
class Tick:
    """Time has passed."""


@frozen
class HeartbeatSeen:
    """A heartbeat was read."""

    status: HeartbeatStatus


@frozen
class Exited:
    """The game has ended with `exit_status`, or could not be started: then `exit_status` is NOT_STARTED."""

    exit_status: int


@frozen
class StopRequested:
    """The supervisor was asked to end."""


Event = Tick | HeartbeatSeen | Exited | StopRequested


@frozen
class SupervisorState:
    """What the supervisor knows about the game. Times are in seconds.

    Phases:
        down: there is no game, for `wait` seconds more.
        starting: the game has sent no heartbeat yet.
        well: the game sends heartbeats.
        dying: the game was killed, but has not ended.
        ending: the supervisor was asked to end, and has asked the game to end.
        ended: no game will be started again.
    """

    at: float  # the clock at the last event
    phase: Phase = "down"
    wait: float = 0.0  # until the next start
    quiet: float = 0.0  # since the last heartbeat, or since the phase began
    good: float = 0.0  # from this game's first heartbeat to its last
    absent: float = 0.0  # how long no game has been well
    crashes: int = 0  # in a row
    starts: int = 0
    resting: bool = False  # the resting screen is shown
    last_status: HeartbeatStatus = HeartbeatStatus(visits=0)  # of any game

    @property
    def restarts(self) -> int:
        return max(0, self.starts - 1)


def step(
    state: SupervisorState, event: Event, now: float, limits: TimeLimits
) -> tuple[SupervisorState, tuple[Action, ...]]:
    """Return the state after an event, and the actions to take, in order. `now` is in seconds."""
    state, after_event = _apply_event(_add_elapsed(state, now), event, limits)
    state, after_time = _check_timeouts(state, limits)
    state, splash = _update_splash(state, limits)
    return state, (*after_event, *after_time, *splash)


def _add_elapsed(state: SupervisorState, now: float) -> SupervisorState:
    passed = max(0.0, min(now - state.at, MAX_STEP))
    return replace(
        state,
        at=now,
        wait=max(0.0, state.wait - passed),
        quiet=state.quiet + passed,
        absent=0.0 if state.phase == "well" else state.absent + passed,
    )


def _apply_event(
    state: SupervisorState, event: Event, limits: TimeLimits
) -> tuple[SupervisorState, tuple[Action, ...]]:
    match event, state.phase:
        case HeartbeatSeen(status), "starting":
            return replace(state, last_status=status, phase="well", quiet=0.0, good=0.0, absent=0.0), ()
        case HeartbeatSeen(status), "well":
            good = state.good + state.quiet
            crashes = 0 if good >= limits.stable else state.crashes
            return replace(state, last_status=status, quiet=0.0, good=good, crashes=crashes), ()
        case Exited(), "ending":
            return replace(state, phase="ended"), ()
        case Exited(exit_status), "starting" | "well" | "dying":
            return _after_exit(state, exit_status, limits), ()
        case StopRequested(), "down":
            return replace(state, phase="ended"), ()
        case StopRequested(), "starting" | "well":
            return replace(state, phase="ending", quiet=0.0), ("terminate",)
        case StopRequested(), "dying":
            return replace(state, phase="ending"), ()
        case StopRequested(), "ending":  # asked for the second time
            return replace(state, quiet=0.0), ("kill",)
    return state, ()


def _after_exit(state: SupervisorState, exit_status: int, limits: TimeLimits) -> SupervisorState:
    if exit_status == QUIT:
        return replace(state, phase="ended")
    if exit_status == RESTART and state.phase == "well":
        return replace(state, phase="down", wait=0.0)
    delay = limits.restart_delays[min(state.crashes, len(limits.restart_delays) - 1)]
    return replace(state, phase="down", wait=delay, crashes=state.crashes + 1)


def _check_timeouts(state: SupervisorState, limits: TimeLimits) -> tuple[SupervisorState, tuple[Action, ...]]:
    timeouts = {
        "starting": limits.start, "well": limits.heartbeat, "dying": limits.terminate, "ending": limits.terminate,
    }  # fmt: skip
    if state.phase == "down":
        if state.wait > 0:
            return state, ()
        return replace(state, phase="starting", quiet=0.0, starts=state.starts + 1), ("start",)
    if state.phase == "ended" or state.quiet < timeouts[state.phase]:
        return state, ()
    # a game that survives is killed again and again, because there is nothing better to do
    return replace(state, phase="ending" if state.phase == "ending" else "dying", quiet=0.0), ("kill",)


def _update_splash(state: SupervisorState, limits: TimeLimits) -> tuple[SupervisorState, tuple[Action, ...]]:
    """Show the resting screen if the game is or will be missing for longer than `limits.splash`; otherwise hide it."""
    awaited = state.phase in ("down", "starting", "dying")
    resting = awaited and (state.absent > limits.splash or (state.phase == "down" and state.wait > limits.splash))
    if resting == state.resting:
        return state, ()
    return replace(state, resting=resting), ("show-splash" if resting else "hide-splash",)
