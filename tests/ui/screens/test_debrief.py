"""The talk on its screens: each choice has its outcome, and parts from elsewhere say so."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.play import Playthrough, begin, debrief, save
from game.play.talk import talk_screens
from game.story.model import Story
from game.terminal import keys_of, render
from game.ui import intents
from game.ui.i18n import Catalogue
from game.ui.screens.registry import render_top
from game.ui.settings import Settings
from game.ui.state import AppState, ScreenView
from game.ui.tree import Action, TreeNode, find, focus_order, numbered, walk
from game.ui.update import update
from tests.ui.app_driver import at_page, press, text_of
from tests.ui.stand_ins import SCALES, SIZES, Size, check_layout, laid_out, taken, wandered


def talk_at(words: Catalogue, p: Playthrough, section: str) -> AppState:
    """The talk, open at the screen with a section, over the last page."""
    screens = [[section.id for section in screen.sections] for screen in talk_screens(p)]
    at = next(at for at, sections in enumerate(screens) if section in sections)
    return at_page(words, p, ScreenView("debrief", str(at)))


def labels(app: AppState) -> str:
    return text_of(render_top(app))


after = partial(press, quiet=True)


@pytest.mark.parametrize("seed", range(6))
def test_each_choice_has_its_outcome_behind_it(seed: int, mill: Story, words: Catalogue) -> None:
    p = wandered(mill, seed, "miller")[-1]
    nodes = list(walk(render_top(talk_at(words, p, "path"))))
    way = next(section for section in debrief(p) if section.id == "path").way
    assert way is not None
    stations = [station for date in way.dates for station in date]
    forks = [fork for station in stations for fork in station.forks]
    changed = [
        f"{change.after}."
        for station in stations
        for change in (*(c for fork in station.forks if not fork.answer for c in fork.changes), *station.changes)
    ]
    shown = {style: [node for node in nodes if node.style == style] for style in ("outcome", "anyway", "change")}
    assert [node.label for node in shown["outcome"]] == [fork.answer.text for fork in forks if fork.answer]
    assert [node.spans[-1].text for node in shown["anyway"]] == [fork.anyway.text for fork in forks if fork.anyway]
    assert [node.label.split(". Now: ")[1] for node in shown["change"]] == changed


def test_the_talk_has_the_fate_and_card_of_everybody_met(mill: Story, words: Catalogue) -> None:
    app = talk_at(words, wandered(mill, 1, "miller")[-1], "people")
    fates = [node for node in walk(render_top(app)) if node.style == "fate"]
    assert [fate.children[0].action.target for fate in fates if fate.children[0].action] == ["ning", "lu-qi"]
    assert [node.label for node in fates[1].children] == [
        "Lu Qi", "the smith, who has no forge", "He went away on the ice, and nobody heard of him again.",
    ]  # fmt: skip
    card = press(app, "person:lu-qi")
    assert card.top.screen == "person" and "on the ice" not in labels(card)


def test_a_reader_who_stopped_sees_fates_only_after_a_press(mill: Story, words: Catalogue) -> None:
    def has_fates(app: AppState) -> bool:
        return any(node.style == "fate" for node in walk(render_top(app)))

    left = taken(mill, "continue", "give-wok").leave()
    said = words("debrief.people.left", place=words.joined(left.page.when, left.page.title))
    app = talk_at(words, left, "people")
    assert said in labels(app) and not has_fates(app)
    asked = after(app, "compare:people")
    assert has_fates(asked) and not has_fates(after(asked, "compare:people"))
    finished = talk_at(words, wandered(mill, 1, "miller")[-1], "people")
    assert has_fates(finished) and said not in labels(finished)


def talk(words: Catalogue, p: Playthrough) -> list[TreeNode]:
    views = [ScreenView("debrief", str(at)) for at in range(len(talk_screens(p)))]
    return [render_top(at_page(words, p, view)) for view in views]


def test_fates_stand_under_the_headings_of_their_groups(shipped: Story, words: Catalogue) -> None:
    p = wandered(shipped, 2, "villager")[-1]
    screens = ([*walk(screen)] for screen in talk(words, p))
    nodes = next(nodes for nodes in screens if any(node.style == "fate" for node in nodes))
    elsewhere = next(at for at, node in enumerate(nodes) if node.id == "heading-leaders")
    nodes, leaders = nodes[:elsewhere], nodes[elsewhere:]
    groups: list[tuple[str, list[str]]] = []
    for node in nodes:
        if node.id.startswith("people:"):
            groups.append((node.label, []))
        elif node.action and node.action.verb == "person":
            groups[-1][1].append(node.action.target)
    assert [name for name, _ in groups] == [name for name in shipped.people_groups.values() if name in dict(groups)]
    assert "guilan" in dict(groups)[shipped.people_groups["family"]]
    for _, several in groups:
        fixed = [len(shipped.people[person].fate) < 2 for person in several]
        assert fixed == sorted(fixed)
        assert "mao" not in several
    assert "person:mao" in [node.id for node in leaders]


def test_only_parts_from_elsewhere_say_so(shipped: Story, words: Catalogue) -> None:
    p = wandered(shipped, 2, "official", "kiosk")[-1]
    nodes = (node for screen in talk(words, p) for node in walk(screen))
    assert [node.id for node in nodes if words("debrief.outside") in node.label + node.value] == ["heading-how-many"]
    app = at_page(words, p, ScreenView("appendix", "- book"))
    assert any(words("debrief.outside") in node.value for node in walk(render_top(app)))


def test_the_shipped_talk_has_five_screens(shipped: Story, words: Catalogue) -> None:
    p = wandered(shipped, 2, "villager")[-1]
    screens = talk(words, p)
    assert [screen.id for screen in talk_screens(p)] == [
        "feelings", "what-happened", "people", "weighings", "today",
    ]  # fmt: skip
    for at, screen in enumerate(screens, 1):
        (main,) = (node.id for node in walk(screen) if node.style == "main")
        assert numbered(screen)[0].id == main == (f"section:{at}" if at < len(screens) else "new:official")


def test_the_way_has_date_deed_and_outcome_of_each_choice(shipped: Story, words: Catalogue) -> None:
    p = wandered(shipped, 2, "villager")[-1]
    way = next(section for section in debrief(p) if section.way is not None)
    steps = [node for screen in talk(words, p) for node in walk(screen) if node.style == "step"]
    steps = [step for step in steps if any(child.style == "deed" for child in step.children)]  # not what was skipped
    assert len(steps) == len(way.items)
    for step, item in zip(steps, way.items, strict=True):
        parts = {child.style: child for child in step.children}
        assert item.detail.startswith(parts["day"].label)
        shown = (parts["deed"].label, parts["outcome"].label, parts["anyway"].spans[-1].text)
        assert shown == (item.text, item.answer, item.anyway)
        if item.facts:
            assert parts["deed"].action == Action("sources", " ".join(item.facts))


@pytest.mark.parametrize("end", ["finished", "left", "second"])
def test_the_last_part_leads_on(end: str, mill: Story, words: Catalogue) -> None:
    p = next(line[-1] for line in (wandered(mill, seed, "miller") for seed in range(9)) if line[-1].finished)
    ways = ["new:clerk", "new:miller", "home"]
    if end == "left":
        p, ways = begin(mill, "miller").leave(), ways[1:]
    elif end == "second":
        p, ways = begin(mill, "clerk", earlier=p).leave(), ["new:clerk", "home"]
    if p.left:
        title = AppState(mill, words, playthrough=p)
        assert "Go back to “What really happened”" in labels(title)
        app = press(title, "continue")
    else:
        app = press(AppState(mill, words, playthrough=p, views=(ScreenView("reading"),)), "debrief")
    assert app.top.screen == "debrief"
    for at in range(1, len(talk_screens(p))):
        assert app.top.focus == f"section:{at}"
        app, _ = update(app, intents.Activate())
    assert [node.id for node in numbered(render_top(app))] == ways
    assert app.top.focus == ways[0]
    assert update(app, intents.Activate())[0].top.screen == "content-note"


def test_the_other_door_meets_what_was_decided_behind_the_first(mill: Story, words: Catalogue) -> None:
    p = wandered(mill, 1, "miller")[-1]
    first, last = (at_page(words, p, ScreenView("debrief", at)) for at in ("0", str(len(talk_screens(p)) - 1)))
    assert find(render_top(first), "new:clerk") is None
    way = find(render_top(last), "new:clerk")
    assert way is not None and f"you will meet what you decided as {mill.roles['miller'].name}" in way.value
    earlier = press(last, "new:clerk", "begin:clerk").current.earlier
    assert earlier is not None and earlier.role == "miller"


def test_a_part_may_lead_to_the_other_door_before_the_last_screen(mill: Story, words: Catalogue) -> None:
    first, *parts = mill.debrief
    story = replace(mill, debrief=(replace(first, other_door=True), *parts))
    p = next(line[-1] for line in (wandered(story, seed, "miller") for seed in range(9)) if line[-1].finished)
    app = press(AppState(story, words, playthrough=p, views=(ScreenView("reading"),)), "debrief")
    assert [node.id for node in numbered(render_top(app))] == ["section:1", "new:clerk"]
    assert app.top.focus == "section:1"
    assert press(app, "new:clerk").top.screen == "content-note"
    for other in (begin(story, "miller").leave(), begin(story, "clerk", earlier=p).leave()):
        stopped = at_page(words, other, ScreenView("debrief", "0"))
        assert [node.id for node in numbered(render_top(stopped))] == ["section:1"]


TASK, DECISIONS, PLACES = "where", ["list", "bowl"], ["gate", "hall"]
TARGETS = [f"{TASK}.{decision}.{place}" for decision in DECISIONS for place in PLACES]


@pytest.fixture
def app(mill: Story, words: Catalogue) -> AppState:
    """On the page of the debrief with the task, after a whole reading."""
    return talk_at(words, wandered(mill, 3, "miller")[-1], TASK)


def placed(app: AppState) -> set[str]:
    chosen = (node.action for node in walk(render_top(app)) if node.action and node.chosen)
    return {action.target for action in chosen if action.verb == "place"}


def test_each_decision_can_be_placed_at_each_place(app: AppState) -> None:
    order = focus_order(render_top(app))
    assert [node for node in order if node.startswith("place:")] == [f"place:{target}" for target in TARGETS]
    assert placed(app) == set()
    target = f"place:{TARGETS[0]}"
    hints = [find(render_top(state), target).hint for state in (app, after(app, target))]  # type: ignore[union-attr]
    assert hints == [app.words("placing.put"), app.words("placing.take")]


@given(st.lists(st.sampled_from(TARGETS), max_size=12))
def test_a_press_places_a_decision_or_takes_it_away(mill: Story, words: Catalogue, presses: list[str]) -> None:
    p = begin(mill, "miller").leave()
    app = after(talk_at(words, p, TASK), *(f"place:{target}" for target in presses))
    assert placed(app) == {target for target in TARGETS if presses.count(target) % 2}
    assert app.playthrough is p
    assert "placed" not in str(save(p))


def test_the_author_s_view_shows_only_on_request(app: AppState) -> None:
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


def test_the_author_s_own_place_looks_like_any_other(app: AppState) -> None:
    shown = []
    for place in PLACES:
        tree = render_top(after(app, f"place:where.bowl.{place}", "compare:where"))
        button = find(tree, f"place:where.bowl.{place}")
        assert button is not None and (button.style, button.value) == ("place", "placed here")
        nodes = [node for node in walk(tree) if not node.id.startswith("place:") or not node.chosen]
        shown.append([node.label for node in nodes if node.role == "paragraph"])
    assert shown[0] == shown[1]


def test_a_view_s_facts_open_their_source(app: AppState) -> None:
    app = after(app, "place:where.list.gate", "compare:where")
    source = next(node for node in focus_order(render_top(app)) if node.startswith("sources@"))
    card = after(app, source, "fact:scrap")
    assert [view.screen for view in card.views[-2:]] == ["sources", "fact"]
    assert placed(after(card, "back", "back")) == {"where.list.gate"}


def test_placed_decisions_stay_until_the_talk_ends(app: AppState) -> None:
    at = int(app.top.argument)
    app = after(app, "place:where.list.gate", f"section:{at - 1}", f"section:{at}")
    assert placed(app) == {"where.list.gate"}
    app, _ = update(app, intents.Back())
    app, _ = update(app, intents.Press("debrief"))
    app = after(app, *(f"section:{part}" for part in range(1, at + 1)))
    assert placed(app) == set()


def test_the_terminal_prints_the_task_as_a_list(app: AppState) -> None:
    app = after(app, "place:where.list.hall", "compare:where")
    shown = render_top(app)
    text = render(shown, keys_of(shown), 78)
    assert "1. What is on the list." in text
    line = next(line for line in text.splitlines() if "At the gate" in line and "[" in line)
    assert "In the hall ✓" in line and "At the gate ✓" not in line
    assert text.index("Our answer: At the gate · In the hall.") < text.index("2. Whose bowl is filled.")


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("scale", SCALES)
def test_the_task_has_room_at_every_size(size: Size, scale: int, app: AppState) -> None:
    app = replace(app, settings=Settings(text_scale=scale))
    for state in (app, after(app, "place:where.list.hall", "compare:where")):
        check_layout(*laid_out(state, size))


def test_the_shipped_task_has_seven_decisions_and_four_places(shipped: Story, words: Catalogue) -> None:
    p = wandered(shipped, 5, "official")[-1]
    app = after(talk_at(words, p, "seven-decisions"), "compare:seven-decisions")
    assert sum(node.id.startswith("place:") for node in walk(render_top(app))) == 28
    views = [node for node in walk(render_top(app)) if node.style == "view"]
    assert len(views) == 7 and all(view.children for view in views)
