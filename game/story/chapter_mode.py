"""How a chapter appears for a role in a cut: played, summarised, resolved or left out."""

from __future__ import annotations

from enum import Enum

from game.story.model import Chapter, Cut


class ChapterMode(Enum):
    """How a chapter appears in a playthrough of a role and a cut."""

    PLAYED = "played"
    TOLD = "told"  # no page of its own: the next page begins with its `skip` text, and its effects apply
    RESOLVED = "resolved"  # the other role's: as an earlier reading decided, else as `skip` does; no text is shown
    LEFT_OUT = "left out"  # an interlude outside the cut: summarised if it has a `skip`


def chapter_mode(chapter: Chapter, role: str | None, cut: Cut) -> ChapterMode:
    """How a chapter appears. `role` has no effect if the cut plays both roles."""
    within = bool(chapter.nodes) and (cut.chapters is None or chapter.id in cut.chapters)
    if chapter.role is None:
        return ChapterMode.PLAYED if within else ChapterMode.LEFT_OUT
    if cut.both_roles or chapter.role == role:
        return ChapterMode.PLAYED if within else ChapterMode.TOLD
    return ChapterMode.RESOLVED
