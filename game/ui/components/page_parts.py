"""Parts of a page that several screens share: header, text, choices, and the causes of the last changes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial

from game.play.page import Change, Page, ToldChapter
from game.story.model import INVENTED, Story
from game.ui.components.changes import change_lines
from game.ui.components.chart_trees import weighing_chart
from game.ui.components.parts import button, heading, plain, prose
from game.ui.i18n import Catalogue
from game.ui.tree import Action, TreeNode


def page_nodes(story: Story, words: Catalogue, page: Page, other_version: bool = False) -> tuple[TreeNode, ...]:
    """All that is read on a page: its content, and the causes with links to their sources."""
    skip_button = (button("skip", words("page.skip"), style="quiet"),) if "skip" in page.offers else ()
    causes = causes_card(story, words, page.changes, partial(fact_link, story, words))
    return (*content_nodes(story, words, page, other_version, skip_button), *causes)


def content_nodes(
    story: Story, words: Catalogue, page: Page, other_version: bool = False, skip_button: tuple[TreeNode, ...] = ()
) -> tuple[TreeNode, ...]:
    """A page's content: picture, date and place, title, content note, summaries, prose, chart."""
    nodes = list(header_nodes(words, page))
    if page.note:
        nodes.append(TreeNode("group", "note", page.note, style="note", children=skip_button))
    if page.told:
        told = [node for part in page.told for node in _told_nodes(words, part)]
        nodes.append(TreeNode("group", "told", words("page.told"), style="told", children=tuple(told)))
    return (*nodes, *text_nodes(story, words, page, other_version))


def header_nodes(words: Catalogue, page: Page) -> Iterator[TreeNode]:
    """Picture, date and place, title."""
    if page.picture and page.picture.alt:
        yield TreeNode("image", "picture", page.picture.alt)
    dateline = words("page.dateline.join").join(filter(None, (page.when, page.place)))
    if dateline or page.hanzi:
        yield TreeNode("date", "date", dateline, value=page.hanzi or "")
    yield heading(page.title)


def text_nodes(story: Story, words: Catalogue, page: Page, other_version: bool = False) -> Iterator[TreeNode]:
    """The page's prose, and the chart of a weighing."""
    yield from prose(page.shown_paragraphs(other_version), "prose")
    if page.ledger:
        yield weighing_chart(story, words, page.ledger)


def choice_list(words: Catalogue, page: Page) -> tuple[TreeNode, ...]:
    """The list of choices, or of the only way on; empty at the end of the story."""
    found = tuple(
        TreeNode("choice", f"choice:{option.id}", option.say or words("page.continue"),
             action=Action("choose", option.id), value=option.reason, level=number,
             style="" if option.say else "continue")
        for number, option in enumerate(page.choices, 1)
    )  # fmt: skip
    label = words("choices", n=len(found)) if has_decision(page) else ""
    return (TreeNode("list", "choices", label, children=found),) if found else ()


def has_decision(page: Page) -> bool:
    """Whether there is a choice beyond going on."""
    return any(option.say for option in page.choices)


def date_and_title(words: Catalogue, part: Page | ToldChapter) -> str:
    """When a chapter is, and its title."""
    return words("page.dateline.join").join(filter(None, (part.when, part.title)))


def _told_nodes(words: Catalogue, told: ToldChapter) -> Iterator[TreeNode]:
    """The summary of a skipped chapter: its date, its content note, its text."""
    yield plain(date_and_title(words, told), f"told-{told.chapter}", style="told-date")
    if told.note:
        yield plain(told.note, f"told-{told.chapter}-note", style="told-note")
    yield from prose(told.paragraphs, f"told-{told.chapter}", style="told")


def causes_card(
    story: Story, words: Catalogue, changes: Iterable[Change], show: Callable[[str], TreeNode]
) -> tuple[TreeNode, ...]:
    """The card of what the last choice changed; `show` makes the node of each fact behind it."""
    changes = tuple(changes)
    if not changes:
        return ()
    lines = change_lines(words, changes, "change")
    shown = map(show, facts_behind(story, changes))
    return (TreeNode("group", "because", words("because"), style="because", children=(*lines, *shown)),)


def facts_behind(story: Story, changes: Iterable[Change]) -> tuple[str, ...]:
    """The ids of the facts behind changes, each once; `invented` is one of them."""
    facts = dict.fromkeys(fact for change in changes for fact in change.facts)
    return tuple(fact for fact in facts if fact == INVENTED or fact in story.facts)


def fact_link(story: Story, words: Catalogue, fact: str) -> TreeNode:
    """A fact in full, which opens its source card."""
    text = words("fact.invented.short") if fact == INVENTED else story.facts[fact].text
    return TreeNode("link", f"fact:{fact}", text, action=Action("fact", fact), value=words("fact.source"),
                hint=words("fact.open"), style="fact")  # fmt: skip


def has_lead_in(page: Page) -> bool:
    """Whether summaries of skipped chapters or a content note come before the page."""
    return bool(page.told or page.note)
