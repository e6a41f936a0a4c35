"""A sitting in front of the game, without a screen of its own: events in, pixels out when something changed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import NamedTuple, Protocol

import pygame

from game.play import Playthrough, begin
from game.play.page import Picture
from game.play.saves import SaveError, Saves, UnwritableFolder
from game.ui import intents as it
from game.ui.app import App, View, view_tree
from game.ui.layout import Layout, layout, page_room
from game.ui.scrolling import announcement, reveal
from game.ui.settings import Settings
from game.ui.tree import Node
from game.ui.update import update
from game.window.drawing import Drawing, Layer, Touch
from game.window.fonts import Fonts
from game.window.hands import Hands, Sight
from game.window.pictures import Pictures, Wanted, wanted

CARDS = frozenset({"fact", "term", "confirm", "message"})
FADE = 0.6      # seconds in which a new picture comes up over the old one


class SettingsStore(Protocol):
    def read(self) -> Settings: ...
    def write(self, settings: Settings) -> None: ...


class Laid(NamedTuple):
    """A screen of the stack as it was last laid out."""

    tree: Node
    size: tuple[int, int]
    settings: Settings
    plan: Layout


class Session:
    """Holds the interface's state between events, and carries out what it asks of the world.

    `done` is called from another thread when a picture is ready; `clock` gives seconds.
    """

    def __init__(
        self,
        app: App,
        size: tuple[int, int],
        fonts: Fonts,
        pictures: Pictures,
        saves: Saves,
        settings_store: SettingsStore,
        clock: Callable[[], float],
    ) -> None:
        self.app, self.size = app, size
        self._fonts, self._pictures = fonts, pictures
        self._drawing = Drawing(fonts)
        self._saves, self._settings_store, self._clock = saves, settings_store, clock
        self._hands = Hands(clock)
        self._laid: dict[int, Laid] = {}
        self._later: list[it.Effect] = []
        self._told_unwritable = False
        self.requests: list[it.Effect] = []     # Quit and ToggleFullscreen: the window's own
        self._drawn: object = None
        self._picture: pygame.Surface | None = None
        self._picture_before: pygame.Surface | None = None
        self._fade_from = float("-inf")

    # In

    def event(self, event: pygame.event.Event) -> None:
        """Whatever a hand did."""
        for intent in self._hands.intents(event, self.sight()):
            self.intent(intent)

    def intent(self, intent: it.Intent) -> None:
        """One step of the interface, and of the world as far as it answers."""
        before = self.app
        self.app, effects = update(before, intent)
        if self.app.playthrough is not before.playthrough:
            self._hands.page_turned()
        elif (self.app.top.screen, self.app.top.argument, len(self.app.views)) != (
            before.top.screen, before.top.argument, len(before.views)
        ):  # fmt: skip
            self._hands.screen_changed()
        if isinstance(intent, (it.Step, it.Focus)) or self.app.settings is not before.settings:
            self._follow_focus()
        for effect in effects:
            self._carry_out(effect)

    def resize(self, size: tuple[int, int]) -> None:
        """The window has another size: everything is laid out again, at the same place of the text."""
        before = self.sight()
        self.size = size
        after = self.sight()
        share = before.scroll / before.plan.max_scroll if before.plan.max_scroll else 0.0
        self._scroll_to(round(after.plan.max_scroll * share))
        self._picture_before = None

    def settle(self) -> None:
        """Write what is to be kept: after the frame, so that no disk holds a frame up."""
        later, self._later = self._later, []
        for effect in later:
            self._write(effect)

    def _follow_focus(self) -> None:
        sight = self.sight()
        self._scroll_to(reveal(sight.plan, sight.scroll, sight.focus))

    def _scroll_to(self, scroll: int) -> None:
        if scroll != self.app.top.scroll:
            self.app = self.app.replaced(replace(self.app.top, scroll=scroll))

    # The world

    def _carry_out(self, effect: it.Effect) -> None:
        match effect:
            case it.ListSlots():
                self.settle()
                self.intent(it.SlotsRead(self._saves.slots()))
            case it.FetchSlot(slot):
                try:
                    playthrough, notes = self._saves.fetch(self.app.story, slot)
                except (SaveError, OSError) as error:
                    self.intent(it.Failed(self._why(error)))
                else:
                    self.intent(it.Fetched(playthrough, told_notes(self.app, notes)))
            case it.Quit() | it.ToggleFullscreen():
                self.requests.append(effect)
            case _:
                self._later.append(effect)

    def _write(self, effect: it.Effect) -> None:
        try:
            match effect:
                case it.Autosave(playthrough):
                    self._saves.autosave(playthrough)
                case it.StoreSlot(slot, playthrough):
                    self._saves.store(slot, playthrough)
                case it.StoreSettings(settings):
                    self._settings_store.write(settings)
        except (UnwritableFolder, OSError) as error:
            # once is enough: reading goes on, and every page would say it again
            if not self._told_unwritable or isinstance(effect, it.StoreSlot):
                self._told_unwritable = True
                self.intent(it.Failed(self.app.words("save.unwritable", why=str(error))))

    def _why(self, error: Exception) -> str:
        return save_trouble(self.app, error)

    # Out

    def sight(self) -> Sight:
        """The topmost screen, laid out."""
        top = self.app.top
        laid = self._lay_out(len(self.app.views) - 1, top)
        return Sight(laid.plan, laid.tree, top.focus, laid.plan.clamped(top.scroll))

    @property
    def fading(self) -> bool:
        """Whether the next frame differs from this one although nobody does anything."""
        return self._picture_before is not None

    def frame(self, target: pygame.Surface) -> bool:
        """Draw if anything changed since the last frame; whether it did."""
        picture = self._find_picture()
        share = self._faded()
        hands = self._hands
        touch = Touch(self.app.top.focus, hands.keys, hands.hover, hands.pressed)
        state = (self.app, self.size, touch, picture, share)
        if self._drawn is not None and _same(state, self._drawn):
            return False
        self._drawn = state
        ground = _blended(self._picture_before, picture, share)
        self._drawing.frame(target, self._layers(touch), self.app.settings.theme, ground)
        return True

    def redraw(self) -> None:
        """The window lost its pixels."""
        self._drawn = None

    def _layers(self, touch: Touch) -> tuple[Layer, ...]:
        views = self.app.views
        first = max(i for i, view in enumerate(views) if view.screen not in CARDS)
        layers = []
        for depth in range(first, len(views)):
            laid = self._lay_out(depth, views[depth])
            scroll = laid.plan.clamped(views[depth].scroll)
            on_top = depth == len(views) - 1
            status = announcement(laid.plan, laid.tree, scroll, self.app.words)
            layers.append(Layer(laid.plan, scroll, touch if on_top else Touch(), status))
        return tuple(layers)

    def _lay_out(self, depth: int, view: View) -> Laid:
        app = self.app
        tree = view_tree(replace(app, views=app.views[: depth + 1]), view)
        laid = self._laid.get(depth)
        if laid is None or (laid.size, laid.settings) != (self.size, app.settings) or laid.tree != tree:
            laid = Laid(tree, self.size, app.settings, layout(tree, self.size, app.settings, self._fonts))
            self._laid[depth] = laid
        return laid

    # Pictures

    def ask_for_pictures(self) -> None:
        """Have the picture of this page painted, then those that its choices lead to."""
        now = self._want(picture_of(self.app))
        ahead = [self._want(page) for page in pictures_ahead(self.app)]
        self._pictures.ask(*[what for what in dict.fromkeys([now, *ahead]) if what is not None])

    def _want(self, picture: Picture | None) -> Wanted | None:
        if picture is None:
            return None
        room = page_room(self.size, self.app.settings)
        return wanted(picture, self.size, (room.x, room.y, room.w, room.h))

    def _find_picture(self) -> pygame.Surface | None:
        what = self._want(picture_of(self.app))
        found = self._pictures.get(what) if what else None
        if found is not None and found is not self._picture:
            moving = self.app.settings.motion == "full" and self._picture is not None
            same_size = self._picture is not None and self._picture.get_size() == self.size
            self._picture_before = self._picture if moving and same_size else None
            self._picture, self._fade_from = found, self._clock()
        if self._picture is not None and self._picture.get_size() != self.size:
            self._picture = pygame.transform.scale(self._picture, self.size)   # until it is painted anew
        return self._picture

    def _faded(self) -> float:
        """How far the new picture has come up, 0 to 1."""
        if self._picture_before is None:
            return 1.0
        share = (self._clock() - self._fade_from) / FADE
        if share >= 1:
            self._picture_before = None
            return 1.0
        return max(0.0, share)


def picture_of(app: App) -> Picture | None:
    """What stands behind the screens: the page's picture, that of a page leafed back to, or the first page's."""
    if app.playthrough is None:
        return begin(app.story, role=next(iter(app.story.roles)), cut=app.cut).page.picture
    for view in reversed(app.views):
        if view.screen == "look-back":
            return app.playthrough.past[int(view.argument)].picture
    return app.playthrough.page.picture


def pictures_ahead(app: App) -> list[Picture]:
    """The pictures that this page's choices lead to."""
    if app.playthrough is None or app.top.screen != "reading":
        return []
    pages = (app.playthrough.choose(option.id).page for option in app.playthrough.page.choices[:4])
    return [page.picture for page in pages if page.picture is not None]


