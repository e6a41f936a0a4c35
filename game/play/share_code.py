"""A playthrough as a short code, and back: each entry by its place among what was open, so it takes a bit or two.

Format 1 is written in whole groups, so every slip of one letter is noticed, for certain: a letter that is another one,
or that changed places with its neighbour, shows in the check of its group; one that is missing, doubled or added shows
in the length. For that the format has to be known: it is the lowest two bits of the first letter, and those of the
second letter repeat them, for when the first is missing. Format 0 had groups of any length, so a lost last letter could
give another reading; its codes are read still.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from itertools import pairwise

from game.lang.expressions import Effects, Expression
from game.play.base32_check import MistypedError, decode, encode, group_letters
from game.play.id_migration import GONE
from game.play.playthrough import Entry, Playthrough, Record, begin
from game.play.recorded_chapters import CONTINUE, SKIP
from game.play.restore_notes import Note
from game.story.model import Branch, Node, Story

FORMAT, FORMATS = 1, 4
FIRST_LETTER = 8  # what the first letter holds beside the format
PACKS, SHAPES, VERSIONS = 1 << 10, 1 << 15, 8
TO_THE_END, STANDING, OUTSIDE = range(3)  # how a reading stands
ALONE, FOLLOWED, LISTED = range(3)  # what it knows of the other door
PIECE = 64  # a number of unknown size is written in pieces, each with a bit that says whether there is another
NEAR = 8
MOST = 10_000  # entries: a code that asks for more was not made by a reader


class CodeError(ValueError):
    """A code that gives no playthrough of this story.

    `reason` is MistypedError's, or "foreign" (another story), "older", "newer" or "other" (another version of it), or
    "format" (a newer program's). `group` and `letter` are MistypedError's.
    """

    def __init__(self, reason: str, message: str, group: int = 0, letter: str = "") -> None:
        super().__init__(message)
        self.reason, self.group, self.letter = reason, group, letter


def code(playthrough: Playthrough) -> str:
    """The playthrough in groups of letters. It needs the same story to be opened, and nothing else."""
    story = playthrough.story
    digits = _DigitWriter()
    pack, rest = _hash(story.pack.encode(), PACKS) % FIRST_LETTER, _hash(story.pack.encode(), PACKS) // FIRST_LETTER
    digits.write(FORMAT, FORMATS)
    digits.write(pack, FIRST_LETTER)
    digits.write(FORMAT, FORMATS)
    digits.write(rest, PACKS // FIRST_LETTER)
    digits.write_any(story.version, VERSIONS)
    digits.write(_hash(_shape(story).encode(), SHAPES), SHAPES)
    digits.choose(playthrough.cut.id, list(story.cuts))
    if not playthrough.cut.both_roles:
        digits.choose(playthrough.role or "", list(story.roles))
    _write_earlier(digits, playthrough)
    _write_reading(digits, playthrough)
    return encode(digits.number, whole=True)


def from_code(story: Story, text: str) -> tuple[Playthrough, tuple[Note, ...]]:
    """The playthrough of a code, and what there is to say of it. Raises CodeError."""
    try:
        number = decode(text)
    except MistypedError as error:
        raise CodeError(error.reason, str(error), error.group, error.letter) from error
    digits = _DigitReader(number)
    notes = _check(story, digits, text)
    cut = story.cuts[digits.chosen(list(story.cuts))]
    role = None if cut.both_roles else digits.chosen(list(story.roles))
    try:
        playthrough = _read_reading(digits, begin(story, role, cut.id, _read_earlier(digits, story, role)))
    except (LookupError, ValueError, AssertionError) as error:
        raise CodeError("other", "this code leads nowhere in this story") from error
    if digits.number:
        raise CodeError("other", "this code goes on where this story ends")
    return playthrough, tuple(Note(kind, playthrough.page.title) for kind in notes)


def _check(story: Story, digits: _DigitReader, text: str) -> list[str]:
    """What kind of note the head of a code asks for. Raises CodeError where it is of another story or version."""
    number = digits.number
    version = digits.format = digits.read(FORMATS)
    if version > FORMAT:
        raise CodeError("format", "this code was made by a newer version of the game")
    pack = digits.read(FIRST_LETTER)
    if version == FORMAT and (group_letters(text) != encode(number, whole=True) or digits.read(FORMATS) != FORMAT):
        last = len(group_letters(text).split("-"))
        raise CodeError("end", f"group {last} of this code has a slip in it, or lacks its end", last)
    if pack + FIRST_LETTER * digits.read(PACKS // FIRST_LETTER) != _hash(story.pack.encode(), PACKS):
        raise CodeError("foreign", f"this code belongs to another story than `{story.pack}`")
    edition = digits.read_any(VERSIONS)
    if digits.read(SHAPES) == _hash(_shape(story).encode(), SHAPES):
        return ["retold"] if edition != story.version else []
    kind = "older" if edition < story.version else "newer" if edition > story.version else "other"
    whose = f"version {edition} of the story, and this is {story.version}" if kind != "other" else "another edition"
    raise CodeError(kind, f"this code was made with {whose}: its choices are laid out otherwise, so it opens nothing")


def _write_reading(digits: _DigitWriter, playthrough: Playthrough) -> None:
    """How the reading stands, how many entries it has where that does not follow, and each of them."""
    line = playthrough.line
    taken = [(before, after) for before, after in pairwise(line) if not after.left]
    stands = OUTSIDE if playthrough.left else TO_THE_END if playthrough.over else STANDING
    digits.write(stands, 3)
    if stands != TO_THE_END:
        digits.write_any(len(taken), PIECE)
    for before, after in taken:
        assert after.entry is not None
        digits.choose(after.entry.take, _open(before))


def _read_reading(digits: _DigitReader, playthrough: Playthrough) -> Playthrough:
    stands = digits.read(3)
    for _ in range(MOST if stands == TO_THE_END else _counted(digits)):
        if playthrough.over:
            break
        playthrough = playthrough.take(digits.chosen(_open(playthrough)))
    if stands == TO_THE_END and not playthrough.over:
        raise ValueError("this reading comes to no end")
    return playthrough.leave() if stands == OUTSIDE else playthrough


def _counted(digits: _DigitReader) -> int:
    number = digits.read_any(PIECE)
    if number > MOST:
        raise ValueError("more entries than anybody takes")
    return number


def _open(playthrough: Playthrough) -> list[str]:
    """What can be taken and leads on."""
    page = playthrough.page
    return [option.id for option in page.choices] + [SKIP] * (SKIP in page.offers)


def _write_earlier(digits: _DigitWriter, playthrough: Playthrough) -> None:
    """The other door's record: as a reading of its own where it is one that stands alone, else entry by entry."""
    story, record = playthrough.story, playthrough.earlier
    if record is None:
        digits.write(ALONE, 3)
        return
    found = next(_readings(story, record), None)
    digits.write(FOLLOWED if found is not None else LISTED, 3)
    digits.choose(record.role, list(story.roles))
    if found is not None:
        digits.choose(found.cut.id, list(story.cuts))
        _write_reading(digits, found)
        return
    nodes, at = list(story.nodes), 0
    places = {full_id: place for place, full_id in enumerate(nodes)}
    digits.write_any(len(record.entries), PIECE)
    for entry in record.entries:
        ahead = (places[entry.node] - at) % len(nodes)
        digits.write_any(ahead, NEAR)
        known = _any(story.nodes[entry.node], FORMAT)
        digits.choose(entry.take if entry.take in known else GONE, known)
        at = places[entry.node]


def _read_earlier(digits: _DigitReader, story: Story, role: str | None) -> Record | None:
    kind = digits.read(3)
    if kind == ALONE:
        return None
    other = digits.chosen(list(story.roles))
    if kind == FOLLOWED:
        found = _read_reading(digits, begin(story, other, digits.chosen(list(story.cuts))))
        return Record(other, found.entries)
    nodes, at, entries = list(story.nodes), 0, []
    for _ in range(_counted(digits)):
        at = (at + digits.read_any(NEAR)) % len(nodes)
        node = story.nodes[nodes[at]]
        entries.append(Entry(node.full_id, digits.chosen(_any(node, digits.format))))
    return Record(other, tuple(entries))


def _readings(story: Story, record: Record) -> Iterator[Playthrough]:
    """The finished readings, of any cut and after no other, that have exactly these entries."""
    for cut in story.cuts.values():
        if cut.both_roles:
            continue
        playthrough = begin(story, record.role, cut.id)
        for entry in record.entries:
            at = playthrough.position.node
            if at is None or at.full_id != entry.node or playthrough.over or entry.take not in _open(playthrough):
                break
            playthrough = playthrough.take(entry.take)
        if playthrough.finished and playthrough.entries == record.entries:
            yield playthrough


def _any(node: Node, version: int) -> list[str]:
    """Whatever a record can hold of a node; since format 1 also something that is no more."""
    return [*(choice.id for choice in node.choices), CONTINUE, SKIP, *([GONE] if version else [])]


def _hash(content: bytes, values: int) -> int:
    return int.from_bytes(hashlib.sha256(content).digest()[:8], "big") % values


def _shape(story: Story) -> str:
    """All that decides what is open where: two stories of one shape give every code the same meaning."""
    parts: list[object] = [
        [(v.name, v.start, v.low, v.high, v.one_of) for v in story.variables.values()],
        [(c.id, c.both_roles, sorted(c.chapters) if c.chapters is not None else None) for c in story.cuts.values()],
        [*story.roles],
        story.calendar,
    ]
    for id in story.order:
        chapter = story.chapters[id]
        told = chapter.skip and (_texts(chapter.skip.effects), chapter.skip.stands_for)
        parts.append((id, chapter.role, bool(chapter.note), told, _branches(chapter.begin)))
        for node in chapter.nodes.values():
            ways = [(c.id, _text(c.condition), _texts(c.effects), _branches(c.goto)) for c in node.choices]
            read = (bool(node.text) or node.end is not None) if node.in_brief else "not in brief"
            parts.append((node.id, read, node.end, _texts(node.effects), _branches(node.goto), ways))
    return repr(parts)


def _text(expression: Expression | None) -> str | None:
    return expression.text if expression is not None else None


def _texts(effects: Effects | None) -> tuple[str, ...]:
    return effects.texts if effects is not None else ()


def _branches(branches: Sequence[Branch]) -> list[tuple[str, str | None]]:
    return [(branch.to, _text(branch.condition)) for branch in branches]


class _DigitWriter:
    """Digits, each one of as many as there are in its own place, as one number; the first is read first."""

    def __init__(self) -> None:
        self._digits: list[tuple[int, int]] = []

    def write(self, digit: int, of: int) -> None:
        assert 0 <= digit < of
        self._digits.append((digit, of))

    def write_any(self, number: int, piece: int) -> None:
        """A number of unknown size."""
        while True:
            number, low = divmod(number, piece)
            self.write(low, piece)
            self.write(int(number > 0), 2)
            if not number:
                return

    def choose(self, one: str, among: Sequence[str]) -> None:
        self.write(among.index(one), len(among))

    @property
    def number(self) -> int:
        number = 0
        for digit, of in reversed(self._digits):
            number = number * of + digit
        return number


class _DigitReader:
    """The digits of a number, read in the order in which they were written."""

    def __init__(self, number: int) -> None:
        self.number, self.format = number, FORMAT

    def read(self, of: int) -> int:
        self.number, digit = divmod(self.number, of)
        return digit

    def read_any(self, piece: int) -> int:
        number, factor = 0, 1
        while True:
            number += factor * self.read(piece)
            factor *= piece
            if not self.read(2):
                return number

    def chosen(self, among: Sequence[str]) -> str:
        return among[self.read(len(among))]
