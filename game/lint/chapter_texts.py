"""The texts of a story's chapters: each paragraph as compiled and as written, with its place in the file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from game.core.findings import Finding
from game.core.values import frozen
from game.lang.markup import InWords, Passage, split_paragraphs
from game.lang.reading_speed import count_words
from game.story.builder.text_compiler import Path
from game.story.model import Chapter, Choice, Node, Skip, Story
from game.story.schema.chapter_schema import ChapterShape, NodeShape, PassageShape, SkipShape
from game.yamlio.reader import Document, count_visible


class WrittenWords:
    """Base class of words in a file. The words begin after `before` visible characters of the text at `path`."""

    __slots__ = ()
    words: str
    document: Document
    path: Path
    before: int

    def finding(self, code: str, at: int, problem: str, remedy: str) -> Finding:
        """Return a finding at a character of the words, counted from 0."""
        after = self.before + count_visible(self.words[:at])
        return self.document.finding(code, self.path, problem, remedy, after=after)


@frozen
class WrittenParagraph(WrittenWords):
    """A paragraph: its compiled passage, its text with markup, and its place."""

    passage: Passage
    words: str
    document: Document
    path: Path
    before: int  # visible characters of the text before this paragraph


@frozen
class ChapterText:
    """The long or (`brief`) the short text of a node or a skip; with `choice`, the answer to a choice of the node."""

    chapter: Chapter
    part: Node | Skip
    brief: bool
    document: Document
    path: Path
    paragraphs: tuple[WrittenParagraph, ...]
    choice: Choice | None = None

    @property
    def because(self) -> tuple[str, ...]:
        """The ids of the facts behind the text."""
        return (self.choice or self.part).because

    @property
    def name(self) -> str:
        """The name of the text in messages."""
        if self.choice is not None:
            return f"{self.choice.full_id}, answer"
        owner = self.part.full_id if isinstance(self.part, Node) else f"{self.chapter.id}, skip"
        return f"{owner}, brief" if self.brief else owner

    def finding(self, code: str, problem: str, remedy: str) -> Finding:
        """Return a finding about the whole text."""
        return self.document.finding(code, self.path, problem, remedy, on_key=True)


def chapter_texts(story: Story, chapters: Sequence[tuple[ChapterShape, Document]]) -> list[ChapterText]:
    """Return every text of every chapter, in the files' order."""
    found: list[ChapterText] = []
    for shape, document in chapters:
        chapter = story.chapters[shape.chapter]
        parts: list[tuple[Node | Skip, NodeShape | SkipShape, Path]] = []
        if chapter.skip and shape.skip:
            parts.append((chapter.skip, shape.skip, ("skip",)))
        parts += [(chapter.nodes[id], node, ("nodes", id)) for id, node in (shape.nodes or {}).items()]
        for part, written, path in parts:
            for key, passages, shapes in (("text", part.text, written.text), ("brief", part.brief, written.brief)):
                if shapes:
                    at: Path = (*path, key)
                    paragraphs = tuple(_paragraphs(passages, shapes, document, at))
                    found.append(ChapterText(chapter, part, key == "brief", document, at, paragraphs))
    return found


def answer_texts(story: Story, chapters: Sequence[tuple[ChapterShape, Document]]) -> list[ChapterText]:
    """Return the answers to all choices, in the files' order."""
    found: list[ChapterText] = []
    for shape, document in chapters:
        chapter = story.chapters[shape.chapter]
        for id, node in (shape.nodes or {}).items():
            for i, written in enumerate(node.choices or ()):
                if written.answer:
                    choice = chapter.nodes[id].choices[i]
                    at: Path = ("nodes", id, "choices", i, "answer")
                    paragraphs = tuple(_paragraphs(choice.answer, written.answer, document, at))
                    found.append(ChapterText(chapter, chapter.nodes[id], False, document, at, paragraphs, choice))
    return found


def _paragraphs(
    passages: Sequence[Passage], shapes: Sequence[PassageShape], document: Document, path: Path
) -> Iterator[WrittenParagraph]:
    ready = iter(passages)
    for i, shape in enumerate(shapes):
        before = 0
        for words in split_paragraphs(shape.text):
            yield WrittenParagraph(next(ready), words, document, (*path, i, "text"), before)
            before += count_visible(words)


def longest_text(passage: Passage, story: Story) -> str:
    """Return the text of a passage, with the longest words that each variable can have."""
    return "".join(_longest(part.variable, story) if isinstance(part, InWords) else part.text for part in passage.parts)


def _longest(variable: str, story: Story) -> str:
    return max(story.variables[variable].words.values(), key=count_words, default="0")
