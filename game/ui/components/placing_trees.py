"""Trees of a `PlacingTask`. The reader gives each decision its places (answers), and may then see the author's."""

from __future__ import annotations

from collections.abc import Iterator

from game.story.debrief import PlacedDecision, PlacingTask
from game.story.model import Story
from game.ui.components.citations import sources_link
from game.ui.components.parts import button
from game.ui.i18n import Catalogue
from game.ui.state import AppState, ScreenView
from game.ui.tree import Action, TreeNode


def placing_nodes(app: AppState, view: ScreenView, task: str, placing: PlacingTask) -> Iterator[TreeNode]:
    """Yield a task's decisions, each with its places. No answer is called right or wrong."""
    words = app.words
    numbered = len(placing.decisions) > 1 and placing.rule != "in-order"
    for number, decision in enumerate(placing.decisions):
        parts = [*_places(words, view, task, placing, decision)]
        if task in view.compared:
            places = words.joined(*(placing.places[at] for at in decision.at))
            links = sources_link(app.story, words, decision.facts, f"sources@{number}")
            parts.append(TreeNode("group", f"view-{decision.id}", words("placing.view", places=places),
                                  value=decision.why, style="view", children=links))  # fmt: skip
        label = f"{number + 1}. {decision.text}" if numbered else decision.text
        yield TreeNode("group", f"decision-{decision.id}", label, style="decision", children=tuple(parts))


def compare_button(words: Catalogue, view: ScreenView, task: str) -> TreeNode:
    """Build the button that shows or hides the author's view of a task."""
    return button("compare", words("placing.hide" if task in view.compared else "placing.compare"), task)


def placed_after(story: Story, placed: frozenset[str], target: str) -> frozenset[str]:
    """Return `ScreenView.placed` after the reader pressed the place `target` (`task.decision.place`). The
    task's rule can allow a decision only one place, or a place only one decision. Then the old one is removed."""
    task, decision, place = target.split(".")
    mine = frozenset(text for text in placed if text.startswith(f"{task}."))
    before = frozenset((text.split(".")[1], text.split(".")[2]) for text in mine)
    after = _placing(story, task).placed(before, decision, place)
    return placed - mine | {f"{task}.{decision}.{at}" for decision, at in after}


def _placing(story: Story, task: str) -> PlacingTask:
    if story.desk is not None and task in story.desk.tasks:
        return story.desk.tasks[task].placing
    return next(part.placing for part in story.debrief if part.id == task and part.placing is not None)


def _places(
    words: Catalogue, view: ScreenView, task: str, placing: PlacingTask, decision: PlacedDecision
) -> Iterator[TreeNode]:
    for id, name in placing.places.items():
        target = f"{task}.{decision.id}.{id}"
        here = target in view.placed
        yield TreeNode("button", f"place:{target}", name, action=Action("place", target), chosen=here,
                   value=words("placing.here") if here else "", hint=words("placing.take" if here else "placing.put"),
                   style="place")  # fmt: skip
