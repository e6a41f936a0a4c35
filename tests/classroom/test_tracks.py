"""The halves of a class: each has its own lines, answers and changes, also on pages for all."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.classroom import commands
from game.classroom.server.page_cache import PageCache
from game.classroom.state import ClassState
from game.play import Page
from game.play.page_context import answer
from game.play.voting import WHOLE_CLASS, Round
from game.story import Story
from game.ui.tree import TreeNode
from tests.classroom.logged_class import LoggedClass
from tests.story.packs import playable


@given(seed=st.integers(0, 2**32))
def test_every_half_gets_only_the_answers_to_its_own_choices(shipped: Story, seed: int) -> None:
    class_, chance = LoggedClass(shipped), Random(seed)
    class_.join(*(f"s{n}" for n in range(4)))
    met: dict[str, list[str]] = {door: [] for door in shipped.roles}
    owed: dict[str, list[str]] = {door: [] for door in shipped.roles}
    seen: dict[str, tuple[str | None, int]] = {}
    while True:
        for track in class_.state.tracks:
            for door in shipped.roles if track.door == WHOLE_CLASS else (track.door,):
                page, taken = track.page_for(door), len(track.now.entries) - track.chapter_over
                if seen.get(door) != (page.node, taken):
                    seen[door] = page.node, taken
                    met[door] += [page.answer.text] if page.answer is not None else []
        before, decided = class_.state, len(class_.state.decisions)
        if not class_.play_on(chance):
            break
        for event in class_.state.decisions[decided:]:
            for track in before.tracks:
                choice = track.now.take(event.takes[track.door]).choice_taken() if track.door in event.takes else None
                if choice is not None:
                    said = answer(shipped, track.now.position, track.now.take(choice.id).position)
                    doors = shipped.roles if track.door == WHOLE_CLASS else (track.door,)
                    for door in doors:
                        owed[door] += [said.text] if said is not None else []
    assert met == owed and all(len(answers) > 5 for answers in met.values())


@given(seed=st.integers(0, 2**32))
def test_every_half_gets_every_line_of_the_calendar_once(shipped: Story, seed: int) -> None:
    long = replace(shipped.cuts["class"], brief_lines=False)
    class_, chance = LoggedClass(replace(shipped, cuts={**shipped.cuts, "class": long})), Random(seed)
    met: dict[str, dict[str, None]] = {door: {} for door in shipped.roles}
    pages: set[int] = set()
    while True:
        for track in class_.state.tracks:
            for door in shipped.roles if track.door == WHOLE_CLASS else (track.door,):
                page = track.page_for(door)
                if track.is_at_start and id(page) not in pages:
                    assert not [line.id for line in page.lines if line.id in met[door]]
                met[door] |= {line.id: None for line in page.lines}
            pages |= {id(page) for page in track.first.values()}
        if not class_.play_on(chance):
            break
    last = shipped.date_of[class_.state.tracks[-1].page.chapter or ""]
    wanted = [line.id for date in shipped.lines[: last + 1] for line in date]
    assert len(wanted) > 10
    assert all(list(lines) == wanted for lines in met.values())


def decided(class_: LoggedClass, **picks: str) -> ClassState:
    return class_.do(commands.open_vote).do(commands.reveal).do(commands.decide, picks, "We want to see.").state


@pytest.fixture
def two_halves(tmp_path: Path) -> LoggedClass:
    """A class with a phone behind each door, before two dates of two halves and a page for all."""
    return LoggedClass(playable(tmp_path, **TWO_DATES)).join("a", "b")


def test_a_half_gets_its_own_choice_at_the_next_date(two_halves: LoggedClass) -> None:
    state = decided(two_halves, miller="keep", clerk="write")
    hers, his = state.tracks
    assert [track.page.answer and track.page.answer.text for track in (hers, his)] == ["It stayed.", "It was read."]
    assert [track.page.changes for track in (hers, his)] == [(), ()]
    assert [[decision.option.say for decision in state.round(track).decisions] for track in (hers, his)] == [
        ["Keep it."], ["Write it down."],
    ]  # fmt: skip
    hers, his = decided(LoggedClass(two_halves.story), miller="give", clerk="write").tracks
    assert [[change.variable for change in track.page.changes] for track in (hers, his)] == [["wok"], []]


def test_a_page_for_all_has_each_half_s_own_answer(two_halves: LoggedClass) -> None:
    decided(two_halves, miller="keep", clerk="write")
    state = decided(two_halves, miller="give", clerk="write")
    (track,) = state.tracks
    assert track.door == WHOLE_CLASS and track.page.answer is None
    answers = {door: track.page_for(door).answer for door in ("miller", "clerk")}
    assert [text and text.text for text in answers.values()] == ["It was swept.", "It was stamped."]
    assert [change.variable for change in track.page_for("miller").changes] == ["wok", "grown"]
    assert [change.variable for change in track.page_for("clerk").changes] == ["grown"]
    assert [(decision.door, decision.option.say, decision.answer) for decision in state.round(track).decisions] == [
        ("miller", "Sweep it.", answers["miller"]),
        ("clerk", "Stamp it.", answers["clerk"]),
    ]
    shown: dict[str, tuple[Page, Round]] = {}

    def render(page: Page, round: Round, seat: str) -> TreeNode:
        shown[seat] = page, round
        return TreeNode("screen", seat)

    cache = PageCache(render, state)
    for seat, door in state.seats.items():
        cache.page_for(seat)
        page, round = shown[seat]
        assert page.answer == answers[door]
        assert [decision.door for decision in round.decisions] == [door]


def chapter_file(id: str, role: str, *choices: str) -> str:
    """A chapter of one page with these choices."""
    page = f"chapter: {id}\nrole: {role}\ntitle: A Page\nnodes:\n  {id}-page:\n    text: A page.\n    choices:\n"
    return page + "".join(f"      - {{{choice}, goto: next}}\n" for choice in choices)


TWO_DATES = {
    "pack": """\
