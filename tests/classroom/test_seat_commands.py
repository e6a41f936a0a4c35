"""Seats of a class: expected pupils, locked joining, waiting phones, and removed, moved and shared seats."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from game.classroom import commands
from game.classroom.commands import MOST_WAITING, Refused
from game.play.voting import counts
from game.story import Story
from tests.classroom.logged_class import LoggedClass, refusal, replay


@pytest.fixture
def class_(shipped: Story) -> LoggedClass:
    """A class of both doors with all of its four expected pupils, at its first open vote."""
    class_ = LoggedClass(shipped).do(commands.expect, 4).join("a", "b", "c", "d")
    return class_.read_to_vote().do(commands.open_vote)


def first_choice(class_: LoggedClass, seat: str) -> str:
    return class_.state.track_of(seat).page.choices[0].id


def test_five_hundred_phones_fill_only_the_expected_seats(class_: LoggedClass) -> None:
    assert class_.state.is_all_in and not class_.state.has_room
    refused = 0
    for number in range(500):
        try:
            class_.do(commands.join, f"flood{number}")
        except Refused as reason:
            assert reason.reason == "full"
            refused += 1
    state = class_.state
    assert len(state.seats) == 4 and len(state.waiting) == MOST_WAITING and refused == 500 - MOST_WAITING
    choice = first_choice(class_, "a")
    assert refusal(commands.vote, state, "flood0", state.number, choice) == "waits"
    class_.do(commands.turn_away)
    assert not class_.state.waiting
    assert refusal(commands.vote, class_.state, "flood0", state.number, choice) == "removed"


def test_a_waiting_phone_is_let_in_behind_its_door(class_: LoggedClass) -> None:
    door = class_.state.doors[1]
    class_.do(commands.join, "late", door)
    assert commands.join(class_.state, "late") == ()
    class_.do(commands.admit)
    assert class_.state.seats["late"] == door and class_.state.numbers["late"] == 5 and not class_.state.waiting


def test_locked_joining_lets_known_seats_return(class_: LoggedClass) -> None:
    class_.do(commands.expect, 30).do(commands.lock, True).do(commands.leave, "a")
    class_.join("a").join("new")
    assert "a" in class_.state.present and list(class_.state.waiting) == ["new"]
    class_.do(commands.lock, False).join("other")
    assert "other" in class_.state.seats and list(class_.state.waiting) == ["new"]


def test_expected_number_can_be_changed_and_taken_away(class_: LoggedClass) -> None:
    class_.do(commands.expect, 5)
    assert class_.state.has_room
    class_.do(commands.expect, 0)
    assert class_.state.expected is None and class_.state.has_room and not class_.state.is_all_in
    assert refusal(commands.expect, class_.state, 501) == "too-many-pupils"


def test_removed_seat_loses_its_ballot(class_: LoggedClass) -> None:
    class_.cast_all(a=0, b=0)
    class_.do(commands.go_back).do(commands.remove, "a").do(commands.restore_vote)
    assert set(class_.state.ballots) == {"b"}
    class_.do(commands.remove, "b")
    assert not class_.state.ballots and set(class_.state.seats) == {"c", "d"}
    class_.join("e")
    assert class_.state.numbers["e"] == 5
    assert refusal(commands.remove, class_.state, "a") == "unknown-seat"
    assert refusal(commands.vote, class_.state, "a", class_.state.number, "x") == "removed"


def test_moved_seat_votes_behind_the_other_door(class_: LoggedClass) -> None:
    class_.cast("a")
    before = class_.state.seats["a"]
    class_.do(commands.move, "a")
    assert class_.state.seats["a"] != before and "a" not in class_.state.ballots
    class_.cast("a")
    class_.do(commands.move, "a")
    assert class_.state.seats["a"] == before


def test_seat_of_a_class_with_one_door_cannot_be_moved(shipped: Story) -> None:
    class_ = LoggedClass(shipped, "one-door", next(iter(shipped.roles)))
    class_.join("a")
    assert refusal(commands.move, class_.state, "a") == "unknown-door"


def test_shared_phone_counts_as_its_pupils_and_fills_their_seats(class_: LoggedClass) -> None:
    class_.cast("a")
    class_.do(commands.share, "a", 3)
    track = class_.state.track_of("a")
    assert counts(class_.state.round(track), track.page.choices)[0].votes == 3
    assert class_.state.seated == 6
    class_.do(commands.share, "a", 1)
    assert class_.state.seated == 4
    assert refusal(commands.share, class_.state, "a", 10) == "too-many-pupils"


def test_absent_ballots_are_left_out_and_counted_again(class_: LoggedClass) -> None:
    class_.cast_all(a=0, b=0)
    class_.do(commands.leave, "a")
    assert refusal(commands.leave_out_absent, class_.state, True) == "nothing-to-reveal"
    class_.do(commands.close_vote).do(commands.leave_out_absent, True)
    assert class_.state.vote.left_out == {"a"} and commands.leave_out_absent(class_.state, True) == ()
    class_.do(commands.leave_out_absent, False)
    assert not class_.state.vote.left_out
    class_.do(commands.leave_out_absent, True).do(commands.open_vote)
    assert not class_.state.vote.left_out
    assert class_.do(commands.restore_vote).state.vote.left_out == {"a"}


@pytest.mark.parametrize("drop", [commands.open_vote, commands.go_back, commands.end])
def test_dropped_vote_comes_back_with_its_ballots(class_: LoggedClass, drop: Callable[..., commands.Events]) -> None:
    class_.cast_all(a=0, b=0, c=0)
    if drop is commands.open_vote:
        class_.do(commands.reveal)
    phase, ballots, number = class_.state.phase, dict(class_.state.ballots), class_.state.number
    class_.do(drop)
    assert not class_.state.ballots
    class_.do(commands.go_back if drop is commands.end else commands.restore_vote)
    assert (class_.state.phase, class_.state.ballots, class_.state.ended) == (phase, ballots, False)
    assert class_.state.number > number + (drop is commands.open_vote)
    assert refusal(commands.vote, class_.state, "d", number, first_choice(class_, "d")) == "other-round"
    again = replay(class_.story, class_.events)
    assert (again.ballots, again.number) == (ballots, class_.state.number)


def test_no_vote_is_restored_without_a_dropped_vote_or_on_another_page(class_: LoggedClass) -> None:
    assert refusal(commands.restore_vote, class_.state) == "nothing-dropped"
    class_.cast("a")
    class_.do(commands.go_back).do(commands.open_vote).do(commands.reveal)
    class_.do(commands.decide, choose=lambda most: most[0])
    assert refusal(commands.restore_vote, class_.state) == "nothing-dropped"
