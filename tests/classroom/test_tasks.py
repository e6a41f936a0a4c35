"""A class's tasks with documents after the story, and its questionnaire before and after, with votes as on any page."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from game.classroom import commands
from game.classroom.class_reader import read_class, reading_to_json
from game.classroom.log import LogEntries
from game.classroom.record.class_record import class_record
from game.classroom.record.record_csv import record_csv
from game.classroom.record.record_html import record_html
from game.classroom.record.record_wording import RecordWording
from game.play.desk_story import AFTER, BEFORE
from game.story import load
from game.story.model import Story
from game.ui.effects import TeacherCommand
from game.ui.i18n import Catalogue
from game.ui.screens.phone import phone
from game.ui.tree import walk
from tests.classroom.class_walk import is_same
from tests.classroom.logged_class import LoggedClass, refusal, replay
from tests.classroom.record.test_class_record import utc
from tests.classroom.wall_states import UnloggedClass
from tests.small_stories.packs import MILL_LANE
from tests.ui.app_driver import ClassDriver, text_of


def at_talk(story: Story, phones: int = 3) -> UnloggedClass:
    class_ = UnloggedClass(story, phones)
    class_.do(commands.go_on).do(commands.end)
    return class_


@pytest.fixture
def class_(mill: Story) -> UnloggedClass:
    """A class of three phones at the first page of a task."""
    return at_talk(mill).do(commands.begin_task, "who-counts")


def answered(class_: LoggedClass, seats: dict[str, str]) -> None:
    class_.do(commands.open_vote)
    for seat, choice in seats.items():
        class_.cast(seat, choice)
    class_.do(commands.reveal).do(commands.next_question)


def test_a_task_comes_after_the_story_and_must_exist(mill: Story) -> None:
    assert refusal(commands.begin_task, UnloggedClass(mill, 2).state, "who-counts") == "not-at-the-talk"
    assert refusal(commands.begin_task, at_talk(mill).state, "who-knows") == "unknown-task"


def test_each_thing_is_asked_and_the_next_page_has_our_view(class_: UnloggedClass) -> None:
    page = class_.state.tracks[0].page
    assert [choice.say for choice in page.choices] == ["Seen", "Heard"]
    assert page.brief[0].text == "Forty sacks"
    said = "\n".join(paragraph.text for paragraph in page.paragraphs)
    assert "Forty sacks came in. Nobody counted twice." in said and "The miller. → Himself." in said
    answered(class_, {"s0": "heard", "s1": "seen", "s2": "seen"})
    page = class_.state.tracks[0].page
    assert (page.paragraphs[0].by, page.paragraphs[0].text) == ("Forty sacks", "Seen. He stood beside them.")
    assert page.brief[0].text == "Eighty sacks"
    answered(class_, {"s0": "heard"})
    last = class_.state.tracks[0].page.paragraphs
    assert [paragraph.text for paragraph in last] == ["Heard. The clerk was in town.", "Whom would you ask?"]
    assert not class_.state.can_vote


def assert_resumed(class_: LoggedClass) -> None:
    found = read_class(class_.story, LogEntries(tuple(class_.log), reading=reading_to_json(class_.state)))
    assert is_same(found.state, class_.state) and not found.why and not found.notes


def test_an_order_is_asked_place_by_place(mill: Story) -> None:
    class_ = at_talk(mill).do(commands.begin_task, "which-first")
    for first in ("sow", "reap"):
        page = class_.state.tracks[0].page
        assert {choice.id for choice in page.choices} == {"sow", "reap", "grind"}
        answered(class_, {"s0": first})
    assert not class_.state.can_vote, "the last one is what is left"


def test_the_reading_stands_aside_and_is_there_again(mill: Story) -> None:
    class_ = at_talk(mill)
    talk = class_.state
    class_.do(commands.begin_task, "who-counts")
    assert class_.state.playthrough.entries == talk.playthrough.entries
    assert reading_to_json(class_.state) == reading_to_json(talk)
    class_.do(commands.end)
    assert class_.state.ended and class_.state.tracks == talk.tracks
    assert class_.state.before == talk.before


def test_a_step_back_at_a_task_s_first_page_leaves_it(class_: UnloggedClass) -> None:
    answered(class_, {"s0": "seen"})
    class_.do(commands.go_back)
    assert class_.state.phase == "revealed", "the vote of the first page is there again"
    for _ in range(3):
        class_.do(commands.go_back)
    assert class_.state.aside is not None
    class_.do(commands.go_back)
    assert class_.state.aside is None and class_.state.ended


def test_another_task_takes_the_place_of_the_first_and_drops_its_votes(class_: UnloggedClass) -> None:
    class_.do(commands.open_vote).cast("s0", "seen")
    for leaving in (commands.end(class_.state), commands.begin_task(class_.state, "which-first")):
        assert commands.drops_votes(class_.state, leaving)
    class_.do(commands.begin_task, "which-first")
    assert class_.state.aside is not None and class_.state.aside.task == "which-first"
    assert class_.do(commands.end).state.ended


def test_phones_that_come_during_a_task_get_a_seat_and_vote(class_: UnloggedClass, words: Catalogue) -> None:
    class_.do(commands.open_vote).join("late")
    assert class_.state.seats["late"] in class_.state.doors
    class_.cast("late", "heard")
    track = class_.state.track_of("late")
    tree = phone(track.page_for("late"), class_.state.round(track), "late", story=class_.story, words=words)
    assert "Forty sacks" in text_of(tree)
    assert class_.state.ballots == {"late": "heard"}


def test_the_record_has_the_answers_apart_from_the_decisions(mill: Story) -> None:
    class_ = at_talk(mill)
    before = class_record(mill, class_.log)
    class_.do(commands.begin_task, "who-counts")
    answered(class_, {"s0": "heard", "s1": "seen", "s2": "seen"})
    answered(class_, {"s0": "heard"})
    class_.do(commands.go_back).do(commands.end)
    record = class_record(mill, class_.log)
    assert (record.decisions, record.taken_back, record.facts) == (before.decisions, before.taken_back, before.facts)
    (answer,) = record.tasks
    assert answer.title == "Who counts?: Forty sacks", "the second answer was taken back"
    assert [(vote.say, vote.phones) for vote in answer.votes] == [("Seen", 2), ("Heard", 1)]


@pytest.mark.parametrize("at", ["page", "vote", "result", "next", "over"])
def test_a_class_is_resumed_inside_a_task(class_: UnloggedClass, at: str) -> None:
    if at != "page":
        class_.do(commands.open_vote).cast("s0", "seen")
    if at in ("result", "next", "over"):
        class_.do(commands.reveal)
    if at in ("next", "over"):
        class_.do(commands.next_question)
    if at == "over":
        answered(class_, {"s1": "heard"})
    assert is_same(replay(class_.story, class_.events), class_.state)
    assert_resumed(class_)


def test_a_class_whose_task_is_gone_opens_with_what_came_before(class_: UnloggedClass, tmp_path: Path) -> None:
    answered(class_, {"s0": "seen"})
    folder = shutil.copytree(MILL_LANE, tmp_path / "pack")
    for file in folder.rglob("*.yaml"):
        text = file.read_text(encoding="utf-8").replace("id: who-counts", "id: who-knows")
        file.write_text(text, encoding="utf-8")
    found = read_class(load(folder), LogEntries(tuple(class_.log), reading=reading_to_json(class_.state)))
    assert found.state.ended and found.state.aside is None
    assert "no task `who-counts`" in found.why and found.left_out


def test_a_teacher_asks_the_class_from_the_desk(mill: Story, words: Catalogue) -> None:
    driver = ClassDriver(at_talk(mill), words)
    driver.press("desk", "section:who-counts", "task:who-counts")
    chosen = driver.effects[-1]
    assert isinstance(chosen, TeacherCommand)
    driver.do(commands.begin_task, chosen.choice)
    assert driver.where == "wall" and "Forty sacks" in driver.said
    driver.do(commands.open_vote)
    driver.led.cast("s0", "heard")
    driver.do(commands.reveal)
    assert driver.node("teach:next-question").label == "Compare with our answer"
    driver.do(commands.next_question)
    assert "He stood beside them." in driver.said
    driver.do(commands.open_vote)
    driver.led.cast("s0", "heard")
    driver.do(commands.reveal)
    driver.do(commands.next_question)
    assert driver.node("end").label == "Back to the talk"
    driver.do(commands.end)
    assert driver.where == "wall-debrief"


def test_a_tie_in_a_task_needs_no_decision(class_: UnloggedClass, words: Catalogue) -> None:
    driver = ClassDriver(class_.do(commands.open_vote), words)
    driver.led.cast("s0", "seen")
    driver.led.cast("s1", "heard")
    driver.do(commands.reveal)
    assert driver.sees("teach:next-question") and not driver.sees("settle")
    driver.do(commands.next_question)
    assert driver.led.state.phase == "reading" and "decided" not in {node.id for node in walk(driver.tree)}


def test_the_record_prints_answers_and_questionnaire(mill: Story, words: Catalogue) -> None:
    class_ = UnloggedClass(mill, 12)
    for when in (BEFORE, AFTER):
        asked(class_, when, {f"s{n}": "forty" if when == AFTER or n % 3 else "eighty" for n in range(12)}, {})
        if when == BEFORE:
            class_.do(commands.go_on).do(commands.end)
    class_.do(commands.begin_task, "who-counts")
    answered(class_, {"s0": "heard"})
    wording = RecordWording(class_record(mill, class_.log), words, utc)
    for text in (record_html(wording, ""), record_csv(wording)):
        assert "Who counts?: Forty sacks" in text and "How many sacks came in?" in text
        assert "12 phones answered all; on the mean 0.7 of 1 right" in text
        assert "+0.3 right answers" in text
    assert "67 %" in record_html(wording, "") and "100 %" in record_html(wording, "")


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
    assert_resumed(class_)


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
