"""The page, as it is met and as it is leafed back to."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial

from game.play import Entry
from game.play.page import Change, Page, Told
from game.story.model import INVENTED, Story
from game.ui.app import App, View
from game.ui.changes import changed
from game.ui.charts import weighing_chart
from game.ui.screens import visit
from game.ui.screens.parts import button, heading, plain, prose
from game.ui.tree import Action, Node
from game.ui.words import Words


def reading(app: App, view: View) -> Node:
    """The page now met, and the way out of it."""
    assert app.playthrough is not None
    page, further = app.playthrough.page, _what_next(app, app.playthrough.page)
    told, causes = _told_and_causes(app.story, app.words, page, view.other_telling)
    if app.visit is None:
        nodes = (*told, *causes, *further, _tools(app, page))
    else:  # whoever stands sees the choices first; below them, what is here, and what the last choice rests on
        causes = visit.counted(app.words, causes)
        rest = (*visit.here(app, (page,)), *causes)
        on = (*further, *rest) if any(option.say for option in page.choices) else (*rest, *further)
        nodes = (*told, *on, visit.reading_tools(app, page))
    return Node("screen", "reading", page.title, style="page", children=nodes)


def look_back(app: App, view: View) -> Node:
    """One of the pages read so far, with what was chosen on it."""
    assert app.playthrough is not None
    words, past = app.words, app.playthrough.past
    at = int(view.argument)
    page = past[at]
    after = past[at + 1] if at + 1 < len(past) else app.playthrough.page
    taken = _taken(page, app.playthrough.entries[at]) or words("look-back.went-on")
    leaves = [button("close", words("look-back.now"))]
    if at + 1 < len(past):
        leaves.insert(0, button("leaf", words("look-back.later"), str(at + 1)))
    if at > 0:
        leaves.insert(0, button("leaf", words("look-back.earlier"), str(at - 1)))
    return Node(
        "screen", "look-back", page.title, style="page",
        children=(
            plain(words("look-back.place", at=at + 1, of=len(past) + 1), "leaf", style="eyebrow"),
            *page_nodes(app.story, words, page, False),
            plain(taken, "taken", style="taken"),
            *because(app.story, words, after.changes, partial(fact_link, app.story, words)),
            Node("list", "choices", children=(
                button("return", words("look-back.return"), str(at), value=words("look-back.return.hint")),
            )),
            Node("group", "tools", style="tools", children=tuple(leaves)),
        ),
    )  # fmt: skip


def page_nodes(story: Story, words: Words, page: Page, other_telling: bool = False) -> tuple[Node, ...]:
    """Everything on a page that is read: what is told on it, and the causes, whose sources can be opened."""
    told, causes = _told_and_causes(story, words, page, other_telling)
    return (*told, *causes)


def _told_and_causes(
    story: Story, words: Words, page: Page, other_telling: bool
) -> tuple[tuple[Node, ...], tuple[Node, ...]]:
    way_round = (button("skip", words("page.skip"), style="quiet"),) if "skip" in page.offers else ()
    links = partial(fact_link, story, words)
    return telling(words, page, other_telling, way_round), because(story, words, page.changes, links)


def telling(
    words: Words, page: Page, other_telling: bool = False, way_round: tuple[Node, ...] = ()
) -> tuple[Node, ...]:
    """What a page tells: picture, date and place, title, note with the way round, told chapters, prose, chart."""
    nodes: list[Node] = []
    if page.picture and page.picture.alt:
        nodes.append(Node("image", "picture", page.picture.alt))
    dateline = words("page.dateline.join").join(filter(None, (page.when, page.place)))
    if dateline or page.hanzi:
        nodes.append(Node("date", "date", dateline, value=page.hanzi or ""))
    nodes.append(heading(page.title))
    if page.note:
        nodes.append(Node("group", "note", page.note, style="note", children=way_round))
    if page.told:
        told = [node for part in page.told for node in _told(words, part)]
        nodes.append(Node("group", "told", words("page.told"), style="told", children=tuple(told)))
    nodes.extend(prose(page.telling(other_telling), "prose"))
    if page.ledger:
        nodes.append(weighing_chart(words, page.ledger))
    return tuple(nodes)


def _told(words: Words, told: Told) -> Iterator[Node]:
    """A chapter that made no page: its date, what is in it where it is heavy, and its few words."""
    date = words("page.dateline.join").join(filter(None, (told.when, told.title)))
    yield plain(date, f"told-{told.chapter}", style="told-date")
    if told.note:
        yield plain(told.note, f"told-{told.chapter}-note", style="told-note")
    yield from prose(told.paragraphs, f"told-{told.chapter}", style="told")


def because(story: Story, words: Words, changes: Iterable[Change], show: Callable[[str], Node]) -> tuple[Node, ...]:
    """The card that says what the last deed moved, and `show`s each fact on which that rests."""
    changes = tuple(changes)
    if not changes:
        return ()
    lines = changed(words, changes, "change")
    # dict keeps the order and drops what two changes share
    facts = dict.fromkeys(fact for change in changes for fact in change.facts)
    shown = [show(fact) for fact in facts if fact == INVENTED or fact in story.facts]
    return (Node("group", "because", words("because"), style="because", children=(*lines, *shown)),)


def fact_link(story: Story, words: Words, fact: str) -> Node:
    """A fact in full, which opens its source card."""
    text = words("fact.invented.short") if fact == INVENTED else story.facts[fact].text
    return Node("link", f"fact:{fact}", text, action=Action("fact", fact), value=words("fact.source"),
                hint=words("fact.open"), style="fact")  # fmt: skip


def _what_next(app: App, page: Page) -> tuple[Node, ...]:
    words = app.words
    slips = tuple(
        Node("choice", f"choice:{option.id}", option.say or words("page.continue"),
             action=Action("choose", option.id), value=str(number),
             style="" if option.say else "continue")
        for number, option in enumerate(page.choices, 1)
    )  # fmt: skip
    if slips:
        label = words("choices", n=len(slips)) if any(option.say for option in page.choices) else ""
        return (Node("list", "choices", label, children=slips),)
    if app.playthrough is not None and app.playthrough.over:  # by an ending, or past a last chapter that was skipped
        if app.visit is not None:
            return (Node("list", "choices", children=(button("visit-card", words("visit.on"), style="main"),)),)
        return (
            Node("ornament", "ending", words("page.ending")),
            Node("list", "choices", children=(
                button("debrief", words("page.debrief"), style="main"),
                button("look-back", words("pause.look-back")),
                button("home", words("home")),
            )),
        )  # fmt: skip
    return ()


def _tools(app: App, page: Page) -> Node:
    words = app.words
    tools = [button("pause", words("page.pause"), hint=words("page.pause.hint"))]
    if app.playthrough is not None and app.playthrough.entries:
        tools.append(button("undo", words("page.undo")))
    if "leave" in page.offers:
        tools.append(button("leave", words("page.leave"), hint=words("page.leave.hint")))
    return Node("group", "tools", style="tools", children=tuple(tools))


def _taken(page: Page, entry: Entry) -> str:
    """What was said to get from this page to the next."""
    return next((option.say for option in page.choices if option.id == entry.take), "")
