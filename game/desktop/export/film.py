"""Film: a way through the story as numbered PNG frames, each page scrolled to its end and each choice pressed."""

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

WORDS_A_SECOND = 200 / 60  # a reader's speed, with time for the picture
SHORTEST = 5.0  # seconds of a page with hardly a word on it
BEFORE_SCROLL, AFTER_SCROLL = 0.16, 0.14  # shares of a page's time before and after the text scrolls
FOCUS_TIME, PRESS_TIME = 0.9, 0.3  # seconds for which a choice is focused, then pressed
NAME = "frame-{:06}.png"


@frozen
class FilmOptions:
    """`size` in pixels, `text_scale` in per cent, `hold` in seconds a page (None: as long as it takes to read)."""

    size: tuple[int, int]
    text_scale: int = 100
    theme: str = "paper"
    fps: int = 30
    hold: float | None = None


class FilmFrame(NamedTuple):
    """A frame that was written: its number and its page's, each from 1, with the totals."""

    frame: int
    frames: int
    page: int
    pages: int


class FrameClock:
    """A clock in seconds that advances with `frame`."""

    def __init__(self, fps: int) -> None:
        self.fps, self.frame = fps, 0

    def __call__(self) -> float:
        return self.frame / self.fps


class NullEffectRunner:
    """Carries out no effect."""

    def carry_out(self, effect: Effect) -> intents.Intent | None:
        return None


def film(story: Story, line: Sequence[Playthrough], folder: Path, options: FilmOptions) -> Iterator[FilmFrame]:
    """Write the frames of a film, one by one; equal arguments give equal bytes.

    Args:
        story: what is read.
        line: the playthrough after each entry.
        folder: where the frames go; it must hold none yet.
        options: the film's options.

    Yields:
        Each frame once it is written, whole.

    Raises:
        WindowError: the folder holds frames already, or a font is missing or damaged.
        OSError: the folder takes no file.
    """
    folder.mkdir(parents=True, exist_ok=True)
    if (first := folder / NAME.format(1)).exists():
        raise WindowError(f"{first} is a frame of another film: name an empty folder")
    os.environ["SDL_VIDEODRIVER"] = "dummy"
    pygame.display.init()
    try:
        yield from _FilmRecorder(story, line, options).frames(folder)
    finally:
        pygame.display.quit()


def seconds(page: Page, hold: float | None) -> float:
    """How many seconds a page is shown: `hold`, or as long as it takes to read."""
    if hold is not None:
        return hold
    paragraphs = page.brief if page.shows_brief and page.brief else page.paragraphs
    said = [page.title, *(paragraph.text for paragraph in paragraphs), *(option.say or "" for option in page.choices)]
    return max(SHORTEST, len(" ".join(said).split()) / WORDS_A_SECOND)


def scrolled(share: float) -> float:
    """The share of its way that a page has scrolled when `share` of its time is over: eased in and out. 0 to 1."""
    gone = min(1.0, max(0.0, (share - BEFORE_SCROLL) / (1 - BEFORE_SCROLL - AFTER_SCROLL)))
    return gone - 0.6 * math.sin(math.tau * gone) / math.tau


class _FilmRecorder:
    """Plays a session by a clock of its own, and writes every frame."""

    def __init__(self, story: Story, line: Sequence[Playthrough], options: FilmOptions) -> None:
        assets = assets_folder()
        self._line, self._options, self._clock = line, options, FrameClock(options.fps)
        settings = Settings(text_scale=options.text_scale, theme=options.theme)
        app = AppState(
            story, Catalogue(assets / "locale"), settings, (ScreenView("title"), ScreenView("reading")), line[0]
        )
        self._session = Session(
            app,
            options.size,
            Fonts(assets / "fonts"),
            ImmediatePictures(),
            NullEffectRunner(),
            self._clock,
            rate=float(options.fps),
        )
        self._surface = pygame.Surface(options.size)
        self._encoded = b""
        lengths = [self._count(seconds(p.page, options.hold)) for p in line]
        self._total = sum(lengths) + (len(line) - 1) * (self._count(FOCUS_TIME) + self._count(PRESS_TIME))

    def _count(self, span: float) -> int:
        return max(1, round(span * self._options.fps))

    def frames(self, folder: Path) -> Iterator[FilmFrame]:
        for number, p in enumerate(self._line):
            after = self._line[number + 1] if number + 1 < len(self._line) else None
            for _ in self._page(p, after):
                self._clock.frame += 1
                self._write(folder)
                yield FilmFrame(self._clock.frame, self._total, number + 1, len(self._line))

    def _page(self, p: Playthrough, after: Playthrough | None) -> Iterator[None]:
        """Play one page, a step for each frame."""
        session = self._session
        taken = after.entries[-1].take if after is not None else None
        node = next((each for each in (f"choice:{taken}", taken) if find(session.view_state().tree, each)), None)
        count = self._count(seconds(p.page, self._options.hold))
        plan = session.view_state().plan
        end = reveal(plan, plan.max_scroll, node) if node else plan.max_scroll
        for step in range(count):
            if end:
                session.dispatch(intents.Scroll(round(end * scrolled(step / count))))
            yield
        if after is None:
            return
        for intent, span in ((intents.Focus(node), FOCUS_TIME), (None, PRESS_TIME)):
            if node and intent:
                session.handle_event(_key())  # the focus ring is drawn for keys only
                session.dispatch(intent)
            elif node:
                session.handle_event(_mouse(pygame.MOUSEBUTTONDOWN, self._middle(node)))
            for _ in range(self._count(span)):
                yield
        if node:
            session.handle_event(_mouse(pygame.MOUSEBUTTONUP, self._middle(node)))
        if session.app.playthrough is not after:  # a choice that has no node on the page
            session.dispatch(intents.PlaythroughLoaded(after))

    def _middle(self, node: str) -> tuple[int, int]:
        view = self._session.view_state()
        rect = dict(view.plan.targets(view.scroll))[node]
        return rect.x + rect.w // 2, rect.y + rect.h // 2

    def _write(self, folder: Path) -> None:
        if self._session.render(self._surface) or not self._encoded:
            self._encoded = png.encode_fast(self._surface)
        png.write(folder, NAME.format(self._clock.frame), self._encoded)


def _key() -> pygame.event.Event:
    return pygame.event.Event(pygame.KEYDOWN, key=pygame.K_UNKNOWN, mod=0, unicode="", scancode=0)


def _mouse(kind: int, pos: tuple[int, int]) -> pygame.event.Event:
    return pygame.event.Event(kind, pos=pos, button=1, touch=False)
