"""Both doors of one date at once: each half of a class walks its own chapter, and the calendar gets both afterwards.

The chapters of one date read nothing that another of them writes, so the second door's pages are known before the
first door's choices are: they are found by any way through the first.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from itertools import pairwise

from game.core.values import frozen
from game.play import Page, Playthrough
from game.story.model import Story

ALL = ""  # the door of a lane that everybody walks: an interlude, or a sitting with one role


@frozen
class Track:
    """One half's way through its chapter: `start` is where that began, `now` where it stands.

    `first` is the page that it begins with, as it is told to this half.
    """

    door: str
    start: Playthrough
    now: Playthrough
    first: Page

    @property
    def through(self) -> bool:
        """Whether the chapter lies behind: the half waits for the other one."""
        return self.now.page.chapter != self.start.page.chapter

    @property
    def page(self) -> Page:
        """What this half has before it: while it waits, the last page of its own chapter."""
        shown = self.now.previous if self.through and self.now.previous is not None else self.now
        return self.first if shown is self.start else shown.page

    @property
    def done(self) -> bool:
        """Whether nothing more is to be taken here before the others are done as well."""
        return self.through or self.now.over

    @property
    def votes(self) -> bool:
        """Whether there is something to vote on, rather than a page that only goes on."""
        return not self.done and any(option.say for option in self.page.choices)

    @property
    def reads(self) -> bool:
        """Whether its page only goes on."""
        return not self.done and not self.votes


def tracks_at(playthrough: Playthrough) -> tuple[Track, ...]:
    """The lanes that begin where a playthrough stands: one, or one a door of a date with several."""
    first = playthrough.page.chapter
    tracks = [_lane(playthrough)]
    doors = _doors(playthrough.story, first) if playthrough.role is None else frozenset()
    probe = playthrough
    while len(doors) > 1 and not probe.over:
        before, probe = probe.page.chapter, probe.choose(probe.page.choices[0].id)
        chapter = probe.page.chapter
        if chapter == before:
            continue
        if chapter not in doors:
            break
        tracks.append(_lane(probe))
    if len(tracks) == 1:
        return (replace(tracks[0], door=ALL),)
    # what came before the date heads its first door's page: each half is told its own, and what is nobody's
    told, story = playthrough.page.told, playthrough.story
    return tuple(
        replace(track, first=track.first.with_told(tuple(
            one for one in (*told, *(track.first.told if track is not tracks[0] else ()))
            if story.chapters[one.chapter].role in (None, track.door)
        )))
        for track in tracks
    )  # fmt: skip


def _lane(start: Playthrough) -> Track:
    return Track(start.page.role or ALL, start, start, start.page)


def advanced(tracks: tuple[Track, ...], takes: Mapping[str, str]) -> tuple[Track, ...]:
    """The lanes after those that `takes` names took their entry; when all are done, those of the next date.

    Raises UnknownChoice or UnavailableChoice.
    """
    tracks = tuple(
        replace(track, now=track.now.take(takes[track.door])) if track.door in takes else track for track in tracks
    )
    return tracks_at(merged(tracks)) if all(track.done for track in tracks) else tracks


def merged(tracks: tuple[Track, ...]) -> Playthrough:
    """One playthrough of what every lane has taken, in the calendar's order, as far as that goes in one piece."""
    whole = tracks[0].now
    for before, track in pairwise(tracks):
        if not before.through:
            break
        for entry in track.now.entries[len(track.start.entries) :]:
            whole = whole.take(entry.take)
    return whole


def _doors(story: Story, chapter: str | None) -> frozenset[str | None]:
    return next((frozenset(date) for date in story.calendar if chapter in date), frozenset())
