"""The supervisor's policy: when the game is started, killed and waited for."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.core.exit_status import NOT_STARTED, QUIT, RESTART
from game.kiosk.supervisor.heartbeat import HeartbeatStatus
from game.kiosk.supervisor.supervisor_policy import (
    DEFAULT_LIMITS,
    MAX_STEP,
    Action,
    Event,
    Exited,
    HeartbeatSeen,
    StopRequested,
    SupervisorState,
    Tick,
    TimeLimits,
    step,
)

TICK = 0.1
CRASHED = 1
STATUSES = st.sampled_from([QUIT, RESTART, CRASHED, -9, -11, NOT_STARTED])
EVENTS = st.one_of(
    st.just(Tick()),
    st.builds(HeartbeatSeen, st.builds(HeartbeatStatus, st.integers(0, 500))),
    st.builds(Exited, STATUSES),
    st.just(StopRequested()),
)
GAPS = st.one_of(st.floats(0, 1), st.floats(0, 100_000))
DAYS = st.lists(st.tuples(GAPS, EVENTS), max_size=120)


class PolicyDriver:
    """The policy with a clock; `asked` holds its actions with their times."""

    def __init__(self, limits: TimeLimits = DEFAULT_LIMITS) -> None:
        self.limits, self.now = limits, 0.0
        self.state = SupervisorState(at=0.0)
        self.asked: list[tuple[float, Action]] = []

    def happens(self, event: Event, after: float = 0.0) -> tuple[Action, ...]:
        self.now += after
        self.state, actions = step(self.state, event, self.now, self.limits)
        self.asked += [(self.now, action) for action in actions]
        return actions

    def passes(self, seconds: float, beats: bool = False) -> list[Action]:
        """Let time pass for the supervisor, with or without a heartbeat each second."""
        before = len(self.asked)
        for i in range(1, round(seconds / TICK) + 1):
            self.happens(Tick(), TICK)
            if beats and i % 10 == 0:
                self.happens(HeartbeatSeen(HeartbeatStatus(0)))
        return [action for _, action in self.asked[before:]]

    def begun(self, beats: bool = True) -> PolicyDriver:
        """Start the game, up to its first heartbeat or before it."""
        assert self.happens(Tick()) == ("start",)
        if beats:
            self.happens(HeartbeatSeen(HeartbeatStatus(0)), 1.0)
        return self

    def times(self, action: Action) -> list[float]:
        return [moment for moment, asked in self.asked if asked == action]


@pytest.fixture
def kiosk() -> PolicyDriver:
    return PolicyDriver().begun()


@given(DAYS)
def test_there_is_never_more_than_one_game(day: list[tuple[float, Event]]) -> None:
    kiosk, alive = PolicyDriver(), False
    for gap, event in day:
        if isinstance(event, Exited) and not alive:
            continue  # only a running game can end
        actions = kiosk.happens(event, gap)
        alive = alive and not isinstance(event, Exited)
        assert alive or not {"terminate", "kill"} & set(actions)
        assert actions.count("start") <= (not alive), "two games at once"
        alive = alive or "start" in actions
        assert alive == (kiosk.state.phase in ("starting", "well", "dying", "ending"))


@given(DAYS)
def test_the_resting_screen_comes_and_goes_in_turn(day: list[tuple[float, Event]]) -> None:
    kiosk = PolicyDriver()
    for gap, event in day:
        kiosk.happens(event, gap)
        assert not (kiosk.state.resting and kiosk.state.phase in ("well", "ending", "ended"))
    shown = [action for _, action in kiosk.asked if action in ("show-splash", "hide-splash")]
    assert shown == ["show-splash", "hide-splash"] * (len(shown) // 2) + ["show-splash"] * (len(shown) % 2)


@given(DAYS, st.lists(st.tuples(GAPS, EVENTS.filter(lambda event: not isinstance(event, StopRequested))), max_size=30))
def test_after_it_was_asked_to_end_nothing_is_started(
    day: list[tuple[float, Event]], after: list[tuple[float, Event]]
) -> None:
    kiosk = PolicyDriver()
    for gap, event in day:
        kiosk.happens(event, gap)
    kiosk.happens(StopRequested())
    asked = [action for gap, event in after for action in kiosk.happens(event, gap)]
    assert not {"start", "show-splash"} & set(asked)
    kiosk.happens(Exited(CRASHED))
    assert kiosk.state.phase == "ended"


@given(st.lists(st.floats(0.0, 9.5), min_size=1, max_size=60))
def test_a_game_that_is_heard_in_time_is_left_alone(silences: list[float]) -> None:
    kiosk = PolicyDriver().begun()
    for silence in silences:
        assert kiosk.passes(silence) == []
        kiosk.happens(HeartbeatSeen(HeartbeatStatus(1)))
    assert kiosk.state.phase == "well"


@given(st.integers(0, 90))
def test_a_game_that_is_silent_is_killed(beats: int) -> None:
    kiosk = PolicyDriver().begun()
    kiosk.passes(beats, beats=True)
    heard = kiosk.now
    kiosk.passes(9.9)
    assert kiosk.times("kill") == []
    kiosk.passes(0.3)
    (killed,) = kiosk.times("kill")
    assert DEFAULT_LIMITS.heartbeat <= killed - heard < DEFAULT_LIMITS.heartbeat + 2.5 * TICK
    kiosk.happens(Exited(-9))
    kiosk.passes(1)
    assert len(kiosk.times("start")) == 2


@given(st.floats(2, 1_000_000), st.booleans())
def test_time_asleep_does_not_count_as_silence(gap: float, starting: bool) -> None:
    kiosk = PolicyDriver().begun(beats=not starting)
    assert kiosk.happens(Tick(), gap) == ()
    assert kiosk.state.quiet <= MAX_STEP + 1
    kiosk.happens(HeartbeatSeen(HeartbeatStatus(0)))
    assert kiosk.state.phase == "well"


def test_start_has_a_longer_timeout() -> None:
    kiosk = PolicyDriver().begun(beats=False)
    assert "kill" not in kiosk.passes(59)
    assert "kill" in kiosk.passes(2)


@given(st.integers(1, 20))
def test_the_pauses_of_a_crash_loop_grow(crashes: int) -> None:
    kiosk = PolicyDriver().begun()
    expected = [DEFAULT_LIMITS.restart_delays[min(i, len(DEFAULT_LIMITS.restart_delays) - 1)] for i in range(crashes)]
    waited = []
    for _ in range(crashes):
        kiosk.happens(Exited(CRASHED), TICK)
        ended = kiosk.now
        while kiosk.state.phase == "down":
            kiosk.happens(Tick(), TICK)
        waited.append(kiosk.now - ended)
    assert waited == [pytest.approx(pause, abs=TICK * 1.01) for pause in expected]
    assert all(waited[i] >= pause - 1e-9 for i, pause in enumerate(expected))
    assert kiosk.state.restarts == crashes


@pytest.mark.parametrize(("beats", "pause"), [(30, 5.0), (61, 0.2)])
def test_a_minute_of_beats_makes_a_crash_the_first(kiosk: PolicyDriver, beats: int, pause: float) -> None:
    kiosk.state = replace(kiosk.state, crashes=3)
    kiosk.passes(beats, beats=True)
    kiosk.happens(Exited(CRASHED))
    assert kiosk.state.wait == pause


def test_silence_does_not_count_as_stable(kiosk: PolicyDriver) -> None:
    kiosk.state = replace(kiosk.state, crashes=3)
    kiosk.passes(55, beats=True)
    kiosk.passes(12)
    kiosk.happens(Exited(-9))
    assert kiosk.state.crashes == 4


@pytest.mark.parametrize(
    ("beats", "status", "actions", "then"),
    [
        pytest.param(True, QUIT, (), ("ended", 0, 0), id="staff end it"),
        pytest.param(True, RESTART, ("start",), ("starting", 0, 1), id="staff start it again"),
        # a crash, so that it cannot loop without a pause
        pytest.param(False, RESTART, (), ("down", 1, 0), id="a restart before any heartbeat"),
    ],
)
def test_the_exit_status_says_what_follows(
    beats: bool, status: int, actions: tuple[Action, ...], then: tuple[str, int, int]
) -> None:
    kiosk = PolicyDriver().begun(beats)
    assert kiosk.happens(Exited(status), TICK) == actions
    assert (kiosk.state.phase, kiosk.state.crashes, kiosk.state.restarts) == then


@pytest.mark.parametrize(("crashes", "rests"), [(0, False), (2, False), (3, True), (9, True)])
def test_splash_is_shown_in_long_restart_delays(kiosk: PolicyDriver, crashes: int, rests: bool) -> None:
    kiosk.passes(5, beats=True)
    kiosk.state = replace(kiosk.state, crashes=crashes)
    assert ("show-splash" in kiosk.happens(Exited(CRASHED))) == rests


def test_splash_is_shown_until_first_heartbeat(kiosk: PolicyDriver) -> None:
    kiosk.happens(Exited(-11))
    assert kiosk.passes(2.9) == ["start"]
    assert kiosk.passes(0.3) == ["show-splash"]
    assert kiosk.passes(20) == []
    first, second = HeartbeatStatus(3, kept=False), HeartbeatStatus(3, aside=2, sent=False)
    assert kiosk.happens(HeartbeatSeen(first)) == ("hide-splash",)
    assert kiosk.state.last_status == first
    kiosk.happens(HeartbeatSeen(second))
    assert kiosk.state.last_status == second


def test_one_that_does_not_go_is_killed_again(kiosk: PolicyDriver) -> None:
    kiosk.passes(31)
    assert len(kiosk.times("kill")) == 5  # after 10 s, then every 5 s
    assert len(kiosk.times("start")) == 1


def test_it_is_asked_before_it_is_killed(kiosk: PolicyDriver) -> None:
    assert kiosk.happens(StopRequested()) == ("terminate",)
    assert kiosk.passes(4.8) == []
    assert kiosk.passes(0.4) == ["kill"]


def test_game_that_is_killed_while_the_system_asks_to_end_is_not_started_again(kiosk: PolicyDriver) -> None:
    assert kiosk.passes(DEFAULT_LIMITS.heartbeat + 1) == ["kill"]
    phases = [kiosk.state.phase]
    for event in (StopRequested(), Exited(-9)):
        assert kiosk.happens(event) == ()
        phases.append(kiosk.state.phase)
    assert phases == ["dying", "ending", "ended"] and kiosk.passes(60) == []


def test_second_stop_request_kills(kiosk: PolicyDriver) -> None:
    kiosk.happens(StopRequested())
    assert kiosk.happens(StopRequested()) == ("kill",)


def test_late_heartbeat_changes_nothing(kiosk: PolicyDriver) -> None:
    kiosk.passes(10.2)
    kiosk.happens(HeartbeatSeen(HeartbeatStatus(9)))
    assert kiosk.state.phase == "dying"
    kiosk.happens(Exited(-9))
    kiosk.happens(HeartbeatSeen(HeartbeatStatus(9)))
    assert kiosk.state.phase == "down"  # type: ignore[comparison-overlap]
