"""Invalid YAML is diagnosed in plain words at the place of the mistake."""

from __future__ import annotations

from unittest.mock import Mock

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from game.core.findings import Finding
from game.yamlio.diagnosis import diagnose
from game.yamlio.reader import Document, read_text
from tests.story.texts import LINES, any_text, each_line_otherwise, lines, with_lines_otherwise, yamlish

CHAPTER = """\
chapter: receipt
role: villager
title: The Receipt
skip:
  text: They came for the iron.
  brief: They came.
nodes:
  gate:
    text: |
      They came with a cart.

      He had a list.

      "Is that all?" he said.
    brief: They came.
    choices:
      - id: open
        say: I opened.
        goto: inside
      - id: wait
        say: I waited, because it was cold.
        goto: the-receipt
  inside:
    text:
      - They came in.
      - {by: the clerk, text: "Sign here!"}
      - {if: wok, text: "He took the wok."}
      - {if: not wok, text: "He took the hinges."}
    goto: the-receipt
  the-receipt:
    text: |
      He wrote a receipt.

      It said: one wok.
    brief: A receipt.
    because: [invented]
    goto: hall
  hall:
    text: "We ate in the hall."
    choices:
      - {id: eat, say: I ate., goto: over}
      - {id: stay, say: I stayed., goto: over}
  over:
    text: It was over.
    end: over
"""


def slip(text: str) -> Finding:
    finding = read_text(text, "a.yaml")
    assert isinstance(finding, Finding)
    return finding


def edited(old: str, new: str) -> str:
    assert CHAPTER.count(old) == 1
    return CHAPTER.replace(old, new)


@pytest.mark.parametrize(
    ("old", "new", "place", "said"),
    [
        # quotes
        ('"Sign here!"', '"Sign here!', (26, 31), "never closed; the next one stands in line 27"),
        ('"We ate in the hall."', '"We ate in the hall.', (39, 11), "the quote that opens here is never closed"),
        ("say: I opened.", 'say: "Write it," I said.', (18, 14), "begins with a quote and goes on"),
        ("- They came in.", '- "Write it," I said.', (25, 9), "begins with a quote and goes on"),
        ("say: I ate.", "say: 'Eat it' I said", (41, 24), "in double quotes"),
        ("say: I opened.", "say: 'It's mine.'", (18, 17), "the apostrophe ends the text"),
        ("say: I opened.", r'say: "I \opened."', (18, 17), r"`\o` has no meaning"),
        # indentation
        ("  the-receipt:\n", "the-receipt:\n", (30, 1), "2 spaces further left than its neighbours"),
        ('      "Is that', '    "Is that', (14, 5), "2 spaces further left than its neighbours (line 12)"),
        ("      It said: one", "    It said one", (34, 5), "2 spaces further left than its neighbours (line 32)"),
        ("      - id: wait", "     - id: wait", (20, 6), "one space further left than its neighbours (line 17)"),
        ("        say: I opened", "         say: I opened", (18, 10), "one space further right than its neighbours"),
        ("    goto: hall", "   goto: hall", (37, 4), "one space further left"),
        ("\n  hall:", "\n   hall:", (38, 4), "one space further right"),
        # tabs
        ("    brief: A receipt", "\tbrief: A receipt", (35, 1), "a tab stands in front of this line"),
        ("        say: I waited", "      \tsay: I waited", (21, 7), "Use spaces instead"),
        # colons and dashes
        ("  the-receipt:\n", "  the-receipt\n", (30, 3), "no colon stands behind `the-receipt`"),
        ("brief: A receipt", "brief A receipt", (35, 5), "no colon stands behind `brief`"),
        ("goto: hall", "goto; hall", (37, 5), "no colon stands behind `goto`"),
        ("chapter: receipt", "chapter receipt", (1, 1), "no colon stands behind `chapter`"),
        ("brief: A receipt", "brief:A receipt", (35, 10), "no space stands behind the colon of `brief`"),
        ("- id: wait", "-id: wait", (20, 7), "no space stands behind the dash"),
        ("title: The Receipt", "title: Receipt: a story", (3, 15), "holds a colon and a space"),
        ("say: I ate.", "say: I ate: all", (41, 29), "holds a colon and a space"),
        # brackets and signs
        ("[invented]", "[invented", (36, 14), "the `[` that opens here is never closed"),
        ("goto: over}\n      - {id: stay", "goto: over\n      - {id: stay", (41, 9), "the `{` that opens here"),
        ("say: I ate., goto: over}", "say: I ate., goto: over}}", (41, 43), "`}` closes what was not opened"),
        ("say: I opened.", "say: [[mu]] I opened.", (18, 14), "begins with `[` and goes on"),
        ("say: I opened.", "say: {grain} I opened.", (18, 14), "begins with `{` and goes on"),
        ("say: I opened.", "say: @home I opened.", (18, 14), "cannot begin with `@`"),
        ("say: I opened.", "say: `Open`, I said.", (18, 14), "cannot begin with a backtick"),
        ("say: I opened.", "say: *Ah*, I opened.", (18, 14), "cannot begin with `*`"),
        ("say: I opened.", "say: - I opened.", (18, 14), "cannot begin with `-`"),
        ("say: I opened.", "say: > I opened.", (18, 14), "on the line below its `>`"),
    ],
)
def test_each_mistake_is_diagnosed_at_its_place(old: str, new: str, place: tuple[int, int], said: str) -> None:
    finding = slip(edited(old, new))
    assert (finding.code, finding.line, finding.column) == ("WG101", *place), finding
    assert said in f"{finding.problem}. {finding.remedy}"


