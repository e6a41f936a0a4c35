"""People: their marks in a page's text, their cards, the sheet of everybody met, and the story so far."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import pygame
import pytest

from game.painter.canvas.frame import frame
from game.play.page_context import PersonCard
from game.play.save_files import SlotInfo
from game.story.model import Story
from game.story.people import Person, other_name
from game.ui import intents
from game.ui.components.met_parts import has_map, name_in_full
from game.ui.effects import LoadSlot
from game.ui.i18n import Catalogue
from game.ui.layout.geometry import Run
from game.ui.layout.placement import page_area, subject_area, tools_foot
from game.ui.scenery import picture_of
from game.ui.screens.registry import render_top
from game.ui.settings import Settings
from game.ui.state import WALL, AppState, ScreenView
from game.ui.transitions import open_screen
from game.ui.tree import TreeNode, find, focus_order, walk
from game.ui.update import start, update
from tests.classroom.wall_states import wall_states
from tests.ui.app_driver import at_page, press
from tests.ui.stand_ins import SCALES, SIZES, Size, check_layout, laid_out, taken, wandered


def labels(app: AppState) -> list[str]:
    return [node.label for node in walk(render_top(app))]


def persons(tree: TreeNode) -> list[tuple[str, str]]:
    """(node id, person) of each mark of a person."""
    return [(node.id, node.action.target) for node in walk(tree) if node.style == "person" and node.action]


@pytest.fixture
def gate(mill: Story, words: Catalogue) -> AppState:
    return at_page(words, taken(mill, "continue"))


def test_a_person_is_marked_where_first_named_and_opens_a_card(gate: AppState) -> None:
    ((link, person),) = persons(render_top(gate))
    assert person == "lu-qi" and find(render_top(gate), link).label == "Lu Qi"  # type: ignore[union-attr]
    card = press(gate, link)
    assert card.top.screen == "person"
    assert labels(card)[:5] == ["Lu Qi", "Lu Qi", "Mill Lane", "The smith", "He mends woks."]
    assert update(card, intents.Back())[0].top == gate.top


def test_a_person_is_not_marked_again_in_the_same_chapter(shipped: Story, words: Catalogue) -> None:
    chapter, known, again = "", frozenset[str](), 0
    for p in wandered(shipped, 1, "villager")[:-1]:
        named = frozenset(mark.id for mark in p.page.people)
        if p.page.chapter != chapter:
            chapter, known = p.page.chapter or "", frozenset()
        marked = {person for _, person in persons(render_top(at_page(words, p)))}
        assert not marked & known, p.page.node
        again += bool(named & known)
        known |= named
    assert again > 5


def test_a_card_says_what_may_be_known_by_now_and_no_fate(mill: Story, words: Catalogue) -> None:
    p = taken(mill, "give-wok", "continue")
    assert p.page.chapter == "m-heavy"
    known = labels(at_page(words, p, ScreenView("person", "lu-qi")))
    assert "The smith, who has no forge" in known and "He weighed the wok that he had mended." in known
    assert not [label for label in known if "list" in label or "ice" in label]
    kept = labels(at_page(words, taken(mill, "hide", "continue"), ScreenView("person", "lu-qi")))
    assert "He weighed the wok that he had mended." not in kept


def test_a_person_without_description_has_name_and_group(mill: Story, words: Catalogue) -> None:
    card = at_page(words, taken(mill, "continue"), ScreenView("person", "han"))
    cross = ""
    assert labels(card) == ["Secretary Han", "Secretary Han", "The commune", "", words("close"), cross]


def test_card_and_sheet_have_the_name_that_pages_use(mill: Story, words: Catalogue) -> None:
    called = {
        ("Gu Laogen", ("the old man",)): "Gu Laogen, the old man",
        ("Ma Tiezhu", ("Captain Ma", "Ma")): "Ma Tiezhu, Captain Ma",
        ("Mao Zedong", ("Mao", "Chairman Mao")): "Mao Zedong",
        ("Peng Dehuai", ("Marshal Peng Dehuai",)): "Peng Dehuai",
        ("the man from the office", ("a man from the office",)): "The man from the office",
        ("young Lu", ()): "Young Lu",
    }
    for (name, also), shown in called.items():
        person = Person("one", name, also)
        assert name_in_full(words, PersonCard("one", name, "", "", (), other_name(person))) == shown
    smith = replace(mill.people["lu-qi"], also=("the smith",))
    story = replace(mill, people={**mill.people, "lu-qi": smith})
    sheet = press(at_page(words, taken(story, "continue")), "pause", "people")
    assert "Lu Qi, the smith" in labels(sheet)
    assert labels(press(sheet, "person:lu-qi"))[1] == "Lu Qi, the smith"


def test_the_people_sheet_groups_whom_the_reader_met(gate: AppState) -> None:
    """The teller and all named people; nobody who comes later, and no empty heading."""
    sheet = press(gate, "pause", "people")
    groups = [node for node in render_top(sheet).children if node.style == "people"]
    assert [(group.label, [person.label for person in group.children]) for group in groups] == [
        ("Mill Lane", ["Old Ning", "Lu Qi"])
    ]
    assert groups[0].children[0].value == "the miller, who weighs what others bring"
    assert focus_order(render_top(sheet)) == ("person:ning", "person:lu-qi", "back", "map")
    card = press(sheet, "person:lu-qi")
    assert card.top.screen == "person"
    assert update(card, intents.Back())[0].top.screen == "people"


def test_the_key_opens_and_closes_the_people_from_every_screen_of_a_reading(gate: AppState) -> None:
    for under in (gate, press(gate, "pause"), press(gate, "prose-1.1"), press(gate, "pause", "look-back")):
        opened, _ = update(under, intents.ShowPeople())
        assert opened.top.screen == "people"
        assert update(opened, intents.ShowPeople())[0].top.screen == under.top.screen
    again, _ = update(press(press(gate, "pause", "people"), "person:ning"), intents.ShowPeople())
    assert [view.screen for view in again.views].count("people") == 1
    title = replace(gate, views=gate.views[:1])
    assert update(title, intents.ShowPeople())[0] == title
    nobody = replace(gate, story=replace(gate.story, people={}))
    assert update(nobody, intents.ShowPeople())[0].top.screen == "reading"
    assert find(render_top(nobody), "people") is find(render_top(press(nobody, "pause")), "people") is None


def test_the_story_so_far_has_each_deed_with_its_outcome(mill: Story, words: Catalogue) -> None:
    p = taken(mill, "give-wok", "continue").skip()
    app = press(at_page(words, p), "pause", "so-far")
    text = labels(app)
    way = [
        "October 1958 · Pots into Iron",
        "I gave them the wok and kept the hoe.",
        "Lu Qi gave me a receipt, and did not look into the jar.",
        "February 1960 · The Ladle",
        words("way.told"),
        words("so-far.now", place="June 1960 · The Weighing"),
    ]
    assert sorted(way, key=text.index) == way
    unanswered = labels(at_page(words, taken(mill, "give-all"), ScreenView("so-far")))
    assert sum("; now " in label or "Now:" in label for label in unanswered) == 2, "one change, and the place"
    assert press(app, "back").top.screen == "pause"


def test_a_resumed_reading_begins_with_the_story_so_far(mill: Story, words: Catalogue) -> None:
    p = taken(mill, "give-wok", "continue", "smallest")
    back = press(start(mill, words, resumed=p), "continue")
    assert [view.screen for view in back.views] == ["title", "reading", "so-far"]
    assert back.top.focus == "back"
    assert update(back, intents.Activate())[0].top.screen == "reading"
    app = replace(start(mill, words), slots=(SlotInfo(2, "2024-05-06T07:08:09", "miller", "", "", ""),))
    app, effects = update(press(app, "slots-fetch"), intents.Press("fetch:2"))
    assert LoadSlot(2) in effects
    app, _ = update(app, intents.PlaythroughLoaded(p))
    assert app.top.screen == "so-far"
    assert press(start(mill, words, resumed=taken(mill, "give-wok")), "continue").top.screen == "reading"


def test_a_person_on_a_class_s_wall_opens_a_card(mill: Story, words: Catalogue) -> None:
    """The wall has no playthrough: the card follows from the page that names the person."""
    opened = 0
    for _, class_view in wall_states(mill):
        wall = AppState(mill, words, views=(ScreenView("wall"),), mode=WALL, class_view=class_view)
        for link, person in persons(render_top(wall)):
            card = press(wall, link)
            assert (card.top.screen, card.top.argument) == ("person", person)
            assert mill.people[person].name in labels(card)
            assert update(card, intents.Back())[0].top.screen == "wall"
            opened += 1
    assert opened


def test_the_map_opens_from_the_menu_the_people_and_a_key(gate: AppState) -> None:
    for opened in (press(gate, "pause", "map"), press(gate, "pause", "people", "map")):
        assert opened.top.screen == "map"
        assert update(opened, intents.Back())[0].top.screen in ("pause", "people")
    over_page, _ = update(gate, intents.ShowMap())
    assert over_page.top.screen == "map"
    assert update(over_page, intents.ShowMap())[0].top.screen == "reading"


def test_a_story_without_a_map_offers_none(gate: AppState) -> None:
    bare = replace(gate, story=replace(gate.story, spots={}))
    assert find(render_top(press(bare, "pause")), "map") is None
    assert find(render_top(press(bare, "pause", "people")), "map") is None
    assert update(bare, intents.ShowMap())[0] is bare
    assert not has_map(replace(gate, playthrough=None))
    for _, class_view in wall_states(gate.story):
        assert not has_map(replace(gate, mode=WALL, class_view=class_view))


def test_an_entry_says_where_when_and_what(gate: AppState) -> None:
    shown, _ = update(gate, intents.ShowMap())
    entry = find(render_top(shown), "spot:lane")
    assert entry is not None and entry.label == "Mill Lane" and entry.level == 1 and entry.chosen
    assert entry.value.startswith("You are here. 1958 · ")
    card = press(shown, "spot:lane")
    assert card.top.screen == "spot" and "Mill Lane" in labels(card)
    assert [text for text in labels(card) if text.startswith("October 1958")]
    assert update(card, intents.Back())[0].top.screen == "map"


def test_a_place_s_card_has_its_deeds_and_outcomes(mill: Story, words: Catalogue) -> None:
    after = at_page(words, taken(mill, "give-wok", "continue"))
    card = open_screen(open_screen(after, "map"), "spot", "lane")
    assert "I gave them the wok and kept the hoe." in labels(card)
    assert any("Lu Qi gave me a receipt" in text for text in labels(card))


def test_places_off_the_map_stand_beside_it(shipped: Story, words: Catalogue) -> None:
    maps = (open_screen(at_page(words, p), "map") for p in wandered(shipped, 3, "official"))
    beside = next(node for app in maps if (node := find(render_top(app), "elsewhere")))
    assert beside.label == words("map.elsewhere")
    assert all(node.level == 0 and node.at is None and node.focusable for node in beside.children)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("scale", SCALES)
def test_labels_are_on_the_picture_and_cover_no_other(size: Size, scale: int, shipped: Story, words: Catalogue) -> None:
    """Each place of the list has its label inside the map and off the sheet; both press the same node. With large text,
    a label may find no room: the list still has the place."""
    settings = Settings(text_scale=scale)
    for role in shipped.roles:
        met_most = wandered(shipped, 4, role)[-2]  # the last page that is itself at a place of the map
        tree, plan = laid_out(open_screen(at_page(words, met_most, settings=settings), "map"), size)
        check_layout(tree, plan)
        area = subject_area(size, settings, "map")
        labels = [panel for panel in plan.panels if panel.kind == "label"]
        spots = [node for node in walk(tree) if node.at is not None]
        if plan.main.rect.overlaps(area):
            assert labels == [] and scale >= 150
            continue
        named = {panel.items[0].id: panel for panel in labels}
        assert len(named) == len(labels) and named.keys() <= {node.id for node in spots}
        assert scale > 100 or len(labels) == len(spots)
        if scale == 100 and size in ((1920, 1080), (1280, 720)):
            assert all(sum(isinstance(item, Run) for item in panel.items) > 1 for panel in labels), "each has its name"
        assert all(panel.rect.inside(area) for panel in labels)
        assert not any(label.rect.overlaps(other.rect) for label, other in combinations(labels, 2))
        for id, panel in named.items():
            middle = panel.rect.x + panel.rect.w // 2, panel.rect.y + panel.rect.h // 2
            assert plan.hit(*middle) == id and id in focus_order(tree)


@pytest.mark.parametrize("style", ["page", "map"])
@pytest.mark.parametrize("size", [*SIZES, (1366, 768), (800, 600), (3840, 2160)])
@pytest.mark.parametrize("settings", [Settings(), Settings(text_scale=200), Settings(targets="large", text_scale=120)])
def test_labels_are_placed_where_the_painter_has_its_subject(style: str, size: Size, settings: Settings) -> None:
    sheet = page_area(size, settings, style)
    painted = frame(size, pygame.Rect(sheet.x, sheet.y, sheet.w, sheet.h), tools_foot(size, settings, style))
    area = subject_area(size, settings, style)
    assert (area.x, area.y, area.w, area.h) == (painted.left, painted.top, painted.width, painted.height)


def test_the_map_is_behind_its_screen_and_its_cards_alone(gate: AppState) -> None:
    shown, _ = update(gate, intents.ShowMap())
    picture = picture_of(shown)
    assert picture is not None and picture.scene == "map"
    assert picture_of(press(shown, "spot:lane")) is picture
    assert picture_of(update(shown, intents.Back())[0]) == picture_of(gate) != picture


def test_the_card_of_a_removed_place_closes(gate: AppState) -> None:
    card = press(update(gate, intents.ShowMap())[0], "spot:lane")
    assert card.views[-1] == ScreenView("spot", "lane", focus=card.top.focus)
    assert gate.playthrough is not None
    places = {id: replace(place, spot=None) for id, place in gate.story.places.items()}
    edited = replace(gate.story, spots={}, places=places)
    after, _ = update(card, intents.StoryReloaded(edited, taken(edited, "continue"), ()))
    assert "spot" not in [view.screen for view in after.views]
