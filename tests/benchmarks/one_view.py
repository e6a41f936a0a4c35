"""One view: how many pages of whole readings are whole in one view, and how many decisions show every choice at once.

    python -m tests.benchmarks.one_view [--readings 5] [--language zh-Hans] [--cut full]

Ten readings by chance, seeded, laid out with the real fonts at each size; the pages that do not fit are named with the
words that they have, and with the words that they may have.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from game import resources
from game.core.values import frozen
from game.desktop.render.fonts import Fonts
from game.play import Playthrough
from game.story import load
from game.story.model import Story
from game.ui.i18n import Catalogue, catalogue_for
from game.ui.layout.layout_model import Layout, in_sight
from game.ui.layout.page_layout import layout
from game.ui.screens.registry import render_view
from game.ui.settings import Settings
from game.ui.state import AppState, ScreenView
from game.ui.tree import TreeNode, choices, walk
from tests.ui.stand_ins import wandered

# (size in pixels, text scale in per cent)
SIZES = ((1280, 720), (1366, 768), (1440, 900), (1920, 1080), (2560, 1440), (1080, 1920))
VIEWS = (*((size, 100) for size in SIZES), ((1920, 1080), 120), ((1920, 1080), 150))
BUDGETS = {3: 150, 4: 140}  # words of a page with so many choices, with its deeds and reasons: writing.md
USUAL_BUDGET = 150


@frozen
class PageFit:
    """How one page stands in its window: the words of its text, deeds and reasons; its number of `options`, 1 where it
    only goes on; `whole` if nothing of it scrolls; `open` if every choice is in sight at first."""

    node: str
    words: int
    options: int
    whole: bool
    open: bool

    @property
    def budget(self) -> int:
        return BUDGETS.get(self.options, USUAL_BUDGET)


@frozen
class ViewFit:
    size: tuple[int, int]
    text_scale: int
    pages: tuple[PageFit, ...]
    milliseconds: float

    def __str__(self) -> str:
        return f"{self.size[0]}x{self.size[1]} {self.text_scale}%"

    @property
    def whole(self) -> float:
        return share(page.whole for page in self.pages)

    @property
    def decisions(self) -> tuple[PageFit, ...]:
        return tuple(page for page in self.pages if page.options > 1)

    @property
    def open(self) -> float:
        return share(page.open for page in self.decisions)


def share(flags: Iterable[bool]) -> float:
    found = list(flags)
    return sum(found) / len(found) if found else 1.0


def fit_of(node: str, tree: TreeNode, plan: Layout) -> PageFit:
    ways = choices(tree)
    return PageFit(node, words_of(tree), len(ways), not plan.max_scroll, all(in_sight(plan, 0, way.id) for way in ways))


def words_of(tree: TreeNode) -> int:
    """The words of a page's prose, its deeds and its reasons."""
    prose = [node for node in walk(tree) if node.role == "paragraph" and node.id.startswith("prose")]
    deeds = [way for way in choices(tree) if way.style != "continue"]
    return sum(len(node.label.split()) + len(node.value.split()) for node in prose + deeds)


def measured(
    story: Story, words: Catalogue, fonts: Fonts, pages: Sequence[Playthrough], view: tuple[tuple[int, int], int]
) -> ViewFit:
    size, text_scale = view
    settings, views = Settings(text_scale=text_scale), (ScreenView("title"), ScreenView("reading"))
    trees = [render_view(AppState(story, words, settings, views, p), views[-1]) for p in pages]
    started = time.perf_counter()
    plans = [layout(tree, size, settings, fonts) for tree in trees]
    took = (time.perf_counter() - started) / max(1, len(trees)) * 1000
    found = [fit_of(p.page.node or "end", tree, plan) for p, tree, plan in zip(pages, trees, plans, strict=True)]
    return ViewFit(size, text_scale, tuple(found), took)


def table(views: Sequence[ViewFit]) -> Iterator[str]:
    yield f"{'window':>14} {'pages':>6} {'whole':>7} {'decisions':>10} {'all choices':>12} {'ms a page':>10}"
    for view in views:
        yield (
            f"{view!s:>14} {len(view.pages):6} {view.whole:7.1%} {len(view.decisions):10} {view.open:12.1%}"
            f" {view.milliseconds:10.2f}"
        )
    for view in views:
        cut = sorted({(page.node, page.words, page.budget) for page in view.pages if not page.whole})
        if cut:
            yield f"\n{view}: not whole (words of budget)"
            yield from (f"  {node}: {words} of {most}{' OVER' if words > most else ''}" for node, words, most in cut)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--readings", type=int, default=5, help="for each role")
    parser.add_argument("--cut", default="full")
    parser.add_argument("--language", default="", help="a language of the story")
    parser.add_argument("--story", type=Path, help="the folder of another story")
    parser.add_argument("--brief", action="store_true", help="the table without the pages")
    options = parser.parse_args()
    story = load(options.story or resources.story_folder(), language=options.language)
    assets = resources.assets_folder()
    words, fonts = catalogue_for(assets / "locale", story), Fonts(assets / "fonts")
    lines = (wandered(story, seed, role, options.cut) for role in story.roles for seed in range(options.readings))
    pages = [p for line in lines for p in line if not p.left]
    for line in table([measured(story, words, fonts, pages, view) for view in VIEWS]):
        if options.brief and line.startswith("\n"):
            break
        print(line)


if __name__ == "__main__":
    main()
