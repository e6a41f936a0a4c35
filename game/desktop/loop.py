"""The window itself: opened, fed with events, drawn when something changed, closed."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import replace

import pygame

from game.desktop.errors import NoDisplay, WindowError
from game.desktop.input.gamepad import Gamepads
from game.desktop.listeners import Listener
from game.desktop.process_memory import give_back
from game.desktop.render.overscan import mirror_edges
from game.desktop.session import Session
from game.desktop.window_placement import WindowPlacement, mended
from game.ui.effects import Quit

STEP = 0.016  # seconds between two looks for events while something goes on,
REST = 0.04  # and once nothing has for a while: both are too short to be felt
PAUSE = 0.2  # seconds without an event after which there is time to look ahead
AWAKE = 2.0  # seconds after an event in which the next is likely
STILL = 2.0  # seconds without an event or news after which freed memory is given back
HAND_OVER = 0.0005  # seconds that the painter's thread may go on once a frame waits for it
WANDER = 12  # pixels that a picture may wander, either way
LEAST = (320, 240)  # pixels; a window made smaller is drawn as if it were this large
FINGERS = (pygame.FINGERDOWN, pygame.FINGERMOTION, pygame.FINGERUP)
BLIND = frozenset({"offscreen", "dummy", "evdev"})


Wandering = Callable[[], tuple[int, int]]
SessionFactory = Callable[[tuple[int, int], Sequence[Listener]], Session]


def run(
    title: str,
    new_session: SessionFactory,
    placement: WindowPlacement,
    *,
    listeners: Sequence[Listener] = (),
    late: Callable[[], Sequence[Listener]] = tuple,
    keep: Callable[[WindowPlacement], None] = lambda placement: None,
    first_frame_only: bool = False,
    closes: bool = True,
    wanders: Wandering | None = None,
) -> int:
    """A window until it is closed; the exit status. Raises NoDisplay or WindowError.

    One that nobody `closes` is a kiosk's: it has no pointer, and ends when the session asks for it, with the status
    that it gives. A picture that `wanders` does so by the pixels that this says now: it burns into no screen.
    `sitting` makes the session for a window of so many pixels. Who need not be there for the first frame is made by
    `late`, and joins the listeners after it. `keep` is given where the window stood at the end.
    """
    window, placement = open_window(placement, title, [listener.on_open for listener in listeners])
    pygame.mouse.set_visible(closes)
    status = 0
    try:
        screen = OutputSurface(window, placement, wanders)
        session = new_session(screen.size, listeners)
        screen.show(session)
        if not first_frame_only:
            session.join(late())
            status = _live(session, screen, closes)
            with suppress(OSError):  # where no file can be kept, the next window stands wherever the system likes
                keep(screen.placed())
        session.close()
    finally:
        pygame.display.quit()
    return status


def open_window(
    placement: WindowPlacement, title: str, unseen: Iterable[Callable[[], None]] = ()
) -> tuple[pygame.Surface, WindowPlacement]:
    """The window, and where it stands: mended, where that was out of sight. Raises NoDisplay without a display.

    What is to be done before it can be seen is `unseen`.
    """
    if not getattr(pygame, "IS_CE", False):
        raise WindowError(
            "the old pygame is installed over pygame-ce: run `pip uninstall pygame pygame-ce`, then install this again"
        )
    named = "SDL_VIDEODRIVER" in os.environ
    if sys.platform == "linux" and not named and not {"DISPLAY", "WAYLAND_DISPLAY"} & set(os.environ):
        raise NoDisplay(NO_DISPLAY)  # asked of SDL, its drivers would add lines of their own
    os.environ.setdefault("SDL_WINDOWS_DPI_AWARENESS", "permonitorv2")
    try:
        pygame.display.init()
        if pygame.display.get_driver() in BLIND and not named:
            raise NoDisplay(NO_DISPLAY)
        if pygame.display.get_driver() == "x11":
            # SDL would send the whole window through a texture for each small part that changed: 19 ms for 0.1
            os.environ.setdefault("SDL_FRAMEBUFFER_ACCELERATION", "0")
        pygame.display.set_caption(title)
        if placement.position is not None:  # one that was kept: what was asked for is as large as it was asked to be
            placement = mended(placement, pygame.display.get_desktop_sizes())
        # where nobody manages windows one stays where it was made: it is made as large as it will be
        size = pygame.display.get_desktop_sizes()[0] if placement.fullscreen else placement.size
        pygame.display.set_mode(size, pygame.HIDDEN)
        for do in unseen:
            do()
        window = _mode(placement)
    except pygame.error as error:
        raise NoDisplay(f"{NO_DISPLAY} ({error})") from None
    pygame.key.stop_text_input()
    return window, placement


NO_DISPLAY = "there is no display to open a window on"


def _mode(placement: WindowPlacement) -> pygame.Surface:
    if placement.fullscreen:
        return pygame.display.set_mode((0, 0), pygame.FULLSCREEN)
    window = pygame.display.set_mode(placement.size, pygame.RESIZABLE)
    if placement.position is not None:
        pygame.display.set_window_position(placement.position)
    return window


def _live(session: Session, screen: OutputSurface, closes: bool) -> int:
    """Wait for events and answer them, until the window is closed, if it `closes`, or the session asks for it."""
    sys.setswitchinterval(HAND_OVER)
    pads = Gamepads()
    session.ask_for_pictures()
    session.warm_up()
    waiting, typing = IdleWaiter(session, screen.wandered), False
    while True:
        for event in waiting.events():
            if event.type == pygame.QUIT:
                if closes:
                    return 0
                continue
            if event.type == pygame.VIDEORESIZE:
                screen.take(pygame.display.get_surface() or screen.window, session)
            elif event.type in (pygame.VIDEOEXPOSE, pygame.WINDOWEXPOSED):
                session.redraw()
            elif (heard := pads.heard(event)) is not None:
                session.event(screen.felt(heard))
        for request in session.requests:  # of a hand, or of the news alone
            if isinstance(request, Quit):
                return request.status
            screen.take(screen.toggled(), session)
        session.requests.clear()
        if session.typing != typing:
            typing = session.typing
            _hear_text(typing)
        screen.show(session)
        if session.settle():
            screen.show(session)
        session.ask_for_pictures()


def _hear_text(wanted: bool) -> None:
    """Have what is typed come as text, too, while there is a field; on a tablet that brings its keyboard up."""
    (pygame.key.start_text_input if wanted else pygame.key.stop_text_input)()


class IdleWaiter:
    """Rests until something is to be done, and does what can wait while nothing else is.

    pygame's own `wait` looks a thousand times a second, and takes 4 % of a core doing nothing.
    """

    def __init__(
        self, session: Session, wandered: Callable[[], bool] = lambda: False, settled: Callable[[], None] = give_back
    ) -> None:
        self._session, self._wandered, self._settled = session, wandered, settled
        self._quiet = 0.0  # seconds since the last event
        self._still: float | None = 0.0  # seconds since the last event or news; None once `settled` was called for them

    def events(self) -> list[pygame.event.Event]:
        """The next events; none once a frame is due because something moves, be it the whole picture."""
        session, waited = self._session, 0.0
        news = session.take_up_changes()  # also for a hand that never rests, and leaves no moment without events
        while not (events := pygame.event.get()) and not news:
            # nobody sees what moves in a window that is hidden
            due = session.due if pygame.display.get_active() else None
            if (due is not None and waited and due <= 0) or self._wandered():
                break
            if self._quiet <= PAUSE or not session.look_ahead():
                if self._still is not None and self._still >= STILL:
                    self._still = None
                    self._settled()
                nap = STEP if session.fading or self._quiet < AWAKE else REST
                if due is not None:
                    nap = min(nap, max(STEP / 4, due))
                time.sleep(nap)
                waited += nap
                self._quiet += nap
                if self._still is not None:
                    self._still += nap
            news = session.take_up_changes()
        if events:
            self._quiet = 0.0
        if events or news:
            self._still = 0.0
        return events


class OutputSurface:
    """What the session draws on: the window itself, or a canvas, where that is too small or its picture wanders."""

    def __init__(self, window: pygame.Surface, placement: WindowPlacement, wanders: Wandering | None = None) -> None:
        self._placement, self._wanders, self._at = placement, wanders, (0, 0)
        self.take_window(window)

    @property
    def size(self) -> tuple[int, int]:
        """Of what the session draws on, in pixels."""
        return self._canvas.get_size()

    def wandered(self) -> bool:
        """Whether the picture is to stand elsewhere than it does."""
        return self._wanders is not None and self._wanders() != self._at

    def placed(self) -> WindowPlacement:
        """Where the window stands, or stood when it last did not fill the screen."""
        if not self._placement.fullscreen:
            at = pygame.display.get_window_position()
            self._placement = WindowPlacement(self.window.get_size(), (int(at[0]), int(at[1])))
        return self._placement

    def felt(self, event: pygame.event.Event) -> pygame.event.Event:
        """An event of the window, with its place on the picture, where that stands elsewhere."""
        if self._canvas is self.window:
            return event
        (x, y), where = self._at, dict(event.dict)
        if "pos" in where:
            where["pos"] = where["pos"][0] - x, where["pos"][1] - y
        elif event.type in FINGERS:
            (wide, high), (w, h) = self.window.get_size(), self.size
            where["x"], where["y"] = (event.x * wide - x) / w, (event.y * high - y) / h
        return pygame.event.Event(event.type, where)

    def toggled(self) -> pygame.Surface:
        """The window in the full screen, or out of it where it stood before."""
        before = self.placed()
        self._placement = replace(before, fullscreen=not before.fullscreen)
        return _mode(self._placement)

    def take_window(self, window: pygame.Surface) -> None:
        self.window = window
        width, height = window.get_size()
        size = at_least((width, height) if self._wanders is None else (width - WANDER, height - WANDER))
        self._canvas = window if size == (width, height) else pygame.Surface(size)

    def take(self, window: pygame.Surface, session: Session) -> None:
        """The window is another one, or has another size: nothing is on it yet."""
        self.take_window(window)
        session.resize(self.size)
        session.redraw()

    def show(self, session: Session) -> None:
        """Have the session draw what changed, and put it before the eyes."""
        at = self._wanders() if self._wanders is not None else (0, 0)
        if at != self._at:
            self._at = at
            session.redraw()
        changed = session.frame(self._canvas)
        if changed and self._canvas is not self.window:
            for part in changed:
                self.window.blit(self._canvas, part.move(at), part)
            moved = [part.move(at) for part in changed]
            changed = mirror_edges(self.window, self._canvas.get_rect(topleft=at), moved)
        if changed:
            pygame.display.update(changed)


def at_least(size: tuple[int, int]) -> tuple[int, int]:
    return max(size[0], LEAST[0]), max(size[1], LEAST[1])
