"""Line breaking: between words, after dashes, and between Chinese characters but for a small table.

A number stays with its unit, a compound breaks at its hyphen only where it is too long for a line, and no short word
is left alone on the last line.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby, pairwise

from game.core.values import frozen
from game.ui.layout.geometry import Measure, Style

# Characters that never start a line, and never end one.
NO_START = frozenset("，。．、；：！？…）》」』】〉〕〗］｝％～·／‧々ー,.;:!?)]}’”—–-")
NO_END = frozenset("（《「『【〈〔〖［｛￥＄([{‘“")

NO_BREAK = "\u00a0"  # a no-break space

SHORT = 6  # characters, with punctuation: a last line as short is avoided
MAX_CHARACTERS = 80  # of a line; a Chinese character counts as two
MEASURE_FROM = 0.94  # share of the width from which a line is measured as a whole


@frozen
class TextPiece:
    """Text of one style, with the colour `ink` and the node id that it links to."""

    text: str
    style: Style
    ink: str = "ink"
    link: str | None = None

    def with_text(self, text: str) -> TextPiece:
        """The same with another text."""
        return TextPiece(text, self.style, self.ink, self.link)


@frozen
class Atom:
    """A word or a Chinese character, which is not broken.

    Attributes:
        space: a space stands before it.
        glued: there is no break before it, if the two fit on a line.
        weak: it is glued, but breaks here before anything else is cut.
    """

    piece: TextPiece
    space: bool
    glued: bool
    weak: bool = False


def is_han(char: str) -> bool:
    """Whether it is a Chinese character or its punctuation, which are set in Kai."""
    code = ord(char)
    return code >= 0x2E80 and (
        0x2E80 <= code <= 0x303F or 0x3400 <= code <= 0x4DBF or 0x4E00 <= code <= 0x9FFF
        or 0xF900 <= code <= 0xFAFF or 0xFE30 <= code <= 0xFE4F or 0xFF00 <= code <= 0xFFEF
    )  # fmt: skip


def in_kai(style: Style) -> Style:
    """The style for Chinese characters in a text of this one."""
    return replace(style, family="kai", italic=False)


def by_script(text: str, style: Style) -> Iterator[tuple[str, Style]]:
    """The text in stretches of one font: (stretch, its style), Chinese in Kai."""
    for han, chars in groupby(text, is_han):
        yield "".join(chars), in_kai(style) if han else style


def atoms(pieces: Iterable[TextPiece], whole: bool = False) -> Iterator[Atom]:
    """The pieces cut into atoms, Chinese in Kai. `whole`: a label, whose Chinese breaks only at spaces and marks."""
    space = False
    before = ""  # the character that the next atom would follow
    for piece in pieces:
        word = ""
        for char in piece.text:
            blank = char.isspace() and char != NO_BREAK
            if word and (blank or is_han(char) or _breaks_after(word, char)):
                yield _atom(piece.with_text(word), space, before, whole)
                space, before, word = False, word[-1], ""
            if blank:
                space = True
            elif is_han(char):
                kai = replace(piece, text=char, style=in_kai(piece.style))
                yield _atom(kai, space, before, whole)
                space, before = False, char
            else:
                word += char
        if word:
            yield _atom(piece.with_text(word), space, before, whole)
            space, before = False, word[-1]


def _atom(piece: TextPiece, space: bool, before: str, whole: bool) -> Atom:
    """What follows the character `before`."""
    char = piece.text[0]
    glued = _glued(before, char, space)
    weak = not (glued or space) and (
        (before == "-" and char.isalpha()) or (whole and _is_word(before) and _is_word(char))
    )
    return Atom(piece, space, glued or weak, weak)


def _is_word(char: str) -> bool:
    """Whether it is a Chinese character, not punctuation."""
    return bool(char) and is_han(char) and char.isalpha()


def _breaks_after(word: str, char: str) -> bool:
    """A dash between words lets the line break after it; a hyphen does so inside a compound."""
    if word[-1] in "—–" and char not in NO_START:
        return True
    return word[-1] == "-" and len(word) > 2 and word[-2].isalpha() and char.isalpha()


def _glued(before: str, char: str, space: bool) -> bool:
    if space or not before:
        return False
    if char in NO_START or before in NO_END:
        return True
    return not (is_han(before) or is_han(char) or before in "—–-")


def kept_together(parts: Sequence[Atom]) -> list[Atom]:
    """The atoms, with those glued that a space should not part: number and unit, and a short last word."""
    out = list(parts)
    spaces = [i for i, atom in enumerate(out) if atom.space and i]
    for i in spaces:
        number, counted = out[i - 1].piece.text, out[i].piece.text
        if COUNT.fullmatch(number) and not YEAR.fullmatch(number) and UNIT.match(counted):
            out[i] = replace(out[i], glued=True)
    if len(spaces) > 1:
        ending = out[spaces[-1] :]
        if _count("".join(atom.piece.text for atom in ending)) <= SHORT:
            out[spaces[-1]] = replace(ending[0], glued=True)
    return out


COUNT = re.compile(r"[\d.,]*\d")
YEAR = re.compile(r"1[89]\d\d|20\d\d")
UNIT = re.compile(r"[a-z%]")


def lines(pieces: Iterable[TextPiece], width: int, measure: Measure, *, whole: bool = False) -> list[list[TextPiece]]:
    """Break the pieces into lines of at most `width` pixels and 80 characters.

    A word wider than a line is cut, a compound after its hyphen. `whole`: a label (see `atoms`).

    Returns:
        The lines, each a list of pieces with their spaces.
    """
    out: list[list[TextPiece]] = []
    line: list[Atom] = []
    used = count = 0
    for chunk in _chunks(kept_together(tuple(atoms(pieces, whole))), width, measure):
        wide = _wide(chunk, measure)
        gap = measure.width(" ", chunk[0].piece.style) if chunk[0].space and line else 0
        letters = _letters(chunk)
        blank = 1 if gap else 0
        too_wide = used + gap + wide > width
        if used + gap + wide > width * MEASURE_FROM:
            # words measured one by one are a little off from the line that they make
            too_wide = sum(measure.width(run.text, run.style) for run in _runs([*line, *chunk])) > width
        if line and (too_wide or count + blank + letters > MAX_CHARACTERS):
            out.append(_runs(line))
            line, used, count, gap, blank = [], 0, 0, 0, 0
        line.extend(chunk)
        used += gap + wide
        count += blank + letters
    if line:
        out.append(_runs(line))
    return out


def _chunks(parts: Iterable[Atom], width: int, measure: Measure) -> Iterator[list[Atom]]:
    """Groups of atoms that stay together; one too wide breaks at spaces, else where it is weak, else anywhere."""
    yield from _parted(list(parts), (_without_spaced, _without_weak), width, measure)


def _parted(
    parts: Iterable[Atom], looser: Sequence[Callable[[Atom], Atom]], width: int, measure: Measure
) -> Iterator[list[Atom]]:
    for chunk in _glued_chunks(parts):
        if _fits(chunk, width, measure):
            yield chunk
        elif looser:
            yield from _parted(map(looser[0], chunk), looser[1:], width, measure)
        else:
            yield from _cut(chunk)


def _without_spaced(atom: Atom) -> Atom:
    return replace(atom, glued=atom.glued and not atom.space)


def _without_weak(atom: Atom) -> Atom:
    return replace(atom, glued=atom.glued and not atom.weak)


def min_width(text: str, style: Style, measure: Measure) -> int:
    """The least width of a label in pixels: that of its widest word."""
    parts = map(_without_spaced, atoms([TextPiece(text, style)], whole=True))
    return max((_wide(word, measure) for word in _glued_chunks(parts)), default=0)


def _glued_chunks(parts: Iterable[Atom]) -> Iterator[list[Atom]]:
    chunk: list[Atom] = []
    for atom in parts:
        if chunk and not atom.glued:
            yield chunk
            chunk = []
        chunk.append(atom)
    if chunk:
        yield chunk


def _fits(chunk: Sequence[Atom], width: int, measure: Measure) -> bool:
    return _wide(chunk, measure) <= width and _letters(chunk) <= MAX_CHARACTERS


def _wide(chunk: Sequence[Atom], measure: Measure) -> int:
    """The width of atoms on one line in pixels, without the space before the first."""
    wide = sum(measure.width(atom.piece.text, atom.piece.style) for atom in chunk)
    return wide + sum(measure.width(" ", one.piece.style) for one, next_ in pairwise(chunk) if next_.space)


def _letters(chunk: Sequence[Atom]) -> int:
    return sum(_count(atom.piece.text) for atom in chunk) + sum(atom.space for atom in chunk[1:])


def _cut(chunk: Iterable[Atom]) -> Iterator[list[Atom]]:
    for atom in chunk:
        for i, char in enumerate(atom.piece.text):
            yield [Atom(atom.piece.with_text(char), atom.space and i == 0, False)]


def _count(text: str) -> int:
    return len(text) if text.isascii() else sum(2 if is_han(char) else 1 for char in text)


def _runs(line: list[Atom]) -> list[TextPiece]:
    """The atoms of a line, with neighbours of one style and link merged."""
    runs: list[TextPiece] = []
    for i, atom in enumerate(line):
        piece = atom.piece
        lead = " " if atom.space and i else ""
        last = runs[-1] if runs else None
        if last and (last.style, last.ink, last.link) == (piece.style, piece.ink, piece.link):
            runs[-1] = last.with_text(last.text + lead + piece.text)
        elif lead and last:
            # the space goes with what came before, so that a link is not underlined at its start
            runs[-1] = last.with_text(last.text + lead)
            runs.append(piece)
        else:
            runs.append(piece)
    return runs
