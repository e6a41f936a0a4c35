"""The command line: one subcommand a mode, and each mode imported only when it is asked for."""

from __future__ import annotations

import argparse
import io
import json
import os
import re
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from game import resources
from game.story.findings import did_you_mean

if TYPE_CHECKING:
    from game.play import Playthrough
    from game.story import Story

BAD_INPUT = 2


class UserError(Exception):
    """Something that the user can mend, in one line."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; the exit status is 0, 1 where `check` found errors, 2 on bad input."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    for stream in (sys.stdin, sys.stdout):
        # Pages are UTF-8 whatever the system's own encoding is: a Windows pipe has no Chinese otherwise.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="strict")
    parser = _parser()
    if not given or (given[0].startswith("-") and given[0] not in ("-h", "--help", "--version")):
        given.insert(0, "play")
    try:
        options = parser.parse_args(given)
        run: Callable[[argparse.Namespace], int] = options.run
        return run(options)
    except UserError as error:
        print(f"weight-of-grain: {error}", file=sys.stderr)
        return BAD_INPUT
    except UnicodeDecodeError:
        print("weight-of-grain: what was typed is not text in UTF-8", file=sys.stderr)
        return BAD_INPUT
    except BrokenPipeError:
        # The reader of our output went away, as `| head` does: nothing is left to say, also not at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        return 130


def _parser() -> argparse.ArgumentParser:
    from game import __version__

    parser = argparse.ArgumentParser(
        prog="weight-of-grain",
        description="The Weight of Grain: a text adventure about China's Great Leap Forward, one village, two doors.",
        epilog="Without a command it plays in a window. `weight-of-grain COMMAND --help` tells more.",
    )
    parser.add_argument("--version", action="version", version=f"weight-of-grain {__version__}")
    commands = parser.add_subparsers(metavar="COMMAND", required=True)

    def command(name: str, run: Callable[[argparse.Namespace], int], help: str) -> argparse.ArgumentParser:
        sub = commands.add_parser(name, help=help, description=help)
        sub.add_argument("--story", type=Path, metavar="DIR", help="a story pack's folder (default: the shipped one)")
        sub.set_defaults(run=run)
        return sub

    def reading(sub: argparse.ArgumentParser) -> None:
        sub.add_argument("--role", help="whose door: villager or official")
        sub.add_argument("--cut", default="full", help="the length: full (default), class, kiosk")

    play = command("play", _play, "Play in a window.")
    reading(play)
    play.add_argument("--size", type=_size, default=(1280, 720), metavar="WxH", help="the window's size (1280x720)")
    play.add_argument("--fullscreen", action="store_true", help="fill the screen")
    play.add_argument("--first-frame", action="store_true", help=argparse.SUPPRESS)  # the start-up benchmark's end

    read = command("read", _read, "Play in a terminal, or as lines of JSON.")
    reading(read)
    read.add_argument("--take", default="", metavar="IDS", help="choice ids with commas, `continue` may be left out")
    read.add_argument("--json", action="store_true", help="each page a line of JSON; choice ids from standard input")

    check = command("check", _check, "Print everything that is wrong with a story.")
    check.add_argument("--format", choices=("text", "json"), default="text")

    explore = command(
        "explore", _explore, "Play every playthrough, and say what is reached, how often, and what never."
    )
    explore.add_argument("--format", choices=("text", "json"), default="text")
    explore.add_argument(
        "--to", metavar="ID", help="a shortest way to a node, a choice or an ending, for `read --take`"
    )
    explore.add_argument("--states", type=_count, metavar="N", help="stop where a chapter holds more (3,000,000)")

    shots = command("shots", _shots, "Draw pages to PNG without a screen.")
    shots.add_argument("folder", type=Path, metavar="DIR", help="where the pictures go")
    reading(shots)
    shots.add_argument("--take", default="", metavar="IDS", help="choice ids with commas, `continue` left out")
    shots.add_argument("--size", type=_size, default=(1920, 1080), metavar="WxH", help="1920x1080")
    shots.add_argument("--text-scale", type=_percent, default=100, metavar="PERCENT", help="100 to 200")
    shots.add_argument("--theme", choices=("paper", "night", "contrast"), default="paper")
    return parser


def _size(text: str) -> tuple[int, int]:
    match = re.fullmatch(r"(\d{3,5})x(\d{3,5})", text)
    if not match or not all(320 <= int(part) <= 7680 for part in match.groups()):
        raise argparse.ArgumentTypeError(f"`{text}` is no size; write it as 1920x1080, each side 320 to 7680")
    return int(match[1]), int(match[2])


def _percent(text: str) -> int:
    if not text.isdecimal() or not 100 <= int(text) <= 200:
        raise argparse.ArgumentTypeError(f"`{text}` is no text scale; write a number from 100 to 200")
    return int(text)


def _count(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= 10**9:
        raise argparse.ArgumentTypeError(f"`{text}` is no number of states; write one from 1 up")
    return int(text)


def _story(options: argparse.Namespace) -> Story:
    from game.folders import cache_folder
    from game.story import StoryErrors, load

    try:
        return load(options.story or resources.story_folder(), cache_folder())
    except StoryErrors as error:
        raise UserError(str(error)) from error


def _begun(story: Story, role: str | None, cut: str) -> Playthrough:
    from game.play import begin

    try:
        return begin(story, role or next(iter(story.roles)), cut)
    except ValueError as error:
        raise UserError(str(error)) from error


def _taken(playthrough: Playthrough, takes: str) -> list[Playthrough]:
    """The playthrough after each entry of a list of ids, the start first."""
    from game.play import UnavailableChoice, UnknownChoice, follow

    line = [playthrough]
    for take in filter(None, (part.strip() for part in takes.split(","))):
        try:
            line += follow(line[-1], take)
        except (UnknownChoice, UnavailableChoice) as error:
            raise UserError(f"--take: {error.args[0]}") from error
    return line


def _read(options: argparse.Namespace) -> int:
    story = _story(options)
    if options.json:
        from game.jsonlines import read_json
        from game.play import UnavailableChoice, UnknownChoice

        playthrough = _taken(_begun(story, options.role, options.cut), options.take)[-1]
        try:
            read_json(playthrough, sys.stdin, sys.stdout)
        except (UnknownChoice, UnavailableChoice) as error:
            raise UserError(error.args[0]) from error
        return 0
    return _in_terminal(story, options)


def _in_terminal(story: Story, options: argparse.Namespace) -> int:
    from game import terminal
    from game.folders import data_folder, saves_folder
    from game.play.saves import Saves
    from game.ui.settings_file import SettingsFile

    start = None
    if options.role or getattr(options, "take", ""):
        start = _taken(_begun(story, options.role, options.cut), getattr(options, "take", ""))[-1]
    folder = data_folder()
    settings = SettingsFile(folder / "settings.json")
    locale = resources.assets_folder() / "locale"
    return terminal.run(story, Saves(saves_folder(story.pack)), settings, locale, sys.stdin, sys.stdout, start)


def _check(options: argparse.Namespace) -> int:
    from game.story import check

    folder = options.story or resources.story_folder()
    _, findings = check(folder)
    if any(finding.code == "WG106" for finding in findings):
        raise UserError(str(findings[0]))
    errors = sum(finding.severity == "error" for finding in findings)
    if options.format == "json":
        print(json.dumps([finding.as_json() for finding in findings], ensure_ascii=False, indent=1))
    else:
        for finding in findings:
            print(finding)
        print(f"{errors} errors, {len(findings) - errors} warnings" if findings else "Nothing is wrong.")
    return 1 if errors else 0


def _explore(options: argparse.Namespace) -> int:
    from game.explore import MOST_STATES, as_text, explore, way_to
    from game.story import StoryErrors, load

    try:
        # Read from its files, not from the cache: only then does every part know its place.
        story = load(options.story or resources.story_folder())
    except StoryErrors as error:
        raise UserError(str(error)) from error
    report = explore(story, options.states or MOST_STATES, _progress if sys.stderr.isatty() else None)
    if sys.stderr.isatty():
        print("\r\033[K", end="", file=sys.stderr)
    if options.to:
        found = way_to(report, options.to)
        if found is None:
            known = {*story.nodes, *(choice.full_id for node in story.nodes.values() for choice in node.choices)}
            known |= {node.end for node in story.nodes.values() if node.end}
            why = "no playthrough reaches it" if options.to in known else "there is no such node, choice or ending"
            raise UserError(f"--to {options.to}: {why}.{did_you_mean(options.to, known - {options.to})}")
        sitting, takes = found
        if options.format == "json":
            print(json.dumps({"to": options.to, "cut": sitting.cut, "role": sitting.role, "take": takes}))
        else:
            role = f"--role {sitting.role} " if sitting.role else ""
            print(f"weight-of-grain read {role}--cut {sitting.cut} --take {','.join(takes) or 'continue'}")
        return 0
    print(json.dumps(report.as_json(), ensure_ascii=False, indent=1) if options.format == "json" else as_text(report))
    return 0


def _progress(chapter: str, states: int) -> None:
    print(f"\r\033[K{states:,} states, at {chapter}", end="", file=sys.stderr, flush=True)


def _play(options: argparse.Namespace) -> int:
    story = _story(options)
    if options.role is not None or options.cut != "full":
        _begun(story, options.role, options.cut)  # an unknown role or cut is said before a window opens
    from game import window

    try:
        return window.play(story, options)
    except window.NoDisplay as error:
        print(f"weight-of-grain: {error}", file=sys.stderr)
        if not (sys.stdin.isatty() and sys.stdout.isatty()):
            return BAD_INPUT
        return _in_terminal(story, options)
    except window.WindowError as error:
        raise UserError(str(error)) from error


def _shots(options: argparse.Namespace) -> int:
    story = _story(options)
    line = _taken(_begun(story, options.role, options.cut), options.take)
    from game import window

    try:
        for file in window.shots(story, line, options.folder, options.size, options.text_scale, options.theme):
            print(file, flush=True)
    except window.WindowError as error:
        raise UserError(str(error)) from error
    except OSError as error:
        raise UserError(f"{options.folder} takes no pictures: {error.strerror or error}") from error
    return 0
