"""People: their marks in a page's text, their cards, the sheet of everybody met, and the story so far."""

from __future__ import annotations

from dataclasses import replace

import pytest

from game.play import Playthrough
from game.play.page_context import PersonCard
from game.play.save_files import SlotInfo
from game.story.model import Story
from game.story.people import Person, other_name
from game.ui import intents
from game.ui.components.people_parts import name_in_full
from game.ui.effects import LoadSlot
from game.ui.i18n import Catalogue
from game.ui.screens.registry import render_top
from game.ui.state import WALL, AppState, ScreenView
from game.ui.tree import TreeNode, find, focus_order, walk
from game.ui.update import start, update
from tests.classroom.wall_states import wall_states
from tests.ui.stand_ins import taken, wandered


def at(story: Story, words: Catalogue, p: Playthrough, *views: ScreenView) -> AppState:
    return AppState(story, words, playthrough=p, views=(ScreenView("title"), ScreenView("reading"), *views))


def press(app: AppState, *nodes: str) -> AppState:
    """The state after these nodes were pressed; each has to be there."""
    for node in nodes:
        assert find(render_top(app), node) is not None, f"{node} is not on {app.top.screen}"
        app, _ = update(app, intents.Press(node))
    return app


def labels(app: AppState) -> list[str]:
    return [node.label for node in walk(render_top(app))]


def persons(tree: TreeNode) -> list[tuple[str, str]]:
    """(node id, person) of each mark of a person."""
    return [(node.id, node.action.target) for node in walk(tree) if node.style == "person" and node.action]


@pytest.fixture
def gate(mill: Story, words: Catalogue) -> AppState:
    """The page of the gate, on which Lu Qi is named for the first time."""
    return at(mill, words, taken(mill, "continue"))


def test_a_person_is_marked_where_first_named_and_opens_a_card(gate: AppState) -> None:
    """Once in a chapter: the name is a link in the text, and its card says group, who they are, and what is known."""
    ((link, person),) = persons(render_top(gate))
    assert person == "lu-qi" and find(render_top(gate), link).label == "Lu Qi"  # type: ignore[union-attr]
    card = press(gate, link)
    assert card.top.screen == "person"
    assert labels(card)[:5] == ["Lu Qi", "Lu Qi", "Mill Lane", "The smith", "He mends woks."]
    assert update(card, intents.Back())[0].top == gate.top


def test_a_person_is_not_marked_again_in_the_same_chapter(shipped: Story, words: Catalogue) -> None:
    """Whoever was named on an earlier page of it is known there."""
    chapter, known, again = "", frozenset[str](), 0
    for p in wandered(shipped, 1, "villager")[:-1]:
        named = frozenset(mark.id for mark in p.page.people)
        if p.page.chapter != chapter:
            chapter, known = p.page.chapter or "", frozenset()
        marked = {person for _, person in persons(render_top(at(shipped, words, p)))}
        assert not marked & known, p.page.node
        again += bool(named & known)
        known |= named
    assert again > 5


def test_a_card_says_what_may_be_known_by_now_and_no_fate(mill: Story, words: Catalogue) -> None:
    """What holds from a later chapter, for this reader, on its condition; nothing of another reader, nothing of the
    end."""
    p = taken(mill, "give-wok", "continue")
    assert p.page.chapter == "m-heavy"
    known = labels(at(mill, words, p, ScreenView("person", "lu-qi")))
    assert "The smith, who has no forge" in known and "He weighed the wok that he had mended." in known
    assert not [label for label in known if "list" in label or "ice" in label]
    kept = labels(at(mill, words, taken(mill, "hide", "continue"), ScreenView("person", "lu-qi")))
    assert "He weighed the wok that he had mended." not in kept


def test_a_person_without_description_has_name_and_group(mill: Story, words: Catalogue) -> None:
    """Nothing is made up for whom the story says nothing of."""
    card = at(mill, words, taken(mill, "continue"), ScreenView("person", "han"))
    assert labels(card) == [
        "Secretary Han",
        "Secretary Han",
        "The commune",
        "",
        words("close"),
        "",
    ]  # the cross of Close is a mark


def test_card_and_sheet_have_the_name_that_pages_use(mill: Story, words: Catalogue) -> None:
    """Beside the whole name, where that does not tell who is meant; a heading begins with a capital."""
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
    app = at(story, words, taken(story, "continue"))
    sheet = press(app, "pause", "people")
    assert "Lu Qi, the smith" in labels(sheet)
    assert labels(press(sheet, "person:lu-qi"))[1] == "Lu Qi, the smith"


def test_the_people_sheet_groups_whom_the_reader_met(gate: AppState) -> None:
    """The teller and who was named, also in a line of the game's; nobody who comes later, and no empty heading."""
    sheet = press(gate, "pause", "people")
    groups = [node for node in render_top(sheet).children if node.style == "people"]
    assert [(group.label, [one.label for one in group.children]) for group in groups] == [
        ("Mill Lane", ["Old Ning", "Lu Qi"])
    ]
    assert groups[0].children[0].value == "the miller, who weighs what others bring"
    card = press(sheet, "person:lu-qi")
    assert card.top.screen == "person"
    assert update(card, intents.Back())[0].top.screen == "people"


def test_the_key_opens_and_closes_the_people_from_every_screen_of_a_reading(gate: AppState) -> None:
    """Over a page, a card, the pause, a past page; once however often; not on the title, nor without people."""
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
    assert find(render_top(press(nobody, "pause")), "people") is None


def test_the_story_so_far_has_each_deed_with_what_came_of_it(mill: Story, words: Catalogue) -> None:
    """Date, deed, its answer or else the first change, told skips, and where the reader is."""
    p = taken(mill, "give-wok", "continue").skip()
    app = press(at(mill, words, p), "pause", "so-far")
    told = labels(app)
    for earlier, later in (
        ("October 1958 · Pots into Iron", "I gave them the wok and kept the hoe."),
        ("I gave them the wok and kept the hoe.", "Lu Qi gave me a receipt, and did not look into the jar."),
        ("Lu Qi gave me a receipt, and did not look into the jar.", "February 1960 · The Ladle"),
        ("February 1960 · The Ladle", words("way.told")),
        (words("way.told"), words("so-far.now", place="June 1960 · The Weighing")),
    ):
        assert told.index(earlier) < told.index(later)
    unanswered = labels(at(mill, words, taken(mill, "give-all"), ScreenView("so-far")))
    assert (
        len([label for label in unanswered if "; now " in label or "Now:" in label]) == 2
    )  # one change, and the place
    assert press(app, "back").top.screen == "pause"


def test_a_reading_that_is_taken_up_again_begins_with_the_story_so_far(mill: Story, words: Catalogue) -> None:
    """From the title and from a slot, over the page; one press of the main button, which has the focus, reads on."""
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


def test_a_short_reading_is_taken_up_at_its_page(mill: Story, words: Catalogue) -> None:
    """After a few steps nobody needs to be told what they did."""
    p = taken(mill, "give-wok")
    assert press(start(mill, words, resumed=p), "continue").top.screen == "reading"


def test_every_person_can_be_reached_with_two_keys(gate: AppState) -> None:
    """Going on and pressing: each button of the sheet, and the way back, in the order of the sheet."""
    sheet = press(gate, "pause", "people")
    assert focus_order(render_top(sheet)) == ("person:ning", "person:lu-qi", "back", "map")


def test_a_person_on_a_class_s_wall_opens_a_card(mill: Story, words: Catalogue) -> None:
    """The wall reads no playthrough of its own: the card is of the page that names the person."""
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
