"""The site in a real WebKit, like Safari's: a reading survives a reload, and goes on without a network."""

from __future__ import annotations

from pathlib import Path

import pytest

from game.play import begin
from game.story import Story
from game.web.sounds import PAD
from tests.real.site.sites import BELOW, MOST_UNLIKE, SEAMS, served
from tests.real.site.webkit import MISSING, webkit

pytestmark = pytest.mark.skipif(bool(MISSING), reason=f"not installed: {' '.join(MISSING)}")


def test_a_reading_in_webkit_is_kept_also_without_a_network(site_folder: Path, shipped: Story) -> None:
    """The pages are those of the engine; the server ends in the middle, and the site opens again with the reading."""
    p = begin(shipped, "villager")
    with webkit() as browser:
        with served(site_folder.parents[len(Path(BELOW).parts) - 1]) as address:
            browser.go(f"{address}/{BELOW}/")
            browser.click("new:villager", "begin:villager")
            for _ in range(2):
                p = p.choose(p.page.choices[0].id)
                assert browser.click(f"choice:{p.entries[-1].take}")[-1]["page"] == p.page.node
            assert max(browser.ask(f"({SEAMS})({PAD})").values()) < MOST_UNLIKE
            assert browser.ask("navigator.serviceWorker.ready.then(() => true)")
            browser.until("!document.documentElement.dataset.writing")  # it writes while it fetches all for offline
        browser.go(f"{address}/{BELOW}/")
        assert browser.click("continue")[-1]["page"] == p.page.node
        p = p.choose(p.page.choices[0].id)
        assert browser.click(f"choice:{p.entries[-1].take}")[-1]["page"] == p.page.node


def test_one_file_is_read_from_a_disk_in_webkit(one_file_address: str, shipped: Story) -> None:
    """Its pages and its pictures; the browser decides about its store."""
    p = begin(shipped, "villager").choose("continue")
    with webkit() as browser:
        browser.go(one_file_address)
        browser.click("new:villager", "begin:villager", "choice:continue")
        assert browser.ask("document.getElementById('main').dataset.page") == p.page.node
        assert browser.ask("document.getElementById('page-picture').decode().then(() => true)")
