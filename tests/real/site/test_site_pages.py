"""The game in a real browser has the engine's pages, by clicks inside its page."""

from __future__ import annotations

import os
import re
from pathlib import Path
from random import Random
from typing import Any

import pytest

from game.play import Playthrough, begin
from game.play.page import Page
from game.story import Story
from game.ui.components.parts import change_with_arrow
from game.ui.i18n import Catalogue
from tests.golden.test_golden import FOLDERS, played
from tests.play.readers import read_to_the_end
from tests.real.site.sites import Opened, Reader, served


def squeezed(text: str) -> str:
    """A text for comparing, with single spaces."""
    return " ".join(text.split())


def expected_page(page: Page, words: Catalogue) -> dict[str, Any]:
    """The content that a page must have, from the values of `read --json`."""
    marked = page.marked()
    shown, onward = marked.paragraphs, page.onward or words("page.continue")
    answer = [squeezed(marked.answer.text)] if marked.answer else []
    return {
        "page": page.node or page.chapter or "end",
        "title": squeezed(page.title),
        "prose": [{"by": squeezed(paragraph.by or ""), "text": squeezed(paragraph.text)} for paragraph in shown],
        "lines": [squeezed(line.text) for line in marked.lines],
        "choices": [
            {"id": choice.id, "say": squeezed(choice.say or onward), "reason": squeezed(choice.reason or "")}
            for choice in page.choices
        ],
        "changes": [*answer, *(squeezed(change_with_arrow(change)) for change in page.changes)],
        "alt": page.picture.alt if page.picture is not None else "",
        "people": [span.text for part in shown for span in part.spans if span.kind == "person" and span.target],
    }


def test_a_server_that_knows_few_types_is_enough(site_folder: Path, opened: Opened) -> None:
    """Neither `.mjs` nor `.wasm` nor `.webp` nor `.woff2`: the site is read, with its picture and its fonts."""
    with served(site_folder, knows_types=False) as address:
        reader = opened(f"{address}/")
        assert reader.begin("villager")["page"]
        reader.page.evaluate("document.getElementById('page-picture').decode()")
        assert reader.page.evaluate("document.fonts.check('16px Gentium Book Plus')")
        assert reader.errors == []


READINGS = int(os.environ.get("READINGS", "20"))
HEADS = {folder: (folder / "choices.txt").read_text(encoding="utf-8") for folder in FOLDERS}
ALONE = [folder for folder, head in HEADS.items() if "role: " in head]  # a class's is read on a wall


@pytest.mark.parametrize("folder", ALONE, ids=lambda folder: folder.name)
def test_a_golden_playthrough_reads_the_same_in_a_browser(
    folder: Path, reader: Reader, shipped: Story, words: Catalogue
) -> None:
    if earlier := re.search("^earlier: (.+)$", HEADS[folder], re.M):
        read_in(reader, words, played(shipped, folder.parent / earlier[1]))
    read_in(reader, words, played(shipped, folder))


@pytest.mark.parametrize("role", ["villager", "official"])
def test_playthroughs_by_chance_read_the_same_in_a_browser(
    role: str, reader: Reader, shipped: Story, words: Catalogue
) -> None:
    for seed in range(READINGS):
        read_in(reader, words, read_to_the_end(begin(shipped, role), Random(f"{role} {seed}")))


def read_in(reader: Reader, words: Catalogue, p: Playthrough) -> None:
    """Read a playthrough in the browser, from the title to its end, and compare each page."""
    role, cut = str(p.role), p.cut.id
    if p.earlier is None:
        # a finished reading of the other role would decide what this one meets: begin it, and begin it again
        reader.begin(role, cut)
        reader.click("pause", "home")
    seen = [reader.begin(role, cut)]
    for take in (after.entry.take if after.entry else "continue" for after in p.history[1:] if not after.left):
        seen += reader.click(take if take == "skip" else f"choice:{take}")
    for there, page in zip(seen, p.pages, strict=True):
        wanted = expected_page(page, words)
        assert {name: there[name] for name in wanted} == wanted
    if not p.left:
        reader.click("home")
    else:
        reader.click("leave", "yes")
        reader.page.keyboard.press("Escape")
        reader.page.wait_for_selector("body[data-screen=title]")
