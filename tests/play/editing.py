"""Random edits of a story, as authors make them: each changes the plain data of a pack's files.

An edit knows what it does to a playthrough: the new names of its entries, how many of them can hold, and the notes.
It does not know how a save is restored.
"""

from __future__ import annotations

import copy
import random
import re
from collections.abc import Callable, Iterator
from functools import cache
from itertools import takewhile
from typing import Any, NamedTuple

from hypothesis import assume

from game.play import Entry, Playthrough, begin
from game.resources import story_folder
from game.story import Story
from game.story.loader import check_documents
from game.story.pack_files import yaml_files
from game.yamlio.reader import Document, SourceMap, read_file
from tests.play.readers import read_to_the_end

Pack = dict[str, Any]  # a file's name -> its data
Names = Callable[[Entry], Entry]
Keeps = Callable[[Playthrough], list[Entry] | None]


class Edit(NamedTuple):
    """What an edit does to a playthrough of the story before the edit.

    `names` gives an entry's new name. `keeps` gives the entries that can hold, in order, and None where only a
    playthrough of the edited story shows that.
    `says` gives the kinds of notes expected beside those on losses, or None.
    """

    description: str
    names: Names = lambda entry: entry
    keeps: Keeps = lambda p: list(p.entries)
    says: Callable[[Playthrough], set[str] | None] = lambda p: set()


def uncertain(_: Playthrough) -> None:
    """Expect no certain notes: only a playthrough of the edited story shows which come."""


Kind = Callable[[Pack, random.Random, Playthrough], Edit]
ROLES_AND_CUTS = [
    ("villager", "full"),
    ("official", "full"),
    (None, "class"),
    ("villager", "kiosk"),
    ("official", "kiosk"),
]
CUTS = ["full", "kiosk"]


class NoPlace(Exception):
    """The story has no place where the edit can be made."""


@cache
def _shipped() -> Pack:
    folder = story_folder()
    documents = (read_file(path, path.relative_to(folder).as_posix()) for path in yaml_files(folder))
    return {document.file: document.data for document in documents if isinstance(document, Document)}


def a_copy() -> Pack:
    """The shipped story's files as plain data."""
    return copy.deepcopy(_shipped())


def built(pack: Pack) -> Story | None:
    """The story of the files, by the loader itself; None where it cannot be played."""
    return check_documents((Document(file, data, SourceMap(1, 1)) for file, data in pack.items()), "pack")[0]


def readings(story: Story, chance: random.Random) -> Iterator[Playthrough]:
    """A random playthrough to a random point for each role and cut, with and without an earlier record."""
    for role, cut in ROLES_AND_CUTS:
        other_role = next((id for id in story.roles if id != role), None)
        for earlier in [None, other_role] if role is not None else [None]:
            before = read_to_the_end(begin(story, earlier, chance.choice(CUTS)), chance) if earlier else None
            whole = read_to_the_end(begin(story, role, cut, before), chance, outside=chance.choice([0, 0, 0.03]))
            yield chance.choice(whole.history) if chance.random() < 0.7 else whole


def edited(kind: Kind, story: Story, seed: int) -> tuple[Edit, Story, list[Playthrough]]:
    """An edit of a kind at a random place, the story after it, and playthroughs of the story before it."""
    chance = random.Random(seed)
    playthroughs = list(readings(story, chance))
    for _ in range(20):
        pack = a_copy()
        try:
            edit = kind(pack, chance, chance.choice(playthroughs))
        except NoPlace:
            continue
        after = built(pack)
        if after is not None:
            return edit, after, playthroughs
    assume(False)
    raise AssertionError


def check_readings(kind: Kind, story: Story, seed: int, check: Callable[[Edit, Story, Playthrough], None]) -> None:
    """Check playthroughs of a story over an edit of this kind; a failure names the edit and the playthrough."""
    edit, after, playthroughs = edited(kind, story, seed)
    for p in playthroughs:
        try:
            check(edit, after, p)
        except BaseException as error:
            error.add_note(f"edit: {edit.description}; playthrough: {p!r} {[tuple(entry) for entry in p.entries]}")
            raise


# Places. ---------------------------------------------------------------------------------------------------


class Place(NamedTuple):
    """A node where an edit is made."""

    chapter: dict[str, Any]
    id: str
    node: dict[str, Any]

    @property
    def full_id(self) -> str:
        return f"{self.chapter['chapter']}.{self.id}"

    @property
    def title(self) -> str:
        return str(self.chapter["title"])


def chapters(pack: Pack) -> list[dict[str, Any]]:
    return [data for data in pack.values() if isinstance(data, dict) and "chapter" in data]


def head(pack: Pack) -> dict[str, Any]:
    found: dict[str, Any] = pack["pack.yaml"]
    return found


def random_place(pack: Pack, chance: random.Random, p: Playthrough, fit: Callable[[Place], bool]) -> Place:
    """A random node that fits, mostly from the playthrough."""
    met = {at.page.node for at in p.history}
    every = [Place(c, id, node) for c in chapters(pack) for id, node in c.get("nodes", {}).items()]
    fitting = [found for found in every if fit(found)]
    near = [found for found in fitting if found.full_id in met]
    if not fitting:
        raise NoPlace
    return chance.choice(near if near and chance.random() < 0.7 else fitting)


