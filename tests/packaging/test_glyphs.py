"""Every character that a reader meets has a glyph."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pygame
import pytest
from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.ttLib import TTFont

from game.core.glyphs import read_glyphs
from game.credits import read_credits
from game.resources import assets_folder, story_folder

KAI = "LXGWWenKai-Subset.ttf"
READING = [
    f"{family}-{style}.ttf"
    for family in ("GentiumBookPlus", "AtkinsonHyperlegible")
    for style in ("Regular", "Bold", "Italic")
]
# A font needs no glyphs for these: they break lines or are never drawn.
UNDRAWN = {"\n", "\r", "\t", "\u200b", "\ufeff"}


def covered(name: str) -> set[str]:
    with TTFont(assets_folder() / "fonts" / name) as font:
        return {chr(code) for code in font.getBestCmap()}


def written() -> dict[str, Path]:
    """Every character of the story and of the interface's catalogues, with a file that has it."""
    story, locale = story_folder(), assets_folder() / "locale"
    files = [*sorted(story.rglob("*.yaml")), *sorted(locale.rglob("*.po")), *sorted(locale.rglob("*.pot"))]
    found = {char: file for file in files for char in file.read_text(encoding="utf-8")}
    return {char: file for char, file in found.items() if char not in UNDRAWN}


@pytest.mark.parametrize("face", READING)
def test_every_character_has_a_glyph_and_a_word_has_one_face(face: str) -> None:
    characters, own = written(), covered(face)
    assert characters, "there is a story to look at"
    drawn = own | covered(KAI)
    lacking = {char: file.name for char, file in characters.items() if char not in drawn}
    assert not lacking, "run assets/fonts/subset.py (see assets/fonts/README.md)"
    credits = {char for credit in read_credits() for char in f"{credit.name} {credit.licence} {credit.text}"}
    assert not {char for char in credits - drawn if not char.isspace()}
    letters = {char for char in characters if char.isdigit() or unicodedata.name(char, "").startswith("LATIN")}
    assert letters <= own, "no letter falls back to another face in the middle of a word"


def test_a_translation_into_traditional_chinese_or_japanese_has_its_letters() -> None:
    """The frequent characters of Big5, and kana. `check` names any other."""
    rows = b"".join(bytes([row, cell]) for row in range(0xA4, 0xC6) for cell in range(0xA1, 0xFF))
    assert set(rows.decode("big5")) <= covered(KAI)
    assert set("かなカナっッーぱ・「」『』") <= covered(KAI)


def test_titles_have_the_same_chinese_characters() -> None:
    assert covered("LXGWWenKai-Medium-Subset.ttf") == covered(KAI), "run subset.py kai with both"


def test_the_coverage_table_agrees_with_the_fonts() -> None:
    every = set.intersection(*map(covered, READING))
    assert read_glyphs(assets_folder() / "fonts" / "coverage.txt") == every | covered(KAI), "run subset.py coverage"


def test_the_chinese_font_has_every_chinese_character() -> None:
    chinese = {char for char in written() if unicodedata.east_asian_width(char) in "WF"}
    assert chinese <= covered(KAI)


def test_the_changed_font_has_its_own_name() -> None:
    """The licence reserves the font's name, so the subset has another name."""
    with TTFont(assets_folder() / "fonts" / KAI) as font:
        shown = {str(record) for record in font["name"].names if record.nameID in (1, 3, 4, 6, 16)}
    assert shown
    assert not [name for name in shown if "LXGW" in name or "霞鹜" in name]


def test_each_font_family_has_its_licence_beside_it() -> None:
    fonts = assets_folder() / "fonts"
    families = {path.name.split("-")[0].removesuffix("BookPlus") for path in fonts.glob("*.ttf")}
    for family in families:
        text = (fonts / f"OFL-{family}.txt").read_text(encoding="utf-8")
        assert text.startswith("Copyright")
        assert "SIL OPEN FONT LICENSE Version 1.1" in text


@pytest.mark.parametrize("face", [*READING, KAI])
def test_a_zero_has_no_slash(face: str) -> None:
    """A struck zero looks like a deleted number, so in every face it is a ring with an open middle."""
    with TTFont(assets_folder() / "fonts" / face) as font:
        glyphs, names = font.getGlyphSet(), [font.getBestCmap()[ord("0")]]
        names += [name for name in ("zero.tf",) if name in font.getGlyphOrder()]
        for name in names:
            pen = DecomposingRecordingPen(glyphs)
            glyphs[name].draw(pen)
            assert [operator for operator, _ in pen.value].count("moveTo") == 2
    pygame.font.init()
    drawn = pygame.font.Font(str(assets_folder() / "fonts" / face), 200).render("0", True, (0, 0, 0))
    ink = drawn.get_bounding_rect()
    column = [drawn.get_at((ink.centerx, y)).a for y in range(ink.y + ink.h // 4, ink.bottom - ink.h // 4)]
    assert not any(column)
