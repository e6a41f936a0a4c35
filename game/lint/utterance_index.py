"""All texts that a pack shows its readers, with their places: chapters, choices, titles, lines, people, sources."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from game.core.values import frozen
from game.lint.chapter_texts import ChapterText, WrittenWords
from game.story.builder.story_builder import PackSources
from game.story.builder.text_compiler import Path
from game.story.model import Node, Story
from game.story.schema.chapter_schema import ChapterShape, PassageShape
from game.story.schema.pack_schema import LineShape, PackShape
from game.story.schema.people_schema import PeopleShape
from game.yamlio.reader import Document


@frozen
class Utterance(WrittenWords):
    """A paragraph, choice, question, speaker, title, line of the calendar, or sentence about somebody.

    `where` is the page (`chapter.node`), `chapter.skip`, the chapter, `calendar.LINE`, `people.ID` or `sources.ID`.
    `chapter` is "" outside chapters. `when` is the date above the text, or the date that it is about. `about` is the
    person whom `she` or `he` means before anybody is named. `before` is as in `WrittenWords`. A `label` is a title or
    heading, in which a capital letter need not begin a name.
    """

    words: str
    where: str
    document: Document
    path: Path
    chapter: str = ""
    role: str | None = None
    when: str | None = None
    about: str | None = None
    before: int = 0
    label: bool = False


@frozen
class BibleConflict:
    """Words that contradict the bible, from the character `at` of `saying` on. `allow` in the bible can permit them."""

    saying: Utterance
    at: int
    words: str
    code: str
    problem: str
    remedy: str


def paragraph_utterances(texts: Iterable[ChapterText]) -> Iterator[Utterance]:
    """Yield every paragraph and speaker of the chapters' pages and summaries."""
    for text in texts:
        node = text.part if isinstance(text.part, Node) else None
        where = node.full_id if node is not None else f"{text.chapter.id}.skip"
        under = text.chapter.id, text.chapter.role, text.chapter.when_at(node)
        for paragraph in text.paragraphs:
            yield Utterance(paragraph.words, where, paragraph.document, paragraph.path, *under, before=paragraph.before)
            if paragraph.passage.by and not paragraph.before:  # name the speaker of several paragraphs once
                yield Utterance(paragraph.passage.by, where, paragraph.document, (*paragraph.path[:-1], "by"), *under)


def label_utterances(story: Story, chapters: Sequence[tuple[ChapterShape, Document]]) -> Iterator[Utterance]:
    """Yield every title, date and question of the chapters, and every text of their choices."""
    for shape, document in chapters:
        chapter = story.chapters[shape.chapter]
        for path, words in _labels_of(shape):
            node = chapter.nodes[str(path[1])] if path[0] == "nodes" else None
            where = node.full_id if node is not None else chapter.id
            later = "anyway" in path  # it is shown after the story, and covers later events
            under = chapter.id, chapter.role, None if later else chapter.when_at(node)
            yield Utterance(words, where, document, path, *under, label=path == ("title",))


def _labels_of(shape: ChapterShape) -> Iterator[tuple[Path, str]]:
    yield ("title",), shape.title
    for id, node in (shape.nodes or {}).items():
        if node.when:
            yield ("nodes", id, "when"), node.when
        if node.discuss:
            yield ("nodes", id, "discuss"), node.discuss
        for i, choice in enumerate(node.choices or ()):
            path: Path = ("nodes", id, "choices", i)
            yield (*path, "say"), choice.say
            if choice.reason:
                yield (*path, "reason"), choice.reason
            yield from _passages(choice.answer, (*path, "answer"))
            yield from _passages(choice.anyway, (*path, "anyway"))


def _passages(passages: Sequence[PassageShape] | None, path: Path) -> Iterator[tuple[Path, str]]:
    for i, passage in enumerate(passages or ()):
        yield (*path, i, "text"), passage.text


def setting_utterances(sources: PackSources) -> Iterator[Utterance]:
    """Yield every text on cards, in the calendar and on the map."""
    pack, document = sources.pack
    yield from line_utterances(pack, document)
    for id, source in pack.sources.items():
        where, path = f"sources.{id}", ("sources", id)
        for key in ("title", "kind", "name", "about"):
            if words := getattr(source, key):  # authors and papers may have any name
                yield Utterance(words, where, document, (*path, key), label=True)
    for id, spot in pack.map.spots.items() if pack.map is not None else ():
        yield Utterance(spot.name, f"map.{id}", document, ("map", "spots", id, "name"))
    if sources.people is not None:
        yield from _people_utterances(*sources.people)


def line_utterances(pack: PackShape, document: Document) -> Iterator[Utterance]:
    """Yield every sentence of the calendar's lines."""
    for i, line in enumerate(pack.calendar):
        if isinstance(line, LineShape):
            where, year = f"calendar.{line.line}", str(line.year) if line.year is not None else None
            for j, words in enumerate(line.text):
                yield Utterance(words, where, document, ("calendar", i, "text", j), when=year)
            if line.brief:
                yield Utterance(line.brief, where, document, ("calendar", i, "brief"), when=year)


def _people_utterances(people: PeopleShape, document: Document) -> Iterator[Utterance]:
    for id, heading in people.groups.items():
        yield Utterance(heading, f"people.{id}", document, ("groups", id), label=True)
    for id, person in people.people.items():
        path: Path = ("people", id)
        said = [((*path, key, i, "text"), passage.text) for key, several in (("is", person.is_), ("know", person.know))
                for i, passage in enumerate(several)]  # fmt: skip
        for at, words in (*said, *_passages(person.fate, (*path, "fate"))):
            yield Utterance(words, f"people.{id}", document, at, about=person.name)
