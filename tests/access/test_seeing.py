"""Drawn screens: contrast, size and room of all text, of controls, and of the focus ring."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import groupby, pairwise
from sys import byteorder

import pygame
import pytest

from game.story.model import Story
from game.ui.i18n import Catalogue
from game.ui.layout.geometry import Box, Item, Rect, Run
from game.ui.layout.layout_model import Layout, reveal
from game.ui.layout.linebreak import is_han
from game.ui.screens.registry import SCREENS
from game.ui.settings import VALUES, Settings
from game.ui.theme import Colour
from game.ui.tree import FOCUSABLE, OPENING_SPANS, focus_order, walk
from tests.access.every_screen import VIEWS, Eye, Laid, Seen, Shown, laid_out, screens
from tests.contrast import contrast
from tests.desktop.session_driver import Seat
from tests.lanes import sampled
from tests.ui.stand_ins import boxes_of, check_layout, runs_of

SIZES = [(1280, 720), (1920, 1080), (3840, 2160), (1080, 1920)]
FULL_HD = (1920, 1080)


def test_no_screen_is_left_out() -> None:
    """A new screen must stand in `every_screen`, or no test below draws it."""
    assert set(VIEWS) == set(SCREENS)


# Contrast


@pytest.mark.parametrize("name", SCREENS)
@pytest.mark.parametrize("theme", sampled(VALUES["theme"], "night"))
def test_text_has_contrast(mill: Story, words: Catalogue, eye: Eye, theme: str, name: str) -> None:
    """7:1 for prose, 4.5:1 for every other word, 3:1 for the line around a button, slip or value."""
    checked = 0
    for shown in screens(mill, words, Settings(theme=theme), name):
        for seen in eye.reads(shown, FULL_HD):
            checked += check_contrast(shown, seen)
            if seen.plan.status and seen.scroll < seen.plan.max_scroll:
                ink, ground = inked(seen.surface, seen.plan.status)
                assert contrast(ink, ground) >= 4.5, f"{shown.name}: what stands below is said in {ink} on {ground}"
            for box in boxes_to_see(seen, {"slip", "tool", "pill", "field"}):
                y = box.rect.y + box.rect.h // 2
                outside, edge = (colour_at(seen.surface, box.rect.x + dx, y) for dx in (-5, 0))
                assert contrast(outside, edge) >= 3, f"{shown.name}: {box} has {edge} on {outside}"
    assert checked > (0 if name == "picture" else 1)  # the picture alone has one tool on it


@pytest.mark.parametrize("name", SCREENS)
@pytest.mark.parametrize("theme", sampled(VALUES["theme"], "night"))
def test_the_focus_ring_has_contrast(mill: Story, words: Catalogue, eye: Eye, theme: str, name: str) -> None:
    """Around one node of each focusable kind, in a small window, where the ring is thinnest."""
    size = SIZES[0]
    for shown in screens(mill, words, Settings(theme=theme), name):
        plan = laid_out(shown, size, eye.fonts)
        order, plain = focus_order(shown.tree), dict[int, pygame.Surface]()
        for node_id in {(node.role, node.style): node.id for node in walk(shown.tree) if node.id in order}.values():
            scroll = reveal(plan, 0, node_id)
            if scroll not in plain:
                plain[scroll] = eye.looks(shown, size, None, scroll).surface
            before, after = plain[scroll], eye.looks(shown, size, node_id, scroll).surface
            rect = dict(plan.targets(scroll))[node_id]
            line = [(x, rect.y + rect.h // 2) for x in range(rect.x - round(16 * plan.scale.unit), rect.x + 6)]
            places = [at for at in line if colour_at(after, *at) != colour_at(before, *at)]
            assert places, f"{shown.name}: {node_id} has no ring"
            paper, new = colour_at(before, *places[0]), [colour_at(after, *at) for at in places]
            assert sum(contrast(colour, paper) >= 3 for colour in new) >= 3, f"{shown.name}: {node_id} has {new}"


def test_a_chosen_value_has_a_tick_besides_its_colour(laid: Laid) -> None:
    for shown, plan in laid(FULL_HD, Settings(theme="night", font="sans", volume=25), ["settings"]):
        ticks = [box.rect for box in boxes_of(plan, "tick")]
        for node in walk(shown.tree):
            if node.role == "option":
                place = next(item.rect for item in plan.main.items if item.id == node.id)
                assert any(tick.inside(place) for tick in ticks) == node.chosen, node.id


# Size and room


@pytest.mark.parametrize("size", sampled(SIZES, (1280, 720), (1080, 1920)))
@pytest.mark.parametrize("text_scale", sampled([85, 100, 150, 200], 100, 200))
def test_every_screen_fits_or_scrolls(laid: Laid, size: tuple[int, int], text_scale: int) -> None:
    for shown, plan in laid(size, Settings(text_scale=text_scale)):
        check_layout(shown.tree, plan)


@pytest.mark.parametrize("size", sampled(SIZES, FULL_HD))
@pytest.mark.parametrize(
    "settings", sampled([Settings(), Settings(text_scale=200), Settings(font="sans", spacing="wider")], Settings())
)
def test_lines_are_short_and_far_enough_apart(laid: Laid, size: tuple[int, int], settings: Settings) -> None:
    for shown, plan in laid(size, settings):
        for line in lines(plan):
            letters = "".join(run.text for run in line).strip()
            assert sum(2 if is_han(char) else 1 for char in letters) <= (80 if plan.max_scroll else 88), letters
        prose = [run for run in runs_of(plan) if not run.style.bold and run.style.size >= plan.scale.em(0.73)]
        for run, below in pairwise_in_columns(prose):
            apart, least = below.baseline - run.baseline, 1.39 * min(run.style.size, below.style.size)
            assert apart < run.style.size * 0.7 or apart >= least, f"{shown.name}: {below}"


@pytest.mark.parametrize(("size", "least"), [(FULL_HD, 30), ((1080, 1920), 30), ((1280, 720), 21), ((640, 480), 21)])
def test_prose_is_large(laid: Laid, size: tuple[int, int], least: int) -> None:
    for shown, plan in laid(size, names=["reading"]):
        prose = " ".join(node.label for node in walk(shown.tree) if node.role == "paragraph" and not node.style)
        sizes = [run.style.size for run in runs_of(plan) if run.text.strip() and run.text.strip() in prose]
        assert min(sizes) >= least, shown.name


@pytest.mark.parametrize("name", SCREENS)
def test_targets_are_44_pixels(laid: Laid, name: str) -> None:
    """High and wide, at 1080p; a word in a sentence is as high as its line."""
    for shown, plan in laid(FULL_HD, names=[name]):
        for node in walk(shown.tree):
            if (node.role in FOCUSABLE and node.action is not None) or node.role == "option":
                for rect in plan.rects(node.id):
                    assert rect.h >= 44, f"{shown.name}: {node.id} is {rect}"
                    assert rect.w >= 44 or node.style in OPENING_SPANS, f"{shown.name}: {node.id} is {rect}"


@pytest.mark.parametrize("name", SCREENS)
@pytest.mark.parametrize("size", sampled(SIZES, FULL_HD))
def test_the_focus_goes_down_the_sheet(laid: Laid, size: tuple[int, int], name: str) -> None:
    for shown, plan in laid(size, names=[name]):
        for items in (plan.main.items, plan.main.fixed):
            placed = {item.id: item.rect for item in reversed(items) if item.id is not None}
            order = [node_id for node_id in focus_order(shown.tree) if node_id in placed]
            for upper, lower in pairwise(order):
                above, below = placed[upper], placed[lower]
                before = below.y >= above.y + above.h // 2 or (below.x >= above.x and below.bottom > above.y)
                before = before or below.x >= above.right
                assert before, f"{shown.name}: {lower} stands before {upper}"


# Nothing flashes


def test_a_page_turns_without_a_flash(seat: Seat, mill: Story) -> None:
    driver = seat(mill, size=FULL_HD, role="miller", settings=Settings(motion="full"))
    driver.click("begin:miller")
    driver.rest()
    driver.wait(1)
    driver.key_down(pygame.K_1)
    assert driver.entries == 1
    levels = []
    for _ in range(40):
        driver.look()
        levels.append(sum(pygame.transform.average_color(driver.screen)[:3]) / 765)
        driver.clock.now += 1 / 60
    changes = [after - before for before, after in pairwise(levels)]
    there = sum(change for change in changes if change > 0)
    back = -sum(change for change in changes if change < 0)
    assert min(there, back) < 0.1


# How it is looked at


def colour_at(surface: pygame.Surface, x: int, y: int) -> Colour:
    r, g, b, _ = surface.get_at((max(0, min(x, surface.get_width() - 1)), max(0, min(y, surface.get_height() - 1))))
    return r, g, b


def inked(surface: pygame.Surface, rect: Rect) -> tuple[Colour, Colour]:
    """The ink of a run of text and its background: the pixels furthest from the background, and the most frequent."""
    part = rect.clipped(Rect(0, 0, *surface.get_size()))
    data = pygame.image.tobytes(surface.subsurface((part.x, part.y, part.w, part.h)), "RGBX")
    pixels = Counter(memoryview(data).cast("I")).most_common()  # four bytes as one number count five times as fast
    colours = [(r, g, b) for r, g, b, _ in (pixel.to_bytes(4, byteorder) for pixel, _ in pixels)]
    ground = colours[0]
    return max(colours, key=lambda colour: contrast(colour, ground)), ground


def check_contrast(shown: Shown, seen: Seen) -> int:
    """Check the text wholly in sight, away from a fading edge. Returns the number of its runs."""
    runs = [item for item in _in_sight(seen) if isinstance(item, Run) and item.text.strip()]
    for run in runs:
        ink, ground = inked(seen.surface, run.rect)
        least = 7 if run.style.family in ("serif", "kai") and run.style.size > 24 else 4.5
        assert contrast(ink, ground) >= least, f"{shown.name}: {run.text!r} is {ink} on {ground}"
    return len(runs)


def boxes_to_see(seen: Seen, kinds: set[str]) -> list[Box]:
    return [item for item in _in_sight(seen) if isinstance(item, Box) and item.kind in kinds]


def _in_sight(seen: Seen) -> Iterator[Item]:
    plan, view = seen.plan, seen.plan.main.view
    edge = plan.scale.em(0.6) if plan.max_scroll else 0
    clear = Rect(view.x - 99, view.y + edge, view.w + 198, view.h - 2 * edge)
    for panel, item, clip in plan.placed(seen.scroll):
        scrolls = panel is plan.main and clip == panel.view
        if item.rect.inside(clear) if scrolls else item.rect.inside(panel.rect):
            yield item


def lines(plan: Layout) -> Iterator[list[Run]]:
    """The runs of each line: on one baseline, each beginning where the one before it ends."""
    for panel in plan.panels:
        runs = [item for item in panel.items if isinstance(item, Run)]
        for _, level in groupby(sorted(runs, key=lambda run: (run.baseline, run.x)), key=lambda run: run.baseline):
            line: list[Run] = []
            for run in level:
                if line and run.x > line[-1].x + line[-1].width + 2:
                    yield line
                    line = []
                line.append(run)
            yield line


def pairwise_in_columns(runs: list[Run]) -> Iterator[tuple[Run, Run]]:
    """Each run with the next below it that shares at least part of its column."""
    ordered = sorted(runs, key=lambda run: run.baseline)
    for at, upper in enumerate(ordered):
        under = (run for run in ordered[at + 1 :] if run.baseline > upper.baseline)
        below = next((run for run in under if run.x < upper.rect.right and upper.x < run.rect.right), None)
        if below is not None:
            yield upper, below
