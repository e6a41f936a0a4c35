"""Markup of a paragraph: spans, errors with their places, and escapes."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.lang.markup import InWords, MarkupProblem, Passage, Span, parse, split_paragraphs
from game.play import begin
from tests.story.packs import CHAPTER, PACK, checked, codes, playable

TERMS = {"mu": "mu", "struggle session": "struggle-session"}


def parts(text: str) -> list[tuple[str, ...]]:
    """A text's parts, each as its kind and content."""
    found: list[tuple[str, ...]] = []
    for part in parse(text, lambda name: TERMS.get(name.casefold())):
        if isinstance(part, InWords):
            found.append(("value", part.variable, part.kind))
        else:
            found.append((part.kind, part.text) if part.target is None else (part.kind, part.text, part.target))
    return found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("plain", [("plain", "plain")]),
        ("a *b c* d", [("plain", "a "), ("emphasis", "b c"), ("plain", " d")]),
        ("*all*", [("emphasis", "all")]),
        ("a [[mu]].", [("plain", "a "), ("term", "mu", "mu"), ("plain", ".")]),
        ("[[Mu]]", [("term", "Mu", "mu")]),
        ("[[the meetings|struggle session]]", [("term", "the meetings", "struggle-session")]),
        ("[[ mu ]]", [("term", "mu", "mu")]),
        ("{grain}", [("value", "grain", "plain")]),
        ("{ grain }", [("value", "grain", "plain")]),
        ("*with {grain} left*", [("emphasis", "with "), ("value", "grain", "emphasis"), ("emphasis", " left")]),
        ("*a [[mu]] b*", [("emphasis", "a "), ("term", "mu", "mu"), ("emphasis", " b")]),
        (r"\*a\* \{b\} \[[c]] \\d", [("plain", r"*a* {b} [[c]] \d")]),
        (r"a \n b", [("plain", r"a \n b")]),
        ("a ] b } c [d] ]]", [("plain", "a ] b } c [d] ]]")]),
        ("", []),
    ],
)
def test_marks_become_spans(text: str, expected: list[tuple[str, ...]]) -> None:
    assert parts(text) == expected


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("a *b", 2),
        ("*a* *", 4),
        ("a {b", 2),
        ("{a\nb}", 0),
        ("a [[b", 2),
        ("[[a\nb]]", 0),
        ("[[a]", 0),
        ("x [[]]", 2),
        ("[[|mu]]", 0),
        ("[[nothing]]", 0),
        ("[[mu|nothing]]", 0),
        ("x {}", 2),
        ("{grain + 1}", 0),
        ("{Grain}", 0),
        ("a **b** c", 2),
    ],
)
def test_invalid_markup_is_reported_at_its_place(text: str, at: int) -> None:
    with pytest.raises(MarkupProblem) as problem:
        parts(text)
    assert problem.value.at == at
    assert problem.value.problem and problem.value.remedy.endswith(".")


@given(st.text(alphabet=st.sampled_from("ab *{}[]\\|\n._grain")))
def test_any_text_is_parts_or_a_problem(text: str) -> None:
    try:
        found = parse(text)
    except MarkupProblem as problem:
        assert 0 <= problem.at < len(text)
    else:
        assert all(part.text for part in found if isinstance(part, Span))


@given(st.text())
def test_an_escaped_text_is_itself(text: str) -> None:
    escaped = "".join("\\" + c if c in "*{}[]\\" else c for c in text)
    assert "".join(part.text for part in parse(escaped) if isinstance(part, Span)) == text


def test_paragraphs_stand_apart_by_a_blank_line_and_keep_no_break_spaces() -> None:
    text = "\n\n  one\n  two  \n \t \nthree\n\n\nfour"
    assert split_paragraphs(text) == ["one two", "three", "four"]
    assert split_paragraphs(" \n ") == []
    assert split_paragraphs("12\u00a0600 sacks\n\n\u3000\u3000三亩地") == ["12\u00a0600 sacks", "\u3000\u3000三亩地"]


def test_a_text_without_variables_is_one_shared_paragraph() -> None:
    assert Passage(parse("a *b*")).fixed is not None
    assert Passage(parse("a {grain}")).fixed is None


def test_values_are_shown_in_words_and_speakers_by_name(tmp_path: Path) -> None:
    chapter = CHAPTER.replace(
        "    text: Somebody knocks.\n",
        """\
    do: [sacks = 4868, grain -= 1, wok = false]
    because: [invented]
    text:
      - "We had {grain}, *and {wok}*, and {sacks} sacks."
      - {by: loudspeaker, text: Full bowls!}
      - {if: wok, text: Nobody reads this.}
      - {if: not wok, text: "One more.\\n\\nAnd another."}
""",
    )
    pack = PACK.replace("  wok:", "  sacks: {start: 0, min: 0, max: 8000}\n  wok:")
    page = begin(playable(tmp_path, pack=pack, chapter=chapter), "villager").page
    assert [(paragraph.by, paragraph.text) for paragraph in page.paragraphs] == [
        (None, "We had half a jar, and the bare hook, and 4,868 sacks."),
        ("loudspeaker", "Full bowls!"),
        (None, "One more."),
        (None, "And another."),
    ]
    kinds = [(span.text, span.kind) for span in page.paragraphs[0].spans]
    assert ("the bare hook", "emphasis") in kinds


def test_a_glossary_is_found_by_any_of_its_names(tmp_path: Path) -> None:
    glossary = 'glossary:\n  work-points: {term: work points, also: [points], text: "Written down."}\n'
    written = "a [[Work points]], [[points]], [[these|work-points]]"
    story = playable(tmp_path, glossary=glossary, chapter=CHAPTER.replace("Somebody knocks.", f'"{written}"'))
    spans = begin(story, "villager").page.paragraphs[0].spans
    assert [span.target for span in spans if span.kind == "term"] == ["work-points"] * 3


@pytest.mark.parametrize("where", ["text", "brief", "skip", "alt"])
def test_markup_is_checked_in_every_text(where: str, tmp_path: Path) -> None:
    chapter = {
        "text": CHAPTER.replace("Somebody knocks.", "Somebody *knocks."),
        "brief": CHAPTER.replace("    text: Somebody", "    brief: a *b\n    text: Somebody"),
        "skip": CHAPTER.replace("nodes:", "skip: {text: a *b}\nnodes:"),
        "alt": CHAPTER,
    }[where]
    pack = PACK.replace("scene: courtyard", "scene: courtyard, alt: A *wall") if where == "alt" else PACK
    assert codes(checked(tmp_path, pack=pack, chapter=chapter)[1]) == ["WG206"]


def test_a_picture_s_words_may_name_its_parameters(tmp_path: Path) -> None:
    pack = PACK.replace(
        "scene: courtyard",
        'scene: courtyard, params: {jar: grain, season: winter, half: grain // 2}, alt: "In {season}, {jar}; {wok}."',
    )
    picture = begin(playable(tmp_path, pack=pack), "villager").page.picture
    assert picture is not None
    assert picture.alt == "In winter, half a jar; the wok on its hook."
    assert picture.params == {"jar": 2, "season": "winter", "half": 1}
    assert codes(checked(tmp_path / "b", pack=pack.replace("{jar}", "{half}"))[1]) == ["WG310"]


def test_a_variable_is_shown_in_words_or_as_a_count() -> None:
    assert parse("{jar}, {jar|count}") == (InWords("jar"), Span(", "), InWords("jar", count=True))
    with pytest.raises(MarkupProblem, match="`words` is no way to show a variable"):
        parse("{jar|words}")
