"""No edit of the other door changes a second playthrough without a note, over seeded edits of the shipped story."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

import pytest

from game.play import Playthrough, begin, restore, save
from game.play.chapter_outcomes import fate_variables
from game.story import Story
from game.story.model import Choice, Node
from tests.lanes import sampled
from tests.play.editing import Pack, Place, a_copy, built, chapters, lead, parts
from tests.play.readers import read_to_the_end

EDITS, SAVES = 5, 12  # edits of each kind, saves for each edit


def places(pack: Pack, role: str, *keys: str, without: str = "") -> list[Place]:
    """The nodes of a role that have these keys."""
    every = (Place(c, id, node) for c in chapters(pack) if c.get("role") == role for id, node in c["nodes"].items())
    return [place for place in every if all(key in place.node for key in keys) and without not in place.node]


def page_inserted(pack: Pack, chance: random.Random, role: str) -> Place:
    place = chance.choice(places(pack, role, "text"))
    lead(place.chapter, place.id, "fresh")
    place.chapter["nodes"]["fresh"] = {"text": "New.", "brief": "New.", "goto": place.id}
    return place


def choice_inserted(pack: Pack, chance: random.Random, role: str) -> Place:
    place = chance.choice(places(pack, role, "text", "goto", without="choices"))
    goto = place.node.pop("goto")
    place.node["choices"] = [{"id": id, "say": f"Do {id}.", "goto": goto} for id in ("this", "that")]
    return place


def ids_swapped(pack: Pack, chance: random.Random, role: str) -> Place:
    place = chance.choice([place for place in places(pack, role, "choices") if len(place.node["choices"]) > 1])
    first, second = chance.sample(place.node["choices"], 2)
    first["id"], second["id"] = second["id"], first["id"]
    return place


def goto_changed(pack: Pack, chance: random.Random, role: str) -> Place:
    place = chance.choice([*places(pack, role, "goto"), *places(pack, role, "choices")])
    way = chance.choice([way for way in (place.node, *place.node.get("choices", ())) if "goto" in way])
    way["goto"] = chance.choice([*place.chapter["nodes"], "next"])
    return place


def condition_flipped(pack: Pack, chance: random.Random, role: str) -> Place:
    every = [(c, part) for c in chapters(pack) if c.get("role") == role for part in parts(c)]
    chapter, part = chance.choice([(c, part) for c, part in every if "if" in part and {"to", "say"} & part.keys()])
    part["if"] = f"not ({part['if']})"
    return Place(chapter, "", part)


def effect_removed(pack: Pack, chance: random.Random, role: str) -> Place:
    place = chance.choice([place for place in places(pack, role, "choices") if "do" in str(place.node["choices"])])
    choice = chance.choice([choice for choice in place.node["choices"] if "do" in choice])
    choice.pop("do"), choice.pop("because")
    return place


def known(p: Playthrough, other_story: Story) -> dict[str, Any]:
    state, story = p.position.state, p.story
    held: dict[str, Any] = {name: state[slot] for name, slot in story.index.items() if name in other_story.index}
    for node in story.nodes.values():
        if node.full_id in other_story.nodes:
            marked: tuple[Node | Choice, ...] = (node, *node.choices)
            for part in marked:
                if part.bit is not None:
                    held[part.full_id] = state[-1] >> part.bit & 1
    return held


@pytest.fixture(scope="module")
def seconds(shipped: Story) -> list[tuple[str, Playthrough]]:
    """Random playthroughs after an earlier record, to random points, each with the role of the record."""
    found = []
    for seed in range(40):
        chance = random.Random(seed)
        first, role = chance.sample(list(shipped.roles), 2)
        record = read_to_the_end(begin(shipped, first, chance.choice(["full", "kiosk"])), chance)
        whole = read_to_the_end(begin(shipped, role, chance.choice(["full", "kiosk"]), record), chance)
        found.append((first, chance.choice([whole, chance.choice(whole.history)])))
    return found


Kind = Callable[[Pack, random.Random, str], Place]
KINDS: tuple[Kind, ...] = (
    page_inserted, choice_inserted, ids_swapped, goto_changed, condition_flipped, effect_removed,
)  # fmt: skip


@pytest.mark.parametrize("kind", sampled(KINDS, *KINDS[::2]), ids=lambda kind: kind.__name__)
def test_no_edit_of_the_other_role_changes_a_playthrough_without_a_note(
    kind: Kind, shipped: Story, seconds: list[tuple[str, Playthrough]]
) -> None:
    made = 0
    for seed in range(40):
        chance = random.Random(seed)
        role, pack = chance.choice(list(shipped.roles)), a_copy()
        try:
            place = kind(pack, chance, role)
        except IndexError:
            continue
        after = built(pack)
        if after is None:
            continue
        made += 1
        titles = {chapter.title for chapter in after.chapters.values() if chapter.role == role}
        for _, p in [second for second in seconds if second[0] == role][:SAVES]:
            again, notes = restore(after, save(p))
            before, now = known(p, after), known(again, shipped)
            if kind is page_inserted:
                assert before == now, place
            elif kind is ids_swapped:
                assert before == now or notes[0].kind == "fate" or "swapped" in {note.kind for note in notes}, place
            elif before != now:
                assert any(note.chapter in titles for note in notes), (place, p)
            if any(before[name] != now[name] for name in fate_variables(after)):
                assert notes[0].kind == "fate", (place, p)
            assert restore(after, save(again))[1] == ()
        if made == EDITS:
            return
    raise AssertionError(f"only {made} edits could be made")
