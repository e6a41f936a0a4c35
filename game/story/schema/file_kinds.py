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
SECTIONS = {
    "pack": "A story from nothing",
    "chapter": "What the words mean",
    "facts": "What a scene rests on",
    "debrief": "The talk after the story",
    "guide": "The teacher's pack",
    "documents": "Documents that disagree",
    "people": "Who is in it",
    "bible": "Before you send it",
    "ledger": "Weighings, and a map",
    "measures": "Weighings, and a map",
    "map": "Weighings, and a map",
    "invitation": "Weighings, and a map",
    "image": "A picture of your own",
    "focus": "A picture of your own",
    "params": "What a picture shows",
    "sound": "A sound of your own",
}  # the manual's section about a kind of file, or about a key
