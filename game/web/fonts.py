"""Styles of a site: the game's fonts, reduced to the letters that it shows, and the themes' colours as CSS."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from dataclasses import fields
from pathlib import Path
from typing import NamedTuple

from game.ui.theme import THEMES, Theme

LATIN = {
    *range(0x20, 0x7F), *range(0xA0, 0x180), *range(0x1CD, 0x1DD),  # letters, with those of pinyin
    *range(0x2010, 0x2028), 0x2032, 0x2033, 0x20AC, *range(0x2190, 0x2194), 0x2212,
}  # fmt: skip
FIRST_HAN = 0x2E80  # Chinese characters and most of their punctuation are above, Latin letters below
SHARED_SIGNS = frozenset("·—‘’“”…")  # below it, and as wide as a character where Chinese is written


class Face(NamedTuple):
    """One font file, and its entry in the style sheets."""

    file: str
    family: str  # the family's name in the style sheets
    own_name: str  # the name in the reduced font, because a licence can reserve the family's name
    weight: int = 400
    style: str = "normal"


FACES = (
    Face("GentiumBookPlus-Regular.ttf", "Gentium Book Plus", "Grain Book"),
    Face("GentiumBookPlus-Italic.ttf", "Gentium Book Plus", "Grain Book", style="italic"),
    Face("GentiumBookPlus-Bold.ttf", "Gentium Book Plus", "Grain Book", 700),
    Face("AtkinsonHyperlegible-Regular.ttf", "Atkinson Hyperlegible", "Grain Legible"),
    Face("AtkinsonHyperlegible-Italic.ttf", "Atkinson Hyperlegible", "Grain Legible", style="italic"),
    Face("AtkinsonHyperlegible-Bold.ttf", "Atkinson Hyperlegible", "Grain Legible", 700),
)
FEATURES = ["kern", "liga", "mark", "mkmk", "ccmp", "locl", "vert"]
NAMES = [0, 1, 2, 3, 4, 5, 6, 13, 14]  # of the family, and of the licence
# only a publisher's program reads these; fontTools cannot reduce them
DROPPED = ["Silt", "Silf", "Sill", "Gloc", "Glat", "Feat", "DSIG", "meta"]
HAN_FILE, HAN_BOLD, HAN_FAMILY = "LXGWWenKai-Subset.ttf", "LXGWWenKai-Medium-Subset.ttf", "LXGW WenKai"


def font_files(folder: Path, texts: Iterable[tuple[str, str]]) -> Iterator[tuple[str, bytes]]:
    """Yield the fonts and their style sheet, by name. Raises ImportError without fontTools and Brotli.

    `texts` has pairs of a language and all its texts. Each language has a file with the Chinese characters in its
    texts, except those in the files of earlier languages. So a reader of English downloads only those in English texts.
    """
    rules = []
    for face in FACES:
        name = f"{face.file.removesuffix('.ttf')}.woff2"
        yield name, _subset(folder / face.file, LATIN, face.own_name)
        rules.append(_rule(face.family, name, face.weight, face.style))
    done: set[int] = set()
    for language, text in texts:
        signs = SHARED_SIGNS if language.startswith("zh") else ()
        letters = {ord(letter) for letter in text if ord(letter) >= FIRST_HAN or letter in signs} - done
        if letters:
            done |= letters
            name = f"WenKai-{language}.woff2"
            yield name, _subset(folder / HAN_FILE, letters, "")
            ranges = ",".join(f"U+{letter:X}" for letter in sorted(letters))
            rules.append(_rule(HAN_FAMILY, name, 400, "normal", ranges))
    yield "fonts.css", "\n".join(rules).encode()


def _rule(family: str, file: str, weight: int, style: str, ranges: str = "") -> str:
    within = f" unicode-range: {ranges};" if ranges else ""
    return (
        f'@font-face {{ font-family: "{family}"; font-weight: {weight}; font-style: {style}; font-display: swap;'
        f' src: url("{file}") format("woff2");{within} }}'
    )


def _subset(file: Path, letters: Iterable[int], own_name: str) -> bytes:
    from fontTools import subset  # an extra, which only this command needs

    options = subset.Options()
    options.flavor, options.hinting, options.notdef_outline = "woff2", False, True
    options.layout_features, options.name_IDs, options.drop_tables = FEATURES, NAMES, DROPPED
    font = subset.load_font(file, options)
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=letters)
    subsetter.subset(font)
    if own_name:
        for record in font["name"].names:
            if record.nameID in (1, 3, 4, 6):
                record.string = own_name.replace(" ", "") if record.nameID == 6 else own_name
    stream = io.BytesIO()
    subset.save_font(font, stream, options)
    return stream.getvalue()


def theme_css() -> str:
    """Return CSS with each theme's colours as custom properties. They apply where `data-theme` is the theme's name."""
    return "\n".join(f':root[data-theme="{name}"] {{ {_properties(theme)} }}' for name, theme in THEMES.items()) + "\n"


def _properties(theme: Theme) -> str:
    colours = {field.name: getattr(theme, field.name) for field in fields(theme)}
    said = [f"--{name}: #{bytes(colour).hex()};" for name, colour in colours.items() if isinstance(colour, tuple)]
    light = theme.sheet[0] > 127
    return " ".join([*said, f"color-scheme: {'light' if light else 'dark'};"])
