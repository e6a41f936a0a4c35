"""The gesture that opens the staff's page: two corners, or a key, held for some seconds."""

from __future__ import annotations

from collections.abc import Mapping

from game.core.values import frozen

HOLD_SECONDS = 3.0
CORNER = 0.12  # of the screen's width and height


@frozen
class HeldFingers:
    """The fingers that are down, each with its corner (None: elsewhere) and since when, in seconds."""

    fingers: Mapping[int, tuple[str | None, float]]

    def down(self, finger: int, corner: str | None, now: float) -> HeldFingers:
        return HeldFingers({**self.fingers, finger: (corner, now)})

    def up(self, finger: int) -> HeldFingers:
        return HeldFingers({one: held for one, held in self.fingers.items() if one != finger})

    def is_complete(self, now: float) -> bool:
        """Whether two different corners, or the key, were held long enough, and nothing else is touched."""
        places = [corner for corner, since in self.fingers.values() if now - since >= HOLD_SECONDS]
        if len(places) != len(self.fingers) or None in places:
            return False
        return places == [KEY] or (len(places) == 2 and len(set(places)) == 2 and KEY not in places)


KEY = "key"  # in place of a corner
NO_FINGERS = HeldFingers({})


def corner_of(x: float, y: float) -> str | None:
    """The corner that a point is in; `x` and `y` are fractions of the screen's width and height."""
    across = "left" if x < CORNER else "right" if x > 1 - CORNER else ""
    along = "upper" if y < CORNER else "lower" if y > 1 - CORNER else ""
    return f"{along}-{across}" if across and along else None
