"""A class in another language: the same votes and decisions, on the pages of a translation of its story."""

from __future__ import annotations

from dataclasses import replace

from game.classroom import events as ev
from game.classroom.state import ClassState
from game.classroom.tracks import Track, advance_tracks, task_tracks, tracks_at
from game.play import begin
from game.story.model import Story


class TranslatedClass:
    """Gives a class's states in the language of `story`. It keeps earlier pages, and applies only new decisions."""

    def __init__(self, story: Story) -> None:
        self._story = story
        self._task: str | None = None
        self._decisions: tuple[ev.Decided, ...] = ()
        self._steps: list[tuple[Track, ...]] = []  # the first pages, and the pages after each of `_decisions`

    def state(self, state: ClassState) -> ClassState:
        """Return the class's state with its pages in this language."""
        task = state.aside.task if state.aside is not None else None
        if not self._steps or task != self._task:
            self._task, self._steps = task, [self._first_pages(state)]
        else:
            pairs = enumerate(zip(self._decisions, state.decisions, strict=False))
            same = next((at for at, (old, new) in pairs if old is not new), len(state.decisions))
            del self._steps[same + 1 :]
        for decision in state.decisions[len(self._steps) - 1 :]:
            self._steps.append(advance_tracks(self._steps[-1], decision.takes))
        self._decisions = state.decisions
        return replace(state, tracks=self._steps[-1])

    def _first_pages(self, state: ClassState) -> tuple[Track, ...]:
        at = state.tracks[0].now
        if state.aside is None:
            return tracks_at(begin(self._story, role=at.role, cut=at.cut.id))
        return task_tracks(self._story, at.role, state.aside.task)
