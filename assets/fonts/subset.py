"""Make the shipped fonts from the packaged ones.

    python assets/fonts/subset.py kai LXGWWenKai-{Regular,Medium}.ttf
    python assets/fonts/subset.py hyperlegible AtkinsonHyperlegible-{Regular,Bold,Italic}.otf
    python assets/fonts/subset.py coverage

`kai` keeps the 6,763 characters of GB 2312, the 5,401 frequent ones of Big5, kana, every character of `story/`,
`assets/locale` and the licences beside the assets, punctuation and Latin; run it again when the glyph test names a
character that has none.
`hyperlegible` turns the CFF outlines into TrueType's, adds the pinyin vowels that the font lacks,
composed of its own letters and marks, and opens its zeros: their slash reads as a struck-out number in a year or a sum,
and the font has no other. `coverage` lists the characters that a reader is shown whichever face they
pick, for `weight-of-grain check`; run it after either. All write beside this file. Needs fonttools.
"""

from __future__ import annotations

import argparse
import unicodedata
from pathlib import Path
from typing import Any

from fontTools import subset
from fontTools.pens.boundsPen import BoundsPen
from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.recordingPen import DecomposingRecordingPen, RecordingPen
from fontTools.pens.transformPen import TransformPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont, newTable

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]

KAI_FAMILY = "Grain Kai"  # the licence reserves "LXGW" and "霞鹜": a modified version needs a name of its own
MAX_ERROR = 1.0  # font units, between a cubic outline and its quadratic twin; an em has 1,000

PINYIN = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜü" + "ĀÁǍÀĒÉĚÈĪÍǏÌŌÓǑÒŪÚǓÙÜ"  # no syllable begins with ü
ON_E = {"\u0304": "ēĒ", "\u0301": "éÉ", "\u030c": "ěĚ", "\u0300": "èÈ"}  # where each mark is found in place
UNHINTED = """maxTwilightPoints maxStorage maxFunctionDefs maxInstructionDefs maxStackElements
maxSizeOfInstructions maxComponentElements maxPoints maxContours maxCompositePoints maxCompositeContours
maxComponentDepth""".split()  # noqa: SIM905  a TrueType outline's limits, counted anew when the font is saved
ZEROS = ("zero", "zero.tf")  # the figure, and the one of a table's width
SAME_SHAPE = {0x2010: 0x2D, 0x2011: 0x2D, 0x2009: 0x20, 0x202F: 0x20}  # hyphens and narrow spaces


def gb2312() -> str:
    """Return the 6,763 Chinese characters of GB 2312, which are in its rows 16 to 87."""
    rows = (bytes([0xA0 + row, 0xA0 + cell]) for row in range(16, 88) for cell in range(1, 95))
    return b"".join(rows).decode("gb2312", errors="ignore")


def big5() -> str:
    """Return the 5,401 frequent characters of Big5, for traditional Chinese, which are in its rows A4 to C6."""
    rows = (bytes([row, cell]) for row in range(0xA4, 0xC7) for cell in (*range(0x40, 0x7F), *range(0xA1, 0xFF)))
    return b"".join(rows).decode("big5", errors="ignore")


def punctuation() -> str:
    """Latin with pinyin, kana, general and Chinese punctuation, full-width forms, arrows and simple shapes."""
    blocks = [
        (0x20, 0x7F), (0xA0, 0x180), (0x2010, 0x2040), (0x2150, 0x218A), (0x2190, 0x219A),
        (0x2460, 0x2474), (0x25A0, 0x2600), (0x2713, 0x2719), (0x3000, 0x3020), (0x3041, 0x3100), (0x3105, 0x3130),
        (0xFE30, 0xFE50), (0xFF01, 0xFF66),
    ]  # fmt: skip
    return "".join(chr(code) for start, end in blocks for code in range(start, end)) + PINYIN + "−×÷≈≤≥≠"