def told_notes(app: App, notes: object) -> list[str]:
    """What a reader should know about a restored playthrough, in words."""
    lines = []
    for note in notes:  # type: ignore[attr-defined]
        lines.append(app.words(f"note.{note.kind}", chapter=note.chapter, n=note.lost))
    return list(dict.fromkeys(lines))


def save_trouble(app: App, error: Exception) -> str:
    """Why a save cannot be read, and where it was put."""
    reason = getattr(error, "reason", "unreadable")
    aside = getattr(error, "aside", None)
    text = app.words(f"save.{reason}", why=str(error))
    return f"{text} {app.words('save.aside', file=aside.name)}" if aside is not None else text


def resumed(app: App, saves: Saves) -> tuple[Playthrough | None, list[str]]:
    """The playthrough to continue, and what there is to say about it."""
    try:
        found = saves.resume(app.story)
    except (SaveError, OSError) as error:
        return None, [save_trouble(app, error)]
    if found is None:
        return None, []
    return found[0], told_notes(app, found[1])


def _blended(
    before: pygame.Surface | None, now: pygame.Surface | None, share: float
) -> pygame.Surface | None:
    if before is None or now is None:
        return now
    mixed = before.copy()
    now.set_alpha(round(255 * share))
    mixed.blit(now, (0, 0))
    now.set_alpha(None)
    return mixed


def _same(one: tuple[object, ...], other: object) -> bool:
    """Whether two frames would be equal: values compared, the interface's state and pictures by identity."""
    assert isinstance(other, tuple)
    app, size, touch, picture, share = one
    return app is other[0] and size == other[1] and touch == other[2] and picture is other[3] and share == other[4]
