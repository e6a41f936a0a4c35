"""A class over two lessons with edits of its story between them: it goes on as a save does, with the same notes.

The tests compare it with a restored save of the same playthrough; `tests/play` tests saves with every kind of edit.
"""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from game.classroom import commands
from game.classroom import events as ev
from game.classroom.class_reader import read_class, reading_to_json
from game.classroom.host import Host
from game.classroom.log import Log, LogEntries
from game.classroom.run_class import class_host
from game.classroom.state import ClassState
from game.play import restore, save
from game.story import Story
from game.ui.effect_runner import notes_in_words
from game.ui.i18n import Catalogue
from tests.classroom.class_walk import is_same
from tests.classroom.logged_class import LoggedClass, replay
from tests.lanes import sampled
from tests.play import edits_keeping as keeping
from tests.play import edits_losing as losing
from tests.play import edits_parting as parting
from tests.play.editing import Kind, edited
from tests.play.readers import edited as the_mill_edited
from tests.small_stories.packs import load_the_mill


def lesson(story: Story, chance: random.Random, steps: int, to_vote: bool = False) -> LoggedClass:
    """A class after a lesson of random steps; with `to_vote`, it reads on to a vote, and votes."""
    class_ = LoggedClass(story, renames=[[*rename] for rename in story.renames]).join("a", "b", "c", "d")
    done = 0
    while (done < steps or (to_vote and not class_.state.can_vote)) and class_.play_on(chance):
        done += 1
        if chance.random() < 0.1:
            class_.do(commands.go_back)
            if class_.state.phase == "revealed":
                class_.do(commands.decide, choose=chance.choice)
    if to_vote and class_.state.can_vote:
        class_.do(commands.open_vote).cast_at_random(chance)
    return class_


def kept(class_: LoggedClass, path: Path) -> None:
    """Hold this class again, with a log on disk."""
    first, *events = class_.events
    assert isinstance(first, ev.Begun)
    with Log(path, lambda: 0.0) as log:
        host = class_host(class_.story, log, first)
        for event in events:
            host.execute(lambda state, event=event: (event,))  # type: ignore[misc]


def resumed(story: Story, path: Path, session: int = 2) -> tuple[Host, list[str]]:
    said: list[str] = []
    with Log(path, lambda: 0.0) as log:
        return class_host(story, log, ev.Resumed(session, 8765), said.append), said


def goes_on_like_a_save(before: ClassState, after: Story, path: Path, words: Catalogue) -> None:
    """Resume a class after an edit: its playthrough and its notes are those of a restored save."""
    again, notes = restore(after, save(before.playthrough))
    host, said = resumed(after, path)
    state = host.state
    assert state.playthrough.entries == again.entries and state.playthrough.left == again.left
    assert set(notes_in_words(words, notes)) <= set(said) == set(host.remarks)
    assert (state.seats, state.numbers, state.code) == (before.seats, before.numbers, before.code)
    once_more, more = resumed(after, path, 3)
    assert is_same(once_more.state, state)
    assert [line for line in more if "left out" not in line] == []


SIGN, STAMP = "{id: sign, say: I signed., goto: stamp}", "  stamp:\n    text: It was stamped.\n"
INK = "  ink: {text: Ink., brief: Ink., goto: stamp}\n"
FIRE = """\
  fire:
    text: Fire.
    brief: Fire.
    choices: [{id: light, say: I lit it., goto: ladle}, {id: pass, say: I went by., goto: ladle}]
"""
CALENDAR = "[reel, [m-gate, c-gate], m-told, weighing, c-mid, m-heavy, [m-end, c-end]]"
EDITS = {
    "a text corrected": [("m-gate", "Night, and", "Dusk, and"), ("weighing", "came to rest", "stood still")],
    "a page renamed": [
        ("c-gate", "  second:\n", "  brush:\n    was: [second]\n"),
        ("c-gate", "goto: second", "goto: brush"),
    ],
    "a choice renamed": [("c-gate", "id: sign,", "id: seal, was: [sign],")],
    "a choice's words changed": [("c-gate", "I signed.", "I put my name to it.")],
    "what a choice does changed": [("c-gate", "do: [pledge = doubled]", "do: [pledge = modest]")],
    "a choice removed": [("c-gate", SIGN, "{id: seal, say: I sealed it., goto: stamp}")],
    "a page put in": [("c-gate", "goto: stamp", "goto: ink"), ("c-gate", STAMP, INK + STAMP)],
    "a page removed": [
        ("c-gate", "goto: stamp", "goto: next"),
        ("c-gate", STAMP + "    brief: A stamp.\n    goto: next\n", ""),
    ],
    "a decision put in": [("m-heavy", "nodes:\n", "nodes:\n" + FIRE)],
    "a chapter moved": [("pack", "weighing, c-mid", "c-mid, weighing")],
    "a chapter removed": [
        ("pack", CALENDAR, CALENDAR.replace(" weighing,", "").replace("c-end]]", "c-end], other]")),
        ("weighing", "chapter: weighing", "chapter: other"),
    ],
    "the calendar in another order": [
        ("pack", CALENDAR, "[reel, c-mid, weighing, [m-gate, c-gate], m-told, m-heavy, [m-end, c-end]]")
    ],
    "the two doors parted": [("pack", "[m-gate, c-gate]", "m-gate, c-gate")],
}


