"""`shots`: draw pages as PNG files, without a screen."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random

from game.commands.support import start_point
from game.commands.support.common import (
    add_language_argument,
    follow_takes,
    load_in_language,
    load_story,
    number_parser,
    parse_size,
    report_untranslated,
)
from game.commands.support.output_checks import add_replace_argument, refusal_error
from game.commands.support.user_error import UserError
from game.core.file_output import OutputRefused
from game.core.streams import output_error
from game.desktop import api as desktop
from game.desktop.errors import WindowError
from game.kiosk.app import offer_of
from game.kiosk.config.configuration import Config, default_cut
from game.play import Playthrough
from game.story import Story
from game.ui.kiosk_state import KioskOffer
from game.ui.settings import DEFAULT, KIOSK_TEXT_SCALE
from game.web.reachable_pictures import READINGS, read_at_random


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("folder", type=Path, metavar="DIR", help="the folder for the pictures")
    start_point.add_arguments(parser)
    start_point.add_take_argument(parser)
    parser.add_argument("--size", type=parse_size, default=(1920, 1080), metavar="WxH", help="1920x1080")
    scale = number_parser(85, 200, "a text scale", "a number from 85 to 200")
    parser.add_argument("--text-scale", type=scale, metavar="PERCENT", help="85 to 200 (100; for a kiosk 120)")
    parser.add_argument("--theme", choices=("paper", "night", "contrast"), default="paper")
    add_language_argument(parser)
    parser.add_argument(
        "--kiosk",
        action="store_true",
        help="draw a museum's screens, on a visit of the cut `kiosk`, or else the first one; numbers are invented",
    )
    parser.add_argument(
        "--every-page", action="store_true",
        help="draw every page that readers of --cut and --role can meet, each once, and nothing else",
    )  # fmt: skip
    add_replace_argument(parser)


def run(options: argparse.Namespace) -> int:
    story = load_in_language(options)
    in_kiosk = options.kiosk and options.cut == "full"
    if in_kiosk and options.code is None and options.save_file is None:  # a share code names its own cut
        options.cut = _kiosk_cut(story)
    first = start_point.start_playthrough(story, options)
    line = _every_page(first) if options.every_page else follow_takes(first, options.take)
    if in_kiosk:
        options.cut = _kiosk_cut(story)
    if options.kiosk and not options.take and not options.every_page:
        line = _first_choices_to_end(line[-1])
    report_untranslated(story, line[-1].cut.id)
    offer = _default_offer(story, options) if options.kiosk else None
    scale = options.text_scale or (KIOSK_TEXT_SCALE if options.kiosk else DEFAULT.text_scale)
    with _drawing_errors_as_user_errors(options.folder):
        for file in desktop.draw_shots(
            story, line, options.folder, options.size, scale, options.theme, offer, options.replace, options.every_page
        ):
            print(file, flush=True)
    return 0


def _every_page(first: Playthrough) -> list[Playthrough]:
    """Play on READINGS times, each time from `first`, with random choices. For each page that was met, return the
    playthrough at this page in which the page has the most text. The pages are in story order."""
    chance, longest = Random(0), dict[str, tuple[int, Playthrough]]()
    for _ in range(READINGS):
        for at in read_at_random(first, chance).history:
            node, length = at.page.node, sum(len(paragraph.text) for paragraph in at.page.paragraphs)
            if node is not None and (node not in longest or length > longest[node][0]):
                longest[node] = length, at
    order = {id: number for number, id in enumerate(first.story.nodes)}
    return [longest[node][1] for node in sorted(longest, key=order.__getitem__)]


def _kiosk_cut(story: Story) -> str:
    return default_cut([cut.id for cut in story.cuts.values() if not cut.both_roles])


def _default_offer(story: Story, options: argparse.Namespace) -> KioskOffer:
    """Return what a kiosk offers if nothing is configured. If `story` is a translation, the original is offered too."""
    own = load_story(options)
    stories = [story] if own.language == story.language else [story, own]
    return offer_of(stories, Config(cut=options.cut, longer_cut="full" if "full" in story.cuts else ""), own)


def _first_choices_to_end(p: Playthrough) -> list[Playthrough]:
    line = [p]
    while not line[-1].over:
        line.append(line[-1].choose(line[-1].page.choices[0].id))
    return line


@contextmanager
def _drawing_errors_as_user_errors(folder: Path) -> Iterator[None]:
    try:
        yield
    except WindowError as error:
        raise UserError(str(error)) from error
    except OutputRefused as error:
        raise refusal_error(error, can_insist=True) from error
    except BrokenPipeError:
        raise  # nobody reads the names any more; the folder is all right
    except OSError as error:
        if output_error() is not None:
            raise  # the names cannot be printed; the folder is all right
        raise UserError(f"{folder} takes no pictures: {error.strerror or error}") from error
