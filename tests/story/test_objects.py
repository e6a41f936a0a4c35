"""A chapter's central object: an id that only a museum's configuration explains."""

from __future__ import annotations

import re
from pathlib import Path

from game.story.model import Chapter, Story
from tests.story.packs import CHAPTER, checked, codes


def test_objects_are_listed_once_in_the_calendar_s_order(mill: Story, shipped: Story) -> None:
    assert mill.objects == ("wok", "rice-bowl")
    things = [shipped.chapters[id].object for id in shipped.order if shipped.chapters[id].object]
    assert things.count("wok") > 1
    assert sorted(shipped.objects) == sorted({thing for thing in things if thing})


def test_a_sentence_is_not_an_object_s_name(tmp_path: Path) -> None:
    _, findings = checked(tmp_path, chapter=f"{CHAPTER}object: The wok, and who gives it.\n")
    assert codes(findings) == ["WG204"]


def test_the_shipped_story_names_only_what_a_reader_meets(shipped: Story) -> None:
    """The last word of each name is on a page of its chapter that a reader may reach."""
    for chapter in shipped.chapters.values():
        if chapter.object is not None:
            thing = chapter.object.rpartition("-")[2]
            assert re.search(rf"\b{thing}s?\b", _prose(chapter), re.IGNORECASE), (chapter.id, thing)


def _prose(chapter: Chapter) -> str:
    passages = (passage for node in chapter.nodes.values() for passage in (*node.text, *node.brief))
    return " ".join(part.text for shown in passages for part in shown.parts if hasattr(part, "text"))
