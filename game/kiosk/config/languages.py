"""The languages in which a kiosk can have its story: its own, and those of translations the interface has words for."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable

from game.story import StoryErrors
from game.story.model import Story


class Languages:
    """A story in its own language, and in each that it is `translated` into and the interface is `worded` in.

    `load` gives the story in a translation's language, and raises StoryErrors where that is not sound.
    """

    def __init__(
        self, own: Story, translated: Iterable[str], worded: Collection[str], load: Callable[[str], Story]
    ) -> None:  # fmt: skip
        self.own = own
        self.tags = (own.language, *(tag for tag in translated if tag in worded and tag != own.language))
        self._load = load
        self._stories = {own.language: own}

    def story(self, language: str) -> Story:
        """The story in one of the languages. Raises StoryErrors."""
        if language not in self._stories:
            self._stories[language] = self._load(language)
        return self._stories[language]

    def lacks(self, language: str, cut: str) -> str:
        """What keeps visitors of a cut from reading in a language; nothing where they can."""
        try:
            story = self.story(language)
        except StoryErrors as errors:
            return f"the translation into `{language}` is not sound: {errors}"
        place = story.original_in(story.cuts[cut])
        return f"the cut `{cut}` is not whole in `{language}`, first at {place}" if place else ""
