"""`--language`: load the story in the language that is named, or in the one that was read last."""

from __future__ import annotations

import argparse
from contextlib import suppress
from pathlib import Path

from game import resources
from game.commands.support.common import load_story
from game.commands.support.user_error import UserError
from game.story import Story, languages


def add_language_argument(parser: argparse.ArgumentParser) -> None:
    """Add --language, of a command that reads."""
    parser.add_argument("--language", metavar="TAG", help="read in this language (else the one that was read last)")


def load_in_language(options: argparse.Namespace, stored: str = "") -> Story:
    """Load the story in the language of --language, or else in the `stored` one where the pack can be read in it.

    Raises:
        UserError: as `load_story`; also where --language names a language that the story is not in.
    """
    folder: Path = options.story or resources.story_folder()
    if options.language is None:
        if stored in languages(folder):
            with suppress(UserError):  # a translation that was broken since keeps nobody from the story
                return load_story(options, stored)
        return load_story(options)
    if options.language in languages(folder):
        return load_story(options, options.language)
    story = load_story(options)
    return story if story.language == options.language else load_story(options, options.language)
