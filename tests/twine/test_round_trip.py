"""An exported story that is imported again is the same story."""

from __future__ import annotations

import random
import re
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

import pytest

from game.core.files import write_folder_atomic
from game.lang.expressions import Expression
from game.lint import lint
from game.play import begin
from game.story import Story, load
from game.twine.exporter import passages_for_twine, stable_ifid
from game.twine.importer import ImportedPack, import_twee
from game.twine.pack_writer import pack_file_texts
from game.twine.twee_file import parse_twee, twee_text
from tests.lanes import sampled
from tests.small_stories.packs import load_the_ferry, load_the_mill
from tests.story.packs import PACK, playable

SITTINGS = [(role, cut) for role in ("miller", "clerk") for cut in ("full", "short", "kiosk")]


def twee(story: Story, role: str, cut: str = "full", chapter: str | None = None) -> str:
    """A sitting as Twee."""
    return twee_text(passages_for_twine(story, role, cut, str.title, chapter))


def packed(text: str, folder: Path) -> tuple[ImportedPack, Story]:
    """The pack that a Twee text without a fault becomes, and its story."""
    pack, findings = import_twee(text.encode(), "story.twee")
    assert pack is not None
    assert findings == []
    write_folder_atomic(folder, pack_file_texts(pack, "story.twee", findings).items())
    return pack, load(folder)


def assert_reads_the_same(one: Story, cut: str, other: Story, role: str, times: int) -> None:
    """Random readings of both, side by side: every page is the same in all its parts, and so is the state."""
    kept = list(one.variables)
    for seed in range(times):
        chance = random.Random(seed)
        a, b = begin(one, role, cut), begin(other, role, cut)
        for _ in range(200):
            assert a.page.as_json() == b.page.as_json()
            assert [a.position.state[one.index[name]] for name in kept] == [
                b.position.state[other.index[name]] for name in kept
            ]
            assert a.over == b.over
            if a.over:
                break
            open_now = [option.id for option in a.page.choices] + [offer for offer in a.page.offers if offer == "skip"]
            entry = chance.choice(open_now)
            a, b = a.take(entry), b.take(entry)


@pytest.mark.parametrize(("role", "cut"), SITTINGS)
def test_the_mill_comes_back(role: str, cut: str, tmp_path: Path) -> None:
    """Whichever sitting went out, variables, conditions, effects, tellings, facts and pictures of all come back."""
    _, back = packed(twee(load_the_mill(), role, cut), tmp_path / "pack")
    for other_role, other_cut in SITTINGS:
        assert_reads_the_same(load_the_mill(), other_cut, back, other_role, 20)


def as_texts(value: Any) -> Any:
    """A value with each expression as its text: the same one in two stories has two scopes."""
    if isinstance(value, Expression):
        return value.text
    if is_dataclass(value):
        return {one.name: as_texts(getattr(value, one.name)) for one in fields(value) if one.compare}
    if isinstance(value, Mapping):
        return {key: as_texts(below) for key, below in value.items()}
    return [as_texts(below) for below in value] if isinstance(value, tuple) else value


FERRY = [(role, cut) for role in ("ferryman", "clerk") for cut in ("full", "short", "kiosk")]


@pytest.mark.parametrize(("role", "cut"), FERRY)
def test_the_ferry_comes_back(role: str, cut: str, tmp_path: Path) -> None:
    """So do people, reasons, answers, lines, sources, measures and the map."""
    there = load_the_ferry()
    _, back = packed(twee(there, role, cut), tmp_path / "pack")
    for other_role, other_cut in FERRY:
        assert_reads_the_same(there, other_cut, back, other_role, 20)
    for part in ("people", "people_groups", "sources", "measures", "spots", "invitation", "lines", "facts"):
        assert as_texts(getattr(back, part)) == as_texts(getattr(there, part)), part
    assert {id: place.spot for id, place in back.places.items()} == {"room": None, "landing": "ford", "hall": "hall"}
    for id, node in there.nodes.items():
        other = back.nodes[id]
        for part in ("reason", "answer", "anyway"):
            assert [as_texts(getattr(one, part)) for one in node.choices] == [
                as_texts(getattr(one, part)) for one in other.choices
            ]
        for part in ("ledger", "onward", "always"):
            assert as_texts(getattr(node, part)) == as_texts(getattr(other, part))


