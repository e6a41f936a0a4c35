"""Every code has an explain page, whose example has the finding at its place, and whose correction removes it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

import game
from game.core.findings import ERRORS, did_you_mean
from game.core.glyphs import read_glyphs
from game.lint import lint
from game.lint.explain import Example, ExplainPage, as_text, codes, explain_page
from game.resources import assets_folder
from game.scene_table import parameters
from game.story import Finding, check, languages
from game.twine.importer import import_twee
from game.yamlio.limits import MAX_DEPTH, MAX_FILE_BYTES
from tests.story.packs import CHAPTER, EXPLAINED, written

PAGES = assets_folder() / "catalogue"
CODES = codes(PAGES)
PAINTED = parameters()
DRAWN = read_glyphs(assets_folder() / "fonts" / "coverage.txt")
CHECKED = [code for code in CODES if not code.startswith("WG7")]  # exploring proves the rest
EXAMPLES = [(code, i) for code in CHECKED for i in range(1 + len(explain_page(PAGES, code).more))]


@dataclass(frozen=True)
class Pack:
    """The files of one state of an example, and a file that the system refuses to open."""

    files: dict[str, bytes]
    shut: str = ""


def example(code: str, number: int) -> tuple[ExplainPage, Example]:
    """A page, and its own example (0) or another."""
    found = explain_page(PAGES, code)
    return found, (found, *found.more)[number]


def broken(page: ExplainPage, example: Example) -> Pack:
    """The standard pack with an example's bad files, stored as its page says."""
    files = {name: text.encode() for name, text in EXPLAINED.items() if name != page.without}
    files |= {name: text.encode(page.encoded.get(name, "utf-8")) for name, text in example.bad.items()}
    return Pack(files, page.unreadable)


def mended(page: Example) -> Pack:
    """The standard pack with an example's corrected files."""
    return Pack({name: text.encode() for name, text in {**EXPLAINED, **page.bad, **page.mended}.items()})


def findings_of(pack: Pack, folder: Path, monkeypatch: pytest.MonkeyPatch) -> list[Finding]:
    """Findings of `check --quick` on a pack, and of `import-twee` on a Twee file."""
    folder.mkdir()
    for name, content in pack.files.items():
        written(folder, {name: content})
    opened = Path.open

    def refusing(path: Path, *arguments: Any, **named: Any) -> Any:
        if path.name == pack.shut:
            raise PermissionError(13, "Permission denied", str(path))
        return opened(path, *arguments, **named)

    twee = [finding for path in folder.glob("*.twee") for finding in import_twee(path.read_bytes(), path.name)[1]]
    with monkeypatch.context() as patched:
        patched.setattr(Path, "open", refusing)
        in_each = [lint(folder, DRAWN, language, PAINTED)[1] for language in ("", *languages(folder))]
        return [*(found for findings in in_each for found in findings), *twee]


def test_the_standard_pack_has_no_finding(tmp_path: Path) -> None:
    assert list(check(written(tmp_path, EXPLAINED))[1]) == []


def test_every_code_has_a_page() -> None:
    sources = Path(game.__file__).parent.rglob("*.py")
    said = {code for file in sources for code in re.findall(r'"(WG\d{3})"', file.read_text(encoding="utf-8"))}
    assert said == set(CODES)
    assert said >= ERRORS


@pytest.mark.parametrize("code", CODES)
def test_an_explain_page_is_sentences_within_the_width(code: str) -> None:
    shown = explain_page(PAGES, code)
    for text in (shown.why, *(text for finding in (shown, *shown.more) for text in (finding.title, finding.mending))):
        assert_is_sentence(text)
    for width in (40, 100):
        lines = as_text(shown, width).splitlines()
        assert len(lines) <= 60 + 24 * len(shown.more)
        words = [line for line in lines if not line.startswith((" ", ">", "In "))]
        assert max(map(len, words)) <= width


