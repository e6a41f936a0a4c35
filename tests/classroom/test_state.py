"""The reducer and the commands of a class, in any order, compared with a plain count."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.classroom import commands
from game.classroom import events as ev
from game.classroom.commands import Refused
from game.classroom.state import apply_event, initial_state, replay
from game.classroom.tracks import Track
from game.play import begin
from game.play.voting import WHOLE_CLASS, counts
from game.story import Story
from tests.classroom.serialized_class import SerializedClass


def options(track: Track) -> list[str]:
    return [option.id for option in track.page.choices]


def refusal(command: Callable[..., object], *about: object) -> str:
    """The reason why a command is refused."""
    with pytest.raises(Refused) as caught:
        command(*about)
    return caught.value.reason


@pytest.fixture
def class_(shipped: Story) -> SerializedClass:
    """A class behind both doors with four phones, at its first vote."""
    class_ = SerializedClass(shipped)
    for seat in ("a", "b", "c", "d"):
        class_.do(commands.join(class_.state, seat))
    class_.read_to_vote()
    return class_


def test_a_class_behind_both_doors_reads_two_pages_of_one_date_at_once(class_: SerializedClass) -> None:
    """Each track has its own page, and both come to their vote together."""
    assert [track.door for track in class_.state.tracks] == list(class_.story.roles)
    assert len({track.page.when for track in class_.state.tracks}) == 1
    assert all(track.has_vote for track in class_.state.tracks)


def test_seats_are_given_to_the_door_that_has_fewer(class_: SerializedClass) -> None:
    """Of four phones each door gets two."""
    assert Counter(class_.state.seats.values()) == dict.fromkeys(class_.story.roles, 2)


@given(seed=st.integers(0, 2**32))
def test_a_whole_class_gives_one_playthrough_in_the_calendars_order(shipped: Story, seed: int) -> None:
    """The merged tracks are a playthrough that one person could have made, to its end."""
    class_, chance = SerializedClass(shipped), Random(seed)
    for seat in range(3):
        class_.do(commands.join(class_.state, f"s{seat}"))
    while class_.play_on(chance):
        pass
    alone = begin(shipped, cut="class")
    for entry in class_.state.playthrough.entries:
        assert alone.page.node == entry.node
        alone = alone.take(entry.take)
    assert alone.finished and class_.state.playthrough.finished


@given(seed=st.integers(0, 2**32))
def test_track_reads_the_same_pages_whatever_the_other_one_decides(shipped: Story, seed: int) -> None:
    """No page of one door depends on what the other door decides on the same date."""
    chance, seen = Random(seed), []
    seeds = chance.random(), chance.random()
    for ours in seeds:
        class_, same, other = SerializedClass(shipped), Random(seeds[0]), Random(ours)
        class_.read_to_vote()
        class_.do(commands.open_vote(class_.state))
        first, second = class_.state.tracks
        class_.do(commands.close_vote(class_.state))
        picks = {first.door: other.choice(options(first)), second.door: same.choice(options(second))}
        class_.do(commands.decide(class_.state, picks, reason="to compare"))
        page = next(track for track in class_.state.tracks if track.door == second.door).page
        seen.append((page.node, [paragraph.text for paragraph in page.paragraphs]))
    assert seen[0] == seen[1]


@given(seed=st.integers(0, 2**32), stop=st.integers(0, 40))
def test_replay_gives_the_same_state(shipped: Story, seed: int, stop: int) -> None:
    """A class that is interrupted anywhere resumes at the same page, vote and ballots."""
    class_, chance = SerializedClass(shipped), Random(seed)
    for seat in range(5):
        class_.do(commands.join(class_.state, f"s{seat}"))
    for _ in range(stop):
        if not class_.play_on(chance):
            break
    if class_.state.can_vote:
        class_.do(commands.open_vote(class_.state))
        class_.vote("s0", options(class_.state.track_of("s0"))[0])
    again = replay(shipped, class_.log)
    assert again.playthrough.entries == class_.state.playthrough.entries
    assert [track.page.node for track in again.tracks] == [track.page.node for track in class_.state.tracks]
    assert (again.number, again.phase, again.ballots, again.seats) == (
        class_.state.number, class_.state.phase, class_.state.ballots, class_.state.seats,
    )  # fmt: skip


ACTIONS = st.lists(
    st.tuples(
        st.sampled_from(
            ["join", "vote", "vote", "vote", "repeat", "late", "strange", "drop", "return", "close", "open"]
        ),
        st.integers(0, 5),
        st.integers(0, 3),
    ),
    max_size=60,
)


@given(actions=ACTIONS)
def test_in_any_order_no_ballot_is_lost_and_none_counts_twice(
    shipped: Story, actions: list[tuple[str, int, int]]
) -> None:
    """Joining, voting, changing, repeating, dropping out, coming back, closing: tallies equal a plain count."""
    class_ = SerializedClass(shipped)
    class_.read_to_vote()
    model: dict[str, str] = {}  # what each seat said last while the vote was open
    is_open = False
    for action, who, which in actions:
        seat, state = f"s{who}", class_.state
        try:
            if action == "join" or action == "return":
                class_.do(commands.join(state, seat))
            elif action == "drop":
                class_.do(commands.leave(state, seat))
            elif action == "open":
                class_.do(commands.open_vote(state))
                model, is_open = {}, True
            elif action == "close":
                class_.do(commands.close_vote(state))
                is_open = False
            elif action == "late":
                assert refusal(commands.vote, state, seat, state.number - 1, "x") in ("unknown-seat", "other-round")
            elif action == "strange":
                assert refusal(commands.vote, state, seat, state.number, "no-such-choice")
            elif seat in state.seats:
                mine = options(next(track for track in state.tracks if seat in state.voters(track)))
                choice = mine[which % len(mine)]
                class_.vote(seat, choice)
                assert is_open
                model[seat] = choice
                if action == "repeat":
                    assert commands.vote(class_.state, seat, class_.state.number, choice) == ()
        except Refused as refused:
            assert refused.reason in ("closed", "open-already", "not-open")
    counted = {
        (track.door, count.option.id): count.votes
        for track in class_.state.tracks for count in counts(class_.state.round(track), track.page.choices)
    }  # fmt: skip
    plain = Counter((class_.state.seats[seat], choice) for seat, choice in model.items())
    assert {what: votes for what, votes in counted.items() if votes} == plain


def test_a_ballot_for_the_other_door_is_refused_and_changes_nothing(class_: SerializedClass) -> None:
    """A seat votes on its own door's page alone."""
    class_.do(commands.open_vote(class_.state))
    theirs = next(track for track in class_.state.tracks if "a" not in class_.state.voters(track))
    assert refusal(class_.vote, "a", options(theirs)[0]) == "other-door"
    assert class_.state.ballots == {}


