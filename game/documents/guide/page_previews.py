"""Page previews: every page of every chapter with its conditions and choices, and the calendar's short lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from xml.etree.ElementTree import Element

from game.core.html import Child, join, link, tag
from game.documents.guide.condition_text import Words
from game.documents.guide.inline_html import PrintSetting, content, only_if, passage, rests_on, spaced, variants
from game.lang.markup import Passage
from game.play.page_context import line_paragraph
from game.story.model import NEXT, Branch, Chapter, Line, Node, Story


def chapter_previews(setting: PrintSetting) -> Iterator[Element]:
    """Yield a section for every chapter, date by date. Before the chapters of a date come its lines of the calendar."""
    story = setting.story
    for date, chapters in enumerate(story.calendar):
        yield from (_line(line, setting) for line in (story.lines[date] if story.lines else ()))
        yield from (_chapter(story.chapters[id], setting) for id in chapters)


def _line(line: Line, setting: PrintSetting) -> Element:
    """Return a line of the calendar and its sources, and its brief (short) text if a cut shows brief lines."""
    words = setting.words
    brief = line.brief if any(cut.brief_lines for cut in setting.story.cuts.values()) else ""
    return tag(
        "div",
        tag("p", tag("strong", words("guide.line")), f" {line.year}: " if line.year is not None else " ",
            line_paragraph(line, False).text),
        tag("p", tag("strong", words("guide.line.brief")), " ", brief) if brief else None,
        tag("p", rests, class_="foot") if (rests := rests_on(line.because, setting)) is not None else None,
        class_="told line",
    )  # fmt: skip


def change_cards(setting: PrintSetting) -> Iterator[Element]:
    """Yield a table of what the story keeps track of: for each variable that has words, the words of all its values."""
    texts = [dict.fromkeys(variable.words.values()) for variable in setting.story.variables.values() if variable.words]
    rows = [tag("tr", tag("td", tag("ul", [tag("li", text) for text in each], class_="run"))) for each in texts]
    if rows:
        yield tag("table", tag("caption", setting.words("guide.cards.caption")), tag("tbody", rows))


def number(node: Node, chapter: Chapter) -> int:
    """Return a page's number in its chapter, from 1."""
    return list(chapter.nodes).index(node.id) + 1


def page_link(node: Node, chapter: Chapter, setting: PrintSetting) -> Child:
    """Return a link to a page's preview; only the link's text if the guide has no previews."""
    said = setting.words("guide.page", number=number(node, chapter))
    return link(f"page.{node.full_id}", said) if "scenes" in setting.fills else said


def heading(chapter: Chapter) -> list[Child]:
    return [chapter.title, " " if chapter.hanzi else None, chapter.hanzi]


def role_of(chapter: Chapter, setting: PrintSetting) -> str:
    """Return the door (role) of a chapter in words; that it is for everybody if it has no role."""
    if chapter.role is None:
        return setting.words("guide.everybody")
    return setting.words("guide.door", name=setting.story.roles[chapter.role].name)


def cuts_with(chapter: Chapter, story: Story) -> list[str]:
    """Return the ids of the cuts (lengths of the story) that play a chapter; empty for a chapter without pages."""
    return [c.id for c in story.cuts.values() if chapter.nodes and (c.chapters is None or chapter.id in c.chapters)]


def _chapter(chapter: Chapter, setting: PrintSetting) -> Element:
    words, story = setting.words, setting.story
    place = story.places.get(chapter.place or "")
    where = [chapter.when, place.name if place else None, role_of(chapter, setting)]
    played_in = cuts_with(chapter, story)
    walked = words("guide.walked", cuts=", ".join(played_in)) if played_in else words("guide.walked.never")
    return tag(
        "section",
        tag("h3", heading(chapter)),
        tag("p", " · ".join(filter(None, where)), " · ", walked, class_="where"),
        tag("p", tag("strong", words("guide.announced")), " ", chapter.note, class_="note") if chapter.note else None,
        _skip(chapter, setting),
        [_page(node, chapter, setting) for node in chapter.nodes.values()],
        id=f"chapter.{chapter.id}",
        class_="chapter",
    )


