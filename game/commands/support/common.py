"""Common parts of commands: loading the story, starting a playthrough, progress lines, and argument types."""

from __future__ import annotations

import argparse
import ipaddress
import re
import shlex
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from game import resources
from game.commands.support.user_error import UserError, as_user_error
from game.core.addresses import web_address_problem
from game.core.findings import did_you_mean
from game.core.paths import NoHome, cache_folder
from game.core.streams import print_error
from game.desktop.window_placement import WindowOptions
from game.play import Playthrough, UnavailableChoice, UnknownChoice, begin, follow
from game.story import Story, StoryErrors, languages, load
from game.ui.i18n import Catalogue, catalogue_for

if TYPE_CHECKING:  # imported only for the type checker, because its room takes 15 ms
    from game.explore.progress import ProgressReport


def interface_words(story: Story) -> Catalogue:
    """Return the interface's words for a story, in its language."""
    return catalogue_for(resources.assets_folder() / "locale", story)


def read_assets(*files: str) -> str:
    """Return the texts of files below `assets/`, such as `kiosk/kiosk.yaml`, one after the other."""
    return "\n".join((resources.assets_folder() / file).read_text(encoding="utf-8") for file in files)


def install_hint(extra: str) -> str:
    """Return how to install the optional part `extra` from the program's folder. No package index has the program."""
    command = shlex.join((sys.executable, "-m", "pip", "install", f".[{extra}]"))
    return f"in the folder that this program was installed from, type: {command}"


def add_window_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the options of every command that opens a window."""
    parser.add_argument("--size", type=parse_size, metavar="WxH", help="the window's size (else as it was last)")
    parser.add_argument("--fullscreen", action="store_true", help="fill the screen (as it was last)")
    parser.add_argument("--speak", action="store_true", help="read aloud, as the key V does, from the first screen on")
    parser.add_argument(
        "--first-frame", action="store_true", help=argparse.SUPPRESS
    )  # the start-up benchmark ends there


def window_options(options: argparse.Namespace) -> WindowOptions:
    """Return the values of the options that `add_window_arguments` added."""
    return WindowOptions(options.size, options.fullscreen, options.speak, options.first_frame)


def load_story(options: argparse.Namespace, language: str = "", cached: bool = True) -> Story:
    """Load the story of `--story`, or the story that ships with the program. With `cached`, use the cache of stories.

    `language` is the tag of a translation; "" for the story's own language. Raises UserError if the story has errors,
    or no such translation.
    """
    folder = story_folder(options, language)
    with as_user_error(StoryErrors):
        return load(folder, story_cache_folder() if cached else None, language)


def add_language_argument(
    parser: argparse.ArgumentParser, text: str = "in this language (else in the story's own)"
) -> None:
    """Add the option --language. `text` is its help."""
    parser.add_argument("--language", metavar="TAG", help=text)


def load_in_language(options: argparse.Namespace, otherwise: str = "", cached: bool = True) -> Story:
    """Load the story in the language of --language. Without that option, load the translation with the tag `otherwise`;
    if it is missing or broken, load the story in its own language. `cached` and the errors are as in `load_story`."""
    known = languages(options.story or resources.story_folder())
    if options.language is None and otherwise in known:
        with suppress(UserError):  # a broken translation must not stop the start
            return load_story(options, otherwise)
    if options.language in known:
        return load_story(options, options.language, cached)
    story = load_story(options, cached=cached)
    if options.language not in (None, story.language):
        story_folder(options, options.language)  # raises UserError, which names the languages
    return story


def not_whole(story: Story, cut: str) -> str:
    """Return a sentence if part of a cut (a length of the story) is not translated; "" if all of it is."""
    place = story.original_in(story.cuts[cut]) if cut in story.cuts else None
    if place is None:
        return ""
    whole = [found.id for found in story.cuts.values() if story.original_in(found) is None]
    known = f"whole are: {', '.join(whole)}" if whole else "none is"
    return f"`{cut}` is not whole in {story.language}: {place} is not translated; {known}"


def report_untranslated(story: Story, cut: str) -> None:
    """Print a line if part of a cut (a length of the story) is not translated into the story's language."""
    if said := not_whole(story, cut):
        print_error(said)


