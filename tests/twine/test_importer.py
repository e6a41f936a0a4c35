"""Twee from Twine, Tweego or a person becomes a pack that plays the same, or every obstacle is reported."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from game.core.files import write_folder_atomic
from game.play import Playthrough, begin
from game.story import load
from game.twine.importer import MAX_FILE_BYTES, ImportedPack, import_twee
from game.twine.twee_file import TweePassage, parse_twee, twee_text


def imported(text: str) -> ImportedPack:
    pack, findings = import_twee(text.encode(), "story.twee")
    assert pack is not None, "\n".join(map(str, findings))
    return pack


def started(text: str, folder: Path) -> Playthrough:
    """The first page of a Twee text's story, read from its files."""
    write_folder_atomic(folder, imported(text).files.items())
    return begin(load(folder), "reader")


def refused(text: str) -> list[tuple[str, str]]:
    pack, findings = import_twee(text.encode(), "story.twee")
    assert pack is None
    assert {finding.code for finding in findings} == {"WG902"}
    assert all(finding.severity == "error" and finding.remedy for finding in findings)
    return [(f"{finding.line}:{finding.column}", finding.problem) for finding in findings]


def shown(p: Playthrough) -> list[str]:
    return [paragraph.text for paragraph in p.page.paragraphs]


def choices(p: Playthrough) -> list[str]:
    return [option.say for option in p.page.choices]


def story(format: str, *passages: str) -> str:
    """A Twee file in a format; the first passage is `Start`, and `Room` is added."""
    data = f':: StoryData\n{{"format": "{format}"}}\n\n'
    return data + "\n\n".join([":: Start\n" + passages[0], *passages[1:], ":: Room\nA room.\n"])


SUGARCUBE = """\
:: StoryInit
<<set $coins to 3, $mood = "calm">>
<<set $hasLamp to false>>

:: Start
<<set $coins -= 1>>/* spent */
You have $coins coins. It is <<if $hasLamp>>lit<<else>>dark<</if>>.

<<if $coins gte 2 && !$hasLamp>>
You could buy a lamp.
<<elseif $mood is "angry">>
You are angry.
<</if>>
[[Buy it->Start][$hasLamp to true; $mood to "angry"]]
<<if $hasLamp>>[[Go down->Rich]]<</if>>

:: Rich
<<if $coins lt 1>><<set $mood to "calm">><</if>>Rich: ''<<print $coins>>''.
"""


def test_sugarcube_plays_as_it_did(tmp_path: Path) -> None:
    p = started(SUGARCUBE, tmp_path / "pack")
    assert shown(p) == ["You have 2 coins. It is dark.", "You could buy a lamp."]
    assert choices(p) == ["Buy it"]
    p = p.choose("buy-it")
    assert shown(p) == ["You have 1 coins. It is lit.", "You are angry."]
    assert choices(p) == ["Buy it", "Go down"]
    p = p.choose("go-down")
    assert shown(p) == ["Rich: 1."]
    assert p.page.paragraphs[0].spans[1].kind == "emphasis"


HARLOWE = """\
{(set: $lamp to false)
(set: $coins to 3)}A **door**, //shut//. (if: $coins is not 3)[It is open.](else-if: $lamp)[It is lit.](else:)[Dark.]

(unless: $coins > 5 or $lamp)[(if: $coins is 3)[[[Go in->Room]]](else:)[Nobody comes.]]
(link-goto: "Run", "Room") (set: $mood to "calm")
"""


def test_harlowe_plays_as_it_did(tmp_path: Path) -> None:
    p = started(story("Harlowe", HARLOWE), tmp_path / "pack")
    assert shown(p) == ["A door, shut. Dark."]
    assert [span.kind for span in p.page.paragraphs[0].spans] == ["plain", "emphasis", "plain", "emphasis", "plain"]
    assert choices(p) == ["Go in", "Run"]
    lit = started(story("Harlowe", HARLOWE.replace("false", "true")), tmp_path / "lit")
    assert shown(lit) == ["A door, shut. It is lit."]
    assert choices(lit) == ["Run"]
    poor = started(story("Harlowe", HARLOWE.replace("coins to 3", "coins to 2")), tmp_path / "poor")
    assert shown(poor) == ["A door, shut. It is open.", "Nobody comes."]


CHAPBOOK = """\
coins: 2 + 1
brave: true
fame (coins > 5): 2
--
A *door*, and {coins} coins.

[if coins === 3 && !brave]
You wait.

[else]
You knock.

[unless fame > 1]
Nobody knows you.

[continue]
> [[Go in->Room]]
"""


