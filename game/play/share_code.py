"""Encode a playthrough as a short code, and decode it.

An entry is written as its index among the entries that can be taken on its page, which needs a bit or two.

Format 1 has full groups, so every typing error of one letter is detected. The check letter of a group shows a wrong
letter, or two neighbours that changed places. The length shows a letter that is missing, doubled or added. To check the
length, a program must know the format. The lowest two bits of the first letter hold it, and the lowest two bits of the
second letter repeat it, in case the first is missing. Format 0 had groups of any length, so without its last letter a
code could give another playthrough. Codes of format 0 can still be read.
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
FIRST_LETTER = 8  # the number of values that the first letter can hold beside the format
PACKS, SHAPES, VERSIONS = 1 << 10, 1 << 15, 8
FINISHED, OPEN, LEFT = range(3)  # the state of a playthrough
NO_RECORD, AS_PLAYTHROUGH, AS_ENTRIES = range(3)  # how the other role's record is written
COUNT_CHUNK = 64  # a number of unknown size is written as digits below this, each with a bit for whether more follow
DISTANCE_CHUNK = 8  # the same for the distance from one node to the next
MAX_ENTRIES = 10_000  # a code with more entries was not made by a reader


class CodeError(ValueError):
    """Raised if a code gives no playthrough of this story.

    `reason` is MistypedError's, or "foreign" (from another story), "older", "newer" or "other" (from another version of
    the story), or "format" (from a newer program). `group` and `letter` are as in MistypedError.
    """

    def __init__(self, reason: str, message: str, group: int = 0, letter: str = "") -> None:
        super().__init__(message)
        self.reason, self.group, self.letter = reason, group, letter


def to_code(playthrough: Playthrough) -> str:
    """Return the code of a playthrough. Only the same story can open it."""
    story = playthrough.story
    digits = _DigitWriter()
    rest, pack = divmod(_hash(story.pack, PACKS), FIRST_LETTER)
    digits.write(FORMAT, FORMATS)
    digits.write(pack, FIRST_LETTER)
    digits.write(FORMAT, FORMATS)
    digits.write(rest, PACKS // FIRST_LETTER)
    digits.write_any(story.version, VERSIONS)
    digits.write(_hash(_shape(story), SHAPES), SHAPES)
    digits.write_choice(playthrough.cut.id, list(story.cuts))
    if not playthrough.cut.both_roles:
        digits.write_choice(playthrough.role or "", list(story.roles))
    _write_earlier(digits, playthrough)
    _write_entries(digits, playthrough)
    return encode(digits.number, padded=True)


def from_code(story: Story, text: str) -> tuple[Playthrough, tuple[Note, ...]]:
    """Return the playthrough that a code stands for, and notes on it. Raises CodeError if this story has none."""
    try:
        number = decode(text)
    except MistypedError as error:
        raise CodeError(error.reason, str(error), error.group, error.letter) from error
    digits = _DigitReader(number)
    notes = _check(story, digits, text)
    cut = story.cuts[digits.read_choice(list(story.cuts))]
    role = None if cut.both_roles else digits.read_choice(list(story.roles))
    try:
        playthrough = _read_entries(digits, begin(story, role, cut.id, _read_earlier(digits, story, role)))
    except (LookupError, ValueError, AssertionError) as error:
        raise CodeError("other", "this code leads nowhere in this story") from error
    if digits.number:
        raise CodeError("other", "this code goes on where this story ends")
    return playthrough, tuple(Note(kind, playthrough.page.title) for kind in notes)


def _check(story: Story, digits: _DigitReader, text: str) -> list[str]:
    """Read the head of a code, and return the kinds of notes on it. Raises CodeError if this story cannot read it."""
    number = digits.number
    version = digits.format = digits.read(FORMATS)
    if version > FORMAT:
        raise CodeError("format", "this code was made by a newer version of the game")
    pack = digits.read(FIRST_LETTER)
    if version == FORMAT and (group_letters(text) != encode(number, padded=True) or digits.read(FORMATS) != FORMAT):
        last = len(group_letters(text).split("-"))
        raise CodeError("end", f"group {last} of this code has a slip in it, or lacks its end", last)
    if pack + FIRST_LETTER * digits.read(PACKS // FIRST_LETTER) != _hash(story.pack, PACKS):
        raise CodeError("foreign", f"this code belongs to another story than `{story.pack}`")
    edition = digits.read_any(VERSIONS)
    if digits.read(SHAPES) == _hash(_shape(story), SHAPES):
        return ["retold"] if edition != story.version else []
    kind = "older" if edition < story.version else "newer" if edition > story.version else "other"
    whose = f"version {edition} of the story, and this is {story.version}" if kind != "other" else "another edition"
    raise CodeError(kind, f"this code was made with {whose}: its choices differ, so the code cannot be opened")


def _write_entries(digits: _DigitWriter, playthrough: Playthrough) -> None:
    """Write the playthrough's state (finished, open, left), its number of entries if not finished, and its entries."""
    history = playthrough.history
    taken = [(before, after) for before, after in pairwise(history) if not after.left]
    state = LEFT if playthrough.left else FINISHED if playthrough.over else OPEN
    digits.write(state, 3)
    if state != FINISHED:
        digits.write_any(len(taken), COUNT_CHUNK)
    for before, after in taken:
        assert after.entry is not None
        digits.write_choice(after.entry.take, _open_entries(before))


