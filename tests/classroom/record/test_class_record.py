"""The record of a class: its decisions, their votes, and no seat."""

from __future__ import annotations

import csv
import html
import io
import re
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime
from random import Random

import html5lib
import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.classroom import commands
from game.classroom import events as ev
from game.classroom.record.class_record import ClassRecord, RecordedStep, class_record
from game.classroom.record.record_csv import COLUMNS, record_csv
from game.classroom.record.record_html import record_html
from game.classroom.record.record_wording import RecordWording
from game.classroom.tracks import Track
from game.core.csv import escape_formula
from game.play import Playthrough, begin
from game.play.debrief_sections import facts_met, fates
from game.story import Story
from game.ui.components.citations import standing_of
from game.ui.i18n import Catalogue
from tests.classroom.logged_class import BEGAN, REASON, LoggedClass

SEATS = [f"seat{n:017x}" for n in range(9)]
HOURS = st.integers(0, 10_000).map(Random)


def utc(at: float) -> datetime:
    return datetime.fromtimestamp(at, UTC)


def rows(record: ClassRecord, words: Catalogue) -> list[dict[str, str]]:
    """The spreadsheet's rows, each cell under its column."""
    text = record_csv(RecordWording(record, words, utc)).removeprefix("\ufeff")
    head, *body = csv.reader(io.StringIO(text, newline=""))
    assert head == [words(f"record.column.{column}") for column in COLUMNS]
    return [dict(zip(COLUMNS, row, strict=True)) for row in body]


def read_through(story: Story, seed: Random) -> LoggedClass:
    """A class that did random things to the end of its story."""
    logged = LoggedClass(story)
    logged.run_at_random(seed, SEATS)
    return logged


def printed(record: ClassRecord, words: Catalogue) -> str:
    return record_html(RecordWording(record, words, utc), "")


def voted(record: ClassRecord) -> list[RecordedStep]:
    return [step for decision in record.decisions for step in decision.steps if step.how != "onward"]


def vote_until(logged: LoggedClass, holds: Callable[[Track], bool]) -> None:
    """Let every phone take the first choice until a page with a vote meets the condition."""
    logged.read_to_vote()
    while not any(track.has_vote and holds(track) for track in logged.state.tracks):
        logged.cast_all(**dict.fromkeys(logged.state.seats, 0))
        logged.decide()
        logged.read_to_vote()


@pytest.fixture
def logged(shipped: Story) -> LoggedClass:
    """A class of four phones, two behind each door, at the first vote."""
    return LoggedClass(shipped).join("a", "b", "c", "d").read_to_vote()


def test_vote_is_recorded_with_its_choices_and_result(logged: LoggedClass, shipped: Story) -> None:
    logged.cast_all(a=1, c=1, b=0, d=2)
    villager, official = logged.state.tracks
    logged.decide(official=official.page.choices[2].id)
    hers, his = voted(class_record(shipped, logged.log))
    assert (hers.role, hers.title, hers.split) == ("villager", "The Loudspeaker", True)
    assert hers.when == "January and February 1958"
    assert (hers.say, hers.how) == (villager.page.choices[1].say, "most")
    assert [(tally.say, tally.count, tally.taken) for tally in hers.votes or ()] == [
        (option.say, votes, votes == 2) for option, votes in zip(villager.page.choices, (0, 2, 0), strict=True)
    ]
    assert (his.say, his.how) == (official.page.choices[2].say, "tie")
    assert [tally.count for tally in his.votes or ()] == [1, 0, 1]


def test_shows_of_hands_are_counted_apart_from_phones(logged: LoggedClass, shipped: Story, words: Catalogue) -> None:
    logged.cast_all(a=1, b=0, c=0)
    track = logged.state.tracks[0]
    logged.do(commands.count_hands, track.door, track.page.choices[1].id, 7)
    logged.decide()
    record = class_record(shipped, logged.log)
    assert [(tally.phones, tally.hands) for tally in voted(record)[0].votes or ()] == [(1, 0), (1, 7), (0, 0)]
    assert printed(record, words).count("1 by phone, 7 by hand") == 1
    row = next(row for row in rows(record, words) if row["row"] == words("record.row.decision"))
    assert (row["votes"], row["phones"], row["hands"]) == ("8", "1", "7")


def test_override_is_recorded_with_its_reason_and_coin_as_coin(
    logged: LoggedClass, shipped: Story, words: Catalogue
) -> None:
    logged.cast_all(a=0, c=0, b=0, d=1)
    logged.decide(REASON, coin=Random(1), villager=logged.state.tracks[0].page.choices[2].id)
    record = class_record(shipped, logged.log)
    assert [(step.how, step.reason) for step in voted(record)] == [("override", REASON), ("coin", "")]
    page = printed(record, words)
    assert page.count(REASON) == 1 and words("record.how.override") in page and words("record.how.coin") in page


