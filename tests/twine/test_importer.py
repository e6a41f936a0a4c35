"""Twee of Twine, Tweego or a person becomes a pack that can be played; what is lost is reported."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from game.core.files import write_folder_atomic
from game.play import Playthrough, begin
from game.story import Finding, Story, check
from game.twine.importer import MAX_FILE_BYTES, ImportedPack, import_twee
from game.twine.pack_writer import pack_file_texts
from game.twine.twee_file import TweePassage, parse_twee, twee_text


def made(text: str) -> tuple[ImportedPack, list[Finding]]:
    """The pack of a Twee text, and what was lost."""
    pack, findings = import_twee(text.encode(), "story.twee")
    assert pack is not None, findings
    return pack, findings


def nodes(text: str) -> dict[str, Any]:
    """The nodes of a text of which nothing is lost."""
    pack, findings = made(text)
    assert findings == []
    (chapter,) = pack.chapters
    found: dict[str, Any] = chapter["nodes"]
    return found


def story_of(pack: ImportedPack, findings: list[Finding], folder: Path) -> Story:
    """The story of a made pack, which has no error."""
    write_folder_atomic(folder, pack_file_texts(pack, "story.twee", findings).items())
    story, found = check(folder)
    assert story is not None, "\n".join(map(str, found))
    return story


def started(text: str, folder: Path) -> Playthrough:
    """The first page of a Twee text's story."""
    return begin(story_of(*made(text), folder), "reader")


def shown(p: Playthrough) -> list[str]:
    """The page's paragraphs."""
    return [paragraph.text for paragraph in p.page.paragraphs]


def lost(text: str) -> list[tuple[str, str]]:
    """Each finding's code and place."""
    return [(one.code, f"{one.line}:{one.column}") for one in made(text)[1]]


@pytest.mark.parametrize("link", ["[[Cellar]]", "[[Cellar->Cellar]]", "[[Cellar<-Cellar]]", "[[Cellar|Cellar]]"])
def test_every_form_of_a_link(link: str) -> None:
    """A link's words become a choice, and its passage the node behind it, however it is written."""
    page = nodes(
        f":: Start\nA door.\n\n{link}\n{link.replace('Cellar', 'Yard', 1)}\n\n:: Cellar\nDark.\n\n:: Yard\nLight.\n"
    )
    assert page["start"]["choices"][0] == {"id": "cellar", "say": "Cellar", "goto": "cellar"}
    assert page["start"]["text"] == ["A door."]
    assert page["cellar"] == {"text": ["Dark."], "end": "cellar"}


def test_a_link_in_a_sentence_leaves_its_words(tmp_path: Path) -> None:
    """A sentence that holds a link reads on without it, and the link is a choice below."""
    p = started(":: Start\nYou see [[a door->In]] and a [[window|Out]].\n:: In\nIn.\n:: Out\nOut.\n", tmp_path / "p")
    assert shown(p) == ["You see a door and a window."]
    assert [option.say for option in p.page.choices] == ["a door", "window"]
    assert shown(p.choose("window")) == ["Out."]


def test_headers_as_the_specification_has_them() -> None:
    """Names with escaped brackets, tags and metadata are read, and written so that they are read again."""
    (passage,) = parse_twee(':: A \\[strange\\] \\{name\\} \\\\ [one two\\]] {"position":"600,400"}\n\nText.\n\n')
    assert passage.name == "A [strange] {name} \\"
    assert passage.tags == ("one", "two]")
    assert passage.metadata == {"position": "600,400"}
    assert passage.content == "Text."
    assert (passage.line, passage.first) == (1, 3)
    (again,) = parse_twee(twee_text([passage]))
    assert (again.name, again.tags, again.metadata, again.content) == (
        passage.name, passage.tags, passage.metadata, passage.content,
    )  # fmt: skip


@given(
    st.text(st.characters(exclude_categories=["Cc", "Cs", "Zs", "Zl", "Zp"]), min_size=1),
    st.lists(st.text("ab[]{}\\", min_size=1)),
)
def test_any_name_and_tags_come_back(name: str, tags: list[str]) -> None:
    """Whatever a passage is called, its header gives the same name and tags again."""
    (back,) = parse_twee(twee_text([TweePassage(name, tuple(tags), "x", {"size": "1,1"})]))
    assert (back.name, back.tags, back.metadata, back.flaw) == (name, tuple(tags), {"size": "1,1"}, "")


def test_names_become_ids(tmp_path: Path) -> None:
    """Ids are lower-case words, each once, also for names in other scripts or with none."""
    text = ":: Start\n[[A Café!]] [[a cafe]] [[井边]] [[屋里]] [[next]] [[2nd — floor]]\n" + "".join(
        f":: {name}\nHere.\n" for name in ("A Café!", "a cafe", "井边", "屋里", "next", "2nd — floor")
    )
    assert list(nodes(text)) == ["start", "a-cafe", "a-cafe-2", "page", "page-2", "next-2", "2nd-floor"]
    started(text, tmp_path / "pack")


