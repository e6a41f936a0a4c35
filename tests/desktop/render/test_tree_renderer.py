"""Tree renderer, measured on the pixels. Contrast and the focus ring on every screen: tests/access."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pygame
import pytest

from game.desktop.errors import WindowError
from game.desktop.render.fonts import FILES, Fonts
from game.desktop.render.item_painter import PointerState
from game.desktop.render.picture_cache import PictureRequest
from game.desktop.render.tree_renderer import Layer, PageBackground, TreeRenderer
from game.painter import Painting
from game.story.model import Story
from game.ui.layout.geometry import Rect, Run, Style
from game.ui.layout.page_layout import layout
from game.ui.settings import Settings
from game.ui.theme import THEMES, Colour
from game.ui.tree import TreeNode
from tests.contrast import contrast
from tests.desktop.session_driver import Album, Seat, SessionDriver


def at_screen(driver: SessionDriver, screen: str) -> SessionDriver:
    steps = {"title": 0, "reading": 3, "pause": 4}[screen]
    for node_id in ("new:miller", "begin:miller", "choice:continue", "pause")[:steps]:
        driver.click(node_id)
    driver.rest()
    driver.move((2, 2))
    return driver


def drawn(surface: pygame.Surface, rect: Rect) -> list[Colour]:
    part = rect.clipped(Rect(0, 0, *surface.get_size()))
    pixels = surface.subsurface((part.x, part.y, part.w, part.h))
    data = pygame.image.tobytes(pixels, "RGB")
    return [(data[i], data[i + 1], data[i + 2]) for i in range(0, len(data), 3)]


def test_focus_ring_is_drawn_for_keys_only(seat: Seat, mill: Story) -> None:
    driver = at_screen(seat(mill, settings=Settings()), "pause")
    ring = THEMES["paper"].ring

    def rings() -> int:
        rect = driver.place("back")
        return Counter(drawn(driver.screen, Rect(rect.x - 8, rect.y - 8, rect.w + 16, rect.h + 16)))[ring]

    without = rings()
    driver.key(pygame.K_TAB)
    driver.key(pygame.K_TAB, pygame.KMOD_SHIFT)
    assert rings() > without + 200


def test_a_card_dims_the_page(seat: Seat, mill: Story) -> None:
    driver = at_screen(seat(mill, size=(1920, 1080), settings=Settings(motion="reduced")), "reading")
    corner = driver.view.plan.main.rect
    before = driver.screen.get_at((corner.right - 8, corner.bottom - 8))
    driver.click("prose-1.1")
    after = driver.screen.get_at((corner.right - 8, corner.bottom - 8))
    assert sum(after[:3]) < 0.7 * sum(before[:3])


def test_night_theme_dims_the_picture(seat: Seat, mill: Story, tmp_path: Path) -> None:
    seen = {}
    for theme in ("paper", "night"):
        settings = Settings(theme=theme, motion="reduced")
        driver = at_screen(seat(mill, settings=settings, folder=tmp_path / theme), "title")
        beside = driver.screen.subsurface((0, 0, driver.screen.get_width() // 4, driver.screen.get_height()))
        seen[theme] = sum(pygame.transform.average_color(beside)[:3])
    assert seen["night"] == pytest.approx(THEMES["night"].light * seen["paper"], rel=0.03)


class WhitePictures(Album):
    def get(self, what: PictureRequest) -> Painting:
        painting = super().get(what)
        painting.surface.fill((255, 255, 255))
        return painting


def test_high_contrast_keeps_its_contrast_on_any_picture(seat: Seat, mill: Story) -> None:
    theme = THEMES["contrast"]
    settings = Settings(theme="contrast", motion="reduced")
    driver = at_screen(seat(mill, size=(1600, 900), settings=settings, album=WhitePictures()), "reading")
    red, green, blue, _ = driver.screen.get_at((400, 450))
    bare: Colour = (red, green, blue)
    assert bare > (0, 0, 0)
    assert min(contrast(theme.ink, bare), contrast(theme.accent, bare)) >= 4.5
    assert contrast(theme.ring, bare) >= 3
    driver.key(pygame.K_l)
    assert driver.screen.get_at((400, 450))[:3] == (255, 255, 255), "alone it has all its light"


@pytest.mark.parametrize("family", FILES)
def test_a_missing_or_damaged_font_is_one_clear_line(tmp_path: Path, family: str) -> None:
    for _ in ("missing", "damaged"):
        with pytest.raises(WindowError, match=rf"^.*{FILES[family][0]} cannot be read.*$"):
            Fonts(tmp_path).width("a", Style(family, 30))
        (tmp_path / FILES[family][0]).write_bytes(b"not a font" * 100)


def test_a_person_is_underlined_with_dots_and_a_term_with_a_line(seat: Seat, mill: Story) -> None:
    driver = at_screen(seat(mill, size=(1920, 1080), settings=Settings(motion="reduced")), "reading")
    accent = THEMES["paper"].accent

    def longest_stroke(node_id: str) -> int:
        rect = driver.place(node_id)
        longest = 0
        for y in range(rect.y, rect.bottom):
            row = "".join("x" if driver.screen.get_at((x, y))[:3] == accent else " " for x in range(rect.x, rect.right))
            longest = max(longest, *(len(part) for part in row.split(" ")))
        return longest

    person, term = driver.place("prose-1.0"), driver.place("prose-1.1")
    assert longest_stroke("prose-1.1") > term.w * 0.8
    assert 0 < longest_stroke("prose-1.0") < person.w * 0.1


@pytest.mark.parametrize("text_scale", [100, 200])
def test_a_quote_that_hangs_in_the_margin_is_drawn_whole(fonts: Fonts, text_scale: int) -> None:
    tree = TreeNode(
        "screen", "page", style="sheet", children=(TreeNode("paragraph", "one", "“Iron,” said the smith."),)
    )
    plan = layout(tree, (1280, 720), Settings(text_scale=text_scale), fonts)
    _, run, _ = next(placed for placed in plan.placed() if isinstance(placed[1], Run))
    assert isinstance(run, Run) and run.x < plan.main.view.x
    target = pygame.Surface((1280, 720))
    TreeRenderer(fonts).draw_base(target, Layer(plan, 0, PointerState()), "paper", PageBackground(None))
    glyph = fonts.render(run.text, run.style, (0, 0, 0))
    first = next(
        (x, y) for x in range(glyph.get_width()) for y in range(glyph.get_height()) if glyph.get_at((x, y)).a > 200
    )
    top = run.baseline - fonts.ascent(run.style)
    assert sum(target.get_at((run.x + first[0], top + first[1]))[:3]) < 300
