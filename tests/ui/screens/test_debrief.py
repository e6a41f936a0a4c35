"""The talk on its screens: what came of a choice stands with it, and what is from elsewhere says so."""

from __future__ import annotations

from dataclasses import replace

import pytest

from game.play import Playthrough, begin, debrief
from game.play.talk import talk_screens
from game.story.model import Story
from game.ui import intents
from game.ui.i18n import Catalogue
from game.ui.screens.registry import render_top
from game.ui.state import AppState, ScreenView
from game.ui.tree import Action, TreeNode, numbered, walk
from game.ui.update import update
from tests.ui.stand_ins import taken, wandered


@pytest.mark.parametrize("seed", range(6))
def test_what_came_of_each_choice_stands_behind_it(seed: int, mill: Story, words: Catalogue) -> None:
    """In the part that tells the reader's way: the answer or else every change, then what was not hers to decide."""
    p = wandered(mill, seed, "miller")[-1]
    screens = [screen.id for screen in talk_screens(p)]
    app = AppState(
        mill, words, playthrough=p, views=(ScreenView("title"), ScreenView("debrief", str(screens.index("path"))))
    )
    nodes = list(walk(render_top(app)))
    shown = [node.label for node in nodes if node.style == "change"]
    found = next(section for section in debrief(p) if section.id == "path").way
    assert found is not None
    stations = [station for date in found.dates for station in date]
    forks = [fork for one in stations for fork in one.forks]
    changes = [
        change
        for one in stations
        for change in (*(c for fork in one.forks if not fork.answer for c in fork.changes), *one.changes)
    ]
    assert [node.label for node in nodes if node.style == "outcome"] == [
        fork.answer.text for fork in forks if fork.answer
    ]
    assert [node.spans[-1].text for node in nodes if node.style == "anyway"] == [
        fork.anyway.text for fork in forks if fork.anyway
    ]
    assert [label.split(". Now: ")[1] for label in shown] == [f"{change.after}." for change in changes]


def test_the_talk_tells_what_became_of_everybody_met_and_opens_their_cards(mill: Story, words: Catalogue) -> None:
    """Each with their name, in the order of the story; nobody who was not named or did not tell."""
    p = wandered(mill, 1, "miller")[-1]
    screens = [screen.id for screen in talk_screens(p)]
    app = AppState(
        mill, words, playthrough=p, views=(ScreenView("title"), ScreenView("debrief", str(screens.index("people"))))
    )
    fates = [node for node in walk(render_top(app)) if node.style == "fate"]
    assert [fate.children[0].action.target for fate in fates if fate.children[0].action] == ["ning", "lu-qi"]
    assert [node.label for node in fates[1].children] == [
        "Lu Qi", "the smith, who has no forge", "He went away on the ice, and nobody heard of him again.",
    ]  # fmt: skip
    card, _ = update(app, intents.Press("person:lu-qi"))
    assert card.top.screen == "person"
    assert "on the ice" not in " ".join(node.label for node in walk(render_top(card)))


def test_who_stopped_is_told_what_became_of_people_only_when_they_ask(mill: Story, words: Catalogue) -> None:
    """Before the fates stands where they stopped, and the fates come by a button; whoever read to the end has them."""
    left = taken(mill, "continue", "give-wok").leave()
    place = words("page.dateline.join").join(filter(None, (left.page.when, left.page.title)))
    said = words("debrief.people.left", place=place)
    for p, noted in ((left, True), (wandered(mill, 1, "miller")[-1], False)):
        at = [screen.id for screen in talk_screens(p)].index("people")
        app = AppState(mill, words, playthrough=p, views=(ScreenView("title"), ScreenView("debrief", str(at))))
        nodes = list(walk(render_top(app)))
        assert (said in [node.label for node in nodes]) == noted
        assert any(node.style == "fate" for node in nodes) != noted
        if noted:
            asked, _ = update(app, intents.Press("compare:people"))
            assert any(node.style == "fate" for node in walk(render_top(asked)))
            again, _ = update(asked, intents.Press("compare:people"))
            assert not any(node.style == "fate" for node in walk(render_top(again)))


def talk(story: Story, words: Catalogue, p: Playthrough) -> list[TreeNode]:
    """Every screen of the talk."""
    return [
        render_top(AppState(story, words, playthrough=p, views=(ScreenView("title"), ScreenView("debrief", str(at)))))
        for at in range(len(talk_screens(p)))
    ]


def test_fates_stand_under_the_headings_of_their_groups(shipped: Story, words: Catalogue) -> None:
    """In the groups' order, first in each whose fate a reading can change; whoever is of no village stands apart."""
    p = wandered(shipped, 2, "villager")[-1]
    screens = talk(shipped, words, p)
    own = next(screen for screen in screens if any(node.style == "fate" for node in walk(screen)))
    nodes = list(walk(own))
    elsewhere = next(at for at, node in enumerate(nodes) if node.id == "heading-leaders")
    nodes, leaders = nodes[:elsewhere], nodes[elsewhere:]
    headings = [node.label for node in nodes if node.id.startswith("people:")]
    assert headings == [name for name in shipped.people_groups.values() if name in headings]
    groups: dict[str, list[str]] = {}
    heading = ""
    for node in nodes:
        heading = node.label if node.id.startswith("people:") else heading
        if node.action and node.action.verb == "person":
            groups.setdefault(heading, []).append(node.action.target)
    assert "guilan" in groups[shipped.people_groups["family"]]
    for several in groups.values():
        fixed = [len(shipped.people[person].fate) < 2 for person in several]
        assert fixed == sorted(fixed)
    assert "mao" not in [person for several in groups.values() for person in several]
    assert "person:mao" in [node.id for node in leaders]


