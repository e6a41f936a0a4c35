"""The teacher's commands about the pupils of a class, and those that would lose ballots; hands behind both doors."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from game.classroom import commands
from game.story.model import Story
from game.ui import intents
from game.ui.class_state import JoinInfo
from game.ui.effects import TeacherCommand
from game.ui.i18n import Catalogue
from game.ui.tree import walk
from tests.classroom.wall_states import UnloggedClass
from tests.ui.app_driver import ClassDriver


@pytest.fixture
def led(mill: Story) -> UnloggedClass:
    """A class behind both doors with all 26 expected pupils, at its open vote."""
    return UnloggedClass(mill).do(commands.expect, 26).read_to_vote().do(commands.open_vote)


def at_wall(led: UnloggedClass, words: Catalogue) -> ClassDriver:
    driver = ClassDriver(led, words)
    driver.show()
    return driver


def test_a_full_class_offers_the_lock(mill: Story, words: Catalogue) -> None:
    led = UnloggedClass(mill, phones=0).do(commands.expect, 2)
    driver = at_wall(led, words)
    assert driver.where == "wall-join" and driver.app.top.focus == "back" and "0 of 2 pupils" in driver.said
    led.do(commands.join, "a").do(commands.join, "b")
    driver.show()
    assert driver.sees("teach:lock")
    assert driver.sent("teach:lock") == TeacherCommand("lock")
    driver.do(commands.lock, True)
    assert not driver.sees("teach:lock") and "joining is locked" in driver.said


def test_phone_at_the_door_is_named_on_the_wall_and_let_in_by_a_key(led: UnloggedClass, words: Catalogue) -> None:
    driver = at_wall(led.do(commands.join, "late"), words)
    assert "1 waits at the door" in driver.said
    assert driver.sent("teach:admit") == TeacherCommand("admit")
    driver.do(commands.admit)
    assert not driver.sees("teach:admit")


def test_seats_have_numbers_and_commands_and_say_who_voted_and_is_away(led: UnloggedClass, words: Catalogue) -> None:
    led.vote(3).do(commands.leave, "s1")
    driver = at_wall(led, words)
    driver.press("wall-menu", "wall-seats")
    assert driver.node("wall-seat:s0").label == "No. 1 · voted"
    assert driver.node("wall-seat:s1").label == "No. 2 · away · voted"
    assert driver.node("wall-seat:s9").label == "No. 10 · not yet"
    assert driver.sent("wall-seat:s9", "share-seat:s9/2") == TeacherCommand("share", seat="s9", number=2)
    driver.do(commands.share, "s9", 2)
    assert driver.where == "wall-seat" and "2 pupils" in driver.said
    assert driver.sent("move-seat:s9") == TeacherCommand("move", seat="s9")
    driver.press("back", "wall-seat:s0", "move-seat:s0")
    assert driver.where == "confirm", "a move would drop its vote"
    driver.press("back")
    assert driver.where == "wall-seat" and driver.effects[-1] == TeacherCommand("move", seat="s9")


def test_a_seat_is_removed_after_a_question_and_let_in_again(led: UnloggedClass, words: Catalogue) -> None:
    driver = at_wall(led.vote(3), words)
    driver.press("wall-menu", "wall-seats", "wall-seat:s0", "remove-seat:s0")
    assert driver.where == "confirm" and not driver.effects and driver.app.top.focus == "back"
    driver.press("yes")
    assert driver.where == "wall-seats" and driver.effects == [TeacherCommand("remove", seat="s0", asked=True)]
    driver.do(commands.remove, "s0")
    assert not driver.sees("wall-seat:s0") and driver.node("readmit-seat:s0").label == "Let No. 1 in again"
    driver.press("readmit-seat:s0")
    assert driver.where == "wall-seats" and driver.effects[-1] == TeacherCommand("readmit", seat="s0")
    driver.do(commands.readmit, "s0")
    assert not driver.sees("door-removed") and driver.node("wall-seat:s0").label == "No. 1 · away · voted"


def voted_and_left(led: UnloggedClass, votes: int) -> UnloggedClass:
    """After a vote of so many phones, which left since then and are left out."""
    led.vote(votes)
    for seat in sorted(led.state.seats)[:votes]:
        led.do(commands.leave, seat)
    return led.do(commands.reveal).do(commands.leave_out_absent, True)


def voted_anew(led: UnloggedClass) -> UnloggedClass:
    """At a second vote on the page, after one of all."""
    return led.vote(26).do(commands.reveal).do(commands.open_vote)


@pytest.mark.parametrize(
    ("command", "said", "led_to"),
    [
        pytest.param("close", "19 pupils have not voted", lambda led: led.vote(7), id="many have not voted"),
        pytest.param("close", "", lambda led: led.vote(25), id="one has not voted"),
        pytest.param(
            "revote", "26 votes are thrown away", lambda led: led.vote(26).do(commands.reveal), id="all voted"
        ),
        pytest.param(
            "revote", "1 vote is thrown away", lambda led: voted_and_left(led, 1), id="only absent ones voted"
        ),
        pytest.param("revote", "", lambda led: led.do(commands.reveal), id="nobody voted"),
        pytest.param(
            "restore", "2 votes of the present round", lambda led: voted_and_left(voted_anew(led), 2), id="two again"
        ),
        pytest.param("restore", "", voted_anew, id="nobody voted again"),
    ],
)
def test_a_command_asks_if_it_would_lose_ballots(
    led: UnloggedClass, words: Catalogue, command: str, said: str, led_to: Callable[..., UnloggedClass]
) -> None:
    driver = at_wall(led_to(led), words)
    driver.press(f"teach:{command}")
    if said:
        assert driver.where == "confirm" and said in driver.said and not driver.effects
        driver.intend(intents.Activate())
        assert driver.where == "wall" and not driver.effects
        driver.press(f"teach:{command}", "yes")
    assert driver.where == "wall" and driver.effects == [TeacherCommand(command, asked=bool(said))]


def test_a_dropped_vote_is_restored(led: UnloggedClass, words: Catalogue) -> None:
    driver = at_wall(voted_anew(led), words)
    driver.do(commands.restore_vote)
    assert driver.app.class_view is not None and driver.app.class_view.voted == 26


def test_halves_keep_their_places_whoever_joined_first(mill: Story, words: Catalogue) -> None:
    led = UnloggedClass(mill, phones=0)
    doors = list(mill.roles)
    for seat, door in (("a", doors[1]), ("b", doors[0])):
        led.do(commands.join, seat, door)
    driver = at_wall(led, words)
    driver.intend(*[intents.Back()] * 3)
    driver.press("wall-menu", "wall-seats")
    groups = [node.id for node in walk(driver.tree) if node.id and node.id.startswith("door:")]
    assert groups == [f"door:{door}" for door in doors]


def test_a_refused_phone_is_not_among_the_removed_seats(led: UnloggedClass) -> None:
    led.do(commands.join, "late").do(commands.turn_away)
    assert "late" in led.state.removed and not led.class_view().removed


def test_counted_hands_stand_in_the_field_and_enter_keeps_them(mill: Story, words: Catalogue) -> None:
    led = UnloggedClass(mill, phones=0).read_to_vote()
    driver = at_wall(led, words)
    driver.intend(*[intents.Back()] * 2, intents.PickNumber(1), intents.Type("5"), intents.Activate())
    count = driver.effects[-1]
    assert isinstance(count, TeacherCommand) and count.number == 5
    driver.intend(intents.Back())
    driver.do(commands.count_hands, count.door, count.choice, 5)
    for typed, number in (((), 5), ((intents.Type("12"),), 12), ((intents.Erase(-1),), 0)):
        driver.intend(intents.PickNumber(1))
        assert driver.node("field").value == "5" and driver.node("field").hint == words("hands.field.change")
        driver.intend(*typed, intents.Activate(), intents.Back())
        assert driver.effects[-1] == TeacherCommand("count", count.door, count.choice, number=number)


def test_ballots_of_the_absent_are_told_apart_and_left_out_by_a_key(led: UnloggedClass, words: Catalogue) -> None:
    led.vote(26).do(commands.leave, "s0").do(commands.reveal)
    driver = at_wall(led, words)
    assert "26 votes" in driver.said and "1 vote is from a phone that left" in driver.said
    assert driver.sent("teach:leave-out") == TeacherCommand("leave-out")
    driver.do(commands.leave_out_absent, True)
    assert "25 votes" in driver.said and "1 vote of absent phones left out" in driver.said
    assert driver.sent("teach:count-all") == TeacherCommand("count-all")


def test_enter_and_numbers_count_hands_behind_both_doors(mill: Story, words: Catalogue) -> None:
    """Without phones, both go on from one half to the other, also before the vote opens."""
    led = UnloggedClass(mill, phones=0).read_to_vote()
    driver = at_wall(led, words)
    driver.intend(*[intents.Back()] * 2, intents.Activate())
    wanted = [(half.door, option.id) for half in led.class_view().halves for option in half.page.choices]
    while driver.where == "hands":
        driver.intend(intents.Type("3"), intents.Activate())
    assert driver.effects == [TeacherCommand("count", door, choice, number=3) for door, choice in wanted]
    assert driver.where == "wall" and driver.sees("halves-vote")
    for number, (door, choice) in enumerate(wanted, 1):
        assert driver.node(f"hands:{door}/{choice}").level == number
        driver.intend(intents.PickNumber(number))
        assert (driver.where, driver.app.top.argument) == ("hands", f"{door}/{choice}")
        driver.intend(intents.Back())


DONE_BY: dict[str, Callable[..., commands.Events]] = {
    "open": commands.open_vote, "close": commands.close_vote, "reveal": commands.reveal, "onward": commands.go_on,
    "decide": commands.decide, "end": commands.end,
}  # fmt: skip


@pytest.mark.parametrize("trouble", ["", "network", "disk"])
def test_enter_never_goes_in_a_circle_without_phones(mill: Story, words: Catalogue, trouble: str) -> None:
    joining = JoinInfo(trouble=trouble)
    led = UnloggedClass(mill, phones=0)
    driver = ClassDriver(led, words, led.class_view(joining=joining))

    def here() -> tuple[object, ...]:
        return driver.where, driver.app.top.argument, led.state.phase, led.state.number, len(led.state.before)

    seen = [here()]
    for _ in range(60):
        before = len(driver.effects)
        driver.intend(intents.Activate())
        for effect in driver.effects[before:]:
            assert isinstance(effect, TeacherCommand)
            if effect.command == "count":
                led.do(commands.count_hands, effect.door, effect.choice, effect.number)
            else:
                led.do(DONE_BY[effect.command])
            driver.intend(intents.ClassChanged(led.class_view(joining=joining)))
        if here() == seen[-1]:
            break
        assert here() not in seen
        seen.append(here())
    assert driver.where == "settle" and led.state.number == 1 and driver.effects
    driver.intend(intents.PickNumber(1))
    assert driver.app.top.placed


def test_full_disk_is_said_on_the_wall(led: UnloggedClass, mill: Story, words: Catalogue) -> None:
    driver = ClassDriver(led, words, led.class_view(saved=False))
    assert words("wall.unsaved") in driver.said
    begun = UnloggedClass(mill, phones=0)
    driver = ClassDriver(begun, words, begun.class_view(joining=JoinInfo(trouble="disk"), saved=False))
    assert driver.where == "wall-join" and "disk is full" in driver.said and "show of hands" in driver.said
