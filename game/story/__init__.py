"""A pack on disk -> Story. `load` gives a story or raises; `check` gives findings, and `advise` every finding.

Imports of YAML and pydantic wait until a pack is read.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from game.core.findings import Finding, StoryErrors
from game.story.model import Story
from game.story.pack_files import languages, read_pack_files, translation_folder

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence, Set

    from game.core.parameters import Scenes

__all__ = ["Finding", "Story", "StoryErrors", "advise", "check", "languages", "load"]


def load(folder: Path, cache: Path | None = None, language: str = "") -> Story:
    """The story of a folder, in one of the `languages` that it is translated into, or in its own.

    Raises StoryErrors, with every finding, where it cannot be played. With `cache`, a story that was loaded before
    from the same files is taken from that folder.
    """
    from game.story import cache as kept

    def anew() -> Story:
        from game.story import loader

        return loader.load(folder, language)

    if cache is None:
        return anew()
    key = kept.key_of(_files(folder, language))
    story = kept.recall(cache, key, anew, language)
    if story is None:
        story = anew()
        kept.keep(cache, key, story, language)
    return story


def _files(folder: Path, language: str) -> Iterator[tuple[str, bytes]]:
    yield from read_pack_files(folder)
    if language:
        yield language, b""
        yield from read_pack_files(translation_folder(folder, language))


def check(folder: Path, language: str = "") -> tuple[Story | None, Sequence[Finding]]:
    """The story of a folder (None where it cannot be played) and what is wrong with its parts, in the files' order."""
    from game.story import loader

    return loader.check(folder, language)


def advise(
    folder: Path, drawn: Set[str] | None = None, language: str = "", scenes: Scenes | None = None
) -> tuple[Story | None, Sequence[Finding]]:
    """`check`, and on a story that can be played also everything that its author would be glad to know; of one in a
    `language` that it is translated into, its translator.

    `drawn` are the characters that the fonts have; `scenes` are those that can be painted, each with its parameters,
    to which the pack's places are held. None: they are not looked at.
    """
    from game.story import loader

    return loader.advise(folder, drawn, language, scenes)
