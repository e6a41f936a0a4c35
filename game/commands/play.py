"""`play`: the game in a window; without a display, in the terminal."""

from __future__ import annotations

import argparse
import sys

from game import resources
from game.commands import start_point
from game.commands.common import begun, reading, story_of, window_arguments
from game.commands.read import in_terminal
from game.commands.user_error import BAD_INPUT, UserError
from game.desktop import api as desktop
from game.desktop.errors import NoDisplay, WindowError


def arguments(parser: argparse.ArgumentParser) -> None:
    reading(parser)
    start_point.argument(parser)
    parser.add_argument("--watch", action="store_true", help="show what changes in the story's files at once")
    window_arguments(parser)


def run(options: argparse.Namespace) -> int:
    story, start = story_of(options), None
    folder = options.story or resources.story_folder()
    if options.at is not None or options.code is not None:
        start = start_point.standing(story, options)
    elif options.role is not None or options.cut != "full":
        begun(story, options.role, options.cut)  # an unknown role or cut is said before a window opens
    try:
        return desktop.play(
            story, options, start_point.kept_in(story, options), start, folder if options.watch else None
        )
    except NoDisplay as error:
        print(f"weight-of-grain: {error}", file=sys.stderr)
        if not (sys.stdin.isatty() and sys.stdout.isatty()):
            return BAD_INPUT
        if options.watch:
            print("weight-of-grain: in a terminal the story's files are not watched", file=sys.stderr)
        if options.speak:
            print("weight-of-grain: in a terminal nothing is read aloud", file=sys.stderr)
        return in_terminal(story, options)
    except WindowError as error:
        raise UserError(str(error)) from error