def test_the_ends_of_a_story_come_back(tmp_path: Path) -> None:
    """Who lives, and what the title says, are in the pack again."""
    story = playable(tmp_path / "one", pack=f"{PACK}subtitle: [In a village., You decide.]\nfates: [wok, grain > 1]\n")
    pack, back = packed(twee(story, "villager"), tmp_path / "other")
    assert pack.pack["subtitle"] == ["In a village.", "You decide."]
    assert back.subtitle == story.subtitle
    assert [one.text for one in back.fates] == ["wok", "grain > 1"]


def test_one_chapter_takes_the_others_along(tmp_path: Path) -> None:
    """A chapter that was written on alone comes back into the whole story."""
    _, back = packed(twee(load_the_mill(), "miller", "full", "m-heavy"), tmp_path / "pack")
    for role, cut in SITTINGS:
        assert_reads_the_same(load_the_mill(), cut, back, role, 10)


@pytest.mark.parametrize("role", sampled(["villager", "official"], "villager"))
def test_the_shipped_story_comes_back(role: str, shipped: Story, tmp_path: Path) -> None:
    """So does all of the game's own story, through both doors whichever went out, and `check` finds next to nothing.

    But for the new names on its pages: the bound that it allows itself is its authors' alone.
    """
    _, back = packed(twee(shipped, role), tmp_path / "pack")
    for door in shipped.roles:
        assert_reads_the_same(shipped, "full", back, door, 6)
    assert {finding.code for finding in lint(tmp_path / "pack")[1]} <= {"WG817"}


def test_a_second_time_changes_nothing(tmp_path: Path) -> None:
    """What came back goes out again as the same file, but for its name, and has the same files when it returns."""
    first, back = packed(twee(load_the_mill(), "miller"), tmp_path / "first")
    second, _ = packed(twee(back, "miller"), tmp_path / "second")
    assert second.pack == first.pack
    assert second.chapters == first.chapters
    assert second.others == first.others


TRICKY = [
    "Two //slashes//, ''quotes'' and __lines__ stay.",
    "A $grain, a _temp, <b>bold</b> & more: &amp; stays.",
    r"\*A star, \{a brace, \[[two brackets]] and \\ a stroke.",
    "*Whole*, and *half* of it, and {grain} in *{grain}* words.",
    "!Not a heading",
    "#Not a list -- nor a dash; @@nor;this@@ and 50 %/% of /% it",
    "::Not a passage",
    "大炼钢铁，颗粒归公。",
    "<<set $grain to 0>>",
    'He said "no", and \'yes\'. """Thrice."""',
    "https://example.org/a//b",
    "~~~ ^^^ === ||| `code`",
    "'Tis ... well?",
]


@pytest.mark.parametrize("text", TRICKY)
def test_a_text_comes_back_as_it_was(text: str, tmp_path: Path) -> None:
    """Whatever SugarCube would take for a mark is kept from it, and is itself again afterwards."""
    chapter = (
        "chapter: gate\nrole: villager\ntitle: The Gate\nplace: yard\nnodes:\n  knock:\n    text: |\n"
        f"      {text}\n    goto: inside\n  inside: {{text: They came in., end: they-came-in}}\n"
    )
    story = playable(tmp_path / "one", chapter=chapter)
    _, back = packed(twee(story, "villager"), tmp_path / "other")
    assert_reads_the_same(story, "full", back, "villager", 1)


@pytest.mark.parametrize(
    "say", ['[I] took | it -> there <- "now".', "I said `no` & went <on>.", "I paid $5 // 2.", "我走了。"]
)
def test_a_choice_comes_back_as_it_was(say: str, tmp_path: Path) -> None:
    """So is what a choice and its reason say, also where a link's brackets could not hold it."""
    chapter = (
        "chapter: gate\nrole: villager\ntitle: The Gate\nplace: yard\nnodes:\n  knock:\n    text: Somebody knocks.\n"
        f"    choices:\n      - id: go\n        say: >-\n          {say}\n        reason: >-\n          {say}\n"
        "        if: grain > 0\n        do: grain = 0\n        goto: inside\n"
        "      - {id: stay, say: I stayed., goto: inside}\n"
        "  inside: {text: 'They came in, to {grain}.', end: they-came-in}\n"
    )
    story = playable(tmp_path / "one", chapter=chapter)
    _, back = packed(twee(story, "villager"), tmp_path / "other")
    assert_reads_the_same(story, "full", back, "villager", 4)


