"""Durations of a class: the timer's countdown, and how long seats are absent."""

from __future__ import annotations

from dataclasses import replace

from game.classroom import commands
from game.classroom.teacher_controller import Absences, Countdown
from game.story import Story
from tests.classroom.logged_class import LoggedClass
from tests.clock import Clock


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


def test_same_seconds_set_again_start_again(mill: Story) -> None:
    class_, clock = LoggedClass(mill), Clock()
    countdown = Countdown(clock)
    class_.read_to_vote().do(commands.open_vote)
    for _ in range(2):
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
