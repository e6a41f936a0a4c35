"""Counts and shares of a vote."""

from __future__ import annotations

from game.play.page import Option
from game.play.voting import Round, counts, leading

OPTIONS = (Option("dig", "Dig."), Option("wait", "Wait."))


def tallies(round: Round) -> list[tuple[int, float]]:
    return [(count.votes, count.share) for count in counts(round, OPTIONS)]


def test_share_is_of_present_pupils_not_of_voters() -> None:
    """Three of four pupils have voted: two of four is a half."""
    round = Round(1, "revealed", {"a": "dig", "b": "dig", "c": "wait"}, present=frozenset("abcd"))
    assert tallies(round) == [(2, 0.5), (1, 0.25)]
    assert (round.voted, round.awaited, round.voters) == (3, 1, 4)


def test_ballot_of_an_absent_seat_is_counted_until_it_is_left_out() -> None:
    ballots = {"a": "dig", "b": "wait", "gone": "wait"}
    counted = Round(1, "revealed", ballots, present=frozenset("ab"))
    assert counted.absent == {"gone"} and tallies(counted) == [(1, 1 / 3), (2, 2 / 3)]
    left_out = Round(1, "revealed", ballots, present=frozenset("ab"), left_out=frozenset({"gone"}))
    assert left_out.absent == {"gone"} and tallies(left_out) == [(1, 0.5), (1, 0.5)]
    assert leading(counts(left_out, OPTIONS)) == ("dig", "wait")


def test_ballot_of_a_shared_phone_counts_as_its_pupils() -> None:
    round = Round(1, "open", {"a": "dig"}, present=frozenset("abc"), pupils={"a": 3, "b": 2})
    assert tallies(round) == [(3, 0.5), (0, 0.0)]
    assert (round.voted, round.awaited, round.voters) == (3, 3, 6)


def test_hands_count_as_present() -> None:
    assert tallies(Round(1, "closed", hands={"dig": 3, "wait": 1})) == [(3, 0.75), (1, 0.25)]


def test_without_pupils_the_share_is_zero() -> None:
    assert tallies(Round(1, "revealed")) == [(0, 0.0), (0, 0.0)]
