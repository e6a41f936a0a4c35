"""Parallel tracks: behind each door a part of the class reads its own chapter of a date; afterwards they are merged.

The chapters of one date read no variable that another of them writes. So the first page of the second door is found
by any choices through the first door's chapter.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from itertools import pairwise

from game.core.values import frozen
from game.play import Page, Playthrough
from game.story.model import Story

ALL = ""  # the door of a track that the whole class reads: an interlude, or a class with one role


@frozen
class Track:
    """One door's way through its chapter: `start` is where it began, `now` where it stands.

    `first` is the first page, with the lead-in that this door's readers get.
    """

    door: str
    start: Playthrough
    now: Playthrough
    first: Page

    @property
    def chapter_over(self) -> bool:
        """Whether the chapter is finished, and the track waits for the others."""
        return self.now.page.chapter != self.start.page.chapter

    @property
    def page(self) -> Page:
        """The page that is shown: while the track waits, the last one of its own chapter."""
        at = self.now.previous if self.chapter_over and self.now.previous is not None else self.now
        return self.first if at is self.start else at.page

    @property
    def done(self) -> bool:
        """Whether no more choices are taken before the other tracks are done as well."""
        return self.chapter_over or self.now.over

    @property
    def votes(self) -> bool:
        """Whether the page has choices to vote on."""
        return not self.done and any(option.say for option in self.page.choices)

    @property
    def reads(self) -> bool:
        """Whether the page only leads to the next."""
        return not self.done and not self.votes


def tracks_at(playthrough: Playthrough) -> tuple[Track, ...]:
    """The tracks that begin where a playthrough stands: one, or one for each door of a date with several."""
    first = playthrough.page.chapter
    tracks = [_new_track(playthrough)]
    doors = _doors(playthrough.story, first) if playthrough.role is None else frozenset()
    probe = playthrough
    while len(doors) > 1 and not probe.over:
        before, probe = probe.page.chapter, probe.choose(probe.page.choices[0].id)
        chapter = probe.page.chapter
        if chapter == before:
            continue
        if chapter not in doors:
            break
        tracks.append(_new_track(probe))
    if len(tracks) == 1:
        return (replace(tracks[0], door=ALL),)
    # the lead-in of the first door's page holds what came before the date: each door gets its own and what is common
    told, story = playthrough.page.told, playthrough.story
    return tuple(
        replace(track, first=track.first.with_told(tuple(
            one for one in (*told, *(track.first.told if track is not tracks[0] else ()))
            if story.chapters[one.chapter].role in (None, track.door)
        )))
        for track in tracks
    )  # fmt: skip


def _new_track(start: Playthrough) -> Track:
    return Track(start.page.role or ALL, start, start, start.page)


def advance_tracks(tracks: tuple[Track, ...], takes: Mapping[str, str]) -> tuple[Track, ...]:
    """The tracks after each door in `takes` took its choice; when all are done, the tracks of the next date.

    Raises UnknownChoice or UnavailableChoice.
    """
    tracks = tuple(
        replace(track, now=track.now.take(takes[track.door])) if track.door in takes else track for track in tracks
    )
    return tracks_at(merge_tracks(tracks)) if all(track.done for track in tracks) else tracks


def merge_tracks(tracks: tuple[Track, ...]) -> Playthrough:
    """One playthrough of the tracks' choices in the calendar's order, up to the first chapter that is not finished."""
    whole = tracks[0].now
    for before, track in pairwise(tracks):
        if not before.chapter_over:
            break
        for entry in track.now.entries[len(track.start.entries) :]:
            whole = whole.take(entry.take)
    return whole


def _doors(story: Story, chapter: str | None) -> frozenset[str | None]:
    return next((frozenset(date) for date in story.calendar if chapter in date), frozenset())
