"""Migrate the ids in a save to the ids of today's story, by the renames (`was`) since the save.

A part is a chapter, node or choice. A save lists the renames that its story knew, so that only later renames are
applied. An old id is in doubt if its `was` was written some time after the rename, or if another part has the id now.
Then the text of the choice decides. If no text fits, the old id means the part that has this id and was never renamed,
or else the renamed part. If a choice's id is gone or now has another text, and exactly one choice of the page has the
old text, that choice is taken, with a note: the author forgot the `was`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cache

from game.play.playthrough import Entry
from game.play.recorded_chapters import CONTINUE, LEAVE, SKIP
from game.story.model import Chapter, Choice, Node, Story

Rename = tuple[str, str]  # a full id, and an earlier name of its last part, as `was` gives it
Part = Chapter | Node | Choice
Names = Mapping[str, Sequence[tuple[str, bool]]]  # an old id -> today's ids that it may mean, and whether that is sure
RESERVED = (CONTINUE, SKIP, LEAVE)
GONE = ""  # stands for a choice that today's story does not have, so it fits no page


class IdMigration:
    """Turns a save's ids into today's. `changed`: the story has renames that the save's story did not know."""

    def __init__(self, story: Story, known: Collection[Rename], in_translation: bool = False) -> None:
        """`known` are the renames that the save's story knew. `in_translation`: a mark (a hash of a choice's text) can
        be of a translated text, as in format 1."""
        self._story, self._known, self._in_translation = story, known, in_translation
        self.changed = any(id not in known for id in story.renames)
        self._names: dict[str, Names] = {}

    def migrate(self, entry: Entry, mark: str) -> tuple[tuple[Entry, ...], bool]:
        """Find the ids of a save's entry in today's story. `mark` is a hash of its choice's text, kept in the save.

        Return one entry with today's ids, or none if its node is gone, and whether only the text led to it. If the
        choice is gone or in doubt, return an entry with GONE (no choice) for each node that can be the saved one.
        """
        found = self._named(entry, mark)
        if mark and not any(self.matches(candidate, mark) for candidate in found):
            for candidate in found:
                node = self._story.nodes[candidate.node]
                same = [choice.id for choice in node.choices if self.matches(Entry(node.full_id, choice.id), mark)]
                if len(same) == 1:
                    return (Entry(node.full_id, same[0]),), True
        return found, False

    def matches(self, entry: Entry, mark: str) -> bool:
        """Return whether the mark of a saved entry fits today's text of `entry`, which has today's ids."""
        return mark == mark_of(self._story, entry) or (
            self._in_translation and mark == mark_of(self._story, entry, translated=True)
        )

    def pages(self, node: str) -> set[str]:
        """Return the full ids that a node of the save may have today; empty if the node is gone."""
        return {entry.node for entry in self._named(Entry(node, LEAVE), "")}

    def chapter(self, id: str) -> str:
        """Return today's id of a chapter; "" if the chapter is gone."""
        found = self._chapters().get(id, ())
        return min(found, key=lambda named: not named[1])[0] if found else ""

    def _named(self, entry: Entry, mark: str) -> tuple[Entry, ...]:
        if entry.take == SKIP:
            return self._skipped(*entry.node.partition(".")[::2])
        if not self.changed:
            return (entry,) if entry.node in self._story.nodes else ()
        nodes = self._nodes(entry.node)
        found = [
            (Entry(node.full_id, take), sure and certain)
            for node, sure in nodes
            for take, certain in self._takes(node, entry.take)
        ]
        found.sort(key=lambda pair: not pair[1])
        for candidate, _ in found:
            if mark and self.matches(candidate, mark):
                return (candidate,)
        for candidate, sure in found:
            if sure or candidate.take in (CONTINUE, LEAVE):  # these two decide nothing
                return (candidate,)
        likely = [node for node, sure in nodes if sure] or [node for node, _ in nodes]
        return tuple(Entry(node.full_id, GONE) for node in likely)

    def _skipped(self, chapter_name: str, node: str) -> tuple[Entry, ...]:
        """Return the entry of a skip in today's story: on the save's page `node`, or on the chapter's first page if
        `node` is gone. `chapter_name` is the chapter's id in the save."""
        chapters = [(self._story.chapters[id], sure) for id, sure in self._chapters().get(chapter_name, ())]
        return tuple(
            Entry((chapter.nodes.get(node) or next(iter(chapter.nodes.values()))).full_id, SKIP if sure else GONE)
            for chapter, sure in sorted(chapters, key=lambda named: not named[1])[:1]
            if chapter.nodes
        )

    def _chapters(self) -> Names:
        return self._siblings("", self._story.chapters.values(), [""])

    def _nodes(self, full_id: str) -> list[tuple[Node, bool]]:
        chapters, (chapter_name, _, node_name) = self._story.chapters, full_id.partition(".")
        return [
            (chapters[chapter].nodes[node], sure and certain)
            for chapter, sure in self._chapters().get(chapter_name, ())
            for node, certain in self._nodes_of(chapters[chapter]).get(node_name, ())
        ]

    def _nodes_of(self, chapter: Chapter) -> Names:
        return self._siblings(chapter.id, chapter.nodes.values(), _ever([""], chapter))

    def _takes(self, node: Node, take: str) -> list[tuple[str, bool]]:
        chapter = self._story.chapters[node.full_id.partition(".")[0]]
        chosen = self._siblings(node.full_id, node.choices, _ever(_ever([""], chapter), node)).get(take, ())
        offered = take in (SKIP, LEAVE) or (take == CONTINUE and not node.choices)
        return [*chosen, (take, True)] if offered else list(chosen)

    def _siblings(self, parent: str, parts: Iterable[Part], above: Sequence[str]) -> Names:
        """Return what each id in a save means today, if it is an id of one of `parts`. All `parts` have one `parent` (a
        full id; "" for chapters); `above` has all full ids that the parent ever had."""
        if parent not in self._names:
            self._names[parent] = _names({part.id: self._since(part, above) for part in parts})
        return self._names[parent]

    def _since(self, part: Part, above: Sequence[str]) -> list[str]:
        """Return the part's former ids whose rename the save's story did not know."""
        ever = _ever(above, part)
        return [name for name in part.was if name != part.id and not any((id, name) in self._known for id in ever)]


def _ever(above: Sequence[str], part: Part) -> list[str]:
    """Return every full id that a part has or had. `above` holds every full id that the part's parent has or had."""
    return [f"{parent}.{name}" if parent else name for parent in above for name in (part.id, *part.was)]


def _names(since: Mapping[str, Sequence[str]]) -> Names:
    kept = {id for id, former in since.items() if not former}
    names = {id: [(id, True)] for id in kept}
    for id, former in since.items():
        for name in former:
            names.setdefault(name, []).append((id, name not in kept))
        if former:  # not sure: its `was` may be late or wrong
            names.setdefault(id, []).append((id, kept.issuperset(former)))
    return names


@cache
def mark_of_text(said: str) -> str:
    """Return a short hash of a choice's text, by which a save recognises the choice."""
    return hashlib.blake2b(said.encode(), digest_size=4).hexdigest()


def mark_of(story: Story, entry: Entry, translated: bool = False) -> str:
    """Return the mark of an entry's choice; "" if the entry is not a choice. The mark is a hash of the choice's
    original text, or with `translated` of the text in the story's language."""
    node = story.nodes.get(entry.node)
    if node is None or entry.take in RESERVED:
        return ""
    for choice in node.choices:
        if choice.id == entry.take:
            return mark_of_text(choice.say if translated else story.original_of(choice))
    return ""