AMONG_KEYS = "a list's line stands here among keys"
ESCAPE = "which is not a readable character"


@pytest.mark.parametrize(
    ("text", "place", "said"),
    [
        # at the calendar's chapter that lost its spaces, not at the key around it
        ("calendar:\n  - a\n- b\n  - c\n", ("WG101", 3, 1), "2 spaces further left"),
        ("calendar:\n  - a\n  - b\n- c\n", ("WG101", 4, 1), "2 spaces further left"),
        ("a: b\n- c\n", ("WG101", 2, 1), AMONG_KEYS),
        ("pack: x\n- title\n", ("WG101", 2, 1), AMONG_KEYS),
        ("idle: 60\n- 70\n", ("WG101", 2, 1), AMONG_KEYS),
        ("a: b\n- - c\nd: e\n", ("WG101", 2, 1), AMONG_KEYS),
        ("%YAML 3.0\n---\na: b", ("WG101", 1, 1), "this is not YAML: "),  # what the parser says
        # forbidden characters by their escapes, which a terminal would obey
        (r'a: "\e[31mred"', ("WG102", 1, 4), ESCAPE),
        (r'"\0": a', ("WG102", 1, 1), ESCAPE),
        (r'a: [x, "\x7f"]', ("WG102", 1, 8), ESCAPE),
        (r'a: "\x9b1m"', ("WG102", 1, 4), ESCAPE),
    ],
)
def test_each_short_text_is_diagnosed_at_its_place(text: str, place: tuple[str, int, int], said: str) -> None:
    finding = slip(text)
    assert (finding.code, finding.line, finding.column) == place
    assert said in finding.problem and (said != AMONG_KEYS or finding.problem == said)
    assert str(finding).isprintable()


@pytest.mark.parametrize("by", [-1, 1])
def test_any_line_that_is_one_space_off_is_diagnosed(by: int) -> None:
    lines = CHAPTER.split("\n")
    said = 0
    for i, line in enumerate(lines):
        if not line.strip() or (by < 0 and line[0] != " "):
            continue
        moved = " " + line if by > 0 else line[1:]
        found = read_text("\n".join([*lines[:i], moved, *lines[i + 1 :]]), "a.yaml")
        if isinstance(found, Document):
            continue
        said += 1
        assert found.line == i + 1, (line, str(found))
        assert f"one space further {'right' if by > 0 else 'left'}" in found.problem
    assert said > 25


def test_the_first_of_two_mistakes_is_diagnosed() -> None:
    text = edited("        say: I opened", "         say: I opened").replace("\n  hall:", "\nhall:")
    assert slip(text).line == 18


def test_places_are_the_same_with_crlf() -> None:
    for old, new in [("  the-receipt:\n", "the-receipt:\n"), ("brief: A receipt", "brief A receipt")]:
        text = edited(old, new)
        assert slip(text.replace("\n", "\r\n")) == slip(text)


def test_a_star_that_looks_like_an_alias_is_reported_with_quotes_as_remedy() -> None:
    finding = slip(edited("say: I opened.", "say: *I opened* it."))
    assert finding.code == "WG104"
    assert "begins with `*` in quotes" in finding.remedy


def test_a_large_file_is_diagnosed_with_few_tries() -> None:
    text = CHAPTER + "".join(f"  n{i}: {{text: a, goto: next}}\n" for i in range(20_000)) + "x\n"
    assert slip(text).code == "WG101"


@settings(max_examples=300)
@given(st.one_of(any_text, yamlish, lines, with_lines_otherwise(CHAPTER), with_lines_otherwise("a: b\nc: d\ne: f\n")))
def test_any_text_is_a_value_or_a_finding(text: str) -> None:
    diagnose(text)
    found = read_text(text, "a.yaml")
    if isinstance(found, Finding):
        assert found.line >= 1 and found.column >= 1 and found.problem and found.remedy


def test_a_chapter_with_any_line_edited_is_diagnosed() -> None:
    """A list item at each place, and each line doubled, cut or moved; every ninth of these texts."""
    for text in list(each_line_otherwise(CHAPTER, LINES[0]))[::9]:
        diagnose(text)


def test_a_bug_in_the_diagnosis_hides_no_finding(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("game.yamlio.reader.diagnose", Mock(side_effect=RecursionError))
    finding = slip("a: b\n- c\n")
    assert (finding.code, finding.line) == ("WG101", 2)
    assert finding.problem.startswith("this is not YAML: ")


def test_escapes_of_readable_characters_are_kept() -> None:
    found = read_text(r'a: "\n\t\x41\u4e2d\U0001F33E"' + "\n", "a.yaml")
    assert isinstance(found, Document) and found.data == {"a": "\n\tA\u4e2d\U0001f33e"}
