"""The reducer and the commands of a class, in any order, compared with a plain count."""

from __future__ import annotations

from collections import Counter
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.classroom import commands
from game.classroom import events as ev
from game.classroom.commands import Refused
from game.play import begin
from game.play.voting import WHOLE_CLASS
from game.story import Story
from tests.classroom.logged_class import LoggedClass, refusal, tally


@pytest.fixture
def class_(shipped: Story) -> LoggedClass:
    """A class behind both doors with four phones, at its first vote."""
    return LoggedClass(shipped).join("a", "b", "c", "d").read_to_vote()


def test_a_class_behind_both_doors_reads_two_pages_of_the_same_date(class_: LoggedClass) -> None:
    assert [track.door for track in class_.state.tracks] == list(class_.story.roles)
    assert len({track.page.when for track in class_.state.tracks}) == 1
    assert all(track.has_vote for track in class_.state.tracks)


@given(seed=st.integers(0, 2**32))
def test_a_class_gives_a_playthrough_in_calendar_order(shipped: Story, seed: int) -> None:
    class_, chance = LoggedClass(shipped), Random(seed)
    class_.join(*(f"s{seat}" for seat in range(3)))
    while class_.play_on(chance):
        pass
    alone = begin(shipped, cut="class")
    for entry in class_.state.playthrough.entries:
        assert alone.page.node == entry.node
        alone = alone.take(entry.take)
    assert alone.finished and class_.state.playthrough.finished


@given(seed=st.integers(0, 2**32))
def test_decisions_behind_a_door_do_not_change_the_other_track(shipped: Story, seed: int) -> None:
    chance, seen = Random(seed), []
    seeds = chance.random(), chance.random()
    for ours in seeds:
        class_, second_chance, first_chance = LoggedClass(shipped), Random(seeds[0]), Random(ours)
        class_.read_to_vote().do(commands.open_vote)
        first, second = class_.state.tracks
        class_.do(commands.close_vote)
        picks = {first.door: first_chance.choice(first.options), second.door: second_chance.choice(second.options)}
        class_.do(commands.decide, picks, reason="to compare")
        page = next(track for track in class_.state.tracks if track.door == second.door).page
        seen.append((page.node, [paragraph.text for paragraph in page.paragraphs]))
    assert seen[0] == seen[1]


ACTIONS = ["join", "vote", "vote", "vote", "repeat", "late", "strange", "drop", "return", "close", "open"]


@given(actions=st.lists(st.tuples(st.sampled_from(ACTIONS), st.integers(0, 5), st.integers(0, 3)), max_size=60))
def test_in_any_order_no_ballot_is_lost_and_none_counts_twice(
    shipped: Story, actions: list[tuple[str, int, int]]
) -> None:
    class_ = LoggedClass(shipped).read_to_vote()
    model: dict[str, str] = {}  # each seat's last ballot while the vote was open
    is_open = False
    for action, seat_number, choice_number in actions:
        seat, state = f"s{seat_number}", class_.state
        try:
            if action == "join" or action == "return":
                class_.do(commands.join, seat)
            elif action == "drop":
                class_.do(commands.leave, seat)
            elif action == "open":
                class_.do(commands.open_vote)
                model, is_open = {}, True
            elif action == "close":
                class_.do(commands.close_vote)
                is_open = False
            elif action == "late":
                assert refusal(commands.vote, state, seat, state.number - 1, "x") in ("unknown-seat", "other-round")
            elif action == "strange":
                assert refusal(commands.vote, state, seat, state.number, "no-such-choice")
            elif seat in state.seats:
                mine = next(track for track in state.tracks if seat in state.voters(track)).options
                choice = mine[choice_number % len(mine)]
                class_.cast(seat, choice)
                assert is_open
                model[seat] = choice
                if action == "repeat":
                    assert commands.vote(class_.state, seat, class_.state.number, choice) == ()
        except Refused as refused:
            assert refused.reason in ("closed", "open-already", "not-open")
    plain = Counter((class_.state.seats[seat], choice) for seat, choice in model.items())
    assert tally(class_.state) == plain


def test_absent_phone_is_not_waited_for_and_its_ballot_stays(class_: LoggedClass) -> None:
    class_.do(commands.open_vote).cast("a")
    class_.do(commands.leave, "a")
    track = class_.state.track_of("a")
    round = class_.state.round(class_.state.track_of("b" if class_.state.seats["b"] == track.door else "c"))
    assert round.voted == 1 and round.awaited == 1


