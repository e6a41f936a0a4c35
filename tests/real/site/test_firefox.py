"""The site in a real Firefox: a reading survives a reload, and goes on without a network."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from game.play import begin
from game.story import Story
from game.web.sounds import PAD
from tests.real.firefox import MISSING, Tab, firefox
from tests.real.site.sites import BELOW, CLICKS, MOST_UNLIKE, SEAMS, served

pytestmark = pytest.mark.skipif(bool(MISSING), reason=f"not installed: {' '.join(MISSING)}")


def click(tab: Tab, *ids: str) -> list[dict[str, Any]]:
    """Click ids, one after the other, from a loop inside the page; returns the page's content after each."""
    found: list[dict[str, Any]] = json.loads(tab.ask(f"({CLICKS})({json.dumps(ids)}).then(JSON.stringify)"))
    return found


READY = "document.getElementById('page-progress').hidden"
KEPT = "!document.documentElement.dataset.writing"
OFFLINE = "navigator.serviceWorker.ready.then(() => true)"


def test_a_reading_in_firefox_is_kept_also_without_a_network(site_folder: Path, shipped: Story) -> None:
    """The pages are those of the engine; the server ends in the middle, and the site opens again with the reading."""
    p = begin(shipped, "villager")
    with firefox() as browser:
        with served(site_folder.parents[len(Path(BELOW).parts) - 1]) as address:
            tab = browser.tab(f"{address}/{BELOW}/")
            tab.until(READY)
            click(tab, "new:villager", "begin:villager")
            for _ in range(2):
                p = p.choose(p.page.choices[0].id)
                assert click(tab, f"choice:{p.entries[-1].take}")[-1]["page"] == p.page.node
            assert tab.ask(OFFLINE)
            assert max(json.loads(tab.ask(f"({SEAMS})({PAD}).then(JSON.stringify)")).values()) < MOST_UNLIKE
            tab.until(KEPT)
        tab.go(f"{address}/{BELOW}/")
        tab.until(READY)
        assert click(tab, "continue")[-1]["page"] == p.page.node
        p = p.choose(p.page.choices[0].id)
        assert click(tab, f"choice:{p.entries[-1].take}")[-1]["page"] == p.page.node


def test_one_file_is_read_from_a_disk_in_firefox(one_file_address: str, shipped: Story) -> None:
    """Its pages, its pictures, and its saves."""
    p = begin(shipped, "villager").choose("continue")
    with firefox() as browser:
        tab = browser.tab(one_file_address)
        tab.until(READY)
        assert click(tab, "new:villager", "begin:villager", "choice:continue")[-1]["page"] == p.page.node
        assert tab.ask("document.getElementById('page-picture').decode().then(() => true)")
        tab.until(KEPT)
        tab.go(one_file_address)
        tab.until(READY)
        assert click(tab, "continue")[-1]["page"] == p.page.node