def _skip(chapter: Chapter, setting: PrintSetting) -> Element | None:
    skip = chapter.skip
    if skip is None or not (skip.text or skip.brief):
        return None
    return tag(
        "div",
        tag("p", tag("strong", setting.words("guide.told"))) if skip.text else None,
        [passage(text, setting) for text in skip.text],
        [tag("p", tag("strong", setting.words("guide.told.brief"))), [passage(text, setting) for text in skip.brief]]
        if skip.brief and any(cut.brief for cut in setting.story.cuts.values())
        else None,
        class_="told",
    )


def _page(node: Node, chapter: Chapter, setting: PrintSetting) -> Element:
    words = setting.words
    name = words("guide.page", number=number(node, chapter))
    return tag(
        "article",
        tag("h4", name if node.text else words("guide.fork", page=name)),
        [passage(text, setting) for text in node.text],
        _ledger(node, words),
        tag("div", tag("p", tag("strong", words("guide.brief"))), [passage(text, setting) for text in node.brief],
            class_="told") if node.brief and _shown_in_brief(chapter, setting.story) else None,
        tag("p", tag("strong", words("guide.discuss")), " ", node.discuss, class_="discuss") if node.discuss else None,
        _choices(node, chapter, setting),
        _foot(node, chapter, setting),
        id=f"page.{node.full_id}",
        class_="page",
    )  # fmt: skip


def _shown_in_brief(chapter: Chapter, story: Story) -> bool:
    """Return whether any cut that plays the chapter shows brief (short) texts."""
    return any(story.cuts[id].brief for id in cuts_with(chapter, story))


def _foot(node: Node, chapter: Chapter, setting: PrintSetting) -> Element | None:
    """Return where a page without choices leads, and the page's sources; None if there is neither."""
    rests = rests_on(node.because, setting)
    onward: Child = None
    if node.end is not None:
        onward = setting.words("guide.ending")
    elif not node.choices:
        onward = _onward(node.goto, chapter, setting)
    between = " · " if rests is not None and onward is not None else None
    return tag("p", onward, between, rests, class_="foot") if rests is not None or onward is not None else None


def _ledger(node: Node, words: Words) -> Element | None:
    if node.ledger is None:
        return None
    rows = [tag("li", row.label or words(f"ledger.{row.kind}")) for row in node.ledger.rows]
    return tag("div", tag("p", words("guide.ledger")), tag("ul", rows, class_="run"))


def _choices(node: Node, chapter: Chapter, setting: PrintSetting) -> Element | None:
    if not node.choices:
        return None
    not_decided = setting.words(f"anyway.{setting.story.pronoun_of(chapter.role)}")
    return tag(
        "ul",
        [
            tag(
                "li",
                spaced(only_if(choice.condition, setting)),
                tag("strong", choice.say),
                [" ", tag("em", choice.reason)] if choice.reason else None,
                " ",
                _onward(choice.goto, chapter, setting),
                _outcome(setting.words("guide.answer"), choice.answer, setting),
                _outcome(setting.words("guide.by", name=not_decided), choice.anyway, setting),
                tag("p", rests, class_="foot") if (rests := rests_on(choice.because, setting)) is not None else None,
            )
            for choice in node.choices
        ],
        class_="choices",
    )


def _outcome(name: str, passages: tuple[Passage, ...], setting: PrintSetting) -> Element | None:
    """Return a choice's texts under the label `name`, with their conditions; None if there are no texts."""
    if not passages:
        return None
    label = tag("strong", name)
    if len(passages) == 1:
        condition = spaced(only_if(passages[0].condition, setting))
        return tag("p", label, " ", condition, content(passages[0], setting), class_="outcome")
    return tag("div", tag("p", label), variants(passages, setting), class_="outcome")


def _onward(branches: Sequence[Branch], chapter: Chapter, setting: PrintSetting) -> list[Child]:
    targets: Iterable[Child] = (
        [spaced(only_if(branch.condition, setting)), _target(branch, chapter, setting)] for branch in branches
    )
    return ["→ ", *join(targets, setting.words("guide.else"))]


def _target(branch: Branch, chapter: Chapter, setting: PrintSetting) -> Child:
    if branch.to == NEXT:
        return setting.words("guide.next")
    return page_link(chapter.nodes[branch.to.partition(".")[2]], chapter, setting)
