"""Loop: opens the window, passes its events to the session, and shows the session's frames."""

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
from game.desktop.process_memory import map_large_blocks, trim_memory
from game.desktop.session import Session
from game.desktop.window_placement import FALLBACK, WindowPlacement, clamp_to_screens
from game.ui.effects import Quit

POLL_ACTIVE = 0.016  # seconds between two looks for events while something goes on,
POLL_IDLE = 0.04  # and after a while without events; nobody notices either delay
PREFETCH_AFTER = 0.2  # seconds without an event before pages are laid out in advance
ACTIVE_FOR = 2.0  # seconds after an event in which another one is likely
TRIM_AFTER = 2.0  # seconds without an event or a listener's intent before the loop gives freed memory back,
TRIM_EVERY = 30.0  # and the seconds of waiting after which it does so anyway, if events never pause for that long
SWITCH_INTERVAL = 0.0005  # seconds that the painter's thread may keep the GIL while a frame waits for it
MAX_SHIFT = 12  # pixels by which a picture may be shifted, either way
MIN_SIZE = (320, 240)  # pixels; in a smaller window the picture still has this size
FINGERS = (pygame.FINGERDOWN, pygame.FINGERMOTION, pygame.FINGERUP)
KEYS = (pygame.KEYDOWN, pygame.KEYUP, pygame.TEXTINPUT)
HEADLESS_DRIVERS = frozenset({"offscreen", "dummy", "evdev"})


PixelShift = Callable[[], tuple[int, int]]
SessionFactory = Callable[[tuple[int, int], Sequence[Listener]], Session]


def run(
    title: str,
    new_session: SessionFactory,
    placement: WindowPlacement,
    *,
    listeners: Sequence[Listener] = (),
    deferred_listeners: Callable[[], Sequence[Listener]] = tuple,
    save_placement: Callable[[WindowPlacement], None] = lambda placement: None,
    first_frame_only: bool = False,
    closable: bool = True,
    pixel_shift: PixelShift | None = None,
    on_first_screen: bool = False,
) -> int:
    """Open a window, run its event loop until it is closed, and return the exit status.

    Args:
        title: the window's title.
        new_session: makes the session, given the size of the picture in pixels and the session's listeners.
        placement: the window's first position and size.
        listeners: the listeners that the first frame needs.
        deferred_listeners: makes the listeners that the first frame does not need. They are called before the others.
        save_placement: called with the placement when the window closes; the loop ignores its OSError.
        first_frame_only: True to close after the first frame, for measuring the start-up.
        closable: False for a kiosk: there is no mouse pointer, and only the session ends the loop.
        pixel_shift: returns the picture's present offset (x, y), 0 to `MAX_SHIFT` pixels, against burn-in.
        on_first_screen: True if the window must not open on the second screen, which belongs to another window.

    Raises:
        NoDisplay: the system has no display.
        WindowError: the window cannot open for another reason.
    """
    window, placement = open_window(placement, title, [listener.on_open for listener in listeners], on_first_screen)
    pygame.mouse.set_visible(closable)
    status = 0
    try:
        screen = OutputSurface(window, placement, pixel_shift)
        session = new_session(screen.size, listeners)
        screen.show(session)
        if not first_frame_only:
            session.add_listeners(deferred_listeners())
            status = _run_events(session, screen, closable)
            with suppress(OSError):  # if the placement cannot be stored, the system decides where the next window opens
                save_placement(screen.placement())
        session.close()
    finally:
        pygame.display.quit()
    return status


def open_window(
    placement: WindowPlacement,
    title: str,
    before_visible: Iterable[Callable[[], None]] = (),
    on_first_screen: bool = False,
) -> tuple[pygame.Surface, WindowPlacement]:
    """Open the window, and return its surface and its placement, which is `placement` made to fit the screens.

    `before_visible` is called while the window is hidden, for adapters to screen readers. The other arguments, and the
    errors, are those of `run`.
    """
    if not getattr(pygame, "IS_CE", False):
        raise WindowError(
            "the old pygame is installed over pygame-ce: run `pip uninstall pygame pygame-ce`, then install this again"
        )
    named = "SDL_VIDEODRIVER" in os.environ
    if sys.platform == "linux" and not named and not {"DISPLAY", "WAYLAND_DISPLAY"} & set(os.environ):
        raise NoDisplay(NO_DISPLAY)  # here, because SDL's drivers would print lines of their own
    os.environ.setdefault("SDL_WINDOWS_DPI_AWARENESS", "permonitorv2")
    try:
        pygame.display.init()
        if pygame.display.get_driver() in HEADLESS_DRIVERS and not named:
            raise NoDisplay(NO_DISPLAY)
        if pygame.display.get_driver() == "x11":
            # otherwise SDL sends the whole window through a texture for each small change: 19 ms instead of 0.1
            os.environ.setdefault("SDL_FRAMEBUFFER_ACCELERATION", "0")
        pygame.display.set_caption(title)
        if placement.position is not None or placement.size is None:  # a size that comes from the command line is kept
            screens = pygame.display.get_desktop_sizes()
            placement = clamp_to_screens(placement, screens[:1] if on_first_screen else screens)
        # without a window manager a window keeps its first size, so open it in its final size
        size = pygame.display.get_desktop_sizes()[0] if placement.fullscreen else placement.size or FALLBACK
        pygame.display.set_mode(size, pygame.HIDDEN)
        for prepare in before_visible:
            prepare()
        window = _set_mode(placement)
    except pygame.error as error:
        raise NoDisplay(f"{NO_DISPLAY} ({error})") from None
    pygame.key.stop_text_input()
    return window, placement


