"""The whole game as one file, opened from a disk by a real browser without a network."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from game.play import begin
from game.play.share_code import to_code
from game.story import Story
from tests.real.phones import MISSING
from tests.real.site.sites import CARD, Reader

pytestmark = pytest.mark.skipif(bool(MISSING), reason=f"not installed: {' '.join(MISSING)}")


def test_one_file_is_read_from_a_disk_without_a_network(
    one_file_address: str, browser: Browser, shipped: Story
) -> None:
    """Pages, pictures, the map and the journal; a reload keeps the reading, a code opens one; it sends no request."""
    context = browser.new_context(locale="en-GB", offline=True)
    reader = Reader(context.new_page())
    asked: list[str] = []
    reader.page.on("request", lambda request: asked.append(request.url))
    reader.open(one_file_address)
    p = begin(shipped, "villager")
    reader.begin("villager")
    for _ in range(2):
        p = p.choose(p.page.choices[0].id)
        assert reader.click(f"choice:{p.entries[-1].take}")[-1]["page"] == p.page.node
    assert reader.page.evaluate("document.getElementById('page-picture').naturalWidth") == 12
    reader.click("pause", "map")
    reader.page.evaluate("document.getElementById('page-picture').decode()")
    assert reader.page.evaluate("document.getElementById('page-picture').naturalHeight") == 9
    assert reader.page.locator(".map-mark").count() > 0
    reader.click("back")
    with reader.page.expect_download() as download:
        reader.click("journal")
    assert "data:image/webp" in Path(download.value.path()).read_text(encoding="utf-8")
    reader.page.reload()
    reader.wait()
    assert reader.click("continue")[-1]["page"] == p.page.node
    reader.page.goto(f"{one_file_address}#r={to_code(begin(shipped, 'official').choose('continue'))}")
    reader.page.wait_for_selector(f"#main[data-page='{begin(shipped, 'official').choose('continue').page.node}']")
    assert {url.split(":")[0] for url in asked} <= {"file", "blob", "data"}
    assert {url for url in asked if url.startswith("file:")} == {one_file_address}
    assert reader.errors == []
    context.close()


def test_a_browser_that_keeps_nothing_for_files_says_so(one_file_address: str, browser: Browser) -> None:
    """Some browsers store nothing for a page from a disk: one card, and the pages all the same."""
    context = browser.new_context(locale="en-GB", offline=True)
    context.add_init_script(
        "Object.defineProperty(window, 'indexedDB', { get() { throw new DOMException('not for files'); } });"
    )
    reader = Reader(context.new_page())
    reader.open(one_file_address)
    reader.click("new:villager", "begin:villager")
    reader.page.wait_for_selector(f"{CARD}:not([hidden])")
    assert "not for files" in reader.page.inner_text(CARD)
    context.close()
