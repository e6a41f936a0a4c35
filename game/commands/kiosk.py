"""`kiosk`: the story on a museum's touch screen, and what a technician asks before it runs there."""

from __future__ import annotations

import argparse
import faulthandler
import os
import shutil
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from game import resources
from game.commands.common import UserError, size, story_of

if TYPE_CHECKING:
    from game.kiosk.config import Config
    from game.story import Story

HELP = "Show the story on a museum's touch screen, for one visitor after another."
MORE = """\
Without a configuration the defaults hold. One that is changed while the kiosk runs is taken up between two visitors.
"""


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.description = f"{HELP} {MORE}"
    parser.add_argument(
        "--config", type=Path, metavar="FILE", help="the configuration (default: kiosk.yaml among the user's settings)"
    )
    modes = parser.add_mutually_exclusive_group()
    modes.add_argument("--check-config", action="store_true", help="print everything that is wrong with it")
    modes.add_argument("--set-pin", action="store_true", help="ask for the staff's PIN, and keep its hash in the file")
    modes.add_argument("--example", action="store_true", help="print a configuration: every key, its default, and why")
    modes.add_argument(
        "--print-service", action="store_true", help="print a systemd unit for this installation, and what to type"
    )
    modes.add_argument("--visits", action="store_true", help=argparse.SUPPRESS)  # what the supervisor starts
    desk = parser.add_argument_group("trying it on a desk")
    desk.add_argument("--windowed", action="store_true", help="in a window, without the supervisor")
    desk.add_argument("--size", type=size, metavar="WxH", help="the window's size, as 1080x1920 (with --windowed)")


def run(options: argparse.Namespace) -> int:
    from game.folders import kiosk_file

    if options.size is not None and not options.windowed:
        raise UserError("--size is of the window on a desk: write --windowed too")
    if options.example:
        print(_asset("kiosk.yaml"), end="")
        return 0
    if options.set_pin:
        return _set_pin(options.config or kiosk_file())
    file = _file(options)
    story = story_of(options)
    if options.check_config:
        return _check(story, file)
    if options.print_service:
        return _print_service(configured(story, file), file, options.story)
    config = configured(story, file)
    return _visits(story, config, file, options) if options.visits or options.windowed else _keep(config, options)


def _keep(config: Config, options: argparse.Namespace) -> int:
    """The kiosk under its supervisor."""
    from game import __version__
    from game.kiosk import resting, supervisor

    command = [sys.executable, "-m", "game", "kiosk", "--visits"]
    for name, given in (("--config", options.config), ("--story", options.story)):
        command += [name, str(given)] if given is not None else []
    return supervisor.keep(
        command, resting=resting.command(config.languages), data_folder=config.data_folder,
        log_folder=config.log_folder, version=__version__, port=config.health_port,
        closed=lambda: not config.hours.open_at(datetime.now()),
    )  # fmt: skip


def _visits(story: Story, config: Config, file: Path | None, options: argparse.Namespace) -> int:
    """The game of a kiosk, as its supervisor starts it, or on a desk."""
    from game.kiosk.beat import Beat

    beat = Beat.of_environment(os.environ, time.monotonic)
    faulthandler.enable()
    os.environ["SDL_NO_SIGNAL_HANDLERS"] = "1"  # SDL makes a wish to close of a signal, and nobody closes a kiosk
    os.environ.setdefault("PYGAME_HIDE_SUPPORT_PROMPT", "1")  # its line would stand in the log at each start
    from game import window
    from game.kiosk.changing import Changing
    from game.kiosk.counts import Counts
    from game.kiosk.counts_file import counts_file
    from game.kiosk.receiving import receive
    from game.ui.words import Words

    def tell(line: str) -> None:
        print(f"weight-of-grain: {line}", file=sys.stderr, flush=True)

    counts = Counts(counts_file(config.data_folder, story.pack), time.monotonic, story.pack, tell)
    changing = Changing(file, config, lambda path: read(story, path), time.monotonic, tell) if file else None
    words = Words(resources.assets_folder() / "locale", config.languages[0])

    def health() -> list[str]:
        today = sum(n for n, _ in counts.total("visits", date.today()).values())
        ever = sum(n for n, _ in counts.total("visits").values())
        lines = [words("staff.visits", today=today, ever=ever), words("staff.counts", file=counts.path)]
        return [*lines, counts.trouble or words("staff.well")]

    def goes_on(visits: int) -> bool:
        if beat is not None:
            beat.beat(visits)
        return beat is None or not beat.alone

    options.fullscreen, options.speak, options.first_frame = not options.windowed, False, False
    with _sending(story, config, counts.path, tell):
        try:
            return receive(
                story, config, counts, goes_on, changing.changed if changing else lambda: False, health, options
            )
        except window.WindowError as error:
            raise UserError(f"a kiosk needs a screen: {error}") from error
        finally:
            counts.close()


