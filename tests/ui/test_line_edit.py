"""A line edit keeps its caret within the line, and erasing undoes typing."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from game.ui.line_edit import BLANK, LineEdit

LINES = st.text(max_size=12).flatmap(lambda text: st.builds(LineEdit, st.just(text), st.integers(0, len(text))))


@given(LINES, st.text(max_size=5))
def test_erasing_undoes_typing(line: LineEdit, text: str) -> None:
    typed = line.typed(text)
    assert typed.text[: typed.caret] == line.text[: line.caret] + text
    for _ in text:
        typed = typed.erased(-1)
    assert typed == line


@given(LINES, st.integers(-30, 30))
def test_the_caret_stays_on_its_line(line: LineEdit, by: int) -> None:
    assert 0 <= line.moved(by).caret <= len(line.text)
    assert line.moved(by).text == line.text


@given(LINES)
def test_erasing_forwards_leaves_the_caret(line: LineEdit) -> None:
    assert line.erased(1).caret == line.caret
    assert len(line.erased(1).text) == max(len(line.text) - 1, line.caret)
    assert BLANK.erased(1) == BLANK.erased(-1) == BLANK
