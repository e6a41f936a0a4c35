"""Edits that lose no entry of a playthrough, though the story may name things otherwise."""

from __future__ import annotations

import random

from game.play import Entry, Playthrough
from tests.play.editing import (
    Edit,
    Pack,
    Place,
    chapter_of,
    chapters,
    has_choices,
    has_text,
    head,
    in_chapter,
    listed,
    random_choice,
    random_place,
    rename_chapter,
    rename_choice,
    rename_node,
)


def text_changed(pack: Pack, chance: random.Random, p: Playthrough) -> Edit:
    place = random_place(pack, chance, p, has_text)
    place.node["text"] = "Something else stands here now."
    return Edit(f"text of {place.full_id} changed")


def paragraph_inserted(pack: Pack, chance: random.Random, p: Playthrough) -> Edit:
    place = random_place(pack, chance, p, has_text)
    text = place.node["text"]
    place.node["text"] = ["It was a day like any other.", *(text if isinstance(text, list) else [text])]
    return Edit(f"paragraph put into {place.full_id}")


def choice_reworded(pack: Pack, chance: random.Random, p: Playthrough) -> Edit:
    place, choice = random_choice(pack, chance, p)
    choice["say"] = f"I did it otherwise, {chance.randrange(10**6)} times."
    entry = Entry(place.full_id, choice["id"])
    return Edit(f"{entry} reworded", says=lambda p: {"reworded"} if entry in p.entries else set())


def variable_added(pack: Pack, chance: random.Random, p: Playthrough) -> Edit:
    variables = list(head(pack)["variables"].items())
    variables.insert(chance.randrange(len(variables) + 1), ("novelty", {"start": "1", "min": "0", "max": "3"}))
    head(pack)["variables"] = dict(variables)
    place = random_place(pack, chance, p, has_choices)
    for choice in place.node["choices"]:
        choice["do"] = [*listed(choice.get("do", [])), "novelty += 1"]
        choice.setdefault("because", ["invented"])
    return Edit(f"variable added, written at {place.full_id}")


def choice_inserted(pack: Pack, chance: random.Random, p: Playthrough) -> Edit:
    place = random_place(pack, chance, p, has_choices)
    fresh = {"id": "something-new", "say": "I did something new.", "goto": place.node["choices"][0].get("goto", "next")}
    if "goto" not in place.node["choices"][0]:
        fresh.pop("goto")
    place.node["choices"].insert(0, fresh)
    return Edit(f"choice put into {place.full_id}")


def node_renamed(pack: Pack, chance: random.Random, p: Playthrough) -> Edit:
    place = random_place(pack, chance, p, lambda place: True)
    old = place.full_id
    rename_node(pack, place, "renamed", *chance.choice([(), ("oldest", "older")]))
    return Edit(f"{old} renamed", lambda e: e._replace(node=f"{chapter_of(old)}.renamed") if e.node == old else e)


def choice_renamed(pack: Pack, chance: random.Random, p: Playthrough) -> Edit:
    place, choice = random_choice(pack, chance, p)
    old = Entry(place.full_id, choice["id"])
    rename_choice(pack, place, choice, "renamed", *chance.choice([(), ("oldest",)]))
    return Edit(f"{old} renamed", lambda e: e._replace(take="renamed") if e == old else e)


def chapter_renamed(pack: Pack, chance: random.Random, p: Playthrough) -> Edit:
    place = random_place(pack, chance, p, lambda place: True)
    old = place.chapter["chapter"]
    rename_chapter(pack, place.chapter, "renamed", *chance.choice([(), ("oldest",)]))
    return Edit(f"{old} renamed", lambda e: in_chapter(e, old, "renamed"))


def all_renamed(pack: Pack, chance: random.Random, p: Playthrough) -> Edit:
    """Chapter, node and choice are renamed at once, and the choice is reworded."""
    place, choice = random_choice(pack, chance, p)
    chapter, node, take = place.chapter["chapter"], place.full_id, choice["id"]
    rename_choice(pack, place, choice, "other-deed")
    choice["say"] = "I did it, and would say it otherwise."
    rename_node(pack, place, "other-page")
    rename_chapter(pack, place.chapter, "other-chapter")

    def names(entry: Entry) -> Entry:
        if entry == Entry(node, take):
            entry = entry._replace(take="other-deed")
        if entry.node == node:
            entry = entry._replace(node=f"{chapter}.other-page")
        return in_chapter(entry, chapter, "other-chapter")

    said = Entry(node, take)
    return Edit(f"{said} renamed wholly", names, says=lambda p: {"reworded"} if said in p.entries else set())