def test_a_closed_vote_takes_no_ballot(class_: SerializedClass) -> None:
    """What comes late is refused with its reason."""
    class_.do(commands.open_vote(class_.state))
    class_.do(commands.close_vote(class_.state))
    assert refusal(lambda: class_.vote("a", options(class_.state.track_of("a"))[0])) == "closed"


def test_absent_phone_is_not_waited_for_and_its_ballot_stays(class_: SerializedClass) -> None:
    """The share is of those connected now, and no ballot is lost."""
    class_.do(commands.open_vote(class_.state))
    track = class_.state.track_of("a")
    class_.vote("a", options(track)[0])
    class_.do(commands.leave(class_.state, "a"))
    round = class_.state.round(class_.state.track_of("b" if class_.state.seats["b"] == track.door else "c"))
    assert round.voted == 1 and round.awaited == 1


def test_a_tie_is_decided_by_the_teacher_or_a_coin_or_not_at_all(class_: SerializedClass) -> None:
    """Without either the class stays where it is; with a coin, one of the tied ones is taken and it says so."""
    class_.do(commands.open_vote(class_.state))
    for track in class_.state.tracks:
        for seat, choice in zip(sorted(class_.state.voters(track)), options(track), strict=False):
            class_.vote(seat, choice)
    class_.do(commands.close_vote(class_.state))
    assert refusal(commands.decide, class_.state) == "tie"
    tied = {track.door: options(track)[:2] for track in class_.state.tracks}
    (by_coin,) = commands.decide(class_.state, choose=Random(1).choice)
    assert isinstance(by_coin, ev.Decided)
    assert all(by_coin.takes[door] in two and by_coin.how[door] == "coin" for door, two in tied.items())
    (by_teacher,) = commands.decide(class_.state, {door: two[1] for door, two in tied.items()})
    assert isinstance(by_teacher, ev.Decided) and set(by_teacher.how.values()) == {"tie"}


def test_an_override_needs_a_reason_and_keeps_it(class_: SerializedClass) -> None:
    """A teacher can take what the class did not, and the record says why."""
    class_.do(commands.open_vote(class_.state))
    track = class_.state.track_of("a")
    class_.vote("a", options(track)[0])
    class_.do(commands.close_vote(class_.state))
    other = next(one for one in class_.state.tracks if one.door != track.door)
    picks = {track.door: options(track)[1], other.door: options(other)[0]}
    assert refusal(commands.decide, class_.state, picks) == "reason"
    (decided,) = commands.decide(class_.state, picks, "we did the other one last week")
    assert isinstance(decided, ev.Decided)
    assert decided.how[track.door] == "override" and decided.reason == "we did the other one last week"


