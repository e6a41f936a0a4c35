"""Pictures behind the pages: only those that were named, each painted once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from game.classroom.browser.browser_display import MOST_KEPT, SIZES, PagePictures
from game.play.page import Picture


class Painter:
    """Counts what it is asked for."""

    def __init__(self) -> None:
        self.painted: list[tuple[str, tuple[int, int]]] = []

    def __call__(self, picture: Picture, size: tuple[int, int]) -> bytes:
        self.painted.append((picture.scene, size))
        return f"{picture.scene} {size}".encode()


def test_named_picture_is_painted_once_for_each_size_however_many_ask() -> None:
    painter = Painter()
    pictures = PagePictures(painter)
    name = pictures.name_for(Picture("hall", {"lamp": True}, "a hall"))
    with ThreadPoolExecutor(4) as pool:
        found = set(pool.map(lambda _: pictures.jpeg(name, "laptop"), range(8)))
    assert found == {b"hall (1366, 768)"}
    pictures.jpeg(name, "large")
    assert painter.painted == [("hall", SIZES["laptop"]), ("hall", SIZES["large"])]


@pytest.mark.parametrize(("name", "size"), [("hall-0000000000", "laptop"), ("", "laptop"), ("known", "huge")])
def test_picture_that_was_not_named_and_another_size_are_refused(name: str, size: str) -> None:
    pictures = PagePictures(Painter())
    known = pictures.name_for(Picture("hall", {}, ""))
    with pytest.raises(KeyError):
        pictures.jpeg(known if name == "known" else name, size)


def test_no_picture_has_no_name() -> None:
    assert PagePictures(Painter()).name_for(None) == ""


def test_pictures_asked_for_long_ago_are_let_go() -> None:
    painter = Painter()
    pictures = PagePictures(painter)
    names = [pictures.name_for(Picture("hall", {"trees": n}, "")) for n in range(MOST_KEPT + 1)]
    for name in names:
        pictures.jpeg(name, "small")
    pictures.jpeg(names[-1], "small")
    assert len(painter.painted) == MOST_KEPT + 1
    pictures.jpeg(names[0], "small")
    assert len(painter.painted) == MOST_KEPT + 2


def test_painter_makes_a_jpeg_of_the_size_without_a_display(monkeypatch: pytest.MonkeyPatch) -> None:
    from game.desktop.api import jpeg_picture

    for name in ("DISPLAY", "WAYLAND_DISPLAY", "SDL_VIDEODRIVER"):
        monkeypatch.delenv(name, raising=False)
    content = jpeg_picture(Picture("courtyard", {}, ""), (320, 180))
    assert content.startswith(b"\xff\xd8\xff")
    assert (180).to_bytes(2, "big") + (320).to_bytes(2, "big") in content[:1000]