def renamed_twice(pack: Pack, chance: random.Random, p: Playthrough) -> Edit:
    """Two renames in a row; `was` has the newer name first."""
    place, choice = random_choice(pack, chance, p)
    old = Entry(place.full_id, choice["id"])
    rename_choice(pack, place, choice, "between")
    rename_choice(pack, place, choice, "at-last", *choice["was"])
    place = rename_node(pack, place, "between")
    rename_node(pack, place, "at-last", *place.node["was"])
    node = f"{chapter_of(old.node)}.at-last"

    def names(entry: Entry) -> Entry:
        if entry == old:
            return Entry(node, "at-last")
        return entry._replace(node=node) if entry.node == old.node else entry

    return Edit(f"{old} renamed twice", names)


def choices_swapped(pack: Pack, chance: random.Random, p: Playthrough) -> Edit:
    """Two choices of a node exchange their names, and each has a `was`."""
    place, choice = random_choice(pack, chance, p)
    sibling = chance.choice([c for c in place.node["choices"] if c is not choice])
    a, b = choice["id"], sibling["id"]
    reworded = chance.random() < 0.3
    rename_choice(pack, place, choice, "for-a-moment")
    rename_choice(pack, place, sibling, a)
    rename_choice(pack, place, choice, b)
    choice["was"], sibling["was"] = [a], [b]
    if reworded:  # then only the names distinguish them
        choice["say"], sibling["say"] = "I did the first.", "I did the second."
    swap = {a: b, b: a}
    at = place.full_id
    said = {Entry(at, a), Entry(at, b)} if reworded else set()
    return Edit(
        f"{at}: {a} and {b} swapped{' and reworded' if reworded else ''}",
        lambda e: e._replace(take=swap.get(e.take, e.take)) if e.node == at else e,
        says=lambda p: {"reworded"} if said & set(p.entries) else set(),
    )


def nodes_swapped(pack: Pack, chance: random.Random, p: Playthrough) -> Edit:
    place = random_place(pack, chance, p, lambda place: len(place.chapter["nodes"]) > 1)
    chapter, a = place.chapter, place.id
    b = chance.choice([id for id in chapter["nodes"] if id != a])
    place = rename_node(pack, place, "for-a-moment")
    rename_node(pack, Place(chapter, b, chapter["nodes"][b]), a)
    rename_node(pack, place, b)
    chapter["nodes"][a]["was"], chapter["nodes"][b]["was"] = [b], [a]
    id = chapter["chapter"]
    swap = {f"{id}.{a}": f"{id}.{b}", f"{id}.{b}": f"{id}.{a}"}
    return Edit(f"{id}: {a} and {b} swapped", lambda e: e._replace(node=swap.get(e.node, e.node)))


def chapters_swapped(pack: Pack, chance: random.Random, p: Playthrough) -> Edit:
    first, second = chance.sample([c for c in chapters(pack) if "nodes" in c], 2)
    a, b = first["chapter"], second["chapter"]
    rename_chapter(pack, first, "for-a-moment")
    rename_chapter(pack, second, a)
    rename_chapter(pack, first, b)
    first["was"], second["was"] = [a], [b]
    swap = {a: b, b: a}
    return Edit(
        f"{a} and {b} swapped",
        lambda e: in_chapter(e, chapter_of(e.node), swap.get(chapter_of(e.node), chapter_of(e.node))),
    )


def was_in_use(pack: Pack, chance: random.Random, p: Playthrough) -> Edit:
    """A `was` names a choice or node that still exists and never had another name: the `was` has no effect."""
    place, choice = random_choice(pack, chance, p)
    sibling = chance.choice([c for c in place.node["choices"] if c is not choice])
    sibling["was"] = [choice["id"]]
    siblings = [id for id in place.chapter["nodes"] if id != place.id]
    if siblings and chance.random() < 0.5:
        place.chapter["nodes"][chance.choice(siblings)]["was"] = [place.id]
    return Edit(f"{place.full_id}.{sibling['id']} claims to have been {choice['id']}")


def was_added_late(pack: Pack, chance: random.Random, p: Playthrough) -> Edit:
    """An author adds a forgotten `was` later: a save made between the two edits has the new name."""
    place, choice = random_choice(pack, chance, p)
    choice["was"] = ["forgotten"]
    return Edit(f"{place.full_id}.{choice['id']} was `forgotten`, said late")


def page_was_added_late(pack: Pack, chance: random.Random, p: Playthrough) -> Edit:
    """An author adds the forgotten `was` of a page."""
    place = random_place(pack, chance, p, lambda place: True)
    place.node["was"] = ["forgotten"]
    return Edit(f"{place.full_id} was `forgotten`, said late")
