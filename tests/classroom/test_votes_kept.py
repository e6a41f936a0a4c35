"""What is acknowledged is counted or named as left out, and whatever drops votes can be undone, in any order."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.classroom import commands, seat_commands
from game.classroom import events as ev
from game.classroom.commands import Events, Refused
from game.classroom.state import ClassState, replay
from game.play.voting import counts
from game.story import Story
from tests.classroom.class_walk import is_same
from tests.classroom.serialized_class import SerializedClass

Command = Callable[..., Events]


@pytest.fixture
def class_(mill: Story) -> SerializedClass:
    return at_first_vote(mill)


def at_first_vote(story: Story) -> SerializedClass:
    """A class behind both doors with four phones, at its first open vote."""
    class_ = SerializedClass(story)
    for seat in ("a", "b", "c", "d"):
        class_.do(commands.join(class_.state, seat))
    class_.read_to_vote()
    class_.do(commands.open_vote(class_.state))
    return class_


def vote_all(class_: SerializedClass, *seats: str) -> None:
    for seat in seats or ("a", "b", "c", "d"):
        class_.vote(seat, class_.state.track_of(seat).options[0])


def do(class_: SerializedClass, *names: Command) -> None:
    for name in names:
        class_.do(name(class_.state))


def in_force(state: ClassState) -> object:
    """What the wall would count: each door's choices with their votes and shares, and the page."""
    return [
        (track.door, track.page.node, count.option.id, count.votes, count.share)
        for track in state.tracks
        for count in counts(state.round(track), track.page.choices)
    ]  # fmt: skip


def decide(state: ClassState) -> Events:
    return commands.decide(state, choose=lambda most: most[0])


def test_seat_that_was_moved_and_a_decision_taken_back_leave_a_class_that_goes_on(class_: SerializedClass) -> None:
    """A ballot for one door's page is never counted behind the other door."""
    vote_all(class_)
    do(class_, commands.reveal, decide)
    class_.do(seat_commands.move(class_.state, "a"))
    do(class_, commands.go_back)
    assert set(class_.state.ballots) == {"b", "c", "d"} and in_force(class_.state)
    class_.do(seat_commands.move(class_.state, "a"))
    assert set(class_.state.ballots) == {"a", "b", "c", "d"}
    assert is_same(replay(class_.story, class_.log), class_.state)


def test_ballot_of_who_was_left_out_and_votes_again_is_counted(class_: SerializedClass) -> None:
    vote_all(class_, "a", "b")
    class_.do(commands.leave(class_.state, "a"))
    do(class_, commands.close_vote)
    class_.do(commands.leave_out_absent(class_.state, True))
    do(class_, commands.go_back)
    class_.do(commands.join(class_.state, "a"))
    vote_all(class_, "a")
    do(class_, commands.reveal)
    assert sum(class_.state.round(track).voted for track in class_.state.tracks) == 2


def test_ballot_of_who_was_left_out_and_returns_to_the_open_vote_is_counted(class_: SerializedClass) -> None:
    """The phone says that its vote is in, so nobody votes again."""
    vote_all(class_, "a", "b")
    class_.do(commands.leave(class_.state, "a"))
    do(class_, commands.close_vote)
    class_.do(commands.leave_out_absent(class_.state, True))
    do(class_, commands.go_back)
    class_.do(commands.join(class_.state, "a"))
    do(class_, commands.reveal)
    assert sum(class_.state.round(track).voted for track in class_.state.tracks) == 2


def test_older_log_that_leaves_a_seat_out_of_an_open_vote_counts_its_next_ballot(class_: SerializedClass) -> None:
    vote_all(class_, "a")
    class_.do((ev.LeftOut(class_.state.number, ("a",)),))
    vote_all(class_, "a")
    assert not class_.state.vote.left_out and class_.state.round(class_.state.track_of("a")).voted == 1


def test_absent_are_left_out_only_after_the_end_of_a_vote(class_: SerializedClass) -> None:
    vote_all(class_, "a")
    class_.do(commands.leave(class_.state, "a"))
    with pytest.raises(Refused, match="nothing-to-reveal"):
        commands.leave_out_absent(class_.state, True)


