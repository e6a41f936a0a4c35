"""Surfaces as PNG files that are there whole or not at all."""

from __future__ import annotations

import io
import struct
import zlib
from pathlib import Path

import pygame


def encoded(surface: pygame.Surface) -> bytes:
    """As small as it can be."""
    stream = io.BytesIO()
    pygame.image.save(surface, stream, "picture.png")
    return stream.getvalue()


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
        _chunk(b"IDAT", body + lines.flush()),
        _chunk(b"IEND", b""),
    ])  # fmt: skip


def _chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def write(path: Path, png: bytes) -> Path:
    """Write a file under its name, whatever comes between. Raises OSError.

    Nothing waits for the disk, as it does where saves are kept: pictures can be drawn again.
    """
    part = path.with_suffix(".part")
    try:
        part.write_bytes(png)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
    return path
