"""A way through the story as numbered frames: each page is read to its end, and a choice is seen to be taken."""

from __future__ import annotations

import math
import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import pygame

from game.core.values import frozen
from game.desktop.errors import WindowError
from game.desktop.render import png
from game.desktop.render.fonts import Fonts
from game.desktop.render.picture_cache import ImmediatePictures
from game.desktop.session import Session
from game.play import Playthrough
from game.play.page import Page
from game.resources import assets_folder
from game.story.model import Story
from game.ui import intents
from game.ui.effects import Effect
from game.ui.i18n import Catalogue
from game.ui.layout.scrolling import reveal
from game.ui.settings import Settings
from game.ui.state import AppState, ScreenView
from game.ui.tree import find

WORDS_A_SECOND = 200 / 60  # of a reader who also looks at the picture
SHORTEST = 5.0  # seconds for a page with hardly a word on it
LOOK, REST = 0.16, 0.14  # parts of a page's time before the text begins to move, and after it has come to its end
POINTING, PRESSING = 0.9, 0.3  # seconds in which a choice is pointed at, and held down
NAME = "frame-{:06}.png"


@frozen
class FilmOptions:
    """How a film is taken: `size` in pixels, `text_scale` in per cent, `hold` in seconds a page (None: as it reads)."""

    size: tuple[int, int]
    text_scale: int = 100
    theme: str = "paper"
    fps: int = 30
    hold: float | None = None


class FilmFrame(NamedTuple):
    """A frame that is written: its number and its page's, each with how many there will be."""

    frame: int
    frames: int
    page: int
    pages: int


class FrameClock:
    """A clock that goes from frame to frame."""

    def __init__(self, fps: int) -> None:
        self.fps, self.frame = fps, 0

    def __call__(self) -> float:
        return self.frame / self.fps


class NullEffectRunner:
    """A world that keeps nothing."""

    def carry_out(self, effect: Effect) -> intents.Intent | None:
        return None


def film(story: Story, line: Sequence[Playthrough], folder: Path, shot: FilmOptions) -> Iterator[FilmFrame]:
    """Write the frames of `line` (a playthrough after each entry) into `folder`, which has none yet, one by one.

    Equal lines give equal bytes. Each file is written whole. Raises WindowError, or OSError.
    """
    folder.mkdir(parents=True, exist_ok=True)
    if (first := folder / NAME.format(1)).exists():
        raise WindowError(f"{first} is a frame of another film: name an empty folder")
    os.environ["SDL_VIDEODRIVER"] = "dummy"
    pygame.display.init()
    try:
        yield from _Camera(story, line, shot).frames(folder)
    finally:
        pygame.display.quit()


def seconds(page: Page, hold: float | None) -> float:
    """How long a page stands."""
    if hold is not None:
        return hold
    paragraphs = page.brief if page.shows_brief and page.brief else page.paragraphs
    said = [page.title, *(paragraph.text for paragraph in paragraphs), *(option.say or "" for option in page.choices)]
    return max(SHORTEST, len(" ".join(said).split()) / WORDS_A_SECOND)


def scrolled(share: float) -> float:
    """How far a page has gone by when `share` of its time has: it starts and stops gently. Both 0 to 1."""
    gone = min(1.0, max(0.0, (share - LOOK) / (1 - LOOK - REST)))
    return gone - 0.6 * math.sin(math.tau * gone) / math.tau


class _Camera:
    """Plays a session by its own clock, and takes every frame."""

    def __init__(self, story: Story, line: Sequence[Playthrough], shot: FilmOptions) -> None:
        assets = assets_folder()
        self._line, self._shot, self._clock = line, shot, FrameClock(shot.fps)
        settings = Settings(text_scale=shot.text_scale, theme=shot.theme)
        app = AppState(
            story, Catalogue(assets / "locale"), settings, (ScreenView("title"), ScreenView("reading")), line[0]
        )
        self._session = Session(
            app,
            shot.size,
            Fonts(assets / "fonts"),
            ImmediatePictures(),
            NullEffectRunner(),
            self._clock,
            rate=float(shot.fps),
        )
        self._surface = pygame.Surface(shot.size)
        self._encoded = b""
        lengths = [self._count(seconds(p.page, shot.hold)) for p in line]
        self._total = sum(lengths) + (len(line) - 1) * (self._count(POINTING) + self._count(PRESSING))

    def _count(self, span: float) -> int:
        return max(1, round(span * self._shot.fps))

    def frames(self, folder: Path) -> Iterator[FilmFrame]:
        for number, p in enumerate(self._line):
            after = self._line[number + 1] if number + 1 < len(self._line) else None
            for _ in self._page(p, after):
                self._clock.frame += 1
                self._write(folder)
                yield FilmFrame(self._clock.frame, self._total, number + 1, len(self._line))

    def _page(self, p: Playthrough, after: Playthrough | None) -> Iterator[None]:
        """What happens on a page, a step for each frame."""
        session = self._session
        taken = after.entries[-1].take if after is not None else None
        node = next((each for each in (f"choice:{taken}", taken) if find(session.view_state().tree, each)), None)
        count = self._count(seconds(p.page, self._shot.hold))
        plan = session.view_state().plan
        end = reveal(plan, plan.max_scroll, node) if node else plan.max_scroll
        for step in range(count):
            if end:
                session.dispatch(intents.Scroll(round(end * scrolled(step / count))))
            yield
        if after is None:
            return
        for intent, span in ((intents.Focus(node), POINTING), (None, PRESSING)):
            if node and intent:
                session.handle_event(_key())  # a ring is drawn for who uses keys
                session.dispatch(intent)
            elif node:
                session.handle_event(_mouse(pygame.MOUSEBUTTONDOWN, self._middle(node)))
            for _ in range(self._count(span)):
                yield
        if node:
            session.handle_event(_mouse(pygame.MOUSEBUTTONUP, self._middle(node)))
        if session.app.playthrough is not after:  # what is not on the page itself; and one playthrough is as good
            session.dispatch(intents.Fetched(after))

    def _middle(self, node: str) -> tuple[int, int]:
        view = self._session.view_state()
        rect = dict(view.plan.targets(view.scroll))[node]
        return rect.x + rect.w // 2, rect.y + rect.h // 2

    def _write(self, folder: Path) -> None:
        if self._session.render(self._surface) or not self._encoded:
            self._encoded = png.quickly(self._surface)
        png.write(folder, NAME.format(self._clock.frame), self._encoded)


def _key() -> pygame.event.Event:
    return pygame.event.Event(pygame.KEYDOWN, key=pygame.K_UNKNOWN, mod=0, unicode="", scancode=0)


def _mouse(kind: int, pos: tuple[int, int]) -> pygame.event.Event:
    return pygame.event.Event(kind, pos=pos, button=1, touch=False)