@contextmanager
def _sending(story: Story, config: Config, counts: Path, tell: Callable[[str], None]) -> Iterator[None]:
    """To the museum's database meanwhile, where there is one."""
    if not config.database:
        yield
        return
    from game.kiosk.sending import SETTLED, Sender

    sender = Sender(counts, story.pack, config.database, config.kiosk, tell, after=SETTLED)
    sender.start()
    try:
        yield
    finally:
        sender.stop()


def configured(story: Story, file: Path | None) -> Config:
    """The configuration of a file, or the defaults, for this story. Raises UserError."""
    from game.kiosk.config import ConfigErrors

    try:
        return read(story, file)
    except ConfigErrors as errors:
        raise UserError(str(errors)) from errors


def read(story: Story, file: Path | None) -> Config:
    """The configuration of a file, or the defaults, for this story. Raises ConfigErrors."""
    from game.kiosk.config import read_config

    catalogues = (resources.assets_folder() / "locale").glob("*/LC_MESSAGES/game.mo")
    cuts = [cut.id for cut in story.cuts.values() if not cut.both_roles]
    return read_config(file, tuple(story.roles), cuts, sorted(one.parents[1].name for one in catalogues))


def _file(options: argparse.Namespace) -> Path | None:
    """The file to be read; None where none is named, and none is in the usual place. Raises UserError."""
    from game.folders import kiosk_file

    file: Path = options.config or kiosk_file()
    if file.exists():
        return file
    if options.config is not None:
        raise UserError(f"there is no file {file}: `weight-of-grain kiosk --example` prints one to begin with")
    return None


def _check(story: Story, file: Path | None) -> int:
    from game.folders import kiosk_file
    from game.kiosk.config import ConfigErrors

    try:
        read(story, file)
    except ConfigErrors as errors:
        for line in errors.lines:
            print(line)
        return 1
    print(f"{file} is sound." if file else f"There is no {kiosk_file()}, and none is needed: the defaults hold.")
    return 0


def _set_pin(file: Path) -> int:
    """Ask for a PIN, and write its hash into a file's one line; without a file, print the line."""
    import secrets

    from game.files import write_whole
    from game.kiosk.editing import with_line
    from game.kiosk.pin import SALT, hash_pin

    kept = hash_pin(_asked_pin(), secrets.token_bytes(SALT))
    if not file.exists():
        print(f"There is no {file}. The line for it is:", file=sys.stderr)
        print(f"pin: {kept}")
        return 0
    file = file.resolve()  # behind a link, the file itself is written
    try:
        raw = file.read_bytes()
        mark = "\ufeff" if raw.startswith(b"\xef\xbb\xbf") else ""
        text = with_line(raw.decode("utf-8-sig"), "pin", kept)
        write_whole(file, mark + text, newline="")
    except OSError as error:
        raise UserError(f"{file} cannot be written: {error.strerror or error}; the line is `pin: {kept}`") from error
    except ValueError as error:
        raise UserError(f"{file} takes no PIN: {error}; the line is `pin: {kept}`") from error
    print(f"The PIN's hash stands in {file}.")
    return 0


def _asked_pin() -> str:
    """A PIN that somebody typed twice, unseen. Raises UserError."""
    import getpass

    from game.kiosk.pin import is_pin

    if not sys.stdin.isatty():
        raise UserError("--set-pin asks for the PIN on a terminal, where nobody sees it typed")
    try:
        pin = getpass.getpass("The staff's PIN, 4 to 12 digits: ")
        if not is_pin(pin):
            raise UserError("a PIN is 4 to 12 digits")
        if getpass.getpass("Once more: ") != pin:
            raise UserError("these were two different PINs: nothing is changed")
    except EOFError:
        raise UserError("nothing is changed") from None
    return pin


def _print_service(config: Config, file: Path | None, story: Path | None) -> int:
    from game.kiosk import service

    program = (sys.executable,) if getattr(sys, "frozen", False) else (sys.executable, "-m", "game")
    installation = service.Installation(
        program,
        _user(),
        config.health_port,
        config=file.resolve() if file else service.CONFIG,
        story=story.resolve() if story else None,
        cage=Path(shutil.which("cage") or "/usr/bin/cage"),
    )
    try:
        print(service.unit(_asset("weight-of-grain-kiosk.service"), installation), end="")
    except ValueError as error:
        raise UserError(f"no unit can name this installation: {error}") from error
    return 0


def _user() -> str:
    """Who shall run the kiosk: whoever asks, but root."""
    import getpass

    try:
        name = getpass.getuser()
    except (KeyError, OSError, ImportError):  # a user without a name, or Windows without one
        return "kiosk"
    return "kiosk" if name == "root" else name


def _asset(name: str) -> str:
    return (resources.assets_folder() / "kiosk" / name).read_text(encoding="utf-8")
