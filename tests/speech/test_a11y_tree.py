"""A screen reader gets everything that can be read and pressed, each thing once and with a name."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.play import Playthrough
from game.speech.a11y_tree import A11yNode, build_a11y_tree, focused, intent, walk_a11y
from game.speech.accesskit_nodes import WINDOW, NodeNumbers, tree_update
from game.speech.announcer import announce_screen
from game.story.model import Story
from game.ui.i18n import Catalogue
from game.ui.intents import Activate, Focus, FocusStep, PickNumber, Press, SwitchVoice
from game.ui.layout.geometry import Rect
from game.ui.line_edit import LineEdit
from game.ui.screens.registry import render_view
from game.ui.settings import Settings
from game.ui.state import AppState, ScreenView
from game.ui.tree import Action, TreeNode, choices, find, focus_order, walk
from game.ui.update import start, update
from tests.speech.stand_ins import Player
from tests.ui.stand_ins import wandered

READ = ("heading", "paragraph", "status", "image")
SCREENS = [
    *map(ScreenView, ("title", "about", "pause", "settings", "slots-store", "slots-fetch", "share")),
    ScreenView("term", "work-points"), ScreenView("message", "A line."), ScreenView("look-back", "0"),
    ScreenView("fact", "scrap"), ScreenView("fact", "invented"), ScreenView("code", line=LineEdit("RB6C", 2)),
    ScreenView("confirm", "begin", pending=Action("really-begin", "miller")),
]  # fmt: skip


def reading(story: Story, words: Catalogue, p: Playthrough, *over: ScreenView) -> AppState:
    return AppState(story, words, Settings(), (ScreenView("title"), ScreenView("reading"), *over), p)


def of(screen: A11yNode, node_id: str) -> A11yNode:
    return next(thing for thing in walk_a11y(screen) if thing.key == node_id)


def holds_all(tree: TreeNode, screen: A11yNode) -> None:
    things = list(walk_a11y(screen))
    assert len({thing.key for thing in things}) == len(things), "each has a key of its own"
    pressed = {thing.node for thing in things if "CLICK" in thing.actions and "FOCUS" in thing.actions}
    assert pressed == set(focus_order(tree)), "what takes the focus can be gone to and pressed, and nothing else"
    for thing in things:
        if {"CLICK", "FOCUS"} & set(thing.actions):
            assert thing.label, f"{thing.key} has a name"
        assert thing.label or thing.role != "LABEL", f"{thing.key} is no empty text"
        for action in thing.actions:
            wanted = intent(action, find(tree, thing.node))
            assert wanted is not None or action == "SCROLL_INTO_VIEW"
    text = "\n".join(text for thing in things for text in (thing.label, thing.description))
    for node in walk(tree):
        assert node.role not in READ or node.style == "original" or node.label in text, f"{node.id} can be read"
    assert focused(screen, None) in {thing.key for thing in things}


@given(st.integers(0, 10_000), st.data())
def test_every_page_can_be_read_and_pressed(shipped: Story, words: Catalogue, seed: int, data: st.DataObject) -> None:
    p = data.draw(st.sampled_from(wandered(shipped, seed)))
    app = reading(shipped, words, p)
    tree = render_view(app, app.top)
    screen = build_a11y_tree(tree, words, "en")
    holds_all(tree, screen)
    slips = [thing for thing in walk_a11y(screen) if thing.place is not None]
    options = [slip for slip in choices(tree) if slip.style != "continue"]
    if len(options) > 1:
        assert [thing.place for thing in slips] == [(at, len(options)) for at in range(1, len(options) + 1)]
        assert [thing.label for thing in slips] == [f"{slip.level}: {slip.label}" for slip in options]


def test_every_other_screen_can_be_read_and_pressed(mill: Story, words: Catalogue) -> None:
    p = wandered(mill, 1, "miller")[-1]
    talk = [ScreenView("debrief", str(at)) for at in range(len(mill.debrief))]
    for view in [*SCREENS, *talk]:
        app = reading(mill, words, p, view)
        tree = render_view(app, app.top)
        holds_all(tree, build_a11y_tree(tree, words, "en"))


def test_the_focus_is_where_the_keys_have_it_or_at_the_top(mill: Story, words: Catalogue) -> None:
    p = next(p for p in wandered(mill, 1, "miller") if len(p.page.choices) > 1)
    app = reading(mill, words, p)
    screen = build_a11y_tree(render_view(app, app.top), words, "en")
    assert of(screen, focused(screen, None)).role == "HEADING"
    first = f"choice:{p.page.choices[0].id}"
    assert focused(screen, first) == first
    assert of(screen, focused(screen, "gone")).role == "HEADING"


def test_a_line_of_two_languages_is_texts_without_the_marks_between_them(words: Catalogue) -> None:
    date = TreeNode("date", "date", "1958 · 粮, 食 · the yard", value="大炼钢铁")
    term = TreeNode("paragraph", "original", "工分 · gōngfēn", style="original")
    screen = build_a11y_tree(TreeNode("screen", "reading", children=(date, term)), words, "en")
    parts = [(thing.label, thing.language) for thing in walk_a11y(screen) if thing.role == "LABEL"]
    assert parts == [("1958", ""), ("粮", "zh"), ("食", "zh"), ("the yard", ""), ("大炼钢铁", "zh"), ("工分", "zh"),
                     ("gōngfēn", "")]  # fmt: skip


def test_a_setting_has_its_value_and_goes_both_ways(mill: Story, words: Catalogue) -> None:
    app = start(mill, words).pushed(ScreenView("settings"))
    tree = render_view(app, app.top)
    row = of(build_a11y_tree(tree, words, "en"), "setting:text_scale")
    assert (row.role, row.value) == ("COMBO_BOX", "100 %")
    assert [option.label for option in row.children if option.chosen] == ["100 %"]
    for action, scale in (("INCREMENT", 120), ("DECREMENT", 100), ("CLICK", 120)):
        wanted = intent(action, find(tree, row.node))
        assert wanted is not None
        app, _ = update(app, wanted)
        assert app.settings.text_scale == scale
    assert intent("CLICK", find(tree, "set:text_scale=150")) == Press("set:text_scale=150")


def test_what_is_placed_is_a_button_that_is_down(words: Catalogue) -> None:
    here = TreeNode("button", "place:a", "His", action=Action("place", "a"), chosen=True, style="place")
    there = TreeNode("button", "place:b", "Hers", action=Action("place", "b"), style="place")
    screen = build_a11y_tree(TreeNode("screen", "debrief", children=(here, there)), words, "en")
    assert [of(screen, key).chosen for key in ("place:a", "place:b")] == [True, False]


def test_what_is_typed_stands_in_its_field(mill: Story, words: Catalogue) -> None:
    view = ScreenView("code", line=LineEdit("RB6CQ", 5), focus="field")
    app = start(mill, words).pushed(view)
    field = of(build_a11y_tree(render_view(app, app.top), words, "en"), "field")
    assert field.role == "TEXT_INPUT" and field.caret is not None
    assert field.value[: field.caret].replace("-", "") == "RB6CQ"


def test_actions_on_missing_nodes_do_nothing() -> None:
    assert intent("CLICK", None) is None
    assert intent("CLICK", TreeNode("paragraph", "p", "Text.")) is None
    assert intent("INCREMENT", TreeNode("button", "b", "B", action=Action("back"))) is None
    assert intent("FOCUS", TreeNode("heading", "h", "H")) == Focus(None)


# Another screen, announced


def listener(story: Story, words: Catalogue, settings: Settings | None = None) -> Player:
    return Player(story, words, settings or Settings(), announce_screen)


def test_another_page_is_announced_whole_and_a_move_is_not(mill: Story, words: Catalogue) -> None:
    listening = listener(mill, words)
    listening.does(Press("new:miller"))
    lines = listening.does(Activate())
    page = listening.app.current.page
    assert lines[0] == f"{page.when} · {page.place}." and f"{page.title}." in lines[:3]
    assert all(any(paragraph.text in line for line in lines) for paragraph in page.paragraphs)
    assert listening.does(FocusStep(1)) == []


def test_of_a_menu_the_title_and_the_focus_are_enough(mill: Story, words: Catalogue) -> None:
    listening = listener(mill, words)
    lines = listening.does(Press("settings"))
    assert len(lines) <= 3 and lines[0] == "Settings." and "Text size" not in " ".join(lines[2:])


def test_self_voicing_silences_announcements(mill: Story, words: Catalogue) -> None:
    listening = listener(mill, words, Settings(voice="on"))
    assert listening.does(Press("new:miller"), Activate()) == []
    listening.does(SwitchVoice())
    assert listening.does(Press("undo"), PickNumber(1)) != []


# AccessKit's own objects


@pytest.fixture
def numbers() -> NodeNumbers:
    numbers = NodeNumbers()
    numbers.on("a page")
    return numbers


def test_ids_are_stable_on_a_screen_and_never_reused(numbers: NodeNumbers) -> None:
    """So late requests find no node; not even an equal-looking node has the same id."""
    first = numbers.of("choice:a")
    numbers.on("a page")
    assert numbers.of("choice:a") == first and numbers.key(first) == "choice:a"
    numbers.on("the next")
    assert numbers.key(first) is None
    assert numbers.of("choice:a") not in (first, WINDOW)


def test_a_page_is_accesskits_tree(mill: Story, words: Catalogue, numbers: NodeNumbers) -> None:
    accesskit = pytest.importorskip("accesskit")
    p = next(p for p in wandered(mill, 1, "miller") if len(p.page.choices) > 1)
    app = reading(mill, words, p)
    tree = render_view(app, app.top)
    screen = build_a11y_tree(tree, words, "en", announced="The Yard. October.")
    slip = f"choice:{p.page.choices[0].id}"
    bounds = {"reading": Rect(10, 20, 300, 400), slip: Rect(30, 300, 200, 50)}
    made = tree_update(screen, focused(screen, None), mill.title, (640, 480), bounds, numbers)
    nodes = dict(made.nodes)
    assert len(nodes) == len(made.nodes) == 1 + len(list(walk_a11y(screen)))
    under = [child for node in nodes.values() for child in node.children]
    assert sorted([WINDOW, *under]) == sorted(nodes), "everything hangs in one tree"
    assert nodes[WINDOW].role == accesskit.Role.WINDOW and nodes[WINDOW].label == mill.title
    assert nodes[made.focus].role == accesskit.Role.HEADING and nodes[made.focus].label == p.page.title
    button = nodes[numbers.of(slip)]
    rect = button.bounds
    assert (rect.x0, rect.y0, rect.x1, rect.y1) == (30, 300, 230, 350)
    assert (button.position_in_set, button.size_of_set) == (1, len(p.page.choices))
    assert button.supports_action(accesskit.Action.CLICK) and button.language == "en"
    prose = nodes[numbers.of("prose-0")].bounds
    assert (prose.x0, prose.y0) == (10, 20), "what is nowhere by itself is where the one around it is"
    last = nodes[numbers.of("announced")]
    assert (last.value, last.live) == ("The Yard. October.", accesskit.Live.POLITE)


def test_a_field_is_a_line_with_a_caret(numbers: NodeNumbers, words: Catalogue) -> None:
    pytest.importorskip("accesskit")
    field = TreeNode("field", "field", "Code", value="RB6C-Q", caret=5, action=Action("open-code"))
    screen = build_a11y_tree(TreeNode("screen", "code", "Code", children=(field,)), words, "en")
    nodes = dict(tree_update(screen, "field", "T", (640, 480), {}, numbers).nodes)
    box = nodes[numbers.of("field")]
    (line,) = box.children
    assert nodes[line].value == box.value == "RB6C-Q"
    assert list(nodes[line].character_lengths) == [1] * 6
    assert (box.text_selection.focus.node, box.text_selection.focus.character_index) == (line, 5)
