"""After the story: the talk that always comes, a section at a time."""

from __future__ import annotations

from dataclasses import replace

from game.play.debriefing import Item
from game.ui.app import App, View
from game.ui.screens.parts import button, heading, plain
from game.ui.screens.reading import fact_link
from game.ui.tree import Node


def debrief(app: App, view: View) -> Node:
    """One section; `view.argument` is its number, from 0."""
    from game.play import debrief as sections_of

    assert app.playthrough is not None
    words, sections = app.words, sections_of(app.playthrough)
    at = min(int(view.argument or 0), len(sections) - 1)
    section = sections[at]
    items = tuple(_item(app, item, number) for number, item in enumerate(section.items))
    tools = []
    if at + 1 < len(sections):
        onward = words("debrief.next", title=sections[at + 1].title)
        tools.append(button("section", onward, str(at + 1), style="main"))
    if at > 0:
        tools.append(button("section", words("debrief.previous"), str(at - 1)))
    if app.playthrough.left:
        tools.append(button("undo", words("page.undo")))
    if app.playthrough.past:
        tools.append(button("look-back", words("pause.look-back")))
    tools += [button("settings", words("settings")), button("home", words("home"))]
    return Node(
        "screen", "debrief", section.title, style="sheet",
        children=(
            plain(words("debrief.place", at=at + 1, of=len(sections)), "place", style="eyebrow"),
            heading(section.title),
            *(plain(text, f"text-{i}") for i, text in enumerate(section.paragraphs)),
            *items,
            Node("group", "tools", style="tools", children=tuple(tools)),
        ),
    )  # fmt: skip


def _item(app: App, item: Item, number: int) -> Node:
    """A line of a section; one that is a fact's own words opens its source by itself."""
    links = [fact_link(app.story, app.words, fact) for fact in item.facts if fact in app.story.facts]
    if len(links) == 1 and links[0].label == item.text:
        return replace(links[0], id=f"{links[0].id}@{number}", style="claim")
    sources = tuple(_source(link, app.words("fact.source"), number) for link in links)
    return Node("group", f"item-{number}", item.text, style="item", value=item.detail, children=sources)


def _source(link: Node, label: str, item: int) -> Node:
    """A short link; the same fact may stand under several items, so ids are kept apart."""
    return replace(link, id=f"{link.id}@{item}", label=label, hint=link.label, style="source")