def test_seat_that_is_left_out_and_taken_out_or_moved_is_not_named_as_left_out(class_: SerializedClass) -> None:
    """Only ballots that would be counted are named; the seat is left out still when it is let in again."""
    vote_all(class_)
    class_.do(commands.leave(class_.state, "a"))
    do(class_, commands.close_vote)
    class_.do(commands.leave_out_absent(class_.state, True))
    track = class_.state.track_of("a")
    assert class_.state.round(track).left_out == {"a"}
    class_.do(seat_commands.remove(class_.state, "a"))
    assert not class_.state.round(track).left_out
    class_.do(seat_commands.readmit(class_.state, "a"))
    assert class_.state.round(track).left_out == {"a"}
    class_.do(seat_commands.move(class_.state, "a"))
    assert not any(class_.state.round(track).left_out for track in class_.state.tracks)


def test_vote_that_comes_back_leaves_out_whom_it_left_out(class_: SerializedClass) -> None:
    vote_all(class_)
    class_.do(commands.leave(class_.state, "a"))
    do(class_, commands.close_vote)
    class_.do(commands.leave_out_absent(class_.state, True))
    before = in_force(class_.state)
    do(class_, commands.open_vote, commands.restore_vote)
    assert in_force(class_.state) == before and class_.state.vote.left_out == {"a"}


@pytest.mark.parametrize("phase", [commands.close_vote, commands.reveal])
def test_who_comes_or_goes_after_the_end_changes_no_result(class_: SerializedClass, phase: Command) -> None:
    """Neither a late joiner nor one who goes without a vote; also after the decision was taken back."""
    vote_all(class_, "a", "b")
    do(class_, phase)
    before = in_force(class_.state)
    assert [share for *_, votes, share in before if votes] == [0.5, 0.5]  # type: ignore[attr-defined]
    for seat in ("e", "f", "g"):
        class_.do(commands.join(class_.state, seat))
    class_.do(commands.leave(class_.state, "c"))
    assert in_force(class_.state) == before
    if phase is commands.close_vote:
        do(class_, commands.reveal)
        assert in_force(class_.state) == before
    do(class_, decide, commands.go_back)
    assert in_force(class_.state) == before


def test_late_joiner_counts_once_the_vote_is_open_again(class_: SerializedClass) -> None:
    vote_all(class_, "a", "b")
    do(class_, commands.close_vote)
    for seat in ("e", "f"):
        class_.do(commands.join(class_.state, seat))
    do(class_, commands.go_back)
    assert [class_.state.round(track).voters for track in class_.state.tracks] == [3, 3]


def test_votes_that_were_dropped_one_after_another_all_come_back(class_: SerializedClass) -> None:
    """The button takes up the last one first, and goes round."""
    for seats in ("a", "ab", "abc"):
        vote_all(class_, *seats)
        do(class_, commands.close_vote, commands.open_vote)
    found = []
    for _ in range(4):
        do(class_, commands.restore_vote)
        found.append("".join(sorted(class_.state.ballots)))
    assert found == ["abc", "ab", "a", "abc"]


def test_vote_that_was_dropped_comes_back_after_a_second_step_back_and_the_same_decision(
    class_: SerializedClass,
) -> None:
    """It belongs to its pages: they have it again when the class comes to them by the same way."""
    vote_all(class_)
    do(class_, commands.reveal, decide)
    class_.read_to_vote()
    do(class_, commands.open_vote)
    vote_all(class_, "a", "b")
    before = in_force(class_.state)
    do(class_, commands.go_back, commands.go_back)
    while not class_.state.can_vote:
        do(class_, commands.go_back)
    do(class_, commands.reveal if class_.state.phase != "revealed" else lambda state: (), decide)
    class_.read_to_vote()
    do(class_, commands.restore_vote)
    assert in_force(class_.state) == before and set(class_.state.ballots) == {"a", "b"}


