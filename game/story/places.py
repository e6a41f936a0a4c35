"""Places of a story, with their pictures, the map that they lie on, and the picture that invites to a kiosk."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import field
from hashlib import blake2b

from game.core.values import frozen
from game.lang.expressions import Expression
from game.lang.markup import Passage
from game.lang.typecheck import Value

NO_SCENE = "none"  # the scene of a place without a picture
IMAGE = "image"  # the painter's scene that shows a file of the pack


@frozen
class Image:
    """A picture file of the pack, by its path below the pack's folder; and who made it.

    `x` and `y` are the point that must stay in sight when it is cropped, in hundredths of its width and height.
    """

    file: str
    credit: str = ""
    x: int = 50
    y: int = 50


@frozen
class Sound:
    """A sound file of the pack, heard at a place as a loop: its path below the pack's folder, and who made it."""

    file: str
    credit: str = ""

    @property
    def name(self) -> str:
        """The sound's name among all sounds: `pack-` and a hash of `file`."""
        return f"pack-{blake2b(self.file.encode(), digest_size=5).hexdigest()}"


@frozen
class Place:
    """A place of chapters and pages, with its picture. `PlaceShape` explains its fields."""

    id: str
    name: str
    scene: str
    params: Mapping[str, Expression | Value] = field(default_factory=dict)
    alt: tuple[Passage, ...] = ()
    spot: str | None = None
    image: Image | None = None
    sound: Sound | None = None


def sounds_of(places: Iterable[Place]) -> dict[str, Sound]:
    """Return the sounds of places by their names. Places with the same file share one sound."""
    return {place.sound.name: place.sound for place in places if place.sound is not None}


def credits_of(media: Iterable[Image | Sound | None]) -> tuple[str, ...]:
    """Return the makers of pictures or sounds (`credit`), each once, in the order of `media`."""
    return tuple(dict.fromkeys(file.credit for file in media if file is not None and file.credit))


@frozen
class Spot:
    """A place on the map. `at` is its position from the left and from the top, each from 0 to 1."""

    id: str
    name: str
    at: tuple[float, float]


@frozen
class Invitation:
    """An idle kiosk's picture for passers-by. `InvitationShape` explains its fields."""

    scene: str
    stages: tuple[Mapping[str, Value], ...]
    title: int | None = None
