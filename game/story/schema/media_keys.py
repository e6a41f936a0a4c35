"""The values of `image`, `focus` and `sound`, for places and pages."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BeforeValidator, Field
from pydantic_core import PydanticCustomError

# A file below the pack, with a slash between folders and none of them hidden or above it.
_BELOW = r"^(?:[^/\\.:][^/\\:]*/)*[^/\\.:][^/\\:]*\."
IMAGE_FILE = _BELOW + "(?:png|jpe?g|webp|PNG|JPE?G|WEBP)$"
SOUND_FILE = _BELOW + "(?:wav|WAV)$"


def _share(value: Any) -> Any:
    try:
        share = float(value) if isinstance(value, str) else value
    except ValueError:
        share = None
    if not isinstance(share, int | float) or isinstance(share, bool) or not 0 <= share <= 1:
        raise PydanticCustomError("share", "a number from 0 to 1 is needed here")
    return float(share)


Share = Annotated[float, BeforeValidator(_share, json_schema_input_type=Annotated[float, Field(ge=0, le=1)])]
Focus = Annotated[list[Share], Field(min_length=2, max_length=2)]  # from the left and from the top
