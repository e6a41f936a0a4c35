"""Languages that a kiosk can offer: the story's own, and those with both a translation of the story and an
interface."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable

from game.story import StoryErrors
from game.story.model import Story


class Languages:
    """A story in its own language, and its translations. `interface` has the languages of the program's own words:
    translations into other languages are left out. `load` loads a translation when it is needed."""

    def __init__(
        self, own: Story, translated: Iterable[str], interface: Collection[str], load: Callable[[str], Story]
    ) -> None:  # fmt: skip
        self.own = own
        self.tags = (own.language, *(tag for tag in translated if tag in interface and tag != own.language))
        self._load = load
        self._stories = {own.language: own}

    def story(self, language: str) -> Story:
        """Return the story in one of the languages. Raises StoryErrors if the translation is invalid."""
        if language not in self._stories:
            self._stories[language] = self._load(language)
        return self._stories[language]

    def why_unavailable(self, language: str, cut: str) -> str:
        """Return why a cut cannot be read in a language; "" if it can."""
        try:
            story = self.story(language)
        except StoryErrors as errors:
            return f"the translation into `{language}` is not sound: {errors}"
        place = story.original_in(story.cuts[cut])
        return f"the cut `{cut}` is not whole in `{language}`, first at {place}" if place else ""
