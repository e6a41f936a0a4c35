"""PNG: encodes surfaces and writes the files atomically."""

from __future__ import annotations

import io
import struct
import zlib
from pathlib import Path

import pygame

from game.core.file_output import kind_by_marker, prepare_output_in

GENERATOR = "weight-of-grain shots"  # marks our pictures, so that no other file is ever replaced


def encode(surface: pygame.Surface) -> bytes:
    """A surface as PNG, as small as possible."""
    stream = io.BytesIO()
    pygame.image.save(surface, stream, "picture.png")
    png = stream.getvalue()
    return png[:_HEADED] + _NAMED + png[_HEADED:]


def _chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


_HEADED = 33  # bytes of the signature and the first chunk
_NAMED = _chunk(b"tEXt", b"Software\0" + GENERATOR.encode())


def write(folder: Path, name: str, png: bytes, replace: bool = False) -> Path:
    """Write a picture without waiting for the disk: unlike a save it can be drawn again.

    Args:
        folder: exists.
        name: of the file in it.
        png: its bytes.
        replace: also replace a file that this program did not write.

    Returns:
        The file.

    Raises:
        Refused: there is such a file of somebody else's, without `replace`.
        OSError: the folder takes no file.
    """
    prepare_output_in(folder, name, kind_by_marker("a picture of ours", GENERATOR), replace).write(png, flush=False)
    return folder / name
