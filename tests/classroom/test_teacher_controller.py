"""The desk between the wall and the class: what is wished is done once, kept, and shown; what cannot be is said."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from game.classroom import commands
from game.classroom import events as ev
from game.classroom.host import Host
from game.classroom.log import Log
from game.classroom.state import initial_state, replay
from game.classroom.teacher_controller import COUNTED, TeacherController
from game.story.model import Story
from game.ui import intents
from game.ui.class_state import JoinInfo
from game.ui.effects import CopyText, Effect, KeepRecord, Teach
from game.ui.i18n import Catalogue


class Classroom:
    """A class at its first vote with four phones, its desk, and a clock that moves when told."""

    def __init__(self, story: Story, words: Catalogue, folder: Path) -> None:
        self.now, self.world = 100.0, list[Effect]()
        first = ev.Begun(story.pack, story.version, "class", None, "K7QP")
        self.log = Log(folder / "a.class", lambda: self.now)
        self.log.write([first])
        self.host = Host(initial_state(story, first), self.log)
        ways = [JoinInfo("http://10.0.0.1:8765/K7QP", "K7QP"), JoinInfo("http://10.0.0.2:8765/K7QP", "K7QP")]
        self.desk = TeacherController(self.host, words, self, ways, lambda: self.now, self.last, lambda: str(folder))
        for n in range(4):
            self.host.ask(lambda state, n=n: commands.join(state, f"s{n}"))
        while not self.host.state.votes:
            self.wish("onward")

    def carry_out(self, effect: Effect) -> intents.Intent | None:
        """The world beside the class."""
        self.world.append(effect)
        return None

    def last(self, most: Sequence[str]) -> str:
        return most[-1]

    def wish(self, wish: str, **about: object) -> intents.Intent | None:
        return self.desk.carry_out(Teach(wish, **about))

    def vote(self, seat: str, choice: int) -> None:
        option = self.host.state.track_of(seat).page.choices[choice].id
        self.host.ask(lambda state: commands.vote(state, seat, state.number, option))


@pytest.fixture
def held(mill: Story, words: Catalogue, tmp_path: Path) -> Classroom:
    return Classroom(mill, words, tmp_path)


def test_a_whole_vote_from_the_desk(held: Classroom, mill: Story) -> None:
    """Opened, voted, closed, shown, decided: each wish is answered with the class as it then stands, and kept."""
    for wish, phase in (("open", "open"), ("close", "closed"), ("reveal", "revealed")):
        if wish == "close":
            for n in range(4):
                held.vote(f"s{n}", 0)
        answer = held.wish(wish)
        assert isinstance(answer, intents.ClassChanged) and answer.class_view.phase == phase
    answer = held.wish("decide")
    assert isinstance(answer, intents.ClassChanged) and answer.class_view.phase == "reading"
    again = replay(mill, (event for _, event in held.log))
    assert again.playthrough.entries == held.host.state.playthrough.entries
    assert (again.decisions, again.seats) == (held.host.state.decisions, held.host.state.seats)


def test_what_cannot_be_done_is_said_in_words(held: Classroom) -> None:
    """A refusal is a sentence, and nothing has changed."""
    before = held.host.state
    answer = held.wish("close")
    assert isinstance(answer, intents.Failed) and answer.message == "The vote is not open."
    assert held.host.state is before


def test_a_full_disk_is_said_and_nothing_is_done(held: Classroom, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the log takes nothing, the wish is not done."""

    def full(self: Log, events: object) -> None:
        raise OSError("no space left on the device")

    before = held.host.state
    monkeypatch.setattr(Log, "write", full)
    answer = held.wish("open")
    assert isinstance(answer, intents.Failed) and "no space left" in answer.message
    assert held.host.state is before


def test_the_wall_hears_of_a_ballot_but_not_of_each_at_once(held: Classroom) -> None:
    """Counts are told a few times a second; a change of page or phase at once."""
    held.wish("open")
    assert held.desk.poll() is None
    held.vote("s0", 0)
    held.vote("s1", 0)
    assert held.desk.poll() is None
    held.now += COUNTED
    news = held.desk.poll()
    assert isinstance(news, intents.ClassChanged) and sum(half.round.voted for half in news.class_view.halves) == 2
    held.host.ask(commands.close)
    assert isinstance(held.desk.poll(), intents.ClassChanged)


