"""Utterances: splits lines into pieces for a voice, each in one language, and writes dates and signs in words."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from unicodedata import normalize

from game.core.values import frozen
from game.ui.i18n import Catalogue

LONGEST_UTTERANCE = 200  # characters; the caption shows an utterance at once
CHINESE = "zh"
ALIASES = {"cmn": CHINESE}  # Mandarin, as some systems call it

_MARKED = re.compile("\ue000(?P<language>[^\ue001]*)\ue001(?P<text>[^\ue002]*)\ue002")  # characters for private use
_HAN = r"[\u2e80-\u2fdf\u3005-\u3007\u3400-\u9fff\uf900-\ufaff]+"
_TONED = r"[a-zA-Z']*[āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ][a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜü']*"
_ORIGINAL = re.compile(rf"(?P<han>{_HAN})(?P<pinyin>\s*[,·(]?\s*{_TONED}(?:\s{_TONED})*)?")
_SENTENCE = re.compile(r"(?<=[.!?…])[”’\")]*\s+|(?<=[。！？])[”’）]*")
_CLAUSE = re.compile(r"(?<=[,;:—])\s+|\s+(?=—)|(?<=[，；：])")
_MOMENT = re.compile(r"\b(\d{4})-(\d\d)-(\d\d)(?= \d\d:\d\d)")
_YEAR = re.compile(r"(?<!\d)(?:1\d|20)\d\d(?=年|[到至]\d{4}年)")
_DIGITS = str.maketrans("0123456789", "零一二三四五六七八九")
_SPACE = re.compile(r"\s+")


@frozen
class Utterance:
    """A text for one voice. `language` is a tag such as `en` or `zh`."""

    text: str
    language: str


def tag_language(text: str, language: str) -> str:
    """Return a text with marks that name its language, to insert it into a line of another language."""
    return f"\ue000{language}\ue001{text}\ue002"


def utterances(line: str, words: Catalogue, language: str, spoken: Collection[str]) -> Iterator[Utterance]:
    """Yield the utterances of a line, in order.

    `language` is that of `line`, except for the parts that `tag_language` has marked. `spoken` has the tags of the
    languages for which the system has voices. Without a Chinese voice, pinyin is said in place of Chinese characters.
    """
    for stretch, its_language in _by_mark(line, language):
        for part, part_language in _by_language(in_words(stretch, words), its_language, CHINESE in map(base, spoken)):
            for chunk in chunks(part):
                yield Utterance(chunk, part_language)


def base(tag: str) -> str:
    """Return the primary language of a tag: `en` of `en_GB`, `zh` of `cmn` and `zh-Hans`."""
    language = re.split(r"[-_]", tag.lower())[0]
    return ALIASES.get(language, language)


def in_words(line: str, words: Catalogue) -> str:
    """Return the line with dates, percentages, ranges, plus and minus signs in words."""
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


def _by_language(line: str, language: str, chinese_voice: bool) -> Iterator[tuple[str, str]]:
    """Yield the parts of a line with their languages. Without `chinese_voice`, yield pinyin instead of Chinese."""
    if base(language) == CHINESE:
        if re.search(r"\w", line):
            yield _YEAR.sub(lambda year: year[0].translate(_DIGITS), line), language
        return
    said = 0
    plain = ""
    for match in _ORIGINAL.finditer(line):
        plain += line[said : match.start()]
        said = match.end()
        pinyin = match["pinyin"] or ""
        if chinese_voice:
            yield from _if_words(plain, language)
            yield match["han"], CHINESE
            plain = ""
        elif pinyin:
            plain += _without_tones(re.sub(r"^\s*[,·(]?\s*", "", pinyin))
    yield from _if_words(plain + line[said:], language)


def _if_words(text: str, language: str) -> Iterator[tuple[str, str]]:
    """Yield a text without spaces and commas at its ends, unless it has no letter and no digit."""
    text = re.sub(r"\s+([,.;:)])", r"\1", _SPACE.sub(" ", text)).strip(" ,;")
    if re.search(r"\w", text):
        yield text, language


def _without_tones(pinyin: str) -> str:
    """Return pinyin without tone marks. A voice that does not know these marks would spell the letters."""
    return "".join(char for char in normalize("NFD", pinyin) if char.isascii())


def chunks(text: str) -> Iterator[str]:
    """Yield the text in chunks of whole sentences, or of clauses where a sentence is above LONGEST_UTTERANCE."""
    chunk = ""
    for piece in _pieces(text):
        if chunk and len(chunk) + 1 + len(piece) > LONGEST_UTTERANCE:
            yield chunk
            chunk = piece
        else:
            chunk = f"{chunk} {piece}" if chunk else piece
    if chunk:
        yield chunk


def _pieces(text: str) -> Iterator[str]:
    for sentence in _parted(_SENTENCE, text):
        if len(sentence) <= LONGEST_UTTERANCE:
            yield sentence
        else:
            yield from _parted(_CLAUSE, sentence)


def _parted(where: re.Pattern[str], text: str) -> Iterator[str]:
    """Split a text after each match of `where`, and yield the parts."""
    start = 0
    for match in where.finditer(text):
        if part := text[start : match.end()].strip():
            yield part
        start = match.end()
    if part := text[start:].strip():
        yield part