def test_decisions_that_were_taken_back_are_only_counted(logged: LoggedClass, shipped: Story, words: Catalogue) -> None:
    logged.cast_all(a=0, b=0, c=0, d=0)
    logged.decide()
    logged.do(commands.go_back)
    logged.cast_all(a=0, b=0, c=0, d=0)
    logged.do(commands.reveal)
    logged.cast_all(a=2, b=2, c=2, d=2)
    logged.decide()
    record = class_record(shipped, logged.log)
    assert record.taken_back == 1
    assert [([tally.count for tally in step.votes or ()], step.held) for step in voted(record)] == [([0, 0, 2], 2)] * 2
    assert printed(record, words).count(words("record.again", n=2)) == 2


def test_skipped_chapter_is_recorded_as_skipped(shipped: Story, words: Catalogue) -> None:
    logged = LoggedClass(shipped).join("a", "b")
    vote_until(logged, lambda track: "skip" in track.page.offers)
    logged.cast_all(a=0, b=0)
    door = next(track.door for track in logged.state.tracks if "skip" in track.page.offers)
    logged.decide(REASON, None, **{door: "skip"})
    record = class_record(shipped, logged.log)
    step = next(step for step in voted(record) if step.how == "override")
    assert step.skipped and step.reason == REASON
    assert words("record.skipped") in printed(record, words)


def test_page_without_tally_is_recorded_without_numbers(shipped: Story, words: Catalogue) -> None:
    logged = LoggedClass(shipped).join(*SEATS)
    vote_until(logged, lambda track: track.page.chapter == "v-the-ladle")
    logged.cast_all(**dict.fromkeys(SEATS[:7], 1), **dict.fromkeys(SEATS[7:], 0))
    bowls = logged.state.tracks[0].page.choices
    logged.decide()
    record = class_record(shipped, logged.log)
    (step,) = [step for step in voted(record) if step.say == bowls[1].say]
    assert step.votes is None
    wording = RecordWording(record, words, utc)
    for text in (record_html(wording, ""), record_csv(wording)):
        assert bowls[1].say in text and words("record.no-tally") in text
        assert not any(option.say in text for option in bowls if option is not bowls[1])
    (row,) = [row for row in rows(record, words) if row["text"] == bowls[1].say]
    assert (row["votes"], row["phones"], row["hands"]) == ("", "", "")


def test_votes_of_the_last_winter_have_no_tally(shipped: Story) -> None:
    """No wall counts who ate, who was named or who presided."""
    winter = ("v-the-ladle", "o-the-ladle", "v-the-handful", "o-the-handful", "v-black-land")
    pages = [node for id in winter for node in shipped.chapters[id].nodes.values() if node.choices]
    assert len(pages) > 5 and not any(node.tally for node in pages)


def test_record_has_times_doors_and_phones(logged: LoggedClass, shipped: Story, words: Catalogue) -> None:
    logged.do(commands.leave, "a").join("e").do(commands.end)
    ended = logged.log[-1][0]
    logged.do(commands.leave, "b")
    record = class_record(shipped, logged.log)
    assert (record.began, record.until, record.phones, record.close) == (BEGAN, ended, 4, "ended")
    assert (record.cut, record.doors) == ("class", ("villager", "official"))
    summary = dict(RecordWording(record, words, utc).summary())
    assert summary[words("record.when")] == f"25 November 2025, 09:12 to {utc(ended):%H:%M}"
    assert summary[words("record.doors")] == "Shen Guilan and Guo Shoutian"


def test_a_class_of_two_days_has_both_dates(logged: LoggedClass, shipped: Story, words: Catalogue) -> None:
    logged.log.append((BEGAN + 86_400, ev.Paused(False)))
    lasted = RecordWording(class_record(shipped, logged.log), words, utc).time_span()
    assert "25 November 2025, 09:12" in lasted and "26 November 2025" in lasted


@given(chance=HOURS)
def test_the_path_has_the_choices_of_the_playthrough(chance: Random, shipped: Story) -> None:
    logged = read_through(shipped, chance)
    record = class_record(shipped, logged.log)
    whole = logged.state.playthrough
    stands = Counter(choices(whole))
    for track in logged.state.tracks[1:]:  # choices of a track while the first track is still in its chapter
        if not logged.state.tracks[0].chapter_over:
            stands += Counter(choices(track.now)[len(choices(track.start)) :])
    assert Counter(step.say for decision in record.decisions for step in decision.steps if step.say) == stands
    assert set(facts_met(whole)) <= {fact.id for fact in record.facts}


