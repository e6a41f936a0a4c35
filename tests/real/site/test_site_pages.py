"""The game in a real browser has the engine's pages, by clicks inside its page."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

import pytest

from game.play import Playthrough, begin, follow
from game.play.page import Page
from game.story import Story
from game.ui.components.parts import change_with_arrow
from game.ui.i18n import Catalogue
from tests.golden.test_golden import FOLDERS
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


def takes_of(folder: Path) -> tuple[dict[str, str], list[str]]:
    """The head of a golden playthrough, and its entries."""
    lines = [line.split("#")[0].strip() for line in (folder / "choices.txt").read_text(encoding="utf-8").splitlines()]
    head = dict(line.split(": ") for line in lines if ": " in line)
    return head, [line for line in lines if line and ": " not in line]


def steps(p: Playthrough, takes: list[str]) -> Iterator[tuple[str, Playthrough]]:
    """Each single entry of a playthrough with the playthrough after it, `continue` too."""
    for take in takes:
        for after in follow(p, take):
            yield after.entries[-1].take, after
            p = after
    while not p.over and [option.id for option in p.page.choices] == ["continue"]:
        p = p.choose("continue")
        yield "continue", p


def test_a_server_that_knows_few_types_is_enough(site_folder: Path, opened: Opened) -> None:
    """Neither `.mjs` nor `.wasm` nor `.webp` nor `.woff2`: the site is read, with its picture and its fonts."""
    with served(site_folder, knows_types=False) as address:
        reader = opened(f"{address}/")
        assert reader.begin("villager")["page"]
        reader.page.evaluate("document.getElementById('page-picture').decode()")
        assert reader.page.evaluate("document.fonts.check('16px Gentium Book Plus')")
        assert reader.errors == []


READINGS = int(os.environ.get("READINGS", "20"))
ALONE = [folder for folder in FOLDERS if "role" in takes_of(folder)[0]]  # a class's is read on a wall


@pytest.mark.parametrize("folder", ALONE, ids=lambda folder: folder.name)
def test_a_golden_playthrough_reads_the_same_in_a_browser(
    folder: Path, reader: Reader, shipped: Story, words: Catalogue
) -> None:
    head, takes = takes_of(folder)
    earlier = None
    if "earlier" in head:
        before_head, before_takes = takes_of(folder.parent / head["earlier"])
        earlier = read_in(reader, shipped, words, before_head, before_takes, None)
    read_in(reader, shipped, words, head, takes, earlier)


@pytest.mark.parametrize("role", ["villager", "official"])
def test_playthroughs_by_chance_read_the_same_in_a_browser(
    role: str, reader: Reader, shipped: Story, words: Catalogue
) -> None:
    for seed in range(READINGS):
        p = read_to_the_end(begin(shipped, role), Random(f"{role} {seed}"))
        read_in(reader, shipped, words, {"role": role, "cut": "full"}, [entry.take for entry in p.entries], None)


def read_in(
    reader: Reader, story: Story, words: Catalogue, head: dict[str, str], takes: list[str], earlier: Playthrough | None
) -> Playthrough:
    """Read a playthrough in the browser, from the title to its end, and compare each page."""
    p = begin(story, head["role"], head["cut"], earlier)
    if earlier is None:
        # a finished reading of the other role would decide what this one meets: begin it, and begin it again
        reader.begin(head["role"], head["cut"])
        reader.click("pause", "home")
    seen = [reader.begin(head["role"], head["cut"])]
    expected = [expected_page(p.page, words)]
    for take, after in steps(p, takes):
        if take == "leave":
            reader.click("leave", "yes")
            p = after
            break
        seen += reader.click(take if take == "skip" else f"choice:{take}")
        expected.append(expected_page(after.page, words))
        p = after
    for there, wanted in zip(seen, expected, strict=True):
        assert {name: there[name] for name in wanted} == wanted
    if not p.left:
        reader.click("home")
    else:
        reader.page.keyboard.press("Escape")
        reader.page.wait_for_selector("body[data-screen=title]")
    return p
