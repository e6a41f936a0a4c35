"""Splash screen: fills the screen with a sheet of paper and a sentence while the game does not run."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from threading import Event

import pygame

from game.desktop.errors import NoDisplay
from game.desktop.render.fonts import Fonts
from game.desktop.render.paper_shapes import cast_shadow, fill_paper
from game.resources import assets_folder
from game.ui.layout import linebreak
from game.ui.layout.geometry import Style
from game.ui.layout.scale import LEADING
from game.ui.theme import THEMES

POLL = 0.1  # seconds between two looks whether to stop
# lengths in pixels at 1080p
FONT_SIZE = 46
SHEET_WIDTH = 760
PADDING = 88
GAP = 46  # the space between two languages


def show_splash(
    sentences: Sequence[str], stop: Event, pixel_shift: Callable[[], tuple[int, int]] = lambda: (0, 0)
) -> None:
    """Show these sentences, each in another language, until `stop` is set. Without sentences, the screen is black.

    `pixel_shift` returns the sheet's present offset (x, y) in pixels, against burn-in.

    Raises:
        NoDisplay: the system has no display.
        WindowError: a font is missing or damaged.
    """
    try:
        pygame.display.init()
        window = pygame.display.set_mode((0, 0), pygame.FULLSCREEN)
        pygame.mouse.set_visible(False)
    except pygame.error as error:
        raise NoDisplay(str(error)) from None
    fonts = Fonts(assets_folder() / "fonts")
    stale, offset = True, pixel_shift()
    while not stop.is_set():
        if stale:
            window = pygame.display.get_surface() or window
            window.blit(render_splash(sentences, window.get_size(), fonts, offset), (0, 0))
            pygame.display.flip()
        stop.wait(POLL)
        stale = any(event.type in (pygame.WINDOWEXPOSED, pygame.WINDOWSIZECHANGED) for event in pygame.event.get())
        if pixel_shift() != offset:
            stale, offset = True, pixel_shift()
    pygame.display.quit()


def render_splash(
    sentences: Sequence[str], size: tuple[int, int], fonts: Fonts, offset: tuple[int, int] = (0, 0)
) -> pygame.Surface:
    """Return the splash screen with its sheet shifted by `offset` pixels. Raises WindowError as `show_splash` does."""
    surface = pygame.Surface(size)
    if not sentences:
        return surface
    theme = THEMES["paper"]
    unit = min(size) / 1080
    width, pad, gap = round(SHEET_WIDTH * unit), round(PADDING * unit), round(GAP * unit)
    style = Style("serif", max(18, round(FONT_SIZE * unit)))
    leading = round(style.size * LEADING)
    pieces = [linebreak.TextPiece(sentence, style) for sentence in sentences]
    paragraphs = [linebreak.lines([piece], width - 2 * pad, fonts) for piece in pieces]
    text_height = sum(len(lines) for lines in paragraphs) * leading + (len(paragraphs) - 1) * gap
    sheet = pygame.Rect(0, 0, width, pad + text_height + pad)
    sheet.center = size[0] // 2 + offset[0], size[1] // 2 + offset[1]

    fill_paper(surface, surface.get_rect(), theme.background, theme.texture)
    cast_shadow(surface, sheet, unit)
    fill_paper(surface, sheet, theme.sheet, theme.texture)
    y = sheet.y + pad
    for i, lines in enumerate(paragraphs):
        if i:
            rule = sheet.centerx - pad // 2, y + gap // 2, pad, max(1, round(unit))
            surface.fill(theme.line, rule)
            y += gap
        for line in lines:
            x = sheet.centerx - sum(fonts.width(run.text, run.style) for run in line) // 2
            for run in line:
                glyphs = fonts.render(run.text, run.style, theme.ink)
                start = x + fonts.bearing(run.text, run.style)
                surface.blit(glyphs, (start, y + fonts.ascent(style) - fonts.ascent(run.style)))
                x += fonts.width(run.text, run.style)
            y += leading
    return surface
