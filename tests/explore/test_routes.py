"""A route is as short as the shortest playthrough to a place, and there is one to every reachable place."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from game.explore.routes import route, route_target, target_ids
from game.play import Playthrough, begin
from game.story import Story, load
from tests.explore import test_explore as explored
from tests.explore.test_explore import ROLES_AND_CUTS, every
from tests.play.readers import walked
from tests.story.packs import written

# the small story of test_explore.py, with a longer way through one choice, and endings that need choices of before
PACK = explored.PACK.replace("variables:", "variables:\n  told: {start: false}")
V_FIRST = explored.V_FIRST.replace("goto: night}\n      - {id: hide", "goto: dusk}\n      - {id: hide")
V_FIRST = V_FIRST.replace("  night:", "  dusk: {text: Dusk., goto: night}\n  night:")
O_FIRST = explored.O_FIRST.replace("do: [idle = 0]", "do: [told = true]")
V_LAST = """
chapter: v-last
role: villager
title: Last
skip: {text: It ended.}
nodes:
  table:
    text: A table.
    choices:
      - {id: speak, say: I spoke up., if: chose(v-first.gate.half), goto: [{if: grain > 2, to: full}, {to: bare}]}
      - {id: keep, say: I kept still., goto: bare}
      - {id: ask, say: I asked who had told., if: told, goto: full}
  full: {text: Full., end: full}
  bare: {text: Bare., end: bare}
"""
O_LAST = """
chapter: o-last
role: official
title: Last
skip: {text: He left.}
nodes:
  leaf: {text: A leaf., goto: [{if: grain < 3, to: thin}, {to: end}]}
  thin: {text: A thin leaf., goto: end}
  end: {text: The end., end: leaf}
"""
FILES = {**explored.FILES, "pack.yaml": PACK, "v-first.yaml": V_FIRST, "o-first.yaml": O_FIRST,
         "v-last.yaml": V_LAST, "o-last.yaml": O_LAST}  # fmt: skip


@pytest.fixture
def story(tmp_path: Path) -> Story:
    return load(written(tmp_path, FILES))


def places(playthrough: Playthrough) -> Iterator[str]:
    """The present places: the node, its open choices, its ending, and the chapter on its first page."""
    page = playthrough.page
    if page.node is not None and page.chapter is not None:
        yield page.node
        yield from (f"{page.node}.{option.id}" for option in page.choices if option.say)
        if page.ending:
            yield page.ending
        if playthrough.position.first:
            yield page.chapter


def nearest(story: Story, role: str | None, cut: str) -> dict[str, int]:
    """The fewest entries to each place, by playing every playthrough: the slow and simple way."""
    found: dict[str, int] = {}
    for whole in every(begin(story, role, cut)):
        for number, at in enumerate(whole.history):
            for place in places(at):
                found[place] = min(number, found.get(place, number))
    return found


@pytest.mark.parametrize(("role", "cut"), ROLES_AND_CUTS)
def test_a_route_is_the_shortest_playthrough(story: Story, role: str | None, cut: str) -> None:
    shortest = nearest(story, role, cut)
    for place, length in shortest.items():
        entries = route(story, role, cut, place)
        assert entries is not None and len(entries) == length, place
        assert place in places(walked(story, role, cut, entries))
    nowhere = {"v-first.fork", *shortest}  # a fork is passed through
    assert {place for place in target_ids(story) - nowhere if route(story, role, cut, place)} == set()


def test_a_fork_s_page_is_the_one_that_it_leads_to(story: Story) -> None:
    """The last step passes through a node without text."""
    entries = route(story, "villager", "full", "v-first.fork")
    assert entries == ("continue", "hide")
    assert walked(story, "villager", "full", entries).page.node == "v-first.night"


def test_a_chapter_is_skipped_only_where_nothing_else_leads_there(tmp_path: Path) -> None:
    last = V_LAST.replace("goto: bare}", "goto: [{if: grain == 0, to: nothing}, {to: bare}]}")
    last = last.replace("\n  bare:", "\n  nothing: {text: Nothing., end: nothing}\n  bare:")
    story = load(written(tmp_path, {**FILES, "v-last.yaml": last}))
    assert route(story, "villager", "full", "nothing") == ("continue", "skip", "keep")
    bare = route(story, "villager", "full", "bare")
    assert bare is not None and "skip" not in bare


def test_a_search_in_an_endless_circle_ends(tmp_path: Path) -> None:
    circle = "night: {text: Night., choices: [{id: again, say: Back., goto: gate}, {id: on, say: On., goto: next}]}"
    first = V_FIRST.replace(explored.NIGHT, circle)
    story = load(written(tmp_path, {**FILES, "v-first.yaml": first}))
    assert route(story, "villager", "full", "v-first.seen") is None
    assert route(story, "villager", "full", "v-last") == ("continue", "give", "on")


def test_reads_for_display_do_not_enlarge_the_search(tmp_path: Path) -> None:
    """The last page's text recalls ten choices: a thousand states to show, and hardly any to search."""
    asked = "".join(
        f"""
  ask{i}: {{text: A list., choices: [{{id: sign, say: I signed., goto: ask{i + 1}}},
    {{id: wait, say: I waited., goto: ask{i + 1}}}]}}"""
        for i in range(10)
    )
    first = O_FIRST.replace("  desk:", f"{asked[1:]}\n  ask10:")
    recalled = "".join(f", {{if: chose(o-first.ask{i}.sign), text: I signed list {i}.}}" for i in range(10))
    last = O_LAST.replace("text: A leaf.,", f"text: [A leaf.{recalled}],").replace("grain < 3", "grain > 9")
    story = load(written(tmp_path, {**FILES, "o-first.yaml": first, "o-last.yaml": last}))
    searched: list[int] = []
    assert route(story, "official", "full", "o-last.thin", searched.append) is None
    assert searched == [], "it would tell of every 500 states"


def test_an_unknown_target_is_refused(story: Story) -> None:
    assert route_target(story, "v-first.gat") is None
    with pytest.raises(LookupError, match=r"v-first\.gat"):
        route(story, "villager", "full", "v-first.gat")


@pytest.mark.full
def test_every_chapter_of_the_shipped_story_is_reached(shipped: Story) -> None:
    for cut in shipped.cuts.values():
        roles: list[str | None] = [None] if cut.both_roles else list(shipped.roles)
        walked_in = {id for id, chapter in shipped.chapters.items() if chapter.nodes}
        walked_in &= walked_in if cut.chapters is None else cut.chapters
        for role in roles:
            for id in sorted(walked_in):
                if shipped.chapters[id].role not in (None, role) and role is not None:
                    continue
                entries = route(shipped, role, cut.id, id)
                assert entries is not None, (cut.id, role, id)
                assert walked(shipped, role, cut.id, entries).page.chapter == id
