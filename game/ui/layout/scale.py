"""Sizes of type and space for a window and a reader's settings, in whole pixels."""

from __future__ import annotations

from dataclasses import replace

from game.core.values import frozen
from game.ui.layout.geometry import Style
from game.ui.settings import Settings

LEADING = 1.46  # line spacing of prose, in type sizes
AMPLE, SCANT = 19, 9  # lines of prose in a window that has room for air, and in one that has none to spare
TARGETS = {"usual": 46, "large": 76}  # pixels of a 1080p window
TRACKING = {"normal": 0.0, "wide": 0.05, "wider": 0.1}


@frozen
class Scale:
    """`unit` is a pixel of a 1920x1080 window; `text` the reader's text scale, 1.0 to 2.0; `lines` how many lines
    of prose the window is high; `least_target` the least height, in units, of what is pressed; `fit` how much of its
    size a poster's type has room for, `close` how much of its usual space stands between things."""

    unit: float
    text: float
    family: str
    spacing: float
    upright: bool
    lines: float = AMPLE
    least_target: float = 46
    fit: float = 1.0
    close: float = 1.0

    def px(self, at_1080: float) -> int:
        """A length of a 1080p window in this one."""
        return max(1, round(at_1080 * self.unit))

    @property
    def body(self) -> int:
        """The prose: 36 px at 1080p, never below 26, times the reader's scale."""
        return round(max(26.0, 36 * self.unit) * self.text)

    def em(self, ems: float) -> int:
        return round(ems * self.body)

    @property
    def roominess(self) -> float:
        """1 where the window holds many lines of prose, 0 where large text leaves it only a few."""
        return max(0.0, min(1.0, (self.lines - SCANT) / (AMPLE - SCANT)))

    def air(self, ems: float) -> int:
        """A space between things: what there is room for, so that few lines are not spent on none."""
        return self.em(ems * (0.6 + 0.4 * self.roominess) * self.close)

    def display(self, ems: float) -> float:
        """The size in ems of a heading: always larger than the prose, by less where there is little room."""
        return 1 + (ems - 1) * (0.4 + 0.6 * self.roominess)

    def poster(self, ems: float) -> Style:
        """The hand of what is read from across a room, in ems of the usual prose: large already, so that the reader's
        scale makes it larger only where prose would be."""
        usual = max(26.0, 36 * self.unit)
        return replace(self.reading(bold=ems > 2), size=max(self.body, round(ems * self.fit * usual)))

    @property
    def pad(self) -> int:
        """From a sheet's edge to its text at the sides: grows more slowly than the text."""
        return round(54 * self.unit * (0.72 + 0.28 * self.text))

    @property
    def head(self) -> int:
        """From a sheet's upper edge to its first line."""
        return round(self.pad * (0.5 + 0.5 * self.roominess))

    @property
    def within_reach(self) -> bool:
        """Whether what is pressed should be near the hand of whoever stands before the screen."""
        return self.least_target > TARGETS["usual"]

    @property
    def target(self) -> int:
        """The least height of what is pressed: 44 px at 1080p; 72 where targets are to be large."""
        return max(36, self.px(self.least_target))

    def reading(self, ems: float = 1.0, *, bold: bool = False, italic: bool = False) -> Style:
        size = self.em(ems)
        return Style(self.family, size, bold, italic, round(size * self.spacing))

    def label(self, ems: float = 0.62, *, bold: bool = False, caps: bool = False) -> Style:
        """The hand of labels and tools: always the sans, never below 18 px before scaling."""
        size = max(round(18 * self.text), self.em(ems))
        return Style("sans", size, bold, False, round(size * (self.spacing + (0.06 if caps else 0.0))))

    def hanzi(self, ems: float) -> Style:
        return Style("kai", self.em(ems))


def scale_for(size: tuple[int, int], settings: Settings) -> Scale:
    """The scale of a window of `size` pixels."""
    width, height = size
    scale = Scale(
        unit=min(width, height) / 1080,
        text=settings.text_scale / 100,
        family=settings.font,
        spacing=TRACKING[settings.spacing],
        upright=height > width,
        least_target=TARGETS[settings.targets],
    )
    return replace(scale, lines=height / (scale.body * LEADING))
