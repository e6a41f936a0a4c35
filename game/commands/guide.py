"""`guide`: write the teacher's pack, the material with which a teacher prepares a class, as one HTML file."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping
from pathlib import Path

from game.commands.support.common import (
    add_language_argument,
    interface_words,
    load_in_language,
    read_assets,
    status_line,
)
from game.commands.support.output_checks import check_html_output, write_output
from game.core.streams import print_error
from game.desktop import api as desktop
from game.documents.guide import GENERATOR, GuidePicture, chapter_pictures, measure_reading_times, render_guide
from game.explore.explorer import ExplorationStatus
from game.story.model import Story


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE.html", help="the file to write; an older pack is replaced")
    add_language_argument(parser)


def run(options: argparse.Namespace) -> int:
    file: Path = options.file
    claim = check_html_output(file, GENERATOR, "a teacher's pack")
    story = load_in_language(options)
    if (place := story.untranslated.get("guide")) is not None:
        print_error(f"the pack is not whole in {story.language}: {place} is not translated, and stands there as it was")
    with status_line() as say:

        def of(name: str) -> Callable[[ExplorationStatus], None]:
            return lambda at: say(
                f"measuring {name}: {at.chapter}, {at.states:,} states, about {at.states_left:,} to come"
            )

        measured = measure_reading_times(story, of)
        say("painting its pictures")
        pictures = _pictures(story)
    text = render_guide(story, interface_words(story), read_assets("guide/guide.css"), measured, pictures)
    if write_output(claim, text):
        print(file)
    return 0


def _pictures(story: Story) -> Mapping[str, GuidePicture]:
    parts = story.guide.parts if story.guide is not None else ()
    found = chapter_pictures(story, (part.picture for part in parts if part.picture))
    painted = zip(found.items(), desktop.data_uris(found.values()), strict=True)
    return {id: GuidePicture(uri, picture.alt, picture.credit) for (id, picture), uri in painted}
