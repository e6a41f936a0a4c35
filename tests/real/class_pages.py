"""A class on pages: the program without a display, and the two addresses that it prints."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial

from playwright.sync_api import BrowserContext, Locator
from playwright.sync_api import TimeoutError as PlaywrightTimeout

from tests.real.phones import HERE, OpenPage
from tests.real.screen import blind, until

NOTHING_CAME = 2.0  # seconds after which a key is pressed again: a page just turned does not take one at once
SETTLED = 600  # ms in which both pages show what a key led to
TRIES = 20
WHOLE = """(({scrollHeight, scrollWidth}) => scrollHeight <= innerHeight + 1 && scrollWidth <= innerWidth)(
    document.documentElement)"""


@dataclass
class ClassPages:
    """A running class: its process and the addresses of its pages."""

    process: subprocess.Popen[str]
    wall: str
    teacher: str
    way_in: str

    @property
    def code(self) -> str:
        return self.way_in.rpartition("/")[2]

    def interrupt(self) -> None:
        self.process.send_signal(signal.SIGINT)


@contextmanager
def class_on_pages(
    port: int, *options: str, waits: bool = False, more: dict[str, str] | None = None
) -> Iterator[ClassPages]:
    """`weight-of-grain class --wall-in-browser`; while it `waits` for an answer, phones cannot join yet."""
    command = [sys.executable, "-m", "game", "class", "--wall-in-browser", "--port", str(port), "--address", HERE]
    with subprocess.Popen(
        [*command, *options], env=blind() | (more or {}), stdout=subprocess.PIPE, text=True
    ) as process:
        try:
            assert process.stdout is not None
            lines = [process.stdout.readline() for _ in range(3 if waits else 4)]
            found = [re.search(r"http://\S+", line) for line in lines]
            wall, teacher, _, *rest = [page[0] if page else "" for page in found]
            assert wall and teacher, lines
            yield ClassPages(process, wall, teacher, rest[0] if rest else "")
        finally:
            process.kill()


@dataclass
class ClassPage(OpenPage):
    def press_until(self, key: str, wanted: Locator) -> None:
        """Press a key, as often as a person would, until an element is visible."""
        self._until(partial(self.page.keyboard.press, key), wanted)

    def click_until(self, button: Locator, wanted: Locator) -> None:
        """Click, as often as a person would, until an element is visible."""
        self._until(button.click, wanted)

    def _until(self, act: Callable[[], None], wanted: Locator) -> None:
        """Repeat the action if the page changed into something else, or nothing happened."""
        for _ in range(TRIES):
            before = self.drawn
            act()
            with suppress(AssertionError):
                until(partial(self._changed, before, wanted), NOTHING_CAME, "a change")
            with suppress(PlaywrightTimeout):
                wanted.first.wait_for(timeout=SETTLED)
                return
        raise AssertionError(f"nothing led to {wanted}; there is: {self.page.inner_text('body')}")

    def _changed(self, before: str, wanted: Locator) -> bool:
        return wanted.first.is_visible() or self.drawn != before

    @property
    def drawn(self) -> str:
        """A text that changes each time that the page is drawn again."""
        return self.page.get_attribute("#main", "data-drawn") or ""

    @property
    def status(self) -> Locator:
        return self.page.locator("#standing")

    @property
    def whole(self) -> bool:
        return bool(self.page.evaluate(WHOLE))


def open_page(context: BrowserContext, address: str) -> ClassPage:
    """Open one of the pages, and wait until it shows the program's screen."""
    opened = ClassPage(context.new_page())
    opened.page.goto(address)
    opened.page.locator("[data-drawn]").wait_for()
    return opened
