"""Place sheets, cards and prompts in a window: on which side, how wide, and at which edge."""

from __future__ import annotations

from collections.abc import Iterator

from game.core.values import frozen
from game.ui.layout.geometry import Rect
from game.ui.layout.scale import Scale, scale_for
from game.ui.settings import Settings
from game.ui.tree import TreeNode

CAPTION_LINES = 3  # the height of the caption, in lines of prose


def caption_rect(size: tuple[int, int], settings: Settings) -> Rect | None:
    """Return the rectangle of the voice's caption at the window's foot; None if the settings show no caption."""
    if not settings.speaks or settings.voice_shown == "off":
        return None
    width, height = size
    tall = min(round(height * 0.28), scale_for(size, settings).em(0.5 + CAPTION_LINES * 0.98))
    return Rect(0, height - tall, width, tall)


def area_above(size: tuple[int, int], caption: Rect | None) -> tuple[int, int]:
    return size if caption is None else (size[0], caption.y)


@frozen
class SheetPlace:
    """The largest rectangle of a sheet, its least height in pixels, and its `kind` (as in `Panel`). A sheet can be less
    high than the rectangle. `anchor`, a key of ANCHORS, says where in the rectangle it then stands."""

    kind: str
    rect: Rect
    min_height: int
    anchor: str


BRIEF_TOP = 0.44  # the top of a page of few lines, as a fraction of the height of a portrait window
UPRIGHT_TOP, HIGHEST_TOP = 0.34, 0.08  # the same for any page, and for a page that needs all the room
FEWEST_LETTERS = 36  # the least letters in a line
LETTER = {"serif": 0.45, "sans": 0.5}  # the mean width of a letter, in ems
PICTURE_LETTERS = 72  # letters in a line of the widest sheet that must leave a picture's subject free
WIDE_CARD = 48  # the width of the text on a card with two columns, in ems
LARGEST_OUTSIDE = 1.5  # the greatest text scale at which tools stand beside the sheet
LEAST_SUBJECT = 0.14  # fraction of the picture: if less is left free, all of it is the subject area
MOST_COVERED = 0.6  # the greatest width of a sheet in a picture's frame, as a fraction of the window's width
ANCHORS = {"top": 0.0, "middle": 0.5, "bottom": 1.0}  # the fraction of the free height that is above a sheet
# The sheet's part of the width of a landscape window, by the screen's style.
WIDTHS = {"page": 0.485, "title": 0.43, "wall": 0.62, "wide": 0.9, "desk": 0.9, "map": 0.46}


def window_margin(size: tuple[int, int], scale: Scale) -> int:
    """Return the space between the window's edge and a sheet, in pixels."""
    if scale.portrait:
        return round(size[0] * 0.045)
    return round(size[1] * (0.018 + 0.012 * scale.roominess))


def sheet_place(
    tree: TreeNode, size: tuple[int, int], scale: Scale, wider: float = 1.0, letters: int = 0, high: float = 0.0
) -> SheetPlace:
    """Return the place of a screen's sheet.

    Args:
        size: the room for the sheet, in pixels.
        wider: the sheet's width, as a multiple of the usual width.
        letters: the least number of letters in a line, in a landscape window.
        high: from 0 to 1, how far the sheet reaches up over the picture in an upright window.
    """
    width, height = size
    if tree.style == "card":
        return _card_place(size, scale, sheet_place(TreeNode("screen", style="page"), size, scale).rect)
    # With large targets sheets are on the lower edge, so that the tools are in reach and always in one place.
    anchor = "bottom" if tree.style == "talk" or scale.large_targets else "top"
    margin = window_margin(size, scale)
    if tree.style == "talk":  # it has much text
        margin = round(margin * 0.5)
    if scale.portrait:
        # A sheet on the lower edge is as high as its text, and the picture has the rest.
        usual = UPRIGHT_TOP if scale.text <= 1.25 and anchor == "top" else HIGHEST_TOP
        top = round(height * (usual + (HIGHEST_TOP - usual) * high))
        rect = Rect(margin, top, width - 2 * margin, height - top - margin)
        # A reader with large targets may stand or sit before a tall screen, so all controls must be within reach.
        least = 0 if tree.style == "title" or anchor == "bottom" else round(height * 0.4)
        return SheetPlace("sheet", rect, least, anchor)
    wanted = WIDTHS["page"] if tree.style == "title" and scale.large_targets else WIDTHS.get(tree.style, 0.52)
    # A line must have enough letters at any size: the fewer lines there are, the longer they should be.
    fewest = FEWEST_LETTERS + 10 * (1 - scale.roominess)
    wide = round(max(width * wanted, _width_of(fewest, scale)) * wider)
    wide = min(max(wide, _width_of(letters, scale)), width - 2 * margin)
    edge = margin if width - wide > round(width * 0.12) else (width - wide) // 2
    rect = Rect(width - edge - wide, margin, wide, height - 2 * margin)
    if tree.style == "title":
        return SheetPlace("sheet", rect, 0, "middle")
    least = 0 if anchor == "bottom" or tree.style == "page" else round(height * 0.5)
    return SheetPlace("sheet", rect, least, anchor)


