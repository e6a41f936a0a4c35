"""How long each choice is felt, compared with playing every pair of playthroughs side by side."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, product
from pathlib import Path
from typing import Any

import pytest

from game.cli import main
from game.explore import explore
from game.explore.felt import felt_choices
from game.play import Playthrough, begin
from game.play.engine import Engine
from game.story import Story, load
from game.story.traversal import branches
from tests.small_stories.packs import MILL_LANE, THE_FERRY
from tests.story.packs import written

PACK = """
pack: small
title: Small
version: 1
variables:
  wok: {start: true, words: {true: a wok, false: no wok}}
  grain: {start: 4, min: 0, max: 9, words: {0: none, 2: some, 4: much}}
roles: {villager: {name: Shen Guilan}}
calendar: [one, two, three, four]
cuts: {full: {play: one role}}
"""
ONE = """
chapter: one
role: villager
title: One
nodes:
  gate:
    text: A cart.
    choices:
      - {id: give, say: I gave it., do: [wok = false], because: [invented], goto: out}
      - {id: half, say: I gave half., do: [grain -= 2], because: [invented], goto: dusk}
      - {id: hide, say: I hid it., goto: night}
      - {id: wait, say: I waited., goto: night}
  dusk: {text: Dusk., goto: out}
  night: {text: Night., goto: out}
  out: {text: Out., goto: next}
"""
TWO = """
chapter: two
role: villager
title: Two
nodes:
  yard:
    text: [A yard., {if: not wok, text: There was no wok.}]
    choices:
      - {id: mend, say: I mended., if: grain > 2, do: [wok = true], because: [invented], goto: next}
      - {id: eat, say: I ate., do: [grain -= 1], because: [invented], goto: bowl}
      - {id: sleep, say: I slept., goto: next}
  bowl: {text: 'A bowl: {grain}.', goto: next}
"""
THREE = """
chapter: three
role: villager
title: Three
nodes:
  stove: {do: [wok = false], because: [invented], text: A stove., goto: next}
"""
FOUR = """
chapter: four
role: villager
title: Four
nodes:
  bench:
    text: ['A bench.', {if: chose(one.gate.hide), text: I had hidden it.}]
    goto: [{if: grain > 3, to: full}, {to: bare}]
  full: {text: Full., end: full}
  bare: {text: Bare., end: bare}
"""
FILES = {"pack.yaml": PACK, "one.yaml": ONE, "two.yaml": TWO, "three.yaml": THREE, "four.yaml": FOUR}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return written(tmp_path, FILES)


@pytest.fixture
def story(folder: Path) -> Story:
    return load(folder)


def shown(p: Playthrough) -> tuple[Any, ...]:
    page = p.page
    return page.node, page.shown_paragraphs(), page.choices, page.ledger, page.told, page.changes


def node(p: Playthrough) -> str:
    assert p.page.node is not None
    return p.page.node


def chapter(p: Playthrough) -> str:
    return node(p).partition(".")[0]


def leads(story: Story, start: str, other: str) -> bool:
    nodes, met, waiting = story.chapters[start.partition(".")[0]].nodes, set[str](), [start]
    while waiting:
        at = nodes[waiting.pop().partition(".")[2]]
        more = {branch.to for branch in branches(at)} - {"next"} - met
        met |= more
        waiting += more
    return other in met


def earlier(p: Playthrough, q: Playthrough) -> bool:
    """Whether a reading can still come to the other's page."""
    story = p.story
    order = story.order.index(chapter(p)), story.order.index(chapter(q))
    if order[0] != order[1]:
        return order[0] < order[1]
    return leads(story, node(p), node(q)) and not leads(story, node(q), node(p))


def onward(p: Playthrough) -> dict[str, Playthrough | None]:
    """Every next reading, by its entry; None after the last page."""
    options = () if p.over else p.page.choices
    return {option.id: p.choose(option.id) for option in options} or {"": None}


def date(p: Playthrough) -> int:
    """The number of the page's date among those with a page of a role."""
    story, modes = p.story, p.engine.modes
    played = [
        id for id, mode in zip(story.order, modes, strict=True) if mode.value == "played" and story.chapters[id].role
    ]
    return max(len({story.date_of[id] for id in played if story.date_of[id] <= story.date_of[chapter(p)]}) - 1, 0)


Ways = Iterator[tuple[float, tuple[int, ...]]]


