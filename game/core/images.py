"""Images that authors supply. The files may hold anything, so each is checked before it is used."""

from __future__ import annotations

import warnings
from pathlib import Path
from typing import TYPE_CHECKING

from game.core.files import FileRefused, author_file

if TYPE_CHECKING:
    from PIL.Image import Image

FORMATS = ("PNG", "JPEG", "WEBP")
MOST_BYTES = 30_000_000
MOST_PIXELS = 60_000_000  # 180 MB once it is unpacked; the large ones of telephones have 50 million


def read_image(folder: Path, name: str) -> Image:
    """Return an image below `folder`, upright and in RGB, with white behind it. Raises FileRefused if that is
    impossible."""
    from PIL import Image, ImageOps  # 40 ms, which a story without images need not spend

    try:
        path = author_file(folder, name, MOST_BYTES)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of large ones: they are refused below
            with Image.open(path, formats=FORMATS) as opened:
                if opened.width * opened.height > MOST_PIXELS:
                    raise Image.DecompressionBombError
                upright = ImageOps.exif_transpose(opened)
                if upright.has_transparency_data:
                    white = Image.new("RGBA", upright.size, "white")
                    return Image.alpha_composite(white, upright.convert("RGBA")).convert("RGB")
                return upright.convert("RGB")
    except FileRefused:
        raise
    except Image.DecompressionBombError:
        raise FileRefused(f"it has more than {MOST_PIXELS // 1_000_000} million pixels") from None
    except Exception as error:  # a decoder may raise anything on a file that is made to
        raise FileRefused(f"it is no PNG, JPEG or WebP that can be read ({type(error).__name__})") from error
