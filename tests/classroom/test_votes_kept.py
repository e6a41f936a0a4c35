"""Acknowledged ballots are counted or named as left out, and every command that drops votes can be undone."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.classroom import commands
from game.classroom import events as ev
from game.classroom.commands import Events, Refused
from game.classroom.state import ClassState
from game.play.voting import counts
from game.story import Story
from game.ui.i18n import Catalogue
from tests.classroom.class_walk import ClassWalk, is_same
from tests.classroom.logged_class import LoggedClass, refusal, replay

Command = Callable[..., Events]


@pytest.fixture
def class_(mill: Story) -> LoggedClass:
    """A class of four phones at its first vote."""
    return LoggedClass(mill).join("a", "b", "c", "d").read_to_vote().do(commands.open_vote)


def vote_all(class_: LoggedClass, *seats: str) -> LoggedClass:
    for seat in seats or ("a", "b", "c", "d"):
        class_.cast(seat)
    return class_


def leave_out(class_: LoggedClass) -> None:
    """Close the vote while seat "a" is absent, and leave it out."""
    class_.do(commands.leave, "a").do(commands.close_vote).do(commands.leave_out_absent, True)


def in_force(state: ClassState) -> object:
    """The wall's counts: each door's page and choices with their votes and shares."""
    return [
        (track.door, track.page.node, count.option.id, count.votes, count.share)
        for track in state.tracks
        for count in counts(state.round(track), track.page.choices)
    ]


def decide(state: ClassState) -> Events:
    return commands.decide(state, choose=lambda most: most[0])


def test_class_goes_on_after_a_moved_seat_and_an_undone_decision(class_: LoggedClass) -> None:
    vote_all(class_).do(commands.reveal).do(decide).do(commands.move, "a")
    class_.do(commands.go_back)
    assert set(class_.state.ballots) == {"b", "c", "d"} and in_force(class_.state)
    class_.do(commands.move, "a")
    assert set(class_.state.ballots) == {"a", "b", "c", "d"}
    assert is_same(replay(class_.story, class_.events), class_.state)


@pytest.mark.parametrize("votes_again", [True, False])
def test_left_out_seat_that_returns_to_the_open_vote_is_counted(class_: LoggedClass, votes_again: bool) -> None:
    """The phone shows its vote as counted, so the pupil may not vote again."""
    vote_all(class_, "a", "b")
    leave_out(class_)
    class_.do(commands.go_back).join("a")
    if votes_again:
        vote_all(class_, "a")
    class_.do(commands.reveal)
    assert sum(class_.state.round(track).voted for track in class_.state.tracks) == 2


def test_older_log_that_leaves_a_seat_out_of_an_open_vote_counts_its_next_ballot(class_: LoggedClass) -> None:
    vote_all(class_, "a").add(ev.LeftOut(class_.state.number, ("a",)))
    vote_all(class_, "a")
    assert not class_.state.vote.left_out and class_.state.round(class_.state.track_of("a")).voted == 1


def test_left_out_seat_that_is_removed_or_moved_is_not_named_as_left_out(class_: LoggedClass) -> None:
    vote_all(class_)
    leave_out(class_)
    track = class_.state.track_of("a")
    assert class_.state.round(track).left_out == {"a"}
    class_.do(commands.remove, "a")
    assert not class_.state.round(track).left_out
    class_.do(commands.readmit, "a")
    assert class_.state.round(track).left_out == {"a"}
    class_.do(commands.move, "a")
    assert not any(class_.state.round(track).left_out for track in class_.state.tracks)


@pytest.mark.parametrize("phase", [commands.close_vote, commands.reveal])
def test_joining_or_leaving_after_the_end_of_a_vote_changes_no_result(class_: LoggedClass, phase: Command) -> None:
    vote_all(class_, "a", "b").do(phase)
    before = in_force(class_.state)
    assert [share for *_, votes, share in before if votes] == [0.5, 0.5]  # type: ignore[attr-defined]
    class_.join("e", "f", "g").do(commands.leave, "c")
    assert in_force(class_.state) == before
    if phase is commands.close_vote:
        class_.do(commands.reveal)
        assert in_force(class_.state) == before
    class_.do(decide).do(commands.go_back)
    assert in_force(class_.state) == before


def test_late_joiner_counts_once_the_vote_is_open_again(class_: LoggedClass) -> None:
    vote_all(class_, "a", "b").do(commands.close_vote).join("e", "f").do(commands.go_back)
    assert [class_.state.round(track).voters for track in class_.state.tracks] == [3, 3]


def test_several_dropped_votes_all_come_back(class_: LoggedClass) -> None:
    for seats in ("a", "ab", "abc"):
        vote_all(class_, *seats)
        class_.do(commands.close_vote).do(commands.open_vote)
    for found in ("abc", "ab", "a", "abc"):
        assert set(class_.do(commands.restore_vote).state.ballots) == set(found)


def test_dropped_vote_comes_back_after_another_step_back_and_the_same_decision(class_: LoggedClass) -> None:
    vote_all(class_).do(commands.reveal).do(decide)
    class_.read_to_vote().do(commands.open_vote)
    vote_all(class_, "a", "b")
    before = in_force(class_.state)
    class_.do(commands.go_back).do(commands.go_back)
    while not class_.state.can_vote:
        class_.do(commands.go_back)
    class_.do(commands.reveal if class_.state.phase != "revealed" else lambda state: ()).do(decide)
    class_.read_to_vote()
    class_.do(commands.restore_vote)
    assert in_force(class_.state) == before and set(class_.state.ballots) == {"a", "b"}


def test_return_from_the_debrief_does_not_restore_an_earlier_dropped_vote(class_: LoggedClass) -> None:
    vote_all(class_, "a").do(commands.go_back).do(commands.end).do(commands.go_back)
    assert class_.state.phase == "reading" and not class_.state.ballots
    class_.do(commands.restore_vote)
    assert set(class_.state.ballots) == {"a"}


def test_ballot_for_later_pages_does_not_count_after_a_step_back(class_: LoggedClass) -> None:
    vote_all(class_).do(commands.reveal).do(decide)
    class_.read_to_vote().do(commands.open_vote)
    number = class_.state.number
    class_.do(commands.go_back)
    while class_.state.phase != "revealed":
        class_.do(commands.go_back)
    class_.do(commands.go_back).do(commands.go_back)
    assert class_.state.ballots
    choice = class_.state.track_of("a").options[0]
    assert refusal(commands.vote, class_.state, "a", number, choice) == "other-round"


def test_older_log_restores_the_last_dropped_vote(class_: LoggedClass) -> None:
    """Its `Restored` names no vote: it swaps the last two, or restores the vote before the talk."""
    for seats in ("a", "ab", "abc"):
        if class_.state.phase == "closed":
            class_.do(commands.open_vote)
        vote_all(class_, *seats)
        class_.do(commands.close_vote)
    for found in ("ab", "abc", "ab"):
        class_.add(ev.Restored(class_.state.number + 1))
        assert set(class_.state.ballots) == set(found)
    class_.add(ev.Ended(), ev.Restored(class_.state.number + 1))
    assert set(class_.state.ballots) == {"a", "b"} and not class_.state.ended


def test_older_log_that_returned_from_the_talk_has_a_dropped_vote(class_: LoggedClass) -> None:
    vote_all(class_, "a").add(ev.Ended(), ev.Reread(class_.state.number))
    assert not class_.state.ended and not class_.state.ballots
    class_.do(commands.restore_vote)
    assert set(class_.state.ballots) == {"a"}


def test_class_that_only_read_on_and_went_back_is_untouched(mill: Story) -> None:
    """Pages without a vote use no number, so nothing has to be kept."""
    class_ = LoggedClass(mill)
    class_.do(commands.go_on).do(commands.go_back)
    assert class_.state.is_untouched and class_.state.number == 0


def test_each_vote_of_an_older_log_gets_its_own_number(class_: LoggedClass) -> None:
    """In older logs the vote after a step back had the same number."""
    number = class_.state.number
    for event in (ev.Opened(number), ev.Restored(number)):
        vote_all(class_, "a")
        class_.add(event)
        assert class_.state.number > number
        number = class_.state.number


@pytest.mark.parametrize("hands", [0, 3])
def test_vote_of_hands_alone_is_kept(class_: LoggedClass, hands: int) -> None:
    track = class_.state.tracks[0]
    class_.do(commands.count_hands, track.door, track.options[0], hands)
    before = in_force(class_.state)
    back = commands.go_back(class_.state)
    assert commands.drops_votes(class_.state, back) is bool(hands)
    class_.add(*back)
    assert bool(class_.state.dropped_here) is bool(hands)
    if hands:
        class_.do(commands.restore_vote)
        assert in_force(class_.state) == before


def test_readmitted_seat_has_its_number_its_pupils_and_its_ballot(class_: LoggedClass) -> None:
    class_.do(commands.share, "b", 3)
    vote_all(class_)
    before = in_force(class_.state)
    class_.do(commands.remove, "b")
    assert in_force(class_.state) != before and class_.state.seated == 3
    class_.do(commands.readmit, "b").join("b")
    assert in_force(class_.state) == before and class_.state.numbers["b"] == 2 and class_.state.seated == 6
    assert refusal(commands.readmit, class_.state, "b") == "unknown-seat"
    class_.do(commands.remove, "b").join("b").do(commands.readmit, "b")
    assert not class_.state.waiting and not class_.state.removed and "b" in class_.state.seats


def test_removed_phone_that_joins_again_waits_for_the_teacher(class_: LoggedClass) -> None:
    vote_all(class_)
    before, door = in_force(class_.state), class_.state.seats["a"]
    class_.do(commands.remove, "a")
    other_door = next(candidate for candidate in class_.state.doors if candidate != door)
    class_.do(commands.join, "a", other_door)
    assert class_.state.waiting == {"a": door} and "a" not in class_.state.seats
    class_.do(commands.admit)
    assert in_force(class_.state) == before and class_.state.numbers["a"] == 1 and not class_.state.removed


def test_every_seat_votes_where_its_ballot_is_counted(class_: LoggedClass) -> None:
    """A seat of a door without a page votes with the first half, and is counted there."""
    state = class_.state
    for doors in (dict.fromkeys(state.seats, "nobody"), dict(state.seats)):
        moved = ClassState(state.tracks, seats=doors)
        for seat in doors:
            assert [track.door for track in moved.tracks if seat in moved.voters(track)] == [moved.track_of(seat).door]


UNDONE: dict[str, Callable[[str], tuple[Command, ...]]] = {
    "revote": lambda seat: (commands.open_vote, commands.restore_vote),
    "back": lambda seat: (commands.go_back, commands.restore_vote),
    "end": lambda seat: (commands.end, commands.go_back),
    "restore": lambda seat: (commands.restore_vote, commands.restore_vote),
    "leave out": lambda seat: (
        lambda state: commands.leave_out_absent(state, True),
        lambda state: commands.leave_out_absent(state, False),
    ),
    "move": lambda seat: (lambda state: commands.move(state, seat),) * 2,
    "remove": lambda seat: (
        lambda state: commands.remove(state, seat),
        lambda state: commands.readmit(state, seat),
        lambda state: commands.join(state, seat) if seat not in state.present else (),
    ),
}


@given(seed=st.integers(0, 2**32), steps=st.integers(0, 40), drop=st.sampled_from(sorted(UNDONE)))
def test_commands_that_drop_votes_can_be_undone(mill: Story, seed: int, steps: int, drop: str) -> None:
    class_, chance = LoggedClass(mill).join("a", "b", "c", "d").read_to_vote().do(commands.open_vote), Random(seed)
    for _ in range(steps):
        random_step(class_, chance)
    seat = chance.choice("abcdef")
    first, *undo = UNDONE[drop](seat)
    state = class_.state
    if drop == "back" and state.phase != "open":
        return  # a step back from anywhere else keeps the ballots
    if drop == "leave out" and state.vote.left_out:
        return
    if drop == "restore" and (not state.vote.has_votes or len(state.dropped_here) != 1):
        return  # restoring goes round
    present = seat in state.present
    try:
        class_.do(first)
    except Refused:
        return
    if commands.drops_votes(state, first(state)) or drop == "leave out":
        for command in undo:
            class_.do(command)
        after = class_.state
        assert (in_force(after), after.phase, after.ballots) == (in_force(state), state.phase, state.ballots)
        assert present <= (seat in after.present) and is_same(replay(mill, class_.events), after)


def random_step(class_: LoggedClass, chance: Random) -> None:
    """Try a step of a pupil or of the teacher; a refused step changes nothing."""
    state, seat = class_.state, chance.choice("abcdef")
    track = chance.choice(state.tracks)
    choice, options = chance.choice(track.options or ("none",)), state.track_of(seat).options or ("none",)
    steps: list[Callable[[], Events]] = [
        *[lambda: commands.join(state, seat)] * 2,
        lambda: commands.leave(state, seat),
        *[lambda: commands.vote(state, seat, state.number, chance.choice(options))] * 3,
        lambda: commands.go_on(state),
        lambda: commands.open_vote(state),
        lambda: commands.reveal(state),
        lambda: commands.close_vote(state),
        lambda: decide(state),
        lambda: commands.count_hands(state, track.door, choice, chance.randrange(9)),
        lambda: commands.go_back(state),
        lambda: commands.restore_vote(state),
        lambda: commands.end(state),
        lambda: commands.leave_out_absent(state, chance.random() < 0.7),
        lambda: commands.move(state, seat),
        lambda: commands.remove(state, seat),
        lambda: commands.readmit(state, seat),
        lambda: commands.admit(state),
        lambda: commands.share(state, seat, chance.randrange(1, 4)),
    ]
    with suppress(Refused):
        class_.add(*chance.choice(steps)())


@pytest.mark.parametrize(
    ("seed", "steps"), [(1, 120), (2, 120), *(pytest.param(seed, 600, marks=pytest.mark.full) for seed in (3, 4))]
)
def test_random_presses_and_phones_end_no_class_and_lose_no_vote(
    mill: Story, words: Catalogue, tmp_path: Path, seed: int, steps: int
) -> None:
    """`tests/benchmarks/class_walk.py` walks further."""
    walk = ClassWalk(mill, words, tmp_path / "a.class", seed)
    for _ in range(steps):
        walk.step()
    walk.resume()
    walk.close()
