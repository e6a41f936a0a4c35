"""Editions: the languages and lengths in which a story can be read, kept from one start to the next.

To find them takes a second or more: every translation is loaded, and every cut played several times. So the result is
kept as a small file in the cache folder until a file of the pack changes.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path

from game import __version__, resources
from game.commands.support.common import load_story, story_cache_folder
from game.core.files import read_json, write_atomic
from game.core.paths import NoHome, data_folder
from game.core.stores import FolderStore
from game.desktop import api as desktop
from game.story import Story, StoryErrors, languages, load
from game.story.model import Cut
from game.story.pack_files import translation_folder, yaml_files
from game.ui import i18n
from game.ui.editions import Edition, Library, edition_from_json, edition_to_json
from game.ui.i18n import Catalogue, catalogue_for
from game.ui.settings import SettingsFile

FORMAT = 1
FILE = "editions.json"
LARGEST = 100_000  # bytes; a larger file is not read
# As gettext reads them: the first that is set holds. The first one is a list.
VARIABLES = ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")


def find_editions(folder: Path, story: Story) -> tuple[Edition, ...]:
    """Return a pack's editions, its own language first, from the cache if possible. `story` may be a translation."""
    kept = kept_editions(folder)
    if kept is not None:
        return kept
    cache, key = story_cache_folder(), _key(folder)
    found = _measured(folder, story, cache)
    if cache is not None:
        with suppress(OSError):
            data = {"key": key, "editions": list(map(edition_to_json, found))}
            write_atomic(cache / FILE, json.dumps(data), private=True)
    return found


def kept_editions(folder: Path) -> tuple[Edition, ...] | None:
    """Return the editions in the cache. None if the cache has none, or a file of the pack has changed since."""
    cache = story_cache_folder()
    if cache is None:
        return None
    try:
        kept = read_json(cache / FILE, LARGEST)
        return tuple(map(edition_from_json, kept["editions"])) if kept["key"] == _key(folder) else None
    except (OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return None  # there are none yet, or the file is damaged


def library_of(folder: Path, story: Story) -> Library:
    """Return a pack's library: its cached editions, and the functions that find and load editions."""

    def load_edition(language: str) -> tuple[Story, Catalogue]:
        story = load(folder, story_cache_folder(), language if language in languages(folder) else "")
        return story, catalogue_for(resources.assets_folder() / "locale", story, language)

    return Library(kept_editions(folder), lambda: find_editions(folder, story), load_edition)


def translations_of(folder: Path, story: Story, cut: str) -> tuple[tuple[Story, Catalogue], ...]:
    """Return the pack in each language into which all of a cut (a length) is translated, with the interface's texts in
    that language. The language of `story` is left out."""
    locale, found = resources.assets_folder() / "locale", []
    wanted = {*i18n.languages(locale)} - {story.language}
    for language in ("", *languages(folder)):
        with suppress(StoryErrors):  # a broken translation is not offered; `check` says why
            other = load(folder, story_cache_folder(), language)
            if other.language in wanted and other.original_in(other.cuts[cut]) is None:
                found.append((other, catalogue_for(locale, other)))
    return tuple(found)


def _measured(folder: Path, story: Story, cache: Path | None) -> tuple[Edition, ...]:
    from game.documents.guide.reading_times import estimate_minutes  # 48 ms, which a later start need not spend

    locale = resources.assets_folder() / "locale"
    own = load(folder, cache) if story.language in languages(folder) else story
    # Of cuts with the same chapters in the same form, the first is offered.
    alone = dict[tuple[frozenset[str], bool, bool], Cut]()
    for cut in (cut for cut in own.cuts.values() if not cut.both_roles):
        alone.setdefault((cut.chapters or frozenset(own.chapters), cut.brief, cut.brief_lines), cut)
    minutes = {cut.id: {role: estimate_minutes(own, role, cut) for role in own.roles} for cut in alone.values()}
    longest_first = sorted(minutes, key=lambda cut: -max(minutes[cut].values()))
    found = [_edition(own, locale, {cut: minutes[cut] for cut in longest_first})]
    with_words = {*i18n.languages(locale)} - {own.language}
    for language in filter(with_words.__contains__, languages(folder)):
        with suppress(StoryErrors):  # a broken translation is not offered; `check` says why
            translated = load(folder, cache, language)
            whole = [cut for cut in longest_first if translated.original_in(own.cuts[cut]) is None]
            if whole:
                found.append(_edition(translated, locale, {cut: minutes[cut] for cut in whole}))
    return tuple(found)


def _edition(story: Story, locale: Path, minutes: Mapping[str, Mapping[str, int]]) -> Edition:
    return Edition(story.language, catalogue_for(locale, story)("language.name"), minutes)


def _key(folder: Path) -> str:
    """Return a hash of the program's version and of the names, sizes and times of all YAML files of the pack."""
    hashed = hashlib.sha256(f"{__version__} {FORMAT} {folder.resolve()}".encode())
    for path in _files(folder):
        found = path.stat()
        hashed.update(f"\0{path}\0{found.st_size}\0{found.st_mtime_ns}".encode())
    return hashed.hexdigest()


def _files(folder: Path) -> Iterable[Path]:
    yield from yaml_files(folder)
    for language in languages(folder):
        yield from yaml_files(translation_folder(folder, language))


def first_language(options: argparse.Namespace) -> str:
    """Return the tag of the language to begin in: the one that was read last; else the best of the system's languages
    into which every length of `--story` is translated. "" for the story's own."""
    if stored := stored_language():
        return stored
    folder, preferred = options.story or resources.story_folder(), system_languages()
    if not best_language(preferred, languages(folder)):
        return ""
    editions = kept_editions(folder) or find_editions(folder, load_story(options))
    whole = [edition.language for edition in editions if edition.minutes.keys() == editions[0].minutes.keys()]
    return best_language(preferred, whole)


def stored_language() -> str:
    """Return the tag of the language that was read last; "" if none is stored."""
    try:
        return SettingsFile(FolderStore(data_folder())).read().language
    except NoHome:
        return ""


def system_languages(environment: Mapping[str, str] = os.environ) -> tuple[str, ...]:
    """Return the preferred languages, best first, as ("zh-CN", "fr"): the environment's, or else SDL's."""
    value = next(filter(None, map(environment.get, VARIABLES)), "")
    if value:
        return tuple(part.partition(".")[0].replace("_", "-") for part in value.split(":") if part)
    return desktop.sdl_languages()


def best_language(preferred: Iterable[str], offered: Iterable[str]) -> str:
    """Find the first `preferred` tag whose language is offered. Return this tag if it is offered, else the first
    offered tag of its language (`en-GB` for `en`). Return "" if there is none."""
    offered = list(offered)
    for tag in preferred:
        alike = [other for other in offered if _language(other) == _language(tag)]
        if alike:
            return tag if tag in alike else alike[0]
    return ""


def _language(tag: str) -> str:
    return tag.partition("-")[0].casefold()
