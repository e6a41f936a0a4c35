"""The picture of a page: a scene or an image of the pack, as it is at one point of a story."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field

from game.core.values import frozen
from game.lang.expressions import Expression, State
from game.lang.typecheck import Value
from game.play.text_eval import paragraphs
from game.story.model import Node, Story
from game.story.places import IMAGE, NO_SCENE, Place, Sound


@frozen
class Picture:
    """A picture to paint: the painter's scene, its parameters, and the alternative text.

    An image file of the pack has the scene `image`, and its maker in `credit`. `sound` is the pack's own sound for the
    place. `credit`, `folder` and `sound` are not compared, saved or sent.
    """

    scene: str
    params: Mapping[str, Value] = field(default_factory=dict)
    alt: str = ""
    credit: str = field(default="", compare=False)
    folder: str = field(default="", compare=False)
    sound: Sound | None = field(default=None, compare=False)

    @property
    def painted(self) -> Mapping[str, Value]:
        """The parameters for the painter; for an image, also the pack's folder."""
        return {**self.params, "folder": self.folder} if self.scene == IMAGE else self.params


def picture_of(node: Node | None, place: Place | None, story: Story, state: State) -> Picture | None:
    """Return the picture of a page in a state: its own image, else the picture of its place; None without either."""
    own = node if node is not None and node.image is not None else place
    if own is None:
        return None
    alt = " ".join(paragraph.text for paragraph in paragraphs(own.alt, story, state))
    sound = place.sound if place is not None else None
    if (image := own.image) is not None:
        shown: Mapping[str, Value] = {"file": image.file, "x": image.x, "y": image.y}
        return Picture(IMAGE, shown, alt, image.credit, story.folder, sound)
    if isinstance(own, Node) or own.scene == NO_SCENE:
        return None
    params = {name: value(state) if isinstance(value, Expression) else value for name, value in own.params.items()}
    return Picture(own.scene, params, alt, sound=sound)
