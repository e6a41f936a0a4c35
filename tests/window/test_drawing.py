"""What is drawn, measured on the pixels: contrast, the ring, and that text stands inside its paper."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pygame
import pytest

from game.story.model import Story
from game.ui.geometry import Item, Rect, Run, Style
from game.ui.settings import VALUES, Settings
from game.ui.theme import THEMES, Colour, contrast
from game.window import WindowError
from game.window.fonts import FILES, Fonts
from tests.window.hand import Hand

Seat = Callable[..., Hand]
SCREENS = ["title", "content-note", "reading", "night", "heavy", "pause", "settings", "fact", "term"]


def at_screen(hand: Hand, screen: str) -> Hand:
    """The hand at a screen of Mill Lane."""
    ways = {
        "title": [], "content-note": ["new:miller"], "reading": ["new:miller", "begin:miller", "choice:continue"],
    }  # fmt: skip
    ways["night"] = [*ways["reading"], "choice:give-wok"]
    ways["heavy"] = [*ways["night"], "choice:continue"]
    ways |= {"fact": [*ways["night"], "fact:fever"], "term": [*ways["reading"], "prose-1.0"],
             "pause": [*ways["reading"], "pause"], "settings": [*ways["reading"], "pause", "settings"]}  # fmt: skip
    for node_id in ways[screen]:
        for _ in range(9):
            if hand.sees(node_id):
                break
            hand.key(pygame.K_PAGEDOWN)
        hand.click(node_id)
    hand.rest()
    hand.move((2, 2))
    return hand


def drawn(surface: pygame.Surface, rect: Rect) -> list[Colour]:
    part = rect.clipped(Rect(0, 0, *surface.get_size()))
    pixels = surface.subsurface((part.x, part.y, part.w, part.h))
    data = pygame.image.tobytes(pixels, "RGB")
    return [(data[i], data[i + 1], data[i + 2]) for i in range(0, len(data), 3)]


@pytest.mark.parametrize("screen", SCREENS)
@pytest.mark.parametrize("theme", VALUES["theme"])
def test_what_is_read_has_contrast(seat: Seat, mill: Story, theme: str, screen: str) -> None:
    """Every run of text on every screen: its ink against the ground around it, 7:1 as it is drawn."""
    hand = at_screen(seat(mill, size=(1920, 1080), settings=Settings(theme=theme, motion="reduced")), screen)
    sight, checked = hand.sight, 0
    for panel, item, clip in sight.plan.placed(sight.scroll):
        whole = item.rect.inside(clip) and (panel is not sight.plan.main or not _faded(hand, item))
        if isinstance(item, Run) and item.text.strip() and whole:
            colours = drawn(hand.screen, item.rect)
            ground = Counter(colours).most_common(1)[0][0]
            ink = max(colours, key=lambda colour: contrast(colour, ground))
            assert contrast(ink, ground) >= 6.9, f"{item.text!r}: {ink} on {ground}"
            checked += 1
    assert checked > 3


def _faded(hand: Hand, run: Item) -> bool:
    """Whether a run lies where the text fades at an edge beyond which it goes on."""
    plan, edge = hand.sight.plan, hand.sight.plan.scale.em(0.6)
    view = plan.main.view
    return bool(plan.max_scroll) and (run.rect.bottom > view.bottom - edge or run.rect.y < view.y + edge)


@pytest.mark.parametrize("theme", VALUES["theme"])
@pytest.mark.parametrize("size", [(1280, 720), (1920, 1080)])
def test_the_ring_is_three_pixels_and_seen(seat: Seat, mill: Story, theme: str, size: tuple[int, int]) -> None:
    """Left of the focused slip there are at least three pixels of the ring's colour, 3:1 from the paper."""
    hand = at_screen(seat(mill, size=size, settings=Settings(theme=theme)), "pause")
    hand.key(pygame.K_TAB)
    rect = hand.place(hand.sight.focus or "")
    row = [tuple(hand.screen.get_at((x, rect.y + rect.h // 2)))[:3] for x in range(rect.x - 12, rect.x + 12)]
    ring = THEMES[theme].ring
    assert row.count(ring) >= 3
    assert contrast(ring, row[0]) >= 3  # type: ignore[arg-type]


def test_the_ring_is_for_keys(seat: Seat, mill: Story) -> None:
    """A mouse needs none; the first key brings it back."""
    hand = at_screen(seat(mill, settings=Settings()), "pause")
    ring = THEMES["paper"].ring

    def rings() -> int:
        rect = hand.place("back")
        return Counter(drawn(hand.screen, Rect(rect.x - 8, rect.y - 8, rect.w + 16, rect.h + 16)))[ring]

    without = rings()
    hand.key(pygame.K_TAB)
    hand.key(pygame.K_TAB, pygame.KMOD_SHIFT)
    assert rings() > without + 200


def test_a_chosen_value_is_not_told_by_colour_alone(seat: Seat, mill: Story) -> None:
    """It has a tick before its words, where the others have nothing."""
    hand = at_screen(seat(mill, size=(1920, 1080)), "settings")
    accent = THEMES["paper"].accent

    def ticked(option: str) -> bool:
        rect = hand.place(option)
        return accent in drawn(hand.screen, Rect(rect.x + 4, rect.y + 4, 16, rect.h - 8))

    assert ticked("set:theme=paper")
    assert not ticked("set:theme=night")


def test_a_card_dims_the_page(seat: Seat, mill: Story) -> None:
    """Beside a card the page is still there, darker."""
    hand = at_screen(seat(mill, size=(1920, 1080), settings=Settings(motion="reduced")), "reading")
    corner = hand.sight.plan.main.rect
    before = hand.screen.get_at((corner.right - 8, corner.bottom - 8))
    hand.click("prose-1.0")
    after = hand.screen.get_at((corner.right - 8, corner.bottom - 8))
    assert sum(after[:3]) < 0.7 * sum(before[:3])


@pytest.mark.parametrize("family", FILES)
def test_a_missing_font_is_one_clear_line(tmp_path: Path, family: str) -> None:
    """It names the file."""
    with pytest.raises(WindowError) as caught:
        Fonts(tmp_path).width("a", Style(family, 30))
    assert FILES[family][0] in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_damaged_font_is_one_clear_line(tmp_path: Path) -> None:
    """A file that is no font is said to be one that cannot be read."""
    (tmp_path / FILES["serif"][0]).write_bytes(b"not a font" * 100)
    with pytest.raises(WindowError, match="cannot be read"):
        Fonts(tmp_path).width("a", Style("serif", 30))


def test_spaced_letters_are_as_wide_as_measured(fonts: Fonts) -> None:
    """What is rendered with wider spacing takes the width that the layout was told."""
    style = Style("serif", 36, tracking=4)
    assert fonts.render("The jar is half full.", style, (0, 0, 0)).get_width() == fonts.width(
        "The jar is half full.", style
    )
    assert fonts.width("jar", style) > fonts.width("jar", Style("serif", 36))