def test_what_is_not_from_the_source_says_so(shipped: Story, words: Catalogue) -> None:
    """The numbers of the dead say that they are from elsewhere, and so does the further reading in the appendix; no
    other part does."""
    p = wandered(shipped, 2, "official", "kiosk")[-1]
    told = [
        node.id
        for screen in talk(shipped, words, p)
        for node in walk(screen)
        if words("debrief.outside") in f"{node.label} {node.value}"
    ]
    assert told == ["heading-how-many"]
    app = AppState(shipped, words, playthrough=p, views=(ScreenView("title"), ScreenView("appendix", "- book")))
    assert any(words("debrief.outside") in node.value for node in walk(render_top(app)))


def test_the_shipped_talk_has_five_screens(shipped: Story, words: Catalogue) -> None:
    """Each has one way on, which is the only main button; only the last has several."""
    p = wandered(shipped, 2, "villager")[-1]
    screens = talk(shipped, words, p)
    assert [screen.id for screen in talk_screens(p)] == [
        "feelings", "what-happened", "people", "weighings", "today",
    ]  # fmt: skip
    for at, screen in enumerate(screens, 1):
        main = [node for node in walk(screen) if node.style == "main"]
        assert len(main) == 1
        onward = f"section:{at}" if at < len(screens) else "new:official"
        assert next(node.id for node in numbered(screen)) == main[0].id == onward


def test_the_way_tells_all_that_stood_on_the_old_map(shipped: Story, words: Catalogue) -> None:
    """For each choice its date, the deed, which opens what it rests on, what came of it and what was not hers."""
    p = wandered(shipped, 2, "villager")[-1]
    way = next(section for section in debrief(p) if section.way is not None)
    steps = [node for screen in talk(shipped, words, p) for node in walk(screen) if node.style == "step"]
    steps = [step for step in steps if any(child.style == "deed" for child in step.children)]  # not what was skipped
    assert len(steps) == len(way.items)
    for step, item in zip(steps, way.items, strict=True):
        told = {child.style: child for child in step.children}
        assert item.detail.startswith(told["day"].label)
        assert (told["deed"].label, told["outcome"].label, told["anyway"].spans[-1].text) == (
            item.text,
            item.answer,
            item.anyway,
        )
        if item.facts:
            assert told["deed"].action == Action("sources", " ".join(item.facts))


@pytest.mark.parametrize("end", ["finished", "left", "second"])
def test_the_last_part_leads_on(end: str, mill: Story, words: Catalogue) -> None:
    """To the unread role, to the same one again, and to the title, the first with the focus; never back by default."""
    p = next(line[-1] for line in (wandered(mill, seed, "miller") for seed in range(9)) if line[-1].finished)
    ways = ["new:clerk", "new:miller", "home"]
    if end == "left":
        p, ways = begin(mill, "miller").leave(), ways[1:]
    elif end == "second":
        p, ways = begin(mill, "clerk", earlier=p).leave(), ["new:clerk", "home"]
    app, _ = update(AppState(mill, words, playthrough=p, views=(ScreenView("reading"),)), intents.Press("debrief"))
    if p.left:
        app, _ = update(AppState(mill, words, playthrough=p), intents.Press("continue"))
    assert app.top.screen == "debrief"
    for at in range(1, len(talk_screens(p))):
        assert app.top.focus == f"section:{at}"
        app, _ = update(app, intents.Activate())
    assert [node.id for node in numbered(render_top(app))] == ways
    assert app.top.focus == ways[0]
    assert update(app, intents.Activate())[0].top.screen == "content-note"


def test_a_part_may_lead_to_the_other_door_before_the_last_screen(mill: Story, words: Catalogue) -> None:
    """Beside the way on, which keeps the focus; not where the reading was left, or the other role is read already."""
    first, *parts = mill.debrief
    story = replace(mill, debrief=(replace(first, other_door=True), *parts))
    p = next(line[-1] for line in (wandered(story, seed, "miller") for seed in range(9)) if line[-1].finished)
    app, _ = update(AppState(story, words, playthrough=p, views=(ScreenView("reading"),)), intents.Press("debrief"))
    assert [node.id for node in numbered(render_top(app))] == ["section:1", "new:clerk"]
    assert app.top.focus == "section:1"
    assert update(app, intents.Press("new:clerk"))[0].top.screen == "content-note"
    for other in (begin(story, "miller").leave(), begin(story, "clerk", earlier=p).leave()):
        stopped = AppState(story, words, playthrough=other, views=(ScreenView("title"), ScreenView("debrief", "0")))
        assert [node.id for node in numbered(render_top(stopped))] == ["section:1"]
