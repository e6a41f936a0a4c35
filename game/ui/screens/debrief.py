"""The talk after the story (the debrief): one screen at a time, with one button to go on. A screen has one or several
sections. In a task, the reader assigns decisions to places (such as a county), and compares with the author. A
parameter `name` becomes a part of the nodes' ids."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from game.play.debrief_sections import Item, Section
from game.play.history import Fork, Station
from game.play.talk import TalkScreen, has_appendix, talk_screens
from game.ui.components.chart_trees import weighings_chart
from game.ui.components.citations import counted_standings, fact_entry, known_facts, sources_link
from game.ui.components.page_parts import date_and_title
from game.ui.components.parts import button, change_lines, heading, marked, outcome_lines, plain, screen, toolbar
from game.ui.components.placing_trees import compare_button, placing_nodes
from game.ui.screens.desk import desk_button
from game.ui.state import AppState, ScreenView
from game.ui.tree import Action, TreeNode


def debrief(app: AppState, view: ScreenView) -> TreeNode:
    """Build one screen of the talk. `view.argument` is its number, from 0."""
    words = app.words
    at, screens = _place(app, view)
    last = at + 1 == len(screens)
    tools = talk_tools(app, view)
    if app.current.left:
        tools.append(button("undo", words("page.undo")))
    if last and "journal" in app.offers:
        tools += [button("keepsake", words("keepsake.keep")), button("journal", words("journal.keep"))]
    if last:
        tools.append(button("share", words("share")))
    if last and app.current.past:
        tools.append(button("look-back", words("pause.look-back")))
    tools += [button("settings", words("settings")), *(() if last else (button("home", words("home")),))]
    offered = any(section.other_door for section in screens[at].sections)
    ways = _ways_after(app) if last else (*next_button(app, view), *(_other_doors(app) if offered else ()))
    return screen("debrief", screens[at].title, "talk", *screen_nodes(app, view), toolbar(*tools), onward(ways))


def screen_nodes(app: AppState, view: ScreenView) -> tuple[TreeNode, ...]:
    """Return one screen of the talk without its tools. It has a number, a heading, and the content of its sections."""
    at, screens = _place(app, view)
    lead, *others = screens[at].sections
    place = [app.words("debrief.place", at=at + 1, of=len(screens))]
    if lead.outside:
        place.append(app.words("debrief.outside"))
    content = [*_added_nodes(app, view, lead)]
    for section in others:
        content += [part_heading(app, section), *text_nodes(section), *_added_nodes(app, view, section)]
    in_columns = bool(others) or lead.placing is not None or lead.way is not None or _can_fold(app, lead)
    return (
        plain(app.words.joined(*place), "place", style="eyebrow"),
        heading(lead.title),
        *(_columns(tuple(text_nodes(lead)), content) if in_columns else (*text_nodes(lead), *content)),
    )


def _columns(texts: tuple[TreeNode, ...], content: Iterable[TreeNode]) -> Iterator[TreeNode]:
    """Yield the texts as a group of their own, if there are any, and the content as a group that stands in columns."""
    if texts:
        yield TreeNode("group", "intro", style="intro", children=texts)
    yield TreeNode("group", "flow", style="flow", children=tuple(content))


def onward(ways: Iterable[TreeNode]) -> TreeNode:
    """Build the list of the buttons that lead on. The first is the main button of the screen."""
    first, *others = ways
    return TreeNode("list", "choices", style="onward", children=(replace(first, style="main"), *others))


def next_button(app: AppState, view: ScreenView) -> tuple[TreeNode, ...]:
    """Return the button to the next screen of the talk; empty on the last one."""
    at, screens = _place(app, view)
    following = screens[at + 1 : at + 2]
    return tuple(button("section", app.words("debrief.next"), str(at + 1), value=each.title) for each in following)


def talk_tools(app: AppState, view: ScreenView) -> list[TreeNode]:
    """Return the tools of a screen: they show or hide parts, go back, or open the appendix or the source desk."""
    at, screens = _place(app, view)
    tools = [tool for section in screens[at].sections for tool in _showing(app, view, section)]
    if at:
        tools.append(button("section", app.words("debrief.previous"), str(at - 1)))
    if has_appendix(app.current):
        tools.append(button("appendix", app.words("appendix")))
    return [*tools, *desk_button(app)]


def _place(app: AppState, view: ScreenView) -> tuple[int, tuple[TalkScreen, ...]]:
    screens = talk_screens(app.current)
    return min(int(view.argument or 0), len(screens) - 1), screens


def _ways_after(app: AppState) -> list[TreeNode]:
    words, p = app.words, app.current
    ways = [*_other_doors(app)]
    if p.role is not None and p.role in app.story.roles:
        ways.append(button("new", words("debrief.again", name=app.story.roles[p.role].name), p.role))
    ways.append(button("home", words("home")))
    return ways


def _other_doors(app: AppState) -> Iterator[TreeNode]:
    """Yield a button for each role that the reader has not read, if the current playthrough is finished."""
    p = app.current
    if p.role is None or not p.finished or p.role not in app.story.roles:
        return
    carries = app.words("title.second", name=app.story.roles[p.role].name)
    for role in app.story.roles.values():
        if role.id not in (p.role, p.earlier.role if p.earlier is not None else None):
            yield button("new", app.words("title.new", name=role.name), role.id, value=carries)


def part_heading(app: AppState, section: Section) -> TreeNode:
    outside = app.words("debrief.outside") if section.outside else ""
    return TreeNode("heading", f"heading-{section.id}", section.title, value=outside, level=2, style="part")


def text_nodes(section: Section) -> Iterator[TreeNode]:
    """Yield the paragraphs of a section, without what this playthrough adds."""
    return (marked(text, f"{section.id}-{i}") for i, text in enumerate(section.paragraphs))


def _added_nodes(app: AppState, view: ScreenView, section: Section) -> Iterator[TreeNode]:
    """Yield what this playthrough adds to a section, and then the section's last texts. In a task, the last texts stay
    hidden until the reader has compared, because they give the answers."""
    yield from _stopped_at(app, section)
    if not _is_folded(app, view, section):
        yield from _section_content(app, view, section)
    if section.placing is None or section.id in view.compared:
        yield from (marked(text, f"after-{i}") for i, text in enumerate(section.after))


def _showing(app: AppState, view: ScreenView, section: Section) -> Iterator[TreeNode]:
    """Yield the button that shows or hides people's fates or the comparison of a task, if the section has them."""
    if _can_fold(app, section):
        folded = _is_folded(app, view, section)
        yield button("compare", app.words("debrief.people.show" if folded else "debrief.people.hide"), section.id)
    if section.placing is not None:
        yield compare_button(app.words, view, section.id)


