"""What lies behind the sheets: the page's picture, wished for ahead of need, and how far it has come up."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pygame

from game.desktop.render.picture_cache import PictureCache, PictureRequest, request_for
from game.desktop.render.tree_renderer import PageBackground
from game.play import Playthrough
from game.play.page import Picture
from game.ui.layout.placement import page_room
from game.ui.scenery import picture_of
from game.ui.state import AppState, ScreenView
from game.ui.theme import THEMES

if TYPE_CHECKING:
    from game.painter import Painting

FADE = 0.6  # seconds in which a new picture comes up over the old one


class Backdrop:
    """The pictures of one session. `clock` gives seconds."""

    def __init__(self, pictures: PictureCache, clock: Callable[[], float]) -> None:
        self._pictures, self._clock = pictures, clock
        self._now: Painting | None = None
        self._before: Painting | None = None
        self._from = float("-inf")
        self._opening: Picture | None = None  # the first page's: behind the title until somebody reads
        self._asked: tuple[Playthrough | None, tuple[ScreenView, ...], tuple[int, int], bool] | None = None

    @property
    def fading(self) -> bool:
        """Whether the next frame's picture differs from this one's although nobody does anything."""
        return self._before is not None

    @property
    def moves(self) -> bool:
        """Whether anything in the picture moves."""
        return self._now is not None and bool(self._now.moves)

    def story_changed(self) -> None:
        """The story was written anew: its first picture may be another."""
        self._opening = None

    def resized(self) -> None:
        """What was coming up in another size is simply there."""
        self._before = None

    def ask(self, app: AppState, size: tuple[int, int]) -> None:
        """Have the picture of this page painted, then those that its choices lead to."""
        asking = app.views, size, self.fading
        if self._asked is not None and app.playthrough is self._asked[0] and asking == self._asked[1:]:
            return
        self._asked = app.playthrough, *asking
        now = want(self._shown(app), app, size)
        # while one picture comes up the frames have the processor to themselves
        ahead = [] if self.fading else [want(page, app, size) for page in pictures_ahead(app)]
        self._pictures.ask(*[what for what in dict.fromkeys([now, *ahead]) if what is not None])

    def ground(self, app: AppState, size: tuple[int, int]) -> PageBackground:
        """The picture as it is to be seen now, in a window of `size` pixels."""
        what = want(self._shown(app), app, size)
        found = self._pictures.get(what) if what else None
        if what is None:  # a page without a place, or a museum that is closed: the bare ground
            self._now = self._before = None
        now = self._now
        if found is not None and found is not now:
            same_size = now is not None and now.surface.get_size() == size
            self._before = now if app.settings.motion == "full" and same_size else None
            self._now, self._from = found, self._clock()
        elif now is not None and now.surface.get_size() != size:
            # until it is painted anew
            self._now = now._replace(surface=pygame.transform.scale(now.surface, size), moves=())
        share = (self._clock() - self._from) / FADE if self._before is not None else 1.0
        if share >= 1 or app.settings.motion != "full":
            self._before, share = None, 1.0
        return PageBackground(self._now, self._before, max(0.0, share), THEMES[app.settings.theme].light)

    def _shown(self, app: AppState) -> Picture | None:
        if app.playthrough is not None or app.visit is not None:
            return picture_of(app)
        if self._opening is None:
            self._opening = picture_of(app)
        return self._opening


def want(picture: Picture | None, app: AppState, size: tuple[int, int]) -> PictureRequest | None:
    """The painting of `picture` for a window of `size` pixels whose sheet is as large as these settings make it."""
    if picture is None:
        return None
    room = page_room(size, app.settings, "page" if app.class_view is None else "wall")
    return request_for(picture, size, (room.x, room.y, room.w, room.h))


def pictures_ahead(app: AppState) -> list[Picture]:
    """The pictures that this page's choices lead to."""
    if app.playthrough is None or app.top.screen not in ("reading", "visit-between"):
        return []
    pages = (app.playthrough.choose(option.id).page for option in app.playthrough.page.choices[:4])
    return [page.picture for page in pages if page.picture is not None]
