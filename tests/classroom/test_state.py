"""A class at one moment: any order of joining, voting, changing, dropping and deciding, against a plain count."""

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
from game.classroom.state import ClassState, apply_event, initial_state, replay
from game.classroom.tracks import ALL, Track
from game.play import begin
from game.play.voting import counts
from game.story import Story


class Desk:
    """A class with its log, as whoever runs one keeps it."""

    def __init__(self, story: Story, cut: str = "class", role: str | None = None) -> None:
        self.story = story
        first = ev.Begun(story.pack, story.version, cut, role)
        self.log: list[ev.Event] = [first]
        self.state: ClassState = initial_state(story, first)

    def do(self, events: tuple[ev.Event, ...]) -> None:
        """Write events down, as lines and back, and let them happen."""
        for event in events:
            self.log.append(ev.from_json(ev.to_json(event)))
            self.state = apply_event(self.state, self.log[-1])

    def to_a_vote(self) -> None:
        while not self.state.votes:
            self.do(commands.go_on(self.state))

    def vote(self, seat: str, choice: str) -> None:
        self.do(commands.vote(self.state, seat, self.state.number, choice))

    def play_on(self, chance: Random) -> bool:
        """One step, as most classes take it; False at the end."""
        if all(track.done for track in self.state.tracks):
            return False
        if not self.state.votes:
            self.do(commands.go_on(self.state))
            return True
        self.do(commands.open_vote(self.state))
        for seat in self.state.seats:
            for track in self.state.tracks:
                if track.votes and seat in self.state.voters(track):
                    self.vote(seat, chance.choice(options(track)))
        self.do(commands.reveal(self.state))
        self.do(commands.decide(self.state, coin=chance.choice))
        return True


def options(track: Track) -> list[str]:
    return [option.id for option in track.page.choices]


def refusal(wish: Callable[..., object], *about: object) -> str:
    """Why a wish is refused."""
    with pytest.raises(Refused) as caught:
        wish(*about)
    return caught.value.reason


@pytest.fixture
def desk(shipped: Story) -> Desk:
    """A class behind both doors with four phones, at its first vote."""
    desk = Desk(shipped)
    for seat in ("a", "b", "c", "d"):
        desk.do(commands.join(desk.state, seat))
    desk.to_a_vote()
    return desk


def test_a_class_behind_both_doors_reads_two_pages_of_one_date_at_once(desk: Desk) -> None:
    """Each half has its own page, and both come to their vote together."""
    assert [track.door for track in desk.state.tracks] == list(desk.story.roles)
    assert len({track.page.when for track in desk.state.tracks}) == 1
    assert all(track.votes for track in desk.state.tracks)


def test_seats_are_given_to_the_half_that_has_fewer(desk: Desk) -> None:
    """Four phones sit two and two."""
    assert Counter(desk.state.seats.values()) == dict.fromkeys(desk.story.roles, 2)


@given(seed=st.integers(0, 2**32))
def test_a_whole_class_gives_one_playthrough_in_the_calendars_order(shipped: Story, seed: int) -> None:
    """What two halves decided side by side is one reading, such as one person could have made, to its end."""
    desk, chance = Desk(shipped), Random(seed)
    for seat in range(3):
        desk.do(commands.join(desk.state, f"s{seat}"))
    while desk.play_on(chance):
        pass
    alone = begin(shipped, cut="class")
    for entry in desk.state.playthrough.entries:
        assert alone.page.node == entry.node
        alone = alone.take(entry.take)
    assert alone.finished and desk.state.playthrough.finished


@given(seed=st.integers(0, 2**32))
def test_a_half_reads_the_same_pages_whatever_the_other_one_decides(shipped: Story, seed: int) -> None:
    """Nothing that one door's page shows depends on what the other half decides on the same date."""
    chance, seen = Random(seed), []
    seeds = chance.random(), chance.random()
    for ours in seeds:
        desk, same, other = Desk(shipped), Random(seeds[0]), Random(ours)
        desk.to_a_vote()
        desk.do(commands.open_vote(desk.state))
        first, second = desk.state.tracks
        desk.do(commands.close(desk.state))
        picks = {first.door: other.choice(options(first)), second.door: same.choice(options(second))}
        desk.do(commands.decide(desk.state, picks, reason="to compare"))
        page = next(track for track in desk.state.tracks if track.door == second.door).page
        seen.append((page.node, [paragraph.text for paragraph in page.paragraphs]))
    assert seen[0] == seen[1]