def ways(p: Playthrough | None, q: Playthrough | None, outcomes: tuple[bool, bool]) -> Ways:
    """Every way on of two readings, one by one: its probability, and the dates of its pages that differ."""
    if p is None and q is None:
        yield 1.0, ()
        return
    alone = q is None or (p is not None and earlier(p, q))
    waits = p is None or (q is not None and earlier(q, p))
    if alone and p is not None:
        pairs, differs, at = [(after, q) for after in onward(p).values()], not outcomes[0], p
        left = (False, outcomes[1])
    elif waits and q is not None:
        pairs, differs, at = [(p, after) for after in onward(q).values()], not outcomes[1], q
        left = (outcomes[0], False)
    else:
        assert p is not None and q is not None
        differs, at, left = not any(outcomes) and shown(p) != shown(q), p, (False, False)
        first, second = onward(p), onward(q)
        shared = [(first[take], second[take]) for take in first if take in second]
        pairs = shared or list(product(first.values(), second.values()))
    dates = (date(at),) if differs else ()
    for pair in pairs:
        for likely, more in ways(*pair, left):
            yield likely / len(pairs), (*dates, *more)


def every_page(p: Playthrough) -> Iterator[Playthrough]:
    """The reading, and all readings after it."""
    yield p
    for after in onward(p).values():
        if after is not None:
            yield from every_page(after)


@pytest.mark.parametrize("pack", ["small", THE_FERRY, MILL_LANE], ids=["small", "ferry", "mill lane"])
def test_pages_that_differ_are_those_of_reading_both_side_by_side(pack: Path | str, folder: Path) -> None:
    """For each pair of options, on every way to the choice and after it: the fewest, the farthest, the blind pairs."""
    story = load(folder if pack == "small" else Path(pack))
    cut = next(iter(story.cuts))
    for role in story.roles:
        start = begin(story, role, cut)
        met: dict[str, dict[tuple[str, str], list[tuple[float, tuple[int, ...]]]]] = {}
        dates: dict[str, int] = {}
        for p in every_page(start):
            for (left, after), (right, instead) in combinations(onward(p).items(), 2):
                dates[node(p)] = date(p)
                pairs = met.setdefault(node(p), {}).setdefault((left, right), [])
                pairs += ways(after, instead, (True, True))
        found = felt_choices(start.engine)
        assert found.keys() == met.keys()
        for id, options in met.items():
            felt, every = found[id], [way for several in options.values() for way in several]
            assert felt.pages == min(len(differing) for _, differing in every)
            last = max((differing[-1] for _, differing in every if differing), default=None)
            assert felt.farthest == (last - dates[id] if last is not None else None)
            blind = {pair for pair, several in options.items() if not any(differing for _, differing in several)}
            assert set(felt.blind) == blind
        if role == next(iter(story.roles)) and pack == "small":
            every = [way for several in met["one.gate"].values() for way in several]
            pairs_of_options = 6  # each of them with ways that are together as likely as certain
            felt = found["one.gate"]
            assert felt.mean * pairs_of_options == pytest.approx(
                sum(part * len(differing) for part, differing in every)
            )
            silent = sum(part for part, differing in every if not any(at >= 2 for at in differing))
            assert felt.unfelt is not None
            assert felt.unfelt * pairs_of_options == pytest.approx(silent)


def test_a_change_is_seen_only_where_there_was_something_to_change(story: Story) -> None:
    """The stove takes a wok that is still there: a reader who gave it before sees no change, though all is equal
    afterwards."""
    felt = felt_choices(Engine(story, "villager", story.cuts["full"]))["two.yard"]
    assert (felt.blind, felt.pages, felt.farthest) == ((("mend", "sleep"),), 0, 2)


def test_the_report_prints_the_fewest_and_what_is_never_felt(story: Story, folder: Path, capsys: Any) -> None:
    assert "choices_felt" not in explore(story).as_json()
    assert main(["explore", "--story", str(folder), "--felt"]) == 0
    said = capsys.readouterr().out
    assert "felt: one.gate changes 1 later page at least, 3 dates on at the farthest" in said
    assert "  never felt: mend or sleep" in said


def test_a_sample_of_states_is_repeated_by_its_seed(story: Story) -> None:
    engine = Engine(story, "villager", story.cuts["full"])
    whole = felt_choices(engine)
    assert felt_choices(engine, states=1_000) == whole
    drawn = {seed: felt_choices(engine, 1, seed) for seed in range(6)}
    assert drawn[3] == felt_choices(engine, 1, 3)
    assert len({choices["two.yard"].mean for choices in drawn.values()}) > 1
    assert min(choices["two.yard"].pages for choices in drawn.values()) >= whole["two.yard"].pages


def test_an_endless_story_has_no_felt_choices(folder: Path) -> None:
    circle = ONE.replace("{text: Night., goto: out}", "{text: Night., choices: [{id: again, say: Again., goto: gate}]}")
    (folder / "one.yaml").write_text(circle)
    report = explore(load(folder), with_felt=True).as_json()
    assert report["endless"] and report["choices_felt"] == {}
