"""Tree renderer, measured on the pixels. Contrast and the focus ring on every screen: tests/access."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import pygame
import pytest

from game.desktop.errors import WindowError
from game.desktop.render.fonts import FILES, Fonts
from game.desktop.render.item_painter import PointerState
from game.desktop.render.paper_shapes import pg
from game.desktop.render.tree_renderer import Layer, PageBackground, TreeRenderer
from game.story.model import Story
from game.ui.layout.geometry import Run, Style
from game.ui.layout.page_layout import layout
from game.ui.settings import Settings
from game.ui.theme import THEMES, Colour
from game.ui.tree import TreeNode
from tests.contrast import contrast
from tests.desktop.session_driver import Album, Seat, SessionDriver

EXACTLY = (1, 1, 1, 255)  # the threshold of a mask of one colour


def at_screen(driver: SessionDriver, screen: str) -> SessionDriver:
    steps = {"title": 0, "reading": 3, "pause": 4}[screen]
    driver.click(*("new:miller", "begin:miller", "choice:continue", "pause")[:steps]).rest()
    driver.move((2, 2))
    return driver


def test_focus_ring_is_drawn_for_keys_only(seat: Seat, mill: Story) -> None:
    driver = at_screen(seat(mill, settings=Settings()), "pause")

    def rings() -> int:
        around = pg(driver.place("back").grown(8)).clip(driver.screen.get_rect())
        return pygame.mask.from_threshold(driver.screen.subsurface(around), THEMES["paper"].ring, EXACTLY).count()

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


def test_high_contrast_keeps_its_contrast_on_any_picture(seat: Seat, mill: Story) -> None:
    theme = THEMES["contrast"]
    settings, white = Settings(theme="contrast", motion="reduced"), Album(colour=(255, 255, 255))
    driver = at_screen(seat(mill, size=(1600, 900), settings=settings, album=white), "reading")
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

    def longest_stroke(node_id: str) -> float:
        """In widths of the node."""
        rect = driver.place(node_id)
        ink = pygame.mask.from_threshold(driver.screen.subsurface(pg(rect)), THEMES["paper"].accent, EXACTLY)
        rows = ("".join(" x"[ink.get_at((x, y))] for x in range(rect.w)) for y in range(rect.h))
        return max(len(stroke) for row in rows for stroke in row.split(" ")) / rect.w

    assert longest_stroke("prose-1.1") > 0.8
    assert 0 < longest_stroke("prose-1.0") < 0.1


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
    x, y = next(at for at in product(*map(range, glyph.get_size())) if glyph.get_at(at).a > 200)
    assert sum(target.get_at((run.x + x, run.baseline - fonts.ascent(run.style) + y))[:3]) < 300
