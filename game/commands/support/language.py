"""Language: `--language` loads the story in the named language, or in the language that was read last."""

from __future__ import annotations

import argparse
from contextlib import suppress
from pathlib import Path

from game import resources
from game.commands.support.common import load_story
from game.commands.support.user_error import UserError
from game.story import Story, languages


def add_language_argument(parser: argparse.ArgumentParser) -> None:
    """Add the option --language, for a command that reads the story."""
    parser.add_argument("--language", metavar="TAG", help="read in this language (else the one that was read last)")


def load_in_language(options: argparse.Namespace, stored: str = "") -> Story:
    """Load the story in the language of --language. Without that, load it in the `stored` language, if the pack has it.
    Raises UserError as `load_story` does, and if the story is not in the language of --language."""
    folder: Path = options.story or resources.story_folder()
    if options.language is None:
        if stored in languages(folder):
            with suppress(UserError):  # a broken translation must not stop the start
                return load_story(options, stored)
        return load_story(options)
    if options.language in languages(folder):
        return load_story(options, options.language)
    story = load_story(options)
    return story if story.language == options.language else load_story(options, options.language)
