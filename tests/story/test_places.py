"""A finding inside a text has the place of its character, in every style of YAML."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from game.yamlio.reader import Document, count_visible, read_text
from tests.story.packs import CHAPTER, checked

LINES = [
    "text: Somebody {knocks}.",
    'text: "Somebody {knocks}."',
    "text: 'Somebody {knocks}.'",
    "text: 'It''s {knocks}.'",
    r'text: "\"Who\u0020is it?\" \u5b57\ta\\ {knocks}."',
    'text: "Some\\\n      body\n\n      who {knocks}."',
    "text: 'Some''body\n\n      who {knocks}.'",
    "text: Somebody\n      else\n      {knocks}.",
    "text: |\n      院子 One.\n\n      Two *words*, \\{ and {knocks}.",
    "text: >-  # folded\n      One.\n\n      Two\n      {knocks}.",
    "text: |2\n        One.\n\n        Two {knocks}.",
    "text: [One., {text: Two.}, 'Three {knocks}.']",
]


@pytest.mark.parametrize("written", LINES)
@pytest.mark.parametrize(
    ("mark", "code"), [("{knocks}", "WG310"), ("{", "WG206"), ("[[knocks]]", "WG206"), ("*knocks", "WG206")]
)
def test_a_mark_is_found_where_it_stands(written: str, mark: str, code: str, tmp_path: Path) -> None:
    """Line and column are the mark's own, in every style of YAML and behind other paragraphs."""
    written = written.replace("{knocks}", mark)
    chapter = CHAPTER.replace("text: Somebody knocks.", written)
    before = chapter[: chapter.index(written) + written.rindex(mark)]
    findings = checked(tmp_path, chapter=chapter)[1]
    assert [(one.code, one.line, one.column) for one in findings] == [
        (code, before.count("\n") + 1, len(before) - before.rfind("\n"))
    ]


def test_two_marks_of_one_name_are_found_apart(tmp_path: Path) -> None:
    """Each {name} that is none is a finding of its own."""
    findings = checked(tmp_path, chapter=CHAPTER.replace("Somebody knocks.", "'{who} and {who} knock.'"))[1]
    assert [(one.code, one.column) for one in findings] == [("WG310", 12), ("WG310", 22)]


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(st.text("ab'\"\\#:字—é\u00a0 ", min_size=1).filter(str.strip), min_size=1, max_size=6),
    st.sampled_from(["'", '"', "|", ">"]),
    st.integers(10, 60),
    st.booleans(),
)
def test_a_place_is_found_in_whatever_yaml_writes(lines: list[str], style: str, width: int, ascii_: bool) -> None:
    """A mark that stands once in a text is found by the characters before it, however YAML's own writer writes it."""
    value = "\n".join([*lines, "@ that was it"])
    text = "# 字\n" + yaml.dump(
        {"key": {"text": value}}, default_style=style, width=width, allow_unicode=not ascii_, indent=3
    )
    document = read_text(text, "a.yaml")
    assert isinstance(document, Document)
    assert document.data == {"key": {"text": value}}
    found = document.finding("WG206", ("key", "text"), "", "", after=count_visible(value[: value.index("@")]))
    assert text.splitlines()[found.line - 1][found.column - 1] == "@"