def _read_entries(digits: _DigitReader, playthrough: Playthrough) -> Playthrough:
    state = digits.read(3)
    for _ in range(MAX_ENTRIES if state == FINISHED else _read_count(digits)):
        if playthrough.over:
            break
        playthrough = playthrough.take(digits.read_choice(_open_entries(playthrough)))
    if state == FINISHED and not playthrough.over:
        raise ValueError("this reading comes to no end")
    return playthrough.leave() if state == LEFT else playthrough


def _read_count(digits: _DigitReader) -> int:
    number = digits.read_any(COUNT_CHUNK)
    if number > MAX_ENTRIES:
        raise ValueError("more entries than anybody takes")
    return number


def _open_entries(playthrough: Playthrough) -> list[str]:
    page = playthrough.page
    return [option.id for option in page.choices] + [SKIP] * (SKIP in page.offers)


def _write_earlier(digits: _DigitWriter, playthrough: Playthrough) -> None:
    """Write the other role's record: as a finished playthrough if that gives the same entries, else entry by entry."""
    story, record = playthrough.story, playthrough.earlier
    if record is None:
        digits.write(NO_RECORD, 3)
        return
    found = next(_playthroughs(story, record), None)
    digits.write(AS_PLAYTHROUGH if found is not None else AS_ENTRIES, 3)
    digits.write_choice(record.role, list(story.roles))
    if found is not None:
        digits.write_choice(found.cut.id, list(story.cuts))
        _write_entries(digits, found)
        return
    nodes, at = list(story.nodes), 0
    places = {full_id: place for place, full_id in enumerate(nodes)}
    digits.write_any(len(record.entries), COUNT_CHUNK)
    for entry in record.entries:
        ahead = (places[entry.node] - at) % len(nodes)
        digits.write_any(ahead, DISTANCE_CHUNK)
        known = _recordable(story.nodes[entry.node], FORMAT)
        digits.write_choice(entry.take if entry.take in known else GONE, known)
        at = places[entry.node]


def _read_earlier(digits: _DigitReader, story: Story, role: str | None) -> Record | None:
    kind = digits.read(3)
    if kind == NO_RECORD:
        return None
    other = digits.read_choice(list(story.roles))
    if kind == AS_PLAYTHROUGH:
        found = _read_entries(digits, begin(story, other, digits.read_choice(list(story.cuts))))
        return Record(other, found.entries)
    nodes, at, entries = list(story.nodes), 0, []
    for _ in range(_read_count(digits)):
        at = (at + digits.read_any(DISTANCE_CHUNK)) % len(nodes)
        node = story.nodes[nodes[at]]
        entries.append(Entry(node.full_id, digits.read_choice(_recordable(node, digits.format))))
    return Record(other, tuple(entries))


def _playthroughs(story: Story, record: Record) -> Iterator[Playthrough]:
    """Yield the finished playthroughs of any cut that have exactly the record's entries, and no earlier record."""
    for cut in story.cuts.values():
        if cut.both_roles:
            continue
        playthrough = begin(story, record.role, cut.id)
        for entry in record.entries:
            if playthrough.page.node != entry.node or entry.take not in _open_entries(playthrough):
                break
            playthrough = playthrough.take(entry.take)
        if playthrough.finished and playthrough.entries == record.entries:
            yield playthrough


def _recordable(node: Node, version: int) -> list[str]:
    """Return all that a record can have for a node. Format 1 adds GONE, for a choice that the story no longer has."""
    return [*(choice.id for choice in node.choices), CONTINUE, SKIP, *([GONE] if version else [])]


def _hash(text: str, values: int) -> int:
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big") % values


def _shape(story: Story) -> str:
    """Return all that decides what is open on each page, as text. Stories with the same text share codes."""
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
            choices = [(c.id, _text(c.condition), _texts(c.effects), _branches(c.goto)) for c in node.choices]
            read = (bool(node.text) or node.end is not None) if node.in_brief else "not in brief"
            parts.append((node.id, read, node.end, _texts(node.effects), _branches(node.goto), choices))
    return repr(parts)


def _text(expression: Expression | None) -> str | None:
    return expression.text if expression is not None else None


def _texts(effects: Effects | None) -> tuple[str, ...]:
    return effects.texts if effects is not None else ()


def _branches(branches: Sequence[Branch]) -> list[tuple[str, str | None]]:
    return [(branch.to, _text(branch.condition)) for branch in branches]


class _DigitWriter:
    """Writes digits, each with its own base, into one number. `_DigitReader` reads them in the order of writing."""

    def __init__(self) -> None:
        self._digits: list[tuple[int, int]] = []

    def write(self, digit: int, base: int) -> None:
        assert 0 <= digit < base
        self._digits.append((digit, base))

    def write_any(self, number: int, chunk: int) -> None:
        """Write a number of unknown size, as digits of base `chunk`, each with a bit that says whether more follow."""
        while True:
            number, low = divmod(number, chunk)
            self.write(low, chunk)
            self.write(int(number > 0), 2)
            if not number:
                return

    def write_choice(self, choice: str, among: Sequence[str]) -> None:
        self.write(among.index(choice), len(among))

    @property
    def number(self) -> int:
        number = 0
        for digit, base in reversed(self._digits):
            number = number * base + digit
        return number


class _DigitReader:
    def __init__(self, number: int) -> None:
        self.number, self.format = number, FORMAT

    def read(self, base: int) -> int:
        self.number, digit = divmod(self.number, base)
        return digit

    def read_any(self, chunk: int) -> int:
        number, factor = 0, 1
        while True:
            number += factor * self.read(chunk)
            factor *= chunk
            if not self.read(2):
                return number

    def read_choice(self, among: Sequence[str]) -> str:
        return among[self.read(len(among))]
