"""Backdrop: the page's picture, its change to the next picture, pictures painted ahead, and thumbnails."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

import pygame

from game.desktop.render.picture_cache import PictureCache, PictureRequest, request_for
from game.desktop.render.tree_renderer import PageBackground
from game.play import Playthrough
from game.play.page import Picture
from game.play.village_map import SCENE as MAP
from game.story.places import IMAGE
from game.ui.layout.placement import page_area, tools_foot
from game.ui.scenery import picture_of
from game.ui.screens.registry import SCREENS
from game.ui.state import AppState, ScreenView
from game.ui.theme import THEMES
from game.ui.tree import TreeNode, walk

if TYPE_CHECKING:
    from game.painter import Painting
    from game.painter.canvas.picture_change import ChangeBuffers, PictureChange


FADE = 0.6  # seconds of the cross-fade from one picture to the next,
PREPARE = 0.008  # seconds of each frame spent on preparing a change before it starts
CHANGE = 1.4  # seconds of a change in which things go, come or move, while the scene stays
SLOW_FADE, SLOW_RATE = 1.2, 12.0  # seconds, and frames a second: from one year of an ageing village to the next


class Backdrop:
    """The background of one session. `clock` returns seconds."""

    def __init__(self, pictures: PictureCache, clock: Callable[[], float]) -> None:
        self._pictures, self._clock = pictures, clock
        self._current: Painting | None = None
        self._current_request: PictureRequest | None = None
        self._change: PictureChange | None = None
        self._buffers: ChangeBuffers | None = None  # those of the last change, to use again
        self._change_start = float("-inf")
        self._drawn, self._slow = float("-inf"), False
        self._title_picture: Picture | None = None  # the first page's, which the title shows
        self._requested: tuple[Playthrough | None, tuple[ScreenView, ...], tuple[int, int], bool] | None = None

    @property
    def changing(self) -> bool:
        """Whether one picture is changing to another."""
        return self._change is not None

    @property
    def seconds_to_step(self) -> float:
        """Seconds until the next frame of a cross-fade is due. A slow cross-fade draws SLOW_RATE frames a second."""
        return max(0.0, self._drawn + 1 / SLOW_RATE - self._clock()) if self._slow else 0.0

    @property
    def moves(self) -> bool:
        """Whether the picture is animated."""
        return self._current is not None and bool(self._current.moves)

    def story_changed(self) -> None:
        """Forget the title's picture, because a reloaded story can have another title picture."""
        self._title_picture = None

    def end_change(self) -> None:
        """End a cross-fade at once, because the reader acts or the old picture has the wrong size."""
        self._change = None

    def request(self, app: AppState, size: tuple[int, int]) -> None:
        """Request the picture of this page for a window of `size` pixels, then those of the pages after its choices."""
        state = app.views, size, self.changing
        if self._requested is not None and app.playthrough is self._requested[0] and state == self._requested[1:]:
            return
        self._requested = app.playthrough, *state
        aging = app.invitation.aging_scenes if app.invitation is not None else ()
        self._pictures.keep([request for scene in aging if (request := request_of(scene, app, size)) is not None])
        current = request_of(self._shown(app), app, size)
        # paint nothing in advance during a change: its frames need the processor
        ahead = [] if self.changing else [request_of(page, app, size) for page in next_pictures(app)]
        self._pictures.request(*[request for request in dict.fromkeys([current, *ahead]) if request is not None])

    def background(self, app: AppState, size: tuple[int, int]) -> PageBackground:
        """Return the background of a window of `size` pixels. If the page has a new picture, start the change to it."""
        request = request_of(self._shown(app), app, size)
        found = self._pictures.get(request) if request else None
        if request is None:  # a page without a place, or the attract screen of a museum that is closed
            self._current = self._change = None
        current, animated = self._current, app.settings.motion == "full"
        self._slow = app.invitation is not None and app.invitation.ages
        self._drawn = self._clock()
        if found is not None and found is not current:
            same_size = current is not None and current.surface.get_size() == size
            self._change = None
            if current is not None and same_size and animated:
                from game.painter.canvas.picture_change import PictureChange  # not before the first frame

                same_place = not self._slow and _same_place(self._current_request, request)
                self._change = PictureChange(current, found, same_place, self._buffers)
                self._buffers = self._change.buffers
            self._current, self._current_request, self._change_start = found, request, self._clock()
        elif current is not None and current.surface.get_size() != size:
            # the old picture, scaled, until the painter has finished the new size
            self._current = current._replace(surface=pygame.transform.scale(current.surface, size), moves=())
            self._current_request = None
        if self._change is not None and not self._prepared(self._change):
            self._change_start = self._clock()
        lasts = CHANGE if self._change is not None and self._change.has_parts else SLOW_FADE if self._slow else FADE
        progress = (self._clock() - self._change_start) / lasts if self._change is not None else 1.0
        if progress >= 1 or not animated:
            self._change, progress = None, 1.0
        theme = THEMES[app.settings.theme]
        light = theme.light_alone if app.top.screen == "picture" else theme.light
        return PageBackground(self._current, self._change, max(0.0, progress), light)

    def _prepared(self, change: PictureChange) -> bool:
        """Work on preparing a change, for at most PREPARE seconds. Return whether the change is ready to start."""
        until = self._clock() + PREPARE
        while not (ready := change.prepare()) and self._clock() < until:
            pass
        return ready

    def _shown(self, app: AppState) -> Picture | None:
        if app.playthrough is not None or app.mode.public:
            return picture_of(app)
        if self._title_picture is None:
            self._title_picture = picture_of(app)
        return self._title_picture


