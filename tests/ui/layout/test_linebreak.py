"""Line breaking: nothing lost, nothing too long, and no Chinese comma at a line's start."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.ui.layout.geometry import Style
from game.ui.layout.linebreak import MAX_CHARACTERS, NO_END, NO_START, SHORT, TextPiece, blank_end, is_han
from game.ui.layout.linebreak import lines as lines_of
from tests.ui.stand_ins import Ruler

STYLE = Style("serif", 20)
letters = st.sampled_from("abc defg 三亩地，一口锅。（《“”》） —-.,é!") | st.characters(
    codec="utf-8", exclude_characters="\xad"
)
texts = st.text(letters, max_size=120)
chinese = st.text(st.sampled_from("三亩地一口锅四月里，。！？；：（）《》“”、"), min_size=1, max_size=60)


def lines(pieces: list[TextPiece], width: int, whole: bool = False) -> list[list[TextPiece]]:
    return lines_of(pieces, width, Ruler(), whole=whole)


def texts_in(pieces: list[TextPiece], width: int, whole: bool = False) -> list[str]:
    return ["".join(piece.text for piece in line) for line in lines(pieces, width, whole)]


def set_in(text: str, width: int) -> list[str]:
    return texts_in([TextPiece(text, STYLE)], width)


@given(texts, st.integers(40, 900))
def test_nothing_is_lost(text: str, width: int) -> None:
    assert "".join("".join(set_in(text, width)).split()) == "".join(text.split())


@given(texts, st.integers(40, 2000))
def test_no_line_is_too_long(text: str, width: int) -> None:
    for line in lines([TextPiece(text, STYLE)], width):
        whole = "".join(piece.text for piece in line).rstrip()
        assert sum(2 if is_han(char) else 1 for char in whole) <= MAX_CHARACTERS
        last = line[-1].with_text(whole[-1:] or " ")
        assert Ruler().width(whole, STYLE) - blank_end(last, Ruler()) <= width


@given(chinese, st.integers(6, 30))
def test_chinese_punctuation_stays_with_its_word(text: str, characters: int) -> None:
    set_lines = set_in(text, characters * 20)
    for before, after in pairwise(set_lines):
        if _chained(text) <= characters:
            assert after[0] not in NO_START
            assert before[-1] not in NO_END


def _chained(text: str) -> int:
    """The longest stretch without a possible break."""
    longest = stretch = 0
    for i, char in enumerate(text):
        glued = i > 0 and (char in NO_START or text[i - 1] in NO_END)
        stretch = stretch + 1 if glued else 1
        longest = max(longest, stretch)
    return longest


def test_chinese_is_set_in_kai_and_the_rest_is_not() -> None:
    [line] = lines([TextPiece("“iron” is 铁。", STYLE)], 900)
    assert [(piece.text, piece.style.family) for piece in line] == [("“iron” is ", "serif"), ("铁。", "kai")]


@pytest.mark.parametrize(("text", "in_kai"), [
    ("“铁”，她说", "“铁”，她说"), ("他说……——“好”·六〇年", "他说……——“好”·六〇年"), ("“iron” 铁", "铁"),
    ("the “Leap” (1958)…", ""), ("报11000袋…", "报袋…"),
])  # fmt: skip
def test_marks_beside_chinese_are_set_in_kai(text: str, in_kai: str) -> None:
    """Also where a link stands between a quote and the rest."""
    for pieces in ([TextPiece(text, STYLE)], [TextPiece(char, STYLE, link=char) for char in text]):
        found = "".join(p.text for line in lines(pieces, 900) for p in line if p.style.family == "kai")
        assert found == in_kai


@pytest.mark.parametrize(
    ("text", "together", "narrowest"),
    [
        *((f"一口锅三亩地{term}四月里一口锅", term, 180) for term in ("“大跃进”", "《人民日报》")),
        *((f"大炼钢铁{pair}公共食堂", pair, 80) for pair in ("——", "……")),
        *((f"They were told to write {n} into it", n, 130) for n in ("18,000 jin", "970 families", "50 %", "1.5 mu")),
        ("村里那一年收回来了4700袋粮食，够吃三个月", "4700袋", 180),
    ],
)
def test_what_belongs_together_is_torn_only_if_no_line_holds_it(text: str, together: str, narrowest: int) -> None:
    """Short terms in quotes, long marks, and numbers with their units."""
    for width in range(narrowest, 700):
        assert any(together in line for line in set_in(text, width))
    assert "".join("".join(set_in(text, 40)).split()) == "".join(text.split())


@pytest.mark.parametrize(
    ("text", "width", "expected"),
    [
        ("Die Produktions\xadbrigade las ihre Zahlen.", 400, ["Die Produktionsbrigade las ihre Zahlen."]),
        ("Die Produktions\xadbrigade las ihre Zahlen.", 250, ["Die Produktionsbrigade", "las ihre Zahlen."]),
        ("Die Produktions\xadbrigade las ihre Zahlen.", 160, ["Die Produktions-", "brigade las ihre", "Zahlen."]),
        ("kitchen—falling", 100, ["kitchen—", "falling"]),
        ("plough-point", 90, ["plough-", "point"]),
        ("in 1958 everybody ate", 90, ["in 1958", "everybody", "ate"]),
        ("wrote 18,000 catties", 90, ["wrote", "18,000", "catties"]),  # no line holds number and unit
        ("三亩地一口锅，四月里", 130, ["三亩地一口锅，", "四月里"]),  # a mark's blank half may stand outside
        ("三亩地一口锅，四月里", 129, ["三亩地一口", "锅，四月里"]),
        ("其他语言", 60, ["其他", "语言"]),
    ],
)
def test_lines_break_at_dashes_soft_hyphens_and_characters(text: str, width: int, expected: list[str]) -> None:
    assert set_in(text, width) == expected


def test_a_narrow_space_breaks_no_line() -> None:
    for characters in range(8, 30):
        lines_set = set_in("Qui compte ici\u202f? «\u202fMoi\u202f», dit-elle.", characters * 10)
        assert not [line for line in lines_set if line[0] in "?»" or line.rstrip()[-1] == "«"]


@given(st.text(st.sampled_from("かなはひらぁゃっー。、村の粮食"), min_size=1, max_size=40), st.integers(6, 30))
def test_japanese_breaks_between_its_characters(text: str, characters: int) -> None:
    set_lines = lines([TextPiece(text, STYLE)], characters * 20)
    assert {piece.style.family for line in set_lines for piece in line} == {"kai"}
    if _chained(text) <= characters:
        assert not [line for line in set_lines[1:] if line[0].text[0] in NO_START]


def test_a_word_that_touches_a_link_stays_with_it() -> None:
    link = TextPiece("work points", STYLE, "accent", "t")
    pieces = [TextPiece("some words ", STYLE), link, TextPiece(", and more", STYLE)]
    for width in range(60, 400, 7):
        assert not any(line.startswith(",") for line in texts_in(pieces, width))


def test_a_link_over_two_lines_is_one_link() -> None:
    set_lines = lines([TextPiece("work points", STYLE, "accent", "t")], 70)
    assert [[piece.link for piece in line] for line in set_lines] == [["t"], ["t"]]


# What the requirements for Chinese text layout forbid, mark by mark.
CLOSING = "。．，、；：！？）］｝】〉》」』〕〗’”％…—～·‧／"
OPENING = "（［｛【〈《「『〔〖‘“"


@pytest.mark.parametrize("mark", CLOSING + OPENING)
def test_no_line_starts_with_a_closing_mark_or_ends_with_an_opening_one(mark: str) -> None:
    for width in range(40, 200, 20):
        lines = set_in(f"大炼钢铁{mark}公共食堂", width)
        assert not any(line.endswith(mark) if mark in OPENING else line.startswith(mark) for line in lines)


@given(st.lists(st.text("abcdefgh", min_size=1, max_size=9), min_size=3, max_size=20), st.integers(220, 700))
def test_no_short_word_stands_alone_on_the_last_line(words: list[str], width: int) -> None:
    text = " ".join(words)
    last = set_in(text, width)[-1]
    assert last == text or " " in last or len(last) > SHORT


@given(st.text("三亩地一口锅", min_size=4, max_size=60), st.sampled_from(["", "。", "？”"]), st.integers(5, 30))
def test_no_chinese_character_stands_alone_on_the_last_line(text: str, mark: str, characters: int) -> None:
    assert sum(char.isalpha() for char in set_in(text + mark, characters * 20)[-1]) > 1


@given(st.integers(140, 700))
def test_a_compound_breaks_only_if_no_line_holds_it(width: int) -> None:
    text = "We had a wok, a hoe, and the old man's plough-point, from before the co-operative."
    assert all(not line.rstrip().endswith("-") for line in set_in(text, width))
    link = TextPiece("co-operative", STYLE, "accent", "t")
    linked = [TextPiece("from before the ", STYLE), link, TextPiece(".", STYLE)]
    assert any("co-operative." in line for line in texts_in(linked, width))


@given(st.integers(80, 600), st.sampled_from(["其他语言 · Other languages", "Other languages · 其他语言"]))
def test_a_chinese_word_on_a_label_stays_whole(width: int, label: str) -> None:
    assert any("其他语言" in line for line in texts_in([TextPiece(label, STYLE)], width, whole=True))
