"""Edits after which a reading may lose what they touch, and what comes after it."""

from __future__ import annotations

import random
import re
from typing import Any

from game.play import Entry, Playthrough
from tests.play.editing import (
    Edit,
    NoPlace,
    Pack,
    Place,
    anything,
    chapter_of,
    chapters,
    chosen_at,
    has_choices,
    has_text,
    head,
    lead,
    listed,
    only_goes_on,
    parts,
    place,
    recorded,
    rename_choice,
    rename_node,
    substitute,
    told_apart,
    until,
)


def stands_at(p: Playthrough, node: str) -> bool:
    """Whether the reader stands on a page, with everything before it read."""
    return p.page.node == node


def in_every_cut(one: Place) -> bool:
    """True for a page that brief cuts show too; before other pages, readers of a brief cut meet only the new page."""
    return has_text(one) and one.node.get("in_brief", True) is True


def taken_choice_removed(pack: Pack, chance: random.Random, p: Playthrough) -> Edit:
    return removed(pack, *chosen_at(pack, chance, p))


def untaken_choice_removed(pack: Pack, chance: random.Random, p: Playthrough) -> Edit:
    """A choice of the page where the reader stands, or of any page where it was not taken."""
    taken = {f"{entry.node}.{entry.take}" for entry in p.entries}
    pending = p.page.node
    fit = [
        (one, choice)
        for c in chapters(pack)
        for id, node in c.get("nodes", {}).items()
        if has_choices(one := Place(c, id, node))
        for choice in node["choices"]
        if f"{one.full_id}.{choice['id']}" not in taken
    ]
    here = [found for found in fit if found[0].full_id == pending]
    if not fit:
        raise NoPlace
    one, choice = chance.choice(here or fit)
    return removed(pack, one, choice)


def removed(pack: Pack, one: Place, choice: dict[str, Any]) -> Edit:
    one.node["choices"] = [c for c in one.node["choices"] if c is not choice]
    gone = Entry(one.full_id, choice["id"])
    return breaking(f"{gone} removed", gone, one, forgotten=True)


def breaking(what: str, gone: Entry, one: Place, forgotten: bool) -> Edit:
    """An edit after which an entry cannot be taken. `forgotten`: it exists no more, so a record of it is let go."""
    chapter = one.chapter["chapter"]
    return Edit(
        what,
        keeps=lambda p: None if told_apart(p, chapter) else until(p, lambda at: at.entry == gone),
        says=lambda p: recorded(p, lambda entry: entry == gone) if forgotten else set(),
    )


def choice_closed(pack: Pack, chance: random.Random, p: Playthrough) -> Edit:
    one, choice = chosen_at(pack, chance, p)
    choice["if"] = "false"
    gone = Entry(one.full_id, choice["id"])
    return breaking(f"{gone} is never open", gone, one, forgotten=False)


def id_taken_over(pack: Pack, chance: random.Random, p: Playthrough) -> Edit:
    """A choice is removed, and another one is renamed to its id."""
    one, choice = chosen_at(pack, chance, p)
    other = chance.choice([c for c in one.node["choices"] if c is not choice])
    gone, moved = Entry(one.full_id, choice["id"]), Entry(one.full_id, other["id"])
    one.node["choices"] = [c for c in one.node["choices"] if c is not choice]
    rename_choice(pack, one, other, gone.take)
    edit = breaking(f"{gone} removed, {moved.take} takes its id", gone, one, forgotten=True)
    return edit._replace(names=lambda e: gone if e == moved else Entry(e.node, "never") if e == gone else e)


