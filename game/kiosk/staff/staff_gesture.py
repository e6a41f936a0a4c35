"""The way in for the staff, as a rule: two corners held, or a key, for some seconds. No visitor comes upon it."""

from __future__ import annotations

from collections.abc import Mapping

from game.core.values import frozen

HELD = 3.0  # seconds
CORNER = 0.12  # of the screen's width and height


@frozen
class HeldFingers:
    """Which fingers are down, in which corner (None: elsewhere), and since when."""

    fingers: Mapping[int, tuple[str | None, float]]

    def down(self, finger: int, corner: str | None, now: float) -> HeldFingers:
        return HeldFingers({**self.fingers, finger: (corner, now)})

    def up(self, finger: int) -> HeldFingers:
        return HeldFingers({one: held for one, held in self.fingers.items() if one != finger})

    def asks(self, now: float) -> bool:
        """Whether two different corners, or the key, have been held for long, and nothing else is touched."""
        places = [corner for corner, since in self.fingers.values() if now - since >= HELD]
        if len(places) != len(self.fingers) or None in places:
            return False
        return places == [KEY] or (len(places) == 2 and len(set(places)) == 2 and KEY not in places)


KEY = "key"
NOBODY = HeldFingers({})


def corner_of(x: float, y: float) -> str | None:
    """The corner that a point is in, of a screen of 1 by 1."""
    across = "left" if x < CORNER else "right" if x > 1 - CORNER else ""
    along = "upper" if y < CORNER else "lower" if y > 1 - CORNER else ""
    return f"{along}-{across}" if across and along else None
