"""A class for real browsers: the real server and page, a teacher who commands the host, and pupils with phones."""

from __future__ import annotations

import re
import shutil
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Locator, Page, Request, expect, sync_playwright

from game.classroom import commands
from game.classroom.host import Host
from game.classroom.join_codes import seat_of
from game.classroom.log import Log
from game.classroom.run_class import class_host
from game.classroom.server.http_server import ClassServer, ListenAddress
from game.classroom.server.phone_service import Language, phone_view
from game.play.voting import WHOLE_CLASS, counts, leading
from game.relay.seat_cookies import COOKIE_SECONDS
from game.resources import assets_folder
from game.story.model import Story
from game.ui.i18n import Catalogue
from tests.classroom.logged_class import begun

CODE = "K7QP"
HERE = "127.0.0.1"
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
MISSING = [] if CHROMIUM else ["chromium"]
PATIENCE = 15_000  # ms; a busy machine may be slow
expect.set_options(timeout=PATIENCE)
UPRIGHT, CHROMEBOOK = (390, 844), (1366, 768)
FLAGS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip
AXE = Axe()
RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice", "wcag2aaa"],
    "resultTypes": ["violations"],
}
# A browser says these by itself of what a class may well do: be out of reach, or refuse a code.
NETWORK = ("Failed to load resource", "WebSocket connection to")


@dataclass
class Class:
    """A class served on loopback. The teacher's commands go to `host`, as from the window."""

    story: Story
    words: Catalogue
    host: Host
    translations: tuple[Language, ...] = ()
    server: ClassServer = field(init=False)

    @property
    def address(self) -> str:
        return f"http://{HERE}:{self.server.port}"

    def start(self, port: int = 0, listen: ListenAddress | None = None) -> None:
        """Serve the real page with the game's texts."""
        shown = phone_view(self.host, self.words, assets_folder() / "web", self.translations)
        self.server = ClassServer(self.host, shown, listen or ListenAddress(port, HERE))
        self.server.start()

    @contextmanager
    def away(self) -> Iterator[None]:
        """The teacher's computer is out of reach, and comes back at the same address."""
        self.server.stop()
        yield
        self.start(self.server.port)

    def to_a_vote(self) -> None:
        """Read on until there is a vote, and open it."""
        while not self.host.state.can_vote:
            self.host.execute(commands.go_on)
        self.host.execute(commands.open_vote)

    def decide(self) -> None:
        """Decide by the most votes; after a tie, or without votes, for the first choice."""
        state = self.host.state
        tied = {
            lane.door: lane.page.choices[0].id
            for lane in state.tracks
            if lane.has_vote and len(leading(counts(state.round(lane), lane.page.choices))) != 1
        }
        self.host.execute(lambda state: commands.decide(state, tied, "to go on"))

    def turn(self) -> None:
        """Read on by one page, with a vote if there is one."""
        if not self.host.state.can_vote:
            self.host.execute(commands.go_on)
            return
        if self.host.state.phase == "reading":
            self.host.execute(commands.open_vote)
        self.host.execute(commands.reveal)
        self.decide()


@contextmanager
def a_class(
    story: Story,
    words: Catalogue,
    folder: Path,
    *,
    role: str | None = None,
    port: int = 0,
    began: str = "09:05",
    translations: Iterable[Language] = (),
) -> Iterator[Class]:
    """A class before its first page, behind both doors or behind one. It has the folder's name."""
    folder.mkdir(exist_ok=True)
    with Log(folder / "a.class", lambda: 0.0) as log:
        host = class_host(
            story, log, begun(story, "one-door" if role else "class", role, name=folder.name, began=began)
        )
        held = Class(story, words, host, tuple(translations))
        held.start(port)
        try:
            yield held
        finally:
            held.server.stop()


@dataclass
class OpenPage:
    """A page in a browser, with its own errors."""

    page: Page
    complaints: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("console", self._note)

    def _note(self, said: ConsoleMessage) -> None:
        if said.type == "error" and not said.text.startswith(NETWORK):
            self.complaints.append(said.text)

    @property
    def focus(self) -> str:
        """The id, or else the kind, of the focused element."""
        return str(self.page.evaluate("document.activeElement.id || document.activeElement.nodeName"))

    def faults(self) -> str:
        """The faults that axe finds in the present page; "" if there are none."""
        found = AXE.run(self.page, options=RULES)
        return str(found.generate_report()) if found.violations_count else ""


@dataclass
class Pupil(OpenPage):
    """A phone: its page, and the servers that it asks."""

    asked: list[Request] = field(default_factory=list)

    @property
    def context(self) -> BrowserContext:
        return self.page.context

    def join(self, held: Class, door: str = "") -> Pupil:
        """Join by the code on the wall, and go to the first page."""
        return self.enter(f"{held.address}/{CODE}", door, asked=held.host.state.doors != (WHOLE_CLASS,))

    def enter(self, way_in: str, door: str = "", asked: bool = True) -> Pupil:
        """Join at an address, which asks for a door unless there is one alone, and go to the first page."""
        self.page.goto(way_in)
        if door:
            self.page.get_by_label(door).check()
        if asked:
            self.page.get_by_role("button", name="Join the class").click()
        self.page.get_by_role("button", name="I have read this").click()
        self.page.locator("article").wait_for()
        return self

    def meets_vote(self, held: Class) -> None:
        """Read on until there is a vote, and open it; this phone shows that it is open."""
        held.to_a_vote()
        expect(self.status).to_have_text(held.words("phone.status.open"))

    def choose(self, number: int) -> Locator:
        """Press a choice by its number."""
        slip = self.choices.nth(number - 1)
        slip.click()
        return slip

    @property
    def seat(self) -> str:
        return seat_of(self.page.evaluate("JSON.parse(sessionStorage.getItem('seat')).token"))

    @property
    def status(self) -> Locator:
        return self.page.locator("#status")

    @property
    def choices(self) -> Locator:
        return self.page.locator("#choices button")

    @property
    def scroll(self) -> float:
        return float(self.page.evaluate("scrollY"))

    @property
    def fits(self) -> bool:
        """Whether nothing needs scrolling sideways."""
        return bool(self.page.evaluate("document.documentElement.scrollWidth <= innerWidth"))

    @property
    def errors(self) -> list[str]:
        """What went wrong in the page, was asked of another server, or is kept. A seat's cookie alone may be kept."""
        here = re.compile(rf"http://{re.escape(HERE)}:\d+/")
        elsewhere = [request.url for request in self.asked if not here.match(request.url)]
        kept = self.page.evaluate("[document.cookie, ...Object.keys(localStorage)].filter(Boolean)")
        latest = time.time() + COOKIE_SECONDS
        cookies = [
            cookie["name"]
            for cookie in self.context.cookies()
            if not (cookie["name"].startswith("seat-") and cookie["httpOnly"] and 0 < cookie["expires"] <= latest)
        ]
        return [*self.complaints, *elsewhere, *kept, *cookies]


@contextmanager
def chromium() -> Iterator[Browser]:
    """The system's own browser with a temporary profile, without requests of its own."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        try:
            yield browser
        finally:
            browser.close()


def pupil(browser: Browser, size: tuple[int, int] = UPRIGHT, **more: object) -> Pupil:
    """A pupil with a phone of this size."""
    context = browser.new_context(viewport={"width": size[0], "height": size[1]}, **more)  # type: ignore[arg-type]
    context.set_default_timeout(PATIENCE)
    held = Pupil(context.new_page())
    context.on("request", lambda request: held.asked.append(request))
    return held
