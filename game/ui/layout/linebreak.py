"""Break texts into lines: between words, after dashes, and between Chinese characters.

Some marks never begin a line, and some never end one. A number stays with its unit. A compound breaks at its hyphen
only if it is too long for a line. No short word or Chinese character stands alone on the last line.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from dataclasses import replace
from itertools import groupby, pairwise

from game.core.values import frozen
from game.ui.layout.geometry import Measure, Style

# Characters that never start a line, and characters that never end a line.
NO_START = frozenset(
    "，。．、；：！？…）》」』】〉〕〗］｝％～·／‧々,.;:!?)]}’”»—–-"
    "ーぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ"  # in Japanese
)
NO_END = frozenset("（《「『【〈〔〖［｛￥＄([{‘“«")

HALF_BLANK = frozenset("，。．、；：）》」』】〉〕")  # Chinese marks whose right half is blank

NO_BREAK = "\u00a0\u202f"  # no-break spaces
SOFT = "\u00ad"  # a soft hyphen, where a word that is too long for a line breaks with a hyphen

SHORT = 6  # characters, with punctuation: a last line as short as this is avoided
MAX_CHARACTERS = 80  # the most characters of a line; a Chinese character counts as two
MAX_IN_ONE_VIEW = 88  # the same, on a page that would otherwise not fit into the view
MEASURE_FROM = 0.94  # a line longer than this fraction of the width is measured as a whole


@frozen
class TextPiece:
    """A part of a text in one style, with the colour `ink` and the id of the node that it links to."""

    text: str
    style: Style
    ink: str = "ink"
    link: str | None = None

    def with_text(self, text: str) -> TextPiece:
        return TextPiece(text, self.style, self.ink, self.link)


@frozen
class Atom:
    """A word or a Chinese character, which is never broken if a line has room.

    Attributes:
        space: whether a space stands before it.
        glued: whether it stays on the line of the atom before it, if the two fit on one line.
        weak: whether it is glued, but can begin a line if otherwise a word must be cut.
    """

    piece: TextPiece
    space: bool
    glued: bool
    weak: bool = False


def is_han(char: str) -> bool:
    """Return whether a character is Chinese, Chinese punctuation, or Japanese. Such characters need the font Kai."""
    code = ord(char)
    return code >= 0x2E80 and (
        0x2E80 <= code <= 0x30FF or 0x3400 <= code <= 0x4DBF or 0x4E00 <= code <= 0x9FFF
        or 0xF900 <= code <= 0xFAFF or 0xFE30 <= code <= 0xFE4F or 0xFF00 <= code <= 0xFFEF
    )  # fmt: skip


def in_kai(style: Style) -> Style:
    return replace(style, family="kai", italic=False)


def by_script(text: str, style: Style) -> Iterator[tuple[str, Style]]:
    """Yield the text in stretches of one font, as (stretch, style)."""
    for han, chars in groupby(text, is_han):
        yield "".join(chars), in_kai(style) if han else style


# Matches a word with the marks inside it, a single Chinese character, or blanks other than the no-break space.
TOKEN = re.compile(
    "[\u2e80-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef]"
    "|[^\\S\u00a0\u202f]+"
    "|(?:[^\\s\u2e80-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef]|[\u00a0\u202f])+"
)
DASHES = frozenset("-—–\u00ad")
MARKS = re.compile("[“”‘’…—·]+")  # marks that other scripts have too; beside Chinese they are set in Kai


def atoms(pieces: Iterable[TextPiece], whole: bool = False) -> Iterator[Atom]:
    """Yield the pieces as atoms, with Chinese in the font Kai. With `whole` the text is a label, in which Chinese
    breaks only at spaces and marks."""
    space = False
    before = ""  # the character before the next atom
    pieces = tuple(pieces)
    in_han = _beside_han("".join(piece.text for piece in pieces))
    at = 0  # where the piece begins in all of them
    for piece in pieces:
        han: TextPiece | None = None  # the same piece in Kai, made once for all its characters
        for found in TOKEN.finditer(piece.text):
            token = found[0]
            if token.isspace() and token[0] not in NO_BREAK:
                space = True
                continue
            if is_han(token[0]):
                han = han or replace(piece, style=in_kai(piece.style))
                words: tuple[TextPiece, ...] = (han.with_text(token),)
            elif not in_han:
                words = tuple(map(piece.with_text, _parts(token)))
            else:
                han = han or replace(piece, style=in_kai(piece.style))
                words = tuple(_words_and_marks(piece, han, token, at + found.start(), in_han))
            for word in words:
                yield _atom(word, space, before, whole)
                space, before = False, word.text[-1]
        at += len(piece.text)


def _words_and_marks(piece: TextPiece, han: TextPiece, word: str, at: int, in_han: Set[int]) -> Iterator[TextPiece]:
    """Yield the parts of `word`, which begins at index `at` of the whole text. Each mark whose index in the whole text
    is in `in_han` is one part, made from `han` (`piece` in Kai). The other parts are made from `piece`."""
    for is_mark, places in groupby(range(len(word)), lambda i: at + i in in_han):
        first, *rest = places
        text = word[first : first + 1 + len(rest)]
        yield from map(han.with_text, text) if is_mark else map(piece.with_text, _parts(text))


def _beside_han(text: str) -> frozenset[int]:
    """Return the indexes of all marks that are set in Kai: each run of MARKS that touches a Chinese character."""
    found = set[int]()
    for marks in MARKS.finditer(text):
        around = text[marks.start() - 1 : marks.start()] + text[marks.end() : marks.end() + 1]
        if any(map(is_han, around)):
            found.update(range(*marks.span()))
    return frozenset(found)


def _parts(word: str) -> Sequence[str]:
    """Return a word cut after each dash at which a line may break."""
    if DASHES.isdisjoint(word):
        return (word,)
    parts, first = [], 0
    for place in range(1, len(word)):
        if _breaks_after(word[first:place], word[place]):
            parts.append(word[first:place])
            first = place
    return (*parts, word[first:])


def _atom(piece: TextPiece, space: bool, before: str, whole: bool) -> Atom:
    char = piece.text[0]
    glued = _glued(before, char, space)
    in_word = before in ("-", SOFT) and char.isalpha()
    in_han = _is_word(char) and (before.isdecimal() or (whole and _is_word(before)))
    weak = not (glued or space) and (in_word or in_han)
    return Atom(piece, space, glued or weak, weak)


def _is_word(char: str) -> bool:
    """Return whether a character is Chinese and no punctuation."""
    return bool(char) and is_han(char) and char.isalpha()


def _breaks_after(word: str, char: str) -> bool:
    """Return whether a line may break between `word` and `char`: after a dash between words, after a hyphen in a
    compound, and after a soft hyphen."""
    if word[-1] == SOFT or (word[-1] in "—–" and char not in NO_START):
        return True
    return word[-1] == "-" and len(word) > 2 and word[-2].isalpha() and char.isalpha()


def _glued(before: str, char: str, space: bool) -> bool:
    if space or not before:
        return False
    if char in NO_START or before in NO_END:
        return True
    return not (is_han(before) or is_han(char) or before in DASHES)


def kept_together(parts: Sequence[Atom]) -> list[Atom]:
    """Return the atoms, glued where no line should break: between number and unit, before a short last word, before a
    last Chinese character, and in a Chinese term in quotes."""
    out = list(parts)
    chars = "".join(atom.piece.text[0] for atom in out)
    for term in QUOTED_TERM.finditer(chars):
        for i in range(term.start() + 1, term.end()):
            if not out[i].glued:
                out[i] = replace(out[i], glued=True, weak=True)
    spaces = [i for i, atom in enumerate(out) if atom.space and i]
    for i in spaces:
        number, counted = out[i - 1].piece.text, out[i].piece.text
        if number[-1].isdecimal() and COUNT.fullmatch(number) and not YEAR.fullmatch(number) and UNIT.match(counted):
            out[i] = replace(out[i], glued=True)
    if len(spaces) > 1:
        ending = out[spaces[-1] :]
        if _count("".join(atom.piece.text for atom in ending)) <= SHORT:
            out[spaces[-1]] = replace(ending[0], glued=True)
    last = next((i for i in reversed(range(len(out))) if not out[i].glued), 0)
    if last > 1 and not out[last].space and _is_word(out[last].piece.text[0]) and _is_word(out[last - 1].piece.text[0]):
        out[last] = replace(out[last], glued=True, weak=True)
    return out


QUOTED_TERM = re.compile("[“《「][\u4e00-\u9fff]{2,4}[”》」]")
COUNT = re.compile(r"[\d.,]*\d")
YEAR = re.compile(r"1[89]\d\d|20\d\d")
UNIT = re.compile(r"[a-z%]")


@frozen
class Chunk:
    """Atoms that stay together if a line has room, with their width in pixels and their number of characters."""

    atoms: tuple[Atom, ...]
    wide: int
    letters: int


def chunks(pieces: Iterable[TextPiece], measure: Measure, *, whole: bool = False) -> tuple[Chunk, ...]:
    """Return a text as measured chunks, for `broken`. `whole` is as in `atoms`."""
    return tuple(_chunk(group, measure) for group in _glued_chunks(kept_together(tuple(atoms(pieces, whole)))))


def _chunk(parts: Sequence[Atom], measure: Measure) -> Chunk:
    if len(parts) == 1:  # as in most cases
        piece = parts[0].piece
        return Chunk(tuple(parts), measure.width(piece.text, piece.style), _count(piece.text))
    return Chunk(tuple(parts), _wide(parts, measure), _letters(parts))


def lines(pieces: Iterable[TextPiece], width: int, measure: Measure, *, whole: bool = False) -> list[list[TextPiece]]:
    """Return a text as lines of at most `width` pixels. Each line is a list of pieces."""
    return broken(chunks(pieces, measure, whole=whole), width, measure)


def broken(text: Iterable[Chunk], width: int, measure: Measure, most: int = MAX_CHARACTERS) -> list[list[TextPiece]]:
    """Break a text into lines, lists of pieces, of at most `width` pixels and `most` characters. A word that is wider
    than a line is cut; a compound is cut after its hyphen."""
    out: list[list[TextPiece]] = []
    line: list[Atom] = []
    used = count = 0
    for chunk in _fitting(text, width, measure, most):
        first = chunk.atoms[0]
        gap = measure.width(" ", first.piece.style) if first.space and line else 0
        blank = 1 if gap else 0
        ends = used + gap + chunk.wide
        too_wide = ends > width
        if ends > width * MEASURE_FROM:
            # The widths of the single words do not add up exactly to that of the line.
            wide = sum(measure.width(run.text, run.style) for run in _runs([*line, *chunk.atoms]))
            too_wide = wide - blank_end(chunk.atoms[-1].piece, measure) > width
        if line and (too_wide or count + blank + chunk.letters > most):
            out.append(_runs(line))
            line, used, count, gap, blank = [], 0, 0, 0, 0
        line.extend(chunk.atoms)
        used += gap + chunk.wide
        count += blank + chunk.letters
    if line:
        out.append(_runs(line, at_break=False))
    return out


def blank_end(piece: TextPiece, measure: Measure) -> int:
    """Return how many pixels at the end of a piece are blank, because a Chinese mark stands in the left half of its
    square. They may lie outside the line."""
    return measure.width(piece.text[-1], piece.style) // 2 if piece.text[-1] in HALF_BLANK else 0


def _fitting(text: Iterable[Chunk], width: int, measure: Measure, most: int) -> Iterator[Chunk]:
    """Yield the chunks. A chunk that is too wide breaks at spaces, else at weak atoms, else anywhere."""
    for chunk in text:
        if chunk.wide <= width and chunk.letters <= most:
            yield chunk
            continue
        for part in _parted(chunk.atoms, (_without_spaced, _without_weak), width, measure, most):
            yield _chunk(part, measure)


def _parted(
    parts: Iterable[Atom], looser: Sequence[Callable[[Atom], Atom]], width: int, measure: Measure, most: int
) -> Iterator[list[Atom]]:
    for chunk in _glued_chunks(parts):
        if _wide(chunk, measure) <= width and _letters(chunk) <= most:
            yield chunk
        elif looser:
            yield from _parted(map(looser[0], chunk), looser[1:], width, measure, most)
        else:
            yield from _cut(chunk)


def _without_spaced(atom: Atom) -> Atom:
    return replace(atom, glued=atom.glued and not atom.space)


def _without_weak(atom: Atom) -> Atom:
    return replace(atom, glued=atom.glued and not atom.weak)


def min_width(text: str, style: Style, measure: Measure) -> int:
    """Return the width of a label's widest word, in pixels."""
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