def _can_fold(app: AppState, section: Section) -> bool:
    """Return whether a section is hidden at first: it says what became of people, and the reader stopped early."""
    people = app.story.people
    return app.current.left and any(item.person and len(people[item.person].fate) > 1 for item in section.items)


def _is_folded(app: AppState, view: ScreenView, section: Section) -> bool:
    return _can_fold(app, section) and section.id not in view.compared


def _stopped_at(app: AppState, section: Section) -> tuple[TreeNode, ...]:
    """Return a note with the page where the reader left the story; empty if the section is never hidden."""
    if not _can_fold(app, section):
        return ()
    place = date_and_title(app.words, app.current.page)
    return (TreeNode("group", "stopped", app.words("debrief.people.left", place=place), style="note"),)


def _section_content(app: AppState, view: ScreenView, section: Section) -> tuple[TreeNode, ...]:
    """Return what stands below a section's text: a task, the reader's choices, a chart of harvests, or lines."""
    if section.placing is not None:
        return tuple(placing_nodes(app, view, section.id, section.placing))
    if section.way is not None:
        several = len(section.way.lanes) > 1
        stations = [station for date in section.way.dates for station in date]
        steps = (node for at, station in enumerate(stations) for node in _steps(app, station, several, at))
        return tuple(steps)
    if section.weighings:
        chart = weighings_chart(app.story, app.words, section.weighings)
        link = TreeNode("link", "counted", app.words("ledger.counted"), action=Action("counted", ""), style="sources")
        return (chart, link) if app.story.measures is not None else (chart,)
    lines: list[TreeNode] = []
    groups = {app.story.people[item.person].group for item in section.items if item.person}
    group = "" if len(groups) > 1 else next(iter(groups), None) or ""  # for one group the section's heading is enough
    for number, item in enumerate(section.items):
        if item.person and (there := app.story.people[item.person].group or "") != group:
            group = there
            lines.append(plain(app.story.people_groups.get(group, ""), f"people:{group}", style="eyebrow"))
        lines.append(_item(app, item, f"{section.id}-item-{number}"))
    return tuple(lines)


def _steps(app: AppState, station: Station, several: bool, at: int) -> Iterator[TreeNode]:
    """Yield the choices that the reader took in a chapter (`station`), each with date and outcome, or a note that the
    chapter was skipped. With `several` roles, each date also names the role. Ids contain the chapter's number `at`."""
    words = app.words
    name = app.story.roles[station.role].name if several and station.role is not None else ""
    date = words.joined(name, station.when or station.title)
    for number, fork in enumerate(station.forks):
        name = f"{at}-{number}"
        outcome = outcome_lines(words, fork, f"changed-{name}")
        children = (plain(date, f"day-{name}", style="day"), _deed(app, fork, name), *outcome)
        yield TreeNode("group", f"step-{name}", style="step", children=children)
    if station.told:
        moved = change_lines(words, station.changes, f"changed-{at}")
        told = plain(words("way.told"), f"told-{at}", style="small")
        children = (plain(date, f"day-{at}", style="day"), told, *moved)
        yield TreeNode("group", f"step-{at}", style="step", children=children)


def _deed(app: AppState, fork: Fork, name: str) -> TreeNode:
    """Build a choice that the reader took: a link to the facts that it rests on; plain text if there are none."""
    known = known_facts(app.story, fork.facts)
    if not known:
        return plain(fork.say, f"deed-{name}", style="deed")
    hint = app.words("sources.link", counts=counted_standings(app.story, app.words, known))
    return TreeNode("link", f"sources@{name}", fork.say, action=Action("sources", " ".join(known)), hint=hint,
                    style="deed")  # fmt: skip


def _item(app: AppState, item: Item, name: str) -> TreeNode:
    """Build a line of a section: a person's fate, a fact if the line only repeats its text, or a text with sources."""
    if item.person:
        return _fate(app, item, name)
    if len(item.facts) == 1 and app.story.facts[item.facts[0]].text == item.text:
        return fact_entry(app.story, app.words, item.facts[0])
    sources = sources_link(app.story, app.words, item.facts, f"sources@{name}")
    return TreeNode("group", name, item.text, style="item", value=item.detail, children=sources)


def _fate(app: AppState, item: Item, name: str) -> TreeNode:
    person = app.story.people[item.person].name
    says = item.detail.removeprefix(person).removeprefix(" · ")
    children = (
        TreeNode("link", f"person:{item.person}", person, action=Action("person", item.person), style="person"),
        *((plain(says, f"{name}-says", style="small"),) if says else ()),
        plain(item.text, f"{name}-text"),
    )
    return TreeNode("group", name, style="fate", children=children)
