"""How long each cut is, behind each door: every reading of it counted, or, where those are too many, some of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from random import Random

from game.core.values import frozen
from game.explore.explorer import Progress, explore_cut
from game.explore.report import WORDS_A_MINUTE
from game.explore.result import ExploredCut
from game.explore.sampler import sample_cut
from game.play.engine import Engine
from game.story.model import Cut, Story

MOST_STATES = 50_000
SAMPLED = 300
FEW = 5
SEED = 1958


@frozen
class ReadingTime:
    """The least and the most that one reading behind one door takes. `counted`: over every reading, not some."""

    cut: str
    role: str
    chapters: int
    choices: tuple[int, int]
    words: tuple[int, int]
    counted: bool

    @property
    def minutes(self) -> tuple[int, int]:
        """Whole minutes at a calm pace, rounded up at the long end."""
        least, most = self.words
        return round(least / WORDS_A_MINUTE), -(-most // WORDS_A_MINUTE)


def measure_reading_times(story: Story, progress: Callable[[str], Progress] | None = None) -> tuple[ReadingTime, ...]:
    """The lengths of every cut behind every door, also of a cut that a class reads through both at once.

    `progress` is given a cut's and a role's name, and gives what the exploring of it tells how far it is.
    """
    return tuple(_measured(story, progress))


def about(story: Story, role: str, cut: Cut) -> int:
    """About how many minutes a cut takes behind a door, by a few readings: for who cannot wait for more of them."""
    found = sample_cut(Engine(story, role, one_door(cut)), FEW, Random(SEED)).total
    return max(1, round(found.words.total / found.count / WORDS_A_MINUTE)) if found is not None else 0


def one_door(cut: Cut) -> Cut:
    """The cut as who reads behind one of its doors meets it."""
    return replace(cut, both_roles=False)


def _measured(story: Story, progress: Callable[[str], Progress] | None) -> Iterator[ReadingTime]:
    for cut in story.cuts.values():
        for role in story.roles:
            engine = Engine(story, role, one_door(cut))
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
    walked = {id.partition(".")[0] for id in found.paths}
    return ReadingTime(
        cut,
        role,
        len(walked),
        (paths.choices.least, paths.choices.most),
        (paths.words.least, paths.words.most),
        counted,
    )