def story_cache_folder() -> Path | None:
    """Return the folder of the story cache; None if there is no home folder."""
    try:
        return cache_folder()
    except NoHome:
        return None


def story_folder(options: argparse.Namespace, language: str) -> Path:
    """Return the folder of `--story`. Raises UserError if the story has no translation into the language."""
    folder: Path = options.story or resources.story_folder()
    known = languages(folder)
    if language and language not in known:
        there = f"there is {', '.join(known)}.{did_you_mean(language, known)}" if known else "there is none."
        raise UserError(f"this story has no translation into `{language}`; {there}")
    return folder


def begin_playthrough(story: Story, role: str | None, cut: str) -> Playthrough:
    """Begin a playthrough, by default of the story's first role. Raises UserError without such a role or cut."""
    with as_user_error(ValueError):
        return begin(story, role or next(iter(story.roles)), cut)


def follow_takes(playthrough: Playthrough, takes: str) -> list[Playthrough]:
    """Take choices, given as ids with commas between them, and return the playthrough at each page, the given one
    first. Raises UserError if a page has no such choice."""
    line = [playthrough]
    for take in filter(None, (part.strip() for part in takes.split(","))):
        try:
            line += follow(line[-1], take)
        except (UnknownChoice, UnavailableChoice) as error:
            raise UserError(f"--take: {error.args[0]}") from error
    return line


def pluralize(number: int, name: str) -> str:
    """Return a number of things in words: `1 error`, `2 errors`."""
    return f"{number} {name}" if number == 1 else f"{number} {name}s"


@contextmanager
def status_line() -> Iterator[Callable[[str], None]]:
    """Show a progress line on standard error, if that is a terminal. Yield the function that sets the line."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return

    def tell(line: str) -> None:
        print(f"\r\033[K{line[: shutil.get_terminal_size().columns - 1]}", end="", file=sys.stderr, flush=True)

    try:
        yield tell
    finally:
        print("\r\033[K", end="", file=sys.stderr, flush=True)


@contextmanager
def exploration_progress() -> Iterator[Callable[[ProgressReport], None]]:
    """Show the progress of exploring as a `status_line`. Yield the function that shows a report."""
    with status_line() as say:
        yield lambda at: say(
            f"part {at.part} of {at.parts}, about {at.seconds_left:,.0f} s left: {at.name}, {at.chapter},"
            f" {at.states:,} states, {at.rate:,.0f} a second"
        )


def parse_size(text: str) -> tuple[int, int]:
    match = re.fullmatch(r"(\d{3,5})x(\d{3,5})", text)
    if not match or not all(320 <= int(part) <= 7680 for part in match.groups()):
        raise argparse.ArgumentTypeError(f"`{text}` is not a size; write it as 1920x1080, each side 320 to 7680")
    return int(match[1]), int(match[2])


def number_parser(least: int, most: int, what: str, remedy: str) -> Callable[[str], int]:
    """Return a parser of an argument from `least` to `most`. Its error is "... is not `what`; write `remedy`"."""

    def parse(text: str) -> int:
        if not text.isdecimal() or not least <= int(text) <= most:
            raise argparse.ArgumentTypeError(f"`{text}` is not {what}; write {remedy}")
        return int(text)

    return parse


parse_count = number_parser(1, 10**9, "a number of states", "1 or more")
parse_port = number_parser(1024, 65535, "a port", "a number from 1024 to 65535")  # needs no special rights


def parse_web_address(text: str) -> str:
    if problem := web_address_problem(text):
        raise argparse.ArgumentTypeError(f"{problem}; write it as https://school.example/grain/")
    return text


def parse_address(text: str) -> str:
    try:
        return str(ipaddress.ip_address(text))
    except ValueError:
        raise argparse.ArgumentTypeError(f"`{text}` is not an address; write it as 192.168.1.20") from None
