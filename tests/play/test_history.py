"""The charts of a playthrough: its weighings and the map of its choices, with nothing that was not read."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.play import LedgerRow, Playthrough, begin, debrief
from game.play.history import Fork, MetWeighing, ReadingMap, Station, reading_map, weighings
from game.play.page import Weighing
from game.story import Story
from tests.play.readers import edited, read, read_to_the_end


def test_the_weighings_are_those_of_met_pages(the_mill: Story) -> None:
    rows = (LedgerRow("brought_in", 4868), LedgerRow("reported", 4868))
    met = MetWeighing("December 1958", "The Weighing", Weighing(None, rows, None), "weighing")
    p = read(the_mill, "miller", "give", "smallest", "go")
    assert [weighings(at) for at in p.history] == [*[()] * 3, *[(met,)] * 4]
    assert weighings(read(the_mill, "miller", "give", "continue", cut="short")) == ()


def test_a_past_weighing_keeps_its_numbers(tmp_path: Path) -> None:
    story = edited(tmp_path, ("m-heavy", "do: [jar = 3]", "do: [jar = 3, crop = 1]"))
    assert weighings(read(story, "miller", "give", "smallest", "go"))[0].weighing.amount("brought_in") == 4868


def test_a_weighings_section_comes_only_after_a_weighing(tmp_path: Path) -> None:
    part = "  - {id: scales, title: What was weighed, text: [Look at it.], fill: weighings}\n  - {id: facts,"
    story = edited(tmp_path, ("debrief", "  - {id: facts,", part))
    p = read(story, "miller", "give", "smallest", "go")
    (section,) = (section for section in debrief(p) if section.id == "scales")
    assert (section.paragraphs, section.weighings) == (("Look at it.",), weighings(p))
    assert "scales" not in [section.id for section in debrief(begin(story, "miller"))]


def test_the_map_has_the_taken_choice_and_the_number_of_others(the_mill: Story) -> None:
    assert reading_map(begin(the_mill, "miller")) == ReadingMap()
    assert reading_map(read(the_mill, "miller", "wait", "give", "skip", "go")) == ReadingMap((
        (Station("miller", "October 1958", "The Gate", (
            Fork("I waited.", 3, 2, node="m-gate.gate", choice="wait", tally=False),
            Fork("I gave the wok.", 3, 0, ("scrap",), read(the_mill, "miller", "wait", "give").page.changes,
                 "m-gate.gate", "give", tally=False),
        )),),
        (Station("miller", "February 1960", "The Ladle", told=True),),
        (Station("miller", "April 1962", "Counting", (Fork("I went.", 2, 1, ("fever",), (), "m-end.eve", "go"),)),),
    ))  # fmt: skip


def test_changes_on_later_pages_belong_to_the_choice_before_them(tmp_path: Path) -> None:
    story = edited(
        tmp_path,
        ("m-heavy", "    brief: Again.\n    goto: next", "    brief: Again.\n    goto: third"),
        ("m-heavy", "  road:", "  third: {text: Third., brief: Third., do: [jar = 0], goto: next}\n  road:"),
        ("m-heavy", "do: [hunger = 5]", "do: [wok = true]"),
    )
    walked, skipped = read(story, "miller", "give", "work", "go"), read(story, "miller", "give", "skip", "go")
    (ladle,) = [station for date in reading_map(walked).dates for station in date if station.title == "The Ladle"]
    assert [(change.before, change.after) for fork in ladle.forks for change in fork.changes] == [
        ("a full jar", "no grain")
    ]
    (ladle,) = [station for date in reading_map(skipped).dates for station in date if station.title == "The Ladle"]
    assert ladle.forks == ()
    assert [(change.before, change.after) for change in ladle.changes] == [("a bare hook", "a wok")]
    given = [change.after for fork in reading_map(skipped).dates[0][0].forks for change in fork.changes]
    assert given == ["no grain", "a bare hook"]


def test_changes_on_the_next_chapter_s_first_page_belong_to_no_choice(tmp_path: Path) -> None:
    """The first page of Counting hangs up a wok again, whatever was chosen at the gate."""
    again = ("m-end", "    brief: The eve.\n", "    brief: The eve.\n    do: [wok = true]\n    because: [fever]\n")
    walked = read(edited(tmp_path, again), "miller", "give", "go", cut="short")
    eve = next(at.page for at in walked.history if at.page.node == "m-end.eve")
    assert [change.after for change in eve.changes] == ["a wok"]
    gate, counting = [station for date in reading_map(walked).dates for station in date]
    forks = [fork for station in (gate, counting) for fork in station.forks]
    assert "a wok" not in [change.after for fork in forks for change in fork.changes]


def test_a_date_of_both_roles_has_the_chapters_of_both(the_mill: Story) -> None:
    found = reading_map(read(the_mill, None, "give", "double", "sign", cut="class"))
    assert found.lanes == ("miller", "clerk")
    assert [[station.role for station in date] for date in found.dates] == [["miller", "clerk"]]
    assert [fork.say for fork in found.dates[0][1].forks] == ["I doubled it.", "I signed."]


def texts_of(value: object) -> list[str]:
    if isinstance(value, str):
        return [value]
    parts = value if isinstance(value, tuple) else [getattr(value, name) for name in getattr(value, "__slots__", ())]
    return [text for part in parts for text in texts_of(part)]


def read_by(p: Playthrough) -> set[str]:
    """Every text that the map may have: the taken choices, and the headings of the met pages."""
    pages = [at.page for at in p.history]
    heads = {text for page in pages for text in (page.role, page.when, page.title) if text}
    deeds = [deed for at in p.history if (deed := at.choice_taken())]
    taken = {text for deed in deeds for text in (deed.say, deed.reason, *deed.because)}
    moved = {text for page in pages for change in page.changes for text in texts_of(change)}
    return heads | moved | taken | {*p.story.roles, "they"}  # the pronoun of tellers who have none


@given(st.integers(0, 10_000), st.sampled_from([("miller", "full"), ("clerk", "short"), (None, "class")]))
def test_the_map_has_no_text_that_was_not_read(
    the_mill: Story, seed: int, role_and_cut: tuple[str | None, str]
) -> None:
    p = read_to_the_end(begin(the_mill, role_and_cut[0], role_and_cut[1]), random.Random(seed), outside=0.05)
    found = reading_map(p)
    assert set(texts_of(found)) <= read_by(p) | {word for entry in p.entries for word in entry}
    forks = [fork for date in found.dates for station in date for fork in station.forks]
    assert sorted(fork.say for fork in forks) == sorted(c.say for at in p.history if (c := at.choice_taken()))
    assert all(0 <= fork.at < fork.doors for fork in forks)


@pytest.mark.parametrize("role", ["villager", "official"])
def test_the_shipped_story_weighs_four_times(shipped: Story, role: str) -> None:
    p = read_to_the_end(begin(shipped, role), random.Random(1))
    assert p.finished
    for met in weighings(p):
        kinds = [row.kind for row in met.weighing.rows]
        assert kinds == ["stood", "brought_in", "reported", "asked", "taken", "left"]
        stood, brought_in, reported, _, taken, left = (row.amount for row in met.weighing.rows)
        assert stood >= brought_in and reported >= brought_in
        assert left == brought_in - taken + (300 if met.when == "November 1960" else 0)
    assert len(weighings(p)) == 4
