"""The command line, as a person or a program uses it: output, errors and exit status."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.commands.typed import Command, Run, refused, run
from tests.small_stories.packs import THE_MILL
from tests.story.packs import CHAPTER, PACK, SOUND, STANDARD, written

__all__ = ["run"]
pytestmark = pytest.mark.usefixtures("home")
ROOT = Path(__file__).parents[1]


def process(*arguments: str | Path, env: dict[str, str] | None = None) -> subprocess.Popen[bytes]:
    """The program as a separate process, with pipes."""
    command = [sys.executable, "-m", "game", *map(str, arguments)]
    pipe = subprocess.PIPE
    return subprocess.Popen(command, cwd=ROOT, stdin=pipe, stdout=pipe, stderr=pipe, env=env)


# check -----------------------------------------------------------------------------------------------------


def test_check_of_a_sound_story_is_clean(run: Command, tmp_path: Path) -> None:
    for arguments, whole in (
        (["check", "--quick"], "Whole in zh-Hans: full, class, one-door, kiosk, lesson.\n"),
        (["check", "--story", written(tmp_path, SOUND)], ""),
    ):
        found = run(*arguments)
        assert found == (0, f"Nothing is wrong.\n{whole}", "")


def test_check_prints_every_finding_and_counts_them(run: Command, tmp_path: Path) -> None:
    broken = CHAPTER.replace("place: yard", "place: yrd").replace("goto: inside}\n      -", "goto: insde}\n      -")
    found = run("check", "--story", written(tmp_path, {**STANDARD, "chapter.yaml": broken}))
    assert found.status == 1
    lines = found.out.splitlines()
    assert lines[0].startswith("chapter.yaml:4:8: warning WG302: `yrd` is not a place of the pack.")
    assert lines[1].startswith("chapter.yaml:9:42: error WG301: `insde` is not a node of `gate`.")
    assert lines[2:] == ["1 error, 1 warning", "`weight-of-grain check --explain WG302` explains a code."]


def test_check_of_a_story_with_warnings_only_succeeds(run: Command, tmp_path: Path) -> None:
    files = {**SOUND, "chapter.yaml": SOUND["chapter.yaml"].replace("role: villager", "note: Loss.\nrole: villager")}
    found = run("check", "--story", written(tmp_path, files))
    assert (found.status, found.out.splitlines()[-2]) == (0, "0 errors, 1 warning")


def test_check_as_json_is_a_list_of_findings(run: Command, tmp_path: Path) -> None:
    assert json.loads(run("check", "--story", written(tmp_path, SOUND), "--format", "json").out) == []
    files = {**STANDARD, "chapter.yaml": CHAPTER.replace("place: yard", "place: 院子")}
    found = run("check", "--story", written(tmp_path, files), "--format", "json")
    assert found.status == 1
    (finding,) = json.loads(found.out)
    assert {key: finding[key] for key in ("file", "line", "column", "code", "severity")} == {
        "file": "chapter.yaml", "line": 4, "column": 8, "code": "WG204", "severity": "error",
    }  # fmt: skip
    assert "院子" in finding["problem"]


def test_check_explains_a_code(run: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    found = run("check", "--explain", "wg204")
    assert (found.status, found.err) == (0, "")
    lines = found.out.splitlines()
    assert lines[0].startswith("WG204, an error: ")
    assert max(map(len, lines)) <= 60


def test_check_lists_the_codes(run: Command) -> None:
    found = run("check", "--explain")
    assert found.status == 0
    assert "WG204  An id is not lower-case words with hyphens." in found.out.splitlines()


@pytest.mark.parametrize(
    ("code", "near"),
    [
        ("WG240", "Did you mean `WG"),
        ("204", "Did you mean `WG204`?"),
        ("WG999", "`check --explain` lists them all."),
        ("/etc/passwd", "lists them all"),
        ("nonsense", "lists them all"),
    ],
)
def test_an_unknown_code_is_bad_input(code: str, near: str, run: Command) -> None:
    refused(run("check", "--explain", code), "no such code", near)


def test_a_missing_pack_hides_nothing(run: Command, tmp_path: Path) -> None:
    broken = CHAPTER.replace("text: Somebody", "txt: Somebody")
    found = run("check", "--story", written(tmp_path, {"chapter.yaml": broken}))
    assert found.status == 1
    assert "WG106" in found.out
    assert "chapter.yaml:7:5: error WG201" in found.out


# read --json -----------------------------------------------------------------------------------------------


def test_read_plays_to_an_ending_from_ids(run: Command) -> None:
    nodes = ["reel.reel", "m-gate.gate", "m-gate.night", "weighing.scales", "m-heavy.ladle", "m-end.eve", "m-end.bowls"]
    for typed in (
        "give\nsmallest\ngo\n",
        "continue\ngive\ncontinue\ncontinue\nsmallest\ngo\n",
        "\n give \n\nsmallest\r\ngo",
        "m-gate.gate.give\nm-heavy.ladle.smallest\nm-end.eve.go\nnever\nread\n",
    ):
        found = run("read", "--story", THE_MILL, "--role", "miller", "--json", typed=typed)
        assert (found.status, found.err) == (0, "")
        assert found.nodes == nodes
        assert [page["ending"] for page in found.pages] == [None] * 6 + ["the-bowls"]


def test_the_ending_s_page_has_the_debrief(run: Command) -> None:
    found = run("read", "--story", THE_MILL, "--role", "miller", "--json", typed="give\nsmallest\ngo\n")
    *before, last = found.pages
    assert not any("debrief" in page for page in before)
    sections = {section["id"]: section for section in last["debrief"]}
    assert [*sections] == ["feelings", "path", "facts", "invented"]
    gave = sections["path"]["items"][0]
    assert (gave["text"], gave["facts"]) == ("I gave the wok.", ["scrap"])
    assert [change["after"] for change in gave["changes"]] == ["no grain", "a bare hook"]


def test_the_shipped_story_s_json_has_the_placing_task(run: Command) -> None:
    takes: list[str] = []
    page = run("read", "--role", "official", "--cut", "kiosk", "--json").pages[-1]
    while not page["ending"]:
        takes.append(page["choices"][0]["id"])
        page = run("read", "--role", "official", "--cut", "kiosk", "--json", "--take", ",".join(takes)).pages[-1]
    (task,) = [section["placing"] for section in page["debrief"] if section["placing"]]
    assert [*task["places"]] == ["household", "commune", "county", "centre"]
    assert [decision["at"] for decision in task["decisions"]][-1] == ["household"]


def test_a_json_page_has_who_when_what_came_of_it_and_what_it_rests_on(run: Command) -> None:
    take = ("read", "--role", "villager", "--json", "--take", "ask-paper")
    page = run(*take).pages[-1]
    assert "Captain Ma" in page["answer"]["text"]
    assert page["progress"] == {"number": 1, "of": 13, "year": 1958}
    assert {"ma", "yuzhen"} <= {person["id"] for person in page["people"]}
    assert all(person["says"] for person in page["people"])
    assert page["sources"][-1] == "invented" and len(page["sources"]) > 2
    first, _, third = run("read", "--role", "villager", "--json", typed="continue\ncontinue\n").pages
    assert [choice["id"] for choice in third["choices"]] == ["full-bowls", "ask-paper", "tread"]
    assert all(choice["reason"] for choice in third["choices"])
    lines = first["lines"]
    assert lines and all(line["text"] and line["because"] for line in lines)


def test_read_takes_skip_and_leave(run: Command) -> None:
    found = run("read", "--story", THE_MILL, "--role", "miller", "--json", typed="give\nskip\nleave\ngo\n")
    assert found.status == 0
    assert found.nodes[-2:] == ["m-heavy.ladle", "m-end.eve"]
    (summary,) = found.pages[-1]["told"]
    assert (summary["title"], summary["paragraphs"][0]["text"]) == ("The Ladle", "The old man did not see the spring.")


def test_take_goes_to_a_page(run: Command) -> None:
    for take in (
        "give,smallest",
        " give , smallest ,",
        "continue,give,continue,continue,smallest",
        "m-gate.gate.give,smallest",
    ):
        found = run("read", "--story", THE_MILL, "--role", "miller", "--json", "--take", take, typed="go\n")
        assert (found.status, found.nodes) == (0, ["m-end.eve", "m-end.bowls"])


def test_a_role_may_be_left_out(run: Command) -> None:
    assert run("read", "--story", THE_MILL, "--json", typed="continue").nodes[-1] == "m-gate.gate"
    both = run("read", "--story", THE_MILL, "--cut", "class", "--json", typed="give\ndouble\n")
    assert both.nodes[-1] == "c-gate.second"


@pytest.mark.parametrize(
    ("typed", "pages", "words"),
    [
        ("gve\n", 2, ("`gve`", "Did you mean `give`?")),
        ("boast\n", 2, ("`boast` is not open", "give, hide, wait")),
        ("skip\n", 2, ("`skip` is not offered",)),
        ("give\nm-gate.gate.give\n", 5, ("another page",)),
        ("give\n大\n", 5, ("大",)),
    ],
)
def test_an_id_that_cannot_be_taken_is_said_after_the_pages_before_it(
    typed: str, pages: int, words: tuple[str, ...], run: Command
) -> None:
    found = run("read", "--story", THE_MILL, "--role", "miller", "--json", typed=typed)
    assert len(found.pages) == pages
    refused(found, *words, printed=found.out)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--role", "milller"], ("`milller`", "Did you mean `miller`?")),
        (["--role", "miller", "--cut", "shrt"], ("`shrt`", "Did you mean `short`?")),
        (["--cut", "shrt"], ("`shrt`", "Did you mean `short`?")),
        (["--code", "RB6", "--cut", "short"], ("--code", "--cut")),
        (["--role", "miller", "--take", "gve"], ("--take", "`gve`", "Did you mean `give`?")),
        (["--role", "miller", "--take", "give,boast"], ("--take", "`boast`")),
        (["--role", "miller", "--take", "hide,smallest,stay,more"], ("--take", "`more`", "over")),
    ],
)
@pytest.mark.parametrize("form", [["--json"], []])
def test_what_does_not_exist_is_said_in_one_line(
    arguments: list[str], words: tuple[str, ...], form: list[str], run: Command
) -> None:
    refused(run("read", "--story", THE_MILL, *form, *arguments), *words)


# bad packs -------------------------------------------------------------------------------------------------


def packs(folder: Path) -> dict[str, tuple[Path, str]]:
    """Folders without a playable story, and a word of the error for each."""
    huge = written(folder / "huge", STANDARD)
    with (huge / "chapter.yaml").open("wb") as stream:
        stream.truncate(100_000_000)
    bomb = "a: &a [x, x, x]\nb: &b [*a, *a, *a]\npack: [*b, *b]\n"
    circle = CHAPTER.replace("nodes:\n", "begin: here\nnodes:\n  here: {goto: there}\n  there: {goto: here}\n")
    (folder / "empty").mkdir()
    return {
        "nowhere": (folder / "nowhere", "no such folder"),
        "empty": (folder / "empty", "no story pack"),
        "file": (written(folder, {"file": "text"}) / "file", "no such folder"),
        "binary": (written(folder / "binary", {**STANDARD, "pack.yaml": bytes(range(256)) * 9}), "error WG102"),
        "huge": (huge, "larger than"),
        "bomb": (written(folder / "bomb", {**STANDARD, "pack.yaml": bomb}), "pack.yaml:1:4: error WG104"),
        "circle": (written(folder / "circle", {**STANDARD, "chapter.yaml": circle}), "here -> there -> here"),
        "broken": (written(folder / "broken", {"pack.yaml": PACK, "chapter.yaml": "chapter: ["}), "error WG101"),
    }


@pytest.mark.parametrize("bad", ["nowhere", "empty", "file", "binary", "huge", "bomb", "circle", "broken"])
@pytest.mark.parametrize("command", [["read", "--json"], ["read"], ["play"], ["shots", "pictures"]])
def test_a_story_that_cannot_be_played_is_said_in_one_line(
    command: list[str], bad: str, run: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    folder, word = packs(tmp_path)[bad]
    refused(run(*command, "--story", folder), word)
    assert not (tmp_path / "pictures").exists()


@pytest.mark.parametrize("bad", ["nowhere", "empty", "file"])
def test_check_of_no_pack_is_bad_input(bad: str, run: Command, tmp_path: Path) -> None:
    folder, word = packs(tmp_path)[bad]
    for form in ("text", "json"):
        refused(run("check", "--story", folder, "--format", form), word)


@pytest.mark.parametrize("bad", ["binary", "huge", "bomb", "circle", "broken"])
def test_check_of_a_bad_pack_tells_what_is_wrong(bad: str, run: Command, tmp_path: Path) -> None:
    folder, word = packs(tmp_path)[bad]
    found = run("check", "--story", folder)
    assert (found.status, found.err) == (1, "")
    assert word in found.out


# the program as a process ----------------------------------------------------------------------------------


@pytest.mark.parametrize("arguments", [["--version"], ["--help"], ["read", "--help"]])
def test_help_and_version_are_printed(arguments: list[str], run: Command) -> None:
    found = run(*arguments)
    assert (found.status, found.err) == (0, "")
    assert "weight-of-grain" in found.out


@pytest.mark.parametrize("arguments", [["raed"], ["read", "--rol"], ["check", "--format", "xml"], ["shots"]])
def test_an_unknown_command_or_option_is_bad_input(arguments: list[str], run: Command) -> None:
    refused(run(*arguments))


def test_the_module_is_the_program() -> None:
    with process("read", "--story", THE_MILL, "--role", "miller", "--json", "--take", "hide,smallest") as started:
        out, err = started.communicate(b"stay\n", timeout=60)
    assert (started.returncode, err) == (0, b"")
    assert json.loads(out.splitlines()[-1])["ending"] == "the-bowls"


@pytest.mark.parametrize("arguments", [["read", "--role", "miller", "--json"], ["check"]])
def test_a_closed_output_pipe_is_no_error(arguments: list[str], tmp_path: Path) -> None:
    if arguments == ["check"]:
        keys = "".join(f"key-{i}: x\n" for i in range(3000))
        folder = written(tmp_path, {**STANDARD, "chapter.yaml": CHAPTER + keys})
    else:
        folder = THE_MILL
    with process(*arguments, "--story", folder) as started:
        assert started.stdin is not None
        assert started.stdout is not None
        assert started.stderr is not None
        started.stdout.readline()
        started.stdout.close()
        try:
            started.stdin.write(b"wait\n" * 3000)
            started.stdin.close()
        except BrokenPipeError:
            pass
        assert started.wait(timeout=60) in (0, 1)
        assert started.stderr.read() == b""


def test_shots_stop_quietly_when_the_output_pipe_closes(tmp_path: Path) -> None:
    with process("shots", tmp_path, "--story", THE_MILL, "--size", "640x360") as started:
        assert started.stdout is not None
        assert started.stderr is not None
        started.stdout.close()
        assert started.wait(timeout=60) == 0
        assert started.stderr.read() == b""


def test_input_that_is_not_utf_8_is_bad_input() -> None:
    environment = {**os.environ, "PYTHONIOENCODING": "utf-8:strict"}
    with process("read", "--story", THE_MILL, "--role", "miller", "--json", env=environment) as started:
        out, err = started.communicate(b"continue\n\xff\xfe\n", timeout=60)
    refused(Run(started.returncode, out.decode(), err.decode()), printed=out.decode())


def test_pages_are_printed_in_utf_8_whatever_the_system_speaks() -> None:
    environment = {**os.environ, "PYTHONIOENCODING": "cp1252", "PYTHONUTF8": "0"}
    with process("read", "--story", THE_MILL, "--role", "miller", "--json", env=environment) as started:
        out, err = started.communicate(b"continue\n", timeout=60)
    assert (started.returncode, err) == (0, b"")
    assert json.loads(out.decode("utf-8").splitlines()[-1])["hanzi"] == "大炼钢铁"
