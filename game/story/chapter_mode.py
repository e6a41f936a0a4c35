"""Which chapters one sitting walks: a role and a cut, held against a chapter."""

from __future__ import annotations

from enum import Enum

from game.story.model import Chapter, Cut


class ChapterMode(Enum):
    """What the calendar does with a chapter in one sitting."""

    PLAYED = "played"
    TOLD = "told"  # no page: its `skip` text heads the next one, its effects apply
    RESOLVED = "resolved"  # the other door: by the earlier record, else by `skip`; nothing is told
    LEFT_OUT = "left out"  # an interlude outside the cut: told where it has a `skip`


def chapter_mode(chapter: Chapter, role: str | None, cut: Cut) -> ChapterMode:
    """What a sitting does with a chapter. `role` says nothing where the cut plays both."""
    within = bool(chapter.nodes) and (cut.chapters is None or chapter.id in cut.chapters)
    if chapter.role is None:
        return ChapterMode.PLAYED if within else ChapterMode.LEFT_OUT
    if cut.both_roles or chapter.role == role:
        return ChapterMode.PLAYED if within else ChapterMode.TOLD
    return ChapterMode.RESOLVED
