"""Edits after which nothing of a reading is lost, however its story names things by then."""

from __future__ import annotations

import random

from game.play import Entry, Playthrough
from tests.play.editing import (
    Edit,
    Pack,
    Place,
    chapter_of,
    chapters,
    chosen_at,
    has_choices,
    has_text,
    head,
    in_chapter,
    listed,
    place,
    rename_chapter,
    rename_choice,
    rename_node,
)


def text_changed(pack: Pack, chance: random.Random, p: Playthrough) -> Edit:
    one = place(pack, chance, p, has_text)
    one.node["text"] = "Something else stands here now."
    return Edit(f"text of {one.full_id} changed")


def paragraph_inserted(pack: Pack, chance: random.Random, p: Playthrough) -> Edit:
    one = place(pack, chance, p, has_text)
    text = one.node["text"]
    one.node["text"] = ["It was a day like any other.", *(text if isinstance(text, list) else [text])]
    return Edit(f"paragraph put into {one.full_id}")


def choice_reworded(pack: Pack, chance: random.Random, p: Playthrough) -> Edit:
    one, choice = chosen_at(pack, chance, p)
    choice["say"] = f"I did it otherwise, {chance.randrange(10**6)} times."
    entry = Entry(one.full_id, choice["id"])
    return Edit(f"{entry} reworded", says=lambda p: {"reworded"} if entry in p.entries else set())


def variable_added(pack: Pack, chance: random.Random, p: Playthrough) -> Edit:
    variables = list(head(pack)["variables"].items())
    variables.insert(chance.randrange(len(variables) + 1), ("novelty", {"start": "1", "min": "0", "max": "3"}))
    head(pack)["variables"] = dict(variables)
    one = place(pack, chance, p, has_choices)
    for choice in one.node["choices"]:
        choice["do"] = [*listed(choice.get("do", [])), "novelty += 1"]
        choice.setdefault("because", ["invented"])
    return Edit(f"variable added, written at {one.full_id}")


def choice_inserted(pack: Pack, chance: random.Random, p: Playthrough) -> Edit:
    one = place(pack, chance, p, has_choices)
    fresh = {"id": "something-new", "say": "I did something new.", "goto": one.node["choices"][0].get("goto", "next")}
    if "goto" not in one.node["choices"][0]:
        fresh.pop("goto")
    one.node["choices"].insert(0, fresh)
    return Edit(f"choice put into {one.full_id}")


def node_renamed(pack: Pack, chance: random.Random, p: Playthrough) -> Edit:
    one = place(pack, chance, p, lambda one: True)
    old = one.full_id
    rename_node(pack, one, "renamed", *chance.choice([(), ("oldest", "older")]))
    return Edit(f"{old} renamed", lambda e: e._replace(node=f"{chapter_of(old)}.renamed") if e.node == old else e)


def choice_renamed(pack: Pack, chance: random.Random, p: Playthrough) -> Edit:
    one, choice = chosen_at(pack, chance, p)
    old = Entry(one.full_id, choice["id"])
    rename_choice(pack, one, choice, "renamed", *chance.choice([(), ("oldest",)]))
    return Edit(f"{old} renamed", lambda e: e._replace(take="renamed") if e == old else e)


def chapter_renamed(pack: Pack, chance: random.Random, p: Playthrough) -> Edit:
    one = place(pack, chance, p, lambda one: True)
    old = one.chapter["chapter"]
    rename_chapter(pack, one.chapter, "renamed", *chance.choice([(), ("oldest",)]))
    return Edit(f"{old} renamed", lambda e: in_chapter(e, old, "renamed"))


