"""A task of the debrief: the reader places decisions, and may then compare them with the author's view.

Nothing here is right or wrong: what the reader placed stands as it was placed, and the view beside it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from game.play.debrief_sections import Section
from game.story.debrief import PlacedDecision, PlacingTask
from game.ui.components.parts import button, marked
from game.ui.i18n import Catalogue
from game.ui.state import ScreenView
from game.ui.tree import Action, TreeNode

Sources = Callable[[Iterable[str], int], tuple[TreeNode, ...]]


def task(words: Catalogue, view: ScreenView, section: Section, sources: Sources) -> Iterator[TreeNode]:
    """A section's task. `sources` makes the links to the facts of its n-th decision."""
    placing, compared = section.placing, section.id in view.compared
    if placing is None:
        return
    for number, decision in enumerate(placing.decisions):
        seen = (_author_view(words, placing, decision, sources(decision.facts, number)),) if compared else ()
        yield TreeNode("group", f"decision-{decision.id}", f"{number + 1}. {decision.text}", style="decision",
                   children=(*_places(words, view, section.id, placing, decision), *seen))  # fmt: skip


def compare_button(words: Catalogue, view: ScreenView, section: Section) -> TreeNode:
    """Shows and hides the author's view of a section's task."""
    label = words("placing.hide" if section.id in view.compared else "placing.compare")
    return button("compare", label, section.id)


def after(view: ScreenView, section: Section) -> Iterator[TreeNode]:
    """What stands below all else; below a task it would say too much before the reader has compared."""
    if section.placing is None or section.id in view.compared:
        yield from (marked(text, f"after-{i}") for i, text in enumerate(section.after))


def _places(
    words: Catalogue, view: ScreenView, task: str, placing: PlacingTask, decision: PlacedDecision
) -> Iterator[TreeNode]:
    for id, name in placing.places.items():
        target = f"{task}.{decision.id}.{id}"
        here = target in view.placed
        yield TreeNode("button", f"place:{target}", name, action=Action("place", target), chosen=here,
                   value=words("placing.here") if here else "", hint=words("placing.take" if here else "placing.put"),
                   style="place")  # fmt: skip


def _author_view(
    words: Catalogue, placing: PlacingTask, decision: PlacedDecision, links: tuple[TreeNode, ...]
) -> TreeNode:
    """Where the author would place a decision, and why."""
    places = words("page.dateline.join").join(placing.places[at] for at in decision.at)
    return TreeNode(
        "group",
        f"view-{decision.id}",
        words("placing.view", places=places),
        value=decision.why,
        style="view",
        children=links,
    )