def choices(playthrough: Playthrough) -> list[str]:
    return [choice.say for at in playthrough.history if (choice := at.choice_taken()) is not None]


@given(chance=HOURS)
def test_the_same_log_gives_the_same_record_without_seat_and_code(
    chance: Random, shipped: Story, words: Catalogue
) -> None:
    log = read_through(shipped, chance).log
    wordings = [RecordWording(class_record(shipped, log), words, utc) for _ in range(2)]
    first, second = ((record_html(wording, ""), record_csv(wording)) for wording in wordings)
    assert first == second
    for text in first:
        assert not any(seat in text for seat in SEATS)
        assert "K7QP" not in text and "seat" not in text.split("<style>")[0]


@given(chance=HOURS)
def test_only_pages_with_a_tally_have_numbers(chance: Random, shipped: Story, words: Catalogue) -> None:
    record = class_record(shipped, read_through(shipped, chance).log)
    spoken = {choice.say: node for node in shipped.nodes.values() for choice in node.choices}
    for row in rows(record, words):
        if row["row"] in (words("record.row.decision"), words("record.row.choice")) and row["text"] in spoken:
            assert (row["votes"] != "") == spoken[row["text"]].tally
            if row["votes"]:
                assert int(row["votes"]) == int(row["phones"]) + int(row["hands"])
    kept_back = [step for step in voted(record) if step.votes is None]
    assert len(kept_back) == sum(row["note"] == words("record.no-tally") for row in rows(record, words))


BEGINNINGS = st.sampled_from(["=", "+", "-", "@", "＝", ";", "\t", "\r", "\n", " ", "\ufeff", "1", '"', ","])
ANY_TEXT = st.text() | st.lists(BEGINNINGS).map("".join)
FORMULA = re.compile(r"[\s\u200b\u2060\ufeff]*[=+\-@＝＋－＠]")


@given(text=ANY_TEXT)
def test_no_cell_begins_as_a_formula(text: str) -> None:
    """Cells after spaces count too, and those of a spreadsheet that splits at semicolons or tabs."""
    for cell in re.split(r"[;\t\r\n]", escape_formula(text)):
        assert not FORMULA.match(cell)
    assert escape_formula(text)[:1] not in ("\t", "\r", "\n")
    assert escape_formula(text).replace("'", "") == text.replace("'", "")


@given(reason=ANY_TEXT)
def test_a_reason_is_a_text_to_every_spreadsheet(reason: str, shipped: Story, words: Catalogue) -> None:
    logged = LoggedClass(shipped).read_to_vote()
    log = [*logged.log, (BEGAN + 60, overridden(logged, reason))]
    record = class_record(shipped, log)
    for row in rows(record, words):
        assert not any(FORMULA.match(cell) or cell[:1] in ("\t", "\r", "\n") for cell in row.values())


def overridden(logged: LoggedClass, reason: str) -> ev.Decided:
    takes = {track.door: track.page.choices[0].id for track in logged.state.tracks}
    return ev.Decided(takes, dict.fromkeys(takes, "override"), reason)


def test_a_reason_is_a_text_to_every_browser(logged: LoggedClass, shipped: Story, words: Catalogue) -> None:
    log = [*logged.log, (BEGAN + 60, overridden(logged, "<script>alert(1)</script>"))]
    page = printed(class_record(shipped, log), words)
    assert "<script" not in page and "&lt;script&gt;" in page


@pytest.mark.parametrize(
    ("events", "message"),
    [([], "how it began"), ([ev.Opened(1)], "how it began"), ([ev.Begun("other", 1, "class", None)], "`other`")],
    ids=["empty", "without a beginning", "of another story"],
)
def test_a_log_of_something_else_is_refused(events: list[ev.Event], message: str, shipped: Story) -> None:
    with pytest.raises(ValueError, match=message):
        class_record(shipped, [(1.0, event) for event in events])


