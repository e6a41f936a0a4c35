"""`play`: play in a window; without a display, in the terminal."""

from __future__ import annotations

import argparse
import sys

from game import resources
from game.commands.read import read_in_terminal
from game.commands.support import start_point
from game.commands.support.common import (
    add_language_argument,
    add_window_arguments,
    begin_playthrough,
    load_in_language,
    window_options,
)
from game.commands.support.editions import first_language, library_of
from game.commands.support.user_error import UserError
from game.core.exit_status import BAD_INPUT
from game.core.streams import print_error
from game.desktop import api as desktop
from game.desktop.errors import NoDisplay, WindowError


def arguments(parser: argparse.ArgumentParser) -> None:
    start_point.add_arguments(parser)
    add_language_argument(parser, "in this language (else in the one that was read last, or the system's)")
    parser.add_argument("--watch", action="store_true", help="show changes in the story's files at once")
    add_window_arguments(parser)


def run(options: argparse.Namespace) -> int:
    folder = options.story or resources.story_folder()
    story, start = load_in_language(options, first_language(options)), None
    if start_point.names_start(options):
        start = start_point.start_playthrough(story, options)
    elif options.role is not None or options.cut != "full":
        begin_playthrough(story, options.role, options.cut)  # reports an unknown role or cut before a window opens
    try:
        saves, watched = start_point.saves_folder_of(story, options), folder if options.watch else None
        window, library = window_options(options), library_of(folder, story)
        return desktop.play(story, window, saves, options.role, options.cut, start, watched, library)
    except NoDisplay as error:
        print_error(str(error))
        if not (sys.stdin.isatty() and sys.stdout.isatty()):
            return BAD_INPUT
        if options.watch:
            print_error("in a terminal the story's files are not watched")
        if options.speak:
            print_error("in a terminal nothing is read aloud")
        return read_in_terminal(story, options)
    except WindowError as error:
        raise UserError(str(error)) from error
