"""The strip that shows what is being said: white on black in every theme, at the window's foot, over nothing."""

from __future__ import annotations

from dataclasses import replace

from game.ui.layout.geometry import Block, Item, Measure, Style, moved
from game.ui.layout.page_layout import Layout, Panel
from game.ui.layout.typesetting import Typesetter

SIZES = (1.0, 0.86, 0.72, 0.62, 0.54, 0.46, 0.4, 0.3)  # of the prose; the largest at which the words fit
LEAST = 18  # pixels: whoever has the largest text in the smallest window still reads it


def with_caption(plan: Layout, text: str, measure: Measure) -> Layout:
    """The plan with these words on its strip, where it has one."""
    if plan.strip is None:
        return plan
    scale, strip = plan.scale, plan.strip
    inset = min(scale.pad, strip.w // 8)
    width, room = strip.w - 2 * inset, strip.h - scale.em(0.3)
    block = Block((), 0)
    for ems in SIZES if text else ():
        size = max(LEAST, scale.em(ems))
        style = Style("sans", size, tracking=round(size * scale.spacing))
        block = Typesetter(scale, measure).line(text, style, width, "strip_ink", 1.36)
        if block.height <= room:
            break
    items: tuple[Item, ...] = moved(block.items, strip.x + inset, strip.y + max(0, (strip.h - block.height) // 2))
    panel = Panel("strip", strip, strip, (), 0, items)
    return replace(plan, panels=(*plan.panels, panel))
