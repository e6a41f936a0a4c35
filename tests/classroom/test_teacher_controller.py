"""The teacher's controller: effects of the wall become commands, refusals become messages."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from game.classroom import commands
from game.classroom.log import Log
from game.classroom.teacher_controller import COUNT_INTERVAL, Absences, Countdown
from game.play import Entry
from game.story.model import Story
from game.ui import intents
from game.ui.class_state import ClassView, RelayInfo
from game.ui.effects import TeacherCommand, WriteClassRecord
from game.ui.i18n import Catalogue
from tests.classroom.led_class import PHONES, LedClass
from tests.classroom.logged_class import LoggedClass, logged_events, replay
from tests.clock import Clock
from tests.full_disk import full_disk

ROOM = RelayInfo("https://grain.example.org/BCDFGHJK", "BCDFGHJK", "K7QP")


class Classroom(LedClass):
    """A class at its first vote."""

    def __init__(self, story: Story, words: Catalogue, folder: Path) -> None:
        super().__init__(story, words, folder)
        while not self.host.state.can_vote:
            self.command("onward")

    def command(self, command: str, **about: Any) -> intents.Intent | None:
        return self.controller.carry_out(TeacherCommand(command, **about))

    def view_after(self, command: str) -> ClassView:
        return view_of(self.command(command))

    def news(self) -> ClassView:
        return view_of(self.controller.poll())

    def commands(self, *names: str) -> None:
        for name in names:
            self.command(name)

    def vote_all(self) -> None:
        for n in range(PHONES):
            self.vote(f"s{n}")


def view_of(answer: intents.Intent | None) -> ClassView:
    assert isinstance(answer, intents.ClassChanged), answer
    return answer.class_view


@pytest.fixture
def class_(mill: Story, words: Catalogue, tmp_path: Path) -> Classroom:
    return Classroom(mill, words, tmp_path)


def test_each_command_of_a_vote_gives_the_new_view(class_: Classroom, mill: Story) -> None:
    for command, phase in (("open", "open"), ("close", "closed"), ("reveal", "revealed")):
        if command == "close":
            class_.vote_all()
        assert class_.view_after(command).phase == phase
    assert class_.view_after("decide").phase == "reading"
    again = replay(mill, logged_events(class_.log.path))
    assert again.playthrough.entries == class_.host.state.playthrough.entries
    assert (again.decisions, again.seats) == (class_.host.state.decisions, class_.host.state.seats)


def test_refusal_is_a_message_and_changes_nothing(class_: Classroom) -> None:
    before = class_.host.state
    answer = class_.command("close")
    assert isinstance(answer, intents.Failed) and answer.message == "The vote is not open."
    assert class_.host.state is before


def test_a_heavy_chapter_can_be_skipped_with_a_summary(class_: Classroom) -> None:
    assert isinstance(class_.command("skip", door="miller"), intents.Failed)
    while "skip" not in class_.host.state.tracks[0].page.offers:
        class_.command({"open": "reveal", "revealed": "coin"}.get(class_.host.state.phase, "open"))
        class_.command("onward")
    (track,) = class_.host.state.tracks
    assert isinstance(class_.command("skip", door="miller"), intents.Failed)
    assert isinstance(class_.command("skip", door=track.door), intents.ClassChanged)
    assert class_.host.state.playthrough.entries[-1] == Entry("m-heavy.ladle", "skip")
    assert class_.host.state.tracks[0].page.told


@pytest.mark.parametrize(
    ("phase", "command", "about"),
    [("open", "back", {}), ("close", "revote", {}), ("open", "end", {}), ("open", "remove", {"seat": "s0"}),
     ("open", "move", {"seat": "s0"})],
)  # fmt: skip
def test_vote_that_came_in_after_the_last_view_is_not_dropped_unasked(
    class_: Classroom, phase: str, command: str, about: dict[str, str]
) -> None:
    """The wall's view is a moment old: a command that would drop an unseen vote is refused until the wall asks."""
    class_.command("open")
    class_.vote("s0", 0)
    if phase == "close":
        class_.command("close")
    answer = class_.command(command, **about)
    assert isinstance(answer, intents.Failed) and answer.message.startswith("A vote has just come in.")
    assert set(class_.host.state.ballots) == {"s0"}
    answer = class_.command(command, asked=True, **about)
    assert isinstance(answer, intents.ClassChanged) and not class_.host.state.ballots


def test_full_disk_is_a_message_and_changes_nothing(class_: Classroom, monkeypatch: pytest.MonkeyPatch) -> None:
    before = class_.host.state
    monkeypatch.setattr(Log, "write", full_disk)
    answer = class_.command("open")
    assert isinstance(answer, intents.Failed) and "No space left" in answer.message
    assert class_.host.state is before


def test_counts_are_debounced_and_other_changes_are_not(class_: Classroom) -> None:
    class_.command("open")
    assert class_.controller.poll() is None
    class_.vote("s0", 0)
    class_.vote("s1", 0)
    assert class_.controller.poll() is None
    class_.clock.now += COUNT_INTERVAL
    assert sum(half.round.voted for half in class_.news().halves) == 2
    class_.host.execute(commands.close_vote)
    assert class_.news()


