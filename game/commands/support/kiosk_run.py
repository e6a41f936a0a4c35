"""Kiosk run: the supervisor process, and the game process that it restarts."""

from __future__ import annotations

import argparse
import faulthandler
import os
import signal
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from functools import partial

from game import resources
from game.commands.support.editions import find_editions
from game.commands.support.kiosk_configuration import config_path, last_good_copy, read_config_file, start_config
from game.commands.support.user_error import UserError
from game.core.exit_status import RESTART
from game.core.streams import print_error  # the supervisor writes its lines to kiosk.log
from game.desktop.errors import WindowError
from game.desktop.window_placement import WindowOptions
from game.kiosk.config import last_good_config
from game.kiosk.config.configuration import Config
from game.kiosk.config.languages import Languages
from game.kiosk.config.last_good_config import ConfigReloader
from game.kiosk.counts.counts_db import counts_file
from game.kiosk.counts.uploader import Uploader
from game.kiosk.counts.visit_counts import VisitCounts
from game.kiosk.staff import status_report
from game.kiosk.supervisor import health, splash_program
from game.kiosk.supervisor.heartbeat import Heartbeat, HeartbeatStatus
from game.story import Story
from game.ui.state import AppState


def supervise(languages: Languages, options: argparse.Namespace) -> int:
    """Run the supervisor, and run it again when a configuration changes values that it uses. Return its exit status."""
    from game.kiosk.supervisor import process_supervisor  # imported late: the game does not need it (40 ms)

    command = [sys.executable, "-m", "game", "kiosk", "--visits"]
    for name, given in (("--config", options.config), ("--story", options.story)):
        command += [name, str(given)] if given is not None else []

    def own(config: Config) -> tuple[object, ...]:
        return config.languages, config.data_folder, config.log_folder, config.health_port

    def once() -> int:
        start = start_config(languages, options)
        reloader = ConfigReloader(config_path(options), start, partial(read_config_file, languages), time.monotonic)
        config = start.config

        def outdated() -> bool:
            try:
                return own(start_config(languages, options).config) != own(config)
            except UserError:  # neither the file nor its copy can be read, so nothing changes
                return False

        def config_error() -> str:
            reloader.reload()
            return reloader.error

        return process_supervisor.supervise(
            process_supervisor.SupervisorOptions(
                command, splash_program.splash_command(config.languages),
                config.data_folder, config.log_folder, config.health_port,
                lambda: not reloader.config.hours.open_at(datetime.now()), config_error, outdated,
            )
        )  # fmt: skip

    while (status := once()) == RESTART:
        pass
    return status


def run_game(languages: Languages, options: argparse.Namespace) -> int:
    """Run the game process, under the supervisor or alone with --windowed. Return the exit status."""
    heartbeat = Heartbeat.from_environment(os.environ, time.monotonic)
    reloader = _config_reloader(languages, options)
    faulthandler.enable()
    config = reloader.config
    os.environ["SDL_NO_SIGNAL_HANDLERS"] = "1"  # else SDL makes a signal a request to close, which a kiosk ignores
    os.environ.setdefault("PYGAME_HIDE_SUPPORT_PROMPT", "1")  # else pygame writes a line to the log at each start
    from game.kiosk.app import run_kiosk  # imported late: the supervisor runs without the window's code (70 ms)

    story = languages.own
    counts = VisitCounts(counts_file(config.data_folder, story.pack), time.monotonic, story.pack, print_error)

    def send_heartbeat(visits: int) -> bool:
        if heartbeat is not None:
            sent = not unsent() if config.database else None
            heartbeat.send(HeartbeatStatus(visits, not counts.trouble, counts.set_aside_count, sent))
        return not asked and (heartbeat is None or not heartbeat.supervisor_gone)

    window = WindowOptions(options.size, fullscreen=not options.windowed)
    with _sigterm_deferred() as asked, _upload_running(story, config, counts) as unsent:

        def report(app: AppState) -> Sequence[str]:
            now, file = datetime.now().astimezone(), config_path(options)
            found = health.read_health(config.data_folder) if heartbeat is not None else None
            troubles: dict[status_report.Trouble, bool] = {
                "disk": bool(counts.trouble), "counts": bool(counts.set_aside_count), "database": bool(unsent()),
            }  # fmt: skip
            troubles |= dict.fromkeys(status_report.audio_troubles(app), bool(config.volume))
            state = status_report.gather_status(
                config, file if file.exists() else None, counts, story.pack, found, reloader.error,
                (trouble for trouble, is_there in troubles.items() if is_there), now.date(),
            )  # fmt: skip
            return status_report.status_lines(state, app.words, now)

        try:
            stories = [languages.story(tag) for tag in config.languages]
            minutes = find_editions(options.story or resources.story_folder(), story)[0].minutes
            return run_kiosk(stories, config, counts, send_heartbeat, reloader.reload, report, window, story, minutes)
        except WindowError as error:
            raise UserError(f"a kiosk needs a screen: {error}") from error
        finally:
            counts.close()


def _config_reloader(languages: Languages, options: argparse.Namespace) -> ConfigReloader:
    """Return the reloader of the configuration. Except with --windowed, also store a copy of a valid configuration."""
    start = start_config(languages, options)
    if start.text is not None and not options.windowed:
        try:
            last_good_config.save_copy(start.text, last_good_copy(options))
        except OSError as error:
            print_error(f"no copy of the configuration is kept: {error}")
    return ConfigReloader(
        config_path(options), start, partial(read_config_file, languages), time.monotonic, print_error
    )


@contextmanager
def _sigterm_deferred() -> Iterator[list[int]]:
    """In the `with` block, SIGTERM does not end the process: it is added to the yielded list. Then it is sent again."""
    asked: list[int] = []
    before = signal.signal(signal.SIGTERM, lambda number, _: asked.append(number))
    try:
        yield asked
    finally:
        signal.signal(signal.SIGTERM, before)
        for number in asked[:1]:
            signal.raise_signal(number)


@contextmanager
def _upload_running(story: Story, config: Config, counts: VisitCounts) -> Iterator[Callable[[], str]]:
    """Within the `with` block, send counts to the museum's database, if there is one. Yield a function that returns why
    counts cannot be sent now, or ""."""
    if not config.database:
        yield str
        return
    sender = Uploader(counts.path, story.pack, config.database, config.kiosk, print_error, counts.request_check)
    sender.start()
    try:
        yield lambda: sender.trouble
    finally:
        sender.stop()
