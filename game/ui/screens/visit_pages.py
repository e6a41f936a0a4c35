"""A kiosk visitor's reading screens: the screen before a page, the page, sources, and the card at the end."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from game.play import Playthrough, debrief
from game.play.debrief_sections import Section
from game.play.history import Fork, ReadingMap
from game.play.page import Change, Page
from game.play.page_context import lead_in
from game.ui.components.chart_trees import counted_link
from game.ui.components.citations import sources_link
from game.ui.components.page_parts import (
    choice_list,
    date_and_title,
    has_lead_in,
    header_nodes,
    line_nodes,
    summary_nodes,
    text_nodes,
)
from game.ui.components.parts import (
    button,
    button_list,
    change_lines,
    headed_screen,
    marked,
    plain,
    screen,
    take_along,
    toolbar,
    what_changed,
)
from game.ui.kiosk_state import FEWEST_OTHERS
from game.ui.screens.kiosk_screens import object_labels, sense_buttons, tools_with_senses
from game.ui.state import AppState, ScreenView
from game.ui.tree import TreeNode

NO_TOOL = TreeNode("mark", style="no-tool")  # an empty place among the tools


def between(app: AppState, view: ScreenView) -> TreeNode:
    """Build the screen before a page: changes in the country, summaries of skipped chapters, the next chapter's content
    note, and a button that skips that chapter, if it can be skipped."""
    words, page = app.words, app.current.page
    before: list[TreeNode] = []
    for run in lead_in(app.story, page.lines, page.marked()):
        before += line_nodes(words, run.lines)
        before += [node for part in run.told for node in summary_nodes(words, part)]
    note = (TreeNode("group", "note", page.note, style="note"),) if page.note else ()
    ways = [button("read-on", words("visit.read-on"), style="main")]
    if "skip" in page.offers:
        ways.append(button("skip", words("visit.skip")))
    return headed_screen(
        "visit-between", words("page.told") if page.told else page.title, "page",
        *_consequence(app, page),
        *before,
        plain(date_and_title(words, page) if page.told else page.when or "", "next", style="told-date"),
        *note,
        button_list(*ways),
        _tools(app),
    )  # fmt: skip


def page(app: AppState, view: ScreenView) -> TreeNode:
    """Build the visitor's page, with its choices in sight at once. Changes by the last choice stand below the choices.
    If the page has only a button to go on, they stand above it."""
    words, page = app.words, app.current.page
    # The brief text comes first, because it says who speaks to whom.
    in_full = page.shows_brief and view.other_version
    texts, led = page.marked_in_full() if in_full else page.marked(view.other_version), has_lead_in(page)
    rests = (*counted_link(words, page.ledger, page.node), *sources_link(app.story, words, page.sources))
    moved = () if led else _consequence(app, page)
    ways = choice_list(words, page)
    if app.current.over:
        ways = (button_list(button("visit-card", words("visit.on"), style="main")),)
    lines = () if led else line_nodes(words, zip(page.lines, texts.lines, strict=True))
    content = (*header_nodes(words, page), *lines, *text_nodes(app.story, words, page, texts))
    objects = object_labels(app, (page,))
    rest = (*rests, *ways, *objects, *moved) if page.has_decision else (*moved, *rests, *objects, *ways)
    more = NO_TOOL
    if page.brief and page.paragraphs:
        short = page.shows_brief != view.other_version
        more = button("more", words("visit.more" if short else "visit.less"))
    return screen("reading", page.title, "page", *content, *rest, _tools(app, more))


def _consequence(app: AppState, page: Page) -> tuple[TreeNode, ...]:
    changes = page.changes if _is_explained(app.current) else ()
    return what_changed(app.words, page.marked().answer, changes)


def _is_explained(p: Playthrough) -> bool:
    """Return whether the visitor knows what caused the changes: the last step was a choice or stayed in the chapter."""
    return p.choice_taken() is not None or (p.previous is not None and p.previous.page.chapter == p.page.chapter)


def card(app: AppState, view: ScreenView) -> TreeNode:
    """Build the card at the end: the talk in brief, the museum's texts on objects, the visitor's choices with their
    outcomes, and a QR code to read on elsewhere, if the kiosk has a web address."""
    words = app.words
    sections = [section for section in debrief(app.current) if section.brief or section.way is not None]
    title = sections[0].title if sections else words("visit.card")
    site = app.current_visit.offer.web_address
    return headed_screen(
        "visit-card", title, "summary",
        *(node for section in sections for node in _brief_nodes(section)),
        *object_labels(app, app.current.pages),
        *(node for section in sections if section.way is not None for node in _choices_made(app, section.way)),
        *([take_along(words, site, app.current)] if site else ()),
        button_list(button("visit-over", words("visit.done"), style="main")),
        tools_with_senses(app),
    )  # fmt: skip


def _brief_nodes(section: Section) -> Iterator[TreeNode]:
    """Yield a section's brief text, or if it has none, its full text; then the last line, unless lines are choices."""
    for i, text in enumerate(section.brief or section.paragraphs):
        yield marked(text, f"{section.id}-{i}")
    if section.way is None:
        yield from (plain(item.text, f"{section.id}-item", style="lead") for item in section.items[-1:])


def _choices_made(app: AppState, found: ReadingMap) -> Iterator[TreeNode]:
    stations = [station for date in found.dates for station in date]
    deeds = [(station.when, fork) for station in stations for fork in station.forks if fork.doors > 1]
    if deeds:
        yield plain(app.words("visit.card"), "deeds", style="eyebrow")
    for number, (when, fork) in enumerate(deeds):
        aside = app.words.joined(when, _others(app, fork))
        if fork.answer is not None:
            came: tuple[TreeNode, ...] = (plain(fork.answer.text, f"answered-{number}", style="outcome"),)
        else:
            moved = change_lines(app.words, _net_changes(fork.changes), f"changed-{number}")
            came = tuple(replace(line, style="outcome") for line in moved)
        yield TreeNode("group", f"item-{number}", fork.say, style="made", value=aside, children=came)


def _net_changes(changes: Iterable[Change]) -> Iterator[Change]:
    """Yield one change for each variable, from its first value to its last, unless they are equal."""
    found: dict[str, Change] = {}
    for change in changes:
        first = found.get(change.variable, change)
        found[change.variable] = replace(change, before=first.before)
    return (change for change in found.values() if change.before != change.after)


def _others(app: AppState, fork: Fork) -> str:
    """Return in words how many visitors chose the same; "" if the page hides its votes, or visitors are few."""
    counted = (app.current_visit.others or {}).get(fork.node, {})
    everybody = sum(counted.values())
    if not fork.tally or everybody < FEWEST_OTHERS:
        return ""
    return app.words("visit.others", n=counted.get(fork.choice, 0), of=everybody)


def _tools(app: AppState, more: TreeNode = NO_TOOL) -> TreeNode:
    """Build the visitor's tools on a page: `more` (the button for the full text), voice, volume, size of type, back and
    stop. Without `more`, its place stays empty, so that the other tools do not move."""
    words = app.words
    # The voice names the tools once, because they are the same on each page.
    label = words("visit.tools") if not app.current.entries else ""
    tools = (more, *sense_buttons(app), button("step-back", words("visit.back")), button("stop", words("visit.stop")))
    return toolbar(*tools, label=label)
