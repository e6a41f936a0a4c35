"""Process supervisor: starts the game, reads its heartbeat, and restarts it when it ends or hangs.

It runs as long as the museum's computer. `supervisor_policy` decides; this module acts.
"""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from queue import Empty, SimpleQueue

from game import __version__
from game.core.exit_status import BAD_INPUT, BY_STAFF, NOT_STARTED, QUIT, RESTART
from game.core.instance_lock import AlreadyRunning, hold_lock
from game.core.values import frozen
from game.kiosk.supervisor import health
from game.kiosk.supervisor.child_process import ChildProcess, SplashProcess
from game.kiosk.supervisor.health import Health, HealthFile
from game.kiosk.supervisor.heartbeat import HeartbeatStatus
from game.kiosk.supervisor.log_file import LogFile
from game.kiosk.supervisor.orphan_reaper import end_orphans
from game.kiosk.supervisor.supervisor_policy import (
    DEFAULT_LIMITS,
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

TICK = 0.1  # seconds between two checks of the game


@frozen
class SupervisorOptions:
    """What a supervisor starts, where it writes, and the functions that it asks while it runs."""

    game: Sequence[str]  # the command that starts the game
    splash: Sequence[str]  # shows the resting screen until its standard input ends; black with `--dark`
    data_folder: Path  # for the lock and the health file
    log_folder: Path
    port: int  # for `/health`; 0 for a free one
    closed: Callable[[], bool] = lambda: False  # is the museum closed?
    config_error: Callable[[], str] = lambda: ""  # what is wrong with the configuration; "" if nothing is
    outdated: Callable[[], bool] = lambda: False  # are these options outdated? Asked when the game ends for a restart
    limits: TimeLimits = DEFAULT_LIMITS


def supervise(options: SupervisorOptions) -> int:
    """Keep a game running until the staff or the system ends it. Call it on the main thread, for signals.

    Returns BY_STAFF if the staff ended it; QUIT if the system did; RESTART if the options are outdated; BAD_INPUT if
    another kiosk runs on the data folder.
    """
    folder, unlocked = options.data_folder, ""
    tag = str(folder.resolve())  # only the holder of the folder's lock uses the folder's name as tag
    with ExitStack() as stack:
        try:
            stack.enter_context(hold_lock(folder / "kiosk.lock"))
        except AlreadyRunning:
            sys.stderr.write(f"weight-of-grain: {_already_running(folder)}\n")
            return BAD_INPUT
        except OSError as error:
            tag += f" {os.getpid()}"
            unlocked = f"nothing can be kept, and a second kiosk would not be noticed: {error}"
        log = LogFile(options.log_folder)
        stack.callback(log.close)
        if unlocked:
            log.warning(unlocked)
        supervisor = Supervisor(options, tag, log)
        try:
            served_port = stack.enter_context(health.serve_health(supervisor.health, options.port))
        except OSError as error:
            log.warning(
                f"there is no health page at port {options.port}: {error}; beside another kiosk, set `health_port`"
            )
        else:
            log.info(f"the health page is at http://{health.LOOPBACK}:{served_port}/health")
        stack.enter_context(supervisor.stop_on_signals())
        return supervisor.run()


class Supervisor:
    """Carries out what the policy decides: starts one game at a time, shows the resting screen, writes log and
    health."""

    def __init__(self, options: SupervisorOptions, tag: str, log: LogFile) -> None:
        self._options, self._tag, self._log = options, tag, log
        self._file = HealthFile(options.data_folder, log.warning)
        self._splash = SplashProcess(options.splash, log.warning)
        self._events: SimpleQueue[tuple[ChildProcess | None, Event]] = SimpleQueue()  # with the game that sent it
        self._state = SupervisorState(at=time.monotonic())
        self._child: ChildProcess | None = None
        self._up_since, self._child_since = _now(), ""
        self._configuration = options.config_error()

    def run(self) -> int:
        """Run until the staff or the system ends the kiosk, or the options are outdated. Return the exit status."""
        status = QUIT
        self._log.info(f"the kiosk begins, version {__version__}")
        if left := end_orphans(self._tag):
            self._log.warning(f"programs of an earlier kiosk were still running, and were ended: {left}")
        try:
            self._handle(Tick())
            while self._state.phase != "ended":
                event = self._next()
                if event == Exited(RESTART) and self._state.phase == "well" and self._options.outdated():
                    self._log.info("the kiosk restarts with its new configuration")
                    return RESTART
                if event == Exited(QUIT) and self._state.phase != "ending":
                    status = BY_STAFF
                self._handle(event)
                self._configuration = self._options.config_error()
                self._file.write(self.health(), time.monotonic())
        finally:
            self._end_all()
        self._log.info("the kiosk ends")
        return status

    def health(self) -> Health:
        """Return the present health. Thread-safe."""
        state = self._state
        return Health(
            status=health.status_of(state, self._options.closed()),
            version=__version__,
            up_since=self._up_since,
            child_since=self._child_since if state.phase not in ("down", "ended") else None,
            restarts=state.restarts,
            last_beat_seconds=round(state.quiet, 1) if state.phase == "well" else None,
            visits_today=state.last_status.visits,
            pid=os.getpid(),
            last_trouble=self._log.trouble,
            configuration=self._configuration,
            counts="kept" if state.last_status.kept else "waiting",
            counts_set_aside=state.last_status.aside,
            database=health.DATABASES[state.last_status.sent],
        )

    @contextmanager
    def stop_on_signals(self) -> Iterator[None]:
        """Within the `with` block, turn signals that end a program into a request to stop."""
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
        """Return the next event; a Tick if there is none. Events of an earlier game are dropped."""
        child = self._child
        if child is not None and (status := child.status()) is not None:
            child.clean_up()
            self._child = None
            self._log_end(status)
            return Exited(status)
        try:
            source, event = self._events.get(timeout=TICK)
        except Empty:
            return Tick()
        return event if source is None or source is child else Tick()

    def _log_end(self, status: int) -> None:
        if self._state.phase == "ending":
            self._log.info("the game has ended")
        elif status in (QUIT, RESTART):
            self._log.info(f"the game was ended by staff{', to be started again' if status == RESTART else ''}")
        else:
            self._log.warning(f"the game ended: {_reason(status)}")

    def _handle(self, event: Event) -> None:
        before = self._state
        self._state, actions = step(before, event, time.monotonic(), self._options.limits)
        if self._state.phase == "well" and before.phase == "starting":
            self._log.info(f"the game is there, after {before.quiet:.1f} s")
        if self._state.phase == "down" and before.phase != "down":
            self._log.info(f"it is started again in {self._state.wait:g} s")
        for action in actions:
            self._carry_out(action)

    def _carry_out(self, action: Action) -> None:
        match action:
            case "start":
                self._start()
            case "terminate" if self._child is not None:
                self._log.info("the game is asked to end")
                self._child.terminate()
            case "kill" if self._child is not None:
                self._log.warning("the game does not answer, and is ended")
                self._child.kill()
            case "show-splash":
                self._log.info("the resting screen is shown")
                self._splash.show(self._options.closed())
            case "hide-splash":
                self._splash.hide()

    def _start(self) -> None:
        def on_heartbeat(child: ChildProcess, status: HeartbeatStatus) -> None:
            self._events.put((child, HeartbeatSeen(status)))

        self._child_since = _now()
        try:
            child = ChildProcess(self._options.game, self._tag, on_heartbeat, self._log.game)
        except OSError as error:
            self._log.warning(f"the game cannot be started: {error}")
            self._events.put((None, Exited(NOT_STARTED)))
        else:
            self._child = child
            self._log.info(f"the game is started, process {child.pid}")

    def _end_all(self) -> None:
        self._splash.hide()
        if self._child is not None:
            self._child.kill()
            self._child.clean_up()
        self._file.remove()


def _already_running(data_folder: Path) -> str:
    found = health.read_health(data_folder)
    who = f"another kiosk, process {found.pid}," if found is not None else "another kiosk"
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