def test_debrief_is_left_for_the_page_without_a_vote_that_was_dropped_before(class_: SerializedClass) -> None:
    """What was put aside stays aside: it is brought back by its own button."""
    vote_all(class_, "a")
    do(class_, commands.go_back, commands.end, commands.go_back)
    assert class_.state.phase == "reading" and not class_.state.ballots
    do(class_, commands.restore_vote)
    assert set(class_.state.ballots) == {"a"}


def test_ballot_for_pages_that_were_left_does_not_count_in_the_vote_before(class_: SerializedClass) -> None:
    """A step back gives the vote another number."""
    vote_all(class_)
    do(class_, commands.reveal, decide)
    class_.read_to_vote()
    do(class_, commands.open_vote)
    number = class_.state.number
    do(class_, commands.go_back)
    while class_.state.phase != "revealed":
        do(class_, commands.go_back)
    do(class_, commands.go_back, commands.go_back)
    assert class_.state.ballots
    with pytest.raises(Refused, match="other-round"):
        commands.vote(class_.state, "a", number, class_.state.track_of("a").options[0])


def test_log_of_an_older_version_takes_up_the_vote_that_was_dropped_last(class_: SerializedClass) -> None:
    """Its `Restored` names no vote, and swaps the last two; or it is that which the class left for the talk."""
    found = []
    for seats in ("a", "ab", "abc"):
        vote_all(class_, *seats)
        do(class_, commands.close_vote)
        if seats != "abc":
            do(class_, commands.open_vote)
    for _ in range(3):
        class_.do((ev.Restored(class_.state.number + 1),))
        found.append("".join(sorted(class_.state.ballots)))
    assert found == ["ab", "abc", "ab"]
    class_.do((ev.Ended(), ev.Restored(class_.state.number + 1)))
    assert set(class_.state.ballots) == {"a", "b"} and not class_.state.ended


def test_log_of_an_older_version_that_left_the_talk_for_the_page_has_the_vote_put_aside(
    class_: SerializedClass,
) -> None:
    vote_all(class_, "a")
    class_.do((ev.Ended(), ev.Reread(class_.state.number)))
    assert not class_.state.ended and not class_.state.ballots
    do(class_, commands.restore_vote)
    assert set(class_.state.ballots) == {"a"}


def test_class_that_read_on_and_went_back_is_untouched(mill: Story) -> None:
    """A page without a vote gives no vote a number, so nothing has to be kept."""
    class_ = SerializedClass(mill)
    do(class_, commands.go_on, commands.go_back)
    assert class_.state.is_untouched and class_.state.number == 0


def test_each_vote_has_a_number_of_its_own_in_the_log_of_an_older_version(class_: SerializedClass) -> None:
    """There a step back kept the number, and the next vote had it too."""
    number = class_.state.number
    for event in (ev.Opened(number), ev.Restored(number)):
        vote_all(class_, "a")
        class_.do((event,))
        assert class_.state.number > number
        number = class_.state.number


@pytest.mark.parametrize("hands", [0, 3])
def test_hands_alone_are_a_vote_that_is_kept(class_: SerializedClass, hands: int) -> None:
    """They come back as ballots do, and are not dropped unasked; no hand at all is no vote."""
    track = class_.state.tracks[0]
    class_.do(commands.count_hands(class_.state, track.door, track.options[0], hands))
    before = in_force(class_.state)
    back = commands.go_back(class_.state)
    assert commands.drops_votes(class_.state, back) is bool(hands)
    class_.do(back)
    assert bool(class_.state.dropped_here) is bool(hands)
    if hands:
        do(class_, commands.restore_vote)
        assert in_force(class_.state) == before


def test_seat_that_is_let_in_again_has_its_number_its_pupils_and_its_vote(class_: SerializedClass) -> None:
    class_.do(seat_commands.share(class_.state, "b", 3))
    vote_all(class_)
    before = in_force(class_.state)
    class_.do(seat_commands.remove(class_.state, "b"))
    assert in_force(class_.state) != before and class_.state.seated == 3
    class_.do(seat_commands.readmit(class_.state, "b"))
    class_.do(commands.join(class_.state, "b"))
    assert in_force(class_.state) == before and class_.state.numbers["b"] == 2 and class_.state.seated == 6
    with pytest.raises(Refused, match="unknown-seat"):
        seat_commands.readmit(class_.state, "b")


