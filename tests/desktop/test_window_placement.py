"""Window placement: restored at the next start, and always within reach."""

from __future__ import annotations

from pathlib import Path

import pygame
import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.desktop import window_placement
from game.desktop.loop import open_window
from game.desktop.window_placement import WindowPlacement, clamp_to_screens, pupils_placement, read_placement
from game.story.model import Story
from tests.desktop.test_loop import close, key, play

SIDE = st.integers(240, 9000)
SCREENS = st.lists(st.tuples(st.integers(640, 5000), st.integers(480, 3000)), min_size=1, max_size=3)
PLACEMENTS = st.builds(
    WindowPlacement,
    st.none() | st.tuples(SIDE, SIDE),
    st.none() | st.tuples(st.integers(-9000, 20_000), st.integers(-9000, 9000)),
    st.booleans(),
)


@given(PLACEMENTS, SCREENS)
def test_clamped_placement_is_visible(placement: WindowPlacement, screens: list[tuple[int, int]]) -> None:
    found = clamp_to_screens(placement, screens)
    assert found.size is not None
    assert any(found.size[0] <= w and found.size[1] <= h for w, h in screens)
    if found.position is not None:
        x, y = found.position
        assert found.position == placement.position
        seen = window_placement.MIN_VISIBLE
        assert x + found.size[0] >= seen and x + seen <= sum(w for w, _ in screens)
        assert 0 <= y <= max(h for _, h in screens) - seen
    assert found.fullscreen == placement.fullscreen
    assert clamp_to_screens(found, screens) == found


def test_placement_is_unchanged_where_it_fits() -> None:
    placement = WindowPlacement((1280, 720), (2000, 100))
    assert clamp_to_screens(placement, [(1920, 1080), (1920, 1080)]) == placement
    assert clamp_to_screens(placement, [(1920, 1080)]) == WindowPlacement((1280, 720), None)
    assert clamp_to_screens(placement, []) == WindowPlacement((1280, 720), None)
    large = WindowPlacement((2000, 1000), (10, 10))
    assert clamp_to_screens(large, [(1920, 1080), (2560, 1440)]) == large
    assert clamp_to_screens(large, [(1920, 1080)]) == WindowPlacement((1600, 900), (10, 10))


@pytest.mark.parametrize(
    ("screen", "size"),
    [((1920, 1080), (1600, 900)), ((2560, 1440), (2176, 1224)), ((3840, 2160), (3200, 1800)),
     ((1366, 768), (1152, 648)), ((1080, 1920), (900, 1600)), ((1024, 768), (870, 653)), ((1440, 900), (1152, 648))],
)  # fmt: skip
def test_first_window_takes_a_sensible_share_of_its_screen(screen: tuple[int, int], size: tuple[int, int]) -> None:
    assert clamp_to_screens(WindowPlacement(), [screen, (9000, 9000)]) == WindowPlacement(size)
    assert all(side <= 0.86 * whole for side, whole in zip(size, screen, strict=True))


def test_a_separate_wall_fills_the_second_screen_or_is_a_window() -> None:
    """The second of three, of any size and in any place: SDL gets its number, and no pixels."""
    assert pupils_placement([(1366, 768)]) == pupils_placement([]) == WindowPlacement(window_placement.FALLBACK)
    second = (window_placement.CENTRED_ON + 1, window_placement.CENTRED_ON + 1)
    for screens in ([(1366, 768), (1024, 768)], [(1366, 768), (1024, 768), (3840, 2160)]):
        assert pupils_placement(screens) == WindowPlacement((1024, 768), second, True)


def test_window_of_the_first_screen_alone_leaves_the_second_where_it_stood_last(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(pygame.display, "get_desktop_sizes", lambda: [(1920, 1080), (1920, 1080)])
    stood = WindowPlacement((640, 480), (2000, 100))
    try:
        assert open_window(stood, "a window")[1] == stood
        assert open_window(stood, "a window", on_first_screen=True)[1] == WindowPlacement((640, 480))
    finally:
        pygame.display.quit()


@given(PLACEMENTS)
def test_placement_survives_the_file(tmp_path_factory: pytest.TempPathFactory, placement: WindowPlacement) -> None:
    file = tmp_path_factory.mktemp("new") / "folder" / "window.json"
    window_placement.write_placement(file, placement)
    assert read_placement(file) == placement


@pytest.mark.parametrize(
    "content",
    ["", "[", "3", "{}", "[1]", '{"size": [1, 1]}', '{"size": [true, 720]}', '{"size": [1280]}', '{"size": "wide"}',
     '{"size": [1e99, 2]}', '{"size": [99999999, 720], "position": [1, "x"], "fullscreen": 1}', "[" * 100_000],
)  # fmt: skip
def test_damaged_file_gives_the_defaults(content: str, tmp_path: Path) -> None:
    (tmp_path / "window.json").write_text(content, encoding="utf-8")
    for name in ("window.json", "nothing.json"):
        assert read_placement(tmp_path / name) == WindowPlacement()


def test_full_screen_keeps_the_window_placement(mill: Story, tmp_path: Path) -> None:
    kept = [WindowPlacement((800, 600))]
    for full in (True, False):
        assert play(mill, tmp_path, key(pygame.K_F11), close, save_placement=kept.append, placement=kept[-1]) == 0
        assert (kept[-1].fullscreen, kept[-1].size) == (full, (800, 600))


def test_saved_window_larger_than_the_screen_is_clamped(mill: Story, tmp_path: Path) -> None:
    kept: list[WindowPlacement] = []
    play(mill, tmp_path, close, save_placement=kept.append, placement=WindowPlacement((5000, 4000), (9000, 9000)))
    width, height = kept[0].size or (0, 0)
    assert 0 < width < 5000 and 0 < height < 4000


def test_unwritable_folder_is_ignored(mill: Story, tmp_path: Path) -> None:
    def full(placement: WindowPlacement) -> None:
        raise OSError(28, "no room")

    assert play(mill, tmp_path, close, save_placement=full) == 0
