"""Guide as HTML: one file with the guide's first part, the table of contents, and the other parts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from xml.etree.ElementTree import Element

from game.core import html
from game.core.html import Child, join, link, tag
from game.documents.guide import desk_pages, overviews
from game.documents.guide.inline_html import GuidePicture, PrintSetting, cell, prose
from game.documents.guide.page_previews import change_cards, chapter_previews
from game.documents.guide.paper_book_html import paper_books
from game.documents.guide.reading_times import ReadingTime
from game.documents.guide.sheets import cards_to_cut, gaps, timeline_table, weighings_sheet
from game.documents.html_parts import BLANK
from game.documents.sources_html import licence_line
from game.story.facts import Fact
from game.story.guide import Guide, GuideBook, GuideNote, GuidePart, GuideStep, GuideTable
from game.story.model import Story
from game.ui.components.citations import source_name
from game.ui.i18n import Catalogue, capital

GENERATOR = "weight-of-grain guide"  # marks a file as ours: other files are not replaced
_ALONE = (
    "content-note", "lengths", "content-map", "discussion", "debrief", "placing", "views", "people", "measures",
    "scenes", "cards", "facts", "voices", "glossary", "about", "paper", "tasks", "answers", "documents", "standards",
    "weighings",
)  # fmt: skip


def render_guide(
    story: Story,
    words: Catalogue,
    style: str,
    lengths: tuple[ReadingTime, ...],
    pictures: Mapping[str, GuidePicture] | None = None,
) -> str:
    """Return the guide as the text of one HTML file.

    Without a guide.yaml, it has only the parts that are made from the story. `style` is CSS. `lengths` comes from
    `measure_reading_times`; if it is empty, the guide has no reading times. `pictures` has the pictures of the guide's
    parts, by the id of the chapter that each shows.
    """
    guide = story.guide or Guide(tuple(GuidePart(fill, words(f"guide.part.{fill}"), fill=fill) for fill in _ALONE))
    fills = frozenset(part.fill for part in guide.parts if part.fill)
    titles = {part.title: part.id for part in guide.parts}
    printer = _GuidePrinter(PrintSetting(story, words, lengths, fills, titles, pictures or {}), guide)
    title = words("guide.title", title=story.title)
    header = tag("header", tag("h1", title), class_="top")
    return html.document(title, GENERATOR, style, story.language, header, printer.main(), licence_line(story, words))


class _GuidePrinter:
    def __init__(self, setting: PrintSetting, guide: Guide) -> None:
        self.setting, self.guide, self.words = setting, guide, setting.words
        self.parts = {part.id: part for part in guide.parts}

    def main(self) -> list[Child]:
        printed = [(part, made) for part in self.guide.parts if (made := self._part(part)) is not None]
        opening = printed[:1] if self.setting.story.guide else []
        rest = printed[len(opening) :]
        lesson = [(part, made) for part, made in rest if not part.appendix]
        appendix = [(part, made) for part, made in rest if part.appendix]
        contents = (tag("h2", self.words("guide.contents"), id="contents"), self._contents(lesson))
        more = (tag("h2", self.words("guide.appendix"), class_="appendix"), self._contents(appendix))
        return [
            *(made for _, made in opening),
            tag("nav", contents, more if appendix else None),
            *(made for _, made in (*lesson, *appendix)),
        ]

    def _contents(self, parts: list[tuple[GuidePart, Element]]) -> Element:
        return tag("ol", [tag("li", link(f"part.{part.id}", part.title), self._badge(part)) for part, _ in parts])

    def _part(self, part: GuidePart) -> Element | None:
        setting = self.setting
        inner: list[Child] = [
            *prose(part.text, setting),
            self._points(part),
            self._steps(part.steps, part.lasts) if part.steps else None,
            self._plan(self.parts[part.plan]) if part.plan else None,
            self._table(part.table) if part.table else None,
            self._notes(part.notes) if part.notes else None,
            timeline_table(part.timeline, setting) if part.timeline else None,
            cards_to_cut(part.cards, setting) if part.cards else None,
            *self._fill(part),
            *prose(part.after, setting),
        ]
        if all(child is None for child in inner):
            return None
        heading = tag("h2", part.title, self._badge(part))
        return tag("section", heading, self._picture(part), inner, id=f"part.{part.id}", class_=_kinds(part))

    def _picture(self, part: GuidePart) -> Element | None:
        found = self.setting.pictures.get(part.picture or "")
        if found is None:
            return None
        credit = tag("figcaption", found.credit) if found.credit else None
        return tag("figure", tag("img", src=found.uri, alt=found.alt, width="1600", height="900"), credit)

    def _badge(self, part: GuidePart) -> Element | None:
        return tag("span", self.words("guide.outside"), class_="outside") if part.outside else None

    def _fill(self, part: GuidePart) -> Iterator[Element]:
        setting = self.setting
        match part.fill:
            case None:
                return
            case "content-map":
                yield from overviews.content_map(setting, part.marks)
            case "paper":
                yield from paper_books(setting, part.cut or _shortest(setting))
            case _:
                yield from {
                    "content-note": overviews.content_note,
                    "lengths": overviews.lengths,
                    "discussion": overviews.discussion,
                    "debrief": overviews.debrief,
                    "placing": overviews.placing,
                    "views": overviews.views,
                    "people": overviews.people,
                    "measures": overviews.measures,
                    "scenes": chapter_previews,
                    "cards": change_cards,
                    "facts": overviews.facts,
                    "voices": overviews.voices,
                    "glossary": overviews.glossary,
                    "about": overviews.about,
                    "tasks": desk_pages.tasks,
                    "answers": desk_pages.answers,
                    "documents": desk_pages.documents,
                    "standards": desk_pages.standards,
                    "questionnaire": desk_pages.questionnaire,
                    "questionnaire-key": desk_pages.questionnaire_key,
                    "gaps": gaps,
                    "weighings": weighings_sheet,
                }[part.fill](setting)

    def _points(self, part: GuidePart) -> Element | None:
        if not part.points:
            return None
        said = [(point.name, cell(point.text, self.setting)) for point in part.points]
        if all(name for name, _ in said):
            return tag("dl", [tag("div", tag("dt", name), tag("dd", text)) for name, text in said], class_="points")
        return tag("ul", [tag("li", [tag("strong", name), " "] if name else None, text) for name, text in said])

    def _steps(self, steps: tuple[GuideStep, ...], lasts: int | None) -> Element:
        words = self.words
        rows = [
            tag("tr", tag("td", f"{start}–{start + step.minutes}"), tag("th", step.title, scope="row"),
                tag("td", cell(step.text, self.setting)))
            for start, step in _clocked(steps)
        ]  # fmt: skip
        caption = words("guide.steps.caption", minutes=lasts) if lasts else None
        head = [words("guide.steps.minutes"), words("guide.steps.what"), words("guide.steps.how")]
        return overviews.table(head, rows, caption, "steps")

    def _plan(self, of: GuidePart) -> Element:
        rows = [
            tag("li", tag("span", f"{start}–{start + step.minutes}", class_="clock"), " ", step.title)
            for start, step in _clocked(of.steps)
        ]
        more = tag("li", link(f"part.{of.id}", self.words("guide.steps.more")), class_="more")
        return tag("div", tag("p", tag("strong", of.title)), tag("ul", rows, more, class_="plan"))

    def _table(self, of: GuideTable) -> Element:
        width = len(of.columns)
        rows = [
            tag("tr", [tag("td", cell(text, self.setting)) for text in row],
                [tag("td", BLANK, class_="box") for _ in range(width - len(row))])
            for row in of.rows
        ]  # fmt: skip
        return overviews.table(of.columns, rows, of.caption or None)

    def _notes(self, notes: tuple[GuideNote, ...]) -> list[Child]:
        used = {book for note in notes for book in note.books}
        books = [
            tag("li", _book(book), id=f"book.{id}")
            for id, book in sorted(self.guide.books.items(), key=lambda entry: entry[1].author or entry[1].title)
            if id in used
        ]
        return [
            *[self._note(note) for note in notes],
            [tag("h3", self.words("guide.notes.books")), tag("ul", books, class_="books")] if books else None,
        ]

    def _note(self, note: GuideNote) -> Element:
        story = self.setting.story
        facts = [story.facts[id] for id in note.facts if id in story.facts]
        cited = [(id, self.guide.books[id]) for id in note.books]
        books = [link(f"book.{id}", book.author or tag("em", book.title)) for id, book in cited]
        said = [tag("p", tag("strong", self._place(fact)), " ", fact.text) for fact in facts]
        return tag(
            "section",
            tag("h3", note.topic),
            tag("div", said, class_="source") if said else None,
            tag("div", prose(note.text, self.setting), class_="elsewhere"),
            tag("p", self.words("guide.notes.look"), " ", join(books, "; "), class_="small") if books else None,
            class_="history",
        )

    def _place(self, fact: Fact) -> str:
        """Return the name of the story's main source, and the fact's place in it. If the fact is from another source,
        or has no place, return its citation, as `Story.cited` words it."""
        story, place = self.setting.story, self.setting.story.cited(fact)
        if not fact.place or fact.source != story.main:
            return self.words("guide.by", name=place)
        name = source_name(story, self.words, fact)
        return self.words("guide.notes.source", source=name, Source=capital(name), place=place)


def _kinds(part: GuidePart) -> str:
    kinds = {
        "apart": part.apart,
        "lesson": bool(part.steps),
        "landscape": part.timeline is not None,
        part.fill or "": bool(part.fill),
    }
    return " ".join(["part", *(kind for kind, holds in kinds.items() if holds)])


def _book(book: GuideBook) -> list[Child]:
    return [
        f"{book.author}, " if book.author else None,
        tag("em", book.title),
        f" ({book.details})" if book.details else None,
        f". {book.why}" if book.why else None,
    ]


def _clocked(steps: tuple[GuideStep, ...]) -> Iterator[tuple[int, GuideStep]]:
    """Yield each step with the minute at which it begins."""
    at = 0
    for step in steps:
        yield at, step
        at += step.minutes


def _shortest(setting: PrintSetting) -> str:
    """Return the id of the cut with the fewest chapters, which is the default of the paper book."""
    story = setting.story
    return min(story.cuts.values(), key=lambda cut: len(cut.chapters or story.chapters)).id