@given(seed=st.integers(0, 2**32), stop=st.integers(0, 40))
def test_a_log_makes_the_same_room_again(shipped: Story, seed: int, stop: int) -> None:
    """A class that is cut off anywhere goes on at the same page, vote and ballots."""
    desk, chance = Desk(shipped), Random(seed)
    for seat in range(5):
        desk.do(commands.join(desk.state, f"s{seat}"))
    for _ in range(stop):
        if not desk.play_on(chance):
            break
    if desk.state.votes:
        desk.do(commands.open_vote(desk.state))
        desk.vote("s0", options(desk.state.track_of("s0"))[0])
    again = replay(shipped, desk.log)
    assert again.playthrough.entries == desk.state.playthrough.entries
    assert [track.page.node for track in again.tracks] == [track.page.node for track in desk.state.tracks]
    assert (again.number, again.phase, again.ballots, again.seats) == (
        desk.state.number, desk.state.phase, desk.state.ballots, desk.state.seats,
    )  # fmt: skip


WISHES = st.lists(
    st.tuples(
        st.sampled_from(
            ["join", "vote", "vote", "vote", "repeat", "late", "strange", "drop", "return", "close", "open"]
        ),
        st.integers(0, 5),
        st.integers(0, 3),
    ),
    max_size=60,
)


@given(wishes=WISHES)
def test_in_any_order_no_ballot_is_lost_and_none_counts_twice(
    shipped: Story, wishes: list[tuple[str, int, int]]
) -> None:
    """Joining, voting, changing, repeating, dropping out, coming back, closing: tallies equal a plain count."""
    desk = Desk(shipped)
    desk.to_a_vote()
    model: dict[str, str] = {}  # what each seat said last while the vote was open
    is_open = False
    for wish, who, which in wishes:
        seat, state = f"s{who}", desk.state
        try:
            if wish == "join" or wish == "return":
                desk.do(commands.join(state, seat))
            elif wish == "drop":
                desk.do(commands.leave(state, seat))
            elif wish == "open":
                desk.do(commands.open_vote(state))
                model, is_open = {}, True
            elif wish == "close":
                desk.do(commands.close(state))
                is_open = False
            elif wish == "late":
                assert refusal(commands.vote, state, seat, state.number - 1, "x") in ("unknown-seat", "other-round")
            elif wish == "strange":
                assert refusal(commands.vote, state, seat, state.number, "no-such-choice")
            elif seat in state.seats:
                mine = options(next(track for track in state.tracks if seat in state.voters(track)))
                choice = mine[which % len(mine)]
                desk.vote(seat, choice)
                assert is_open
                model[seat] = choice
                if wish == "repeat":
                    assert commands.vote(desk.state, seat, desk.state.number, choice) == ()
        except Refused as refused:
            assert refused.reason in ("closed", "open-already", "not-open")
    counted = {
        (track.door, count.option.id): count.votes
        for track in desk.state.tracks for count in counts(desk.state.round(track), track.page.choices)
    }  # fmt: skip
    plain = Counter((desk.state.seats[seat], choice) for seat, choice in model.items())
    assert {what: votes for what, votes in counted.items() if votes} == plain


def test_a_ballot_for_the_other_half_is_refused_and_changes_nothing(desk: Desk) -> None:
    """A seat votes on its own door's page alone."""
    desk.do(commands.open_vote(desk.state))
    theirs = next(track for track in desk.state.tracks if "a" not in desk.state.voters(track))
    assert refusal(desk.vote, "a", options(theirs)[0]) == "other-door"
    assert desk.state.ballots == {}


def test_a_closed_vote_takes_no_ballot(desk: Desk) -> None:
    """What comes late is refused with its reason."""
    desk.do(commands.open_vote(desk.state))
    desk.do(commands.close(desk.state))
    assert refusal(lambda: desk.vote("a", options(desk.state.track_of("a"))[0])) == "closed"


def test_a_phone_that_went_quiet_is_not_waited_for_and_its_ballot_stays(desk: Desk) -> None:
    """The share is of those connected now, and nothing that was given is lost."""
    desk.do(commands.open_vote(desk.state))
    track = desk.state.track_of("a")
    desk.vote("a", options(track)[0])
    desk.do(commands.leave(desk.state, "a"))
    round = desk.state.round(desk.state.track_of("b" if desk.state.seats["b"] == track.door else "c"))
    assert round.voted == 1 and round.awaited == 1


def test_a_tie_is_decided_by_the_teacher_or_a_coin_or_not_at_all(desk: Desk) -> None:
    """Without either the class stays where it is; with a coin, one of the tied ones is taken and it says so."""
    desk.do(commands.open_vote(desk.state))
    for track in desk.state.tracks:
        for seat, choice in zip(sorted(desk.state.voters(track)), options(track), strict=False):
            desk.vote(seat, choice)
    desk.do(commands.close(desk.state))
    assert refusal(commands.decide, desk.state) == "tie"
    tied = {track.door: options(track)[:2] for track in desk.state.tracks}
    (by_coin,) = commands.decide(desk.state, coin=Random(1).choice)
    assert isinstance(by_coin, ev.Decided)
    assert all(by_coin.takes[door] in two and by_coin.how[door] == "coin" for door, two in tied.items())
    (by_teacher,) = commands.decide(desk.state, {door: two[1] for door, two in tied.items()})
    assert isinstance(by_teacher, ev.Decided) and set(by_teacher.how.values()) == {"tie"}


