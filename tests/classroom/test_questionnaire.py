"""The questionnaire of a class: asked before and after, counted, and nobody sees a result on the way."""

from __future__ import annotations

from dataclasses import replace

import pytest

from game.classroom import commands
from game.classroom.class_reader import read_class, reading_to_json
from game.classroom.log import LogEntries
from game.classroom.record.class_record import class_record
from game.play.desk_story import AFTER, BEFORE
from game.story.model import Story
from game.ui.i18n import Catalogue
from tests.classroom.class_walk import is_same
from tests.classroom.logged_class import LoggedClass, refusal
from tests.classroom.wall_states import UnloggedClass
from tests.ui.app_driver import ClassDriver


def asked(class_: LoggedClass, when: str, *answers: dict[str, str]) -> None:
    class_.do(commands.begin_task, when).do(commands.next_question)
    for said in answers:
        for seat, choice in said.items():
            class_.cast(seat, choice)
        class_.do(commands.next_question)
    class_.do(commands.end)


def test_it_comes_before_the_first_page_and_after_the_story(mill: Story) -> None:
    class_ = UnloggedClass(mill, 3)
    first = class_.state
    assert refusal(commands.begin_task, class_.state, AFTER) == "not-at-the-talk"
    asked(class_, BEFORE, {"s0": "forty"}, {"s0": "no"})
    assert class_.state.tracks == first.tracks and not class_.state.ended, "the class is at its first page again"
    class_.do(commands.go_on)
    assert refusal(commands.begin_task, class_.state, BEFORE) == "not-at-the-talk"
    class_.do(commands.end)
    asked(class_, AFTER, {"s0": "forty"}, {"s0": "no"})
    assert class_.state.ended


def test_one_press_closes_a_question_and_opens_the_next(mill: Story) -> None:
    class_ = UnloggedClass(mill, 2).do(commands.begin_task, BEFORE).do(commands.next_question)
    assert class_.state.phase == "open" and class_.state.tracks[0].page.brief[0].text == "How many sacks came in?"
    class_.cast("s0", "eighty")
    class_.do(commands.next_question)
    assert class_.state.phase == "open" and class_.state.ballots == {}
    said = [paragraph.text for paragraph in class_.state.tracks[0].page.paragraphs]
    assert said == ["Nobody gives a name.", "The clerk alone is to blame."], "nobody is told what is right"
    class_.do(commands.next_question)
    assert not class_.state.asks
    assert refusal(commands.next_question, class_.state) == "at-the-end"


def test_the_record_counts_and_has_no_seat(mill: Story) -> None:
    class_ = UnloggedClass(mill, 4)
    asked(class_, BEFORE, {"s0": "forty", "s1": "eighty", "s2": "eighty"}, {"s0": "yes", "s1": "no"})
    class_.do(commands.go_on).do(commands.end)
    asked(class_, AFTER, {"s0": "forty", "s1": "forty"}, {"s1": "no"})
    record = class_record(mill, class_.log)
    before, after = record.surveys[BEFORE], record.surveys[AFTER]
    assert before.counts == ({"forty": 1, "eighty": 2}, {"yes": 1, "no": 1})
    assert (before.totals, after.totals, after.of) == ((0, 0, 1), (1, 1), 1)
    assert before.share(0, ["forty"]) == pytest.approx(1 / 3)
    assert record.tasks == () and "s0" not in repr(record.surveys)


def test_hands_count_for_answers_and_not_for_totals(mill: Story) -> None:
    class_ = UnloggedClass(mill, 1).do(commands.begin_task, BEFORE).do(commands.next_question)
    class_.do(commands.count_hands, class_.state.tracks[0].door, "forty", 9).do(commands.next_question)
    class_.do(commands.next_question).do(commands.end)
    survey = class_record(mill, class_.log).surveys[BEFORE]
    assert survey.counts[0] == {"forty": 9} and survey.totals == ()


def test_asked_once_more_it_takes_the_place_of_the_first_time(mill: Story) -> None:
    class_ = UnloggedClass(mill, 2)
    asked(class_, BEFORE, {"s0": "eighty"}, {})
    asked(class_, BEFORE, {"s0": "forty"}, {})
    assert class_record(mill, class_.log).surveys[BEFORE].totals == (1,)


def test_a_class_is_resumed_inside_the_questionnaire_before_the_story(mill: Story) -> None:
    class_ = UnloggedClass(mill, 2).do(commands.begin_task, BEFORE).do(commands.next_question)
    class_.cast("s0", "forty")
    found = read_class(mill, LogEntries(tuple(class_.log), reading=reading_to_json(class_.state)))
    assert is_same(found.state, class_.state) and not found.why


def test_the_wall_asks_and_shows_no_result(mill: Story, words: Catalogue) -> None:
    driver = ClassDriver(UnloggedClass(mill, 2), words)
    while driver.where != "wall-note":
        driver.press("back")
    assert driver.sees(f"task:{BEFORE}")
    driver.do(commands.begin_task, BEFORE)
    assert driver.where == "wall" and driver.node("teach:next-question").style == "main"
    driver.do(commands.next_question)
    driver.led.cast("s0", "eighty")
    driver.show()
    assert not driver.sees("teach:reveal") and not driver.sees("teach:close") and not driver.sees("tally")
    assert not ClassDriver(driver.led, words, replace(driver.led.class_view(), place="teacher")).sees("peek")
    driver.do(commands.next_question)
    driver.do(commands.next_question)
    assert driver.node("end").label == "Back to the talk"
