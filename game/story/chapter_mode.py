"""How a chapter appears to a role's reader in a cut (a length of the story)."""

from __future__ import annotations

from enum import Enum

from game.story.model import Chapter, Cut


class ChapterMode(Enum):
    """How a chapter appears in a playthrough: with its pages, as a summary, only by its effects, or not at all."""

    PLAYED = "played"
    TOLD = "told"  # it has no page: the next page begins with its `skip` text, and the effects of `skip` apply
    RESOLVED = "resolved"  # of the other role: decided as in an earlier reading, else by `skip`; no text is shown
    LEFT_OUT = "left out"  # an interlude outside the cut: summarised if it has a `skip`


def cut_plays(cut: Cut, chapter: Chapter) -> bool:
    """Return whether a cut includes a chapter's pages. If not, readers see at most the chapter's summary."""
    return bool(chapter.nodes) and (cut.chapters is None or chapter.id in cut.chapters)


def chapter_mode(chapter: Chapter, role: str | None, cut: Cut) -> ChapterMode:
    """Return how a chapter appears for a role. If the cut plays both roles, `role` does not matter and may be None."""
    within = cut_plays(cut, chapter)
    if chapter.role is None:
        return ChapterMode.PLAYED if within else ChapterMode.LEFT_OUT
    if cut.both_roles or chapter.role == role:
        return ChapterMode.PLAYED if within else ChapterMode.TOLD
    return ChapterMode.RESOLVED
