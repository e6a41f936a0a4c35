"""Film: equal lists give equal frames, which show every text and every choice."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pygame
import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.desktop.errors import WindowError
from game.desktop.export.film import SHORTEST, FilmFrame, FilmOptions, film, scrolled, seconds
from game.play import Playthrough, begin
from game.story.model import Story
from game.ui.theme import THEMES
from tests.ui.stand_ins import wandered

SMALL = FilmOptions((640, 360), fps=5, hold=1.0)


def take(story: Story, line: Sequence[Playthrough], folder: Path, shot: FilmOptions = SMALL) -> list[FilmFrame]:
    return list(film(story, line, folder, shot))


def frames(folder: Path) -> list[pygame.Surface]:
    return [pygame.image.load(file) for file in sorted(folder.glob("frame-*.png"))]


def test_frame_count_is_as_announced(mill: Story, tmp_path: Path) -> None:
    """Numbered without a gap, each of the size asked for, and foretold from the first on."""
    line = wandered(mill, 1, "miller")[:4]
    told = take(mill, line, tmp_path / "new" / "folder")
    names = sorted(file.name for file in (tmp_path / "new" / "folder").iterdir())
    assert names == [f"frame-{number:06}.png" for number in range(1, len(told) + 1)]
    assert {each.frames for each in told} == {len(told)}
    assert [each.page for each in told] == sorted(each.page for each in told)
    assert (told[0].page, told[-1].page, told[-1].pages) == (1, 4, 4)
    assert {each.get_size() for each in frames(tmp_path / "new" / "folder")} == {(640, 360)}


def test_equal_lists_give_equal_bytes(mill: Story, tmp_path: Path) -> None:
    """Taken twice, with transitions and motion, no frame differs."""
    line = wandered(mill, 1, "miller")[:3]
    for name in ("a", "b"):
        take(mill, line, tmp_path / name)
    for one, other in zip(sorted((tmp_path / "a").iterdir()), sorted((tmp_path / "b").iterdir()), strict=True):
        assert one.read_bytes() == other.read_bytes()


def test_whole_text_scrolls_past(mill: Story, tmp_path: Path) -> None:
    """A page that is longer than its sheet goes by: it begins at its title and ends at its end, and in small steps."""
    first = begin(mill, role="miller")
    take(mill, [first], tmp_path, FilmOptions((640, 360), text_scale=200, fps=10, hold=4.0))
    shown = frames(tmp_path)
    still = [pygame.image.tobytes(each, "RGB") for each in shown]
    sheet = {at: pygame.image.tobytes(shown[at].subsurface((40, 20, 560, 250)), "RGB") for at in (0, 20, 38)}
    assert len(set(sheet.values())) == 3
    assert len(set(still)) > 20


def test_choice_is_focused_then_pressed(mill: Story, tmp_path: Path) -> None:
    """Before the page turns the ring stands about what is chosen, then it is pressed."""
    line = wandered(mill, 1, "miller")[:2]
    take(mill, line, tmp_path, FilmOptions((640, 360), fps=10, hold=1.0))
    shown = frames(tmp_path)
    ring, warm = THEMES["paper"].ring, THEMES["paper"].slip_chosen

    def count(frame: int, colour: tuple[int, ...]) -> int:
        data = pygame.image.tobytes(shown[frame], "RGB")
        return sum(data[at : at + 3] == bytes(colour) for at in range(0, len(data), 3))

    assert count(5, ring) < count(15, ring)
    assert count(5, warm) < count(15, warm) and count(5, warm) < count(20, warm)


def test_film_ends_at_the_last_playthrough(mill: Story, tmp_path: Path) -> None:
    """Also past what no page offers: the reader who stepped outside is in the talk after the story."""
    line = wandered(mill, 1, "miller")[:2]
    told = take(mill, [*line, line[-1].leave()], tmp_path)
    assert told[-1].page == 3
    shown = frames(tmp_path)
    assert pygame.image.tobytes(shown[-1], "RGB") != pygame.image.tobytes(shown[-12], "RGB")


def test_a_folder_with_another_film_is_refused(mill: Story, tmp_path: Path) -> None:
    """Two films in one folder would be one wrong one; nothing is written over."""
    line = [begin(mill, role="miller")]
    take(mill, line, tmp_path)
    before = {file: file.read_bytes() for file in tmp_path.iterdir()}
    with pytest.raises(WindowError, match=r"frame-000001\.png is a frame of another film: name an empty folder"):
        take(mill, line, tmp_path)
    assert {file: file.read_bytes() for file in tmp_path.iterdir()} == before


@given(share=st.floats(0, 1), step=st.floats(0, 0.02))
def test_scrolling_is_eased(share: float, step: float) -> None:
    """From the top to the end, never back, and never faster than two and a half times its mean."""
    here, there = scrolled(share), scrolled(min(1.0, share + step))
    assert 0 <= here <= there <= 1
    assert there - here <= 2.5 * step + 1e-9
    assert (scrolled(0), scrolled(1)) == (0, 1)


def test_page_lasts_as_long_as_its_text_takes_to_read(mill: Story) -> None:
    """Longer for more words, long enough for hardly any, and as long as asked for."""
    pages = [p.page for p in wandered(mill, 1, "miller")]
    lasting = {seconds(page, None) for page in pages}
    assert min(lasting) >= SHORTEST and len(lasting) > 1
    assert {seconds(page, 2.5) for page in pages} == {2.5}
