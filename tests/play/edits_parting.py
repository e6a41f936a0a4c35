"""Edits that may lead a reader to other pages, or to the same pages in another state of the village."""

from __future__ import annotations

import random
from typing import Any

from game.play import Entry, Playthrough
from tests.play.editing import (
    Edit,
    Names,
    NoPlace,
    Pack,
    Place,
    chapters,
    head,
    lead,
    listed,
    parts,
    random_choice,
    random_place,
    rename_chapter,
    uncertain,
)


def parting(description: str, names: Names = lambda entry: entry) -> Edit:
    return Edit(description, names, keeps=lambda p: None, says=uncertain)


def nodes_merged(pack: Pack, chance: random.Random, p: Playthrough) -> Edit:
    """Two pages of a chapter become one, with the choices of both; mostly its `was` says so."""

    def fits(place: Place) -> bool:
        return "text" in place.node and "end" not in place.node and len(place.chapter["nodes"]) > 2

    place = random_place(pack, chance, p, fits)
    chapter = place.chapter
    met = {at.page.node for at in p.history}
    mergeable = [
        id
        for id, node in chapter["nodes"].items()
        if id != place.id and "text" in node and "end" not in node and ("choices" in node) == ("choices" in place.node)
    ]
    near = [id for id in mergeable if f"{chapter['chapter']}.{id}" in met]
    if not mergeable:
        raise NoPlace
    gone = chance.choice(near or mergeable)
    node = chapter["nodes"].pop(gone)
    if "choices" in node:
        taken_ids = {choice["id"] for choice in place.node["choices"]}
        place.node["choices"] += [choice for choice in node["choices"] if choice["id"] not in taken_ids]
    lead(chapter, gone, place.id)
    for choice in place.node.get("choices", ()):  # a choice that led to the removed page goes on behind it
        if choice.get("goto") == place.id:
            choice["goto"] = chance.choice([id for id in chapter["nodes"] if id != place.id])
    if place.node.get("goto") == place.id:
        place.node["goto"] = node.get("goto", "next") if node.get("goto") != place.id else "next"
    old, new = f"{chapter['chapter']}.{gone}", place.full_id
    if chance.random() < 0.7:
        place.node["was"] = [gone]
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
    if isinstance(value, list):
        kept = [item for item in (without(item, id) for item in value) if item not in (None, [])]
        return kept[0] if len(kept) == 1 and len(value) > 1 else kept
    return None if value == id else value


def chapter_removed(pack: Pack, chance: random.Random, p: Playthrough) -> Edit:
    file, chapter = chance.choice([(file, item) for file, item in pack.items() if item in chapters(pack)])
    id = chapter["chapter"]
    del pack[file]
    kept = [item for item in (without(item, id) for item in head(pack)["calendar"]) if item not in (None, [])]
    head(pack)["calendar"] = kept
    for cut in head(pack)["cuts"].values():
        if "chapters" in cut:
            cut["chapters"] = [item for item in cut["chapters"] if item != id]
    for part in parts(pack):  # no condition asks for its pages
        for key in ("if", "value"):
            if f"({id}." in str(part.get(key)):
                part[key] = "true"
    return parting(f"{id} removed")


def chapter_rename_forgotten(pack: Pack, chance: random.Random, p: Playthrough) -> Edit:
    chapter = chance.choice(chapters(pack))
    old = chapter["chapter"]
    rename_chapter(pack, chapter, "renamed")
    del chapter["was"]
    return parting(f"{old} renamed without `was`")


def skip_changed(pack: Pack, chance: random.Random, p: Playthrough) -> Edit:
    """The `skip` of a chapter loses an effect."""
    chapter = chance.choice([c for c in chapters(pack) if "do" in c.get("skip", {})])
    effects = listed(chapter["skip"]["do"])
    gone = chance.choice(effects)
    chapter["skip"]["do"] = [item for item in effects if item != gone]
    if not chapter["skip"]["do"]:
        del chapter["skip"]["do"]
        chapter["skip"].pop("because", None)
    return parting(f"{chapter['chapter']}: its skip does not do {gone}")


def effect_removed(pack: Pack, chance: random.Random, p: Playthrough) -> Edit:
    """A choice, mostly a taken choice, does nothing any more."""
    place, choice = random_choice(pack, chance, p)
    if "do" not in choice:
        raise NoPlace
    del choice["do"]
    choice.pop("because", None)
    return parting(f"{Entry(place.full_id, choice['id'])} does nothing")


def way_changed(pack: Pack, chance: random.Random, p: Playthrough) -> Edit:
    """A choice, or a page, leads to another page of its chapter."""
    place = random_place(pack, chance, p, lambda place: "end" not in place.node)
    ways = [way for way in (place.node, *place.node.get("choices", ())) if isinstance(way.get("goto"), str)]
    if not ways:
        raise NoPlace
    chance.choice(ways)["goto"] = chance.choice([*place.chapter["nodes"], "next"])
    return parting(f"a way from {place.full_id} changed")


def role_changed(pack: Pack, chance: random.Random, p: Playthrough) -> Edit:
    """A chapter of one role becomes the other's."""
    chapter = chance.choice([c for c in chapters(pack) if "role" in c])
    chapter["role"] = next(role for role in head(pack)["roles"] if role != chapter["role"])
    return parting(f"{chapter['chapter']} is {chapter['role']}'s now")


def cut_changed(pack: Pack, chance: random.Random, p: Playthrough) -> Edit:
    """A cut has one chapter fewer, or one more."""
    cut = chance.choice([cut for cut in head(pack)["cuts"].values() if "chapters" in cut])
    id = chance.choice([chapter["chapter"] for chapter in chapters(pack) if "nodes" in chapter])
    kept = [chapter for chapter in cut["chapters"] if chapter != id]
    cut["chapters"] = kept if id in cut["chapters"] else [*cut["chapters"], id]
    return parting(f"{id} in or out of a cut")