def test_chapbook_plays_as_it_did(tmp_path: Path) -> None:
    p = started(story("Chapbook", CHAPBOOK), tmp_path / "pack")
    assert shown(p) == ["A door, and 3 coins.", "You knock.", "Nobody knows you."]
    assert choices(p) == ["Go in"]
    assert shown(p.choose("go-in")) == ["A room."]
    shy = started(story("Chapbook", CHAPBOOK.replace("true", "false")), tmp_path / "shy")
    assert shown(shy)[1] == "You wait."


@pytest.mark.parametrize(
    ("format", "content", "places"),
    [
        ("SugarCube", "Now <<timed 2s>>later<</timed>>.", [("5:5", "`<<timed>>`")]),
        ("SugarCube", 'Text <<link "Go">><<goto "Room">><</link>>', [("5:6", "`<<link>>` is a link that does")]),
        ("SugarCube", 'Text <<goto "Room">>', [("5:6", "`<<goto>>` shows another passage")]),
        ("SugarCube", "<<if random(1, 2) is 1>>Heads.<</if>>", [("5:1", "`random` has no counterpart here")]),
        ("SugarCube", "Text <<set $x to [1]>>", [("5:6", "`[` has no counterpart here")]),
        ("SugarCube", 'Text <<set $x to "Two words">>', [("5:6", 'the text "Two words" is not one word')]),
        ("SugarCube", "<<if 1 lt $x lt 3>>a<</if>>b", [("5:1", "three values in a row")]),
        ("SugarCube", "You have $bag.size things", [("5:10", "`$bag.size`")]),
        ("SugarCube", "$x <<set $x to 1>>", [("5:4", "changes what is shown or asked for above it")]),
        ("SugarCube", "Text [img[a.png]]", [("5:6", "`[img[`")]),
        ("SugarCube", "A <u>word</u> and <img src='a.png'>", [("5:3", "`<u>`"), ("5:19", "`<img src='a.png'>`")]),
        ("SugarCube", "<<if true>>a<<else if false>>b<</if>>", [("5:13", "`<<else>>`")]),
        ("SugarCube", "A.\n\n:: StoryInit\n<<set $x to 1>><<set $x += 1>>", [("7:1", "more than set plain values")]),
        ("SugarCube", "Text\n<<if true>>and", [("5:1", "a condition is not closed")]),
        ("SugarCube", "Text <<set $x to 1", [("4:1", "`<<` in line 1 of it is not closed")]),
        ("SugarCube", "Text <script>alert(1)</script>", [("4:1", "the script or style sheet `<script>`")]),
        ("SugarCube", "!A heading", [("5:1", "`!`")]),
        ("Harlowe", "(if: $x contains 1)[a](else:)[b]", [("5:1", "`contains` has no counterpart here")]),
        ("Harlowe", "a (if: true and false or true)[b]", [("5:3", "side by side without brackets")]),
        ("Harlowe", "a (random: 1, 2)", [("5:3", "`(random:)`")]),
        ("Harlowe", "a |name>[b]", [("5:9", "a hook `[...]` without a macro")]),
        ("Harlowe", "a (live: 1s)[b]", [("5:3", "`(live:)`")]),
        ("Harlowe", 'a (link: "Go")[b]', [("5:3", "`(link:)` is a link that does something")]),
        ("Harlowe", "a (else:)[b]", [("5:3", "`(else:)`")]),
        ("Harlowe", "a (set: $x to 1", [("4:1", "`(set:` is not closed")]),
        ("Harlowe", "a (if: true)[b", [("5:1", "a condition is not closed")]),
        ("Chapbook", "config.style: 1\n--\na", [("5:1", "`config.style: 1` among the variables")]),
        ("Chapbook", "a {embed passage: 'Room'}", [("5:3", "`{embed passage: 'Room'}`")]),
        ("Chapbook", "[after 1 second]\na", [("5:1", "the modifier `[after 1 second]`")]),
        ("Chapbook", "x: random.d6\n--\na", [("5:1", "`.` has no counterpart here")]),
        ("Snowman", "a", [("2:1", "stories in the format Snowman are not carried over")]),
        ("SugarCube", "Over [[there->Nowhere]]", [("5:6", "leads to `Nowhere`, and there is no such passage")]),
        ("SugarCube", "[[Go->Room]]", [("4:1", "it has no words")]),
        ("SugarCube", "You have $gold.", [("4:1", "the variable `gold` is shown or asked for, and nothing sets it")]),
        ("SugarCube", "<<set $x to 1>><<if $x>>a<</if>>b", [("4:1", "number")]),
        ("SugarCube", "A.\n\n:: Room\nB.", [("10:1", "another passage of this name")]),
        ("SugarCube", "A.\n\n:: B [x\nB.", [("7:1", "its header cannot be read")]),
        ("SugarCube", "A.\n\n:: Code [script]\nalert(1)", [("7:1", "it is run, or shown on every page")]),
        ("SugarCube", "A.\n\n:: StoryCaption\n$x", [("7:1", "it is run, or shown on every page")]),
        ("SugarCube", "A.\n\n:: StoryInit\n<<set $x to 1>>Words", [("7:1", "it does more than set plain values")]),
    ],
)  # fmt: skip
def test_what_cannot_be_carried_over_is_refused(format: str, content: str, places: list[tuple[str, str]]) -> None:
    found = refused(story(format, content))
    assert [place for place, _ in found] == [place for place, _ in places], found
    for (_, problem), (_, words) in zip(found, places, strict=True):
        assert words in problem
        assert problem.startswith("passage `")


