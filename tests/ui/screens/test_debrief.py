"""The talk on its screens: what came of a choice stands with it, and what is from elsewhere says so."""

from __future__ import annotations

import pytest

from game.play import begin, debrief
from game.story.model import Story
from game.ui import intents
from game.ui.i18n import Catalogue
from game.ui.render import render_top
from game.ui.state import AppState, ScreenView
from game.ui.tree import numbered, walk
from game.ui.update import update
from tests.ui.stand_ins import taken, wandered


@pytest.mark.parametrize("seed", range(6))
def test_what_came_of_each_choice_stands_behind_it(seed: int, mill: Story, words: Catalogue) -> None:
    """In the part that tells the reader's way: the answer and what would have come anyway, or else every change."""
    p = wandered(mill, seed, "miller")[-1]
    sections = [section.id for section in debrief(p)]
    app = AppState(
        mill, words, playthrough=p, views=(ScreenView("title"), ScreenView("debrief", str(sections.index("path"))))
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
    assert [node.label for node in nodes if node.style == "anyway"] == [
        fork.anyway.text for fork in forks if fork.anyway
    ]
    assert [label.split(". Now: ")[1] for label in shown] == [f"{change.after}." for change in changes]


def test_the_talk_tells_what_became_of_everybody_met_and_opens_their_cards(mill: Story, words: Catalogue) -> None:
    """Each with their name, in the order of the story; nobody who was not named or did not tell."""
    p = wandered(mill, 1, "miller")[-1]
    sections = [section.id for section in debrief(p)]
    app = AppState(
        mill, words, playthrough=p, views=(ScreenView("title"), ScreenView("debrief", str(sections.index("people"))))
    )
    fates = [node for node in walk(render_top(app)) if node.style == "fate"]
    assert [fate.children[0].action.target for fate in fates if fate.children[0].action] == ["ning", "lu-qi"]
    assert [node.label for node in fates[1].children] == [
        "Lu Qi", "the smith, who has no forge", "He went away on the ice, and nobody heard of him again.",
    ]  # fmt: skip
    card, _ = update(app, intents.Press("person:lu-qi"))
    assert card.top.screen == "person"
    assert "on the ice" not in " ".join(node.label for node in walk(render_top(card)))


def test_who_stopped_is_told_where_before_what_became_of_people(mill: Story, words: Catalogue) -> None:
    """At the end of the talk, over the first fate, and nowhere else; whoever read to the end is not told it."""
    left = taken(mill, "continue", "give-wok").leave()
    place = words("page.dateline.join").join(filter(None, (left.page.when, left.page.title)))
    for p, noted in ((left, [len(debrief(left)) - 1]), (wandered(mill, 1, "miller")[-1], [])):
        screens = [
            list(walk(render_top(AppState(mill, words, playthrough=p, views=(ScreenView("title"), view)))))
            for view in (ScreenView("debrief", str(at)) for at in range(len(debrief(p))))
        ]
        said = words("debrief.people.left", place=place)
        assert [at for at, nodes in enumerate(screens) if said in [node.label for node in nodes]] == noted


def test_fates_stand_under_the_headings_of_their_groups(shipped: Story, words: Catalogue) -> None:
    """Historical people come last, and not among the family."""
    p = wandered(shipped, 2, "villager")[-1]
    at = [section.id for section in debrief(p)].index("people")
    app = AppState(shipped, words, playthrough=p, views=(ScreenView("title"), ScreenView("debrief", str(at))))
    nodes = list(walk(render_top(app)))
    headings = [node.label for node in nodes if node.id.startswith("people:")]
    assert headings == [name for name in shipped.people_groups.values() if name in headings]
    groups: dict[str, str] = {}
    heading = ""
    for node in nodes:
        heading = node.label if node.id.startswith("people:") else heading
        if node.action and node.action.verb == "person":
            groups[node.action.target] = heading
    assert groups["mao"] == shipped.people_groups["outside"] == heading
    assert groups["guilan"] == shipped.people_groups["family"]


def test_what_is_not_from_the_source_says_so(shipped: Story, words: Catalogue) -> None:
    """Over the numbers of the dead and the further reading stands that it is from elsewhere, and over no other part."""
    p = wandered(shipped, 2, "official", "kiosk")[-1]
    told = []
    for at, section in enumerate(debrief(p)):
        app = AppState(shipped, words, playthrough=p, views=(ScreenView("title"), ScreenView("debrief", str(at))))
        if any(words("debrief.outside") in node.label for node in walk(render_top(app))):
            told.append(section.id)
    assert told == ["how-many", "further-reading"]


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
    for at in range(1, len(list(debrief(p)))):
        assert app.top.focus == f"section:{at}"
        app, _ = update(app, intents.Activate())
    assert [node.id for node in numbered(render_top(app))] == ways
    assert app.top.focus == ways[0]
    assert update(app, intents.Activate())[0].top.screen == "content-note"
