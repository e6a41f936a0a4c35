"""Fonts: measures and renders text. It opens each font file at its first use."""

from __future__ import annotations

from pathlib import Path

import pygame

from game.desktop.errors import WindowError
from game.painter.canvas.byte_cache import ByteCache, surface_bytes
from game.ui.layout.geometry import Style
from game.ui.layout.linebreak import by_script
from game.ui.theme import Colour

FILES: dict[str, tuple[str, str, str]] = {  # family -> files of its regular, bold and italic faces
    "serif": ("GentiumBookPlus-Regular.ttf", "GentiumBookPlus-Bold.ttf", "GentiumBookPlus-Italic.ttf"),
    "sans": ("AtkinsonHyperlegible-Regular.ttf", "AtkinsonHyperlegible-Bold.ttf", "AtkinsonHyperlegible-Italic.ttf"),
    "kai": ("LXGWWenKai-Subset.ttf", "LXGWWenKai-Medium-Subset.ttf", "LXGWWenKai-Subset.ttf"),
}

Measured = tuple[str, str, int, bool, bool, int]  # a text and the parts of its style, which hash faster so
RENDERED = 28_000_000  # the most bytes of runs of text kept as pixels
RENDERED_A_PIXEL = 6  # bytes of runs to a pixel of the window: a wall's page has 1.2, and so have the next pages
MEASURED = 2_000_000  # bytes of cached widths: some 5,000 words, of which a kiosk's visit measures 500 new ones
OPENED = 12_000_000  # bytes of open fonts: enough for the sizes of three or four text scales
ENTRY = 350  # bytes of a cached width with its key, without the text
STYLES = 16  # so many fonts stay open at any size, because a page can need them


class Fonts:
    """The fonts of one folder, with caches of open fonts, widths and rendered runs of text."""

    def __init__(self, folder: Path) -> None:
        if not pygame.font.get_init():
            pygame.font.init()
        self._folder = folder
        self._fonts: ByteCache[tuple[str, int], pygame.font.Font] = ByteCache(OPENED, _font_bytes, STYLES)
        self._widths: ByteCache[Measured, int] = ByteCache(MEASURED, lambda key, _: ENTRY + len(key[0]))
        self._runs: ByteCache[tuple[str, Style, Colour], pygame.Surface] = ByteCache(
            RENDERED, lambda _, surface: surface_bytes(surface)
        )

    def fit(self, size: tuple[int, int]) -> None:
        """Limit the cache of rendered runs, from the next run on, to what the pages of a window of this size need."""
        self._runs.budget = min(RENDERED, RENDERED_A_PIXEL * size[0] * size[1])

    @property
    def held(self) -> int:
        """Bytes in all caches: open fonts, widths and runs."""
        return self._fonts.held + self._widths.held + self._runs.held

    def font(self, style: Style) -> pygame.font.Font:
        """Return the font of a style. Raises WindowError if the font's file is missing or damaged."""
        regular, bold, italic = FILES[style.family]
        name = bold if style.bold else italic if style.italic else regular
        key = name, style.size
        font = self._fonts.get(key)
        if font is None:
            path = self._folder / name
            try:
                font = pygame.font.Font(path, style.size)
                font.size("a")  # pygame notices a damaged file only when the font is used
            except (OSError, pygame.error) as error:
                raise WindowError(f"The font {name} cannot be read from {self._folder}: {error}") from None
            self._fonts.put(key, font)
        return font

    def width(self, text: str, style: Style) -> int:
        """Return the width of a text in pixels."""
        key = text, style.family, style.size, style.bold, style.italic, style.tracking
        width = self._widths.get(key)
        if width is None:
            width = sum(self._run_width(part, face) for part, face in by_script(text, style))
            self._widths.put(key, width)
        return width

    def _run_width(self, text: str, style: Style) -> int:
        """Return the width of text in one face. With tracking, add up the characters one by one, without kerning."""
        font = self.font(style)
        return sum(_advance(font, part) + style.tracking for part in (text if style.tracking else [text]))

    def bearing(self, text: str, style: Style) -> int:
        """Return 0, or a negative number of pixels if the first letter (as `j`) reaches left of the text's start."""
        letter, face = next(by_script(text[:1], style), ("", style))
        return _bearing(self.font(face), letter)

    def ascent(self, style: Style) -> int:
        """Return the pixels from a line's top to its baseline."""
        return self.font(style).get_ascent()

    def render(self, text: str, style: Style, colour: Colour) -> pygame.Surface:
        """Return a text rendered with alpha. The text starts `-bearing` pixels from the surface's left edge. Its
        baseline is `ascent` pixels below the top."""
        return self._runs.get_or_make((text, style, colour), lambda: self._drawn(text, style, colour))

    def _drawn(self, text: str, style: Style, colour: Colour) -> pygame.Surface:
        """Render the parts of a text that need different faces, one after another, on the baseline of `style`."""
        parts = [(part, face, self._part(part, face, colour)) for part, face in by_script(text, style)]
        if len(parts) == 1 and parts[0][1] == style:
            return parts[0][2]
        base = self.ascent(style)
        below = max(surface.get_height() - self.ascent(face) for _, face, surface in parts)
        x = -self.bearing(text, style)
        drawn = pygame.Surface((x + self.width(text, style), base + below), pygame.SRCALPHA)
        for part, face, surface in parts:
            drawn.blit(surface, (x + self.bearing(part, face), base - self.ascent(face)))
            x += self._run_width(part, face)
        return drawn

    def _part(self, text: str, style: Style, colour: Colour) -> pygame.Surface:
        """Render a text in one face. With tracking, render its letters one by one."""
        font = self.font(style)
        if not style.tracking:
            return font.render(text, True, colour)
        x = -_bearing(font, text)
        surface = pygame.Surface((max(1, x + self._run_width(text, style)), font.get_height()), pygame.SRCALPHA)
        for char in text:
            surface.blit(font.render(char, True, colour), (x + _bearing(font, char), 0))
            x += _advance(font, char) + style.tracking
        return surface


def _bearing(font: pygame.font.Font, text: str) -> int:
    metrics = font.metrics(text[0])[0] if text else None
    return min(0, metrics[0]) if metrics is not None else 0


def _advance(font: pygame.font.Font, text: str) -> int:
    return font.size(text)[0] + _bearing(font, text)


def _font_bytes(_: tuple[str, int], font: pygame.font.Font) -> int:
    """Estimate how many bytes an open font takes for its tables and its cached glyphs. The numbers were measured."""
    return 220_000 + 32 * font.get_height() ** 2