def test_the_story_has_its_title_and_start(tmp_path: Path) -> None:
    """StoryTitle names the story, StoryData its first passage, wherever that stands."""
    text = (
        ':: StoryTitle\nThe Well\n\n:: StoryData\n{"start": "Second"}\n\n:: First\nOne.\n\n:: Second\nTwo.\n[[First]]\n'
    )
    pack, findings = made(text)
    assert findings == []
    assert (pack.pack["pack"], pack.pack["title"]) == ("the-well", "The Well")
    assert shown(started(text, tmp_path / "pack")) == ["Two."]


SUGARCUBE = """\
:: StoryInit
<<set $coins to 3, $mood = "calm">>
<<set $lamp to false>>

:: Start
<<set $coins -= 1>>
You have $coins coins. It is <<if $lamp>>lit<<else>>dark<</if>>.

<<if $coins gte 2 && !$lamp>>
You could buy a lamp.
<<elseif $mood is "angry">>
You are angry.
<</if>>
[[Buy it->Start][$lamp to true; $mood to "angry"]]
<<if $lamp>>[[Go down->Fork]]<</if>>

:: Fork
<<if $coins lt 1>><<goto "Poor">><<else>><<include "Rich">><</if>>

:: Poor
Poor.

:: Rich
Rich: ''<<print $coins>>''.
"""


def test_sugarcubes_logic_is_imported(tmp_path: Path) -> None:
    """Variables, conditions (inside a sentence too), effects and passages that only lead on play as they did."""
    assert lost(SUGARCUBE) == []
    p = started(SUGARCUBE, tmp_path / "pack")
    assert shown(p) == ["You have 2 coins. It is dark.", "You could buy a lamp."]
    assert [option.id for option in p.page.choices] == ["buy-it"]
    p = p.choose("buy-it")
    assert shown(p) == ["You have 1 coins. It is lit.", "You are angry."]
    rich = p.choose("go-down")
    assert shown(rich) == ["Rich: 1."]
    assert rich.page.paragraphs[0].spans[1].kind == "emphasis"
    assert shown(p.choose("buy-it").choose("go-down")) == ["Poor."]


@pytest.mark.parametrize(
    ("content", "places"),
    [
        ("Now <<timed 2s>>later<</timed>>.", [("WG902", "2:5")]),
        ("<<if random(1, 2) is 1>>Heads.<</if>>", [("WG902", "2:1")]),
        ("<<set $x to [1]>>", [("WG902", "2:1")]),
        ("Words\n<img src='a.png'> and <u>more</u>.", [("WG904", "3:1"), ("WG904", "3:23")]),
        ("[img[a.png]]", [("WG904", "2:1")]),
        ("Over [[there->Nowhere]].", [("WG903", "2:6")]),
        ("<% var x = 1 %>Words.", [("WG902", "2:1")]),
        ("<<script>>\n- alert(1)\n<</script>>\n\nWords.<<else>>", [("WG902", "2:1"), ("WG902", "6:7")]),
        ("Words.<script>alert(1)</script>", [("WG902", "2:7")]),
        ("Words.<<script>>alert(1)", [("WG902", "2:7")]),
        ("<style>a {b: c}</style>Words.", [("WG902", "2:1")]),
        ("You have $gold.", [("WG902", "2:10")]),
        ("Text. <<include 'Other'>>\n\n:: Other\nMore.", [("WG902", "2:7")]),
        ("[[->]]", [("WG903", "2:1")]),
        ("<<else>>", [("WG902", "2:1")]),
        ("<<if true>><<set $a to 1>><</if>>", [("WG902", "2:12")]),
        ("A.\n\n:: Start\nB.", [("WG905", "4:1")]),
        ("A.\n\n:: B [x\nB.", [("WG905", "4:1")]),
        ("A.\n\n:: Code [script]\nalert(1)", [("WG902", "4:1")]),
        ("A.\n\n:: StoryData\n{", [("WG905", "5:1")]),
    ],
)
def test_what_is_lost_is_reported_at_its_place(content: str, places: list[tuple[str, str]], tmp_path: Path) -> None:
    """Each thing that the story language has not is a finding at its line and column, and the rest plays."""
    text = f":: Start\n{content}\n"
    assert lost(text) == places
    p = started(text, tmp_path / "pack")
    assert p.page.node == "untitled.start"
    assert "alert" not in "".join(shown(p))
    assert ("Words." in shown(p)) == ("Words." in content)


@pytest.mark.parametrize(
    ("content", "least", "most"),
    [
        ("<<set $n to 3>>", 0, 99),
        ("<<set $n += 100>>", 0, 999),
        ("<<set $n to 1>><<if $n gte 1500>>Many.<</if>>", 0, 9999),
        ("<<set $n to -5>>", -99, 99),
        ("<<set $n -= 1>><<if $n lt 0>>Less.<</if>>", -99, 99),
        ("<<set $n -= 1>><<if $n lte 0>>None.<</if>>", 0, 99),
    ],
)
def test_a_number_has_bounds_with_room_for_what_the_story_asks(content: str, least: int, most: int) -> None:
    """Every value that a passage gives a number, or tells apart from others, lies within its bounds."""
    number = made(f":: Start\n{content}Words.\n")[0].pack["variables"]["n"]
    assert (number["min"], number["max"]) == (least, most)


