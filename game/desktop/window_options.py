"""Window options: what a command line asks of a window."""

from __future__ import annotations

from game.core.values import frozen


@frozen
class WindowOptions:
    """Options of one window.

    size: in pixels; None: as it was last. fullscreen: False leaves it as it was last. speak: read aloud from the first
    screen on. first_frame_only: close after the first frame, for measuring the start-up.
    """

    size: tuple[int, int] | None = None
    fullscreen: bool = False
    speak: bool = False
    first_frame_only: bool = False
