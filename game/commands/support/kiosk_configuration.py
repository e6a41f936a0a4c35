"""Kiosk configuration: finds and reads the file, and finds the languages in which the kiosk can offer its story."""

from __future__ import annotations

import argparse
from contextlib import suppress
from functools import partial
from pathlib import Path

from game import resources
from game.commands.support.common import load_story, read_assets, story_cache_folder
from game.commands.support.user_error import UserError, as_user_error
from game.core.glyphs import read_glyphs
from game.core.paths import kiosk_file, kiosk_state_folder
from game.kiosk.config import last_good_config
from game.kiosk.config.config_schema import read_config
from game.kiosk.config.configuration import Config, ConfigErrors, KnownNames
from game.kiosk.config.example import example
from game.kiosk.config.languages import Languages
from game.kiosk.config.last_good_config import StartConfig, copy_path
from game.story import languages, load
from game.ui import i18n


def load_languages(options: argparse.Namespace) -> Languages:
    """Return the story of `--story` with its languages. Raises UserError if the story has errors."""
    folder = options.story or resources.story_folder()
    worded = i18n.languages(resources.assets_folder() / "locale")
    return Languages(
        load_story(options), languages(folder), worded, lambda language: load(folder, story_cache_folder(), language)
    )


def load_config(languages: Languages, file: Path | None, folders: bool = True) -> Config:
    """Read a configuration file as `read_config_file` does, but raise UserError if the file is invalid."""
    with as_user_error(ConfigErrors):
        return read_config_file(languages, file, folders)


def read_config_file(languages: Languages, file: Path | None, folders: bool = True) -> Config:
    """Read a configuration file, and check it against this story. Without a file, return the defaults. With `folders`,
    the folders that it names must be writable. Raises ConfigErrors if the file is invalid."""
    return read_config(file, _known_names(languages, folders))


def _known_names(languages: Languages, folders: bool) -> KnownNames:
    story = languages.own
    cuts = tuple(cut.id for cut in story.cuts.values() if not cut.both_roles)
    letters = read_glyphs(resources.assets_folder() / "fonts" / "coverage.txt")
    return KnownNames(
        tuple(story.roles), cuts, languages.tags, story.objects, letters, languages.why_unavailable, folders
    )


def example_config(languages: Languages) -> str:
    """Return a configuration for this story as text: every key with its default, and a comment that explains it."""
    story, known = languages.own, _known_names(languages, folders=False)
    short = story.objects_in(known.default_cut) if known.default_cut in story.cuts else ()
    return example(read_assets("kiosk/kiosk.yaml"), story.title, known, short)


def start_config(languages: Languages, options: argparse.Namespace) -> StartConfig:
    """Return the configuration to start with: the file's, or if the file is invalid the last valid one. With
    --windowed, only the file's configuration is used. Raises UserError if there is no valid configuration."""
    if not options.windowed:
        with suppress(ConfigErrors):
            return last_good_config.start_config(
                config_path(options), last_good_copy(options), partial(read_config_file, languages)
            )
    return last_good_config.StartConfig(load_config(languages, existing_config(options)))


def config_path(options: argparse.Namespace) -> Path:
    """Return the path of the configuration. It need not exist."""
    place: Path = options.config or kiosk_file()
    return place


def last_good_copy(options: argparse.Namespace) -> Path:
    """Return the path of the copy of the last valid configuration."""
    return copy_path(config_path(options), kiosk_state_folder())


def existing_config(options: argparse.Namespace) -> Path | None:
    """Return the configuration file to read, or None if there is none. Raises UserError if the named one is missing."""
    file = config_path(options)
    if file.exists():
        return file
    if options.config is not None:
        raise UserError(f"there is no file {file}: `weight-of-grain kiosk --example` prints an example")
    return None