def test_an_override_needs_a_reason_and_keeps_it(desk: Desk) -> None:
    """A teacher can take what the class did not, and the record says why."""
    desk.do(commands.open_vote(desk.state))
    track = desk.state.track_of("a")
    desk.vote("a", options(track)[0])
    desk.do(commands.close(desk.state))
    other = next(one for one in desk.state.tracks if one.door != track.door)
    picks = {track.door: options(track)[1], other.door: options(other)[0]}
    assert refusal(commands.decide, desk.state, picks) == "reason"
    (decided,) = commands.decide(desk.state, picks, "we did the other one last week")
    assert isinstance(decided, ev.Decided)
    assert decided.how[track.door] == "override" and decided.reason == "we did the other one last week"


def test_a_vote_can_be_had_again_and_its_old_ballots_do_not_count(desk: Desk) -> None:
    """A revote has a new number; a ballot for the old one is refused."""
    desk.do(commands.open_vote(desk.state))
    old, choice = desk.state.number, options(desk.state.track_of("a"))[0]
    desk.vote("a", choice)
    desk.do(commands.reveal(desk.state))
    desk.do(commands.open_vote(desk.state))
    assert desk.state.ballots == {}
    assert refusal(commands.vote, desk.state, "a", old, choice) == "other-round"


def test_going_back_drops_a_begun_vote_then_takes_back_decisions_to_the_first_page(desk: Desk) -> None:
    """Each press undoes one thing, and on the first page there is nothing to undo."""
    desk.do(commands.open_vote(desk.state))
    at = [track.page.node for track in desk.state.tracks]
    desk.do(commands.back(desk.state))
    assert desk.state.phase == "reading" and [track.page.node for track in desk.state.tracks] == at
    while desk.state.before:
        desk.do(commands.back(desk.state))
    assert refusal(commands.back, desk.state) == "first-page"
    assert desk.state.playthrough.entries == ()


def test_hands_are_counted_without_a_phone_and_counted_again_they_are_put_right(desk: Desk) -> None:
    """The last number for a choice holds, and the vote opens by itself."""
    track = desk.state.tracks[0]
    first, second, *_ = options(track)
    for choice, hands in ((first, 3), (second, 9), (first, 11)):
        desk.do(commands.count_hands(desk.state, track.door, choice, hands))
    counted = {count.option.id: count.votes for count in counts(desk.state.round(track), track.page.choices)}
    assert (counted[first], counted[second]) == (11, 9)
    assert refusal(commands.count_hands, desk.state, track.door, first, -1) == "too-many-hands"


def test_a_class_that_ends_early_comes_to_the_debrief_and_can_go_back_to_its_page(desk: Desk) -> None:
    """The debrief always comes; a slip of the hand does not cost the story."""
    page = desk.state.tracks[0].page.node
    desk.do(commands.end(desk.state))
    assert desk.state.ended and desk.state.playthrough.left
    desk.do(commands.back(desk.state))
    assert not desk.state.ended and desk.state.tracks[0].page.node == page


def test_a_class_behind_one_door_votes_on_one_page_all_together(shipped: Story) -> None:
    """One role, one lane, and every seat has its ballot there."""
    role = next(iter(shipped.roles))
    desk = Desk(shipped, cut="full", role=role)
    for seat in ("a", "b", "c"):
        desk.do(commands.join(desk.state, seat))
    desk.to_a_vote()
    (track,) = desk.state.tracks
    assert track.door == ALL and desk.state.voters(track) == {"a", "b", "c"}


@pytest.mark.parametrize("data", [{}, {"event": "fired"}, {"event": "voted"}, {"event": "closed", "number": 1, "x": 2}])
def test_a_line_that_is_no_event_is_refused(data: dict[str, object]) -> None:
    """A damaged log is noticed at its line."""
    with pytest.raises(ValueError, match="event"):
        ev.from_json(data)


def test_each_half_is_told_in_the_meantime_what_is_behind_its_own_door(shipped: Story) -> None:
    """A chapter that is told in a few words is told to the half whose it is, and to no other."""
    role_of = {name: chapter.role for name, chapter in shipped.chapters.items()}
    state = initial_state(shipped, ev.Begun(shipped.pack, shipped.version, "class", None, "K7QP"))
    told: set[tuple[str, str | None]] = set()
    while True:
        told |= {
            (track.door, role_of[one.chapter]) for track in state.tracks if track.door != ALL for one in track.page.told
        }
        try:
            wishes = commands.go_on(state) if not state.votes else commands.open_vote(state)
        except Refused:
            break
        for event in wishes:
            state = apply_event(state, event)
        if state.phase == "open":
            picks = {track.door: track.page.choices[0].id for track in state.tracks if track.votes}
            for event in commands.reveal(state):
                state = apply_event(state, event)
            for event in commands.decide(state, picks, "Nobody votes here."):
                state = apply_event(state, event)
    assert {one for one in told if one[1] is not None} == {(door, door) for door in shipped.roles}
