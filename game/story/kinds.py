"""The kinds of file that a pack has, each by the key that tells it."""

from __future__ import annotations

from game.story.bible_shape import BibleShape
from game.story.debrief_shape import DebriefShape
from game.story.guide_shape import GuideShape
from game.story.pack_shape import PackShape
from game.story.shape import ChapterShape, FactsShape, GlossaryShape, Shape

KINDS: dict[str, type[Shape]] = {
    "pack": PackShape,
    "chapter": ChapterShape,
    "facts": FactsShape,
    "glossary": GlossaryShape,
    "debrief": DebriefShape,
    "guide": GuideShape,
    "bible": BibleShape,
}  # a file is of the first kind whose key it has
