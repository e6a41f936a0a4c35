"""The supervisor: starts the game, hears that it is well, and has it back when it is not.

It knows nothing of the game but its beat, and lives as long as the museum's computer does. The rule is in watching.py;
here it is carried out.
"""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from queue import Empty, SimpleQueue

from game.kiosk.supervisor import health, instance_lock
from game.kiosk.supervisor.child_process import ChildProcess
from game.kiosk.supervisor.health import Health, HealthFile
from game.kiosk.supervisor.heartbeat import HeartbeatStatus
from game.kiosk.supervisor.log_file import LogFile
from game.kiosk.supervisor.orphan_reaper import end_orphans
from game.kiosk.supervisor.splash_process import SplashProcess
from game.kiosk.supervisor.supervisor_policy import (
    QUIT,
    RESTART,
    USUAL,
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

TICK = 0.1  # seconds between two looks at the game
TWO_KIOSKS = 2  # the status of the one that came second
BY_STAFF = 3  # the status of one that the staff ended at the screen: nobody but a person is to start it again
NOT_STARTED = 127  # the status of a game that could not be started, as a shell has it

Heard = tuple[ChildProcess | None, Event]  # and of which game; None: of no game


def keep(
    command: Sequence[str],
    *,
    resting: Sequence[str],
    data_folder: Path,
    log_folder: Path,
    version: str,
    port: int,
    closed: Callable[[], bool] = lambda: False,
    wrong: Callable[[], str] = lambda: "",
    outdated: Callable[[], bool] = lambda: False,
    limits: TimeLimits = USUAL,
    environment: Mapping[str, str] | None = None,
    clock: Callable[[], float] = time.monotonic,
) -> int:
    """Keep the game running that `command` starts, until staff or the system ends it; the exit status: BY_STAFF, 0
    where the system asked, or RESTART where all of this is to begin anew.

    `resting` shows the resting screen until its standard input ends; it is given `--dark` while the museum is closed,
    as `closed` says. In `data_folder` lie the lock and the health file; `port` is that of `/health`, 0 for a free
    one. `wrong` says what is wrong with the configuration, and `outdated` whether what is given here has another value
    by now, which is asked when the game ends to be started again. `environment` is this process's own where none is
    given. To be called on the main thread, which hears the signals.
    """
    with ExitStack() as stack:
        mark, unlocked = str(data_folder.resolve()), ""  # who holds a folder's lock owns what carries its name
        try:
            stack.enter_context(instance_lock.hold_lock(data_folder / "kiosk.lock"))
        except instance_lock.AlreadyRunning:
            sys.stderr.write(f"weight-of-grain: {_held(data_folder)}\n")
            return TWO_KIOSKS
        except OSError as error:
            mark += f" {os.getpid()}"
            unlocked = f"nothing can be kept, and a second kiosk would not be noticed: {error}"
        log = LogFile(log_folder)
        stack.callback(log.close)
        if unlocked:
            log.warning(unlocked)
        own = dict(os.environ if environment is None else environment)
        supervisor = Supervisor(
            command, own, mark, version, closed, wrong, outdated, limits, clock, log,
            HealthFile(data_folder, log.warning), SplashProcess(resting, own, log.warning),
        )  # fmt: skip
        try:
            here = stack.enter_context(health.served(supervisor.health, port))
        except OSError as error:
            log.warning(f"there is no health page at port {port}: {error}; beside another kiosk, set `health_port`")
        else:
            log.info(f"the health page is at http://{health.HERE}:{here}/health")
        stack.enter_context(supervisor.asked_by_signals())
        return supervisor.run()


class Supervisor:
    """The rule's hands: one game at a time, the resting screen, and what is told of both."""

    def __init__(
        self,
        command: Sequence[str],
        environment: Mapping[str, str],
        mark: str,
        version: str,
        closed: Callable[[], bool],
        wrong: Callable[[], str],
        outdated: Callable[[], bool],
        limits: TimeLimits,
        clock: Callable[[], float],
        log: LogFile,
        file: HealthFile,
        curtain: SplashProcess,
    ) -> None:
        self._command, self._environment, self._mark = command, environment, mark
        self._version, self._closed, self._wrong, self._outdated = version, closed, wrong, outdated
        self._limits, self._clock = limits, clock
        self._log, self._file, self._curtain = log, file, curtain
        self._events: SimpleQueue[Heard] = SimpleQueue()
        self._state = SupervisorState(at=clock())
        self._child: ChildProcess | None = None
        self._up_since, self._child_since = _now(), ""
        self._configuration = wrong()

    def run(self) -> int:
        """Until staff end the game, the supervisor is asked to end, or it is outdated; the status."""
        status = 0
        self._log.info(f"the kiosk begins, version {self._version}")
        left = end_orphans(self._mark)
        if left:
            self._log.warning(f"programs of an earlier kiosk were still running, and were ended: {left}")
        try:
            self._take(Tick())
            while self._state.phase != "ended":
                event = self._next()
                if event == Exited(RESTART) and self._state.phase == "well" and self._outdated():
                    self._log.info("the kiosk begins anew, with its new configuration")
                    return RESTART
                if event == Exited(QUIT) and self._state.phase != "ending":
                    status = BY_STAFF
                self._take(event)
                self._configuration = self._wrong()
                self._file.tell(self.health(), self._clock())
        finally:
            self._end_all()
        self._log.info("the kiosk ends")
        return status

    def health(self) -> Health:
        """How it is now; from any thread."""
        state = self._state
        heard = state.phase == "well"
        return Health(
            status=health.status_of(state, self._closed()),
            version=self._version,
            up_since=self._up_since,
            child_since=self._child_since if state.phase not in ("down", "ended") else None,
            restarts=state.restarts,
            last_beat_seconds=round(state.quiet, 1) if heard else None,
            visits_today=state.visits,
            pid=os.getpid(),
            last_trouble=self._log.trouble,
            configuration=self._configuration,
            counts="kept" if state.kept else "waiting",
            counts_set_aside=state.aside,
            database=health.database_of(state.sent),
        )

    @contextmanager
    def asked_by_signals(self) -> Iterator[None]:
        """Meanwhile the signals that end a program ask the supervisor to end."""
        names = ("SIGTERM", "SIGINT", "SIGHUP", "SIGBREAK")
        numbers = [getattr(signal, name) for name in names if hasattr(signal, name)]
        before = {
            number: signal.signal(number, lambda *_: self._events.put((None, StopRequested()))) for number in numbers
        }
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)

    def _next(self) -> Event:
        """What happened, or that nothing did for a tick. What an earlier game said late is nothing."""
        child = self._child
        status = child.status() if child is not None else None
        if child is not None and status is not None:
            child.bury()
            self._child = None
            self._log_end(status)
            return Exited(status)
        try:
            of, event = self._events.get(timeout=TICK)
        except Empty:
            return Tick()
        return event if of is None or of is child else Tick()

    def _log_end(self, status: int) -> None:
        if self._state.phase == "ending":
            self._log.info("the game has ended")
        elif status in (QUIT, RESTART):
            self._log.info(f"the game was ended by staff{', to be started again' if status == RESTART else ''}")
        else:
            self._log.warning(f"the game ended: {_reason(status)}")

    def _take(self, event: Event) -> None:
        before = self._state
        self._state, actions = step(before, event, self._clock(), self._limits)
        if self._state.phase == "well" and before.phase == "starting":
            self._log.info(f"the game is there, after {before.quiet:.1f} s")
        if self._state.phase == "down" and before.phase != "down":
            self._log.info(f"it is started again in {self._state.wait:g} s")
        for action in actions:
            self._do(action)

    def _do(self, action: Action) -> None:
        match action:
            case "start":
                self._start()
            case "ask" if self._child is not None:
                self._log.info("the game is asked to end")
                self._child.ask()
            case "kill" if self._child is not None:
                self._log.warning("the game does not answer, and is ended")
                self._child.kill()
            case "rest":
                self._log.info("the resting screen is shown")
                self._curtain.show(self._closed())
            case "wake":
                self._curtain.take_away()

    def _start(self) -> None:
        self._child_since = _now()
        try:
            child = ChildProcess(self._command, self._environment, self._mark, self._hears, self._log.game)
        except OSError as error:
            self._log.warning(f"the game cannot be started: {error}")
            self._events.put((None, Exited(NOT_STARTED)))
        else:
            self._child = child
            self._log.info(f"the game is started, process {child.pid}")

    def _hears(self, child: ChildProcess, told: HeartbeatStatus) -> None:
        self._events.put((child, HeartbeatSeen(told.visits, told.kept, told.aside, told.sent)))

    def _end_all(self) -> None:
        self._curtain.take_away()
        if self._child is not None:
            self._child.kill()
            self._child.bury()
        self._file.remove()


def _held(data_folder: Path) -> str:
    """Why a second kiosk does not run on a folder. Whoever changes the file of one that runs may meet it there."""
    told = health.read(data_folder)
    who = f"another kiosk, process {told.pid}," if told is not None else "another kiosk"
    return (
        f"{who} is running on {data_folder}, and takes up a changed configuration by itself;"
        " beside it, one with a file and a `data_folder` of its own can run"
    )


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def _reason(status: int) -> str:
    if status >= 0:
        return f"status {status}"
    try:
        return signal.Signals(-status).name
    except ValueError:
        return f"signal {-status}"
