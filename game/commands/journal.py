"""`journal`: write one playthrough as one HTML file with its pictures."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path

from game.commands.support import start_point
from game.commands.support.common import (
    add_language_argument,
    follow_takes,
    interface_words,
    load_in_language,
    read_assets,
    report_untranslated,
    status_line,
)
from game.commands.support.output_checks import check_html_output, write_output
from game.commands.support.user_error import UserError, as_user_error
from game.core.paths import saves_folder
from game.core.stores import FolderStore
from game.desktop import api as desktop
from game.documents.journal import GENERATOR
from game.documents.journal.journal_builder import JournalBuilder
from game.play import Playthrough
from game.play.save_files import SLOTS, SaveError, SaveFiles
from game.story import Story


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE.html", help="the file to write; an older journal is replaced")
    which = parser.add_argument_group("which reading (default: the reading under way)")
    which.add_argument("--slot", type=int, metavar="N", help="the saved game in this place, 1 to 6")
    start_point.add_arguments(parser)
    start_point.add_take_argument(parser)
    add_language_argument(parser)


def run(options: argparse.Namespace) -> int:
    file: Path = options.file
    claim = check_html_output(file, GENERATOR, "a journal")
    story = load_in_language(options)
    playthrough = _find_playthrough(story, options)
    report_untranslated(story, playthrough.cut.id)
    maker = JournalBuilder(interface_words(story), read_assets("journal/journal.css"), desktop.data_uris, date.today)
    with status_line() as say:
        text = maker.render(playthrough, lambda done, of: say(f"painting picture {min(done + 1, of)} of {of}"))
    if write_output(claim, text):
        print(f"{file} ({len(text.encode()) / 1e6:.1f} MB)")
    return 0


def _find_playthrough(story: Story, options: argparse.Namespace) -> Playthrough:
    named = options.role is not None or options.cut != "full" or options.take or start_point.names_start(options)
    if options.slot is not None and named:
        raise UserError("--slot names a reading already: leave out --role, --cut, --at, --code and --take")
    if named:
        return follow_takes(start_point.start_playthrough(story, options), options.take)[-1]
    if options.slot is not None and options.slot not in SLOTS:
        raise UserError(f"--slot {options.slot}: there are places {SLOTS[0]} to {SLOTS[-1]}")
    saves = SaveFiles(FolderStore(saves_folder(story.pack)))
    with as_user_error(SaveError, OSError):
        found = saves.resume(story) if options.slot is None else saves.fetch(story, options.slot)
    if found is None:
        raise UserError("no reading is under way: play first, or use --slot, --code, or --role and --take")
    start_point.print_notes(story, found[1])
    return found[0]
