"""`read`: play in a terminal, or as lines of JSON."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Iterable
from typing import TextIO

from game import resources
from game.commands.support import start_point
from game.commands.support.common import (
    add_language_argument,
    begin_playthrough,
    follow_takes,
    load_in_language,
    report_untranslated,
)
from game.commands.support.user_error import UserError
from game.core.paths import data_folder
from game.core.stores import FolderStore
from game.play import Page, Playthrough, UnavailableChoice, UnknownChoice, debrief, follow
from game.play.page import as_plain
from game.story import Story


def read_json(playthrough: Playthrough, takes: Iterable[str], out: TextIO) -> None:
    """Print the page. Each line of `takes` has an entry for `follow`, such as a choice's id: take it, and print each
    page that comes. Raises UnknownChoice or UnavailableChoice if a page has no such choice."""
    _print(playthrough, out)
    lines = iter(takes)
    # look at `over` before reading a line: after the last page the other program waits for the end of output
    while not playthrough.over and (line := next(lines, None)) is not None:
        if entry := line.strip():
            for after in follow(playthrough, entry):
                playthrough = after
                if not playthrough.left:
                    _print(playthrough, out)


def _print(playthrough: Playthrough, out: TextIO) -> None:
    page = playthrough.page.as_json()
    if playthrough.over:
        page["debrief"] = [as_plain(section) for section in debrief(playthrough)]
    out.write(json.dumps(page, ensure_ascii=False) + "\n")
    out.flush()


def arguments(parser: argparse.ArgumentParser) -> None:
    start_point.add_arguments(parser)
    add_language_argument(parser, "in this language (else in the one that was read last, or the system's)")
    start_point.add_take_argument(parser)
    parser.add_argument(
        "--json", action="store_true", help="print each page as a line of JSON; read choice ids from standard input"
    )
    parser.epilog = (
        "The reading is kept, for `Continue`: with --at apart from your own, with --json not at all."
        f" A page of --json has {', '.join(Page.FIELDS)}; the README says what each is."
    )


def run(options: argparse.Namespace) -> int:
    if options.json:
        story = load_in_language(options)
        report_untranslated(story, options.cut)
        playthrough = follow_takes(start_point.start_playthrough(story, options), options.take)[-1]
        try:
            read_json(playthrough, sys.stdin, sys.stdout)
        except (UnknownChoice, UnavailableChoice) as error:
            raise UserError(error.args[0]) from error
        return 0
    from game.commands.support.editions import first_language  # imported late, as below

    story = load_in_language(options, first_language(options))
    if options.language is not None:
        report_untranslated(story, options.cut)
    return read_in_terminal(story, options)


def read_in_terminal(story: Story, options: argparse.Namespace) -> int:
    # Imported late: the interface takes 65 ms, and `read --json` does not need it.
    from game import terminal
    from game.commands.support.editions import library_of
    from game.play.save_files import SaveFiles
    from game.ui.settings import SettingsFile

    start = None
    take = getattr(options, "take", "")
    if options.role or start_point.names_start(options) or take:
        start = follow_takes(start_point.start_playthrough(story, options), take)[-1]
    elif options.cut != "full":
        begin_playthrough(story, options.role, options.cut)  # reports an unknown cut before the title is printed
    folder = data_folder()
    settings = SettingsFile(FolderStore(folder))
    locale = resources.assets_folder() / "locale"
    saves = SaveFiles(FolderStore(start_point.saves_folder_of(story, options)))
    # a terminal with a name knows italics; an old Windows console has no name, and would show the codes
    italics = sys.stdout.isatty() and os.environ.get("TERM", "dumb") != "dumb"
    library = library_of(options.story or resources.story_folder(), story)
    return terminal.run(story, saves, settings, locale, sys.stdin, sys.stdout, start, italics, options.cut, library)