def has_text(place: Place) -> bool:
    return "text" in place.node


def only_goes_on(place: Place) -> bool:
    return "text" in place.node and "goto" in place.node and "choices" not in place.node


def has_choices(place: Place) -> bool:
    return len(place.node.get("choices", ())) > 1


def random_choice(pack: Pack, chance: random.Random, p: Playthrough) -> tuple[Place, dict[str, Any]]:
    """A random choice and its node, mostly from the playthrough."""
    taken = {f"{entry.node}.{entry.take}" for entry in p.entries}
    place = random_place(pack, chance, p, has_choices)
    near = [choice for choice in place.node["choices"] if f"{place.full_id}.{choice['id']}" in taken]
    return place, chance.choice(near if near and chance.random() < 0.7 else place.node["choices"])


def substitute(value: Any, pattern: str, by: str, keys: frozenset[str] | None = None, above: str = "") -> None:
    """Replace a pattern in every text below a value, in place; with `keys`, only in the texts of these keys."""
    for key, item in list(value.items() if isinstance(value, dict) else enumerate(value)):
        name = key if isinstance(key, str) else above
        if isinstance(item, dict | list):
            substitute(item, pattern, by, keys, name)
        elif isinstance(item, str) and (keys is None or name in keys):
            value[key] = re.sub(pattern, by, item)


WAYS = frozenset({"goto", "begin", "to"})


def lead(chapter: dict[str, Any], old: str, new: str) -> None:
    if "begin" not in chapter and next(iter(chapter["nodes"])) == old:
        chapter["begin"] = old
    substitute(chapter, rf"^{re.escape(old)}$", new, WAYS)


def rename_node(pack: Pack, place: Place, to: str, *was: str) -> Place:
    chapter, id = place.chapter, place.chapter["chapter"]
    lead(chapter, place.id, to)
    chapter["nodes"] = {to if name == place.id else name: node for name, node in chapter["nodes"].items()}
    place.node["was"] = [*was, place.id]
    substitute(pack, rf"\b(seen|chose)\({re.escape(place.full_id)}(?=[.)])", rf"\1({id}.{to}")
    substitute(chapter, rf"\b(seen|chose)\({re.escape(place.id)}(?=[.)])", rf"\1({to}")
    substitute(chapter, rf"^{re.escape(place.id)}(?=\.|$)", to, frozenset({"as"}))
    return Place(chapter, to, place.node)


def rename_choice(pack: Pack, place: Place, choice: dict[str, Any], to: str, *was: str) -> None:
    old = choice["id"]
    choice["id"], choice["was"] = to, [*was, old]
    substitute(pack, rf"\bchose\({re.escape(place.full_id)}\.{re.escape(old)}\)", f"chose({place.full_id}.{to})")
    substitute(place.chapter, rf"\bchose\({re.escape(place.id)}\.{re.escape(old)}\)", f"chose({place.id}.{to})")
    substitute(place.chapter, rf"^{re.escape(place.id)}\.{re.escape(old)}$", f"{place.id}.{to}", frozenset({"as"}))


def rename_chapter(pack: Pack, chapter: dict[str, Any], to: str, *was: str) -> None:
    old = chapter["chapter"]
    chapter["chapter"], chapter["was"] = to, [*was, old]
    substitute(pack, rf"\b(seen|chose)\({re.escape(old)}\.", rf"\1({to}.")
    substitute(head(pack), rf"^{re.escape(old)}$", to, frozenset({"calendar", "chapters"}))


# What holds. -----------------------------------------------------------------------------------------------


def chapter_of(node: str) -> str:
    return node.partition(".")[0]


def until(p: Playthrough, breaks: Callable[[Entry], bool]) -> list[Entry]:
    """The entries before the first that the edit breaks."""
    return list(takewhile(lambda entry: not breaks(entry), p.entries))


def turns(entry: Entry, page: str) -> bool:
    return entry.node == page and entry.take != "skip"


def skips(p: Playthrough, page: str) -> bool:
    return Entry(page, "skip") in p.entries


def recorded(p: Playthrough, broken: Callable[[Entry], bool]) -> set[str]:
    """`other` if the earlier record has an entry that the edit breaks."""
    return {"other"} if p.earlier is not None and any(broken(entry) for entry in p.earlier.entries) else set()


def recorded_in(p: Playthrough, chapter: str) -> bool:
    """True if an earlier record has this chapter: then the edited story may go another way."""
    return p.earlier is not None and any(chapter_of(entry.node) == chapter for entry in p.earlier.entries)


def unless_recorded(chapter: str, kept: Keeps = lambda p: list(p.entries)) -> Keeps:
    return lambda p: None if recorded_in(p, chapter) else kept(p)


def in_chapter(entry: Entry, old: str, new: str) -> Entry:
    chapter, _, node = entry.node.partition(".")
    return entry._replace(node=f"{new}.{node}") if chapter == old else entry


def parts(value: Any) -> Iterator[dict[str, Any]]:
    """Every mapping below a value."""
    if isinstance(value, dict):
        yield value
    for item in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from parts(item)


def listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]
