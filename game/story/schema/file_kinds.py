"""The kinds of a pack's files. A top-level key tells the kind of a file."""

from __future__ import annotations

from game.story.schema.bible_schema import BibleShape
from game.story.schema.chapter_schema import ChapterShape, FactsShape, GlossaryShape, Shape
from game.story.schema.debrief_schema import DebriefShape
from game.story.schema.desk_schema import DeskShape
from game.story.schema.guide_schema import GuideShape
from game.story.schema.pack_schema import PackShape
from game.story.schema.people_schema import PeopleShape

KINDS: dict[str, type[Shape]] = {
    "pack": PackShape,
    "chapter": ChapterShape,
    "facts": FactsShape,
    "glossary": GlossaryShape,
    "debrief": DebriefShape,
    "guide": GuideShape,
    "documents": DeskShape,
    "people": PeopleShape,
    "bible": BibleShape,
}  # a file has the first kind whose key it contains
