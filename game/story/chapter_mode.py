"""How a chapter appears for a role in a cut: played, told in short, resolved or left out."""

from __future__ import annotations

from enum import Enum

from game.story.model import Chapter, Cut


class ChapterMode(Enum):
    """How a chapter appears in a playthrough of a role and a cut."""

    PLAYED = "played"
    TOLD = "told"  # no page: its `skip` text heads the next one, its effects apply
    RESOLVED = "resolved"  # the other door: by the earlier record, else by `skip`; nothing is told
    LEFT_OUT = "left out"  # an interlude outside the cut: told where it has a `skip`


def chapter_mode(chapter: Chapter, role: str | None, cut: Cut) -> ChapterMode:
    """How a chapter appears. `role` has no effect where the cut plays both."""
    within = bool(chapter.nodes) and (cut.chapters is None or chapter.id in cut.chapters)
    if chapter.role is None:
        return ChapterMode.PLAYED if within else ChapterMode.LEFT_OUT
    if cut.both_roles or chapter.role == role:
        return ChapterMode.PLAYED if within else ChapterMode.TOLD
    return ChapterMode.RESOLVED
