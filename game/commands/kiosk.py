"""`kiosk`: the story on a museum's touch screen, and what a technician asks before it runs there."""

from __future__ import annotations

import argparse
import faulthandler
import os
import shutil
import signal
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from game import resources
from game.commands.common import UserError, size, story_of
from game.commands.kiosk_pin import set_pin

if TYPE_CHECKING:
    from game.kiosk.changing import Changing
    from game.kiosk.config import Config
    from game.kiosk.languages import Languages
    from game.kiosk.last_sound import Begun
    from game.story import Story
    from game.ui.app import App

HELP = "Show the story on a museum's touch screen, for one visitor after another."
MORE = """\
Without a configuration the defaults hold. One that is changed while the kiosk runs is taken up between two visitors.
Where it is wrong or gone, the last one that was sound stays, also when the kiosk is started again.
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
    if options.size is not None and not options.windowed:
        raise UserError("--size is of the window on a desk: write --windowed too")
    if options.example:
        print(_asset("kiosk.yaml"), end="")
        return 0
    if options.set_pin:
        return set_pin(_place(options))
    if options.visits or options.windowed:
        return _visits(languages_of(options), options)
    if not options.check_config and not options.print_service:
        return _keep(languages_of(options), options)
    file = _file(options)
    languages = languages_of(options)
    if options.check_config:
        return _check(languages, file)
    return _print_service(configured(languages, file), file, options.story)


def _keep(languages: Languages, options: argparse.Namespace) -> int:
    """The kiosk under its supervisor, which begins anew where the configuration changes what it has of it itself."""
    from game import __version__
    from game.kiosk import resting, supervisor
    from game.kiosk.changing import Changing
    from game.kiosk.watching import RESTART

    command = [sys.executable, "-m", "game", "kiosk", "--visits"]
    for name, given in (("--config", options.config), ("--story", options.story)):
        command += [name, str(given)] if given is not None else []

    def own(config: Config) -> tuple[object, ...]:
        return config.languages, config.data_folder, config.log_folder, config.health_port

    def once() -> int:
        begun = _begun(languages, options)
        config, changing = begun.config, Changing(_place(options), begun, partial(read, languages), time.monotonic)

        def wrong() -> str:
            changing.changed()
            return changing.wrong

        return supervisor.keep(
            command, resting=resting.command(config.languages), data_folder=config.data_folder,
            log_folder=config.log_folder, version=__version__, port=config.health_port,
            closed=lambda: not changing.config.hours.open_at(datetime.now()), wrong=wrong,
            outdated=lambda: own(_begun(languages, options).config) != own(config),
        )  # fmt: skip

    while (status := once()) == RESTART:
        pass
    return status


def _visits(languages: Languages, options: argparse.Namespace) -> int:
    """The game of a kiosk, as its supervisor starts it, or on a desk."""
    from game.kiosk.beat import Beat, Told

    beat = Beat.of_environment(os.environ, time.monotonic)
    changing = _taken_up(languages, options)
    faulthandler.enable()
    config = changing.config
    os.environ["SDL_NO_SIGNAL_HANDLERS"] = "1"  # SDL makes a wish to close of a signal, and nobody closes a kiosk
    os.environ.setdefault("PYGAME_HIDE_SUPPORT_PROMPT", "1")  # its line would stand in the log at each start
    from game import window
    from game.kiosk import health, reporting
    from game.kiosk.counts import Counts
    from game.kiosk.counts_file import counts_file
    from game.kiosk.receiving import receive

    story = languages.own
    counts = Counts(counts_file(config.data_folder, story.pack), time.monotonic, story.pack, _tell)

    def goes_on(visits: int) -> bool:
        if beat is not None:
            beat.beat(Told(visits, not counts.trouble))
        return not asked and (beat is None or not beat.alone)

    options.fullscreen, options.speak, options.first_frame = not options.windowed, False, False
    with _ended_by_signal() as asked, _sending(story, config, counts.path) as unsent:

        def report(app: App) -> Sequence[str]:
            now, file = datetime.now().astimezone(), _place(options)
            told = health.read(config.data_folder) if beat is not None else None
            troubles: dict[reporting.Trouble, bool] = {"disk": bool(counts.trouble), "database": bool(unsent())}
            troubles |= dict.fromkeys(reporting.unheard(app), bool(config.volume))
            state = reporting.gathered(
                config, file if file.exists() else None, counts, story.pack, told, changing.wrong,
                (trouble for trouble, is_there in troubles.items() if is_there), now.date(),
            )  # fmt: skip
            return reporting.report(state, app.words, now)

        try:
            stories = [languages.story(one) for one in config.languages]
            return receive(stories, config, counts, goes_on, changing.changed, report, options, story)
        except window.WindowError as error:
            raise UserError(f"a kiosk needs a screen: {error}") from error
        finally:
            counts.close()


def _taken_up(languages: Languages, options: argparse.Namespace) -> Changing:
    """What the game of a kiosk begins with; where that is sound, it is kept. Raises UserError."""
    from game.kiosk import last_sound
    from game.kiosk.changing import Changing

    begun = _begun(languages, options)
    if begun.text is not None and not options.windowed:
        try:
            last_sound.keep(begun.text, _copy(options))
        except OSError as error:
            _tell(f"no copy of the configuration is kept: {error}")
    return Changing(_place(options), begun, partial(read, languages), time.monotonic, _tell)


def _tell(line: str) -> None:
    """To the log, where a supervisor keeps one."""
    print(f"weight-of-grain: {line}", file=sys.stderr, flush=True)


@contextmanager
def _ended_by_signal() -> Iterator[list[int]]:
    """Meanwhile SIGTERM is only noted; after it, what it would have done is done, with all that was open closed."""
    asked: list[int] = []
    before = signal.signal(signal.SIGTERM, lambda number, _: asked.append(number))
    try:
        yield asked
    finally:
        signal.signal(signal.SIGTERM, before)
        for number in asked[:1]:
            signal.raise_signal(number)


@contextmanager
def _sending(story: Story, config: Config, counts: Path) -> Iterator[Callable[[], str]]:
    """To the museum's database meanwhile, where there is one; gives what says why not."""
    if not config.database:
        yield str
        return
    from game.kiosk.sending import SETTLED, Sender

    sender = Sender(counts, story.pack, config.database, config.kiosk, _tell, after=SETTLED)
    sender.start()
    try:
        yield lambda: sender.trouble
    finally:
        sender.stop()