def _wide(chunk: Sequence[Atom], measure: Measure) -> int:
    wide = sum(measure.width(atom.piece.text, atom.piece.style) for atom in chunk)
    return wide + sum(measure.width(" ", word.piece.style) for word, next_ in pairwise(chunk) if next_.space)


def characters(pieces: Iterable[TextPiece]) -> int:
    """Return the number of characters in a line. A Chinese character counts as two."""
    return sum(_count(piece.text) for piece in pieces)


def _letters(chunk: Sequence[Atom]) -> int:
    return sum(_count(atom.piece.text) for atom in chunk) + sum(atom.space for atom in chunk[1:])


def _cut(chunk: Iterable[Atom]) -> Iterator[list[Atom]]:
    for atom in chunk:
        for i, char in enumerate(atom.piece.text):
            yield [Atom(atom.piece.with_text(char), atom.space and i == 0, False)]


def _count(text: str) -> int:
    return len(text) if text.isascii() else sum(2 if is_han(char) else 1 for char in text)


def _runs(line: Sequence[Atom], at_break: bool = True) -> list[TextPiece]:
    """Return a line's atoms as pieces. Neighbours with the same style, ink and link become one piece. `at_break` says
    whether another line follows. Only then is a soft hyphen shown, and only at the end of the line."""
    runs: list[TextPiece] = []
    number = 0
    for _, group in groupby((atom.piece for atom in line), lambda piece: (piece.style, piece.ink, piece.link)):
        texts: list[str] = []
        for piece in group:
            number += 1
            text = piece.text
            if text[-1] == SOFT:
                text = text[:-1] + "-" * (at_break and number == len(line))
            # A space goes to the run before it, so that a link's underline does not begin with it.
            texts.append(text + " " if number < len(line) and line[number].space else text)
        runs.append(piece.with_text("".join(texts)))
    return runs
