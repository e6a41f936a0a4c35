"""Icons as vector outlines in a square from (0, 0) to (1, 1), for the window and for print."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from game.core.values import frozen

Outline = tuple[tuple[float, float], ...]

STROKE = 0.075  # the width of a line, where the square's side is 1


@frozen
class IconOutline:
    """Filled polygons (`solid`), and polylines (`lined`), which are closed where they end at their start."""

    solid: tuple[Outline, ...] = ()
    lined: tuple[Outline, ...] = ()

    def across(self, part: float) -> float:
        """The x, 0 to 1, at which `part` of the shape's own width ends; 0 and 1 stay as they are."""
        if not 0 < part < 1:
            return part
        ends = [x for outline in (*self.solid, *self.lined) for x, _ in outline]
        return min(ends) + part * (max(ends) - min(ends))


_BODY: Outline = (
    (0.40, 0.25), (0.30, 0.29), (0.21, 0.37), (0.16, 0.48), (0.14, 0.62), (0.13, 0.78), (0.12, 0.90), (0.15, 0.95),
    (0.22, 0.975), (0.36, 0.965), (0.50, 0.97), (0.64, 0.965), (0.78, 0.975), (0.85, 0.95), (0.88, 0.90), (0.87, 0.78),
    (0.86, 0.62), (0.84, 0.48), (0.79, 0.37), (0.70, 0.29), (0.60, 0.25),
)  # fmt: skip
_NECK: Outline = ((0.40, 0.19), (0.33, 0.06), (0.42, 0.09), (0.50, 0.04), (0.58, 0.09), (0.67, 0.06), (0.60, 0.19))
_SACK: Outline = (*_NECK, *_BODY[::-1], _NECK[0])
_EAVES: Outline = (
    (0.00, 0.13), (0.10, 0.15), (0.17, 0.11), (0.21, 0.03), (0.79, 0.03), (0.83, 0.11), (0.90, 0.15), (1.00, 0.13),
    (0.92, 0.26), (0.08, 0.26),
)  # fmt: skip
_POSTS: Outline = ((0.17, 0.29), (0.17, 0.96), (0.83, 0.96), (0.83, 0.29))

ICONS: Mapping[str, IconOutline] = MappingProxyType({
    "sack": IconOutline(solid=(_BODY, _NECK)),
    "sack.hollow": IconOutline(lined=(_SACK,)),
    "door.closed": IconOutline(lined=((*_EAVES, _EAVES[0]), _POSTS, ((0.5, 0.29), (0.5, 0.96)))),
    "door.open": IconOutline(solid=(
        _EAVES,
        ((0.30, 0.26), (0.30, 0.86), (0.05, 0.99), (0.05, 0.36)),
        ((0.70, 0.26), (0.70, 0.86), (0.95, 0.99), (0.95, 0.36)),
    )),
})  # fmt: skip