pack: the-gate
title: The Gate
version: 1
variables:
  wok: {start: true, words: {true: a wok, false: a bare hook}}
  grown: {start: 0, min: 0, max: 9, words: {0: nothing, 5: a crop}}
roles: {miller: {name: Old Ning}, clerk: {name: Clerk Yao}}
calendar: [[m-gate, c-gate], [m-yard, c-yard], end]
cuts: {full: {play: one role}, class: {play: both roles}}
""",
    "chapter": chapter_file(
        "m-gate",
        "miller",
        "id: give, say: Give it., reason: They would take it., answer: The wok went., do: wok = false",
        "id: keep, say: Keep it., answer: It stayed.",
    ),
    "c-gate": chapter_file(
        "c-gate",
        "clerk",
        "id: write, say: Write it down., answer: It was read.",
        "id: wait, say: Wait., answer: It dried.",
    ),
    "m-yard": chapter_file(
        "m-yard",
        "miller",
        "id: give, say: Sweep it., answer: It was swept., do: wok = false",
        "id: keep, say: Leave it., answer: It stayed as it was.",
    ),
    "c-yard": chapter_file(
        "c-yard",
        "clerk",
        "id: write, say: Stamp it., answer: It was stamped.",
        "id: wait, say: Put it away., answer: Nobody asked.",
    ),
    "end": """\
chapter: end
title: The End
nodes:
  end: {text: It was over., do: grown = 5, end: over}
""",
}


def test_two_chapters_of_one_door_at_one_date_are_read_one_after_the_other(shipped: Story) -> None:
    """An author may give a chapter to the other door."""
    moved = replace(shipped.chapters["v-loudspeaker"], role="official")
    story = replace(shipped, chapters={**shipped.chapters, "v-loudspeaker": moved})
    class_ = LoggedClass(story)
    assert [track.start.page.chapter for track in class_.state.tracks] == ["v-loudspeaker"]
    chance = Random(0)
    while class_.state.playthrough.page.chapter == "v-loudspeaker":
        assert class_.play_on(chance)
    assert [track.start.page.chapter for track in class_.state.tracks] == ["o-loudspeaker"]
