"""The map of the village: its ways in, its entries and their labels on the picture, and the card of a place."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import pygame
import pytest

from game.painter.canvas.frame import frame
from game.play import Playthrough
from game.story.model import Story
from game.ui import intents
from game.ui.components.map_parts import has_map
from game.ui.i18n import Catalogue
from game.ui.layout.layout_model import Layout, Panel
from game.ui.layout.page_layout import layout
from game.ui.layout.placement import page_area, subject_area, tools_foot
from game.ui.scenery import picture_of
from game.ui.screens.registry import render_top
from game.ui.settings import Settings
from game.ui.state import WALL, AppState, ScreenView
from game.ui.transitions import open_screen
from game.ui.tree import find, focus_order, walk
from game.ui.update import update
from tests.classroom.wall_states import wall_states
from tests.ui.screens.test_people import at, press
from tests.ui.stand_ins import SCALES, SIZES, Ruler, check_layout, taken, wandered


@pytest.fixture
def lane(mill: Story, words: Catalogue) -> AppState:
    """The page of the gate, at Mill Lane."""
    return at(mill, words, taken(mill, "continue"))


def furthest(story: Story, role: str) -> Playthrough:
    """The page of a reading at which most places were met, and one of them is where it stands."""
    return wandered(story, 4, role)[-2]


def labels_of(plan: Layout) -> list[Panel]:
    return [panel for panel in plan.panels if panel.kind == "label"]


def test_the_map_opens_from_the_menu_the_people_and_a_key(lane: AppState) -> None:
    """And closes again; the key opens it once, and closes it where it is on top."""
    for opened in (press(lane, "pause", "map"), press(lane, "pause", "people", "map")):
        assert opened.top.screen == "map"
        assert update(opened, intents.Back())[0].top.screen in ("pause", "people")
    over_page, _ = update(lane, intents.ShowMap())
    assert over_page.top.screen == "map"
    assert update(over_page, intents.ShowMap())[0].top.screen == "reading"


def test_a_story_without_a_map_offers_none(lane: AppState) -> None:
    """Nor one on whose map nothing was met; nor a class, nor a kiosk, nor the title."""
    bare = replace(lane, story=replace(lane.story, spots={}))
    assert find(render_top(press(bare, "pause")), "map") is None
    assert find(render_top(press(bare, "pause", "people")), "map") is None
    assert update(bare, intents.ShowMap())[0] is bare
    assert not has_map(replace(lane, playthrough=None))
    for _, class_view in wall_states(lane.story):
        assert not has_map(replace(lane, mode=WALL, class_view=class_view))


def test_an_entry_says_where_when_and_what(lane: AppState) -> None:
    """The name, the years, what happened, and whether it is here; pressing it tells all of it on a card."""
    shown, _ = update(lane, intents.ShowMap())
    entry = find(render_top(shown), "spot:lane")
    assert entry is not None and entry.label == "Mill Lane" and entry.level == 1 and entry.chosen
    assert entry.value.startswith("You are here. 1958 · ")
    card = press(shown, "spot:lane")
    read = [node.label for node in walk(render_top(card))]
    assert card.top.screen == "spot" and "Mill Lane" in read
    assert [text for text in read if text.startswith("October 1958")]
    assert update(card, intents.Back())[0].top.screen == "map"


def test_the_card_tells_what_was_done_and_what_came_of_it(mill: Story, words: Catalogue) -> None:
    """As in the story so far."""
    after = at(mill, words, taken(mill, "give-wok", "continue"))
    card = open_screen(open_screen(after, "map"), "spot", "lane")
    read = [node.label for node in walk(render_top(card))]
    deed = next(at.choice_taken() for at in after.playthrough.history if at.choice_taken())  # type: ignore[union-attr]
    assert deed is not None and deed.say in read and any("Lu Qi gave me a receipt" in text for text in read)


def test_places_off_the_map_stand_beside_it(shipped: Story, words: Catalogue) -> None:
    """Under a heading of their own, without a number."""
    maps = (open_screen(at(shipped, words, p), "map") for p in wandered(shipped, 3, "official"))
    beside = next(node for app in maps if (node := find(render_top(app), "elsewhere")))
    assert beside.label == words("map.elsewhere")
    assert all(node.level == 0 and node.at is None and node.focusable for node in beside.children)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("scale", SCALES)
def test_labels_stand_on_the_picture_and_cover_no_other(
    size: tuple[int, int], scale: int, shipped: Story, words: Catalogue
) -> None:
    """A place of the list has its label, inside the map and off the sheet; both press the same node. Where text is
    large, one may find no room: the list has it."""
    settings = Settings(text_scale=scale)
    for role in shipped.roles:
        app = open_screen(replace(at(shipped, words, furthest(shipped, role)), settings=settings), "map")
        tree = render_top(app)
        plan = layout(tree, size, settings, Ruler())
        check_layout(tree, plan)
        area, labels = subject_area(size, settings, "map"), labels_of(plan)
        spots = [node for node in walk(tree) if node.at is not None]
        if plan.main.rect.overlaps(area):
            assert labels == [] and scale >= 150
            continue
        named = {panel.items[0].id: panel for panel in labels}
        assert len(named) == len(labels) and named.keys() <= {node.id for node in spots}
        assert scale > 100 or len(labels) == len(spots)
        assert all(panel.rect.inside(area) for panel in labels)
        assert not any(one.rect.overlaps(other.rect) for one, other in combinations(labels, 2))
        for id, panel in named.items():
            middle = panel.rect.x + panel.rect.w // 2, panel.rect.y + panel.rect.h // 2
            assert plan.hit(*middle) == id and id in focus_order(tree)


@pytest.mark.parametrize("size", [(1920, 1080), (1280, 720)])
def test_labels_have_names_where_there_is_room(size: tuple[int, int], shipped: Story, words: Catalogue) -> None:
    """At the usual size of text every place of the story is named on the picture itself."""
    for role in shipped.roles:
        app = open_screen(at(shipped, words, furthest(shipped, role)), "map")
        plan = layout(render_top(app), size, app.settings, Ruler())
        assert labels_of(plan)
        assert all(len([item for item in panel.items if hasattr(item, "text")]) > 1 for panel in labels_of(plan))


@pytest.mark.parametrize("style", ["page", "map"])
@pytest.mark.parametrize("size", [*SIZES, (1366, 768), (800, 600), (3840, 2160)])
@pytest.mark.parametrize("settings", [Settings(), Settings(text_scale=200), Settings(targets="large", text_scale=120)])
def test_labels_are_placed_where_the_painter_has_its_subject(
    style: str, size: tuple[int, int], settings: Settings
) -> None:
    """The area that is reckoned here is that of the painter's frame."""
    sheet = page_area(size, settings, style)
    painted = frame(size, pygame.Rect(sheet.x, sheet.y, sheet.w, sheet.h), tools_foot(size, settings, style))
    area = subject_area(size, settings, style)
    assert (area.x, area.y, area.w, area.h) == (painted.left, painted.top, painted.width, painted.height)


def test_the_map_is_behind_its_screen_and_its_cards_alone(lane: AppState) -> None:
    """Also under the card of a place; the page has its own picture again afterwards."""
    shown, _ = update(lane, intents.ShowMap())
    picture = picture_of(shown)
    assert picture is not None and picture.scene == "map"
    assert picture_of(press(shown, "spot:lane")) is picture
    assert picture_of(update(shown, intents.Back())[0]) == picture_of(lane) != picture


def test_a_place_that_an_edit_took_away_closes_its_card(lane: AppState) -> None:
    """The map stays open."""
    card = press(update(lane, intents.ShowMap())[0], "spot:lane")
    assert card.views[-1] == ScreenView("spot", "lane", focus=card.top.focus)
    assert lane.playthrough is not None
    places = {id: replace(place, spot=None) for id, place in lane.story.places.items()}
    edited = replace(lane.story, spots={}, places=places)
    after, _ = update(card, intents.StoryReloaded(edited, taken(edited, "continue"), ()))
    assert "spot" not in [view.screen for view in after.views]
