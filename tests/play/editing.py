"""Edits of a story as its authors make them, at random places: each changes the plain data of a pack's files.

An edit knows what it does to a reading: what the reading's entries are called afterwards, how far they can hold,
and what there is to say of it. It knows nothing of how a save is restored.
"""

from __future__ import annotations

import copy
import random
import re
from collections.abc import Callable, Iterator
from functools import cache
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


class Edit(NamedTuple):
    """What an edit does to a reading: all of it in terms of the reading as it was.

    `names` gives an entry's new name. `keeps` are the entries that can hold, in order; None where only a reading of
    the edited story could tell. `says` are the kinds of note that must come of it beside what was lost, or None.
    """

    what: str
    names: Names = lambda entry: entry
    keeps: Callable[[Playthrough], list[Entry] | None] = lambda p: list(p.entries)
    says: Callable[[Playthrough], set[str] | None] = lambda p: set()


def anything(_: Playthrough) -> None:
    """Only a reading of the edited story could tell what there is to say."""


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
    """For each role and cut, with an earlier record and without: a random reading to a random point."""
    for role, cut in ROLES_AND_CUTS:
        other = next((one for one in story.roles if one != role), None)
        for earlier in [None, other] if role is not None else [None]:
            before = read_to_the_end(begin(story, earlier, chance.choice(CUTS)), chance) if earlier else None
            whole = read_to_the_end(begin(story, role, cut, before), chance, outside=chance.choice([0, 0, 0.03]))
            yield chance.choice(whole.history) if chance.random() < 0.7 else whole


def edited(kind: Kind, story: Story, seed: int) -> tuple[Edit, Story, list[Playthrough]]:
    """An edit of a kind at a random place, the story after it, and readings of the story before it."""
    chance = random.Random(seed)
    ways = list(readings(story, chance))
    for _ in range(20):
        pack = a_copy()
        try:
            edit = kind(pack, chance, chance.choice(ways))
        except NoPlace:
            continue
        after = built(pack)
        if after is not None:
            return edit, after, ways
    assume(False)
    raise AssertionError


def check_readings(kind: Kind, story: Story, seed: int, check: Callable[[Edit, Story, Playthrough], None]) -> None:
    """Check each reading of a story over an edit of this kind; what fails says the edit and the reading."""
    edit, after, ways = edited(kind, story, seed)
    for p in ways:
        try:
            check(edit, after, p)
        except BaseException as error:
            error.add_note(f"edit: {edit.what}; reading: {p!r} {[tuple(entry) for entry in p.entries]}")
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


def place(pack: Pack, chance: random.Random, p: Playthrough, fit: Callable[[Place], bool]) -> Place:
    """A random node that fits; mostly one that the reading met."""
    met = {at.page.node for at in p.history}
    every = [Place(c, id, node) for c in chapters(pack) for id, node in c.get("nodes", {}).items()]
    fitting = [one for one in every if fit(one)]
    near = [one for one in fitting if one.full_id in met]
    if not fitting:
        raise NoPlace
    return chance.choice(near if near and chance.random() < 0.7 else fitting)


def has_text(one: Place) -> bool:
    return "text" in one.node


def only_goes_on(one: Place) -> bool:
    return "text" in one.node and "goto" in one.node and "choices" not in one.node


def has_choices(one: Place) -> bool:
    return len(one.node.get("choices", ())) > 1


def chosen_at(pack: Pack, chance: random.Random, p: Playthrough) -> tuple[Place, dict[str, Any]]:
    """A random choice; mostly one that was taken."""
    taken = {f"{entry.node}.{entry.take}" for entry in p.entries}
    one = place(pack, chance, p, has_choices)
    near = [choice for choice in one.node["choices"] if f"{one.full_id}.{choice['id']}" in taken]
    return one, chance.choice(near if near and chance.random() < 0.7 else one.node["choices"])


def substitute(value: Any, pattern: str, by: str, keys: frozenset[str] | None = None) -> None:
    """Replace a pattern in every text below a value, where it stands; with `keys`, only in texts behind those."""
    _substitute(value, pattern, by, keys, "")


