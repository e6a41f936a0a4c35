"""Helpers that edit The Mill and play a story."""

from __future__ import annotations

import random
import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from game.play import Page, Playthrough, Record, begin, follow
from game.story import Story, load
from tests.small_stories.packs import THE_MILL


def edited(folder: Path, *edits: tuple[str, str, str]) -> Story:
    """The Mill with `(file, old, new)` edits; each must change something."""
    shutil.copytree(THE_MILL, folder, dirs_exist_ok=True)
    for file, old, new in edits:
        path = folder / f"{file}.yaml"
        text = path.read_text(encoding="utf-8")
        assert old in text, f"{old!r} is not in {file}"
        path.write_text(text.replace(old, new), encoding="utf-8")
    return load(folder)


def read(
    story: Story, role: str | None, *takes: str, cut: str = "full", earlier: Playthrough | None = None
) -> Playthrough:
    """A playthrough after these entries; pages with only `continue` are turned between them."""
    p = begin(story, role, cut, earlier)
    for take in takes:
        *_, p = follow(p, take)
    return p


def walked(
    story: Story, role: str | None, cut: str, takes: Iterable[str], earlier: Record | None = None
) -> Playthrough:
    """A playthrough after exactly these entries, page by page."""
    p = begin(story, role, cut, earlier)
    for take in takes:
        p = p.take(take)
    return p


def read_to_the_end(p: Playthrough, chance: random.Random, entries: int = 300, outside: float = 0.0) -> Playthrough:
    """A playthrough with random entries to its ending, or `entries` further; `outside` is the chance of leaving."""
    for _ in range(entries):
        if p.over:
            break
        open_now = [option.id for option in p.page.choices] + [offer for offer in p.page.offers if offer != "leave"]
        p = p.leave() if chance.random() < outside else p.take(chance.choice(open_now))
    return p


def read_by_chance(p: Playthrough, chance: random.Random) -> Playthrough:
    """A playthrough with random choices to its end, without skips."""
    while p.page.choices:
        p = p.choose(chance.choice(ids(p)))
    return p


def read_on(p: Playthrough, *takes: str) -> Playthrough:
    """A playthrough to its end: each of `takes` where it is open, else the first choice."""
    while p.page.choices:
        open_now = ids(p)
        p = p.choose(next((take for take in takes if take in open_now), open_now[0]))
    return p


def page_text(page: Page) -> str:
    return "\n".join(paragraph.text for paragraph in page.paragraphs)


def texts(p: Playthrough) -> list[str]:
    return [paragraph.text for paragraph in p.page.paragraphs]


def skip_texts(p: Playthrough) -> list[str]:
    return [paragraph.text for skipped in p.page.told for paragraph in skipped.paragraphs]


def ids(p: Playthrough) -> list[str]:
    return [option.id for option in p.page.choices]


def value(p: Playthrough, variable: str) -> Any:
    """A variable's value now, though no page may show it."""
    return p.position.state[p.story.index[variable]]
