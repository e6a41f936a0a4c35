"""The debrief after the story, a section at a time."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from game.play import debrief as debrief_sections
from game.play.debrief_sections import Item, Section
from game.ui.components.changes import outcome_lines
from game.ui.components.chart_trees import way_map, weighings_chart
from game.ui.components.fact_parts import fact_entry, sources_link
from game.ui.components.page_parts import date_and_title
from game.ui.components.parts import button, heading, plain
from game.ui.screens import decision_task
from game.ui.screens.title import role_button
from game.ui.state import AppState, ScreenView
from game.ui.tree import Action, TreeNode


def debrief(app: AppState, view: ScreenView) -> TreeNode:
    """One section; `view.argument` is its number, from 0."""
    assert app.playthrough is not None
    words = app.words
    at, sections = _place(app, view)
    tools = section_buttons(app, view)
    if app.playthrough.left:
        tools.append(button("undo", words("page.undo")))
    tools.append(button("share", words("share")))
    if "journal" in app.offers:
        tools.append(button("journal", words("journal.keep")))
    if app.playthrough.past:
        tools.append(button("look-back", words("pause.look-back")))
    last = at + 1 == len(sections)
    tools += [button("settings", words("settings")), *(() if last else (button("home", words("home")),))]
    return TreeNode(
        "screen", "debrief", sections[at].title, style="sheet",
        children=(
            *section_nodes(app, view),
            *((_where_next(app),) if last else ()),
            TreeNode("group", "tools", style="tools", children=tuple(tools)),
        ),
    )  # fmt: skip


def section_nodes(app: AppState, view: ScreenView) -> tuple[TreeNode, ...]:
    """A section's content, without its tools."""
    words = app.words
    at, sections = _place(app, view)
    section = sections[at]
    place = [words("debrief.place", at=at + 1, of=len(sections))]
    if section.outside:
        place.append(words("debrief.outside"))
    return (
        plain(words("page.dateline.join").join(place), "place", style="eyebrow"),
        heading(section.title),
        *_stopped_at(app, section),
        *(plain(text, f"text-{i}") for i, text in enumerate(section.paragraphs)),
        *_section_content(app, view, section),
        *decision_task.after(view, section),
    )


def _stopped_at(app: AppState, section: Section) -> tuple[TreeNode, ...]:
    """Where a reader left the story, before what became of people from there on."""
    p = app.playthrough
    if p is None or not p.left or not any(item.person for item in section.items):
        return ()
    place = date_and_title(app.words, p.page)
    return (TreeNode("group", "stopped", app.words("debrief.people.left", place=place), style="note"),)


def section_buttons(app: AppState, view: ScreenView) -> list[TreeNode]:
    """The buttons to the next and the previous section."""
    words = app.words
    at, sections = _place(app, view)
    found = []
    if at + 1 < len(sections):
        onward = words("debrief.next", title=sections[at + 1].title)
        found.append(button("section", onward, str(at + 1), style="main"))
    if at > 0:
        found.append(button("section", words("debrief.previous"), str(at - 1)))
    return found


def _place(app: AppState, view: ScreenView) -> tuple[int, tuple[Section, ...]]:
    """The number of the section that is shown, and all of them."""
    assert app.playthrough is not None
    sections = tuple(debrief_sections(app.playthrough))
    return min(int(view.argument or 0), len(sections) - 1), sections


def _where_next(app: AppState) -> TreeNode:
    """After the last section: to the other role, where this one is finished and that one is unread; to the same one
    again; to the title."""
    assert app.playthrough is not None
    words, p = app.words, app.playthrough
    ways = []
    if p.role is not None and p.role in app.story.roles:
        read = {p.role, p.earlier.role if p.earlier is not None else None}
        ways += [role_button(app, role) for role in app.story.roles if p.finished and role not in read]
        ways.append(button("new", words("debrief.again", name=app.story.roles[p.role].name), p.role))
    ways.append(button("home", words("home")))
    return TreeNode("list", "choices", children=(replace(ways[0], style="main"), *ways[1:]))


def _section_content(app: AppState, view: ScreenView, section: Section) -> tuple[TreeNode, ...]:
    """What stands below a section's text: a task, the reader's way, a chart, or lines."""
    if section.placing is not None:
        return tuple(decision_task.task(app.words, view, section, lambda facts, number: _sources(app, facts, number)))
    if section.way is not None:
        return (way_map(app.story, app.words, section.way, lambda fork, number: _sources(app, fork.facts, number)),)
    if section.weighings:
        return (weighings_chart(app.story, app.words, section.weighings),)
    lines: list[TreeNode] = []
    group = ""
    for number, item in enumerate(section.items):
        if item.person and (there := app.story.people[item.person].group or "") != group:
            group = there
            lines.append(plain(app.story.people_groups.get(group, ""), f"people:{group}", style="eyebrow"))
        lines += [_item(app, item, number),
                  *outcome_lines(app.words, item.answer, item.anyway, item.changes, f"changed-{number}")]  # fmt: skip
    return tuple(lines)


def _item(app: AppState, item: Item, number: int) -> TreeNode:
    """A line of a section; one that is a fact's own words opens its card by itself, and a person's fate their card."""
    if item.person:
        return _fate(app, item, number)
    if len(item.facts) == 1 and app.story.facts[item.facts[0]].text == item.text:
        return fact_entry(app.story, app.words, item.facts[0])
    sources = _sources(app, item.facts, number)
    return TreeNode("group", f"item-{number}", item.text, style="item", value=item.detail, children=sources)


def _fate(app: AppState, item: Item, number: int) -> TreeNode:
    """What became of a person, after the name, which opens the card, and who they were."""
    name = app.story.people[item.person].name
    says = item.detail.removeprefix(name).removeprefix(" · ")
    children = (
        TreeNode("link", f"person:{item.person}", name, action=Action("person", item.person), style="person"),
        *((plain(says, f"fate-{number}-says", style="small"),) if says else ()),
        plain(item.text, f"fate-{number}-text"),
    )
    return TreeNode("group", f"fate-{number}", style="fate", children=children)


def _sources(app: AppState, facts: Iterable[str], item: int) -> tuple[TreeNode, ...]:
    """The link to what the n-th line of a section rests on."""
    return sources_link(app.story, app.words, facts, f"sources@{item}")
