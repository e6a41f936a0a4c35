"""An author's image may be any file: it is shown upright in RGB, or refused in a few words."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image, ImageChops

from game.core import images
from game.core.files import FileRefused
from game.core.images import read_image


def refused(folder: Path, name: str = "a.png") -> str:
    with pytest.raises(FileRefused) as error:
        read_image(folder, name)
    return str(error.value)


@pytest.mark.parametrize("name", ["a.png", "a.jpg", "a.webp", "pictures/below/a.JPEG"])
def test_each_format_is_read(name: str, tmp_path: Path) -> None:
    (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
    Image.new("RGB", (30, 20), (10, 90, 200)).save(tmp_path / name, lossless=True)
    found = read_image(tmp_path, name)
    assert (found.size, found.mode) == ((30, 20), "RGB")
    off = ImageChops.difference(found, Image.new("RGB", found.size, (10, 90, 200)))
    assert max(off.tobytes()) <= 3


def test_a_photograph_that_was_taken_sideways_is_upright(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # the camera was turned to the left
    Image.new("RGB", (30, 20)).save(tmp_path / "a.jpg", exif=exif)
    assert read_image(tmp_path, "a.jpg").size == (20, 30)


@pytest.mark.parametrize("mode", ["RGBA", "LA", "P", "L", "1", "CMYK", "I;16"])
def test_any_colours_become_rgb(mode: str, tmp_path: Path) -> None:
    name = "a.jpg" if mode == "CMYK" else "a.png"
    Image.new(mode, (4, 4)).save(tmp_path / name)
    found = read_image(tmp_path, name)
    assert found.mode == "RGB"
    assert mode not in ("RGBA", "LA") or found.getpixel((0, 0)) == (255, 255, 255)


def header(width: int, height: int) -> bytes:
    """A PNG that claims a size, and has next to nothing in it."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        checksum = struct.pack(">I", zlib.crc32(kind + content))
        return struct.pack(">I", len(content)) + kind + content + checksum

    size = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    rows = zlib.compress(bytes(1000))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", size) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def gif(folder: Path) -> None:
    Image.new("P", (4, 4)).save(folder / "b.gif")
    (folder / "b.gif").rename(folder / "a.png")


MADE: dict[str, Callable[[Path], object]] = {
    "there is no such file": lambda folder: None,
    "no PNG, JPEG or WebP": lambda folder: (folder / "a.png").write_text("<svg/>"),
    "no PNG, JPEG or WebP that": gif,
    "more than 60 million pixels": lambda folder: (folder / "a.png").write_bytes(header(60_000, 60_000)),
    "that can be read": lambda folder: (folder / "a.png").write_bytes(header(600, 400)),
    "no such file": lambda folder: (folder / "a.png").mkdir(),
}


@pytest.mark.parametrize("why", MADE)
def test_any_other_file_is_refused_in_a_few_words(why: str, tmp_path: Path) -> None:
    MADE[why](tmp_path)
    assert why in refused(tmp_path)


def test_a_large_file_is_not_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(images, "MOST_BYTES", 100)
    Image.effect_noise((60, 60), 90).save(tmp_path / "a.png")
    assert "more than" in refused(tmp_path)


def test_nothing_outside_the_pack_is_read(tmp_path: Path) -> None:
    pack = tmp_path / "pack"
    pack.mkdir()
    Image.new("RGB", (4, 4)).save(tmp_path / "a.png")
    (pack / "link.png").symlink_to(tmp_path / "a.png")
    for name in ("../a.png", str(tmp_path / "a.png"), "link.png"):
        assert "not below" in refused(pack, name)
