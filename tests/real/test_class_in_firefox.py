"""The pages of a class in a real Firefox: both are drawn, keys count, and both show the end."""

from __future__ import annotations

import pytest

from game.ui.i18n import Catalogue
from tests.ports import free_port
from tests.real import class_pages
from tests.real.firefox import MISSING, firefox
from tests.small_stories.packs import MILL_LANE

pytestmark = [
    pytest.mark.skipif(bool(MISSING), reason=f"needs {' and '.join(MISSING)}"),
    pytest.mark.usefixtures("home"),
]

ENTER = "document.body.dispatchEvent(new KeyboardEvent('keydown', {key: 'Enter', bubbles: true}))"


def test_firefox_shows_both_pages_and_its_keys_count(words: Catalogue) -> None:
    with class_pages.class_on_pages(free_port(), "--story", str(MILL_LANE)) as held, firefox() as browser:
        wall, teacher = browser.tab(held.wall), browser.tab(held.teacher)
        teacher.until("document.activeElement.id === 'field'")
        wall.until("Boolean(document.querySelector('.qr path'))")
        wall.until("document.getElementById('page-picture').naturalWidth > 0")
        wall.ask(ENTER)
        teacher.until("!document.querySelector('[data-field]') && document.activeElement.id === 'back'")
        wall.ask(ENTER)
        wall.until("document.body.dataset.screen === 'wall-note'")
        held.interrupt()
        for tab in (wall, teacher):
            tab.until(f"document.getElementById('page-line').textContent === {words('browser.ended')!r}")
