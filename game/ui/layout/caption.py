"""The caption of what self-voicing speaks: white on black in every theme, at the window's foot."""

from __future__ import annotations

from dataclasses import replace

from game.ui.layout.geometry import Block, Item, Measure, Style, moved
from game.ui.layout.layout_model import Layout, Panel
from game.ui.layout.typesetting import Typesetter

SIZES = (1.0, 0.86, 0.72, 0.62, 0.54, 0.46, 0.4, 0.3)  # ems; the largest is taken at which the text fits
MIN_SIZE = 18  # pixels, also where the window is small


def with_caption(plan: Layout, text: str, measure: Measure) -> Layout:
    """The layout with this text in its caption, where it has one. Without a text the picture is seen there."""
    if plan.caption is None or not text:
        return plan
    scale, caption = plan.scale, plan.caption
    inset = min(scale.side_pad, caption.w // 8)
    width, room = caption.w - 2 * inset, caption.h - scale.em(0.3)
    block = Block((), 0)
    for ems in SIZES:
        size = max(MIN_SIZE, scale.em(ems))
        style = Style("sans", size, tracking=round(size * scale.tracking))
        block = Typesetter(scale, measure).line(text, style, width, "caption_ink", 1.36)
        if block.height <= room:
            break
    items: tuple[Item, ...] = moved(block.items, caption.x + inset, caption.y + max(0, (caption.h - block.height) // 2))
    panel = Panel("caption", caption, caption, (), 0, items)
    return replace(plan, panels=(*plan.panels, panel))
