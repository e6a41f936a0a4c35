"""Straight quotes become curved ones, and French spaces narrow ones."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.lang.typography import typeset


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ('"I was," she said. "Yes."', "“I was,” she said. “Yes.”"),
        ("It's the ox's.", "It’s the ox’s."),
        ('He wrote: *"Opinions, warm."*', "He wrote: *“Opinions, warm.”*"),
        ('"What *are* they?"', "“What *are* they?”"),
        ("\"He said 'no'.\"", "“He said ‘no’.”"),
        ('("a")', "(“a”)"),
        ('five"—"six', "five”—“six"),
        ("“already” ‘curved’", "“already” ‘curved’"),
        ("Qui ? Moi !", "Qui\u202f? Moi\u202f!"),
        ("« Oui », dit-elle ; puis : rien", "«\u202fOui\u202f», dit-elle\u202f; puis\u202f: rien"),
        ("Qui\u00a0?", "Qui\u202f?"),
        ("It was 3:40, and :here: too", "It was 3:40, and :here: too"),
    ],
)
def test_quotes_curve_towards_their_text_and_french_spaces_break_no_line(typed: str, shown: str) -> None:
    assert typeset(typed) == shown


@given(st.text())
def test_only_quotes_are_touched(text: str) -> None:
    shown = typeset(text)
    assert len(shown) == len(text)
    assert all(new == old or old in "\"'" for new, old in zip(shown, text, strict=True))
