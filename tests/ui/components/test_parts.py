"""What changed, and a code to take along."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from game.classroom import commands
from game.play import Playthrough, begin
from game.play.history import reading_map
from game.play.share_code import from_code, to_code
from game.story.model import Story
from game.story.people import Person
from game.ui import intents
from game.ui.components.parts import FRAGMENT, outcome_lines, reading_address
from game.ui.handlers.classroom import start_class
from game.ui.handlers.visit_handlers import start_kiosk
from game.ui.i18n import Catalogue
from game.ui.kiosk_state import KioskEdition, KioskOffer
from game.ui.settings import Settings
from game.ui.tree import TreeNode, find, walk
from tests.classroom.wall_states import UnloggedClass
from tests.ui.app_driver import AppDriver
from tests.ui.stand_ins import taken
from tests.web.web_reader import WebReader, data_in

SITE = "https://museum.example/grain/"


def code_on(tree: TreeNode) -> TreeNode | None:
    return next((node for node in walk(tree) if node.role == "image" and node.style == "qr"), None)


@pytest.mark.parametrize(("site", "start"), [
    (SITE, "https://museum.example/grain/#r="), ("https://museum.example", "https://museum.example/#r="),
    ("https://a.example/story.html", "https://a.example/story.html#r="),
])  # fmt: skip
def test_a_reading_stands_in_the_fragment(site: str, start: str, mill: Story) -> None:
    """Browsers do not send that part to a server."""
    p = begin(mill, "clerk").choose("continue")
    assert reading_address(site, p) == start + to_code(p)


def card_of(mill: Story, words: Catalogue, site: str) -> tuple[TreeNode, Playthrough]:
    offer = KioskOffer((KioskEdition(mill, words, "Come in."),), ("miller", "clerk"), "kiosk", web_address=site)
    visitor = AppDriver(start_kiosk(offer, Settings(targets="large")))
    visitor.press("come-in", "enter:clerk/kiosk", "stop", "yes")
    assert visitor.where == "visit-card" and visitor.app.playthrough is not None
    return visitor.tree, visitor.app.playthrough


def test_a_visitor_s_card_has_the_code_of_the_visit(mill: Story, words: Catalogue) -> None:
    tree, p = card_of(mill, words, SITE)
    code = code_on(tree)
    assert code is not None
    found, notes = from_code(mill, code.value.partition(FRAGMENT)[2])
    assert (found.entries, found.role, notes) == (p.entries, p.role, ())
    assert code.value in code.label
    assert find(tree, "take-along-text") is not None
    assert code_on(card_of(mill, words, "")[0]) is None


def last_wall(mill: Story, words: Catalogue, site: str) -> AppDriver:
    led = UnloggedClass(mill).read_to_vote().do(commands.end)
    view = replace(led.class_view(), web_address=site)
    driver = AppDriver(start_class(mill, words, view))
    driver.intend(intents.ClassChanged(view))
    while driver.sees(on := f"section:{int(driver.app.top.argument or 0) + 1}"):
        assert code_on(driver.tree) is None
        driver.press(on)
    return driver


def test_a_class_s_last_page_has_the_code_of_the_class(mill: Story, words: Catalogue, tmp_path: Path) -> None:
    code = code_on(last_wall(mill, words, SITE).tree)
    assert code is not None
    reader = WebReader(data_in(tmp_path, [mill]), code=code.value.partition(FRAGMENT)[2])
    assert reader.screen in ("debrief", "reading")
    assert code_on(last_wall(mill, words, "").tree) is None


@pytest.mark.parametrize(("pronouns", "whose"), [
    (("she",), "hers"), (("he",), "his"), (("she", "she"), "hers"), (("she", "he"), "theirs"), ((None,), "theirs"),
    ((), "theirs"),
])  # fmt: skip
def test_what_was_not_the_tellers_to_decide_is_labelled_by_their_pronoun(
    pronouns: tuple[str | None, ...], whose: str, mill: Story, words: Catalogue
) -> None:
    people = {id: replace(person, tells=None) for id, person in mill.people.items()}
    for word in pronouns:
        people[f"t{len(people)}"] = Person(f"t{len(people)}", "Teller", pronoun=word, tells="miller")
    p = taken(replace(mill, people=people), "give-wok")
    ((station,),) = reading_map(p).dates
    lines = list(outcome_lines(words, station.forks[0], "came"))
    assert [line.style for line in lines] == ["outcome", "anyway"]
    said = f"Not {whose} to decide: The wok was on the list."
    assert lines[1].label == "".join(span.text for span in lines[1].spans) == said
