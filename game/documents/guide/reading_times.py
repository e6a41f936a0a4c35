"""Reading times of each cut and role: over all playthroughs, or over a sample if they are too many."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from random import Random

from game.core.values import frozen
from game.explore.explorer import Progress, explore_cut
from game.explore.result import ExploredCut
from game.explore.sampler import sample_cut
from game.play.engine import Engine
from game.play.reading_speed import WORDS_A_MINUTE
from game.story.model import Cut, Story

MOST_STATES = 1_000_000  # states of a chapter; with more, playthroughs are sampled
SAMPLED = 300  # playthroughs
ESTIMATED = 5  # playthroughs of an estimate
SEED = 1958


@frozen
class ReadingTime:
    """The (least, most) choices and words of a playthrough of a cut as one role, and the number of its chapters.

    `counted`: over all playthroughs, not a sample.
    """

    cut: str
    role: str
    chapters: int
    choices: tuple[int, int]
    words: tuple[int, int]
    counted: bool

    @property
    def minutes(self) -> tuple[int, int]:
        """(least, most) whole minutes at WORDS_A_MINUTE; the most is rounded up."""
        least, most = self.words
        return round(least / WORDS_A_MINUTE), -(-most // WORDS_A_MINUTE)


def measure_reading_times(story: Story, progress: Callable[[str], Progress] | None = None) -> tuple[ReadingTime, ...]:
    """The reading times of every cut as every role, also of cuts that play both roles.

    Args:
        story: The story.
        progress: Gives the progress callback of an exploration, by the name of its cut and role.
    """
    return tuple(_measured(story, progress))


def estimate_minutes(story: Story, role: str, cut: Cut) -> int:
    """The mean minutes of a cut as one role over a few random playthroughs; 0 if none could be played."""
    found = sample_cut(Engine(story, role, as_one_role(cut)), ESTIMATED, Random(SEED)).total
    return max(1, round(found.words.total / found.count / WORDS_A_MINUTE)) if found is not None else 0


def as_one_role(cut: Cut) -> Cut:
    """The cut, played as one role."""
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
