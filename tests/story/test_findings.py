"""Every code of the catalogue has its example: what is found, exactly where, and how mending it helps.

An example's first line is `# expects FILE:LINE:COLUMN`. Parts headed `#: FILE` stand in the places of the
standard pack's files, `#: mended FILE` in the places of those; `#: without FILE` takes one away, and `in CODEC` or
`unreadable` behind a name says how the file lies on the disk.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from game.story import Finding, check
from game.story.files import LARGEST
from game.story.findings import CATALOGUE, WARNINGS
from game.story.reading import DEEPEST
from tests.story.packs import CHAPTER, STANDARD, written

EXAMPLES = Path(__file__).parent / "findings"
HEAD = re.compile(
    r"#: (?P<mended>mended )?(?P<without>without )?(?P<file>\S+)(?: in (?P<codec>\S+))?(?P<shut> unreadable)?"
)


@dataclass
class Pack:
    """Files of one state of an example, and those that the system refuses to open."""

    files: dict[str, bytes] = field(default_factory=lambda: {name: text.encode() for name, text in STANDARD.items()})
    shut: set[str] = field(default_factory=set)

    def put(self, head: re.Match[str], lines: list[str]) -> None:
        file = head["file"]
        self.shut.discard(file)
        if head["without"]:
            del self.files[file]
            return
        self.files[file] = "".join(lines).encode(head["codec"] or "utf-8")
        if head["shut"]:
            self.shut.add(file)


@dataclass
class Example:
    """One example file: where the finding is expected, and the pack before and after mending."""

    place: str
    broken: Pack
    mended: Pack


def example(code: str) -> Example:
    """The example of a code."""
    first, *lines = (EXAMPLES / f"{code}.yaml").read_text(encoding="utf-8").splitlines(keepends=True)
    place = re.fullmatch(r"# expects (\S+)\n", first)
    assert place, "the first line says what is expected"
    broken, mended = Pack(), Pack()
    starts = [i for i, line in enumerate(lines) if line.startswith("#: ")]
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        head = HEAD.fullmatch(lines[start].rstrip())
        assert head, lines[start]
        mended.put(head, lines[start + 1 : end])
        if not head["mended"]:
            broken.put(head, lines[start + 1 : end])
    return Example(place[1], broken, mended)


def findings_of(pack: Pack, folder: Path, monkeypatch: pytest.MonkeyPatch) -> list[Finding]:
    """What `check` says of a pack, its unreadable files refused as a system would."""
    folder.mkdir()
    for name, content in pack.files.items():
        written(folder, {name: content})
    opened = Path.open

    def refusing(path: Path, *arguments: Any, **named: Any) -> Any:
        if path.name in pack.shut:
            raise PermissionError(13, "Permission denied", str(path))
        return opened(path, *arguments, **named)

    with monkeypatch.context() as patched:
        patched.setattr(Path, "open", refusing)
        return list(check(folder)[1])


def test_the_standard_pack_has_no_finding(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the examples change is sound before they change it."""
    assert findings_of(Pack(), tmp_path / "pack", monkeypatch) == []


def test_every_code_has_an_example() -> None:
    """The examples are exactly the catalogue's codes."""
    assert sorted(file.stem for file in EXAMPLES.iterdir()) == sorted(CATALOGUE)


def test_warnings_are_codes() -> None:
    """What a story can be played without is part of the catalogue."""
    assert set(CATALOGUE) >= WARNINGS


@pytest.mark.parametrize("code", sorted(CATALOGUE))
def test_an_example_is_found_at_its_place(code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The example gives its code where it stands, says what is wrong and what to do, and no other error."""
    wanted = example(code)
    findings = findings_of(wanted.broken, tmp_path / "pack", monkeypatch)
    found = [finding for finding in findings if finding.code == code]
    assert len(found) == 1, "\n".join(map(str, findings))
    assert f"{Path(found[0].file).name}:{found[0].line}:{found[0].column}" == wanted.place
    assert_is_sentence(found[0].problem + ".")
    assert_is_sentence(found[0].remedy)
    others = [finding for finding in findings if finding.severity == "error" and finding.code != code]
    assert not others, "\n".join(map(str, others))


@pytest.mark.parametrize("code", sorted(CATALOGUE))
def test_a_mended_example_is_clean(code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With its mended parts in place, an example has nothing wrong with it any more."""
    assert findings_of(example(code).mended, tmp_path / "pack", monkeypatch) == []


def test_a_pack_with_any_error_is_not_played(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each error's example gives no story, and each warning's gives one."""
    for code in sorted(CATALOGUE):
        folder = tmp_path / code
        broken = example(code).broken
        findings_of(broken, folder, monkeypatch)
        if not broken.shut:
            story, _ = check(folder)
            assert (story is not None) == (code in WARNINGS), code


def test_a_file_past_the_limit_is_refused(tmp_path: Path) -> None:
    """A chapter that is larger than any chapter is not read, however harmless its text."""
    written(tmp_path, {**STANDARD, "chapter.yaml": CHAPTER + "#" * LARGEST})
    _, findings = check(tmp_path)
    assert [(finding.code, finding.line) for finding in findings if finding.file == "chapter.yaml"] == [("WG105", 0)]


def test_depth_has_a_bound(tmp_path: Path) -> None:
    """The deepest allowed nesting is read, one level more is refused where it begins."""
    for deep, code in ((DEEPEST, "WG201"), (DEEPEST + 1, "WG105")):
        folder = tmp_path / str(deep)
        # The chapter's mapping is the first level.
        written(folder, {**STANDARD, "chapter.yaml": CHAPTER + "more: " + "[" * (deep - 1) + "]" * (deep - 1) + "\n"})
        assert code in [finding.code for finding in check(folder)[1]]


def assert_is_sentence(text: str) -> None:
    """A person reads it: it is not empty, does not break off, and closes with a point or a question mark."""
    assert len(text) > 8, text
    assert text.rstrip("`").endswith((".", "?")), text
    assert "None" not in text
    assert "<" not in text.replace("`<`", "").replace("`<=`", ""), text
