"""The task of the talk: what a reader places stands as placed, and the author's view comes when it is asked for."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.play import begin, save
from game.play.talk import talk_screens
from game.story.model import Story
from game.terminal import keys_of, render
from game.ui import intents
from game.ui.i18n import Catalogue
from game.ui.layout.page_layout import layout
from game.ui.screens.registry import render_top
from game.ui.settings import Settings
from game.ui.state import AppState, ScreenView
from game.ui.tree import TreeNode, find, focus_order, to_json, walk
from game.ui.update import update
from tests.ui.stand_ins import SCALES, SIZES, Ruler, check_layout, wandered

TASK, DECISIONS, PLACES = "where", ["list", "bowl"], ["gate", "hall"]
TARGETS = [f"{TASK}.{decision}.{place}" for decision in DECISIONS for place in PLACES]


@pytest.fixture
def app(mill: Story, words: Catalogue) -> AppState:
    """On the page of the debrief with the task, after a whole reading."""
    p = wandered(mill, 3, "miller")[-1]
    return at_task(AppState(mill, words, playthrough=p, views=(ScreenView("title"), ScreenView("reading"))))


def at_task(app: AppState, task: str = TASK) -> AppState:
    """The interface with the talk open at a task."""
    assert app.playthrough is not None
    screens = [[one.id for one in screen.sections] for screen in talk_screens(app.playthrough)]
    at = next(at for at, sections in enumerate(screens) if task in sections)
    return app.pushed(ScreenView("debrief", str(at)))


def after(app: AppState, *pressed: str) -> AppState:
    """The interface after pressing these, each of which is there."""
    for node in pressed:
        assert find(render_top(app), node), f"{node} is not among {focus_order(render_top(app))}"
        app, effects = update(app, intents.Press(node))
        assert effects == ()
    return app


def placed(app: AppState) -> set[str]:
    """What is shown as placed."""
    return {
        node.action.target
        for node in walk(render_top(app))
        if node.action and node.action.verb == "place" and node.chosen
    }


def labels(app: AppState) -> str:
    """Every word on the screen."""
    return "\n".join(f"{node.label} {node.value}" for node in walk(render_top(app)))


def test_each_decision_can_be_placed_at_each_place(app: AppState) -> None:
    """Every decision has a button for every place, in the order of the story, and nothing is placed beforehand."""
    order = focus_order(render_top(app))
    assert [node for node in order if node.startswith("place:")] == [f"place:{target}" for target in TARGETS]
    assert placed(app) == set()


@given(st.lists(st.sampled_from(TARGETS), max_size=12))
def test_what_is_pressed_is_placed_or_taken_away_and_nothing_else(
    mill: Story, words: Catalogue, presses: list[str]
) -> None:
    """A decision may stand at several places; pressing again takes it away; the reading is as it was."""
    p = begin(mill, "miller").leave()
    app = at_task(AppState(mill, words, playthrough=p))
    app = after(app, *(f"place:{target}" for target in presses))
    assert placed(app) == {target for target in TARGETS if presses.count(target) % 2}
    assert app.playthrough is p
    assert "placed" not in str(save(p))


def test_the_view_comes_only_when_it_is_asked_for(app: AppState) -> None:
    """Before that no word of it stands on the screen; after it each decision has it; it can be put away again."""
    why, below = "Both had a hand in it.", "Then choose one of the two."
    assert why not in labels(app) and below not in labels(app)
    app = after(app, "place:where.list.hall", "compare:where")
    assert why in labels(app) and below in labels(app)
    assert find(render_top(app), "view-list").value == why  # type: ignore[union-attr]
    assert "At the gate · In the hall" in labels(app)
    assert placed(app) == {"where.list.hall"}
    assert app.top.focus == "compare:where", "it can be pressed again at once"
    app = after(app, "compare:where")
    assert why not in labels(app) and placed(app) == {"where.list.hall"}


def test_nothing_tells_whether_it_agrees(app: AppState) -> None:
    """A place where the author would put it looks and reads like one where nobody would."""
    same, other = (after(app, f"place:where.bowl.{place}", "compare:where") for place in PLACES)

    def told(app: AppState) -> list[TreeNode]:
        return [node for node in walk(render_top(app)) if not node.id.startswith("place:") or not node.chosen]

    assert [node.label for node in told(same) if node.role == "paragraph"] == [
        node.label for node in told(other) if node.role == "paragraph"
    ]
    for one, place in ((same, "gate"), (other, "hall")):
        button = find(render_top(one), f"place:where.bowl.{place}")
        assert button is not None
        assert (button.style, button.value) == ("place", "placed here")


def test_a_view_s_facts_open_their_source(app: AppState) -> None:
    """The card lies over the task, and closing it comes back to everything as it stood."""
    app = after(app, "place:where.list.gate", "compare:where")
    source = next(node for node in focus_order(render_top(app)) if node.startswith("sources@"))
    sheet = after(app, source)
    assert sheet.top.screen == "sources"
    card = after(sheet, "fact:scrap")
    assert card.top.screen == "fact"
    assert placed(after(card, "back", "back")) == {"where.list.gate"}


def test_what_was_placed_stands_until_the_talk_is_left(app: AppState) -> None:
    """Leafing to another part and back keeps it; whoever comes to the talk anew begins with nothing placed."""
    at = int(app.top.argument)
    app = after(app, "place:where.list.gate", f"section:{at - 1}", f"section:{at}")
    assert placed(app) == {"where.list.gate"}
    app, _ = update(app, intents.Back())
    app, _ = update(app, intents.Press("debrief"))
    for part in range(1, at + 1):
        app = after(app, f"section:{part}")
    assert placed(app) == set()


def test_two_keys_are_enough(app: AppState) -> None:
    """Going on and choosing reach every place and the comparison."""
    for _ in range(40):
        app, _ = update(app, intents.FocusStep(1))
        if app.top.focus == "place:where.bowl.hall":
            break
    app, _ = update(app, intents.Activate())
    assert placed(app) == {"where.bowl.hall"}
    assert app.top.focus == "place:where.bowl.hall", "the focus stays where it was pressed"


def test_the_terminal_prints_the_task_as_a_list(app: AppState) -> None:
    """Each decision with a key for each place, a mark behind what is placed, and the view under it."""
    app = after(app, "place:where.list.hall", "compare:where")
    shown = render_top(app)
    text = render(shown, keys_of(shown), 78)
    assert "1. What is on the list." in text
    line = next(line for line in text.splitlines() if "At the gate" in line and "[" in line)
    assert "In the hall ✓" in line and "At the gate ✓" not in line
    assert text.index("Our answer: At the gate · In the hall.") < text.index("2. Whose bowl is filled.")


def test_the_task_stands_in_json(app: AppState) -> None:
    """What is read from the tree by a program has each place, what is placed, and the view."""
    whole = str(to_json(render_top(after(app, "place:where.list.hall", "compare:where"))))
    assert "'place:where.list.hall'" in whole and "'chosen': True" in whole and "Both had a hand in it." in whole


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("scale", SCALES)
def test_it_has_room_at_every_size(size: tuple[int, int], scale: int, app: AppState) -> None:
    """Before and after comparing, nothing runs off, overlaps, or is too small to be pressed."""
    for one in (app, after(app, "place:where.list.hall", "compare:where")):
        settings = Settings(text_scale=scale)
        check_layout(render_top(one), layout(render_top(one), size, settings, Ruler()))


def test_the_shipped_task_has_seven_decisions_and_four_places(shipped: Story, words: Catalogue) -> None:
    """After any reading all of them can be pressed, and after comparing each has its view with a source."""
    chance = random.Random(5)
    p = begin(shipped, "official")
    while not p.over:
        p = p.choose(chance.choice(p.page.choices).id)
    app = after(at_task(AppState(shipped, words, playthrough=p), "seven-decisions"), "compare:seven-decisions")
    assert sum(node.id.startswith("place:") for node in walk(render_top(app))) == 28
    views = [node for node in walk(render_top(app)) if node.style == "view"]
    assert len(views) == 7 and all(view.children for view in views)


def test_a_place_says_what_pressing_it_does(app: AppState) -> None:
    """It puts the decision there, and takes away what is there."""
    target = f"place:{TARGETS[0]}"
    before, then = app, after(app, target)
    hints = [find(render_top(one), target).hint for one in (before, then)]  # type: ignore[union-attr]
    assert hints == [app.words("placing.put"), app.words("placing.take")]
