"""The site in a real Firefox, and in a real WebKit like Safari's: a reading is kept, also without a network."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from game.play import begin
from game.story import Story
from game.web.sounds import PAD
from tests.real.firefox import Tab, firefox
from tests.real.site.sites import CLICKS, MOST_UNLIKE, SEAMS, served_below
from tests.real.site.webkit import WebKit, webkit


class FirefoxPage(Tab):
    """A page of Firefox, driven like one of WebKit."""

    def go(self, address: str) -> None:
        super().go(address)
        self.until("document.getElementById('page-progress').hidden")


@contextmanager
def firefox_page() -> Iterator[FirefoxPage]:
    with firefox() as browser:
        yield FirefoxPage(browser, browser.tab("about:blank").context)


@pytest.fixture(params=[firefox_page, webkit], ids=["firefox", "webkit"])
def page(request: pytest.FixtureRequest) -> Iterator[FirefoxPage | WebKit]:
    with request.param() as opened:
        yield opened


def click(page: FirefoxPage | WebKit, *ids: str) -> str:
    """Click ids, one after the other, from a loop inside the page; returns the page of the story after the last."""
    return str(page.ask(f"({CLICKS})({json.dumps(ids)})")[-1]["page"])


KEPT = "!document.documentElement.dataset.writing"


def test_a_reading_is_kept_also_without_a_network(
    page: FirefoxPage | WebKit, site_folder: Path, shipped: Story
) -> None:
    p = begin(shipped, "villager")
    with served_below(site_folder) as address:
        page.go(address)
        click(page, "new:villager", "begin:villager")
        for _ in range(2):
            p = p.choose(p.page.choices[0].id)
            assert click(page, f"choice:{p.entries[-1].take}") == p.page.node
        assert max(page.ask(f"({SEAMS})({PAD})").values()) < MOST_UNLIKE
        assert page.ask("navigator.serviceWorker.ready.then(() => true)")
        page.until(KEPT)  # it writes while it fetches all for offline
    page.go(address)
    assert click(page, "continue") == p.page.node
    p = p.choose(p.page.choices[0].id)
    assert click(page, f"choice:{p.entries[-1].take}") == p.page.node


def test_one_file_is_read_from_a_disk(page: FirefoxPage | WebKit, one_file_address: str, shipped: Story) -> None:
    p = begin(shipped, "villager").choose("continue")
    page.go(one_file_address)
    assert click(page, "new:villager", "begin:villager", "choice:continue") == p.page.node
    assert page.ask("document.getElementById('page-picture').decode().then(() => true)")
    if isinstance(page, FirefoxPage):
        page.until(KEPT)
        page.go(one_file_address)
        assert click(page, "continue") == p.page.node