def written(root: Path) -> str:
    """Every character of the story, of the interface's catalogues, and of the licences that the credits show."""
    assets = root / "assets"
    files = [*(root / "story").rglob("*.y*ml"), *(assets / "locale").rglob("*.po*"), *assets.rglob("*.txt")]
    return "".join(sorted({char for file in files for char in file.read_text(encoding="utf-8")}))


def subset_kai(source: Path, target: Path, text: str) -> None:
    """Write the part of `source` that `text` needs, under the family name `KAI_FAMILY`."""
    weight = source.stem.rpartition("-")[2]
    options = subset.Options()
    options.layout_features = ["kern", "mark", "mkmk", "locl"]
    options.drop_tables += ["vhea", "vmtx"]  # nothing is set in columns
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14]
    options.notdef_outline = True
    font = subset.load_font(str(source), options)
    maker = subset.Subsetter(options)
    maker.populate(text=text)
    maker.subset(font)
    names = font["name"]
    for record in list(names.names):
        if record.nameID in (1, 3, 4, 6):
            names.removeNames(record.nameID, record.platformID, record.platEncID, record.langID)
    for name_id, value in {
        1: KAI_FAMILY,
        3: f"{KAI_FAMILY}; a subset of {names.getDebugName(5)}",
        4: f"{KAI_FAMILY} {weight}",
        6: f"{KAI_FAMILY.replace(' ', '')}-{weight}",
    }.items():
        names.setName(value, name_id, 3, 1, 0x409)
    font.save(target)


Contour = list[tuple[str, tuple[Any, ...]]]
Box = tuple[float, float, float, float]


def _contours(glyphs: Any, name: str) -> list[Contour]:
    pen = DecomposingRecordingPen(glyphs)
    glyphs[name].draw(pen)
    found: list[Contour] = []
    for step in pen.value:
        if step[0] == "moveTo":
            found.append([])
        found[-1].append(step)
    return found


def _box(contours: list[Contour]) -> Box:
    """Left, bottom, right, top."""
    pen = BoundsPen(None)
    for contour in contours:
        for operator, operands in contour:
            getattr(pen, operator)(*operands)
    box: Box = pen.bounds
    return box


def compose(font: TTFont, vowel: str) -> tuple[str, RecordingPen]:
    """The glyph whose width `vowel` has, and its outline: the tone's mark set as the font sets it on an e."""
    cmap, glyphs = font.getBestCmap(), font.getGlyphSet()
    *letters, tone = list(unicodedata.normalize("NFD", vowel))
    base = unicodedata.normalize("NFC", "".join(letters))
    width_of = cmap[ord("ı" if base == "i" else base)]
    under = _contours(glyphs, width_of)
    plain, marked = ("E", ON_E[tone][1]) if vowel.isupper() else ("e", ON_E[tone][0])
    mark = max(_contours(glyphs, cmap[ord(marked)]), key=lambda contour: _box([contour])[1])
    here, there = _box(under), _box(_contours(glyphs, cmap[ord(plain)]))
    aside = (here[0] + here[2] - there[0] - there[2]) / 2
    above = here[3] - there[3] if base == "ü" else 0  # a second mark stands over the dots
    outline = RecordingPen()
    moved = TransformPen(outline, (1, 0, 0, 1, round(aside), round(above)))
    for pen, contours in ((outline, under), (moved, [mark])):
        for contour in contours:
            for operator, operands in contour:
                getattr(pen, operator)(*operands)
    return width_of, outline


def open_zero(glyphs: Any, zero: str, letter: str = "O") -> RecordingPen:
    """The outline of a zero without its slash: the counter of the letter O, fitted between the zero's own stems."""
    outside, *halves = sorted(_contours(glyphs, zero), key=lambda contour: _area(_box([contour])), reverse=True)
    counter = min(_contours(glyphs, letter), key=lambda contour: _area(_box([contour])))
    (left, bottom, right, top), (x0, y0, x1, y1) = _box(halves), _box([counter])
    wide, tall = (right - left) / (x1 - x0), (top - bottom) / (y1 - y0)
    outline = RecordingPen()
    fitted = TransformPen(outline, (wide, 0, 0, tall, left - wide * x0, bottom - tall * y0))
    for pen, contour in ((outline, outside), (fitted, counter)):
        for operator, operands in contour:
            getattr(pen, operator)(*operands)
    return outline