def all_renamed(pack: Pack, chance: random.Random, p: Playthrough) -> Edit:
    """Chapter, node and choice at once, the choice reworded as well."""
    one, choice = chosen_at(pack, chance, p)
    chapter, node, take = one.chapter["chapter"], one.full_id, choice["id"]
    rename_choice(pack, one, choice, "other-deed")
    choice["say"] = "I did it, and would say it otherwise."
    rename_node(pack, one, "other-page")
    rename_chapter(pack, one.chapter, "other-chapter")

    def names(entry: Entry) -> Entry:
        if entry == Entry(node, take):
            entry = entry._replace(take="other-deed")
        if entry.node == node:
            entry = entry._replace(node=f"{chapter}.other-page")
        return in_chapter(entry, chapter, "other-chapter")

    said = Entry(node, take)
    return Edit(f"{said} renamed wholly", names, says=lambda p: {"reworded"} if said in p.entries else set())


def renamed_twice(pack: Pack, chance: random.Random, p: Playthrough) -> Edit:
    """Two renames that came one after the other, the newer one first in `was`."""
    one, choice = chosen_at(pack, chance, p)
    old = Entry(one.full_id, choice["id"])
    rename_choice(pack, one, choice, "between")
    rename_choice(pack, one, choice, "at-last", *choice["was"])
    one = rename_node(pack, one, "between")
    rename_node(pack, one, "at-last", *one.node["was"])
    node = f"{chapter_of(old.node)}.at-last"

    def names(entry: Entry) -> Entry:
        if entry == old:
            return Entry(node, "at-last")
        return entry._replace(node=node) if entry.node == old.node else entry

    return Edit(f"{old} renamed twice", names)


def choices_swapped(pack: Pack, chance: random.Random, p: Playthrough) -> Edit:
    """Two choices of a node exchange their names, each said by its `was`."""
    one, choice = chosen_at(pack, chance, p)
    other = chance.choice([c for c in one.node["choices"] if c is not choice])
    a, b = choice["id"], other["id"]
    reworded = chance.random() < 0.3
    rename_choice(pack, one, choice, "for-a-moment")
    rename_choice(pack, one, other, a)
    rename_choice(pack, one, choice, b)
    choice["was"], other["was"] = [a], [b]
    if reworded:  # then nothing but the names tells them apart
        choice["say"], other["say"] = "I did the one.", "I did the other."
    swap = {a: b, b: a}
    at = one.full_id
    said = {Entry(at, a), Entry(at, b)} if reworded else set()
    return Edit(
        f"{at}: {a} and {b} swapped{' and reworded' if reworded else ''}",
        lambda e: e._replace(take=swap.get(e.take, e.take)) if e.node == at else e,
        says=lambda p: {"reworded"} if said & set(p.entries) else set(),
    )


def nodes_swapped(pack: Pack, chance: random.Random, p: Playthrough) -> Edit:
    one = place(pack, chance, p, lambda one: len(one.chapter["nodes"]) > 1)
    chapter, a = one.chapter, one.id
    b = chance.choice([id for id in chapter["nodes"] if id != a])
    one = rename_node(pack, one, "for-a-moment")
    rename_node(pack, Place(chapter, b, chapter["nodes"][b]), a)
    rename_node(pack, one, b)
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
    """A `was` that names a choice, or a node, which is still there and never was another: it has no claim."""
    one, choice = chosen_at(pack, chance, p)
    other = chance.choice([c for c in one.node["choices"] if c is not choice])
    other["was"] = [choice["id"]]
    siblings = [id for id in one.chapter["nodes"] if id != one.id]
    if siblings and chance.random() < 0.5:
        one.chapter["nodes"][chance.choice(siblings)]["was"] = [one.id]
    return Edit(f"{one.full_id}.{other['id']} claims to have been {choice['id']}")


def was_added_late(pack: Pack, chance: random.Random, p: Playthrough) -> Edit:
    """A `was` that an author forgot and put in later: whoever saved in between has the new name already."""
    one, choice = chosen_at(pack, chance, p)
    choice["was"] = ["forgotten"]
    return Edit(f"{one.full_id}.{choice['id']} was `forgotten`, said late")


def page_was_added_late(pack: Pack, chance: random.Random, p: Playthrough) -> Edit:
    """The same on a page."""
    one = place(pack, chance, p, lambda one: True)
    one.node["was"] = ["forgotten"]
    return Edit(f"{one.full_id} was `forgotten`, said late")
