"""An exported story has every page and every link, as plain Twee without code."""

from __future__ import annotations

import json
import re
from pathlib import Path

from game.story import Story, load
from game.story.graph import build_graph
from game.twine.exporter import passages_for_twine
from game.twine.importer import import_twee
from game.twine.twee_file import TweePassage, parse_twee, twee_text
from tests.small_stories.packs import load_the_mill
from tests.story.packs import written

PACK = "pack: p\ntitle: P\nversion: 1\nroles: {reader: {name: R}}\ncalendar: [a]\n"
CHAPTER = """\
chapter: a
role: reader
title: A
nodes:
  one: {text: [':: Start, \\[\\[x]] and <<set>>.'], end: one}
"""
LINK = re.compile(r"\[\[([^\[\]]*)->([^\[\]]*)\]\]")


def exported(story: Story, role: str, cut: str = "full", chapter: str | None = None) -> dict[str, TweePassage]:
    passages = passages_for_twine(story, role, cut, str.capitalize, chapter)
    return {passage.name: passage for passage in parse_twee(twee_text(passages))}


def test_every_page_and_every_way_is_there(shipped: Story) -> None:
    passages = exported(shipped, "villager")
    graph = build_graph(shipped, "villager")
    assert list(passages) == ["StoryTitle", "StoryData", *(node.id for node in graph.nodes)]
    edges = sorted((edge.source, edge.target) for edge in graph.edges)
    found = [(name, link[2]) for name, passage in passages.items() for link in LINK.finditer(passage.content)]
    assert sorted(found) == edges
    for id, node in shipped.nodes.items():
        if id in passages:
            assert all(choice.say in passages[id].content for choice in node.choices)


def test_no_macro_and_no_script_is_written(shipped: Story) -> None:
    for passage in exported(shipped, "villager").values():
        assert "<<" not in passage.content and "<script" not in passage.content
        assert "script" not in passage.tags and "[[" not in LINK.sub("", passage.content)


def test_conditions_stand_beside_what_they_are_for() -> None:
    text = twee_text(exported(load_the_mill(), "miller").values())
    assert re.search(r"^\(if [^\n]+\) [A-Z]", text, re.MULTILINE)
    assert re.search(r"^\[\[[^\n]+\]\] \(if [^\n]+\)$", text, re.MULTILINE)


def test_a_story_begins_at_its_first_chapter() -> None:
    mill = load_the_mill()
    data, again, other = (
        json.loads(exported(mill, role)["StoryData"].content) for role in ("miller", "miller", "clerk")
    )
    assert data["start"] == next(iter(build_graph(mill, "miller").nodes)).id
    assert data["ifid"] == again["ifid"] != other["ifid"]
    assert re.fullmatch(r"[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}", data["ifid"])


def test_one_chapter_can_be_written() -> None:
    names = list(exported(load_the_mill(), "miller", chapter="m-gate"))
    assert names[2] == "m-gate" and names[-1] == "next"
    assert all(name == "next" or name.startswith("m-gate") for name in names[2:])


def test_no_two_passages_lie_on_one_another(shipped: Story) -> None:
    places = [passage.position for passage in passages_for_twine(shipped, "villager", "full", str)][2:]
    assert len(set(places)) == len(places) and all(re.fullmatch(r"\d+,\d+", place) for place in places)


def test_marks_of_twee_in_a_text_are_only_text(tmp_path: Path) -> None:
    passages = exported(load(written(tmp_path, {"pack.yaml": PACK, "a.yaml": CHAPTER})), "reader")
    assert list(passages)[2:] == ["a", "a.one"]
    assert passages["a.one"].content.splitlines()[0] == ": : Start, [ [x]] and < <set>>."


def test_an_export_cannot_be_imported() -> None:
    """It lacks conditions that could be converted, so it is refused, and the message names the pack."""
    text = twee_text(passages_for_twine(load_the_mill(), "miller", "full", str.capitalize))
    pack, findings = import_twee(text.encode(), "mill.twee")
    assert pack is None
    assert "this file is for looking at" in findings[0].problem
