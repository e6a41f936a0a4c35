"""Editions: the languages in which a story can be read, each with its completely translated cuts (lengths)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from game.core.values import frozen

if TYPE_CHECKING:
    from game.story.model import Story
    from game.ui.i18n import Catalogue

FINE_MINUTES = 10  # up to so many, minutes are shown as they are; more are rounded to COARSE_STEP
COARSE_STEP = 5


@frozen
class Edition:
    """The story in one language.

    Attributes:
        minutes: cut id -> role id -> about how many minutes the cut takes in that role. The longest cut stands first.
            A cut that is not completely translated, or in which a reader reads both roles, is left out.
    """

    language: str
    name: str
    minutes: Mapping[str, Mapping[str, int]]

    def minutes_of(self, cut: str) -> int:
        """Return about how many minutes a cut takes with the longest role; 0 if the cut is not known."""
        longest = max(self.minutes.get(cut, {}).values(), default=0)
        return longest if longest <= FINE_MINUTES else COARSE_STEP * round(longest / COARSE_STEP)


@frozen
class Library:
    """Finds and loads the editions of one story.

    `kept` has the editions that an earlier start of the program stored; None if there are none. `find` returns all
    editions, the story's own language first; it can last a second. `load` takes a language's tag.
    """

    kept: tuple[Edition, ...] | None
    find: Callable[[], tuple[Edition, ...]]
    load: Callable[[str], tuple[Story, Catalogue]]


def edition_to_json(edition: Edition) -> dict[str, Any]:
    cuts = [[cut, dict(roles)] for cut, roles in edition.minutes.items()]
    return {"language": edition.language, "name": edition.name, "cuts": cuts}


def edition_from_json(data: Any) -> Edition:
    """Return the edition in a JSON object. Raises ValueError, LookupError or TypeError if it holds no edition."""
    minutes = {str(cut): {str(role): int(n) for role, n in roles.items()} for cut, roles in data["cuts"]}
    return Edition(str(data["language"]), str(data["name"]), minutes)