def test_an_explain_page_shows_the_place_and_the_correction() -> None:
    lines = as_text(explain_page(PAGES, "WG204"), 80).splitlines()
    assert lines[0] == "WG204, an error: An id is not lower-case words with hyphens."
    at = lines.index(">   7 |     end: They Came In")
    assert lines[at + 1].index("^") == lines[at].index("They")
    assert "  -     end: They Came In" in lines
    assert "  +     end: they-came-in" in lines
    assert "They came in." not in "".join(lines[:at])


def test_an_explain_page_shows_every_mistake_of_its_code() -> None:
    lines = as_text(explain_page(PAGES, "WG101"), 80).splitlines()
    assert "The same code: A quote is not closed." in lines
    assert '  -       - {by: the clerk, text: "Sign here!}' in lines
    assert '  +       - {by: the clerk, text: "Sign here!"}' in lines
    shown = explain_page(PAGES, "WG502")
    assert any("`goto`" in finding.mending and "choice" in finding.title for finding in shown.more)


def test_an_unknown_code_has_no_page() -> None:
    for code in ("WG999", "", "../catalogue/WG204"):
        if code not in CODES:
            with pytest.raises(LookupError):
                explain_page(PAGES / "nowhere", code)


@pytest.mark.parametrize(("code", "number"), EXAMPLES)
def test_an_example_is_found_at_its_place(
    code: str, number: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole, wanted = example(code, number)
    findings = findings_of(broken(whole, wanted), tmp_path / "pack", monkeypatch)
    found = [finding for finding in findings if finding.code == code]
    assert len(found) == 1, "\n".join(map(str, findings))
    file = Path(found[0].file)
    assert f"{file.name if file.is_absolute() else file}:{found[0].line}:{found[0].column}" == wanted.place
    assert_is_sentence(found[0].problem + ".")
    assert_is_sentence(found[0].remedy)
    others = [finding for finding in findings if finding.severity == "error" and finding.code != code]
    assert not others, "\n".join(map(str, others))


@pytest.mark.parametrize(("code", "number"), EXAMPLES)
def test_a_corrected_example_has_no_finding(
    code: str, number: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "pack"
    found = findings_of(mended(example(code, number)[1]), folder, monkeypatch)
    assert code not in [finding.code for finding in found]
    assert list(check(folder)[1]) == []


def test_a_pack_with_any_error_is_not_played(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for code in (code for code in CODES if code < "WG9"):  # the rest is about imports
        folder = tmp_path / code
        pack = broken(*example(code, 0))
        findings_of(pack, folder, monkeypatch)
        if not pack.shut:
            story, _ = check(folder, next(iter(languages(folder)), ""))
            assert (story is not None) == (code not in ERRORS), code


def test_a_file_past_the_limit_is_refused(tmp_path: Path) -> None:
    written(tmp_path, {**EXPLAINED, "chapter.yaml": CHAPTER + "#" * MAX_FILE_BYTES})
    _, findings = check(tmp_path)
    assert [(finding.code, finding.line) for finding in findings if finding.file == "chapter.yaml"] == [("WG105", 0)]


def test_nesting_beyond_the_limit_is_refused(tmp_path: Path) -> None:
    for deep, code in ((MAX_DEPTH, "WG201"), (MAX_DEPTH + 1, "WG105")):
        folder = tmp_path / str(deep)
        # The chapter's mapping is the first level.
        written(folder, {**EXPLAINED, "chapter.yaml": CHAPTER + "more: " + "[" * (deep - 1) + "]" * (deep - 1) + "\n"})
        assert code in [finding.code for finding in check(folder)[1]]


def assert_is_sentence(text: str) -> None:
    """A readable sentence: not empty or broken off, with a final full stop or question mark."""
    assert len(text) > 8, text
    assert text.rstrip("`").endswith((".", "?")), text
    assert "None" not in text
    assert "<" not in re.sub("`[^`]*`", "", text), text


def test_a_shared_prefix_alone_is_no_suggestion() -> None:
    assert did_you_mean("the-receipt", ["the-creek"]) == ""
    assert did_you_mean("the-recipt", ["the-creek", "the-receipt"]) == " Did you mean `the-receipt`?"
