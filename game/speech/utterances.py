"""A line to be said, in pieces that one voice can say in one breath: numbers and signs as words, a tongue each."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from unicodedata import normalize

from game.core.values import frozen
from game.ui.i18n import Catalogue

BREATH = 200  # characters that are said, and shown, together
CHINESE = "zh"
NEIGHBOURS = {"cmn": CHINESE}  # what some systems call Mandarin

_MARKED = re.compile("\ue000(?P<language>[^\ue001]*)\ue001(?P<text>[^\ue002]*)\ue002")  # characters for private use
_HAN = r"[\u2e80-\u2fdf\u3005-\u3007\u3400-\u9fff\uf900-\ufaff]+"
_TONED = r"[a-zA-Z']*[āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ][a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜü']*"
_ORIGINAL = re.compile(rf"(?P<han>{_HAN})(?P<pinyin>\s*[,·(]?\s*{_TONED}(?:\s{_TONED})*)?")
_SENTENCE = re.compile(r"(?<=[.!?…])[”’\")]*\s+|(?<=[。！？])[”’）]*")
_CLAUSE = re.compile(r"(?<=[,;:—])\s+|\s+(?=—)|(?<=[，；：])")
_MOMENT = re.compile(r"\b(\d{4})-(\d\d)-(\d\d)(?= \d\d:\d\d)")
_SPACE = re.compile(r"\s+")


@frozen
class Utterance:
    """What one voice says in one go. `language` is a tag such as `en` or `zh`."""

    text: str
    language: str


def marked(text: str, language: str) -> str:
    """A text within a line that is in a language of its own."""
    return f"\ue000{language}\ue001{text}\ue002"


def utterances(line: str, words: Catalogue, language: str, spoken: Collection[str]) -> Iterator[Utterance]:
    """The pieces of a line, in order.

    `language` is that of the text, where nothing else is `marked`; `spoken` are those that the system has voices for.
    Chinese in another language's text is said by a Chinese voice, or else by its sound in letters where that stands
    beside it.
    """
    for stretch, its_language in _by_mark(line, language):
        for part, tongue in _by_language(in_words(stretch, words), its_language, CHINESE in map(base, spoken)):
            for breath in breaths(part):
                yield Utterance(breath, tongue)


def base(tag: str) -> str:
    """The language of a tag, whatever its country: `en_GB` is `en`, `cmn` and `zh-Hans` are `zh`."""
    language = re.split(r"[-_]", tag.lower())[0]
    return NEIGHBOURS.get(language, language)


def in_words(line: str, words: Catalogue) -> str:
    """Signs that a voice would leave out, or spell, as a person says them."""
    line = _MOMENT.sub(lambda m: _date(m, words), _SPACE.sub(" ", line))
    line = re.sub(r"(\d[\d.,]*) ?%", lambda m: words("speech.per-cent", number=m[1]), line)
    line = re.sub(r"(\d)[–-](?=\d)", lambda m: words("speech.to", number=m[1]), line)
    line = re.sub(r" \+ ", f" {words('speech.plus')} ", line)
    line = re.sub(r" −(?=\W|$)", f" {words('speech.minus')}", line)
    return re.sub(r"\s*·\s*", ", ", line).strip(" ,")


def _date(moment: re.Match[str], words: Catalogue) -> str:
    months = words("speech.months").split()
    year, month, day = (int(part) for part in moment.groups())
    return words("speech.date", day=day, month=months[(month - 1) % 12], year=year) + ","


def _by_mark(line: str, language: str) -> Iterator[tuple[str, str]]:
    said = 0
    for match in _MARKED.finditer(line):
        yield line[said : match.start()], language
        yield match["text"], match["language"]
        said = match.end()
    yield line[said:], language


def _by_language(line: str, language: str, chinese: bool) -> Iterator[tuple[str, str]]:
    """Parts of a line with the language of each; what has no voice and no letters is left out."""
    if base(language) == CHINESE:
        if re.search(r"\w", line):
            yield line, language
        return
    said = 0
    plain = ""
    for match in _ORIGINAL.finditer(line):
        plain += line[said : match.start()]
        said = match.end()
        pinyin = match["pinyin"] or ""
        if chinese:
            yield from _worded(plain, language)
            yield match["han"], CHINESE
            plain = ""
        elif pinyin:
            plain += _untoned(re.sub(r"^\s*[,·(]?\s*", "", pinyin))
    yield from _worded(plain + line[said:], language)


def _worded(text: str, language: str) -> Iterator[tuple[str, str]]:
    """A part, without the comma that stood between it and what another voice says; nothing where no word is left."""
    text = re.sub(r"\s+([,.;:)])", r"\1", _SPACE.sub(" ", text)).strip(" ,;")
    if re.search(r"\w", text):
        yield text, language


def _untoned(pinyin: str) -> str:
    """Without its tones: a voice that knows none spells the letters that carry them."""
    return "".join(char for char in normalize("NFD", pinyin) if char.isascii())


def breaths(text: str) -> Iterator[str]:
    """Whole sentences, as many as go into one breath; a longer one is parted where it pauses by itself."""
    breath = ""
    for piece in _pieces(text):
        if breath and len(breath) + 1 + len(piece) > BREATH:
            yield breath
            breath = piece
        else:
            breath = f"{breath} {piece}" if breath else piece
    if breath:
        yield breath


def _pieces(text: str) -> Iterator[str]:
    for sentence in _parted(_SENTENCE, text):
        if len(sentence) <= BREATH:
            yield sentence
        else:
            yield from _parted(_CLAUSE, sentence)


def _parted(where: re.Pattern[str], text: str) -> Iterator[str]:
    """Parts of a text, each with the signs that end it."""
    start = 0
    for match in where.finditer(text):
        if part := text[start : match.end()].strip():
            yield part
        start = match.end()
    if part := text[start:].strip():
        yield part
