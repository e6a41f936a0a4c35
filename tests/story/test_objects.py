"""The central object of a chapter: an id that only a museum's configuration explains."""

from __future__ import annotations

import re
from pathlib import Path

from game.story.model import Chapter, Story
from tests.story.packs import CHAPTER, checked, codes


def test_things_are_told_once_in_the_calendar_s_order(mill: Story, shipped: Story) -> None:
    """Also where several chapters turn on the same one."""
    assert mill.objects == ("wok", "rice-bowl")
    things = [shipped.chapters[id].object for id in shipped.order if shipped.chapters[id].object]
    assert things.count("wok") > 1
    assert sorted(shipped.objects) == sorted({thing for thing in things if thing})


def test_a_note_is_no_name_of_a_thing(tmp_path: Path) -> None:
    """A sentence is refused where a name is meant."""
    _, findings = checked(tmp_path, chapter=f"{CHAPTER}object: The wok, and who gives it.\n")
    assert codes(findings) == ["WG204"]


def test_the_shipped_story_names_only_what_a_reader_meets(shipped: Story) -> None:
    """The last word of each name stands in its chapter, on one of the pages that a reader may come to."""
    for chapter in shipped.chapters.values():
        if chapter.object is not None:
            thing = chapter.object.rpartition("-")[2]
            assert re.search(rf"\b{thing}s?\b", _prose(chapter), re.IGNORECASE), (chapter.id, thing)


def _prose(chapter: Chapter) -> str:
    passages = (one for node in chapter.nodes.values() for one in (*node.text, *node.brief))
    return " ".join(part.text for one in passages for part in one.parts if hasattr(part, "text"))