def _width_of(letters: float, scale: Scale) -> int:
    return scale.em(letters * (LETTER[scale.family] + scale.tracking)) + 2 * scale.side_pad


def page_area(size: tuple[int, int], settings: Settings, style: str = "page") -> Rect:
    """Return the rectangle that the sheet of any page covers, so that the painter keeps the picture's subject out of
    it. `style` is "page", "wall" or "map"."""
    room, scale = area_above(size, caption_rect(size, settings)), scale_for(size, settings)
    screen = TreeNode("screen", style=style)
    rect = sheet_place(screen, room, scale).rect
    if style == "page" and not scale.portrait:
        wide = sheet_place(screen, room, scale, letters=PICTURE_LETTERS).rect
        x = min(rect.x, max(wide.x, round(size[0] * (1 - MOST_COVERED))))
        return Rect(x, rect.y, rect.right - x, rect.h)
    if not (scale.portrait and scale.large_targets):
        return rect
    top = max(rect.y, round(size[1] * BRIEF_TOP))  # a brief page is low, and the room above it is the picture's
    return Rect(rect.x, top, rect.w, rect.bottom - top)


def tools_foot(size: tuple[int, int], settings: Settings, style: str = "page") -> int:
    """Return the height in pixels that a page's tools cover at the lower edge of a wide window; 0 without tools."""
    scale = scale_for(size, settings).of_tools
    if scale.portrait or style != "page" or scale.text > LARGEST_OUTSIDE:
        return 0
    rows = 2 if scale.large_targets else 1
    room = area_above(size, caption_rect(size, settings))
    return rows * scale.target + scale.em(1) + window_margin(size, scale) + size[1] - room[1]


def _card_place(size: tuple[int, int], scale: Scale, page: Rect) -> SheetPlace:
    """Place a card beside the page if there is room, otherwise over the page's middle."""
    width, height = size
    margin = round(min(width, height) * 0.045)
    wide = min(width - 2 * margin, scale.em(WIDE_CARD if scale.columns > 1 else 20) + 2 * scale.side_pad)
    room = page.x - 2 * margin
    if room >= scale.em(14) + 2 * scale.side_pad and scale.columns < 2:
        width, wide = page.x, min(wide, room)
    top, anchor = margin, "middle"
    if scale.portrait and scale.large_targets:  # its controls must be within reach of a seated reader
        top, anchor = round(height * HIGHEST_PRESSED), "bottom"
    return SheetPlace("card", Rect((width - wide) // 2, top, wide, height - top - margin), 0, anchor)


def subject_area(size: tuple[int, int], settings: Settings, style: str = "page") -> Rect:
    """Return the part of a page's picture that sheet and tools leave free. The picture's subject belongs there."""
    width, height = size
    sheet, foot = page_area(size, settings, style), tools_foot(size, settings, style)
    strips = (
        Rect(0, 0, sheet.x, height),
        Rect(0, 0, width, sheet.y),
        Rect(sheet.right, 0, width - sheet.right, height),
        Rect(0, sheet.bottom, width, height - sheet.bottom),
    )
    area = max(strips, key=lambda strip: strip.w * strip.h)
    if area.w * area.h < LEAST_SUBJECT * width * height:
        area = Rect(0, 0, width, height)
    return Rect(area.x, area.y, area.w, max(1, min(area.h, height - foot - area.y)))


def prompt_places(size: tuple[int, int], scale: Scale, under: Rect) -> Iterator[SheetPlace]:
    """Yield places for a prompt at which the sheet `under` it stays readable, best first: beside the sheet, above it,
    and over its foot."""
    width, height = size
    margin = round(min(width, height) * 0.045)
    pad = 2 * scale.side_pad
    most = scale.em(20) + pad

    def place(left: int, right: int, wide: int, foot: int) -> SheetPlace:
        return SheetPlace("aside", Rect((left + right - wide) // 2, margin, wide, foot - 2 * margin), 0, "bottom")

    for left, right in ((0, under.x), (under.right, width)):
        room = right - left - 2 * margin
        if room >= scale.em(MIN_PROMPT_WIDTH) + pad:
            yield place(left, right, min(most, room), height)
    if under.y > height * MIN_BOTTOM:
        yield place(under.x, under.right, min(most, under.w), under.y)
    yield place(under.x, under.right, min(scale.em(30) + pad, under.w - 2 * margin), height)


MIN_PROMPT_WIDTH = 8  # ems
HIGHEST_PRESSED = 0.3  # controls stand below this fraction of an upright window's height
MIN_BOTTOM = 0.42  # fraction of the window's height: a prompt that ends above is out of reach for a seated reader
