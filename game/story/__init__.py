"""A pack on disk -> Story. `load` gives a story or raises; `check` gives a story and its findings.

YAML and pydantic are imported when a pack is read: a story that is kept ready needs neither.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from game.core.findings import Finding, StoryErrors
from game.story import cache as story_cache
from game.story.model import Story
from game.story.pack_files import languages, read_pack_files, translation_folder

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

__all__ = ["Finding", "Story", "StoryErrors", "check", "languages", "load"]


def load(folder: str | Path, cache: Path | None = None, language: str = "") -> Story:
    """The story of a folder, in one of the `languages` that it is translated into, or in its own.

    Raises StoryErrors, with every finding, where it cannot be played. With `cache`, a story that was loaded before
    from the same files is taken from that folder.
    """
    folder = Path(folder)

    def anew() -> Story:
        from game.story import loader  # it brings YAML and pydantic, which a story that is kept ready does not need

        return loader.load(folder, language)

    if cache is None:
        return anew()
    key = story_cache.cache_key(_files(folder, language))
    story = story_cache.read(cache, key, anew, language)
    if story is None:
        story = anew()
        story_cache.write(cache, key, story, language)
    return story


def _files(folder: Path, language: str) -> Iterator[tuple[str, bytes]]:
    yield from read_pack_files(folder)
    if language:
        yield language, b""
        yield from read_pack_files(translation_folder(folder, language))


def check(folder: str | Path, language: str = "") -> tuple[Story | None, Sequence[Finding]]:
    """The story of a folder (None where it cannot be played) and what is wrong with its parts, in the files' order."""
    from game.story import loader  # as above

    return loader.check(Path(folder), language)
