"""Edits after which a reader may come to other pages, or the same pages in another state of the village."""

from __future__ import annotations

import random
from typing import Any

from game.play import Entry, Playthrough
from tests.play.editing import (
    Edit,
    Names,
    NoPlace,
    Pack,
    anything,
    chapters,
    chosen_at,
    head,
    lead,
    listed,
    parts,
    place,
    rename_chapter,
)


def parting(what: str, names: Names = lambda entry: entry) -> Edit:
    return Edit(what, names, keeps=lambda p: None, says=anything)


def nodes_merged(pack: Pack, chance: random.Random, p: Playthrough) -> Edit:
    """Two pages of a chapter become one, with the choices of both; mostly its `was` says so."""
    one = place(
        pack, chance, p, lambda one: "text" in one.node and "end" not in one.node and len(one.chapter["nodes"]) > 2
    )
    chapter = one.chapter
    met = {at.page.node for at in p.history}
    others = [
        id
        for id, node in chapter["nodes"].items()
        if id != one.id and "text" in node and "end" not in node and ("choices" in node) == ("choices" in one.node)
    ]
    near = [id for id in others if f"{chapter['chapter']}.{id}" in met]
    if not others:
        raise NoPlace
    gone = chance.choice(near or others)
    node = chapter["nodes"].pop(gone)
    if "choices" in node:
        there = {choice["id"] for choice in one.node["choices"]}
        one.node["choices"] = [
            *one.node["choices"],
            *(choice for choice in node["choices"] if choice["id"] not in there),
        ]
    lead(chapter, gone, one.id)
    for choice in one.node.get("choices", ()):  # one that led from the one to the other goes on behind it
        if choice.get("goto") == one.id:
            choice["goto"] = chance.choice([id for id in chapter["nodes"] if id != one.id])
    if one.node.get("goto") == one.id:
        one.node["goto"] = node.get("goto", "next") if node.get("goto") != one.id else "next"
    old, new = f"{chapter['chapter']}.{gone}", one.full_id
    if chance.random() < 0.7:
        one.node["was"] = [gone]
    return parting(f"{old} merged into {new}", lambda e: e._replace(node=new) if e.node == old else e)


def calendar_reordered(pack: Pack, chance: random.Random, p: Playthrough) -> Edit:
    """A stretch of the calendar in another order."""
    calendar = head(pack)["calendar"]
    first = chance.randrange(len(calendar) - 1)
    last = min(len(calendar), first + chance.choice([2, 3, len(calendar)]))
    stretch = calendar[first:last]
    chance.shuffle(stretch)
    calendar[first:last] = stretch
    return parting(f"the calendar re-ordered from {first} to {last}")


def without(value: Any, id: str) -> Any:
    """A calendar, or a part of one, without a chapter."""
    if isinstance(value, list):
        kept = [one for one in (without(one, id) for one in value) if one not in (None, [])]
        return kept[0] if len(kept) == 1 and len(value) > 1 else kept
    return None if value == id else value


def chapter_removed(pack: Pack, chance: random.Random, p: Playthrough) -> Edit:
    file, chapter = chance.choice([(file, one) for file, one in pack.items() if one in chapters(pack)])
    id = chapter["chapter"]
    del pack[file]
    kept = [one for one in (without(one, id) for one in head(pack)["calendar"]) if one not in (None, [])]
    head(pack)["calendar"] = kept
    for cut in head(pack)["cuts"].values():
        if "chapters" in cut:
            cut["chapters"] = [one for one in cut["chapters"] if one != id]
    for part in parts(pack):  # nothing asks for what was met there
        for key in ("if", "value"):
            if f"({id}." in str(part.get(key)):
                part[key] = "true"
    return parting(f"{id} removed")


def chapter_rename_forgotten(pack: Pack, chance: random.Random, p: Playthrough) -> Edit:
    chapter = chance.choice(chapters(pack))
    old = chapter["chapter"]
    rename_chapter(pack, chapter, "renamed")
    del chapter["was"]
    return parting(f"{old} renamed without a word")


def skip_changed(pack: Pack, chance: random.Random, p: Playthrough) -> Edit:
    """What a chapter does that nobody reads: an effect is gone, or another value is set."""
    fit = [c for c in chapters(pack) if "do" in c.get("skip", {})]
    chapter = chance.choice(fit)
    effects = listed(chapter["skip"]["do"])
    gone = chance.choice(effects)
    chapter["skip"]["do"] = [one for one in effects if one != gone]
    if not chapter["skip"]["do"]:
        del chapter["skip"]["do"]
        chapter["skip"].pop("because", None)
    return parting(f"{chapter['chapter']}: its skip does not do {gone}")


def effect_removed(pack: Pack, chance: random.Random, p: Playthrough) -> Edit:
    """A choice, mostly one that was taken, does nothing any more."""
    one, choice = chosen_at(pack, chance, p)
    if "do" not in choice:
        raise NoPlace
    del choice["do"]
    choice.pop("because", None)
    return parting(f"{Entry(one.full_id, choice['id'])} does nothing")


def way_changed(pack: Pack, chance: random.Random, p: Playthrough) -> Edit:
    """A choice, or a page, leads to another page of its chapter."""
    one = place(pack, chance, p, lambda one: "end" not in one.node)
    ways = [way for way in (one.node, *one.node.get("choices", ())) if isinstance(way.get("goto"), str)]
    if not ways:
        raise NoPlace
    chance.choice(ways)["goto"] = chance.choice([*one.chapter["nodes"], "next"])
    return parting(f"a way from {one.full_id} changed")


def role_changed(pack: Pack, chance: random.Random, p: Playthrough) -> Edit:
    """A chapter of one role becomes the other's."""
    chapter = chance.choice([c for c in chapters(pack) if "role" in c])
    chapter["role"] = next(role for role in head(pack)["roles"] if role != chapter["role"])
    return parting(f"{chapter['chapter']} is {chapter['role']}'s now")


def cut_changed(pack: Pack, chance: random.Random, p: Playthrough) -> Edit:
    """A cut has one chapter fewer, or one more."""
    cut = chance.choice([cut for cut in head(pack)["cuts"].values() if "chapters" in cut])
    id = chance.choice([chapter["chapter"] for chapter in chapters(pack) if "nodes" in chapter])
    cut["chapters"] = [one for one in cut["chapters"] if one != id] if id in cut["chapters"] else [*cut["chapters"], id]
    return parting(f"{id} in or out of a cut")
