"""The whole game as one file, opened from a disk by a real browser without a network."""

from __future__ import annotations

from pathlib import Path

from game.play import begin
from game.play.share_code import to_code
from game.story import Story
from tests.real.site.sites import Opened


def test_one_file_is_read_from_a_disk_without_a_network(one_file_address: str, opened: Opened, shipped: Story) -> None:
    reader = opened("about:blank", ready=False, offline=True)
    asked: list[str] = []
    reader.page.on("request", lambda request: asked.append(request.url))
    reader.page.goto(one_file_address)
    reader.wait()
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


def test_a_browser_that_keeps_nothing_for_files_says_so(one_file_address: str, opened: Opened) -> None:
    no_store = "Object.defineProperty(window, 'indexedDB', { get() { throw new DOMException('not for files'); } });"
    reader = opened(one_file_address, before=no_store, offline=True)
    reader.click("new:villager", "begin:villager")
    assert "not for files" in reader.card