def test_a_timer_counts_down_can_be_longer_and_closes_the_vote(held: Classroom) -> None:
    """A minute, and another; each second is news; at the end the vote is closed."""
    held.wish("open")
    held.wish("timer", number=60)
    held.wish("timer", number=60)
    assert held.desk.class_view().left == 120
    held.now += 1
    news = held.desk.poll()
    assert isinstance(news, intents.ClassChanged) and news.class_view.left == 119
    held.now += 119
    news = held.desk.poll()
    assert isinstance(news, intents.ClassChanged) and news.class_view.phase == "closed" and news.class_view.left is None


def test_a_timer_can_be_taken_away(held: Classroom) -> None:
    """Without one the vote stays open."""
    held.wish("open")
    held.wish("timer", number=60)
    held.wish("no-timer")
    held.now += 600
    held.desk.poll()
    assert held.host.state.phase == "open"


def test_a_coin_takes_one_of_the_leading_choices_and_the_log_says_so(held: Classroom) -> None:
    """At a tie the desk's chance decides, behind each door that has one."""
    held.wish("open")
    for n in range(4):
        held.vote(f"s{n}", n // 2)
    held.wish("reveal")
    held.wish("coin")
    decided = held.host.state.decisions[-1]
    assert set(decided.how.values()) == {"coin"}


def test_another_address_is_shown_and_the_first_again(held: Classroom) -> None:
    """Each press shows the next way in."""
    urls = []
    for _ in range(3):
        answer = held.wish("address")
        assert isinstance(answer, intents.ClassChanged)
        urls.append(answer.class_view.joining.url)
    assert urls[0] == urls[2] != urls[1]


def test_the_record_is_kept_where_it_says(held: Classroom, tmp_path: Path) -> None:
    """The wall is told the folder."""
    answer = held.desk.carry_out(KeepRecord())
    assert isinstance(answer, intents.ClassChanged) and answer.class_view.record == str(tmp_path)


def test_what_is_not_about_the_class_is_the_worlds(held: Classroom) -> None:
    """Settings go where settings go."""
    effect = CopyText("x")
    held.desk.carry_out(effect)
    assert held.world == [effect]


def test_what_was_decided_stands_beside_the_page_that_came_of_it(held: Classroom) -> None:
    """After a decision each half has it, with the reason where it went against the votes; a page further on not."""
    held.wish("open")
    for n in range(4):
        held.vote(f"s{n}", 0)
    held.wish("reveal")
    against = held.host.state.tracks[1]
    held.wish("decide", picks=((against.door, against.page.choices[1].id),), reason="We want to see.")
    decisions = {half.door: half.round.decision for half in held.desk.class_view().halves}
    assert any(decision and decision.how == "most" and not decision.reason for decision in decisions.values())
    found = decisions[against.door]
    assert found is None or (found.how, found.reason) == ("override", "We want to see.")
    held.wish("onward")
    assert not any(half.round.decision for half in held.desk.class_view().halves if decisions.get(half.door))


def test_a_step_back_loses_no_ballot(held: Classroom) -> None:
    """From what was decided to the result, to the closed vote, to the open one: the same ballots all along."""
    held.wish("open")
    for n in range(4):
        held.vote(f"s{n}", 0)
    for wish in ("close", "reveal", "decide"):
        held.wish(wish)
    phases = []
    for _ in range(3):
        held.wish("back")
        phases.append(held.host.state.phase)
        assert len(held.host.state.ballots) == 4
    assert phases == ["revealed", "closed", "open"]
    for wish in ("close", "reveal", "decide"):
        held.wish(wish)
    assert len(held.host.state.decisions) >= 1


def test_a_paused_class_loses_no_time(held: Classroom) -> None:
    """No phone can vote while it is paused, so its timer stands still and the vote is as open afterwards."""
    held.wish("open")
    held.wish("timer", number=60)
    held.wish("pause")
    held.now += 600
    held.desk.poll()
    assert held.host.state.phase == "open"
    held.wish("resume")
    held.desk.poll()
    assert held.host.state.phase == "open" and held.desk.class_view().left == 60


def test_a_coin_decides_too_where_nobody_voted(held: Classroom) -> None:
    """The wall offers a coin there, so it falls; nothing was voted, so it is one of all the choices."""
    for wish in ("open", "close", "reveal"):
        held.wish(wish)
    answer = held.wish("coin")
    assert isinstance(answer, intents.ClassChanged) and answer.class_view.phase == "reading"
