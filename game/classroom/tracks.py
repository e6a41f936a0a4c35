"""Tracks: a track is the way of one half of a class through a date of the story's calendar. At a date, each door (role)
can have a chapter of its own. When all chapters of the date are read, the tracks are merged into one playthrough.

No chapter of a date reads a variable that another chapter of that date writes. So no choice in the first door's chapter
can change the first page of the second door's chapter.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field, replace
from itertools import pairwise

from game.core.values import frozen
from game.play import Page, Playthrough, begin
from game.play.desk_story import desk_story
from game.play.engine import Block, Position
from game.play.page import Option, ToldChapter
from game.play.playthrough import Entry
from game.play.save_format import entry_to_json
from game.play.voting import WHOLE_CLASS
from game.story.model import Chapter, Story


@frozen
class LastStep:
    """The step that ended a date for the readers of a door."""

    door: str  # or WHOLE_CLASS
    chapter: str | None  # the one that it ended
    before: Position  # from which it was taken
    done: tuple[Block, ...]  # its choice, and the blocks of its own chapter that ran on it
    told: tuple[ToldChapter, ...]  # the summary of its chapter, if that was skipped
    option: Option | None  # the choice, if the page had a vote
    page: Page  # the page after it: its answer and its changes are those of this step alone


@frozen
class Track:
    """The way of one door's readers through their chapter."""

    door: str  # or WHOLE_CLASS
    start: Playthrough  # at the chapter's first page
    now: Playthrough  # after the choices so far
    first: Mapping[str, Page]  # by door: the first page as its readers see it, with what came of their own last step
    led: tuple[LastStep, ...] = ()  # the steps to the first page, one for each part of the class
    # The ids of the choices on the current page, found once, because every ballot is checked against them.
    options: tuple[str, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        page = None if self.done else self.page
        options = tuple(choice.id for choice in page.choices) if page is not None and page.has_decision else ()
        object.__setattr__(self, "options", options)

    @property
    def chapter_over(self) -> bool:
        """Whether the track's chapter is finished, so that the track waits for the other tracks."""
        return self.now.page.chapter != self.start.page.chapter

    @property
    def page(self) -> Page:
        """The current page for the track's own readers. While the track waits, it is the last page of its chapter."""
        return self.page_for(self.door)

    def page_for(self, door: str) -> Page:
        """Return the current page as the readers of a door see it."""
        at = self.now.previous if self.chapter_over and self.now.previous is not None else self.now
        return (self.first.get(door) or self.first[self.door]) if at is self.start else at.page

    @property
    def is_at_start(self) -> bool:
        return self.now is self.start

    @property
    def done(self) -> bool:
        """Whether the track waits for the other tracks, because its chapter or the whole story is over."""
        return self.chapter_over or self.now.over

    @property
    def has_vote(self) -> bool:
        return bool(self.options)

    @property
    def only_continues(self) -> bool:
        """Whether the page has no vote, only a button to the next page."""
        return not self.done and not self.has_vote

    def saved_entry(self, take: str) -> dict[str, str]:
        """Return the entry that a save has for the choice `take` (its id) on the current page."""
        return entry_to_json(self.now.story, Entry(self.page.node or "", take))

    @property
    def next_options(self) -> tuple[str, ...]:
        """The ids of the choices at this chapter's next vote, on this page or a later one; empty if no vote comes."""
        track = self
        while track.only_continues:
            track = replace(track, now=track.now.take(track.page.choices[0].id))
        return track.options


def tracks_at(playthrough: Playthrough, led: tuple[LastStep, ...] = ()) -> tuple[Track, ...]:
    """Return the tracks that begin at a playthrough: one for each door if the class reads both roles and each has a
    chapter at this date, otherwise one. `led` are the steps that ended the date before."""
    first = playthrough.page.chapter
    starts = [playthrough]
    doors: frozenset[str | None] = frozenset()
    if playthrough.role is None:
        doors = next((frozenset(date) for date in playthrough.story.calendar if first in date), doors)
    probe = playthrough
    while len(doors) > 1 and not probe.over:
        before, probe = probe.page.chapter, probe.choose(probe.page.choices[0].id)
        chapter = probe.page.chapter
        if chapter == before:
            continue
        if chapter not in doors or probe.page.role in {start.page.role for start in starts}:
            break
        starts.append(probe)
    if len(starts) == 1:
        readers = (WHOLE_CLASS, *(step.door for step in led if step.door != WHOLE_CLASS))
        pages = {door: _first_page(playthrough, playthrough, door, led) for door in readers}
        return (Track(WHOLE_CLASS, playthrough, playthrough, pages, led),)
    return tuple(
        Track(door, start, start, {door: _first_page(start, playthrough, door, led)}, led)
        for start in starts
        for door in (start.page.role or WHOLE_CLASS,)
    )


def task_tracks(story: Story, role: str | None, task: str) -> tuple[Track, ...]:
    """Return the tracks at the first page of a task or questionnaire (see `desk_story`). `role` is None if the class
    reads both roles. Raises LookupError for an unknown task."""
    desk = desk_story(story, both_roles=role is None)
    if task not in desk.cuts:
        raise LookupError(f"the source desk has no task `{task}`")
    return tracks_at(begin(desk, role=role, cut=task))


def _first_page(start: Playthrough, merged: Playthrough, door: str, led: tuple[LastStep, ...]) -> Page:
    """Return the first page of a track as the readers of a door see it. `merged` is where the date begins.

    The page tells what came of these readers' own last step, and what both doors have in common. The way to the
    second door's `start` has steps through the first door's chapter that nobody took. The page leaves these out.
    """
    if not led and start is merged and door == WHOLE_CLASS:
        return start.page
    story, over = start.story, {step.chapter for step in led}
    own = led if len(led) == 1 else tuple(step for step in led if step.door == door)

    def is_common(chapter: Chapter | None) -> bool:
        return chapter is not None and chapter.id not in over and (door == WHOLE_CLASS or chapter.role in (None, door))

    found = (merged.position, start.position) if start is not merged else (merged.position,)
    done = (
        *(block for step in own for block in step.done),
        *(block for at in found for block in at.done if is_common(_chapter_of(block, story))),
    )
    told = (
        *(summary for step in (led if door == WHOLE_CLASS else own) for summary in step.told),
        *(summary for at in found for summary in at.told if is_common(story.chapters[summary.chapter])),
    )
    before = (own or led)[0].before if led else None
    return start.page.reached_by(before, done, told)


def _last_step(track: Track) -> LastStep | None:
    before = track.now.previous
    if not track.chapter_over or before is None:
        return None
    story, chapter, position = track.now.story, before.page.chapter, track.now.position
    done = tuple(block for block in position.done if (of := _chapter_of(block, story)) is not None and of.id == chapter)
    told = tuple(summary for summary in position.told if summary.chapter == chapter)
    taken = track.now.entries[-1].take
    option = next((choice for choice in before.page.choices if choice.id == taken and choice.say), None)
    page = track.now.page.reached_by(before.position, done, told)
    return LastStep(track.door, chapter, before.position, done, told, option, page)


def _chapter_of(block: Block, story: Story) -> Chapter | None:
    """Return the chapter to which a block of a step belongs; None if no chapter has it."""
    full_id = getattr(block, "full_id", "")
    if full_id:
        return story.chapters[full_id.partition(".")[0]]
    return next((chapter for chapter in story.chapters.values() if chapter.skip is block), None)


def advance_tracks(tracks: tuple[Track, ...], takes: Mapping[str, str]) -> tuple[Track, ...]:
    """Return the tracks after each door in `takes` took its choice; those of the next date once all are done.

    Raises UnknownChoice or UnavailableChoice if a track cannot take its choice.
    """
    tracks = tuple(
        replace(track, now=track.now.take(takes[track.door])) if track.door in takes else track for track in tracks
    )
    if not all(track.done for track in tracks):
        return tracks
    steps = map(_last_step, tracks)
    return tracks_at(merge_tracks(tracks), tuple(step for step in steps if step is not None))


def merge_tracks(tracks: tuple[Track, ...]) -> Playthrough:
    """Return one playthrough with the tracks' choices in the calendar's order, up to the first unfinished chapter."""
    whole = tracks[0].now
    for before, track in pairwise(tracks):
        if not before.chapter_over:
            break
        for entry in track.now.entries[len(track.start.entries) :]:
            whole = whole.take(entry.take)
    return whole
