"""Picture names: the file names of painted pictures, and which of them a page is shown."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any

from game.play.page import Picture


def picture_name(picture: Picture) -> str:
    """The scene and a hash of the parameters; the same for equal pictures, whatever their alt texts."""
    params = json.dumps(sorted(picture.params.items()), ensure_ascii=False)
    return f"{picture.scene}-{hashlib.blake2b(params.encode(), digest_size=5).hexdigest()}"


class PaintedPictures:
    """The pictures that a site has.

    They are found by playing, which may miss one that hardly any reading comes to: such a page is shown the one of the
    same scene that has most in common with it; of a map only where that shows the same places.
    """

    def __init__(self, pictures: Iterable[Picture]) -> None:
        self.by_name: Mapping[str, Picture] = {picture_name(picture): picture for picture in pictures}

    def name_for(self, picture: Picture | None) -> str:
        """The name of the picture that is shown for this one; "" where there is none of its scene."""
        if picture is None:
            return ""
        name = picture_name(picture)
        if name in self.by_name:
            return name
        wanted = set(picture.params.items())
        of_scene = [
            (name, one)
            for name, one in self.by_name.items()
            if one.scene == picture.scene and one.params.get("spots") == picture.params.get("spots")
        ]
        return max(of_scene, key=lambda found: len(wanted & set(found[1].params.items())), default=("",))[0]

    def to_json(self) -> list[dict[str, Any]]:
        """The pictures without their alt texts, which are the pages'."""
        return [{"scene": one.scene, "params": dict(one.params)} for one in self.by_name.values()]


def pictures_from_json(data: Any) -> PaintedPictures:
    """What `to_json` gave. Raises LookupError or TypeError where it is something else."""
    return PaintedPictures(Picture(str(one["scene"]), dict(one["params"]), "") for one in data)