def _area(box: Box) -> float:
    return (box[2] - box[0]) * (box[3] - box[1])


def to_truetype(source: Path, target: Path) -> None:
    """Write `source` with quadratic outlines and open zeros, the pinyin vowels and the narrow spaces added."""
    font = TTFont(source)
    cmap, metrics = dict(font.getBestCmap()), font["hmtx"].metrics
    composed = {char: compose(font, char) for char in PINYIN if ord(char) not in cmap}
    outlines: dict[str, RecordingPen] = {}
    for name in font.getGlyphOrder():
        outlines[name] = RecordingPen()
        font.getGlyphSet()[name].draw(outlines[name])
    for zero in ZEROS:
        outlines[zero] = open_zero(font.getGlyphSet(), zero)
    for char, (width_of, outline) in composed.items():
        name = f"uni{ord(char):04X}"
        outlines[name] = outline
        metrics[name] = metrics[width_of]
        cmap[ord(char)] = name
    for code, like in SAME_SHAPE.items():
        cmap.setdefault(code, cmap[like])

    glyf = newTable("glyf")
    glyf.glyphs = {}
    for name, outline in outlines.items():
        pen = TTGlyphPen(None)
        outline.replay(Cu2QuPen(pen, MAX_ERROR, reverse_direction=True))
        glyf.glyphs[name] = pen.glyph()
    font.setGlyphOrder(list(outlines))
    glyf.glyphOrder = list(outlines)
    font["glyf"], font["loca"] = glyf, newTable("loca")
    for name, (width, _) in list(metrics.items()):
        glyf[name].recalcBounds(glyf)
        metrics[name] = (width, getattr(glyf[name], "xMin", 0))
    font["maxp"].tableVersion = 0x00010000
    font["maxp"].maxZones = 1
    for field in UNHINTED:
        setattr(font["maxp"], field, 0)
    for table in font["cmap"].tables:
        if table.isUnicode():
            table.cmap = dict(cmap)
    font["post"].formatType = 2.0
    font["post"].extraNames, font["post"].mapping = [], {}
    for gone in ("CFF ", "DSIG", "prep"):
        if gone in font:
            del font[gone]
    font.sfntVersion = "\000\001\000\000"
    font.save(target)


def coverage(folder: Path) -> str:
    """The characters that the Chinese font or else every other one has, as hexadecimal ranges, a line each."""
    reading: list[set[int]] = []
    kai: set[int] = set()
    for path in folder.glob("*.ttf"):
        with TTFont(path) as font:
            own = set(font.getBestCmap())
        if path.name.startswith("LXGWWenKai"):
            kai |= own
        else:
            reading.append(own)
    codes = sorted(set.intersection(*reading) | kai)
    first = [code for i, code in enumerate(codes) if i == 0 or codes[i - 1] != code - 1]
    last = [code for i, code in enumerate(codes) if i == len(codes) - 1 or codes[i + 1] != code + 1]
    return "".join(f"{a:04X}-{b:04X}\n" for a, b in zip(first, last, strict=True))


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("what", choices=["kai", "hyperlegible", "coverage"])
    parser.add_argument("fonts", nargs="*", type=Path)
    given = parser.parse_args()
    if given.what == "coverage":
        (HERE / "coverage.txt").write_text(coverage(HERE), encoding="ascii")
    for source in given.fonts:
        if given.what == "kai":
            text = gb2312() + big5() + punctuation() + written(ROOT)
            weight = "" if source.stem.endswith("Regular") else f"-{source.stem.rpartition('-')[2]}"
            subset_kai(source, HERE / f"LXGWWenKai{weight}-Subset.ttf", text)
        else:
            to_truetype(source, HERE / f"{source.stem}.ttf")


if __name__ == "__main__":
    main()
