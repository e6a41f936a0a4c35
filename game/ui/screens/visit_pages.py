"""A kiosk visitor's reading screens: lead-in, page, sources, and the card at the end."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from game.play import Playthrough, debrief
from game.play.debrief_sections import Section
from game.play.history import Fork, ReadingMap
from game.play.page import Change, Page, Paragraph
from game.ui.components.chart_trees import counted_link
from game.ui.components.citations import sources_link
from game.ui.components.page_parts import (
    choice_list,
    date_and_title,
    has_lead_in,
    header_nodes,
    line_nodes,
    text_nodes,
)
from game.ui.components.parts import (
    button,
    button_list,
    change_lines,
    headed_screen,
    marked,
    plain,
    prose,
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
    """What the visitor was led past, and what is in the chapter that comes: so that the page itself is short, and the
    way round it is met before it."""
    words, page = app.words, app.current.page
    texts = page.marked()
    told = [
        node
        for part in texts.told
        for node in _told_nodes(app, part.chapter, date_and_title(words, part), part.paragraphs)
    ]
    note = (TreeNode("group", "note", page.note, style="note"),) if page.note else ()
    ways = [button("read-on", words("visit.read-on"), style="main")]
    if "skip" in page.offers:
        ways.append(button("skip", words("visit.skip")))
    return headed_screen(
        "visit-between", words("page.told") if told else page.title, "page",
        *told,
        *_consequence(app, page),
        *line_nodes(words, page, texts),
        plain(date_and_title(words, page) if told else page.when or "", "next", style="told-date"),
        *note,
        button_list(*ways),
        _tools(app),
    )  # fmt: skip


def page(app: AppState, view: ScreenView) -> TreeNode:
    """The page. Whoever stands before it sees the choices at once; what the last one moved comes before the one way
    on, and after several. What the page rests on ends its text, and so never stands where another has its way on."""
    words, page = app.words, app.current.page
    # the full text follows the brief one, which says who speaks to whom
    in_full = page.shows_brief and view.other_version
    texts, led = page.marked_in_full() if in_full else page.marked(view.other_version), has_lead_in(page)
    rests = (*counted_link(words, page.ledger, page.node), *sources_link(app.story, words, page.sources))
    moved = () if led else _consequence(app, page)
    ways = choice_list(words, page)
    if app.current.over:
        ways = (button_list(button("visit-card", words("visit.on"), style="main")),)
    lines = () if led else line_nodes(words, page, texts)
    told = (*header_nodes(words, page), *lines, *text_nodes(app.story, words, page, texts))
    rest = (
        (*rests, *ways, *object_labels(app, (page,)), *moved)
        if page.has_decision
        else (*moved, *rests, *object_labels(app, (page,)), *ways)
    )
    more = NO_TOOL
    if page.brief and page.paragraphs:
        short = page.shows_brief != view.other_version
        more = button("more", words("visit.more" if short else "visit.less"))
    return screen("reading", page.title, "page", *told, *rest, _tools(app, more))


def _told_nodes(app: AppState, chapter: str, date: str, paragraphs: tuple[Paragraph, ...]) -> Iterator[TreeNode]:
    yield plain(date, f"told-{chapter}", style="told-date")
    yield from prose(paragraphs, f"told-{chapter}")


def _consequence(app: AppState, page: Page) -> tuple[TreeNode, ...]:
    """What came of the last deed, and what it changed."""
    changes = page.changes if _is_explained(app.current) else ()
    return what_changed(app.words, page.marked().answer, changes)


def _is_explained(p: Playthrough) -> bool:
    """Whether something that the visitor read or chose says why anything moved: what moved in a chapter that was
    passed over would be a riddle."""
    return p.choice_taken() is not None or (p.previous is not None and p.previous.page.chapter == p.page.chapter)


def card(app: AppState, view: ScreenView) -> TreeNode:
    """What the talk after the story says of it in brief, with a question to take along, and what the museum has of it;
    and below it what was chosen, what came of it, and how it went for others where that may be said."""
    words = app.words
    sections = [one for one in debrief(app.current) if one.brief or one.way is not None]
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
    """A part's few words, and the last of its lines; a way's deeds stand by themselves."""
    for i, told in enumerate(section.brief or section.paragraphs):
        yield marked(told, f"{section.id}-{i}")
    if section.way is None:
        yield from (plain(item.text, f"{section.id}-item", style="lead") for item in section.items[-1:])


def _choices_made(app: AppState, found: ReadingMap) -> Iterator[TreeNode]:
    """What was chosen where there was a choice, and what came of it: the story's answer, or else what it changed."""
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
    """From the first before to the last after: what moved twice is told once, and what came back not at all."""
    found: dict[str, Change] = {}
    for change in changes:
        first = found.get(change.variable, change)
        found[change.variable] = replace(change, before=first.before)
    return (change for change in found.values() if change.before != change.after)


def _others(app: AppState, fork: Fork) -> str:
    """How many others chose the same, where the page lets that be said, and where they are many."""
    counted = (app.current_visit.others or {}).get(fork.node, {})
    everybody = sum(counted.values())
    if not fork.tally or everybody < FEWEST_OTHERS:
        return ""
    return app.words("visit.others", n=counted.get(fork.choice, 0), of=everybody)


def _tools(app: AppState, more: TreeNode = NO_TOOL) -> TreeNode:
    """What a visitor can do on a page besides going on: read more of it, hear it, see it larger, go back, or stop.

    Where there is no more to read, the place stays empty: the others stand where they stand on every page.
    """
    words = app.words
    # by ear they are told of once: they are the same on each page
    told = words("visit.tools") if not app.current.entries else ""
    tools = (more, *sense_buttons(app), button("step-back", words("visit.back")), button("stop", words("visit.stop")))
    return toolbar(*tools, label=told)
