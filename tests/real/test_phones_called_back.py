"""A real browser whose relay closes its sockets because the class has moved: it opens another."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from game.story import Story
from game.ui.i18n import Catalogue

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from tests.real import phones

phones = pytest.importorskip("tests.real.phones", reason="needs playwright and axe-playwright-python")
pytestmark = pytest.mark.skipif(bool(phones.MISSING), reason=f"needs {' and '.join(phones.MISSING)}")

# Sockets that a relay closes with "service restart" before the class said anything on them.
MOVED = """
window.opened = 0;
window.WebSocket = class {
  constructor() {
    window.opened += 1;
    setTimeout(() => this.onclose && this.onclose({ code: 1012 }), 10);
  }
  send() {}
  close() {}
};
"""


@pytest.fixture
def browser() -> Iterator[Browser]:
    with phones.chromium() as started:
        yield started


def test_a_phone_that_is_called_back_tries_another_socket_and_does_not_poll(
    browser: Browser, shipped: Story, words: Catalogue, tmp_path: Path
) -> None:
    """By a socket, and not by polls: the relay is there, and says so."""
    with phones.a_class(shipped, words, tmp_path, role=next(iter(shipped.roles))) as held:
        pupil = phones.pupil(browser)
        pupil.page.add_init_script(MOVED)
        pupil.page.goto(f"{held.address}/{phones.CODE}")
        for _ in range(phones.PATIENCE // 50):
            if pupil.page.evaluate("window.opened") >= 4:
                break
            pupil.page.wait_for_timeout(50)
        assert pupil.page.evaluate("window.opened") >= 4
        assert not [asked.url for asked in pupil.asked if asked.url.endswith("/poll")]
        pupil.context.close()
