"""Findings of exploring stand at their place, and the fixed example of each page has none."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from game.core.findings import ERRORS
from game.explore.proofs import prove
from game.lint.explain import codes, explain_page
from game.resources import assets_folder
from game.story import Finding, load
from tests.story.packs import EXPLAINED, written

PAGES = assets_folder() / "catalogue"
CODES = [code for code in codes(PAGES) if code.startswith("WG7")]


def proved(folder: Path, files: dict[str, str], limits: dict[str, Any]) -> list[Finding]:
    """The findings of exploring the standard pack with other files."""
    return prove(load(written(folder, {**EXPLAINED, **files})), **limits)


@pytest.mark.parametrize("code", CODES)
def test_an_example_is_proved_at_its_place(code: str, tmp_path: Path) -> None:
    shown = explain_page(PAGES, code)
    limits = {name: int(limit) for name, limit in shown.limits.items()}
    bad, mended = dict(shown.bad), {**shown.bad, **shown.mended}
    found = [finding for finding in proved(tmp_path / "bad", bad, limits) if finding.code == code]
    assert [f"{finding.file}:{finding.line}:{finding.column}" for finding in found] == [shown.place]
    assert proved(tmp_path / "mended", mended, limits) == []


def test_findings_of_exploring_are_never_errors() -> None:
    assert CODES
    assert not ERRORS.intersection(CODES)


def test_a_broken_claim_names_entries_that_show_it(tmp_path: Path) -> None:
    (finding,) = proved(tmp_path, dict(explain_page(PAGES, "WG707").bad), {})
    assert "read --cut full --take open" in finding.remedy


def test_unexplored_parts_are_not_called_unreachable(tmp_path: Path) -> None:
    shown = dict(explain_page(PAGES, "WG701").bad)
    assert [finding.code for finding in proved(tmp_path, shown, {"most_states": 1})] == ["WG709"]
