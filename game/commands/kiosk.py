"""`kiosk`: run the story on a museum's touch screen. Also check its configuration, set the staff's PIN,
or print the systemd unit that starts the kiosk with the machine."""

from __future__ import annotations

import argparse
import getpass
import secrets
import shutil
import sys
from datetime import datetime
from pathlib import Path

from game.commands.support.common import interface_words, parse_size, read_assets
from game.commands.support.kiosk_configuration import (
    config_path,
    example_config,
    existing_config,
    load_config,
    load_languages,
    read_config_file,
)
from game.commands.support.kiosk_run import run_game, supervise
from game.commands.support.user_error import UserError
from game.core.files import write_atomic
from game.core.paths import kiosk_file
from game.kiosk.config.configuration import Config, ConfigErrors, longer_cut_warnings, object_warnings
from game.kiosk.config.hours import ALWAYS
from game.kiosk.config.languages import Languages
from game.kiosk.staff.pin import SALT, hash_pin, is_pin
from game.kiosk.staff.status_report import hours_in_words
from game.kiosk.supervisor import systemd_unit
from game.yamlio.writer import set_key

MORE = """\
Without a configuration the defaults hold. A running kiosk reads a changed configuration between two visitors.
If the file is wrong or gone, the kiosk uses the last valid one, also after a restart.
"""


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.description = f"{parser.description} {MORE}"
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
    modes.add_argument("--visits", action="store_true", help=argparse.SUPPRESS)  # the supervisor adds it
    trial = parser.add_argument_group("trying it on a desk")
    trial.add_argument("--windowed", action="store_true", help="in a window, without the supervisor")
    trial.add_argument(
        "--size", type=parse_size, metavar="WxH", help="the window's size, as 1080x1920 (with --windowed)"
    )


def run(options: argparse.Namespace) -> int:
    if options.size is not None and not options.windowed:
        raise UserError("--size is for --windowed: write that too")
    if options.example:
        print(example_config(load_languages(options)), end="")
        return 0
    if options.set_pin:
        return _set_pin(config_path(options))
    if options.visits or options.windowed:
        return run_game(load_languages(options), options)
    if not options.check_config and not options.print_service:
        return supervise(load_languages(options), options)
    file = existing_config(options)
    languages = load_languages(options)
    if options.check_config:
        return _check_config(languages, file)
    return _print_service(load_config(languages, file), file, options.story)


def _check_config(languages: Languages, file: Path | None) -> int:
    try:
        config = read_config_file(languages, file)
    except ConfigErrors as errors:
        for line in errors.lines:
            print(line)
        return 1
    if lack := _database_problem(config):
        print(f"{file}: {lack}")
        return 1
    print(f"{file} is sound." if file else f"There is no {kiosk_file()}, and none is needed: the defaults hold.")
    if config.hours != ALWAYS:
        print(hours_in_words(config.hours, interface_words(languages.own), datetime.now()))
    met = {name for cut in (config.cut, config.longer_cut) if cut for name in languages.own.objects_in(cut)}
    for line in (*longer_cut_warnings(config, languages.why_unavailable), *object_warnings(config, met)):
        print(line)
    return 0


def _database_problem(config: Config) -> str:
    """Return why this installation cannot send counts to the configuration's database; "" if it can."""
    if not config.database:
        return ""
    try:
        from game.kiosk.counts import postgres  # imported late: the optional dependency may be missing

        postgres.engine_for(config.database)
    except ImportError as error:
        lack = f"this installation, which lacks a part ({error})"
        return f"`database` cannot be used by {lack}: install `weight-of-grain[museum]`, or leave the key empty"
    except ValueError as error:
        return f"`database` cannot be used: {error}"
    return ""


def _print_service(config: Config, file: Path | None, story: Path | None) -> int:
    program = (sys.executable,) if getattr(sys, "frozen", False) else (sys.executable, "-m", "game")
    installation = systemd_unit.Installation(
        program,
        _service_user(),
        config.health_port,
        config=file.resolve() if file else systemd_unit.CONFIG,
        story=story.resolve() if story else None,
        cage=Path(shutil.which("cage") or "/usr/bin/cage"),
    )
    try:
        template = read_assets("kiosk/weight-of-grain-kiosk.service")
        print(systemd_unit.unit_text(template, installation), end="")
    except ValueError as error:
        raise UserError(f"no unit can name this installation: {error}") from error
    return 0


def _service_user() -> str:
    """Return the user who should run the kiosk: the user of this command, or `kiosk` in place of root."""
    try:
        name = getpass.getuser()
    except (KeyError, OSError, ImportError):  # the user has no name, or Windows gives none
        return "kiosk"
    return "kiosk" if name == "root" else name


def _set_pin(file: Path) -> int:
    """Ask for a PIN, and write its hash into the configuration `file`, or print the hash if there is no such file."""
    kept = hash_pin(_asked_pin(), secrets.token_bytes(SALT))
    if not file.exists():
        print(f"There is no {file}. The line for it is:", file=sys.stderr)
        print(f"pin: {kept}")
        return 0
    file = file.resolve()  # to write the file behind a link, not the link
    try:
        raw = file.read_bytes()
        mark = "\ufeff" if raw.startswith(b"\xef\xbb\xbf") else ""
        text = set_key(raw.decode("utf-8-sig"), "pin", kept)
        write_atomic(file, (mark + text).encode())
    except OSError as error:
        raise UserError(f"{file} cannot be written: {error.strerror or error}; the line is `pin: {kept}`") from error
    except ValueError as error:
        raise UserError(f"{file} takes no PIN: {error}; the line is `pin: {kept}`") from error
    print(f"The PIN's hash stands in {file}.")
    return 0


def _asked_pin() -> str:
    if not sys.stdin.isatty():
        raise UserError("--set-pin needs a terminal, which hides the PIN")
    try:
        pin = getpass.getpass("The staff's PIN, 4 to 12 digits: ")
        if not is_pin(pin):
            raise UserError("a PIN is 4 to 12 digits")
        if getpass.getpass("Once more: ") != pin:
            raise UserError("these were two different PINs: nothing is changed")
    except EOFError:
        raise UserError("nothing is changed") from None
    return pin
