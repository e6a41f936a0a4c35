"""A real browser keeps a single seat: in several tabs, at several addresses, and after its relay calls it back."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect

from game.classroom.server.http_server import ALL_INTERFACES, ListenAddress
from tests.real import phones
from tests.real.phones import CODE, HERE, PATIENCE, Class, Pupil
from tests.real.screen import until

HOME = "127.0.0.2"  # stands for the computer's address on the network
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


def until_joined(page: Page) -> None:
    """Wait until the page has a seat, and pass the note before the first page."""
    read = page.get_by_role("button", name="I have read this")
    expect(read.or_(page.locator("article"))).to_be_visible()
    if read.is_visible():
        read.click()


def test_tabs_that_load_at_once_are_one_pupil(alone: Class, pupil: Pupil) -> None:
    tabs = [pupil.page, *(pupil.context.new_page() for _ in range(2))]
    for tab in tabs:
        tab.evaluate(f"setTimeout(() => {{ location.href = '{alone.address}/{CODE}'; }}, 100)")
    for tab in tabs:
        until_joined(tab)
    assert len(alone.host.state.seats) == 1


@pytest.mark.parametrize(
    ("bind", "addresses", "reached"),
    [(ALL_INTERFACES, (HERE, "localhost", HERE), HOME), (HERE, (HERE,), HERE)],
    ids=["network", "loopback"],
)
def test_all_addresses_of_a_class_lead_to_one_where_that_can_be_reached(
    alone: Class, browser: Browser, bind: str, addresses: tuple[str, ...], reached: str
) -> None:
    """By this computer's name and by its address; a phone that cannot reach that one joins where it is."""
    alone.server.stop()
    alone.start(listen=ListenAddress(0, bind, home=HOME))
    pupil = phones.pupil(browser)  # its own errors alone are looked at: it asks more than one address
    for address in addresses:
        pupil.page.goto(f"http://{address}:{alone.server.port}/{CODE}")
        until_joined(pupil.page)
        assert pupil.page.url == f"http://{reached}:{alone.server.port}/{CODE}"
    assert len(alone.host.state.seats) == 1
    assert pupil.complaints == []
    pupil.context.close()


def test_a_phone_that_is_called_back_tries_another_socket_and_does_not_poll(alone: Class, pupil: Pupil) -> None:
    """Its relay closes its sockets because the class has moved: it returns by a socket, not by polling."""
    pupil.page.add_init_script(MOVED)
    pupil.page.goto(f"{alone.address}/{CODE}")
    until(lambda: pupil.page.evaluate("window.opened") >= 4, PATIENCE / 1000, "four sockets")
    assert not [asked.url for asked in pupil.asked if asked.url.endswith("/poll")]
