"""Colour arithmetic: mixing, scaling, ramps, opacity. A colour is (red, green, blue), 0 to 255 each."""

from __future__ import annotations

from collections.abc import Sequence

Colour = tuple[int, int, int]


def mix(a: Colour, b: Colour, t: float) -> Colour:
    """Return the colour between `a` and `b`: `t` is 0 for `a` and 1 for `b`, and is clamped."""
    t = min(1.0, max(0.0, t))
    return (round(a[0] + (b[0] - a[0]) * t), round(a[1] + (b[1] - a[1]) * t), round(a[2] + (b[2] - a[2]) * t))


def scale(colour: Colour, factor: float) -> Colour:
    """Return `colour` with every channel multiplied by `factor`, clamped to a byte."""
    r, g, b = (min(255, max(0, round(channel * factor))) for channel in colour)
    return (r, g, b)


def ramp(stops: Sequence[Colour], t: float) -> Colour:
    """Return the colour at `t` (0 to 1) on a scale on which the `stops` are evenly spaced."""
    t = min(1.0, max(0.0, t)) * (len(stops) - 1)
    at = min(int(t), len(stops) - 2)
    return mix(stops[at], stops[at + 1], t - at)


def opacity(share: float) -> int:
    """Return a surface's alpha for an opacity of 0 to 1. Never 255, which SDL blends twelve times slower than 254."""
    return min(254, round(255 * share))