def test_harlowe_keeps_its_words(tmp_path: Path) -> None:
    """Another format's macros are lost, each at its place; hooks keep their words, stars their emphasis, links lead."""
    text = (
        ':: StoryData\n{"format": "Harlowe"}\n\n:: Start\n(set: $x to 1)A **door**. (if: $x is 1)[It is open.]\n\n'
        '(link-goto: "Run", "Room")\n[[Go in->Room]]\n\n:: Room\nThe end.\n'
    )
    assert lost(text) == [("WG902", "5:1"), ("WG902", "5:27")]
    p = started(text, tmp_path / "pack")
    assert shown(p) == ["A door. It is open."]
    assert p.page.paragraphs[0].spans[1].kind == "emphasis"
    assert sorted(option.id for option in p.page.choices) == ["go-in", "run"]


def test_a_story_without_a_start_begins_with_its_first_passage(tmp_path: Path) -> None:
    """No `Start`, or a start that is not there, is said."""
    assert lost(":: One\nOne.\n") == [("WG905", "1:1")]
    assert lost(':: StoryData\n{"start": "Gone"}\n\n:: One\nOne.\n') == [("WG905", "4:1")]
    assert shown(started(":: One\nOne.\n", tmp_path / "pack")) == ["One."]


def test_passages_that_only_lead_round_are_endings(tmp_path: Path) -> None:
    """Two passages that show each other for ever would hang Twine; here each is an ending, and that is said."""
    text = ':: Start\n<<goto "B">>\n\n:: B\n<<goto "Start">>\n'
    assert lost(text) == [("WG903", "2:1"), ("WG903", "5:1")]
    assert shown(started(text, tmp_path / "pack")) == ["Start"]


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (b"", "no passage begins in it"),
        (b"Only words.", "no passage begins in it"),
        (b"<!DOCTYPE html><tw-storydata></tw-storydata>", "published as HTML"),
        (":: Start\n".encode("utf-16"), "not text in UTF-8"),
        (":: Start\né\n".encode("latin-1"), "not text in UTF-8"),
        (b"\x00\x01\x02", "not text in UTF-8"),
        (b":: StoryTitle\nx\n", "no passage of it is a page"),
        (b":: Start\n" + b"x" * MAX_FILE_BYTES, "larger than"),
    ],
)  # fmt: skip
def test_a_file_that_is_no_twee_is_a_finding(raw: bytes, words: str) -> None:
    """Another kind of file is one finding that says what it is and what to do."""
    pack, (finding,) = import_twee(raw, "story.twee")
    assert pack is None
    assert finding.code == "WG901"
    assert words in finding.problem
    assert finding.remedy


def test_windows_lines_and_a_mark_in_front_are_read() -> None:
    """A file saved on Windows is the same story."""
    text = ":: Start\nA door.\n[[In]]\n\n:: In\nIn.\n"
    pack, findings = import_twee(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode(), "story.twee")
    assert (pack, findings) == made(text)


PIECES = [
    "[[", "]]", "->", "|", "<-", "<<", ">>", "<<if $a>>", "<</if>>", "<<else>>", "<<set $a to ", "1", "$a", '"', "'",
    "*", "{", "}", "\\", "\n", "\n\n", ":: ", "\n:: B\n", "[", "]", "(if: $a)[", "<em>", "</em>", "//", "''", "B",
    "word ", "&lt;", "<<goto 'B'>>", "大", "<<link 'x' 'B'>>", "<</link>>", "<<words-of-a>>",
    '<span class="by">x:</span>', "<!--", "/*", "*/", "\x07", "!", "- ", "<%", "%>",
]  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), max_size=25).map("".join))
@example("<<if $a>>x<<if $a>>y<</if>>z<<else>>w<</if>>v")
@example("\\")
def test_any_twee_becomes_a_sound_pack(content: str) -> None:
    """However its marks are mixed up, what comes of it has no error."""
    import tempfile

    pack, findings = made(f":: StoryInit\n<<set $a to true>>\n\n:: Start\n{content}\n")
    with tempfile.TemporaryDirectory() as folder:
        story = story_of(pack, findings, Path(folder) / "pack")
        assert begin(story, "reader").page.paragraphs


def test_invalid_metadata_is_reported() -> None:
    """Where what came along is no YAML any more, the passages are still read."""
    text = ":: Start\nA.\n\n:: StoryPack [Twine.private]\n{a: [\n"
    pack, findings = made(text)
    assert [finding.code for finding in findings] == ["WG905"]
    assert len(pack.chapters) == 1


def test_too_many_findings_are_cut_off_and_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    """A file of which next to nothing can be carried over fills no memory, and nobody hears that that was all."""
    monkeypatch.setattr("game.twine.importer.MAX_FINDINGS", 5)
    _, findings = made(":: Start\n" + "<<foo>>\n" * 12)
    assert len(findings) == 6
    assert findings[0].problem == "7 more things are not carried over, of which nothing is told"