def test_a_timer_counts_down_can_be_extended_and_closes_the_vote(class_: Classroom) -> None:
    class_.command("open")
    class_.command("timer", number=60)
    class_.command("timer", number=60)
    assert class_.controller.class_view().left == 120
    class_.clock.now += 1
    assert class_.news().left == 119
    class_.clock.now += 119
    news = class_.news()
    assert news.phase == "closed" and news.left is None


def test_the_view_names_the_folder_of_the_record(class_: Classroom, tmp_path: Path) -> None:
    assert view_of(class_.controller.carry_out(WriteClassRecord())).record == str(tmp_path)


def test_a_decision_is_shown_with_the_next_page_only(class_: Classroom) -> None:
    class_.command("open")
    class_.vote_all()
    class_.command("reveal")
    against = class_.host.state.tracks[1]
    class_.command("decide", picks=((against.door, against.page.choices[1].id),), reason="We want to see.")
    decisions = {
        half.door: [(decision.how, decision.reason) for decision in half.round.decisions]
        for half in class_.controller.class_view().halves
    }
    assert [("most", "")] in decisions.values()
    assert decisions[against.door] in ([], [("override", "We want to see.")])
    class_.command("onward")
    assert not any(half.round.decisions for half in class_.controller.class_view().halves if decisions.get(half.door))


def test_a_step_back_loses_no_ballot(class_: Classroom) -> None:
    class_.command("open")
    class_.vote_all()
    class_.commands("close", "reveal", "decide")
    phases = []
    for _ in range(3):
        class_.command("back")
        phases.append(class_.host.state.phase)
        assert len(class_.host.state.ballots) == 4
    assert phases == ["revealed", "closed", "open"]
    class_.commands("close", "reveal", "decide")
    assert len(class_.host.state.decisions) >= 1


def test_a_timer_that_is_paused_or_removed_closes_no_vote(class_: Classroom) -> None:
    class_.command("open")
    class_.command("timer", number=60)
    for command, seconds, left in (("pause", 600, 60), ("resume", 0, 60), ("no-timer", 600, None)):
        class_.command(command)
        class_.clock.now += seconds
        class_.controller.poll()
        assert class_.host.state.phase == "open" and class_.controller.class_view().left == left


def test_a_coin_decides_if_nobody_voted(class_: Classroom) -> None:
    class_.commands("open", "close", "reveal")
    assert class_.view_after("coin").phase == "reading"


def test_the_relays_address_comes_first_and_the_local_ones_while_it_is_lost(class_: Classroom) -> None:
    class_.controller.class_view()
    away, here = ("grain.example.org", "BCDFGHJK"), ("10.0.0.1:8765", "K7QP")
    for seconds, trouble, address, shown in (
        (0, "", away, ""),
        (0, "lost", here, "lost"),
        (0, "", away, "back"),
        (11, "", away, ""),
        (0, "store-lost", away, "store-lost"),
    ):
        class_.clock.now += seconds
        class_.relay = replace(ROOM, trouble=trouble)
        view = class_.news()
        assert ((view.joining.typed, view.joining.code), view.relay) == (address, shown)
        assert class_.controller.poll() is None


def test_every_address_and_the_relays_is_shown_in_turn(class_: Classroom) -> None:
    class_.relay = ROOM
    seen = []
    for _ in range(4):
        view = class_.controller.class_view()
        assert len(view.joining.addresses) > 1
        seen.append(view.joining.typed)
        class_.command("address")
    assert seen == ["grain.example.org", "10.0.0.1:8765", "10.0.0.2:8765", "grain.example.org"]


def test_a_new_class_code_is_typed_on_the_page_of_the_room(class_: Classroom) -> None:
    class_.relay = ROOM
    class_.command("new-code")
    joining = class_.controller.class_view().joining
    assert joining.url == ROOM.url
    assert (joining.typed, joining.code) == ("grain.example.org/BCDFGHJK", class_.host.state.code)


def test_timer_counts_down_stands_still_while_paused_and_goes_on(mill: Story) -> None:
    class_, clock = LoggedClass(mill), Clock(5000.0)
    countdown = Countdown(clock)
    class_.read_to_vote().do(commands.open_vote)
    assert countdown.left(class_.state) is None
    class_.do(commands.set_timer, 60.0)
    assert countdown.left(class_.state) == 60
    clock.now += 20
    left = countdown.left(class_.state)
    assert left == 40
    class_.do(commands.pause, True, left)
    clock.now += 600
    assert countdown.left(class_.state) == 40
    class_.do(commands.pause, False)
    assert countdown.left(class_.state) == 40
    clock.now += 41
    assert countdown.left(class_.state) == -1
    class_.do(commands.set_timer, None)
    assert countdown.left(class_.state) is None
    for _ in range(2):  # the same seconds, set again, start again
        class_.do(commands.set_timer, 60.0)
        assert countdown.left(class_.state) == 60
        clock.now += 30


def test_absence_counts_from_the_moment_a_seat_left(mill: Story) -> None:
    class_, clock = LoggedClass(mill), Clock()
    absences = Absences(clock)
    class_.join("a", "b")
    absences.update(replace(class_.state, present=frozenset("a")))
    absences.update(class_.state)
    class_.do(commands.leave, "a")
    clock.now = 100.0
    absences.update(class_.state)
    clock.now = 190.0
    absences.update(class_.state)
    assert absences.seconds("a") == 90 and absences.seconds("b") is None
    class_.join("a")
    absences.update(class_.state)
    assert absences.seconds("a") is None
