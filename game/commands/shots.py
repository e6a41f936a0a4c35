"""`shots`: pages as pictures, without a screen."""

from __future__ import annotations

import argparse
from pathlib import Path

from game.commands import place
from game.commands.common import UserError, percent, reading, size, story_of, taken

HELP = "Draw pages to PNG without a screen."


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("folder", type=Path, metavar="DIR", help="where the pictures go")
    reading(parser)
    place.argument(parser)
    parser.add_argument("--take", default="", metavar="IDS", help="choice ids with commas, `continue` may be left out")
    parser.add_argument("--size", type=size, default=(1920, 1080), metavar="WxH", help="1920x1080")
    parser.add_argument("--text-scale", type=percent, default=100, metavar="PERCENT", help="100 to 200")
    parser.add_argument("--theme", choices=("paper", "night", "contrast"), default="paper")


def run(options: argparse.Namespace) -> int:
    story = story_of(options)
    line = taken(place.standing(story, options), options.take)
    from game import window

    try:
        for file in window.draw_shots(story, line, options.folder, options.size, options.text_scale, options.theme):
            print(file, flush=True)
    except window.WindowError as error:
        raise UserError(str(error)) from error
    except BrokenPipeError:
        raise  # nobody reads the names any more, which says nothing of the folder
    except OSError as error:
        raise UserError(f"{options.folder} takes no pictures: {error.strerror or error}") from error
    return 0
