"""Which configuration a kiosk has, and the languages in which it may offer its story."""

from __future__ import annotations

import argparse
from contextlib import suppress
from functools import partial
from pathlib import Path

from game import resources
from game.commands.common import ready_folder, story_of
from game.commands.user_error import UserError
from game.core.glyphs import drawn
from game.core.paths import kiosk_file, kiosk_state_folder
from game.kiosk.config import last_good_config
from game.kiosk.config.config_reader import read_config
from game.kiosk.config.configuration import Config, ConfigErrors, KnownNames
from game.kiosk.config.languages import Languages
from game.kiosk.config.last_good_config import StartConfig, copy_path
from game.story import languages, load
from game.ui import i18n


def languages_of(options: argparse.Namespace) -> Languages:
    """The story of `--story`, and the languages that it can be read in. Raises UserError."""
    folder = options.story or resources.story_folder()
    worded = i18n.languages(resources.assets_folder() / "locale")
    return Languages(
        story_of(options), languages(folder), worded, lambda language: load(folder, ready_folder(), language)
    )


def configured(languages: Languages, file: Path | None, folders: bool = True) -> Config:
    """The configuration of a file, or the defaults, for this story. Raises UserError."""
    try:
        return read(languages, file, folders)
    except ConfigErrors as errors:
        raise UserError(str(errors)) from errors


def read(languages: Languages, file: Path | None, folders: bool = True) -> Config:
    """The configuration of a file, or the defaults, for this story; `folders`: whether those that it names are looked
    at. Raises ConfigErrors."""
    story = languages.own
    cuts = tuple(cut.id for cut in story.cuts.values() if not cut.both_roles)
    letters = drawn(resources.assets_folder() / "fonts" / "coverage.txt")
    known = KnownNames(tuple(story.roles), cuts, languages.tags, story.objects, letters, languages.lacks, folders)
    return read_config(file, known)


def begins_with(languages: Languages, options: argparse.Namespace) -> StartConfig:
    """What a kiosk begins with: on a desk what its file says, in a museum the last that was sound. Raises UserError."""
    if not options.windowed:
        with suppress(ConfigErrors):
            return last_good_config.start_config(place_of(options), copy_of_last(options), partial(read, languages))
    return last_good_config.StartConfig(configured(languages, file_of(options)))


def place_of(options: argparse.Namespace) -> Path:
    """Where the configuration is, or would be."""
    place: Path = options.config or kiosk_file()
    return place


def copy_of_last(options: argparse.Namespace) -> Path:
    """Where the last one that was sound is kept."""
    return copy_path(place_of(options), kiosk_state_folder())


def file_of(options: argparse.Namespace) -> Path | None:
    """The file to be read; None where none is named, and none is in the usual place. Raises UserError."""
    file = place_of(options)
    if file.exists():
        return file
    if options.config is not None:
        raise UserError(f"there is no file {file}: `weight-of-grain kiosk --example` prints one to begin with")
    return None