def _substitute(value: Any, pattern: str, by: str, keys: frozenset[str] | None, above: str) -> None:
    for key, one in list(value.items() if isinstance(value, dict) else enumerate(value)):
        name = key if isinstance(key, str) else above
        if isinstance(one, dict | list):
            _substitute(one, pattern, by, keys, name)
        elif isinstance(one, str) and (keys is None or name in keys):
            value[key] = re.sub(pattern, by, one)


WAYS = frozenset({"goto", "begin", "to"})


def lead(chapter: dict[str, Any], old: str, new: str) -> None:
    """Every way to a node leads to another one."""
    if "begin" not in chapter and next(iter(chapter["nodes"])) == old:
        chapter["begin"] = old
    substitute(chapter, rf"^{re.escape(old)}$", new, WAYS)


def rename_node(pack: Pack, one: Place, to: str, *was: str) -> Place:
    chapter, id = one.chapter, one.chapter["chapter"]
    lead(chapter, one.id, to)
    chapter["nodes"] = {to if name == one.id else name: node for name, node in chapter["nodes"].items()}
    one.node["was"] = [*was, one.id]
    substitute(pack, rf"\b(seen|chose)\({re.escape(one.full_id)}(?=[.)])", rf"\1({id}.{to}")
    substitute(chapter, rf"\b(seen|chose)\({re.escape(one.id)}(?=[.)])", rf"\1({to}")
    substitute(chapter, rf"^{re.escape(one.id)}(?=\.|$)", to, frozenset({"as"}))
    return Place(chapter, to, one.node)


def rename_choice(pack: Pack, one: Place, choice: dict[str, Any], to: str, *was: str) -> None:
    old = choice["id"]
    choice["id"], choice["was"] = to, [*was, old]
    substitute(pack, rf"\bchose\({re.escape(one.full_id)}\.{re.escape(old)}\)", f"chose({one.full_id}.{to})")
    substitute(one.chapter, rf"\bchose\({re.escape(one.id)}\.{re.escape(old)}\)", f"chose({one.id}.{to})")
    substitute(one.chapter, rf"^{re.escape(one.id)}\.{re.escape(old)}$", f"{one.id}.{to}", frozenset({"as"}))


def rename_chapter(pack: Pack, chapter: dict[str, Any], to: str, *was: str) -> None:
    old = chapter["chapter"]
    chapter["chapter"], chapter["was"] = to, [*was, old]
    substitute(pack, rf"\b(seen|chose)\({re.escape(old)}\.", rf"\1({to}.")
    substitute(head(pack), rf"^{re.escape(old)}$", to, frozenset({"calendar", "chapters"}))


# What holds. -----------------------------------------------------------------------------------------------


def chapter_of(node: str) -> str:
    return node.partition(".")[0]


def until(p: Playthrough, breaks: Callable[[Playthrough], bool]) -> list[Entry]:
    """The entries up to the first one that the edit breaks: `breaks` is asked of the reading after each entry."""
    kept = []
    for at in p.history[1:]:
        assert at.entry is not None
        if breaks(at):
            break
        kept.append(at.entry)
    return kept


def recorded(p: Playthrough, broken: Callable[[Entry], bool]) -> set[str]:
    """`other` where the earlier record holds what an edit breaks."""
    return {"other"} if p.earlier is not None and any(broken(entry) for entry in p.earlier.entries) else set()


def told_apart(p: Playthrough, chapter: str) -> bool:
    """Whether an earlier record holds this chapter: then a reading of the edited story may go on otherwise."""
    return p.earlier is not None and any(chapter_of(entry.node) == chapter for entry in p.earlier.entries)


def in_chapter(entry: Entry, old: str, new: str) -> Entry:
    chapter, _, node = entry.node.partition(".")
    return entry._replace(node=f"{new}.{node}") if chapter == old else entry


def parts(value: Any) -> Iterator[dict[str, Any]]:
    """Every mapping below a value."""
    if isinstance(value, dict):
        yield value
    for one in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from parts(one)


def listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]
