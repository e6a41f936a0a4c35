"""Site data: the story for the worker, as text files that the site maker writes and the browser reads."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import NoReturn

from game import __version__
from game.core.values import frozen
from game.credits import Credit
from game.story.model import Story
from game.story.story_json import from_lines, to_lines
from game.ui.editions import Edition, edition_from_json, edition_to_json
from game.ui.i18n import Catalogue, catalogue_for
from game.web.picture_names import PaintedPictures, pictures_from_json

FRAME = "site.json"
INSTEAD = {  # a key of the words for a window -> that of the words for a browser
    "controls.keyboard": "web.controls.keyboard",
    "controls.keyboard.more": "web.controls.keyboard.more",
    "journal.where": "web.journal.where",
    "look.hint": "web.look.hint",
    "look.back.hint": "web.look.back.hint",
}


@frozen
class SiteContents:
    """The content of a site besides its program."""

    stories: Mapping[str, Story]  # by language, the site's own first
    editions: Sequence[Edition]  # one for each language that a reader can choose
    pictures: PaintedPictures
    credits: Sequence[Credit]


def data_files(contents: SiteContents) -> dict[str, str]:
    """Return the texts of the site's data files, by file name."""
    frame = {
        "languages": list(contents.stories),
        "editions": list(map(edition_to_json, contents.editions)),
        "pictures": contents.pictures.to_json(),
        "credits": list(map(asdict, contents.credits)),
    }
    stories = {_story_file(language): to_lines(story, __version__) for language, story in contents.stories.items()}
    return {FRAME: json.dumps(frame, ensure_ascii=False), **stories}


class SiteData:
    """Reads a site's data from a folder. `locale` is the folder of the interface's catalogues. Raises OSError,
    ValueError, LookupError or TypeError if files are missing or damaged."""

    def __init__(self, folder: Path, locale: Path) -> None:
        self._folder, self._locale = folder, locale
        frame = json.loads((folder / FRAME).read_text(encoding="utf-8"))
        self.languages: tuple[str, ...] = tuple(frame["languages"])
        self.editions = tuple(map(edition_from_json, frame["editions"]))
        self.pictures = pictures_from_json(frame["pictures"])
        self.credits = tuple(Credit(**credit) for credit in frame["credits"])

    def language_for(self, wanted: Iterable[str]) -> str:
        """Return the site's language that fits the first possible tag in `wanted`; if no tag fits, the site's own
        language. Only the parts before `-` are compared: `zh-CN` and `zh` get `zh-Hans`."""
        for tag in wanted:
            for language in self.languages:
                if tag and tag.split("-")[0].casefold() == language.split("-")[0].casefold():
                    return language
        return self.languages[0]

    def load(self, language: str) -> tuple[Story, Catalogue]:
        """Return the story and the interface's words in a language. Raises ValueError if another version made the
        site."""
        lines = (self._folder / _story_file(language)).read_bytes()
        story = from_lines(lines, __version__, _damaged)
        if story is None:
            raise ValueError("the story is of another version than the program")
        return story, browser_words(self._locale, story)


def browser_words(locale: Path, story: Story) -> Catalogue:
    """Return the interface's words for a browser: a few of them, in INSTEAD, differ from those for a window."""
    return catalogue_for(locale, story).but(INSTEAD)


def _story_file(language: str) -> str:
    return f"story-{language}.json"


def _damaged(chapter: str, node: str) -> NoReturn:
    raise ValueError(f"the page {chapter}.{node} is damaged")