def languages_of(options: argparse.Namespace) -> Languages:
    """The story of `--story`, and the languages that it can be read in. Raises UserError."""
    from game.folders import cache_folder
    from game.kiosk.languages import Languages
    from game.story import languages, load
    from game.ui import words

    folder = options.story or resources.story_folder()
    worded = words.languages(resources.assets_folder() / "locale")
    return Languages(
        story_of(options), languages(folder), worded, lambda language: load(folder, cache_folder(), language)
    )


def configured(languages: Languages, file: Path | None, folders: bool = True) -> Config:
    """The configuration of a file, or the defaults, for this story. Raises UserError."""
    from game.kiosk.config import ConfigErrors

    try:
        return read(languages, file, folders)
    except ConfigErrors as errors:
        raise UserError(str(errors)) from errors


def read(languages: Languages, file: Path | None, folders: bool = True) -> Config:
    """The configuration of a file, or the defaults, for this story; `folders`: whether those that it names are looked
    at. Raises ConfigErrors."""
    from game.kiosk.config import Known, read_config
    from game.story.advice.glyphs import drawn

    story = languages.own
    cuts = tuple(cut.id for cut in story.cuts.values() if not cut.both_roles)
    letters = drawn(resources.assets_folder() / "fonts" / "coverage.txt")
    known = Known(tuple(story.roles), cuts, languages.tags, story.objects, letters, languages.lacks, folders)
    return read_config(file, known)


def _begun(languages: Languages, options: argparse.Namespace) -> Begun:
    """What a kiosk begins with: on a desk what its file says, in a museum the last that was sound. Raises UserError."""
    from game.kiosk import last_sound
    from game.kiosk.config import ConfigErrors

    if not options.windowed:
        with suppress(ConfigErrors):
            return last_sound.begun(_place(options), _copy(options), partial(read, languages))
    return last_sound.Begun(configured(languages, _file(options)))


def _place(options: argparse.Namespace) -> Path:
    """Where the configuration is, or would be."""
    from game.folders import kiosk_file

    place: Path = options.config or kiosk_file()
    return place


def _copy(options: argparse.Namespace) -> Path:
    """Where the last one that was sound is kept."""
    from game.folders import kiosk_state_folder
    from game.kiosk.last_sound import copy_of

    return copy_of(_place(options), kiosk_state_folder())


def _file(options: argparse.Namespace) -> Path | None:
    """The file to be read; None where none is named, and none is in the usual place. Raises UserError."""
    file = _place(options)
    if file.exists():
        return file
    if options.config is not None:
        raise UserError(f"there is no file {file}: `weight-of-grain kiosk --example` prints one to begin with")
    return None


def _check(languages: Languages, file: Path | None) -> int:
    from game.folders import kiosk_file
    from game.kiosk.config import ConfigErrors, not_offered, untold
    from game.kiosk.hours import ALWAYS
    from game.kiosk.reporting import hours_in_words
    from game.ui.words import Words

    try:
        config = read(languages, file)
    except ConfigErrors as errors:
        for line in errors.lines:
            print(line)
        return 1
    print(f"{file} is sound." if file else f"There is no {kiosk_file()}, and none is needed: the defaults hold.")
    if config.hours != ALWAYS:
        print(hours_in_words(config.hours, Words(resources.assets_folder() / "locale"), datetime.now()))
    met = {name for cut in (config.cut, config.longer_cut) if cut for name in languages.own.objects_in(cut)}
    for line in (*not_offered(config, languages.lacks), *untold(config, met)):
        print(line)
    return 0


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
