"""The teacher's separate screen: the teacher's own information, and a wall without anything to press."""

from __future__ import annotations

from dataclasses import replace

import pytest

from game.classroom import commands
from game.classroom.wall_view import build_class_view
from game.play import Page
from game.story.model import Story
from game.ui import intents
from game.ui.class_state import ClassView
from game.ui.handlers.classroom import start_class
from game.ui.i18n import Catalogue
from game.ui.screens.registry import render_top
from game.ui.screens.teacher import plan_steps, pupils_state
from game.ui.tree import TreeNode, focus_order, walk
from tests.classroom.wall_states import JOIN_INFO, UnloggedClass, wall_states
from tests.ui.app_driver import AppDriver, text_of

TEXT_SCALE = 140  # of the wall


def of_teacher(led: UnloggedClass, minutes: int = 0) -> ClassView:
    return build_class_view(led.state, JOIN_INFO, place="teacher", minutes=minutes)


def wall_beside(driver: AppDriver) -> TreeNode:
    return render_top(pupils_state(driver.app, TEXT_SCALE))


@pytest.fixture
def led(mill: Story) -> UnloggedClass:
    return UnloggedClass(mill, phones=6).read_to_vote().do(commands.open_vote).vote(2)


@pytest.fixture
def driver(led: UnloggedClass, words: Catalogue) -> AppDriver:
    return AppDriver(start_class(led.state.tracks[0].now.story, words, of_teacher(led)))


def test_a_separate_wall_has_nothing_to_press(shipped: Story, words: Catalogue) -> None:
    """In no state of a class; and it shows no answer for the teacher alone."""
    for state, class_view in wall_states(shipped):
        driver = AppDriver(start_class(shipped, words, replace(class_view, place="teacher")))
        for _ in range(4):
            tree = wall_beside(driver)
            assert focus_order(tree) == (), state
            assert not [node.id for node in walk(tree) if node.role in ("button", "field")], state
            driver.intend(intents.Back())


def test_picture_alone_is_seen_on_the_wall_too(driver: AppDriver) -> None:
    driver.intend(intents.LookAtPicture())
    tree = wall_beside(driver)
    assert (tree.id, tree.action, focus_order(tree)) == ("picture", None, ())
    driver.intend(intents.Back())
    assert wall_beside(driver).id == "wall"


def test_wall_follows_the_teacher_and_shows_no_menu_question_or_seat(driver: AppDriver) -> None:
    before = text_of(wall_beside(driver))
    for screen in ("wall-menu", "wall-seats", "wall-seat:s1", "remove-seat:s1"):
        driver.press(screen)
        assert text_of(wall_beside(driver)) == before
    driver.intend(*[intents.Back()] * 3)
    assert driver.where == "wall"
    driver.press("show:clerk")
    assert text_of(wall_beside(driver)) != before
    driver.press("wall-menu", "wall-join")
    assert JOIN_INFO.code in text_of(wall_beside(driver))


def test_teacher_sees_who_has_not_voted_and_who_is_away(led: UnloggedClass, driver: AppDriver) -> None:
    assert "3, 5" in driver.said and "4, 6" in driver.said
    driver.intend(intents.ClassChanged(of_teacher(led.do(commands.leave, "s5"))))
    assert "Away: 6" in driver.said
    assert "Away" not in text_of(wall_beside(driver)) and "Not voted yet" not in text_of(wall_beside(driver))


def test_teacher_looks_at_the_votes_in_private(driver: AppDriver) -> None:
    before = text_of(wall_beside(driver))
    assert not [node for node in walk(driver.tree) if node.role == "row"]
    driver.press("peek")
    assert [node.level for node in walk(driver.tree) if node.role == "row" and node.level]
    assert text_of(wall_beside(driver)) == before
    driver.press("peek")
    assert not [node for node in walk(driver.tree) if node.role == "row"]


def test_secret_votes_are_secret_from_the_teacher_too(driver: AppDriver, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Page, "tally", False)
    driver.press("peek")
    assert not [node for node in walk(driver.tree) if node.role == "row"]


@pytest.mark.parametrize(("minutes", "at"), [(0, 0), (5, 1), (89, -1), (300, -1)])
def test_plan_says_which_step_it_is_by_the_minutes(minutes: int, at: int, shipped: Story, words: Catalogue) -> None:
    steps = plan_steps(shipped, "class")
    led = UnloggedClass(shipped).read_to_vote()
    driver = AppDriver(start_class(shipped, words, of_teacher(led, minutes)))
    assert len(steps) > 2 and f"Minute {minutes} of {sum(step.minutes for step in steps)}" in driver.said
    assert f": {steps[at].title} (" in driver.said


def test_each_length_has_its_own_plan(shipped: Story) -> None:
    """Else it is the one of the guide's first part."""
    lasts = {cut: sum(step.minutes for step in plan_steps(shipped, cut)) for cut in shipped.cuts}
    assert lasts == {"full": 45, "class": 90, "one-door": 45, "kiosk": 20, "lesson": 45}


def test_story_without_a_plan_has_no_line_for_it(driver: AppDriver, mill: Story) -> None:
    assert plan_steps(mill, "class") == () and not driver.sees("plan")


def test_number_keys_enter_hands_on_the_teachers_screen(driver: AppDriver) -> None:
    driver.intend(intents.PickNumber(1))
    assert driver.where == "hands"
