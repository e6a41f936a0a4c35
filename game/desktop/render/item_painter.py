"""Item painter: draws the runs of text and the boxes of a laid-out tree. Each kind of box has a method."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pygame

from game.core.values import frozen
from game.desktop.render import icons, paper_shapes
from game.desktop.render.fonts import Fonts
from game.desktop.render.paper_shapes import pg
from game.ui.icon_outlines import BAR_PATTERNS, ICONS
from game.ui.layout.geometry import Box, Item, Rect, Run
from game.ui.theme import Colour, Theme


@frozen
class PointerState:
    """The ids of the focused node, the node under the pointer, and the pressed node. `ring`: the focus is shown."""

    focus: str | None = None
    ring: bool = True
    hover: str | None = None
    pressed: str | None = None


class ItemPainter:
    """Draws items on `target`.

    Args:
        unit: the number of pixels for each pixel at 1080p.
        thumbnails: painted images by node id.
        cut: the progress of a weighing's animation (see `CutClock.cut` in frames.py).
    """

    def __init__(
        self, target: pygame.Surface, theme: Theme, unit: float, fonts: Fonts, pointer: PointerState,
        thumbnails: Mapping[str, pygame.Surface], cut: float = 2.0,
    ) -> None:  # fmt: skip
        self.target, self.theme, self.unit, self.fonts, self.pointer = target, theme, unit, fonts, pointer
        self.thumbnails, self.cut = thumbnails, cut

    def item(self, item: Item) -> None:
        """Draw one item. Its coordinates are pixels of `target`."""
        if isinstance(item, Run):
            self._run(item)
        elif isinstance(item, Box):
            SHAPES[item.kind](self, item)

    def px(self, at_1080: float) -> int:
        """Convert a length from pixels at 1080p to pixels of this window. Return at least 1."""
        return max(1, round(at_1080 * self.unit))

    def _run(self, run: Run) -> None:
        colour: Colour = getattr(self.theme, run.ink)
        if run.id is not None:
            under = run.rect
            if self._hovered(run.id):
                pygame.draw.rect(self.target, self.theme.slip_chosen, pg(under).inflate(self.px(6), 0))
            y = run.baseline + max(2, round(run.style.size * 0.13))
            wide = self.fonts.width(run.text.rstrip(), run.style)
            self._underline(run, y, wide)
            if self._focused(run.id):
                self._ring(Rect(under.x - self.px(4), under.y, wide + self.px(8), under.h))
        surface = self.fonts.render(run.text, run.style, colour)
        start = run.x + self.fonts.bearing(run.text, run.style)
        self.target.blit(surface, (start, run.baseline - self.fonts.ascent(run.style)))

    def _underline(self, run: Run, y: int, width: int) -> None:
        """Draw a solid line under a term (its ink is that of links), and a dotted line under a person's name."""
        thick = max(1, run.style.size // 18)
        if run.ink == "accent":
            pygame.draw.line(self.target, self.theme.accent, (run.x, y), (run.x + width, y), thick)
        else:
            self._dots(Rect(run.x, y, width, thick + 1))

    def _dots(self, rect: Rect) -> None:
        for x in range(rect.x, rect.right, 2 * rect.h + 1):
            pygame.draw.rect(self.target, self.theme.accent, (x, rect.y, min(rect.h, rect.right - x), rect.h))

    def _hovered(self, node_id: str | None) -> bool:
        return node_id is not None and node_id in (self.pointer.hover, self.pointer.pressed)

    def _focused(self, node_id: str | None) -> bool:
        return self.pointer.ring and node_id is not None and node_id == self.pointer.focus

    def _ring(self, rect: Rect) -> None:
        width = max(3, round(4 * self.unit))
        pygame.draw.rect(self.target, self.theme.ring, pg(rect).inflate(width, width), width, border_radius=2)

    def _mark(self, box: Box) -> None:
        """Draw a ring on a focused node. Draw an edge in a pressed node, because a finger's press has no other sign."""
        self.row(box)
        if box.id is not None and box.id == self.pointer.pressed:
            width = max(3, self.px(4))
            pygame.draw.rect(self.target, self.theme.accent, pg(box.rect), width, border_radius=1)

    def slip(self, box: Box) -> None:
        rect = pg(box.rect)
        lit = self._focused(box.id) or self._hovered(box.id)
        fill = self.theme.slip_chosen if lit else self.theme.slip
        if self.theme.texture:
            drop = self.px(1 if box.id == self.pointer.pressed else 3)
            pygame.draw.rect(self.target, self.theme.edge, rect.move(0, drop), border_radius=1)
            pygame.draw.rect(self.target, fill, rect, border_radius=1)
            pygame.draw.rect(self.target, self.theme.control, rect, 1, border_radius=1)
        else:
            pygame.draw.rect(self.target, fill, rect)
            pygame.draw.rect(self.target, self.theme.control, rect, max(2, self.px(2)))
        self._mark(box)

    def tool(self, box: Box) -> None:
        if self._hovered(box.id) or self._focused(box.id):
            pygame.draw.rect(self.target, self.theme.slip_chosen, pg(box.rect), border_radius=1)
        pygame.draw.rect(self.target, self.theme.control, pg(box.rect), 1, border_radius=1)
        self._mark(box)

    def pill(self, box: Box) -> None:
        rect = pg(box.rect)
        fill = self.theme.slip_chosen if box.chosen or self._hovered(box.id) else self.theme.slip
        pygame.draw.rect(self.target, fill, rect, border_radius=1)
        pygame.draw.rect(self.target, self.theme.control, rect, 1, border_radius=1)
        if box.chosen:  # a bar below it, inside the focus ring
            thick = max(3, self.px(5))
            pygame.draw.rect(self.target, self.theme.accent, (rect.x, rect.bottom - thick, rect.w, thick))
        self._mark(box)

    def tick(self, box: Box) -> None:
        """Draw a check mark, so that a chosen value differs by more than its colour."""
        rect, thick = pg(box.rect), max(2, box.rect.w // 5)
        low, foot = rect.y + rect.h * 3 // 4, rect.x + rect.w * 3 // 8
        points = [(rect.x, rect.centery), (foot, low), (rect.right - 1, rect.y + rect.h // 8)]
        pygame.draw.lines(self.target, self.theme.accent, False, points, thick)

    def row(self, box: Box) -> None:
        if self._focused(box.id):
            self._ring(box.rect)

    def link(self, box: Box) -> None:
        if self._hovered(box.id) or self._focused(box.id):
            pygame.draw.rect(self.target, self.theme.slip_chosen, pg(box.rect).inflate(self.px(8), self.px(4)))
        if self._focused(box.id):
            self._ring(box.rect.grown(self.px(6)))

    def note(self, box: Box) -> None:
        rect = pg(box.rect)
        pygame.draw.rect(self.target, self.theme.card, rect)
        pygame.draw.rect(self.target, self.theme.line, rect, 1)
        pygame.draw.rect(self.target, self.theme.accent, (rect.x, rect.y, max(3, self.px(5)), rect.h))

    def inset(self, box: Box) -> None:
        pygame.draw.rect(self.target, self.theme.card, pg(box.rect))
        pygame.draw.rect(self.target, self.theme.line, pg(box.rect), max(1, self.px(1)))

    def hollow(self, box: Box) -> None:
        rect, dash = pg(box.rect), self.px(8)
        for x in range(rect.x, rect.right, 2 * dash):
            for y in (rect.y, rect.bottom - 1):
                pygame.draw.line(self.target, self.theme.line, (x, y), (min(x + dash, rect.right), y))

    def field(self, box: Box) -> None:
        rect = pg(box.rect)
        pygame.draw.rect(self.target, self.theme.slip, rect)
        pygame.draw.rect(self.target, self.theme.soft, rect, max(2, self.px(2)))
        self.row(box)

    def picture(self, box: Box) -> None:
        """Draw a thumbnail with an edge, or a plain rectangle until it is painted."""
        rect, edge = pg(box.rect), self.px(4)
        pygame.draw.rect(self.target, self.theme.line, rect)
        thumbnail = self.thumbnails.get(box.id or "")
        if thumbnail is not None:
            inner = rect.inflate(-2 * edge, -2 * edge)
            if thumbnail.get_size() != inner.size:
                thumbnail = pygame.transform.smoothscale(thumbnail, inner.size)
            self.target.blit(thumbnail, inner)

    def gauge(self, box: Box) -> None:
        """Draw a progress bar, filled up to `box.cut[1]` (0 to 1)."""
        rect = pg(box.rect)
        pygame.draw.rect(self.target, self.theme.slip, rect)
        filled = pygame.Rect(rect.x, rect.y, round(rect.w * box.cut[1]), rect.h)
        pygame.draw.rect(self.target, self.theme.soft, filled)
        pygame.draw.rect(self.target, self.theme.control, rect, max(1, self.px(2)))

    def flat(self, box: Box) -> None:
        """Draw a rectangle of one colour."""
        ink = FLAT[box.kind]
        colour: Colour = getattr(self.theme, ink) if isinstance(ink, str) else ink
        pygame.draw.rect(self.target, colour, pg(box.rect))

    def dotted(self, box: Box) -> None:
        self._dots(box.rect)

    def dot(self, box: Box) -> None:
        rect = pg(box.rect)
        pygame.draw.polygon(self.target, self.theme.accent, [rect.midtop, rect.midright, rect.midbottom, rect.midleft])

    def stop(self, box: Box) -> None:
        """Draw a future date of the timeline: a ring."""
        rect = pg(box.rect)
        pygame.draw.circle(self.target, self.theme.card, rect.center, rect.w // 2)
        pygame.draw.circle(self.target, self.theme.soft, rect.center, rect.w // 2, max(1, self.px(2)))

    def disc(self, box: Box) -> None:
        """Draw a past date of the timeline, or the present one."""
        rect = pg(box.rect)
        pygame.draw.circle(self.target, getattr(self.theme, DISCS[box.kind]), rect.center, rect.w // 2)

    def arrow(self, box: Box) -> None:
        rect = pg(box.rect)
        middle, head = rect.centery, rect.w // 2
        thick = max(2, self.px(3))
        pygame.draw.line(self.target, self.theme.accent, (rect.x, middle), (rect.right - thick, middle), thick)
        pygame.draw.lines(
            self.target, self.theme.accent, False,
            [(rect.right - head, middle - head), (rect.right, middle), (rect.right - head, middle + head)], thick,
        )  # fmt: skip

    def cross(self, box: Box) -> None:
        """Draw the cross on the button that closes a card."""
        rect, thick = pg(box.rect), max(2, self.px(3))
        inner = rect.inflate(-rect.w // 4, -rect.h // 4)
        pygame.draw.line(self.target, self.theme.accent, inner.topleft, inner.bottomright, thick)
        pygame.draw.line(self.target, self.theme.accent, inner.bottomleft, inner.topright, thick)

    def grain(self, box: Box) -> None:
        self.target.blit(paper_shapes.ear((box.rect.w, box.rect.h), self.theme.soft), (box.rect.x, box.rect.y))

    def amount(self, box: Box) -> None:
        """Draw a part of a chart's bar in one colour."""
        pygame.draw.rect(self.target, self.theme.soft, self._slid(box))

    def amount_patterned(self, box: Box) -> None:
        """Draw a part of a bar with a pattern, so that readers can tell the parts of a bar apart without colour."""
        made = icons.patterned((box.rect.w, box.rect.h), BAR_PATTERNS[box.kind], self.unit, self.theme.soft)
        self.target.blit(made, self._slid(box))

    def _slid(self, box: Box) -> pygame.Rect:
        """Return where a sliding part of a bar is now. Until it has arrived, first fill this place with paper."""
        left = round(box.slide * max(0.0, 1 - self.cut))
        rect = pg(box.rect).move(0, -left)
        if left:
            self.target.fill(self.theme.sheet, rect)
        return rect

    def bowl(self, box: Box) -> None:
        """Draw a bowl, whose filling goes from `box.cut[0]` to `box.cut[1]` while `cut` goes from 1 to 2."""
        before, after = box.cut
        full = before + (after - before) * max(0.0, self.cut - 1)
        made = icons.bowl((box.rect.w, box.rect.h), round(10 * min(1.0, max(0.0, full))), self.theme.soft)
        self.target.blit(made, (box.rect.x, box.rect.y))

    def icon(self, box: Box) -> None:
        icons.draw(self.target, self.theme, self.unit, box)


FLAT: Mapping[str, str | Colour] = {  # kind of box -> the colour that fills it, as a name of the theme or as itself
    "bar": "line", "hairline": "line", "underline": "accent", "rule": "rule", "caret": "accent",
    "dash": "soft",  # the line between a deed and its reason
    "qr": (255, 255, 255), "qr.dark": (0, 0, 0),  # the same in every theme: cameras need dark on light
}  # fmt: skip
DISCS = {"stop.past": "soft", "stop.here": "accent"}  # kind of box -> its colour
SHAPES: dict[str, Callable[[ItemPainter, Box], None]] = {
    name: getattr(ItemPainter, name)
    for name in ("slip", "tool", "pill", "row", "link", "note", "inset", "hollow", "field", "picture", "tick", "gauge",
                 "dotted", "dot", "stop", "arrow", "cross", "grain", "amount", "bowl")
} | {"taken": ItemPainter.note} | dict.fromkeys(DISCS, ItemPainter.disc) | dict.fromkeys(
    FLAT, ItemPainter.flat
) | dict.fromkeys(BAR_PATTERNS, ItemPainter.amount_patterned) | dict.fromkeys(ICONS, ItemPainter.icon)  # fmt: skip