def test_the_format_is_guessed_where_none_is_named(tmp_path: Path) -> None:
    for number, (format, content) in enumerate((("Harlowe", HARLOWE), ("Chapbook", CHAPBOOK))):
        text = story(format, content)
        bare = text[text.index(":: Start") :]
        assert shown(started(bare, tmp_path / f"{number}")) == shown(started(text, tmp_path / f"{number}-named"))


@pytest.mark.parametrize("link", ["[[Room]]", "[[Room->Room]]", "[[Room<-Room]]", "[[Room|Room]]"])
def test_every_form_of_a_link(link: str) -> None:
    node = imported(story("SugarCube", f"A door.\n{link}")).nodes
    assert node["start"]["choices"][0] == {"id": "room", "say": "Room", "goto": "room"}
    assert node["start"]["text"] == ["A door."]
    assert node["room"] == {"text": ["A room."], "end": "room"}


def test_a_link_in_a_sentence_leaves_its_words(tmp_path: Path) -> None:
    p = started(story("SugarCube", "You see [[a door->Room]] and a [[window|Room]]."), tmp_path / "p")
    assert shown(p) == ["You see a door and a window."]
    assert choices(p) == ["a door", "window"]


@pytest.mark.parametrize(("value", "printed"), [("3", "3"), ("-5", "-5"), ('"calm"', "calm")])
def test_a_value_is_shown_as_in_twine(value: str, printed: str, tmp_path: Path) -> None:
    text = f":: StoryInit\n<<set $x to {value}>>\n\n{story('SugarCube', 'It is $x, or <<print $x>>.')}"
    assert shown(started(text, tmp_path / "pack")) == [f"It is {printed}, or {printed}."]


def test_not_binds_as_closely_as_in_javascript(tmp_path: Path) -> None:
    text = "<<set $open to false, $shut to true>><<if !$open is $shut>>Alike.<<else>>Unlike.<</if>>"
    assert shown(started(story("SugarCube", text), tmp_path / "p")) == ["Alike."]


def test_headers_as_the_specification_has_them() -> None:
    (passage,) = parse_twee(':: A \\[strange\\] \\{name\\} \\\\ [one two\\]] {"position":"600,400"}\n\nText.\n\n')
    assert passage.name == "A [strange] {name} \\"
    assert (passage.tags, passage.content) == (("one", "two]"), "Text.")
    assert (passage.line, passage.first) == (1, 3)
    (again,) = parse_twee(twee_text([passage]))
    assert (again.name, again.tags, again.content) == (passage.name, passage.tags, passage.content)


@given(
    st.text(st.characters(exclude_categories=["Cc", "Cs", "Zs", "Zl", "Zp"]), min_size=1),
    st.lists(st.text("ab[]{}\\", min_size=1)),
)
def test_any_name_and_tags_come_back(name: str, tags: list[str]) -> None:
    (back,) = parse_twee(twee_text([TweePassage(name, tuple(tags), "x", "1,1")]))
    assert (back.name, back.tags, back.sound) == (name, tuple(tags), True)


