"""Find the page, the picture and the pack's sound that belong behind the screens."""

from __future__ import annotations

from typing import NamedTuple

from game.play import Playthrough, begin
from game.play.page import Page, Paragraph, Picture
from game.play.talk import last_picture
from game.scene_table import SCENES
from game.story.model import Story
from game.story.places import Sound
from game.ui.components.met_parts import picture_of_map
from game.ui.state import AppState

TALKS = frozenset({"debrief", "wall-debrief"})
_WIDE = frozenset(name for name, scene in SCENES.items() if not scene.close)
_OVERVIEWS = frozenset(name for name, scene in SCENES.items() if scene.overview)


class OpenPage(NamedTuple):
    """A page that is open, and its number in the playthrough, from 0. `other_version`: the reader has switched from the
    text with which the page opened (the brief or the full one) to the other."""

    number: int
    page: Page
    other_version: bool = False

    @property
    def paragraphs(self) -> tuple[Paragraph, ...]:
        return self.page.shown_paragraphs(self.other_version)


def open_page_of(app: AppState) -> OpenPage | None:
    """Return the topmost page on the stack of screens; None if there is none."""
    if app.playthrough is None:
        return None
    for view in reversed(app.views):
        if view.screen == "wall" and app.class_view is not None:
            half = app.class_view.half(view.argument) or app.class_view.halves[0]
            return OpenPage(len(app.playthrough.past), half.page)
        if view.screen == "look-back":
            return OpenPage(int(view.argument), app.playthrough.past[int(view.argument)])
        if view.screen == "reading":
            return OpenPage(len(app.playthrough.past), app.playthrough.page, view.other_version)
    return None


def picture_of(app: AppState) -> Picture | None:
    """Return the picture behind the screens: that of `open_page_of`, or if no page is open, of the playthrough's page.
    Without a playthrough it is `title_picture`. None while the museum is closed, or if the page has no picture.

    Behind the talk after the story, it is `talk_picture`. A kiosk's attract screen and the map have their own.
    """
    if app.top.screen == "closed":
        return None
    if app.playthrough is not None and any(view.screen == "map" for view in app.views[-2:]):
        return picture_of_map(app.playthrough)
    if app.visit is not None and app.visit.offer.scenes and app.playthrough is None:
        return app.visit.offer.scenes[app.top.scene]
    if app.playthrough is None:
        return title_picture(app.story, app.cut)
    if any(view.screen in TALKS for view in app.views):
        return talk_picture(app.playthrough)
    shown = open_page_of(app)
    return (shown.page if shown is not None else app.playthrough.page).picture


def sound_of(app: AppState) -> Sound | None:
    """Return the pack's own sound for the picture behind the screens; if there is no picture, for the open page."""
    if (picture := picture_of(app)) is not None:
        return picture.sound
    shown = open_page_of(app) if app.top.screen != "closed" else None
    return shown.page.sound if shown is not None else None


def title_picture(story: Story, cut: str = "full") -> Picture | None:
    """Return the picture behind the title: if the story chooses one from its invitation (pictures for passers-by), that
    one; else the first page's picture in the length `cut`. None if there is neither."""
    shown = story.invitation
    if shown is not None and shown.title is not None:
        return Picture(shown.scene, shown.stages[shown.title - 1])
    return begin(story, role=next(iter(story.roles)), cut=cut).page.picture


def talk_picture(playthrough: Playthrough) -> Picture | None:
    """Return the last picture of the playthrough that is no close-up, or if all are close-ups, the last one."""
    return last_picture(playthrough, _WIDE)


def village_picture(playthrough: Playthrough) -> Picture | None:
    """Return the last picture of the whole village in a finished reading. If there is none, or if the reading is not
    finished, return `talk_picture`: in an unfinished reading, the only picture of the whole village can be from a film,
    which does not show the village as it was."""
    pictures = (page.picture for page in playthrough.pages if page.picture is not None)
    whole = playthrough.finished and any(picture.scene in _OVERVIEWS for picture in pictures)
    return last_picture(playthrough, _OVERVIEWS if whole else _WIDE)
