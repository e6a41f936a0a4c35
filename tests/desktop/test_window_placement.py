"""Window placement: restored at the next start, and always within reach."""

from __future__ import annotations

from pathlib import Path

import pygame
import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.desktop.window_placement import MIN_VISIBLE, PlacementFile, WindowPlacement, clamp_to_screens
from game.story.model import Story
from tests.desktop.test_loop import close, key, play, somebody

SIDE = st.integers(240, 9000)
SCREENS = st.lists(st.tuples(st.integers(640, 5000), st.integers(480, 3000)), min_size=1, max_size=3)
PLACEMENTS = st.builds(
    WindowPlacement,
    st.tuples(SIDE, SIDE),
    st.none() | st.tuples(st.integers(-9000, 20_000), st.integers(-9000, 9000)),
    st.booleans(),
)


@given(PLACEMENTS, SCREENS)
def test_clamped_placement_is_visible(placement: WindowPlacement, screens: list[tuple[int, int]]) -> None:
    """Its upper edge lies on the screens' ground, a hand's breadth of it in sight, and it fits on one of them."""
    found = clamp_to_screens(placement, screens)
    assert any(found.size[0] <= w and found.size[1] <= h for w, h in screens)
    if found.position is not None:
        x, y = found.position
        assert found.position == placement.position
        assert x + found.size[0] >= MIN_VISIBLE and x + MIN_VISIBLE <= sum(w for w, _ in screens)
        assert 0 <= y <= max(h for _, h in screens) - MIN_VISIBLE
    assert found.fullscreen == placement.fullscreen
    assert clamp_to_screens(found, screens) == found


def test_fitting_placement_is_unchanged() -> None:
    """Also on the second screen; on the day that one is gone it comes back to the first."""
    placement = WindowPlacement((1280, 720), (2000, 100))
    assert clamp_to_screens(placement, [(1920, 1080), (1920, 1080)]) == placement
    assert clamp_to_screens(placement, [(1920, 1080)]) == WindowPlacement((1280, 720), None)
    assert clamp_to_screens(placement, []) == WindowPlacement((1280, 720), None)


@given(PLACEMENTS)
def test_placement_survives_the_file(tmp_path_factory: pytest.TempPathFactory, placement: WindowPlacement) -> None:
    """What was written is read."""
    file = PlacementFile(tmp_path_factory.mktemp("new") / "folder" / "window.json")
    file.write(placement)
    assert file.read() == placement


@pytest.mark.parametrize(
    "content",
    ["", "[", "3", "{}", "[1]", '{"size": [1, 1]}', '{"size": [true, 720]}', '{"size": [1280]}', '{"size": "wide"}',
     '{"size": [1e99, 2]}', '{"size": [99999999, 720], "position": [1, "x"], "fullscreen": 1}', "[" * 100_000],
)  # fmt: skip
def test_damaged_file_gives_the_defaults(content: str, tmp_path: Path) -> None:
    """Whatever stands in it, the window opens as it does at first."""
    (tmp_path / "window.json").write_text(content, encoding="utf-8")
    assert PlacementFile(tmp_path / "window.json").read() == WindowPlacement()
    assert PlacementFile(tmp_path / "nothing.json").read() == WindowPlacement()


def test_full_screen_keeps_the_window_placement(mill: Story, tmp_path: Path) -> None:
    """Closed in the full screen, it opens there, and F11 leads back to the window's own size."""
    kept: list[WindowPlacement] = []
    with somebody(key(pygame.K_F11), close):
        assert play(mill, tmp_path, save_placement=kept.append, placement=WindowPlacement((800, 600))) == 0
    assert (kept[0].fullscreen, kept[0].size) == (True, (800, 600))
    with somebody(key(pygame.K_F11), close):
        assert play(mill, tmp_path, save_placement=kept.append, placement=kept[0]) == 0
    assert (kept[1].fullscreen, kept[1].size) == (False, (800, 600))


def test_saved_window_larger_than_the_screen_is_clamped(mill: Story, tmp_path: Path) -> None:
    """Opened on a smaller screen than last time, it is no larger than that."""
    kept: list[WindowPlacement] = []
    with somebody(close):
        assert (
            play(mill, tmp_path, save_placement=kept.append, placement=WindowPlacement((5000, 4000), (9000, 9000))) == 0
        )
    width, height = kept[0].size
    assert width < 5000 and height < 4000


def test_unwritable_folder_is_ignored(mill: Story, tmp_path: Path) -> None:
    """A placement that cannot be kept ends nothing."""

    def full(placement: WindowPlacement) -> None:
        raise OSError(28, "no room")

    with somebody(close):
        assert play(mill, tmp_path, save_placement=full) == 0