def request_of(picture: Picture | None, app: AppState, size: tuple[int, int]) -> PictureRequest | None:
    """Return the request for `picture` in a window of `size` pixels; None for no picture. The picture's subject stands
    beside the reading sheet. An image on a screen of its own gets the whole window."""
    if picture is None:
        return None
    if picture.scene == IMAGE and app.top.screen == "picture":
        return request_for(picture, size, (0, 0, 0, 0), 0)
    style = "map" if picture.scene == MAP else app.mode.sheet
    room = page_area(size, app.settings, style)
    return request_for(picture, size, (room.x, room.y, room.w, room.h), tools_foot(size, app.settings, style))


def next_pictures(app: AppState) -> list[Picture]:
    """Return the pictures after this page's first four choices, or an unused kiosk's next picture."""
    if app.invitation is not None and (scenes := app.invitation.scenes):
        return [scenes[(app.top.scene + 1) % len(scenes)]]
    p = app.playthrough if SCREENS[app.top.screen].shows_page else None
    pages = (p.choose(option.id).page for option in p.page.choices[:4]) if p is not None else ()
    return [page.picture for page in pages if page.picture is not None]


def _same_place(first: PictureRequest | None, second: PictureRequest | None) -> bool:
    """Return whether both requests show one scene in one place. Only then can things move between the pictures."""
    return first is not None and second is not None and first._replace(params=second.params) == second


SIZE = (480, 300)  # pixels; no thumbnail in a 4k window is larger


class Thumbnails:
    """Requests and finds the thumbnails of a tree. `pictures` paints them."""

    def __init__(self, pictures: PictureCache) -> None:
        self._pictures = pictures
        self._requested: tuple[PictureRequest, ...] = ()

    def ready(self, tree: TreeNode) -> Mapping[str, pygame.Surface]:
        """Return the thumbnails of a tree that are ready, by node id."""
        found = ((node_id, self._pictures.get(request)) for node_id, request in thumbnail_requests(tree))
        return {node_id: painting.surface for node_id, painting in found if painting is not None}

    def request(self, tree: TreeNode) -> None:
        """Request all thumbnails of a tree, unless the last call requested the same thumbnails."""
        shown = tuple(request for _, request in thumbnail_requests(tree))
        if shown != self._requested:
            self._requested = shown
            self._pictures.request(*shown)


def thumbnail_requests(tree: TreeNode) -> list[tuple[str, PictureRequest]]:
    """Return the id and the request of each node of a tree that has a thumbnail."""
    return [
        (node.id, request_for(node.picture, SIZE, (0, 0, 0, 0)))
        for node in walk(tree)
        if node.role == "image" and node.picture is not None
    ]
