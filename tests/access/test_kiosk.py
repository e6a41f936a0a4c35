"""A kiosk's screens for people who stand, sit or lean before it: within reach, large, and visible across a room."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from game.desktop.render.fonts import Fonts
from game.desktop.render.item_painter import PointerState
from game.story.model import Story
from game.ui.handlers.visit_handlers import start_kiosk
from game.ui.i18n import Catalogue
from game.ui.kiosk_state import KioskEdition, KioskOffer
from game.ui.layout.geometry import Box, Rect, Run
from game.ui.layout.layout_model import Layout, in_sight, reveal
from game.ui.settings import VALUES, Settings
from game.ui.tree import FOCUSABLE, OPENING_SPANS, focus_order, walk
from tests.access.every_screen import OF_A_VISIT, Eye, Laid, LaidOut, Shown, laid_out, screens
from tests.access.test_seeing import boxes_to_see, check_contrast, colour_at
from tests.contrast import contrast
from tests.lanes import sampled
from tests.ui.stand_ins import check_layout

UPRIGHT = [(1080, 1920), (2160, 3840), (768, 1366)]
Size = tuple[int, int]
SIZES = [*UPRIGHT, (1920, 1080), (1280, 800)]
SCALES = [100, 150, 200]
REACH = 0.3  # of an upright screen, from its upper edge: higher than that nothing need be touched
ROOM = 60 / 1080  # of the shorter side: letters that are read from three metres, on a screen of 24 inches
KEYS = re.compile(r"\b(Esc(ape)?|Enter|Tab|Shift|Ctrl|Alt|Space|Backspace|F\d+|arrow keys?)\b")


def shown(story: Story, words: Catalogue, **look: object) -> Iterator[Shown]:
    for name in sorted(OF_A_VISIT):
        yield from screens(story, words, Settings(targets="large", **look), name)  # type: ignore[arg-type]


def visit(laid: Laid, size: Size, scale: int) -> Iterator[LaidOut]:
    return laid(size, Settings(targets="large", text_scale=scale), sorted(OF_A_VISIT))


def pressed(screen: Shown) -> list[str]:
    """The ids of all controls, except words in a sentence, which are as high as their line."""
    nodes = (node for node in walk(screen.tree) if node.role in FOCUSABLE and node.action)
    return [node.id for node in nodes if node.style not in OPENING_SPANS]


@pytest.mark.parametrize("size", sampled(SIZES, (1080, 1920), (1280, 800)))
@pytest.mark.parametrize("scale", sampled(SCALES, 100, 200))
def test_every_screen_fits_or_scrolls(laid: Laid, size: Size, scale: int) -> None:
    """Targets are 72 pixels high and wide at 1080p: 20 mm on a screen of 24 inches."""
    for screen, plan in visit(laid, size, scale):
        check_layout(screen.tree, plan)
        for name in pressed(screen):
            for rect in plan.rects(name):
                assert min(rect.w, rect.h) >= 72 * plan.scale.unit, f"{screen.name}: {name} is {rect}"


@pytest.mark.parametrize("size", UPRIGHT)
@pytest.mark.parametrize("scale", sampled(SCALES, 100, 200))
def test_a_seated_visitor_reaches_every_control(laid: Laid, size: Size, scale: int) -> None:
    for screen, plan in visit(laid, size, scale):
        for name in pressed(screen):
            scroll = _lowest(plan, name)
            middle = max(rect.y + rect.h / 2 for rect in plan.rects(name, scroll))
            assert middle >= REACH * size[1], f"{screen.name}: {name} stands at {middle}"
        tools = [item for item in plan.main.fixed if item.id and item.id not in plan.choices]
        assert all(item.rect.y > 0.7 * size[1] for item in tools), screen.name
        if screen.app.top.screen == "still-there":
            assert all(rect.y >= REACH * size[1] for rect in plan.rects("stay"))


def _lowest(plan: Layout, name: str) -> int:
    return next((at for at in range(0, plan.max_scroll + 1, 10) if in_sight(plan, at, name)), reveal(plan, 0, name))


@pytest.mark.parametrize("size", sampled(SIZES, (1080, 1920), (1280, 800)))
@pytest.mark.parametrize("scale", [100, 150, 200])
def test_the_tools_stand_in_few_even_rows(laid: Laid, size: Size, scale: int) -> None:
    for screen, plan in visit(laid, size, scale):
        outside = any(panel.kind == "tools" for panel in plan.panels)
        tools = [item.rect for item in tools_of(plan)]
        rows = {y: [rect for rect in tools if rect.y == y] for y in {rect.y for rect in tools}}
        assert len(rows) <= (2 if outside or len(tools) > 4 else 1), screen.name
        for row in rows.values():
            assert len({(rect.w, rect.h) for rect in row}) == 1, screen.name
            assert max(rect.right for rect in tools) - row[-1].right <= len(row), screen.name


def tools_of(plan: Layout) -> list[Box]:
    found = [item for _, item, _ in plan.placed() if isinstance(item, Box) and item.kind == "tool"]
    return [item for item in found if item.id is not None and plan.is_pinned(item.id)]


@pytest.mark.parametrize("size", sampled(SIZES, (1080, 1920), (1280, 800)))
def test_tools_stay_in_place_from_page_to_page(laid: Laid, size: Size) -> None:
    places: dict[tuple[str | None, int], Rect] = {}
    for screen, plan in visit(laid, size, 100):
        if screen.app.top.screen == "reading":
            tools = tools_of(plan)
            for tool in tools:
                assert places.setdefault((tool.id, len(tools)), tool.rect) == tool.rect
    assert places


@pytest.mark.parametrize("size", sampled(SIZES, (1080, 1920), (1280, 800)))
@pytest.mark.parametrize("scale", sampled(SCALES, 100, 200))
def test_the_invitation_is_legible_across_a_room(
    shipped: Story, words: Catalogue, fonts: Fonts, size: Size, scale: int
) -> None:  # fmt: skip
    offer = KioskOffer((KioskEdition(shipped, words, shipped.words["invite"]),), tuple(shipped.roles), "kiosk")
    screen = Shown("attract", start_kiosk(offer, Settings(targets="large", text_scale=scale)))
    plan = laid_out(screen, size, fonts)
    assert plan.max_scroll == 0
    way = next(item for item in plan.main.fixed if isinstance(item, Run))  # the way in stands over the tools
    runs = [item for item in (*plan.main.items, way) if isinstance(item, Run) and item.text.strip()]
    assert way.text == "Touch to begin" and min(run.style.size for run in runs) >= ROOM * min(size)
    assert set(focus_order(screen.tree)) == {"come-in", "voice", "volume", "type"}


def test_no_screen_names_a_key(mill: Story, words: Catalogue) -> None:
    """A visitor at the glass has no keyboard."""
    for screen in shown(mill, words):
        for node in walk(screen.tree):
            written = f"{node.label} {node.value}"
            assert not KEYS.search(written), f"{screen.name}: {written}"


@pytest.mark.parametrize("theme", sampled(VALUES["theme"], "paper"))
def test_text_has_contrast(mill: Story, words: Catalogue, eye: Eye, theme: str) -> None:
    for screen in shown(mill, words, theme=theme):
        for seen in eye.reads(screen, (1080, 1920)):
            check_contrast(screen, seen)


@pytest.mark.parametrize("theme", sampled(VALUES["theme"], "paper"))
def test_a_pressed_control_shows_an_edge(mill: Story, words: Catalogue, eye: Eye, theme: str) -> None:
    checked = 0
    for screen in shown(mill, words, theme=theme):
        seen = eye.looks(screen, (1080, 1920))
        for box in boxes_to_see(seen, {"slip", "tool"})[:3]:
            held = eye.looks(screen, (1080, 1920), touch=PointerState(pressed=box.id)).surface
            edge, paper = (colour_at(held, box.rect.x + dx, box.rect.y + 12) for dx in (1, 9))
            assert contrast(edge, paper) >= 3, f"{screen.name}: {box} has {edge} on {paper}"
            checked += 1
    assert checked > 20
