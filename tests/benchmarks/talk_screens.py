"""Talk screens: how many views the talk after a story takes, for whole readings through each ending.

    python -m tests.benchmarks.talk_screens [--language zh-Hans] [--detail]

Every golden playthrough, laid out with the real fonts at each size and text scale. A screen counts once for each time
that a reader has to scroll by a page to see the rest of it. With --detail each screen also has the size of its smallest
prose, in pixels.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from game import resources
from game.core.values import frozen
from game.desktop.render.fonts import Fonts
from game.play import Playthrough
from game.play.talk import talk_screens
from game.story import load
from game.story.model import Story
from game.ui.i18n import Catalogue, catalogue_for
from game.ui.layout.geometry import Run
from game.ui.layout.layout_model import Layout
from game.ui.layout.page_layout import layout
from game.ui.layout.talk_layout import views_of
from game.ui.screens.registry import render_view
from game.ui.settings import Settings
from game.ui.state import AppState, ScreenView
from tests.golden.test_golden import FOLDERS, played

# (size in pixels, text scale in per cent)
SIZES = ((1920, 1080), (1366, 768), (1280, 720), (1080, 1920))
VIEWS = tuple((size, scale) for scale in (100, 150) for size in SIZES)
MOST = {(1920, 1080): 5, (1280, 720): 7}  # views of a whole talk at 100 %
LEAST = {(1920, 1080): 25, (1280, 720): 17}  # pixels of the smallest prose in it


@frozen
class TalkScreenFit:
    """One screen of a talk in a window: its id, its number of views, and the size of its smallest prose in pixels."""

    id: str
    views: int
    type: int


def fits(
    story: Story, words: Catalogue, fonts: Fonts, p: Playthrough, size: tuple[int, int], text_scale: int
) -> tuple[TalkScreenFit, ...]:
    settings = Settings(text_scale=text_scale)
    found = []
    for at, screen in enumerate(talk_screens(p)):
        view = ScreenView("debrief", str(at))
        app = AppState(story, words, settings, (ScreenView("title"), ScreenView("reading"), view), p,
                       offers=frozenset({"journal", "clipboard"}))  # fmt: skip
        plan = layout(render_view(app, view), size, settings, fonts)
        found.append(TalkScreenFit(screen.id, views_of(plan), prose_size(plan)))
    return tuple(found)


def prose_size(plan: Layout) -> int:
    """The size of a screen's smallest prose, in pixels: of its serif letters, or of most of its text."""
    runs = [item for item in plan.main.items if isinstance(item, Run)]
    sizes = Counter(item.style.size for item in runs for _ in item.text)
    return min((item.style.size for item in runs if item.style.family == "serif"), default=sizes.most_common(1)[0][0])


def table(
    story: Story, words: Catalogue, fonts: Fonts, readings: Sequence[tuple[str, Playthrough]], detail: bool
) -> Iterator[str]:
    heads = [f"{size[0]}x{size[1]} {scale}%" for size, scale in VIEWS]
    yield f"{'reading':36}" + "".join(f"{head:>16}" for head in heads)
    for name, p in readings:
        several = [fits(story, words, fonts, p, size, scale) for size, scale in VIEWS]
        yield f"{name:36}" + "".join(f"{sum(screen.views for screen in found):16}" for found in several)
        if detail:
            for screens in zip(*several, strict=True):
                yield f"  {screens[0].id:34}" + "".join(f"{screen.views:10} {screen.type:2} px" for screen in screens)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--language", default="", help="a language of the story")
    parser.add_argument("--detail", action="store_true", help="also each screen")
    parser.add_argument("--reading", action="append", help="only this golden playthrough; may be repeated")
    options = parser.parse_args()
    story = load(resources.story_folder(), language=options.language)
    assets = resources.assets_folder()
    words, fonts = catalogue_for(assets / "locale", story), Fonts(assets / "fonts")
    chosen: list[Path] = [folder for folder in FOLDERS if not options.reading or folder.name in options.reading]
    readings = [(folder.name, played(story, folder)) for folder in chosen]
    for line in table(story, words, fonts, readings, options.detail):
        print(line, flush=True)


if __name__ == "__main__":
    main()
