"""What lies behind the screens: the page that is met or leafed back to, and its picture."""

from __future__ import annotations

from typing import NamedTuple

from game.play import begin
from game.play.page import Page, Paragraph, Picture
from game.ui.state import AppState


class OpenPage(NamedTuple):
    """A page that lies open: the `number`th of its playthrough, in its other telling or not."""

    number: int
    page: Page
    other_version: bool = False

    @property
    def paragraphs(self) -> tuple[Paragraph, ...]:
        return self.page.shown_paragraphs(self.other_version)


def open_page_of(app: AppState) -> OpenPage | None:
    """The page that is open, be it under a card or a menu; None on the title, and where nobody reads."""
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
    """What stands behind the screens: the page's picture, that of a page leafed back to, or the first page's.

    A kiosk has those that go by while nobody is there, and none while its museum is closed.
    """
    if app.top.screen == "closed":
        return None
    if app.visit is not None and app.visit.offer.scenes and app.playthrough is None:
        return app.visit.offer.scenes[app.top.count or 0 if app.top.screen == "attract" else 0]
    if app.playthrough is None:
        return begin(app.story, role=next(iter(app.story.roles)), cut=app.cut).page.picture
    leaf = open_page_of(app)
    return (leaf.page if leaf is not None else app.playthrough.page).picture
