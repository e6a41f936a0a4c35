"""Edits after which a playthrough may lose entries."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from functools import partial
from typing import Any

from game.play import Entry, Playthrough
from tests.play.editing import (
    Edit,
    NoPlace,
    Pack,
    Place,
    chapter_of,
    chapters,
    has_choices,
    has_text,
    head,
    lead,
    listed,
    only_goes_on,
    parts,
    random_choice,
    random_place,
    recorded,
    recorded_in,
    rename_choice,
    rename_node,
    skips,
    substitute,
    turns,
    uncertain,
    unless_recorded,
    until,
)


def stands_at(p: Playthrough, node: str) -> bool:
    return p.page.node == node


def in_every_cut(place: Place) -> bool:
    """True for a page that brief cuts show too; before other pages, readers of a brief cut meet only the new page."""
    return has_text(place) and place.node.get("in_brief", True) is True


def taken_choice_removed(pack: Pack, chance: random.Random, p: Playthrough) -> Edit:
    return removed(pack, *random_choice(pack, chance, p))


def untaken_choice_removed(pack: Pack, chance: random.Random, p: Playthrough) -> Edit:
    """A choice of the page where the reader stands, or of any page where it was not taken."""
    taken = {f"{entry.node}.{entry.take}" for entry in p.entries}
    pending = p.page.node
    fit = [
        (place, choice)
        for c in chapters(pack)
        for id, node in c.get("nodes", {}).items()
        if has_choices(place := Place(c, id, node))
        for choice in node["choices"]
        if f"{place.full_id}.{choice['id']}" not in taken
    ]
    here = [found for found in fit if found[0].full_id == pending]
    if not fit:
        raise NoPlace
    place, choice = chance.choice(here or fit)
    return removed(pack, place, choice)


def removed(pack: Pack, place: Place, choice: dict[str, Any]) -> Edit:
    place.node["choices"] = [c for c in place.node["choices"] if c is not choice]
    gone = Entry(place.full_id, choice["id"])
    return breaking(f"{gone} removed", gone, place, forgotten=True)


def breaking(description: str, gone: Entry, place: Place, forgotten: bool) -> Edit:
    """An edit after which an entry cannot be taken; `forgotten` if the choice is gone, so that records drop it."""
    return Edit(
        description,
        keeps=unless_recorded(place.chapter["chapter"], lambda p: until(p, lambda entry: entry == gone)),
        says=lambda p: recorded(p, lambda entry: entry == gone) if forgotten else set(),
    )


def choice_closed(pack: Pack, chance: random.Random, p: Playthrough) -> Edit:
    place, choice = random_choice(pack, chance, p)
    choice["if"] = "false"
    gone = Entry(place.full_id, choice["id"])
    return breaking(f"{gone} is never open", gone, place, forgotten=False)


def id_taken_over(pack: Pack, chance: random.Random, p: Playthrough) -> Edit:
    """A choice is removed, and another choice gets its id."""
    place, choice = random_choice(pack, chance, p)
    sibling = chance.choice([c for c in place.node["choices"] if c is not choice])
    gone, moved = Entry(place.full_id, choice["id"]), Entry(place.full_id, sibling["id"])
    place.node["choices"] = [c for c in place.node["choices"] if c is not choice]
    rename_choice(pack, place, sibling, gone.take)
    edit = breaking(f"{gone} removed, {moved.take} takes its id", gone, place, forgotten=True)
    return edit._replace(names=lambda e: gone if e == moved else Entry(e.node, "never") if e == gone else e)


def page_inserted(pack: Pack, chance: random.Random, p: Playthrough) -> Edit:
    """A page with only `continue` before another page: it is turned, and all later entries hold."""
    place = insert_before(pack, chance, p, lambda place: {"goto": place.id})
    met = place.full_id

    def says(p: Playthrough) -> set[str]:
        here = stands_at(p, met) and not p.left
        turned = here or any(turns(entry, met) and entry.take != "leave" for entry in p.entries)
        return ({"new"} if turned else set()) | ({"changed"} if skips(p, met) else set())

    return Edit(f"page before {met}", keeps=unless_recorded(place.chapter["chapter"]), says=says)


def insert_before(pack: Pack, chance: random.Random, p: Playthrough, way_on: Callable[[Place], Pack]) -> Place:
    """Insert a page with this way on before a random page, and return that."""
    place = random_place(pack, chance, p, in_every_cut)
    lead(place.chapter, place.id, "fresh-page")
    place.chapter["nodes"]["fresh-page"] = {"text": "A new page.", "brief": "A new page.", **way_on(place)}
    return place


def rename_forgotten(pack: Pack, chance: random.Random, p: Playthrough) -> Edit:
    place = random_place(pack, chance, p, lambda place: True)
    old = place.full_id
    rename_node(pack, place, "renamed")
    del place.node["was"]
    skip = "choices" in place.node or "end" in place.node
    keeps = unless_recorded(chapter_of(old), lambda p: until(p, lambda entry: turns(entry, old)) if skip else None)
    return Edit(f"{old} renamed without `was`", keeps=keeps, says=uncertain)


def fork_inserted(pack: Pack, chance: random.Random, p: Playthrough) -> Edit:
    """A page with choices before another page: nobody knows what the reader would have chosen."""

    def choices(place: Place) -> Pack:
        return {"choices": [{"id": id, "say": f"I did {id}.", "goto": place.id} for id in ("this", "that")]}

    place = insert_before(pack, chance, p, choices)
    met = place.full_id

    def says(p: Playthrough) -> set[str]:
        return ({"moved"} if stands_at(p, met) else set()) | ({"changed"} if skips(p, met) else set())

    keeps = unless_recorded(place.chapter["chapter"], lambda p: until(p, lambda entry: turns(entry, met)))
    return Edit(f"a decision before {met}", keeps=keeps, says=says)


def page_to_fork(pack: Pack, chance: random.Random, p: Playthrough) -> Edit:
    """A page with only `continue` loses its text, so readers pass through it.

    Not a page in a `seen` condition: every reader of the other door would have met it after the edit.
    """
    written = str(pack)
    place = random_place(pack, chance, p, lambda place: only_goes_on(place) and f"seen({place.full_id})" not in written)
    for key in ("text", "brief", "discuss", "ledger"):
        place.node.pop(key, None)
    met, chapter = place.full_id, place.chapter["chapter"]

    def keeps(p: Playthrough) -> list[Entry] | None:
        if recorded_in(p, chapter) or any(entry.node == met and entry.take != "continue" for entry in p.entries):
            return None
        return [entry for entry in p.entries if entry.node != met]

    return Edit(f"{met} is passed through", keeps=keeps, says=lambda p: {"moved"} if stands_at(p, met) else set())


def interlude_added(pack: Pack, chance: random.Random, p: Playthrough) -> Edit:
    calendar = head(pack)["calendar"]
    pack["interludes/fresh.yaml"] = {
        "chapter": "fresh", "title": "Something New", "place": next(iter(head(pack)["places"])),
        "nodes": {"page": {"text": "A film.", "brief": "A film.", "goto": "next"}},
    }  # fmt: skip
    position = chance.randrange(len(calendar))
    calendar.insert(position, "fresh")
    for cut in head(pack)["cuts"].values():
        if "chapters" in cut:
            cut["chapters"].append("fresh")
    return Edit(f"interlude added at {position}", keeps=lambda p: list(p.entries), says=uncertain)


def interlude_removed(pack: Pack, chance: random.Random, p: Playthrough) -> Edit:
    file, chapter = chance.choice([(file, c) for file, c in pack.items() if c in chapters(pack) and "role" not in c])
    gone = chapter["chapter"]
    del pack[file]
    head(pack)["calendar"] = [date for date in head(pack)["calendar"] if date != gone]
    for cut in head(pack)["cuts"].values():
        if "chapters" in cut:
            cut["chapters"] = [id for id in cut["chapters"] if id != gone]
    does = any("do" in part for part in (chapter.get("skip", {}), *chapter.get("nodes", {}).values()))

    def keeps(p: Playthrough) -> list[Entry] | None:
        if does or any(chapter_of(entry.node) == gone and entry.take != "continue" for entry in p.entries):
            return None
        return [entry for entry in p.entries if chapter_of(entry.node) != gone]

    def says(p: Playthrough) -> set[str]:
        return {"moved"} if p.page.node is not None and chapter_of(p.page.node) == gone else set()

    return Edit(f"interlude {gone} removed", keeps=keeps, says=says)


def skip_withdrawn(pack: Pack, chance: random.Random, p: Playthrough) -> Edit:
    heavy = [c for c in chapters(pack) if "note" in c and "nodes" in c]
    near = [c for c in heavy if any(e.take == "skip" and chapter_of(e.node) == c["chapter"] for e in p.entries)]
    chapter = chance.choice(near or heavy)
    del chapter["note"]
    gone = chapter["chapter"]
    keeps = partial(until, breaks=lambda entry: entry.take == "skip" and chapter_of(entry.node) == gone)
    return Edit(f"{gone} cannot be skipped", keeps=keeps)


def ending_moved(pack: Pack, chance: random.Random, p: Playthrough) -> Edit:
    place = random_place(pack, chance, p, lambda place: "end" in place.node)
    end = place.node.pop("end")
    place.node["goto"] = "after-all"
    place.chapter["nodes"]["after-all"] = {"text": "It went on.", "brief": "It went on.", "end": end}
    # in a cut of both roles the reader went on from the ending, and now turns one more page
    keeps = unless_recorded(place.chapter["chapter"])
    return Edit(f"the ending of {place.full_id} comes later", keeps=keeps, says=uncertain)


def chapter_moved(pack: Pack, chance: random.Random, p: Playthrough) -> Edit:
    calendar = head(pack)["calendar"]
    moved = calendar.pop(chance.randrange(len(calendar)))
    position = chance.randrange(len(calendar) + 1)
    calendar.insert(position, moved)
    return Edit(f"{moved} moved to {position}", keeps=lambda p: None, says=uncertain)


def variable_removed(pack: Pack, chance: random.Random, p: Playthrough) -> Edit:
    """A number or a yes and no is removed; conditions get its start value."""
    variables = head(pack)["variables"]
    name = chance.choice([name for name, shape in variables.items() if "one_of" not in shape])
    start = variables.pop(name)["start"]
    start = str(start).lower() if isinstance(start, bool) else start
    substitute(pack, rf"\{{{name}\}}", "something")
    for part in parts(chapters(pack)):
        if "do" in part:
            part["do"] = [effect for effect in listed(part["do"]) if not re.match(rf"{name}\b", effect)]
            if not part["do"]:
                del part["do"]
    for data in chapters(pack):
        substitute(data, rf"\b{name}\b", start, frozenset({"if", "do", "value"}))
    substitute(head(pack), rf"\b{name}\b", start, frozenset({"if", "always"}))
    for shown in head(pack)["places"].values():
        substitute(shown.get("params", {}), rf"\b{name}\b", start)
    return Edit(f"variable {name} removed", keeps=lambda p: None, says=uncertain)


def several(pack: Pack, chance: random.Random, p: Playthrough) -> Edit:
    """Three edits at once."""
    kinds = (choice_closed, taken_choice_removed, page_to_fork, chapter_moved, interlude_added, skip_withdrawn)
    made = [make(pack, chance, p) for make in chance.sample(kinds, 3)]
    return Edit("; ".join(edit.description for edit in made), keeps=lambda p: None, says=uncertain)
