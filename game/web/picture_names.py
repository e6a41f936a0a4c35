"""Picture names: the file name of a painted picture, from its scene and parameters."""

from __future__ import annotations

import hashlib
import json

from game.play.page import Picture


def picture_name(picture: Picture) -> str:
    """The scene and a hash of the parameters; the same for equal pictures, whatever their alt texts."""
    params = json.dumps(sorted(picture.params.items()), ensure_ascii=False)
    return f"{picture.scene}-{hashlib.blake2b(params.encode(), digest_size=5).hexdigest()}"
