"""Load stories: `load` turns a pack on disk into a Story or raises; `check` returns the story and its findings.

The loader is imported on first use: with YAML and pydantic it takes 0.8 s, which a cached story saves.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from game.core.findings import Finding, StoryErrors
from game.story import cache as story_cache
from game.story.model import Story
from game.story.pack_files import languages, read_pack_files, translation_folder

__all__ = ["Finding", "Story", "StoryErrors", "check", "languages", "load"]


def load(folder: str | Path, cache: Path | None = None, language: str = "") -> Story:
    """Load the story of a pack, or raise StoryErrors with every finding if it cannot be played.

    `cache` is a folder for loaded stories; a story whose files are unchanged is read from it. `language` is one of the
    pack's `languages`, or "" for the language that the pack is written in.
    """
    folder = Path(folder)

    def load_pack() -> Story:
        from game.story import loader  # takes 0.8 s, see above

        return loader.load(folder, language)

    story = None
    if cache is not None:
        key = story_cache.cache_key(_files(folder, language))
        story = story_cache.read(cache, key, load_pack, language)
    if story is None:
        story = load_pack()
        if cache is not None:
            story_cache.write(cache, key, story, language)
    return replace(story, folder=str(folder.resolve()))


def _files(folder: Path, language: str) -> Iterator[tuple[str, bytes]]:
    yield from read_pack_files(folder)
    if language:
        yield language, b""
        yield from read_pack_files(translation_folder(folder, language))


def check(folder: str | Path, language: str = "") -> tuple[Story | None, Sequence[Finding]]:
    """Load and check a pack, with `language` as for `load`.

    Return the story (None if it cannot be played) and all findings, sorted by file and place.
    """
    from game.story import loader  # takes 0.8 s, see above

    return loader.check(Path(folder), language)
