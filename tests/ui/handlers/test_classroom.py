"""The teacher's bar, as a value: each press sends one command, and screens about a vote close with it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from game.classroom import commands
from game.play import Page
from game.story.model import Story
from game.ui import intents
from game.ui.effects import Quit, TeacherCommand
from game.ui.handlers.classroom import start_class
from game.ui.i18n import Catalogue
from game.ui.state import ScreenView
from game.ui.tree import walk
from tests.classroom.wall_states import JOIN_INFO, UnloggedClass, wall_states
from tests.ui.app_driver import AppDriver, ClassDriver


@pytest.fixture
def led(mill: Story) -> UnloggedClass:
    """A class behind both doors, at its first vote."""
    return UnloggedClass(mill).read_to_vote()


@pytest.fixture
def at_the_wall(led: UnloggedClass, words: Catalogue) -> ClassDriver:
    driver = ClassDriver(led, words)
    driver.show()
    return driver


def test_a_class_begins_with_the_way_in_and_the_content_note(mill: Story, words: Catalogue) -> None:
    driver = ClassDriver(UnloggedClass(mill, phones=0), words)
    assert driver.where == "wall-expected"
    driver.intend(intents.Type("28"), intents.Activate())
    assert driver.effects == [TeacherCommand("expect", number=28)]
    assert driver.where == "wall-join" and JOIN_INFO.code in driver.said and "192.168.178.234:18765" in driver.said
    driver.press("back")
    assert driver.where == "wall-note" and mill.content_note[0] in driver.said
    driver.press("back")
    assert driver.where == "wall"


def test_the_next_thing_is_first_in_the_bar_and_has_the_focus(mill: Story, words: Catalogue) -> None:
    expected = {
        "first": "teach:onward", "to be voted": "teach:open", "paused": "teach:resume", "open": "teach:close",
        "closed": "teach:reveal", "revealed": "teach:decide", "nobody voted": "settle", "decided": "teach:onward",
    }  # fmt: skip
    found = {}
    for state, class_view in wall_states(mill):
        driver = AppDriver(start_class(mill, words, class_view))
        while driver.where in ("wall-join", "wall-note"):
            driver.intend(intents.Back())
        found[state] = driver.app.top.focus
    assert {state: found[state] for state in expected} == expected


def test_after_a_command_the_focus_returns_to_the_next_step(at_the_wall: ClassDriver) -> None:
    at_the_wall.do(commands.open_vote)
    assert at_the_wall.sent("teach:timer") == TeacherCommand("timer", number=60)
    assert at_the_wall.app.top.focus == "teach:close"


def test_a_step_back_asks_before_it_drops_ballots(led: UnloggedClass, at_the_wall: ClassDriver) -> None:
    """Only an open vote with ballots would be lost; a closed vote loses nothing."""
    at_the_wall.do(commands.open_vote)
    at_the_wall.press("undo")
    assert at_the_wall.effects == [TeacherCommand("back")]
    led.vote(3)
    at_the_wall.show()
    at_the_wall.press("undo")
    assert at_the_wall.where == "confirm" and len(at_the_wall.effects) == 1
    assert at_the_wall.sent("yes") == TeacherCommand("back", asked=True)
    at_the_wall.do(commands.close_vote)
    assert at_the_wall.sent("undo") == TeacherCommand("back") and at_the_wall.where == "wall"


def at_a_heavy_page(story: Story) -> UnloggedClass:
    """A class behind both doors, at the first page with a content note."""
    led = UnloggedClass(story)
    while not any(lane.page.note for lane in led.state.tracks) or len(led.state.tracks) < 2:
        if led.state.can_vote:
            led.do(commands.open_vote).vote(26).do(commands.reveal).do(commands.decide)
        else:
            led.do(commands.go_on)
    return led


def test_a_half_can_read_the_summary_of_a_heavy_chapter(shipped: Story, words: Catalogue) -> None:
    led = at_a_heavy_page(shipped)
    driver = ClassDriver(led, words)
    heavy = {lane.page.note for lane in led.state.tracks if lane.page.note}
    assert heavy and all(note in driver.said for note in heavy)
    before = driver.app.playthrough
    assert driver.sent("skip-for:villager") == TeacherCommand("skip", "villager") and driver.app.playthrough is before
    led.do(commands.skip, "villager")
    assert led.state.tracks[0].chapter_over


def test_hands_are_typed_one_choice_after_the_other(at_the_wall: ClassDriver) -> None:
    at_the_wall.press("show:clerk")
    at_the_wall.intend(intents.PickNumber(4))
    assert at_the_wall.where == "hands"
    at_the_wall.intend(intents.Type("1a2"), intents.Activate())
    assert at_the_wall.effects[-1] == TeacherCommand("count", "clerk", "honest", number=12)
    at_the_wall.do(commands.count_hands, "clerk", "honest", 12)
    assert at_the_wall.where == "hands" and "9,700" in at_the_wall.said
    at_the_wall.intend(intents.Activate())
    assert at_the_wall.effects[-1] == TeacherCommand("count", "clerk", "double", number=0)
    assert at_the_wall.where == "wall"


def test_a_ballot_turns_no_page_and_keeps_the_teacher_s_screen(led: UnloggedClass, at_the_wall: ClassDriver) -> None:
    """While the pages stay, the playthrough is the same object. Once the vote closes, the screen closes."""
    at_the_wall.do(commands.open_vote)
    before = at_the_wall.app.playthrough
    at_the_wall.press("show:clerk")
    at_the_wall.intend(intents.PickNumber(4), intents.Type("9"))
    led.vote(3)
    at_the_wall.show()
    assert at_the_wall.app.playthrough is before
    assert at_the_wall.where == "hands" and at_the_wall.app.top.line.text == "9"
    at_the_wall.do(commands.close_vote)
    assert at_the_wall.where == "wall" and at_the_wall.app.top.argument == "clerk"


def revealed(driver: ClassDriver) -> None:
    driver.led.do(commands.open_vote).vote(26)
    driver.do(commands.reveal)


def test_only_a_decision_against_the_votes_asks_for_a_reason(at_the_wall: ClassDriver) -> None:
    """A second press drops a pick."""
    revealed(at_the_wall)
    at_the_wall.press("settle", "pick:clerk/double", "pick:clerk/double", "pick:clerk/honest")
    assert at_the_wall.sent("settled") == TeacherCommand("decide", picks=(("clerk", "honest"),))
    at_the_wall.press("pick:clerk/double", "settled")
    at_the_wall.intend(intents.Activate(), intents.Type("   "), intents.Activate())
    assert at_the_wall.where == "reason" and len(at_the_wall.effects) == 1
    at_the_wall.intend(intents.Type("We want to know."), intents.Activate())
    assert at_the_wall.effects[-1] == TeacherCommand("decide", picks=(("clerk", "double"),), reason="We want to know.")


def test_a_tie_waits_for_a_coin_or_a_pick_behind_each_door(led: UnloggedClass, at_the_wall: ClassDriver) -> None:
    led.do(commands.open_vote)
    at_the_wall.do(commands.reveal)
    at_the_wall.press("settle")
    assert at_the_wall.sees("teach:coin") and not at_the_wall.sees("settled")
    at_the_wall.press("pick:clerk/double")
    assert not at_the_wall.sees("settled")
    at_the_wall.press("pick:miller/hide")
    assert at_the_wall.sees("settled")


def test_the_class_and_the_story_are_ended_only_after_a_question(at_the_wall: ClassDriver) -> None:
    at_the_wall.press("wall-menu", "end-class")
    assert at_the_wall.where == "confirm" and at_the_wall.sent("yes") == Quit()
    at_the_wall.press("end")
    assert at_the_wall.where == "confirm" and at_the_wall.sent("yes") == TeacherCommand("end", asked=True)
    at_the_wall.do(commands.end)
    assert at_the_wall.where == "wall-debrief"
    at_the_wall.do(commands.go_back)
    assert at_the_wall.where == "wall"


def test_each_half_is_shown_by_its_name(at_the_wall: ClassDriver) -> None:
    assert at_the_wall.sees("halves-vote")
    at_the_wall.press("show:clerk")
    assert at_the_wall.sees("prose-0") and not at_the_wall.sees("halves-vote")
    at_the_wall.press("show")
    assert at_the_wall.sees("halves-vote")
    at_the_wall.press("show:miller")
    revealed(at_the_wall)
    assert at_the_wall.app.top.argument == "miller"
    at_the_wall.do(commands.decide)
    assert at_the_wall.app.views[0].argument == ""


def test_nothing_of_the_votes_is_shown_before_the_reveal(mill: Story, words: Catalogue) -> None:
    ways = [UnloggedClass(mill).read_to_vote().do(commands.open_vote) for _ in range(2)]
    ways[0].vote(26)
    for seat in ways[1].state.seats:
        ways[1].cast(seat, -1)
    for is_closed in (False, True):
        for led in ways if is_closed else ():
            led.do(commands.close_vote)
        walls = [ClassDriver(led, words) for led in ways]
        assert walls[0].said == walls[1].said
        for door in mill.roles:
            for driver in walls:
                driver.press(f"show:{door}")
            assert walls[0].said == walls[1].said


def test_a_page_with_secret_votes_has_no_number(mill: Story, words: Catalogue, monkeypatch: pytest.MonkeyPatch) -> None:
    led = UnloggedClass(mill, role="clerk").read_to_vote().do(commands.open_vote).vote(20).do(commands.reveal)
    monkeypatch.setattr(Page, "tally", False)
    driver = ClassDriver(led, words)
    assert not [node for node in walk(driver.tree) if node.role == "row"]
    assert driver.sees("tally-none") and "I read out" in driver.said and "9,700" not in driver.said


@pytest.mark.parametrize(("addresses", "offered"), [(("10.0.0.1",), False), (("10.0.0.1", "10.0.0.2"), True)])
def test_another_address_is_offered_where_there_is_one(
    addresses: tuple[str, ...], offered: bool, mill: Story, words: Catalogue
) -> None:
    view = UnloggedClass(mill).class_view(joining=replace(JOIN_INFO, addresses=addresses))
    driver = AppDriver(replace(start_class(mill, words, view), views=(ScreenView("wall"), ScreenView("wall-join"))))
    assert driver.sees("teach:address") == offered
