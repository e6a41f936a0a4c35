"""Check a whole story for cycles, missing endings, and chapters of one date that depend on each other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import permutations

from game.core.findings import Finding
from game.story.chapter_mode import cut_plays
from game.story.model import NEXT, Story
from game.story.satisfiable import Satisfiability
from game.story.traversal import branches, read_variables, recalled_ids, written_variables
from game.yamlio.reader import Document

MAX_RANGE = 20_000  # the most values of one variable; a harvest in sacks has fewer


def check_flow(story: Story, pack: Document, documents: Mapping[str, Document]) -> list[Finding]:
    """Report on the flow of a story whose parts are valid. `documents` maps each chapter's id to its file."""
    return [
        *_variables(story, pack),
        *_circles(story, documents),
        *_chapters(story, documents),
        *_ends(story, pack, documents),
        *_dates(story, documents),
    ]


def _variables(story: Story, pack: Document) -> Iterator[Finding]:
    for variable in story.variables.values():
        if variable.kind == "int" and (
            variable.low is None or variable.high is None or variable.high - variable.low > MAX_RANGE
        ):
            problem = f"`{variable.name}` has a wide range"
            remedy = f"Give it `min` and `max` no more than {MAX_RANGE} apart, so that playthroughs stay countable."
            yield pack.finding("WG603", ("variables", variable.name), problem, remedy, on_key=True)


def _circles(story: Story, documents: Mapping[str, Document]) -> Iterator[Finding]:
    """Report cycles of nodes without a choice, by a depth-first search in each chapter."""
    for chapter in story.chapters.values():
        ways = {
            node.full_id: [branch.to for branch in node.goto if branch.to != NEXT]
            for node in chapter.nodes.values()
            if not node.choices
        }
        done: set[str] = set()
        path: dict[str, Iterator[str]] = {}
        for start in ways:
            if start not in done:
                path[start] = iter(ways[start])
            while path:
                at, onward = next(reversed(path.items()))
                to = next(onward, None)
                if to is None:
                    done.add(at)
                    del path[at]
                elif to in path:
                    names = [id.split(".")[1] for id in path]
                    circle = [*names[list(path).index(to) :], to.split(".")[1]]
                    back = next(i for i, branch in enumerate(chapter.nodes[names[-1]].goto) if branch.to == to)
                    problem = f"these nodes lead in a circle without a choice: {' -> '.join(circle)}"
                    remedy = "Give one of them a choice, or another `goto`."
                    yield documents[chapter.id].finding(
                        "WG501", ("nodes", names[-1], "goto", back, "to"), problem, remedy
                    )
                    done.update(path)
                    path.clear()
                elif to in ways and to not in done:
                    path[to] = iter(ways[to])


def _chapters(story: Story, documents: Mapping[str, Document]) -> Iterator[Finding]:
    cuts = story.cuts.values()
    satisfiability = Satisfiability(story)
    for chapter in story.chapters.values():
        document = documents[chapter.id]
        if chapter.nodes and chapter.place is None:
            remedy = "Add `place:`."
            yield document.finding("WG601", ("chapter",), f"`{chapter.id}` has no place, so it has no picture", remedy)
        untold = chapter.role is not None and (len(story.roles) > 1 or any(not cut_plays(cut, chapter) for cut in cuts))
        if chapter.skip is None and untold:
            problem = f"`{chapter.id}` has no `skip`, so it vanishes where it is not played"
            yield document.finding("WG602", ("chapter",), problem, "Add `skip:`.")
        if chapter.note and chapter.skip is None:
            remedy = "Add `skip:`."
            yield document.finding("WG508", ("note",), "the chapter has a content note but cannot be skipped", remedy)
        brief = any(cut.brief and cut_plays(cut, chapter) for cut in cuts)
        for id, node in chapter.nodes.items():
            conditions = [choice.condition for choice in node.choices if choice.condition]
            if node.choices and len(conditions) == len(node.choices) and not satisfiability.is_exhaustive(conditions):
                problem = f"every choice of `{node.full_id}` has a condition"
                remedy = "Leave one always open, or be sure that one always is."
                yield document.finding("WG506", ("nodes", id, "choices"), problem, remedy, on_key=True)
            if brief and node.text and node.in_brief and not node.brief:
                problem = f"`{node.full_id}` has no `brief`, and a brief cut plays it"
                yield document.finding("WG604", ("nodes", id), problem, "Add `brief:`.", on_key=True)


def _ends(story: Story, pack: Document, documents: Mapping[str, Document]) -> Iterator[Finding]:
    for role in story.roles:
        mine = [chapter for id in story.order if (chapter := story.chapters[id]).nodes and chapter.role in (role, None)]
        if not any(node.end for chapter in mine for node in chapter.nodes.values()):
            remedy = "Give a node of its last chapter `end:`."
            yield pack.finding("WG504", ("roles", role), f"the role `{role}` has no ending", remedy, on_key=True)
        for cut in story.cuts.values():
            last = next((chapter for chapter in reversed(mine) if cut_plays(cut, chapter)), None)
            if last is None:
                continue
            for id, node in last.nodes.items():
                if any(branch.to == NEXT for branch in branches(node)):
                    problem = f"`{node.full_id}` goes on to `next`, but is the last of the cut `{cut.id}` for `{role}`"
                    remedy = "Lead it to an ending."
                    yield documents[last.id].finding("WG505", ("nodes", id), problem, remedy, on_key=True)


def _dates(story: Story, documents: Mapping[str, Document]) -> Iterator[Finding]:
    """Report chapters that use what another chapter of their date decides: two roles may play both at the same time."""
    for date in story.calendar:
        for reader, writer in permutations(date, 2):
            chapter = story.chapters[reader]
            shared = sorted(read_variables(chapter, story) & written_variables(story.chapters[writer]))
            shared += sorted(id for id in recalled_ids(chapter, story) if id.startswith(f"{writer}."))
            for item in shared:
                problem = f"`{reader}` reads `{item}`, which `{writer}` decides on the same date"
                remedy = "Let one of them read or decide it on another date."
                yield documents[reader].finding("WG507", ("chapter",), problem, remedy)
