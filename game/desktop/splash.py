"""A sheet of paper with a sentence on it, while there is no game: nothing moves, and nothing can be pressed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from threading import Event

import pygame

from game.desktop.errors import NoDisplay
from game.desktop.render.fonts import Fonts
from game.desktop.render.paper_shapes import cast_shadow, ear, lay
from game.resources import assets_folder
from game.ui.layout import linebreak
from game.ui.layout.geometry import Style
from game.ui.layout.scale import LEADING
from game.ui.theme import THEMES

LOOK = 0.1  # seconds between two looks whether it is over
TYPE = 46  # pixels of a 1080p window, as all lengths here
WIDE = 760  # the sheet
PAD = 88
EAR = (190, 76)
BETWEEN = 46  # two languages


def show_splash(sentences: Sequence[str], gone: Event, wanders: Callable[[], tuple[int, int]] = lambda: (0, 0)) -> None:
    """Fill the screen until `gone` is set; black without a sentence. The sheet `wanders` by the pixels that this says
    now. Raises NoDisplay, or WindowError."""
    try:
        pygame.display.init()
        window = pygame.display.set_mode((0, 0), pygame.FULLSCREEN)
        pygame.mouse.set_visible(False)
    except pygame.error as error:
        raise NoDisplay(str(error)) from None
    fonts = Fonts(assets_folder() / "fonts")
    stale, at = True, wanders()
    while not gone.is_set():
        if stale:
            window = pygame.display.get_surface() or window
            window.blit(picture(sentences, window.get_size(), fonts, at), (0, 0))
            pygame.display.flip()
        gone.wait(LOOK)
        stale = any(event.type in (pygame.WINDOWEXPOSED, pygame.WINDOWSIZECHANGED) for event in pygame.event.get())
        if wanders() != at:
            stale, at = True, wanders()
    pygame.display.quit()


def picture(
    sentences: Sequence[str], size: tuple[int, int], fonts: Fonts, at: tuple[int, int] = (0, 0)
) -> pygame.Surface:
    """The screen as it is shown, `size` pixels large, its sheet moved to `at`. Raises WindowError where a font is
    missing."""
    surface = pygame.Surface(size)
    if not sentences:
        return surface
    theme = THEMES["paper"]
    unit = min(size) / 1080
    wide, pad, between = round(WIDE * unit), round(PAD * unit), round(BETWEEN * unit)
    style = Style("serif", max(18, round(TYPE * unit)))
    leading = round(style.size * LEADING)
    set_ = [linebreak.lines([linebreak.TextPiece(one, style)], wide - 2 * pad, fonts) for one in sentences]
    ear_size = round(EAR[0] * unit), round(EAR[1] * unit)
    text_high = sum(len(lines) for lines in set_) * leading + (len(set_) - 1) * between
    sheet = pygame.Rect(0, 0, wide, pad + ear_size[1] + between + text_high + pad)
    sheet.center = size[0] // 2 + at[0], size[1] // 2 + at[1]

    lay(surface, surface.get_rect(), theme.ground, theme.texture)
    cast_shadow(surface, sheet, unit)
    lay(surface, sheet, theme.sheet, theme.texture)
    y = sheet.y + pad
    surface.blit(ear(ear_size, theme.rule), (sheet.centerx - ear_size[0] // 2, y))
    y += ear_size[1] + between
    for i, lines in enumerate(set_):
        if i:
            rule = sheet.centerx - pad // 2, y + between // 2, pad, max(1, round(unit))
            surface.fill(theme.line, rule)
            y += between
        for line in lines:
            x = sheet.centerx - sum(fonts.width(run.text, run.style) for run in line) // 2
            for run in line:
                glyphs = fonts.render(run.text, run.style, theme.ink)
                surface.blit(glyphs, (x, y + fonts.ascent(style) - fonts.ascent(run.style)))
                x += fonts.width(run.text, run.style)
            y += leading
    return surface