def test_every_link_leads_to_a_passage() -> None:
    """Nothing in an exported file names a passage that is not in it, and each passage stands once."""
    for text in [
        twee(load_the_mill(), "miller"),
        twee(load_the_mill(), "clerk", "kiosk"),
        twee(load_the_mill(), "miller", "full", "m-gate"),
    ]:
        names = [passage.name for passage in parse_twee(text)]
        assert len(set(names)) == len(names)
        targets = re.findall(r"->([^\]]+)\]", text) + re.findall(r'<<include "([^"]+)">>', text)
        assert targets
        assert set(targets) <= set(names)


def test_a_change_made_in_twine_is_a_change_of_the_pack(tmp_path: Path) -> None:
    """Words, effects, conditions, a link and a new passage that somebody wrote in Twine come along."""
    text = twee(load_the_mill(), "miller")
    for old, new in [
        ("Nobody comes here.", "Somebody came."),
        ("I hid the grain.->m-gate.night", "I hid all of it.->By the well"),
        ("$jar gt 1>>", "$jar gt 0 and $wok>>"),
        ("$jar to 4]]", "$jar to 3; $hunger += 2]]"),
    ]:
        assert old in text
        text = text.replace(old, new)
    text += "\n:: By the well\nThe well was ''deep''.\n\n[[I went home.->m-gate.night]]\n[[I stayed.|By the well]]\n"
    pack, story = packed(text, tmp_path / "pack")
    gate = next(chapter for chapter in pack.chapters if chapter["chapter"] == "m-gate")
    assert gate["nodes"]["kept"]["text"] == ["Somebody came."]
    hide = next(choice for choice in gate["nodes"]["gate"]["choices"] if choice["id"] == "hide")
    assert hide["say"] == "I hid all of it."
    assert hide["if"] == "jar > 0 and wok"
    assert hide["do"] == ["jar = 3", "hunger += 2"]
    assert hide["because"] == ["invented"]
    assert hide["goto"] == "by-the-well"
    p = begin(story, "miller").choose("continue").choose("hide")
    assert [paragraph.text for paragraph in p.page.paragraphs] == ["The well was deep."]
    assert [option.id for option in p.page.choices] == ["i-went-home", "i-stayed"]


def test_a_reason_is_changed_in_twine(tmp_path: Path) -> None:
    """It stands in italics below its link; what is written there, or taken out, is so in the pack."""
    text = twee(load_the_ferry(), "ferryman")
    assert '\n<span class="reason">It was ours.</span>\n' in text
    text = text.replace(">It was ours.<", ">It was //all// we had.<")
    text = text.replace('<span class="reason">They would find it.</span>\n', "")
    pack, story = packed(text, tmp_path / "pack")
    gate = next(chapter for chapter in pack.chapters if chapter["chapter"] == "f-gate")["nodes"]["gate"]
    give, hide, _ = gate["choices"]
    assert "reason" not in give
    assert give["answer"] == [
        {"if": "jar > 0 and not boat", "text": "Lu Qi took it, and {jar} stayed."},
        "Lu Qi took it.",
    ]
    assert hide["reason"] == "It was //all// we had."
    assert [one.text for one in begin(story, "ferryman").choose("continue").page.paragraphs] == [
        one.text for one in begin(load_the_ferry(), "ferryman").choose("continue").page.paragraphs
    ]


def test_a_reason_without_a_link_is_text(tmp_path: Path) -> None:
    """A span of that kind above every link is a line of the page."""
    text = ':: Start\n<span class="reason">Because.</span>\n\n[[On->End]]\n[[Stay->End]]\n\n:: End\nThe end.\n'
    pack, _ = packed(text, tmp_path / "pack")
    assert pack.chapters[0]["nodes"]["start"]["text"] == ["Because."]


def test_an_ifid_is_a_uuid_of_random_form_that_stays() -> None:
    """One story has one, each sitting its own, in the form that Twine and Tweego check for."""
    form = r"[0-9A-F]{8}-[0-9A-F]{4}-4[0-9A-F]{3}-[89AB][0-9A-F]{3}-[0-9A-F]{12}"
    assert re.fullmatch(form, stable_ifid("the-mill/miller/full"))
    assert stable_ifid("a") == stable_ifid("a") != stable_ifid("b")
    assert f'"ifid": "{stable_ifid("the-mill/miller/full")}"' in twee(load_the_mill(), "miller")


def test_a_cut_of_both_doors_is_refused() -> None:
    """Twee has one reader: a class's cut is named as what it cannot hold."""
    with pytest.raises(ValueError, match="both doors"):
        passages_for_twine(load_the_mill(), "miller", "class", str)