def test_names_become_ids(tmp_path: Path) -> None:
    names = ("A Café!", "a cafe", "井边", "屋里", "next", "2nd — floor")
    text = ":: Start\n<<set $hasLamp to true, $has_lamp to true, $seen to true>>Go.\n"
    text += " ".join(f"[[{name}]]" for name in names) + "\n" + "".join(f":: {name}\nHere.\n" for name in names)
    pack = imported(text)
    assert list(pack.nodes) == ["start", "a-cafe", "a-cafe-2", "page", "page-2", "next-2", "2nd-floor"]
    assert list(pack.variables) == ["has_lamp", "has_lamp_", "seen_"]
    started(text, tmp_path / "pack")


def test_the_story_has_its_title_and_start(tmp_path: Path) -> None:
    head = ":: StoryTitle\nThe Well\n\n"
    text = head + ':: StoryData\n{"start": "Second"}\n\n:: First\nOne.\n\n:: Second\nTwo.\n[[First]]\n'
    p = started(text, tmp_path / "pack")
    assert (p.story.title, shown(p)) == ("The Well", ["Two."])
    assert refused(head + ":: First\nOne.\n") == [("0:0", "there is no passage `Start` to begin with")]


@pytest.mark.parametrize(
    ("content", "least", "most"),
    [
        ("<<set $n to 3>>", 0, 99),
        ("<<set $n += 100>>", 0, 999),
        ("<<set $n to 1>><<if 1 is 1 and $n gte 1500>>Many.<</if>>", 0, 9999),
        ("<<set $n to -5>>", -99, 99),
        ("<<set $n -= 1>>", -99, 99),
    ],
)
def test_a_number_has_bounds_with_room_for_what_the_story_asks(content: str, least: int, most: int) -> None:
    number: dict[str, Any] = imported(f":: Start\n{content}Words.\n").variables["n"]
    assert (number["min"], number["max"]) == (least, most)


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (b"", "no passage begins in it"),
        (b"Only words.", "no passage begins in it"),
        (b"<!DOCTYPE html><tw-storydata></tw-storydata>", "published as HTML"),
        (":: Start\n".encode("utf-16"), "not text in UTF-8"),
        (":: Start\né\n".encode("latin-1"), "not text in UTF-8"),
        (b"\x00\x01\x02", "not text in UTF-8"),
        (b":: Start\n" + b"x" * MAX_FILE_BYTES, "larger than"),
        (b":: Start\n" + "大".encode() * (MAX_FILE_BYTES // 3), "larger than"),
    ],
)  # fmt: skip
def test_a_file_that_is_not_twee_is_a_finding(raw: bytes, words: str) -> None:
    pack, (finding,) = import_twee(raw, "story.twee")
    assert pack is None
    assert finding.code == "WG901"
    assert words in finding.problem


def test_windows_lines_and_a_mark_in_front_are_read() -> None:
    text = story("SugarCube", "A door.\n[[Room]]")
    pack, _ = import_twee(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode(), "story.twee")
    assert pack == imported(text)


PIECES = [
    "[[", "]]", "->", "|", "<-", "<<", ">>", "<<if $a>>", "<</if>>", "<<else>>", "<<set $a to ", "1", "$a", '"', "'",
    "*", "{", "}", "\\", "\n", "\n\n", ":: ", "\n:: B\n", "[", "]", "(if: $a)[", "(else:)[", "(set: $a to true)",
    "<em>", "</em>", "//", "''", "B", "word ", "&lt;", "<<goto 'B'>>", "大", "<<link 'x' 'B'>>", "<</link>>", "<!--",
    "/*", "*/", "\x07", "!", "- ", "<%", "%>", "\n--\n", "[if a]\n", "[else]\n", "a: true\n", "{a}", "[[x->B]]",
]  # fmt: skip


@given(st.sampled_from(["SugarCube", "Harlowe", "Chapbook"]), st.lists(st.sampled_from(PIECES), max_size=25))
@example("SugarCube", ["<<if $a>>", "x", "<<if $a>>", "y", "<</if>>", "z", "<<else>>", "w", "<</if>>", "v"])
@example("SugarCube", ["\\"])
def test_any_twee_becomes_a_sound_pack_or_is_refused(format: str, pieces: list[str]) -> None:
    first = {"SugarCube": "<<set $a to true>>", "Harlowe": "(set: $a to true)", "Chapbook": "a: true\n--\n"}[format]
    text = f"{story(format, first + 'Words. ' + ''.join(pieces))}\n:: B\nB.\n"
    pack, findings = import_twee(text.encode(), "story.twee")
    assert (pack is None) == bool(findings)
    if pack is not None:
        with tempfile.TemporaryDirectory() as folder:
            write_folder_atomic(Path(folder) / "pack", pack.files.items())
            assert begin(load(Path(folder) / "pack"), "reader").page is not None