@pytest.mark.parametrize("edits", EDITS.values(), ids=EDITS.keys())
def test_a_class_goes_on_over_an_edit(edits: list[tuple[str, str, str]], words: Catalogue, tmp_path: Path) -> None:
    mill, after = load_the_mill(), the_mill_edited(tmp_path / "story", *edits)
    for seed in range(2):
        path, chance = tmp_path / f"{seed}.class", random.Random(seed)
        class_ = lesson(mill, chance, chance.randrange(5, 16), to_vote=True)
        kept(class_, path)
        try:
            goes_on_like_a_save(class_.state, after, path, words)
        except BaseException as error:
            error.add_note(f"seed {seed}: {class_.state.playthrough.entries}")
            raise


@pytest.mark.parametrize("edit", ["a choice removed", "a page removed", "a chapter moved"])
def test_a_class_in_its_talk_stays_there_over_an_edit(edit: str, tmp_path: Path) -> None:
    """It stays there though its playthrough goes on from an earlier page."""
    path = tmp_path / "a.class"
    kept(lesson(load_the_mill(), random.Random(1), 12).do(commands.end), path)
    host, _ = resumed(the_mill_edited(tmp_path / "story", *EDITS[edit]), path)
    assert host.state.ended


KINDS: tuple[Kind, ...] = (
    keeping.text_changed, keeping.choice_reworded, keeping.choice_inserted, keeping.node_renamed,
    keeping.all_renamed, keeping.choices_swapped, keeping.chapters_swapped, losing.taken_choice_removed,
    losing.untaken_choice_removed, losing.page_inserted, losing.rename_forgotten, losing.fork_inserted,
    losing.page_to_fork, losing.interlude_added, losing.interlude_removed, losing.skip_withdrawn, losing.ending_moved,
    losing.several, losing.chapter_moved, parting.nodes_merged, parting.calendar_reordered, parting.chapter_removed,
    parting.chapter_rename_forgotten, parting.effect_removed, parting.way_changed, parting.role_changed,
    parting.cut_changed,
)  # fmt: skip
QUICK = (keeping.all_renamed, parting.calendar_reordered)


@pytest.mark.parametrize("kind", sampled(KINDS, *QUICK), ids=lambda kind: kind.__name__)
@settings(max_examples=max(1, settings().max_examples // 40), phases=[Phase.generate])
@given(seed=st.integers(0, 2**32))
def test_a_class_of_the_shipped_story_goes_on_over_an_edit(
    kind: Kind, seed: int, book: Callable[[], Story], words: Catalogue
) -> None:
    edit, after, _ = edited(kind, book(), seed)
    for number in range(4):
        chance = random.Random(seed + number)
        class_ = lesson(book(), chance, chance.randrange(120), chance.random() < 0.5)
        before, reading = class_.state, json.loads(json.dumps(reading_to_json(class_.state)))
        found = read_class(after, LogEntries(tuple(class_.log), reading=reading))
        again, notes = restore(after, save(before.playthrough))
        why = f"{edit.description}; lesson {number}: {before.playthrough.entries}"
        # the class keeps a decision of one door while the other is open, and a save does not have it yet
        same = len(again.entries)
        assert found.state.playthrough.entries[:same] == again.entries, why
        assert same == len(found.state.playthrough.entries) or kind.__name__ == "chapter_removed", why
        assert set(notes) <= set(found.notes) and not found.left_out, why
        assert found.state.seats == before.seats, why
        assert is_same(replay(after, [event for _, event in found.entries]), found.state), why