def test_a_tie_is_decided_by_the_teacher_or_a_coin_or_not_at_all(class_: LoggedClass) -> None:
    class_.do(commands.open_vote)
    for track in class_.state.tracks:
        for seat, choice in zip(sorted(class_.state.voters(track)), track.options, strict=False):
            class_.cast(seat, choice)
    class_.do(commands.close_vote)
    assert refusal(commands.decide, class_.state) == "tie"
    tied = {track.door: track.options[:2] for track in class_.state.tracks}
    (by_coin,) = commands.decide(class_.state, choose=Random(1).choice)
    assert isinstance(by_coin, ev.Decided)
    assert all(by_coin.takes[door] in leading and by_coin.how[door] == "coin" for door, leading in tied.items())
    (by_teacher,) = commands.decide(class_.state, {door: leading[1] for door, leading in tied.items()})
    assert isinstance(by_teacher, ev.Decided) and set(by_teacher.how.values()) == {"tie"}


def test_an_override_needs_a_reason_and_keeps_it(class_: LoggedClass) -> None:
    class_.do(commands.open_vote).cast("a")
    class_.do(commands.close_vote)
    track = class_.state.track_of("a")
    other_track = next(candidate for candidate in class_.state.tracks if candidate.door != track.door)
    picks = {track.door: track.options[1], other_track.door: other_track.options[0]}
    assert refusal(commands.decide, class_.state, picks) == "reason"
    (decided,) = commands.decide(class_.state, picks, "we did the other one last week")
    assert isinstance(decided, ev.Decided)
    assert decided.how[track.door] == "override" and decided.reason == "we did the other one last week"


def test_going_back_drops_an_open_vote_then_undoes_decisions_to_the_first_page(class_: LoggedClass) -> None:
    class_.do(commands.open_vote)
    at = [track.page.node for track in class_.state.tracks]
    class_.do(commands.go_back)
    assert class_.state.phase == "reading" and [track.page.node for track in class_.state.tracks] == at
    while class_.state.before:
        class_.do(commands.go_back)
    assert refusal(commands.go_back, class_.state) == "first-page"
    assert class_.state.playthrough.entries == ()


def test_show_of_hands_needs_no_phone_and_a_new_count_replaces_it(class_: LoggedClass) -> None:
    track = class_.state.tracks[0]
    first, second, *_ = track.options
    for choice, hands in ((first, 3), (second, 9), (first, 11)):
        class_.do(commands.count_hands, track.door, choice, hands)
    assert tally(class_.state) == {(track.door, first): 11, (track.door, second): 9}
    assert refusal(commands.count_hands, class_.state, track.door, first, -1) == "too-many-hands"


def test_a_class_of_a_single_role_votes_on_the_same_page(shipped: Story) -> None:
    role = next(iter(shipped.roles))
    class_ = LoggedClass(shipped, cut="full", role=role).join("a", "b", "c").read_to_vote()
    (track,) = class_.state.tracks
    assert track.door == WHOLE_CLASS and class_.state.voters(track) == {"a", "b", "c"}


@pytest.mark.parametrize("data", [{}, {"event": "fired"}, {"event": "voted"}, {"event": "closed", "number": 1, "x": 2}])
def test_a_line_that_is_not_an_event_is_refused(data: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="event"):
        ev.from_json(data)


def test_lead_in_holds_only_the_skipped_chapters_of_its_own_door(shipped: Story) -> None:
    role_of = {name: chapter.role for name, chapter in shipped.chapters.items()}
    class_, skipped = LoggedClass(shipped), set[tuple[str, str | None]]()
    while True:
        skipped |= {
            (track.door, role_of[summary.chapter])
            for track in class_.state.tracks
            if track.door != WHOLE_CLASS
            for summary in track.page.told
        }
        try:
            class_.do(commands.open_vote if class_.state.can_vote else commands.go_on)
        except Refused:
            break
        if class_.state.phase == "open":
            picks = {track.door: track.page.choices[0].id for track in class_.state.tracks if track.has_vote}
            class_.do(commands.reveal).do(commands.decide, picks, "Nobody votes here.")
    assert {(door, role) for door, role in skipped if role is not None} == {(door, door) for door in shipped.roles}