def test_a_vote_can_be_had_again_and_its_old_ballots_do_not_count(class_: SerializedClass) -> None:
    """A revote has a new number; a ballot for the old one is refused."""
    class_.do(commands.open_vote(class_.state))
    old, choice = class_.state.number, options(class_.state.track_of("a"))[0]
    class_.vote("a", choice)
    class_.do(commands.reveal(class_.state))
    class_.do(commands.open_vote(class_.state))
    assert class_.state.ballots == {}
    assert refusal(commands.vote, class_.state, "a", old, choice) == "other-round"


def test_going_back_drops_a_begun_vote_then_takes_back_decisions_to_the_first_page(class_: SerializedClass) -> None:
    """Each step undoes one event, and on the first page there is nothing to undo."""
    class_.do(commands.open_vote(class_.state))
    at = [track.page.node for track in class_.state.tracks]
    class_.do(commands.go_back(class_.state))
    assert class_.state.phase == "reading" and [track.page.node for track in class_.state.tracks] == at
    while class_.state.before:
        class_.do(commands.go_back(class_.state))
    assert refusal(commands.go_back, class_.state) == "first-page"
    assert class_.state.playthrough.entries == ()


def test_show_of_hands_needs_no_phone_and_a_new_count_replaces_it(class_: SerializedClass) -> None:
    """The last number for a choice holds, and the vote opens by itself."""
    track = class_.state.tracks[0]
    first, second, *_ = options(track)
    for choice, hands in ((first, 3), (second, 9), (first, 11)):
        class_.do(commands.count_hands(class_.state, track.door, choice, hands))
    counted = {count.option.id: count.votes for count in counts(class_.state.round(track), track.page.choices)}
    assert (counted[first], counted[second]) == (11, 9)
    assert refusal(commands.count_hands, class_.state, track.door, first, -1) == "too-many-hands"


def test_a_class_that_ends_early_comes_to_the_debrief_and_can_go_back_to_its_page(class_: SerializedClass) -> None:
    """The debrief always comes; ended by mistake, the class can go on."""
    page = class_.state.tracks[0].page.node
    class_.do(commands.end(class_.state))
    assert class_.state.ended and class_.state.playthrough.left
    class_.do(commands.go_back(class_.state))
    assert not class_.state.ended and class_.state.tracks[0].page.node == page


def test_a_class_behind_one_door_votes_on_one_page_all_together(shipped: Story) -> None:
    """One role, one track, and every seat votes on it."""
    role = next(iter(shipped.roles))
    class_ = SerializedClass(shipped, cut="full", role=role)
    for seat in ("a", "b", "c"):
        class_.do(commands.join(class_.state, seat))
    class_.read_to_vote()
    (track,) = class_.state.tracks
    assert track.door == WHOLE_CLASS and class_.state.voters(track) == {"a", "b", "c"}


@pytest.mark.parametrize("data", [{}, {"event": "fired"}, {"event": "voted"}, {"event": "closed", "number": 1, "x": 2}])
def test_a_line_that_is_not_an_event_is_refused(data: dict[str, object]) -> None:
    """A damaged log is noticed at its line."""
    with pytest.raises(ValueError, match="event"):
        ev.from_json(data)


def test_lead_in_holds_only_the_skipped_chapters_of_its_own_door(shipped: Story) -> None:
    """The summary of a skipped chapter is shown behind its own door, and nowhere else."""
    role_of = {name: chapter.role for name, chapter in shipped.chapters.items()}
    state = initial_state(shipped, ev.Begun(shipped.pack, shipped.version, "class", None, "K7QP"))
    told: set[tuple[str, str | None]] = set()
    while True:
        told |= {
            (track.door, role_of[one.chapter])
            for track in state.tracks
            if track.door != WHOLE_CLASS
            for one in track.page.told
        }
        try:
            events = commands.go_on(state) if not state.can_vote else commands.open_vote(state)
        except Refused:
            break
        for event in events:
            state = apply_event(state, event)
        if state.phase == "open":
            picks = {track.door: track.page.choices[0].id for track in state.tracks if track.has_vote}
            for event in commands.reveal(state):
                state = apply_event(state, event)
            for event in commands.decide(state, picks, "Nobody votes here."):
                state = apply_event(state, event)
    assert {one for one in told if one[1] is not None} == {(door, door) for door in shipped.roles}