def page_inserted(pack: Pack, chance: random.Random, p: Playthrough) -> Edit:
    """A page that only goes on, before another one: it is turned, and all that came after holds."""
    one = place(pack, chance, p, in_every_cut)
    lead(one.chapter, one.id, "fresh-page")
    one.chapter["nodes"]["fresh-page"] = {"text": "A new page.", "brief": "A new page.", "goto": one.id}
    met = one.full_id

    def says(p: Playthrough) -> set[str]:
        here = p.page.node == met and not p.left
        turned = here or any(entry.node == met and entry.take not in ("skip", "leave") for entry in p.entries)
        skipped = any(entry.node == met and entry.take == "skip" for entry in p.entries)
        return ({"new"} if turned else set()) | ({"changed"} if skipped else set())

    def keeps(p: Playthrough) -> list[Entry] | None:
        return None if told_apart(p, one.chapter["chapter"]) else list(p.entries)

    return Edit(f"page before {met}", keeps=keeps, says=says)


def rename_forgotten(pack: Pack, chance: random.Random, p: Playthrough) -> Edit:
    """A node is renamed, and nobody says that it was."""
    one = place(pack, chance, p, lambda one: True)
    old = one.full_id
    rename_node(pack, one, "renamed")
    del one.node["was"]
    skip = "choices" in one.node or "end" in one.node

    def breaks(at: Playthrough) -> bool:
        assert at.entry is not None
        return at.entry.node == old and at.entry.take != "skip"

    def keeps(p: Playthrough) -> list[Entry] | None:
        return None if told_apart(p, chapter_of(old)) or not skip else until(p, breaks)

    return Edit(f"{old} renamed without a word", keeps=keeps, says=anything)


def fork_inserted(pack: Pack, chance: random.Random, p: Playthrough) -> Edit:
    """A page with something to decide, before another one: nobody knows what the reader would have chosen."""
    one = place(pack, chance, p, in_every_cut)
    lead(one.chapter, one.id, "fresh-page")
    one.chapter["nodes"]["fresh-page"] = {
        "text": "A new page.",
        "brief": "A new page.",
        "choices": [{"id": id, "say": f"I did {id}.", "goto": one.id} for id in ("this", "that")],
    }  # fmt: skip
    met, chapter = one.full_id, one.chapter["chapter"]

    def breaks(at: Playthrough) -> bool:
        assert at.entry is not None
        return at.entry.node == met and at.entry.take != "skip"

    def says(p: Playthrough) -> set[str]:
        skipped = any(entry.node == met and entry.take == "skip" for entry in p.entries)
        return ({"moved"} if stands_at(p, met) else set()) | ({"changed"} if skipped else set())

    def keeps(p: Playthrough) -> list[Entry] | None:
        return None if told_apart(p, chapter) else until(p, breaks)

    return Edit(f"a decision before {met}", keeps=keeps, says=says)


def page_to_fork(pack: Pack, chance: random.Random, p: Playthrough) -> Edit:
    """A page that only went on has no text any more: it is passed through. None that is asked for elsewhere.

    Where a page of the other door is asked for (`seen`), it has been met by everybody once nobody has to turn it.
    """
    written = str(pack)
    one = place(pack, chance, p, lambda one: only_goes_on(one) and f"seen({one.full_id})" not in written)
    for key in ("text", "brief", "discuss", "ledger"):
        one.node.pop(key, None)
    met, chapter = one.full_id, one.chapter["chapter"]

    def keeps(p: Playthrough) -> list[Entry] | None:
        if told_apart(p, chapter) or any(entry.node == met and entry.take != "continue" for entry in p.entries):
            return None
        return [entry for entry in p.entries if entry.node != met]

    def says(p: Playthrough) -> set[str]:
        return {"moved"} if stands_at(p, met) else set()

    return Edit(f"{met} is passed through", keeps=keeps, says=says)


