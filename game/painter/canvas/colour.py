"""Colour arithmetic: mixing, scaling, ramps, opacity. A colour is (red, green, blue), 0 to 255 each."""

from __future__ import annotations

from collections.abc import Sequence

Colour = tuple[int, int, int]


def mix(a: Colour, b: Colour, t: float) -> Colour:
    """The colour `t` of the way from `a` (0) to `b` (1); `t` is clamped."""
    t = min(1.0, max(0.0, t))
    return (round(a[0] + (b[0] - a[0]) * t), round(a[1] + (b[1] - a[1]) * t), round(a[2] + (b[2] - a[2]) * t))


def scale(colour: Colour, factor: float) -> Colour:
    """Every channel times `factor`, clamped to a byte."""
    r, g, b = (min(255, max(0, round(channel * factor))) for channel in colour)
    return (r, g, b)


def ramp(stops: Sequence[Colour], t: float) -> Colour:
    """The colour at `t` (0 to 1) along evenly spaced `stops`."""
    t = min(1.0, max(0.0, t)) * (len(stops) - 1)
    at = min(int(t), len(stops) - 2)
    return mix(stops[at], stops[at + 1], t - at)


def opacity(share: float) -> int:
    """A surface's alpha for a share of 0 to 1. Never 255, which SDL blends twelve times slower than 254."""
    return min(254, round(255 * share))
