"""A kiosk's window without a screen: a session with its visit controller, driven by input events."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from game.desktop.input.input_mapping import touch_of
from game.desktop.listeners import Listener
from game.desktop.render.fonts import Fonts
from game.desktop.session import Session
from game.kiosk.config.hours import ALWAYS
from game.kiosk.visit_controller import VisitController
from game.ui.handlers.visit_handlers import start_kiosk
from game.ui.kiosk_state import IdleTimeout, KioskOffer
from game.ui.settings import Settings
from game.ui.state import AppState
from tests.clock import Clock
from tests.desktop.session_driver import Album, SessionDriver
from tests.kiosk.kiosk_driver import InMemoryCounts


def kiosk_window(
    offer: KioskOffer,
    fonts: Fonts,
    size: tuple[int, int] = (1080, 1920),
    settings: Settings | None = None,
    *,
    clock: Clock | None = None,
    counts: InMemoryCounts | None = None,
    idle_timeout: IdleTimeout | None = None,
    try_pin: Callable[[str, AppState], Sequence[str] | int] | None = None,
    listeners: Sequence[Listener] = (),
) -> SessionDriver:
    """A visitor before the attract screen, at noon, in a museum that is always open."""
    settings, clock = settings or Settings(targets="large"), clock or Clock()
    counts, idle_timeout, noon = counts or InMemoryCounts(), idle_timeout or IdleTimeout(), datetime(2026, 5, 4, 12)
    controller = VisitController(counts, idle_timeout, settings, clock, lambda: noon, touch_of, ALWAYS, try_pin=try_pin)
    app, listening = start_kiosk(offer, settings), [*listeners, controller]
    return SessionDriver(Session(app, size, fonts, Album(), controller, clock, listeners=listening), clock)
