"""What several commands share: the error in one line, the story, a way into it, and kinds of argument."""

from __future__ import annotations

import argparse
import re
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from game import resources
from game.commands.user_error import UserError
from game.core.findings import did_you_mean
from game.core.paths import NoHome, cache_folder
from game.play import Playthrough, UnavailableChoice, UnknownChoice, begin, follow
from game.story import Story, StoryErrors, languages, load

if TYPE_CHECKING:  # of a room that takes 15 ms, for which no reader need wait
    from game.explore.progress import ProgressReport


def reading(parser: argparse.ArgumentParser) -> None:
    """The arguments of every command that plays."""
    parser.add_argument("--role", help="whose door: villager or official")
    parser.add_argument("--cut", default="full", help="the length: full (default), class, kiosk")


def window_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of every command that opens a window."""
    parser.add_argument("--size", type=size, metavar="WxH", help="the window's size (else as it was last)")
    parser.add_argument("--fullscreen", action="store_true", help="fill the screen (as it was last)")
    parser.add_argument("--speak", action="store_true", help="read aloud, as the key V does, from the first screen on")
    parser.add_argument("--first-frame", action="store_true", help=argparse.SUPPRESS)  # the start-up benchmark's end


def story_of(options: argparse.Namespace, language: str = "") -> Story:
    """The story of `--story`, in its own language or one that it is translated into, from the cache where it is kept
    ready. Raises UserError."""
    folder = translated_folder(options, language)
    try:
        return load(folder, ready_folder(), language)
    except StoryErrors as error:
        raise UserError(str(error)) from error


def ready_folder() -> Path | None:
    """Where stories are kept ready; nowhere for somebody without a home, who waits a little longer each time."""
    try:
        return cache_folder()
    except NoHome:
        return None


def translated_folder(options: argparse.Namespace, language: str) -> Path:
    """The folder of `--story`, which is translated into a language, where one is named. Raises UserError."""
    folder: Path = options.story or resources.story_folder()
    known = languages(folder)
    if language and language not in known:
        there = f"there is {', '.join(known)}.{did_you_mean(language, known)}" if known else "there is none."
        raise UserError(f"this story has no translation into `{language}`; {there}")
    return folder


def begun(story: Story, role: str | None, cut: str) -> Playthrough:
    """A first page; the first role where none is named. Raises UserError."""
    try:
        return begin(story, role or next(iter(story.roles)), cut)
    except ValueError as error:
        raise UserError(str(error)) from error


def taken(playthrough: Playthrough, takes: str) -> list[Playthrough]:
    """The playthrough after each entry of a list of ids, the start first."""
    line = [playthrough]
    for take in filter(None, (part.strip() for part in takes.split(","))):
        try:
            line += follow(line[-1], take)
        except (UnknownChoice, UnavailableChoice) as error:
            raise UserError(f"--take: {error.args[0]}") from error
    return line


def counted(number: int, name: str) -> str:
    """A number of things: `1 error`, `2 errors`."""
    return f"{number} {name}" if number == 1 else f"{number} {name}s"


@contextmanager
def status() -> Iterator[Callable[[str], None]]:
    """What long work tells how far it is: a line on the terminal, taken away at the end; elsewhere nobody hears it."""
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
def progress() -> Iterator[Callable[[ProgressReport], None]]:
    """`status` for exploring."""
    with status() as say:
        yield lambda at: say(
            f"part {at.part} of {at.parts}, about {at.seconds_left:,.0f} s left: {at.name}, {at.chapter},"
            f" {at.states:,} states, {at.rate:,.0f} a second"
        )


def size(text: str) -> tuple[int, int]:
    match = re.fullmatch(r"(\d{3,5})x(\d{3,5})", text)
    if not match or not all(320 <= int(part) <= 7680 for part in match.groups()):
        raise argparse.ArgumentTypeError(f"`{text}` is no size; write it as 1920x1080, each side 320 to 7680")
    return int(match[1]), int(match[2])


def percent(text: str) -> int:
    if not text.isdecimal() or not 100 <= int(text) <= 200:
        raise argparse.ArgumentTypeError(f"`{text}` is no text scale; write a number from 100 to 200")
    return int(text)


def count(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= 10**9:
        raise argparse.ArgumentTypeError(f"`{text}` is no number of states; write one from 1 up")
    return int(text)