def test_phone_at_the_door_that_is_let_in_by_its_number_waits_no_more(class_: SerializedClass) -> None:
    class_.do(seat_commands.remove(class_.state, "b"))
    class_.do(commands.join(class_.state, "b"))
    class_.do(seat_commands.readmit(class_.state, "b"))
    assert not class_.state.waiting and not class_.state.removed and "b" in class_.state.seats


def test_phone_that_was_taken_out_and_joins_again_waits_for_the_teacher(class_: SerializedClass) -> None:
    """However many seats there are; it is let in behind its own door, with its vote."""
    vote_all(class_)
    before, door = in_force(class_.state), class_.state.seats["a"]
    class_.do(seat_commands.remove(class_.state, "a"))
    other = next(one for one in class_.state.doors if one != door)
    class_.do(commands.join(class_.state, "a", other))
    assert class_.state.waiting == {"a": door} and "a" not in class_.state.seats
    do(class_, seat_commands.admit)
    assert in_force(class_.state) == before and class_.state.numbers["a"] == 1 and not class_.state.removed


def test_every_seat_votes_where_its_ballot_is_counted(class_: SerializedClass) -> None:
    """Also one whose door has no page of its own: it votes with the first half, and is counted there."""
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
    "move": lambda seat: (lambda state: seat_commands.move(state, seat),) * 2,
    "remove": lambda seat: (
        lambda state: seat_commands.remove(state, seat),
        lambda state: seat_commands.readmit(state, seat),
        lambda state: commands.join(state, seat) if seat not in state.present else (),
    ),
}


@given(seed=st.integers(0, 2**32), steps=st.integers(0, 40), drop=st.sampled_from(sorted(UNDONE)))
def test_whatever_drops_votes_can_be_undone(mill: Story, seed: int, steps: int, drop: str) -> None:
    """After any steps: what is counted, and how far the vote is, is again as it was."""
    class_, chance = at_first_vote(mill), Random(seed)
    for _ in range(steps):
        random_step(class_, chance)
    seat = chance.choice("abcdef")
    first, *rest = UNDONE[drop](seat)
    state = class_.state
    if drop == "back" and state.phase != "open":
        return  # a step back from anywhere else keeps the ballots
    if drop == "leave out" and state.vote.left_out:
        return
    if drop == "restore" and (not state.vote.has_votes or len(state.dropped_here) != 1):
        return  # it goes round
    present = seat in state.present
    try:
        class_.do(first(state))
    except Refused:
        return
    if commands.drops_votes(state, first(state)) or drop == "leave out":
        for command in rest:
            class_.do(command(class_.state))
        after = class_.state
        assert (in_force(after), after.phase, after.ballots) == (in_force(state), state.phase, state.ballots)
        assert present <= (seat in after.present) and is_same(replay(mill, class_.log), after)


def random_step(class_: SerializedClass, chance: Random) -> None:
    """A step of a pupil or of the teacher, whether the class allows it or not."""
    state, seat = class_.state, chance.choice("abcdef")
    track = chance.choice(state.tracks)
    choice = chance.choice(track.options or ("none",))
    steps: list[Callable[[], Events]] = [
        lambda: commands.join(state, seat),
        lambda: commands.join(state, seat),
        lambda: commands.leave(state, seat),
        lambda: commands.vote(state, seat, state.number, chance.choice(state.track_of(seat).options or ("none",))),
        lambda: commands.vote(state, seat, state.number, chance.choice(state.track_of(seat).options or ("none",))),
        lambda: commands.vote(state, seat, state.number, chance.choice(state.track_of(seat).options or ("none",))),
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
        lambda: seat_commands.move(state, seat),
        lambda: seat_commands.remove(state, seat),
        lambda: seat_commands.readmit(state, seat),
        lambda: seat_commands.admit(state),
        lambda: seat_commands.share(state, seat, chance.randrange(1, 4)),
    ]
    with suppress(Refused):
        class_.do(chance.choice(steps)())
