"""All utterances of the chapters (texts, choices, titles, speakers) with their places, for the rules of the bible."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from game.core.findings import Finding
from game.core.values import frozen
from game.lint.chapter_texts import ChapterText
from game.lint.wording import labels_of
from game.story.builder.text_compiler import Path
from game.story.model import Chapter, Node, Story
from game.story.schema.chapter_schema import ChapterShape
from game.yamlio.reader import Document, count_visible


@frozen
class ChapterUtterance:
    """A paragraph, a choice, a question, a speaker or a title.

    `where` is the page (`chapter.node`), `chapter.skip`, or the chapter. A `label` is no sentence: every word of it
    may have a capital letter.
    """

    words: str
    chapter: Chapter
    where: str
    document: Document
    path: Path
    before: int = 0
    label: bool = False

    @property
    def when(self) -> str | None:
        """The date printed above it."""
        return self.chapter.when_at(self.chapter.nodes.get(self.where.partition(".")[2]))

    def finding(self, code: str, at: int, problem: str, remedy: str) -> Finding:
        """A finding at one of its characters."""
        return self.document.finding(
            code, self.path, problem, remedy, after=self.before + count_visible(self.words[:at])
        )


def chapter_utterances(
    story: Story, texts: Iterable[ChapterText], chapters: Sequence[tuple[ChapterShape, Document]]
) -> Iterator[ChapterUtterance]:
    """All utterances of the chapters, in the order of the texts."""
    for text in texts:
        where = text.part.full_id if isinstance(text.part, Node) else f"{text.chapter.id}.skip"
        for one in text.paragraphs:
            yield ChapterUtterance(one.words, text.chapter, where, one.document, one.path, one.before)
            if one.passage.by and not one.before:  # a speaker of several paragraphs is named once
                yield ChapterUtterance(one.passage.by, text.chapter, where, one.document, (*one.path[:-1], "by"))
    for shape, document in chapters:
        chapter = story.chapters[shape.chapter]
        for path, words in labels_of(shape):
            where = f"{chapter.id}.{path[1]}" if path[0] == "nodes" else chapter.id
            yield ChapterUtterance(words, chapter, where, document, path, label=path == ("title",))