NO_DISPLAY = "there is no display to open a window on"


def _set_mode(placement: WindowPlacement) -> pygame.Surface:
    if placement.fullscreen:
        return pygame.display.set_mode((0, 0), pygame.FULLSCREEN)
    window = pygame.display.set_mode(placement.size or FALLBACK, pygame.RESIZABLE)
    if placement.position is not None:
        pygame.display.set_window_position(placement.position)
    return window


def _run_events(session: Session, screen: OutputSurface, closable: bool) -> int:
    """Run the event loop until the window closes or the session asks to end. Return the exit status."""
    sys.setswitchinterval(SWITCH_INTERVAL)
    map_large_blocks()
    pads = Gamepads()
    session.request_pictures()
    session.preload()
    waiter, text_input = IdleWaiter(session, screen.shift_changed), False
    while True:
        for event in waiter.events():
            if getattr(event, "window", None) is not None and event.type not in KEYS:
                session.observe(event)  # an event of the window beside this one, where nothing can be pressed
                continue
            if event.type in (pygame.QUIT, pygame.WINDOWCLOSE):  # QUIT comes only after the last window has closed
                if closable:
                    return 0
                continue
            if event.type == pygame.VIDEORESIZE:
                screen.replace_window(pygame.display.get_surface() or screen.window, session)
            elif event.type in (pygame.VIDEOEXPOSE, pygame.WINDOWEXPOSED):
                session.invalidate()
            elif (translated := pads.translate(event)) is not None:
                session.handle_event(screen.to_picture(translated))
        for request in session.window_requests:  # requests made by events or by listeners
            if isinstance(request, Quit):
                return request.status
            screen.replace_window(screen.toggle_fullscreen(), session)
        session.window_requests.clear()
        if session.has_text_field != text_input:
            text_input = session.has_text_field  # a tablet shows its on-screen keyboard only while TEXTINPUT is on
            (pygame.key.start_text_input if text_input else pygame.key.stop_text_input)()
        screen.show(session)
        if session.flush_effects():
            screen.show(session)
        session.request_pictures()


class IdleWaiter:
    """Waits for events and due frames. In pauses, it lays out the next pages, and calls `on_idle` to free memory.

    pygame's own `wait` polls a thousand times a second, which takes 4 % of a core for nothing.
    """

    def __init__(
        self,
        session: Session,
        shift_changed: Callable[[], bool] = lambda: False,
        on_idle: Callable[[], None] = trim_memory,
    ) -> None:
        self._session, self._shift_changed, self._on_idle = session, shift_changed, on_idle
        self._since_event = 0.0  # seconds
        self._idle: float | None = 0.0  # seconds since the last event or intent; None once `on_idle` was called
        self._waited = 0.0  # seconds waited since `on_idle` was called; seconds in which nothing happened do not count

    def events(self) -> list[pygame.event.Event]:
        """Wait for the next events, and return them. Return an empty list if a frame is due before an event comes."""
        session, waited = self._session, 0.0
        changed = session.poll_changes()  # before the events, because these may come without a pause
        while not (events := pygame.event.get()) and not changed:
            # a hidden window needs no frames
            due = session.seconds_to_frame if pygame.display.get_active() else None
            if (due is not None and waited and due <= 0) or self._shift_changed():
                break
            if self._since_event <= PREFETCH_AFTER or not session.prefetch_page():
                if self._idle is not None and (self._idle >= TRIM_AFTER or self._waited >= TRIM_EVERY):
                    self._idle, self._waited = None, 0.0
                    self._on_idle()
                pause = POLL_ACTIVE if session.transitioning or self._since_event < ACTIVE_FOR else POLL_IDLE
                if due is not None:
                    pause = min(pause, max(POLL_ACTIVE / 4, due))
                time.sleep(pause)
                waited += pause
                self._since_event += pause
                if self._idle is not None:
                    self._idle += pause
                    self._waited += pause
            changed = session.poll_changes()
        if events:
            self._since_event = 0.0
        if events or changed:
            self._idle = 0.0
        return events