def interlude_added(pack: Pack, chance: random.Random, p: Playthrough) -> Edit:
    calendar = head(pack)["calendar"]
    pack["interludes/fresh.yaml"] = {
        "chapter": "fresh", "title": "Something New", "place": next(iter(head(pack)["places"])),
        "nodes": {"page": {"text": "A film.", "brief": "A film.", "goto": "next"}},
    }  # fmt: skip
    where = chance.randrange(len(calendar))
    calendar.insert(where, "fresh")
    for cut in head(pack)["cuts"].values():
        if "chapters" in cut:
            cut["chapters"].append("fresh")
    return Edit(f"interlude added at {where}", keeps=lambda p: list(p.entries), says=anything)


def interlude_removed(pack: Pack, chance: random.Random, p: Playthrough) -> Edit:
    fit = [
        (file, data)
        for file, data in pack.items()
        if isinstance(data, dict) and "chapter" in data and "role" not in data
    ]
    file, chapter = chance.choice(fit)
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
    """A heavy chapter that can be skipped no more."""
    heavy = [c for c in chapters(pack) if "note" in c and "nodes" in c]
    near = [c for c in heavy if any(e.take == "skip" and chapter_of(e.node) == c["chapter"] for e in p.entries)]
    chapter = chance.choice(near or heavy)
    del chapter["note"]
    gone = chapter["chapter"]

    def breaks(at: Playthrough) -> bool:
        assert at.entry is not None
        return at.entry.take == "skip" and chapter_of(at.entry.node) == gone

    return Edit(f"{gone} cannot be skipped", keeps=lambda p: until(p, breaks))


def ending_moved(pack: Pack, chance: random.Random, p: Playthrough) -> Edit:
    """An ending comes a page later."""
    one = place(pack, chance, p, lambda one: "end" in one.node)
    end = one.node.pop("end")
    one.node["goto"] = "after-all"
    one.chapter["nodes"]["after-all"] = {"text": "It went on.", "brief": "It went on.", "end": end}
    met, chapter = one.full_id, one.chapter["chapter"]

    def keeps(p: Playthrough) -> list[Entry] | None:
        return None if told_apart(p, chapter) else list(p.entries)

    # where both roles are played the reader went on from the ending, and now turns one page more
    return Edit(f"the ending of {met} comes later", keeps=keeps, says=anything)


def chapter_moved(pack: Pack, chance: random.Random, p: Playthrough) -> Edit:
    calendar = head(pack)["calendar"]
    moved = calendar.pop(chance.randrange(len(calendar)))
    where = chance.randrange(len(calendar) + 1)
    calendar.insert(where, moved)
    return Edit(f"{moved} moved to {where}", keeps=lambda p: None, says=anything)


def variable_removed(pack: Pack, chance: random.Random, p: Playthrough) -> Edit:
    """A number or a yes and no is gone, with each of its uses: where it was asked, it is as it began."""
    variables = head(pack)["variables"]
    name = chance.choice([name for name, shape in variables.items() if "one_of" not in shape])
    start = variables.pop(name)["start"]
    start = str(start).lower() if isinstance(start, bool) else start
    substitute(pack, rf"\{{{name}\}}", "something")
    for part in parts(chapters(pack)):
        if "do" in part:
            part["do"] = [one for one in listed(part["do"]) if not re.match(rf"{name}\b", one)]
            if not part["do"]:
                del part["do"]
    for data in chapters(pack):
        substitute(data, rf"\b{name}\b", start, frozenset({"if", "do", "value"}))
    substitute(head(pack), rf"\b{name}\b", start, frozenset({"if", "always"}))
    for shown in head(pack)["places"].values():
        substitute(shown.get("params", {}), rf"\b{name}\b", start)
    return Edit(f"variable {name} removed", keeps=lambda p: None, says=anything)


def several(pack: Pack, chance: random.Random, p: Playthrough) -> Edit:
    """Three edits at once."""
    kinds = (choice_closed, taken_choice_removed, page_to_fork, chapter_moved, interlude_added, skip_withdrawn)
    made = [edit(pack, chance, p) for edit in chance.sample(kinds, 3)]
    return Edit("; ".join(one.what for one in made), keeps=lambda p: None, says=anything)
