"""`read`: play in a terminal, or as lines of JSON."""

from __future__ import annotations

import argparse
import os
import sys

from game import resources
from game.commands import start_point
from game.commands.common import add_playthrough_arguments, begin_playthrough, follow_takes, load_story
from game.commands.user_error import UserError
from game.core.paths import data_folder
from game.json_driver import read_json
from game.play import UnavailableChoice, UnknownChoice
from game.story import Story


def arguments(parser: argparse.ArgumentParser) -> None:
    add_playthrough_arguments(parser)
    start_point.add_arguments(parser)
    parser.add_argument("--take", default="", metavar="IDS", help="choice ids with commas, `continue` may be left out")
    parser.add_argument("--json", action="store_true", help="each page a line of JSON; choice ids from standard input")


def run(options: argparse.Namespace) -> int:
    story = load_story(options)
    if options.json:
        playthrough = follow_takes(start_point.start_playthrough(story, options), options.take)[-1]
        try:
            read_json(playthrough, sys.stdin, sys.stdout)
        except (UnknownChoice, UnavailableChoice) as error:
            raise UserError(error.args[0]) from error
        return 0
    return read_in_terminal(story, options)


def read_in_terminal(story: Story, options: argparse.Namespace) -> int:
    # Here, since the interface takes 65 ms, for which a program that drives `read --json` need not wait.
    from game import terminal
    from game.play.save_files import SaveFiles
    from game.ui.settings_file import SettingsFile

    start = None
    take = getattr(options, "take", "")
    if options.role or options.at or options.code is not None or take:
        start = follow_takes(start_point.start_playthrough(story, options), take)[-1]
    elif options.cut != "full":
        begin_playthrough(story, options.role, options.cut)  # an unknown cut is said before a title is printed
    folder = data_folder()
    settings = SettingsFile(folder / "settings.json")
    locale = resources.assets_folder() / "locale"
    saves = SaveFiles(start_point.saves_folder_of(story, options))
    # What calls itself a terminal knows italics; an old console of Windows has no name, and would show the codes.
    italics = sys.stdout.isatty() and os.environ.get("TERM", "dumb") != "dumb"
    return terminal.run(story, saves, settings, locale, sys.stdin, sys.stdout, start, italics, options.cut)