class OutputSurface:
    """Where the session draws: the window itself, or a canvas if the window is too small or the picture is shifted."""

    def __init__(
        self, window: pygame.Surface, placement: WindowPlacement, pixel_shift: PixelShift | None = None
    ) -> None:
        self._placement, self._pixel_shift, self._offset = placement, pixel_shift, (0, 0)
        self._set_window(window)

    @property
    def size(self) -> tuple[int, int]:
        return self._canvas.get_size()

    def shift_changed(self) -> bool:
        """Return whether the pixel shift has changed since the last frame."""
        return self._pixel_shift is not None and self._pixel_shift() != self._offset

    def placement(self) -> WindowPlacement:
        """Return the window's placement; in full screen, with the size and position before full screen."""
        if not self._placement.fullscreen:
            at = pygame.display.get_window_position()
            self._placement = WindowPlacement(self.window.get_size(), (int(at[0]), int(at[1])))
        return self._placement

    def to_picture(self, event: pygame.event.Event) -> pygame.event.Event:
        """Return the event with its position converted from the window's coordinates to the picture's."""
        if self._canvas is self.window:
            return event
        (x, y), fields = self._offset, dict(event.dict)
        if "pos" in fields:
            fields["pos"] = fields["pos"][0] - x, fields["pos"][1] - y
        elif event.type in FINGERS:
            (width, height), (w, h) = self.window.get_size(), self.size
            fields["x"], fields["y"] = (event.x * width - x) / w, (event.y * height - y) / h
        return pygame.event.Event(event.type, fields)

    def toggle_fullscreen(self) -> pygame.Surface:
        """Switch to full screen or back, and return the new surface."""
        before = self.placement()
        self._placement = replace(before, fullscreen=not before.fullscreen)
        return _set_mode(self._placement)

    def _set_window(self, window: pygame.Surface) -> None:
        self.window = window
        width, height = window.get_size()
        margin = MAX_SHIFT if self._pixel_shift is not None else 0
        size = max(width - margin, MIN_SIZE[0]), max(height - margin, MIN_SIZE[1])
        self._canvas = window if size == (width, height) else pygame.Surface(size)

    def replace_window(self, window: pygame.Surface, session: Session) -> None:
        """Draw on `window` from now on, because the surface or its size is new. Tell `session` the new size."""
        self._set_window(window)
        session.resize(self.size)
        session.invalidate()

    def show(self, session: Session) -> None:
        """Let the session draw its changes, and update those parts of the screen."""
        offset = self._pixel_shift() if self._pixel_shift is not None else (0, 0)
        if offset != self._offset:
            self._offset = offset
            session.invalidate()
        changed = session.render(self._canvas)
        if changed and self._canvas is not self.window:
            for part in changed:
                self.window.blit(self._canvas, part.move(offset), part)
            moved = [part.move(offset) for part in changed]
            changed = mirror_edges(self.window, self._canvas.get_rect(topleft=offset), moved)
        if changed:
            pygame.display.update(changed)


def mirror_edges(window: pygame.Surface, picture: pygame.Rect, changed: Sequence[pygame.Rect]) -> list[pygame.Rect]:
    """Mirror the changed parts of a shifted picture into the margins around the picture, and return all rectangles that
    changed. All rectangles are in the window's coordinates."""
    whole, done = window.get_rect(), list(changed)
    left, right = picture.x, whole.right - picture.right
    top, bottom = picture.y, whole.bottom - picture.bottom
    sides = [
        (pygame.Rect(picture.x, picture.y, left, picture.h), (0, picture.y), (True, False)),
        (pygame.Rect(picture.right - right, picture.y, right, picture.h), (picture.right, picture.y), (True, False)),
        # full width, so that the corners come from the sides that were just filled
        (pygame.Rect(0, picture.y, whole.w, top), (0, 0), (False, True)),
        (pygame.Rect(0, picture.bottom - bottom, whole.w, bottom), (0, picture.bottom), (False, True)),
    ]
    for strip, at, flip in sides:
        source = strip.clip(whole)
        if strip.w > 0 and strip.h > 0 and source.collidelist(done) >= 0:
            window.blit(pygame.transform.flip(window.subsurface(source), *flip), at)
            done.append(pygame.Rect(at, source.size))
    return done
