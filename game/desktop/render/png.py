"""Surfaces as PNG files that are there whole or not at all."""

from __future__ import annotations

import io
import struct
import zlib
from pathlib import Path

import pygame

from game.core.file_output import marked, output_in

GENERATOR = "weight-of-grain shots"  # what a picture says of itself, so that no other is ever written over


def encoded(surface: pygame.Surface) -> bytes:
    """As small as it can be."""
    stream = io.BytesIO()
    pygame.image.save(surface, stream, "picture.png")
    png = stream.getvalue()
    return png[:_HEADED] + _NAMED + png[_HEADED:]


def quickly(surface: pygame.Surface) -> bytes:
    """Somewhat larger, in a fifth of the time: for whoever writes thousands."""
    width, height = surface.get_size()
    pixels, row = memoryview(pygame.image.tobytes(surface, "RGB")), width * 3
    lines = zlib.compressobj(1)
    body = b"".join(
        lines.compress(b"\0" + pixels[at : at + row]) for at in range(0, height * row, row)
    )  # each line after the number of its filter: none
    return b"".join([
        b"\x89PNG\r\n\x1a\n",
        _chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)),
        _NAMED,
        _chunk(b"IDAT", body + lines.flush()),
        _chunk(b"IEND", b""),
    ])  # fmt: skip


def _chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


_HEADED = 33  # bytes of the signature and the first chunk
_NAMED = _chunk(b"tEXt", b"Software\0" + GENERATOR.encode())


def write(folder: Path, name: str, png: bytes, replace: bool = False) -> Path:
    """Write a picture into a folder that somebody named, over an older one of ours; over others only to `replace`.

    Nothing waits for the disk, as it does where saves are kept: pictures can be drawn again. Raises OSError.
    """
    output_in(folder, name, marked("a picture of ours", GENERATOR), replace).write(png, flush=False)
    return folder / name