def test_record_has_the_deed_in_its_heading_and_the_rest_below(
    logged: LoggedClass, shipped: Story, words: Catalogue
) -> None:
    logged.cast_all(a=1, c=1, b=1, d=1)
    taken = {track.door: track.page.choices[1] for track in logged.state.tracks}
    came = {track.door: track.now.take(taken[track.door].id).page.answer for track in logged.state.tracks}
    logged.decide()
    record = class_record(shipped, logged.log)
    tree = html5lib.parse(printed(record, words), namespaceHTMLElements=False)
    said = ["".join(span.itertext()) for span in tree.iter("span") if span.get("class") == "say"]
    outcome = ["".join(part.itertext()) for part in tree.iter("p") if part.get("class") == "outcome"]
    steps = {step.role: step for step in voted(record)}
    assert len(steps) == 2
    for door, option in taken.items():
        step, answer = steps[door], came[door]
        assert answer is not None and step.anyway
        assert (step.say, step.answer) == (option.say, answer.text)
        (row,) = [row for row in rows(record, words) if row["text"] == option.say]
        assert (row["answer"], row["anyway"]) == (answer.text, step.anyway)
        assert option.say in said and not any(option.reason in text for text in said)
        whose = {"villager": "Not hers to decide:", "official": "Not his to decide:"}[door]
        for name, text in ((words("record.answer"), answer.text), (whose, step.anyway)):
            assert f"{name} {text}" in outcome


@given(chance=HOURS)
def test_record_has_every_line_met_once_in_its_place(chance: Random, shipped: Story, words: Catalogue) -> None:
    logged = read_through(shipped, chance)
    record = class_record(shipped, logged.log)
    met = [line.id for lines in (*(each.lines for each in record.decisions), record.last_lines) for line in lines]
    known = {line.id for page in logged.state.playthrough.pages for line in page.lines}
    whole = [line.id for date in shipped.lines for line in date]
    assert met == [id for id in whole if id in set(met)] and known <= set(met)
    shown = [row["text"] for row in rows(record, words) if row["row"] == words("page.line")]
    assert len(shown) == len(met)
    assert printed(record, words).count('class="line"') == len(met)


@given(chance=HOURS)
def test_a_finished_class_has_the_fates_of_the_people_it_met(chance: Random, shipped: Story, words: Catalogue) -> None:
    logged = read_through(shipped, chance)
    record = class_record(shipped, logged.log)
    expected = [(fate.detail, fate.text) for fate in fates(logged.state.playthrough)]
    assert expected and [(fate.detail, fate.text) for fate in record.fates] == expected
    people = [row for row in rows(record, words) if row["row"] == words("record.row.person")]
    assert [(row["page"], row["text"]) for row in people] == expected
    page = printed(record, words)
    assert all(html.escape(text, quote=False) in page for _, text in expected)


def test_a_class_that_may_go_on_has_no_fates(logged: LoggedClass, shipped: Story) -> None:
    assert class_record(shipped, logged.log).fates == ()
    logged.do(commands.end)
    assert class_record(shipped, logged.log).fates


def test_record_has_the_standing_and_source_of_each_fact(shipped: Story, words: Catalogue) -> None:
    record = class_record(shipped, read_through(shipped, Random(3)).log)
    found = [row for row in rows(record, words) if row["row"] == words("record.row.fact")]
    assert len(found) == len(record.facts) > 20
    for row, fact in zip(found, record.facts, strict=True):
        assert (row["kind"], row["source"]) == (
            words(f"standing.{standing_of(shipped, fact.id)}"), shipped.sources[fact.source].title,
        )  # fmt: skip
    assert len({row["source"] for row in found}) > 3 and len({row["kind"] for row in found}) > 3
    page = printed(record, words)
    for id in {fact.source for fact in record.facts}:
        assert page.count(f"<dt>{html.escape(shipped.sources[id].title, quote=False)}</dt>") == 1


def test_questions_are_those_of_the_met_pages(logged: LoggedClass, shipped: Story) -> None:
    logged.cast_all(a=0, b=0, c=0, d=0)
    first = [track.page.discuss for track in logged.state.tracks]
    logged.decide()
    logged.read_to_vote()
    asked = [question.text for question in class_record(shipped, logged.log).questions]
    assert asked == [*first, *(track.page.discuss for track in logged.state.tracks)]


def test_facts_of_the_second_door_count_before_the_first_is_finished(shipped: Story) -> None:
    logged = LoggedClass(shipped).join("a", "b").read_to_vote()
    record = {fact.id for fact in class_record(shipped, logged.log).facts}
    chapters = {track.page.chapter for track in logged.state.tracks}
    met = {fact for track in logged.state.tracks for fact in shipped.nodes[track.page.node or ""].because}
    for at in begin(shipped, None, "class").history:
        met |= {fact for block in at.position.done for fact in block.because}
    pages = [node for id in chapters for node in shipped.chapters[id or ""].nodes.values()]
    unmet = {fact for node in pages for choice in node.choices for fact in choice.because} - met
    assert (met & shipped.facts.keys()) <= record and not unmet & record
