"""All that a pack says to its readers, with places: chapters' texts, choices and titles, lines, people, sources."""

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
    """A paragraph, a choice, a question, a speaker, a title, a line of the calendar, a sentence about somebody.

    Attributes:
        words: The text as written.
        where: The page (`chapter.node`), `chapter.skip`, the chapter, `calendar.LINE`, `people.ID`, `sources.ID`.
        chapter: The chapter's id; "" outside of chapters.
        role: Whose chapter it is.
        when: The date that it is printed under, or of which it speaks.
        about: The name of the person whom `she` and `he` are, where nobody is named before.
        before: The visible characters of the same text before it.
        label: It is no sentence: every word of it may have a capital letter.
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


def paragraph_utterances(texts: Iterable[ChapterText]) -> Iterator[Utterance]:
    """Every paragraph of the chapters' pages and summaries, and every speaker."""
    for text in texts:
        node = text.part if isinstance(text.part, Node) else None
        where = node.full_id if node is not None else f"{text.chapter.id}.skip"
        under = text.chapter.id, text.chapter.role, text.chapter.when_at(node)
        for one in text.paragraphs:
            yield Utterance(one.words, where, one.document, one.path, *under, before=one.before)
            if one.passage.by and not one.before:  # a speaker of several paragraphs is named once
                yield Utterance(one.passage.by, where, one.document, (*one.path[:-1], "by"), *under)


def label_utterances(story: Story, chapters: Sequence[tuple[ChapterShape, Document]]) -> Iterator[Utterance]:
    """Every title, date and question of the chapters, and all that their choices say and come to."""
    for shape, document in chapters:
        chapter = story.chapters[shape.chapter]
        for path, words in _labels_of(shape):
            node = chapter.nodes[str(path[1])] if path[0] == "nodes" else None
            where = node.full_id if node is not None else chapter.id
            later = "anyway" in path  # it is told after the story, and speaks of what came later
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
    for i, one in enumerate(passages or ()):
        yield (*path, i, "text"), one.text


def setting_utterances(sources: PackSources) -> Iterator[Utterance]:
    """Every text on cards, in the calendar and on the map."""
    pack, document = sources.pack
    yield from line_utterances(pack, document)
    for id, source in pack.sources.items():
        where, path = f"sources.{id}", ("sources", id)
        for key, words in (("title", source.title), ("kind", source.kind), ("about", source.about)):
            if words:  # authors and papers may have any name
                yield Utterance(words, where, document, (*path, key), label=True)
    for id, spot in pack.map.spots.items() if pack.map is not None else ():
        yield Utterance(spot.name, f"map.{id}", document, ("map", "spots", id, "name"))
    if sources.people is not None:
        yield from _people_utterances(*sources.people)


def line_utterances(pack: PackShape, document: Document) -> Iterator[Utterance]:
    """Every sentence of the calendar's lines."""
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
        said = [((*path, key, i, "text"), one.text) for key, several in (("is", person.is_), ("know", person.know))
                for i, one in enumerate(several)]  # fmt: skip
        for at, words in (*said, *_passages(person.fate, (*path, "fate"))):
            yield Utterance(words, f"people.{id}", document, at, about=person.name)
