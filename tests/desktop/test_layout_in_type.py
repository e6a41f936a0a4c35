"""Layout with the real fonts: every page fits or scrolls."""

from __future__ import annotations

import pygame
import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.desktop.render.fonts import Fonts
from game.desktop.render.paper_shapes import pg
from game.painter import painting
from game.painter.canvas.paper import extent
from game.play.talk import talk_screens
from game.story.model import Story
from game.ui.layout.layout_model import in_sight
from game.ui.layout.page_layout import layout
from game.ui.layout.placement import page_area, tools_foot
from game.ui.settings import VALUES, Settings
from game.ui.state import ScreenView
from game.ui.tree import TreeNode, choices, walk
from tests.desktop.session_driver import Lay
from tests.lanes import sampled
from tests.ui.stand_ins import SCALES, SIZES, check_layout, runs_of, wandered

Size = tuple[int, int]
some_settings = st.builds(
    Settings, text_scale=st.sampled_from(SCALES), font=st.sampled_from(VALUES["font"]),
    spacing=st.sampled_from(VALUES["spacing"]),
)  # fmt: skip


@given(st.integers(0, 10_000), st.sampled_from(SIZES), some_settings, st.data())
def test_every_page_fits_or_scrolls(
    shipped: Story, lay: Lay, seed: int, size: Size, settings: Settings, data: st.DataObject
) -> None:
    check_layout(*lay(data.draw(st.sampled_from(wandered(shipped, seed))), size, settings))


@pytest.mark.parametrize("size", sampled(SIZES, SIZES[0]))
@pytest.mark.parametrize("text_scale", sampled(SCALES, SCALES[-1]))
@pytest.mark.parametrize("role", ["villager", "official"])
def test_debrief_fits_or_scrolls(shipped: Story, lay: Lay, size: Size, text_scale: int, role: str) -> None:
    p = wandered(shipped, 5, role)[-1]
    for at in range(len(talk_screens(p))):
        check_layout(*lay(p, size, Settings(text_scale=text_scale), ScreenView("debrief", str(at))))


@pytest.mark.parametrize("font", VALUES["font"])
@pytest.mark.parametrize("size", [(1280, 720), (1920, 1080)])
def test_first_lines_are_visible_at_once(shipped: Story, lay: Lay, size: Size, font: str) -> None:
    for role in shipped.roles:
        for p in wandered(shipped, 3, role):
            tree, plan = lay(p, size, Settings(text_scale=200, font=font))
            prose = " ".join(node.label for node in walk(tree) if node.role == "paragraph")
            bottoms = [run.rect.bottom for run in runs_of(plan) if run.text.strip() and run.text.strip() in prose]
            assert min(bottoms) <= plan.main.view.h, p.page.node


@pytest.mark.parametrize(
    ("size", "text_scale", "least"),
    [((1280, 720), 100, 0.8), ((1366, 768), 100, 0.9), ((1440, 900), 100, 0.9), ((1920, 1080), 100, 0.9),
     ((2560, 1440), 100, 0.9), ((1080, 1920), 100, 0.9), ((1920, 1080), 120, 0.0), ((1920, 1080), 150, 0.0)],
)  # fmt: skip
def test_every_choice_of_a_reading_is_in_sight_at_once(
    shipped: Story, lay: Lay, size: Size, text_scale: int, least: float
) -> None:
    whole = []
    for role in shipped.roles:
        for p in wandered(shipped, 7, role):
            tree, plan = lay(p, size, Settings(text_scale=text_scale))
            whole.append(not plan.max_scroll)
            assert all(in_sight(plan, 0, way.id) for way in choices(tree)), p.page.node
    assert sum(whole) >= least * len(whole)


@pytest.mark.parametrize(("role", "scenes"), [("villager", {"courtyard", "scales"}), ("official", {"desk", "scales"})])
def test_a_picture_s_subject_is_in_sight_beside_its_page(shipped: Story, lay: Lay, role: str, scenes: set[str]) -> None:
    """The thing in the yard or on the desk, and the people at the weighing, in a small window with wide pages."""
    size, settings = (1280, 720), Settings()
    room, foot = page_area(size, settings), tools_foot(size, settings)
    half = [each // 2 for each in (*size, room.x, room.y, room.w, room.h, foot)]
    found = set()
    for p in wandered(shipped, 3, role):
        picture = p.page.picture
        if picture is None or picture.scene not in scenes:
            continue
        _, plan = lay(p, size)
        parts = painting(picture.scene, picture.params, (half[0], half[1]), pygame.Rect(half[2:6]), half[6]).parts
        for part in (thing for thing in parts if thing.name.startswith(("thing", "queue"))):
            found.add(part.name.split()[0])
            left, top, right, bottom = (2 * edge for edge in extent(*part.outlines))
            box = pygame.Rect(left, top, right - left, bottom - top)
            hidden = [box.clip(pg(panel.rect)) for panel in plan.panels]
            assert sum(rect.w * rect.h for rect in hidden) < 0.15 * box.w * box.h, (p.page.node, part.name)
    assert found == {"thing", "queue"}


def test_a_long_date_line_ends_between_date_and_place(fonts: Fonts) -> None:
    when, place = "October and November 1959", "his table, and then the brickworks, in the winter of 1961 to 1962"
    date = TreeNode("date", "date", f"{when} · {place}", value="征购")
    plan = layout(TreeNode("screen", style="page", children=(date,)), (1920, 1080), Settings(), fonts)
    assert [run.text for run in runs_of(plan)] == [when.upper(), place.upper(), "征购"]


def test_a_quote_hangs_before_its_line(fonts: Fonts) -> None:
    said = "“They beat the landlords,” said Dashan, going home, and then they all went on for a good while."
    spoken, plain = (TreeNode("paragraph", label=text, id=text[:2]) for text in (said, said.replace("“", "")))
    plan = layout(TreeNode("screen", style="page", children=(spoken, plain)), (1920, 1080), Settings(), fonts)
    first = {run.text[0]: run for run in runs_of(plan) if run.text[:5] in said[:6]}
    mark = fonts.width("“", first["“"].style)
    assert first["T"].x == 0
    assert -mark < first["“"].x < -mark / 2
