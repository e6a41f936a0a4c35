"""Reading times of each cut (length of the story) and role, from all playthroughs, or from a sample of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import product
from random import Random

from game.core.values import frozen
from game.explore.explorer import Progress, explore_cut
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
    """The length of a cut that is read as one role. Ranges are (least, most) over playthroughs."""

    cut: str
    role: str
    chapters: int  # their number
    choices: tuple[int, int]  # how many a playthrough has
    words: tuple[int, int]  # how many a playthrough has
    counted: bool  # True if every playthrough was counted, False if a sample was

    @property
    def minutes(self) -> tuple[int, int]:
        """The range of minutes at WORDS_A_MINUTE. The greater number is rounded up."""
        least, most = self.words
        return round(least / WORDS_A_MINUTE), -(-most // WORDS_A_MINUTE)


def measure_reading_times(story: Story, progress: Callable[[str], Progress] | None = None) -> tuple[ReadingTime, ...]:
    """Return the reading times of every cut and role. A cut that plays both roles is measured with each role alone.

    `progress` gets each cut and role, such as "class, villager", and returns a function to call with the progress.
    """
    times = []
    for cut, role in product(story.cuts.values(), story.roles):
        engine = Engine(story, role, as_one_role(cut))
        tell = progress(f"{cut.id}, {role}") if progress else None
        found = explore_cut(engine, MOST_STATES, tell)
        counted = found.stopped is None and not found.endless
        if not counted:
            found = sample_cut(engine, SAMPLED, Random(SEED), tell)
        if (paths := found.total) is not None:
            choices, words = ((range_.least, range_.most) for range_ in (paths.choices, paths.words))
            chapters = {id.partition(".")[0] for id in found.paths}
            times.append(ReadingTime(cut.id, role, len(chapters), choices, words, counted))
    return tuple(times)


def estimate_minutes(story: Story, role: str, cut: Cut) -> int:
    """Return the mean minutes of a cut played as one role, over some random playthroughs; 0 if none could be played."""
    found = sample_cut(Engine(story, role, as_one_role(cut)), ESTIMATED, Random(SEED)).total
    return max(1, round(found.words.total / found.count / WORDS_A_MINUTE)) if found is not None else 0


def as_one_role(cut: Cut) -> Cut:
    return replace(cut, both_roles=False)
