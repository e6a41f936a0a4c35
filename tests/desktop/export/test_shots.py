"""Pages as PNG files, without a screen."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pygame
import pytest

from game.desktop.export.shots import draw_shots, encode_png, write_png
from game.story.model import Story
from game.ui.i18n import Catalogue
from game.ui.kiosk_state import KioskEdition, KioskOffer
from tests.painter.pictures import noise, pixels
from tests.ui.stand_ins import wandered


def test_every_screen_on_the_way_is_drawn(mill: Story, tmp_path: Path) -> None:
    line = wandered(mill, 1, "miller")
    files = list(draw_shots(mill, line, tmp_path / "new" / "folder", (640, 360), 100, "paper"))
    assert sorted(files) == sorted((tmp_path / "new" / "folder").iterdir())
    names = " ".join(file.name for file in files)
    for part in ("title", "content-note", "page-m-lane-gate", "source", "sources", "glossary", "person", "people",
                 "so-far", "pause", "settings", "look-back",
                 "debrief-feelings", "debrief-invented"):  # fmt: skip
        assert part in names
    for p in line:
        assert f"page-{(p.page.node or '').replace('.', '-')}" in names
    assert {pygame.image.load(file).get_size() for file in files} == {(640, 360)}


@pytest.mark.full
def test_a_scrolling_page_takes_several_pictures(mill: Story, tmp_path: Path) -> None:
    line = wandered(mill, 1, "miller")[:2]
    once = list(draw_shots(mill, line, tmp_path / "a", (1280, 720), 100, "paper"))
    twice = list(draw_shots(mill, line, tmp_path / "b", (1280, 720), 200, "night"))
    assert len(twice) > len(once)


def test_a_folder_that_takes_nothing_is_an_error(mill: Story, tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("mine")
    with pytest.raises(OSError, match="file"):
        list(draw_shots(mill, wandered(mill, 1, "miller")[:1], blocked, (640, 360), 100, "paper"))
    assert blocked.read_text() == "mine"


def test_a_kiosk_s_screens_are_drawn(mill: Story, words: Catalogue, tmp_path: Path) -> None:
    line = wandered(mill, 1, "miller")
    offer = KioskOffer((KioskEdition(mill, words, "Come in."),), ("miller", "clerk"), "full")
    files = [file.stem for file in draw_shots(mill, line, tmp_path, (540, 960), 100, "paper", offer)]
    names = [name.partition("-")[2] for name in files]
    assert names[:2] == ["attract", "door"]
    assert [name for name in names if name.endswith("-full")]
    tail = [name for name in names if not name.startswith("page-")][2:]
    assert list(dict.fromkeys(re.sub(r"-\d+$", "", name) for name in tail)) == [
        "sources", "still-there", "card", "quiet", "closed", "staff-pin", "staff",
    ]  # fmt: skip


@pytest.mark.parametrize("size", [(1, 1), (7, 3), (320, 180)])
def test_encoded_pixels_decode_unchanged(size: tuple[int, int]) -> None:
    read = pygame.image.load(io.BytesIO(encode_png(noise(size))), "picture.png")
    assert (read.get_size(), pixels(read)) == (size, pixels(noise(size)))


def test_a_file_is_whole_or_not_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped(self: Path, other: Path) -> Path:
        assert self.read_bytes() == b"picture"
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, "replace", stopped)
    with pytest.raises(KeyboardInterrupt):
        write_png(tmp_path, "a.png", b"picture")
    assert list(tmp_path.iterdir()) == []
