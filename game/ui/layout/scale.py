"""The sizes of type and space for a window and its settings, in whole pixels."""

from __future__ import annotations

from dataclasses import replace

from game.core.values import frozen
from game.ui.layout.geometry import Style
from game.ui.settings import KIOSK_TEXT_SCALE, Settings

LEADING = 1.46  # line spacing of prose, in type sizes
BODY, MIN_BODY = 30.0, 21.0  # pixels of prose at text scale 1: at 1080p, and the least in a small window
MIN_LABEL = 15  # pixels of a label at text scale 1
POSTER_BODY, MIN_POSTER_BODY = 36.0, 26.0  # pixels: the em of type for reading from across a room
ROOMY_LINES, TIGHT_LINES = 19, 9  # windows of so many lines of prose have the usual and the smallest gaps
TARGETS = {"usual": 46, "large": 76}  # pixels at 1080p, by the setting
TOOLS_TEXT = KIOSK_TEXT_SCALE / 100
TRACKING = {"normal": 0.0, "wide": 0.05, "wider": 0.1}  # type sizes after each character


@frozen
class Scale:
    """The sizes in one window. An em is the size of the prose (`body`).

    Attributes:
        unit: pixels of this window for each pixel of a window of 1920x1080, by the shorter side.
        text: the text scale. The reader sets 0.85 to 2.0; a layout may use less, and `of_tools` has its own.
        tracking: extra space after each character, as a fraction of the size of the type.
        lines: the height of the window in lines of prose.
        min_target: the least height of a control, in pixels at 1080p.
        poster_factor: the size of a poster's type, as a fraction of the usual size.
        spacing: the space between blocks, as a fraction of the usual space.
        columns: the number of columns of a menu's entries, of the settings, and of the talk after the story.
        fine: the size of the type in columns, as a fraction of the usual size.
        column_heights: the height of columns in the first view and in later views, in pixels; 0: as high as content.
        least_label: the least size of labels, in pixels.
        brief: whether blocks leave out what the reader can find on a person's card or in the journal.
    """

    unit: float
    text: float
    family: str
    tracking: float
    portrait: bool
    lines: float = ROOMY_LINES
    min_target: float = 46
    poster_factor: float = 1.0
    spacing: float = 1.0
    columns: int = 1
    fine: float = 1.0
    column_heights: tuple[int, int] = (0, 0)
    least_label: int = 0
    brief: bool = False

    def px(self, at_1080: float) -> int:
        """Return the pixels of this window for a length in pixels at 1080p; at least 1."""
        return max(1, round(at_1080 * self.unit))

    @property
    def body(self) -> int:
        """The size of prose in pixels: 30 at 1080p and never less than 21, multiplied by the text scale."""
        return round(max(MIN_BODY, BODY * self.unit) * self.text)

    def em(self, ems: float) -> int:
        return round(ems * self.body)

    @property
    def roominess(self) -> float:
        """How much room the window has: 1 for ROOMY_LINES lines of prose or more, 0 for TIGHT_LINES lines or fewer."""
        return max(0.0, min(1.0, (self.lines - TIGHT_LINES) / (ROOMY_LINES - TIGHT_LINES)))

    def gap(self, ems: float) -> int:
        """Return the space above a block in pixels: `ems` times `spacing`; in a tight window, down to 60 % of that."""
        return self.em(ems * (0.6 + 0.4 * self.roominess) * self.spacing)

    def display(self, ems: float) -> float:
        """Return the size in ems of a heading: `ems` in a roomy window, and nearer to the prose in a small window."""
        return 1 + (ems - 1) * (0.4 + 0.6 * self.roominess)

    def poster(self, ems: float) -> Style:
        """Return the style of type that is read from across a room. Its em is POSTER_BODY pixels at 1080p, whatever the
        text scale is. The type is never smaller than prose."""
        usual = max(MIN_POSTER_BODY, POSTER_BODY * self.unit)
        return replace(self.reading(bold=ems > 2), size=max(self.body, round(ems * self.poster_factor * usual)))

    @property
    def side_pad(self) -> int:
        """The space from a sheet's left and right edge to its text, in pixels. It grows more slowly than the text."""
        return round(54 * self.unit * (0.72 + 0.28 * self.text))

    @property
    def top_pad(self) -> int:
        """The space from a sheet's upper edge to its first line, in pixels."""
        return round(self.side_pad * (0.5 + 0.5 * self.roominess) * (0.5 + 0.5 * self.spacing))

    @property
    def large_targets(self) -> bool:
        """Whether the setting asks for large targets. Controls then stand at the foot, within reach."""
        return self.min_target > TARGETS["usual"]

    @property
    def target(self) -> int:
        """The least height of a control, in pixels; at least 36."""
        return max(36, self.px(self.min_target))

    @property
    def of_tools(self) -> Scale:
        """The scale of the tools. With large targets its text scale never changes, so that each tool stays in place: a
        visitor who presses "larger text" several times must not find another tool under the finger."""
        if not self.large_targets:
            return self
        return replace(self, text=TOOLS_TEXT, lines=self.lines * self.text / TOOLS_TEXT, spacing=1.0)

    def reading(self, ems: float = 1.0, *, bold: bool = False, italic: bool = False) -> Style:
        size = self.em(ems)
        return Style(self.family, size, bold, italic, round(size * self.tracking))

    def secondary(self, ems: float) -> Style:
        """Return the style of less important prose. Its size is `ems`, or 1 em if `fine` already reduces the type."""
        return self.reading(ems if self.fine == 1 else 1.0)

    def label(self, ems: float = 0.62, *, bold: bool = False, caps: bool = False) -> Style:
        """Return the style of labels and tools: in the sans-serif font, at least 15 pixels times the text scale."""
        size = max(round(MIN_LABEL * self.text), self.em(ems), self.least_label)
        return Style("sans", size, bold, False, round(size * (self.tracking + (0.06 if caps else 0.0))))

    def hanzi(self, ems: float) -> Style:
        return Style("kai", self.em(ems))


def scale_for(size: tuple[int, int], settings: Settings) -> Scale:
    width, height = size
    scale = Scale(
        unit=min(width, height) / 1080,
        text=settings.text_scale / 100,
        family=settings.font,
        tracking=TRACKING[settings.spacing],
        portrait=height > width,
        min_target=TARGETS[settings.targets],
    )
    return replace(scale, lines=height / (scale.body * LEADING))
