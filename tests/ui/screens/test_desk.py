"""The source desk on its screens: documents beside one another, tasks that are answered by placing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.play import begin
from game.story.desk import Desk
from game.story.model import Story
from game.terminal import keys_of, render
from game.ui.i18n import Catalogue
from game.ui.intents import Back
from game.ui.screens.desk import BESIDE, LAID, SIMPLY
from game.ui.screens.registry import render_top
from game.ui.settings import Settings
from game.ui.state import KIOSK, AppState, ScreenView
from game.ui.tree import walk
from tests.ui.app_driver import AppDriver, text_of
from tests.ui.stand_ins import SCALES, SIZES, Size, check_layout, laid_out


@pytest.fixture
def at_title(shipped: Story, words: Catalogue) -> AppDriver:
    return AppDriver(AppState(shipped, words))


@pytest.fixture
def at_desk(at_title: AppDriver) -> AppDriver:
    at_title.press("about", "desk")
    return at_title


def desk_of(driver: AppDriver) -> Desk:
    assert driver.app.story.desk is not None
    return driver.app.story.desk


def placed(driver: AppDriver, task: str) -> set[str]:
    return {text.removeprefix(f"{task}.") for text in driver.app.top.placed if text.startswith(f"{task}.")}


def test_a_task_shows_its_documents_and_then_our_answer(at_desk: AppDriver) -> None:
    at_desk.press("section:who-for")
    task = desk_of(at_desk).tasks["who-for"]
    documents = [desk_of(at_desk).documents[id] for id in task.documents]
    answers = [*(document.could_not for document in documents), *(each.why for each in task.placing.decisions)]
    assert all(document.author in at_desk.said and document.text[0] in at_desk.said for document in documents)
    assert not any(text in at_desk.said for text in answers), "it would say too much before"
    at_desk.press("compare:who-for")
    assert all(text in at_desk.said for text in answers)


def test_a_question_has_one_answer_and_an_order_each_number_once(at_desk: AppDriver) -> None:
    at_desk.press("section:could-not-know", "place:could-not-know.why.lied", "place:could-not-know.why.looked")
    assert placed(at_desk, "could-not-know") == {"why.looked"}
    at_desk.press("place:could-not-know.why.looked")
    assert placed(at_desk, "could-not-know") == set()
    at_desk.intend(Back())
    at_desk.press("section:one-after-another", "place:one-after-another.pots.1", "place:one-after-another.rules.1")
    assert placed(at_desk, "one-after-another") == {"rules.1"}
    at_desk.press("place:one-after-another.pots.3", "place:one-after-another.pots.4")
    assert placed(at_desk, "one-after-another") == {"rules.1", "pots.4"}


def test_escape_goes_to_the_list_and_nothing_is_lost(at_desk: AppDriver) -> None:
    at_desk.press("section:who-for", "place:who-for.memo.few")
    at_desk.intend(Back())
    assert at_desk.where == "desk" and at_desk.app.top.argument == ""
    at_desk.press("section:who-for")
    assert placed(at_desk, "who-for") == {"memo.few"}
    at_desk.intend(Back(), Back())
    assert at_desk.where == "about"


def test_a_sentence_is_marked_in_either_wording(at_desk: AppDriver) -> None:
    at_desk.press("section:how-sure")
    refugees = desk_of(at_desk).documents["refugees"]
    assert at_desk.node("place:how-sure.sure.3").label == refugees.text[2]
    at_desk.press(f"compare:{SIMPLY}")
    assert at_desk.node("place:how-sure.sure.3").label == refugees.simply[2]
    assert at_desk.said.count(refugees.simply[2]) == 1, "a sentence stands once"


def test_three_documents_lie_side_by_side_and_no_fourth(at_desk: AppDriver) -> None:
    first, second, third, fourth, *_ = desk_of(at_desk).documents
    assert not at_desk.sees(f"section:{BESIDE}")
    at_desk.press(f"lay:{first}", f"lay:{second}", f"lay:{third}")
    assert at_desk.node(f"lay:{fourth}").action is None
    at_desk.press(f"section:{BESIDE}")
    shown = [node.label for node in walk(at_desk.tree) if node.role == "heading"]
    assert shown[1:] == [desk_of(at_desk).documents[id].title for id in (first, second, third)]
    at_desk.press("section", f"lay:{first}")
    assert at_desk.node(f"lay:{fourth}").action is not None


def test_the_reading_s_own_weighings_stand_beside_the_papers_of_their_time(shipped: Story, words: Catalogue) -> None:
    p = begin(shipped, role="official", cut="full")
    while p.page.chapter != "weighing-1959":
        p = p.choose(p.page.choices[0].id)
    app = AppState(shipped, words, playthrough=p, views=(ScreenView("reading"), ScreenView("desk", "said-and-weighed")))
    said = text_of(render_top(app))
    report = next(page.ledger for page in p.pages if page.chapter == "weighing-1958" and page.ledger is not None)
    assert f"In your reading, December 1958: Brought in {report.amount('brought_in'):,} sacks" in said


def test_it_is_offered_neither_at_a_kiosk_nor_in_a_language_without_it(at_title: AppDriver) -> None:
    at_title.press("about")
    at_title.app = replace(at_title.app, mode=KIOSK)
    assert not at_title.sees("desk")
    untranslated = replace(at_title.app.story, untranslated={"documents": "documents.yaml:1:1"})
    at_title.app = replace(at_title.app, story=untranslated)
    assert not at_title.sees("desk")


def views(desk: Desk) -> Iterator[ScreenView]:
    laid = frozenset(f"{LAID}{id}" for id in [*desk.documents][:3])
    yield ScreenView("desk", compared=laid)
    yield ScreenView("desk", BESIDE, compared=laid | {BESIDE})
    for task in desk.tasks:
        yield from (ScreenView("desk", task), ScreenView("desk", task, compared=frozenset({task, SIMPLY})))


@given(data=st.data(), size=st.sampled_from(SIZES), scale=st.sampled_from(SCALES))
def test_each_screen_of_the_desk_fits_or_scrolls(
    data: st.DataObject, size: Size, scale: int, shipped: Story, words: Catalogue
) -> None:
    assert shipped.desk is not None
    view = data.draw(st.sampled_from([*views(shipped.desk)]))
    tree, plan = laid_out(AppState(shipped, words, Settings(text_scale=scale), views=(view,)), size)
    check_layout(tree, plan)
    assert tree.label in render(tree, keys_of(tree), 72), "a terminal shows it, too"


def test_the_desk_says_nothing_that_holds_for_one_story_alone(shipped: Story, words: Catalogue) -> None:
    """Its own sentences name no village, no dead and no disagreement: another pack has other documents."""
    own = words.of_pack({"place": "San Martín"}, {})
    said = [own(f"desk.{key}") for key in ("about", "ask.agree", "skill.numbers", "skill.corroboration")]
    assert not re.search("village|dead|do not agree", " ".join(said))
    assert "San Martín" in own("desk.ask.agree")
