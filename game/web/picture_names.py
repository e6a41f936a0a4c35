"""Picture names: the file names of painted pictures, and the choice of a picture for a page."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any

from game.play.page import Picture


def picture_name(picture: Picture) -> str:
    """Return a picture's name: its scene and a hash of its parameters, without its alt text."""
    params = json.dumps(sorted(picture.params.items()), ensure_ascii=False)
    return f"{picture.scene}-{hashlib.blake2b(params.encode(), digest_size=5).hexdigest()}"


class PaintedPictures:
    """The pictures of a site, by name.

    Random playthroughs find them, and can miss a rare picture. In its place, a page shows the picture of the same scene
    that has the most parameters in common with it. A map is replaced only by a map of the same places.
    """

    def __init__(self, pictures: Iterable[Picture]) -> None:
        self.by_name: Mapping[str, Picture] = {picture_name(picture): picture for picture in pictures}

    def name_for(self, picture: Picture | None) -> str:
        """Return the name of the picture to show for `picture`; "" if the site has none for it, or it is None."""
        if picture is None:
            return ""
        name = picture_name(picture)
        if name in self.by_name:
            return name
        wanted = set(picture.params.items())
        of_scene = [
            (name, painted)
            for name, painted in self.by_name.items()
            if painted.scene == picture.scene and painted.params.get("spots") == picture.params.get("spots")
        ]
        return max(of_scene, key=lambda found: len(wanted & set(found[1].params.items())), default=("",))[0]

    def to_json(self) -> list[dict[str, Any]]:
        """Return the pictures as JSON data, without their alt texts, which belong to the pages."""
        return [{"scene": picture.scene, "params": dict(picture.params)} for picture in self.by_name.values()]


def pictures_from_json(data: Any) -> PaintedPictures:
    """Return the pictures from the data of `to_json`. Raises LookupError or TypeError for other data."""
    return PaintedPictures(Picture(str(picture["scene"]), dict(picture["params"]), "") for picture in data)
