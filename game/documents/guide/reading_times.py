"""Reading times of each cut (length of the story) and role: over all playthroughs, or a sample of too many."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from random import Random

from game.core.values import frozen
from game.explore.explorer import Progress, explore_cut
from game.explore.result import ExploredCut
from game.explore.sampler import sample_cut
from game.lang.reading_speed import WORDS_A_MINUTE
from game.play.engine import Engine
from game.story.model import Cut, Story

MOST_STATES = 1_000_000  # if a chapter has more states, playthroughs are sampled
SAMPLED = 300  # playthroughs of a sample
ESTIMATED = 5  # playthroughs of an estimate
SEED = 1958


@frozen
class ReadingTime:
    """The length of a cut that is read as one role. Ranges are (least, most) over playthroughs.

    Attributes:
        cut, role: their ids.
        chapters: the number of chapters.
        choices, words: how many a playthrough has.
        counted: True if every playthrough was counted, False if a sample was.
    """

    cut: str
    role: str
    chapters: int
    choices: tuple[int, int]
    words: tuple[int, int]
    counted: bool

    @property
    def minutes(self) -> tuple[int, int]:
        """The range of minutes at WORDS_A_MINUTE, in whole minutes. The greater number is rounded up."""
        least, most = self.words
        return round(least / WORDS_A_MINUTE), -(-most // WORDS_A_MINUTE)


def measure_reading_times(story: Story, progress: Callable[[str], Progress] | None = None) -> tuple[ReadingTime, ...]:
    """Return the reading times of every cut played as every role, also of cuts that play both roles.

    Args:
        story: the story.
        progress: takes the name of a cut and role, and returns the progress callback of its exploration.
    """
    return tuple(_measured(story, progress))


def estimate_minutes(story: Story, role: str, cut: Cut) -> int:
    """Return the mean minutes of a cut played as one role, over a few random playthroughs; 0 if
    none could be played."""
    found = sample_cut(Engine(story, role, as_one_role(cut)), ESTIMATED, Random(SEED)).total
    return max(1, round(found.words.total / found.count / WORDS_A_MINUTE)) if found is not None else 0


def as_one_role(cut: Cut) -> Cut:
    """Return a copy of the cut that plays one role, even if the cut plays both."""
    return replace(cut, both_roles=False)


def _measured(story: Story, progress: Callable[[str], Progress] | None) -> Iterator[ReadingTime]:
    for cut in story.cuts.values():
        for role in story.roles:
            engine = Engine(story, role, as_one_role(cut))
            tell = progress(f"{cut.id}, {role}") if progress else None
            found = explore_cut(engine, MOST_STATES, tell)
            counted = found.stopped is None and not found.endless
            if not counted:
                found = sample_cut(engine, SAMPLED, Random(SEED), tell)
            if found.total is not None:
                yield _length(found, cut.id, role, counted)


def _length(found: ExploredCut, cut: str, role: str, counted: bool) -> ReadingTime:
    paths = found.total
    assert paths is not None
    chapters = {id.partition(".")[0] for id in found.paths}
    return ReadingTime(
        cut,
        role,
        len(chapters),
        (paths.choices.least, paths.choices.most),
        (paths.words.least, paths.words.most),
        counted,
    )
