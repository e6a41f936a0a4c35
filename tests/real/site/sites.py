"""A site for real browsers: made once, served in a folder of an address, and driven by clicks inside its page."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from random import Random
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page

from game.commands.support.editions import find_editions
from game.core.files import write_folder_atomic
from game.core.paths import cache_folder
from game.credits import read_credits
from game.play.page import Picture
from game.resources import assets_folder, story_folder
from game.story import load
from game.web.pyodide_runtime import runtime_files
from game.web.reachable_pictures import reachable_pictures
from game.web.site_maker import SIZES, Paint, SiteSources, site_files

BELOW = "some/where"  # a site need not be at an address's top
PATIENCE = 120_000  # ms; on a busy machine Python takes half a minute to boot
SMALL = dict.fromkeys(SIZES, (12, 8))  # to encode what is painted in no time takes longer than all else


def coloured(pictures: Sequence[Picture], size: tuple[int, int], beside_sheet: bool) -> Iterator[bytes]:
    """Plain pictures, each in its own colour, since painting all takes minutes."""
    for number, _ in enumerate(pictures):
        yield bytes([90, 60 + number % 100, 40]) * (size[0] * size[1])


def sources(scorm: str = "", chinese: bool = True, title: str = "") -> SiteSources:
    """What the shipped story's site is made of, with plain pictures; `title` makes it another version of the story."""
    story = load(story_folder(), cache_folder())
    stories = {story.language: replace(story, title=title or story.title)}
    if chinese:
        stories["zh-Hans"] = load(story_folder(), cache_folder(), "zh-Hans")
    found = reachable_pictures(story, Random(0), 100)
    credits = [credit for credit in read_credits() if credit.kind != "library"]
    editions = [edition for edition in find_editions(story_folder(), story) if edition.language in stories]
    runtime = runtime_files(cache_folder())
    return SiteSources(
        stories, editions, found.pages, assets_folder(), runtime, credits, "MIT", scorm, SMALL, found.maps, (12, 9)
    )


def make_site(folder: Path, made_of: SiteSources, paint: Paint = coloured) -> None:
    """Write a site, by default with plain pictures."""
    write_folder_atomic(folder, site_files(made_of, paint, lambda done, of: None))


class _Quiet(SimpleHTTPRequestHandler):
    """Serves a folder without a log."""

    def log_message(self, format: str, *args: Any) -> None:
        """Writes nothing."""


class _Server(ThreadingHTTPServer):
    def handle_error(self, request: Any, client_address: Any) -> None:
        """Ignores a browser that leaves during an answer; everything else is printed."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


class _Ignorant(_Quiet):
    """Knows the types of pages, scripts, styles and pictures, as the oldest servers do."""

    def guess_type(self, path: Any) -> str:
        """The type of a file's ending; that of bytes for any other."""
        known = {".html": "text/html", ".js": "text/javascript", ".css": "text/css", ".png": "image/png"}
        return known.get(Path(str(path)).suffix, "application/octet-stream")


@contextmanager
def served(folder: Path, knows_types: bool = True) -> Iterator[str]:
    """The address at which a folder is served on loopback."""
    handler = _Quiet if knows_types else _Ignorant
    with _Server(("127.0.0.1", 0), partial(handler, directory=str(folder))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}"
        finally:
            server.shutdown()


@contextmanager
def served_below(site: Path) -> Iterator[str]:
    """The address of the site in a folder that ends in `BELOW`."""
    with served(site.parents[len(Path(BELOW).parts) - 1]) as address:
        yield f"{address}/{BELOW}/"


CARD = "#page-card"

# Runs inside the page: clicks one id after the other, and says what stands there after each.
CLICKS = """async (ids) => {
  const main = document.getElementById("main"), card = document.getElementById("page-card");
  const text = (element) => element ? element.textContent.replace(/\\s+/g, " ").trim() : "";
  const all = (selector) => [...main.querySelectorAll(selector)];
  const bare = (element) => {
    const copy = element.cloneNode(true);
    copy.querySelectorAll(".by").forEach((by) => by.remove());
    return text(copy);
  };
  const heading = () => {
    const copy = (main.querySelector("h1") || document.createElement("h1")).cloneNode(true); // a picture alone has none
    copy.querySelectorAll(".hanzi").forEach((hanzi) => hanzi.remove());
    return text(copy);
  };
  const prose = () => all("p[id]").filter((p) => /^prose-\\d+$/.test(p.id));
  const choice = (button) => ({
    id: button.dataset.choice, say: text(button.querySelector(".say")), reason: text(button.querySelector(".reason")),
  });
  const seen = () => ({
    page: main.dataset.page, screen: document.body.dataset.screen,
    card: card.hidden ? "" : text(card.querySelector("h1")),
    title: heading(),
    date: text(main.querySelector("p.date")),
    prose: prose().map((p) => ({ by: text(p.querySelector(".by")), text: bare(p) })),
    lines: all("p.line").map(bare),
    choices: all("[data-choice]").map(choice),
    changes: all("#changes p").map((p) => text(p.querySelector("[aria-hidden]") || p)),
    people: all("p[id^=prose-] .term.person").map(text),
    alt: document.getElementById("page-picture").alt,
  });
  const drawn = () => new Promise((done, fail) => {
    const late = setTimeout(() => { watch.disconnect(); fail(new Error("nothing was drawn")); }, 60000);
    const watch = new MutationObserver(() => { clearTimeout(late); watch.disconnect(); setTimeout(done, 0); });
    watch.observe(main, { attributes: true, attributeFilter: ["data-drawn"] });
  });
  const found = [];
  for (const id of ids) {
    const button = document.getElementById(id);
    if (!button) throw new Error(`there is no ${id} on ${JSON.stringify(seen()).slice(0, 400)}`);
    const wait = drawn();
    button.click();
    await wait;
    found.push(seen());
  }
  return found;
}"""


MOST_UNLIKE = 0.5  # the share of its power in which a loop may differ; two unlike stretches differ in 2
# Runs inside the page: decodes each loop, and says which shares of its power differ where it is repeated.
SEAMS = """async (pad) => {
  const { loops } = JSON.parse(document.getElementById("page-site").textContent), found = {};
  const context = new (window.OfflineAudioContext || window.webkitOfflineAudioContext)(1, 1, 48000);
  for (const [name, seconds] of Object.entries(loops)) {
    const bytes = await (await fetch(`sounds/${name}.mp3`)).arrayBuffer();
    const sound = await context.decodeAudioData(bytes), samples = sound.getChannelData(0);
    const stretch = (start) => samples.subarray(Math.round(start * sound.sampleRate)).subarray(0, 4800);
    const first = stretch(pad), again = stretch(pad + seconds);
    const power = (values) => values.reduce((sum, value) => sum + value * value, 0);
    found[name] = again.length < 4800 ? 9 : power(first.map((value, at) => value - again[at])) / power(first);
  }
  return found;
}"""


@dataclass
class Reader:
    """A reader at a browser's page of the site, with its errors."""

    page: Page
    errors: list[str] = field(default_factory=list)

    def open(self, address: str, ready: bool = True) -> None:
        """Open the site, and wait until it is ready."""
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on("console", lambda said: self.errors.append(said.text) if said.type == "error" else None)
        self.page.goto(address)
        if ready:
            self.wait()

    def wait(self) -> None:
        """Wait until Python has booted."""
        self.page.wait_for_selector("#page-progress[hidden]", state="attached", timeout=PATIENCE)

    def click(self, *ids: str) -> list[dict[str, Any]]:
        """Click ids, one after the other, from a loop inside the page; returns the page's content after each."""
        found: list[dict[str, Any]] = self.page.evaluate(CLICKS, list(ids))
        return found

    def begin(self, role: str, cut: str = "full") -> dict[str, Any]:
        """Begin as a role in a cut, from the title, and keep an unfinished reading aside; returns the first page."""
        if self.page.get_attribute(f"[id='cut:{cut}']", "aria-pressed") == "false":
            self.click(f"cut:{cut}")
        found = self.click(f"new:{role}", f"begin:{role}")[-1]
        return self.click("yes")[-1] if found["card"] else found

    def to_title(self) -> None:
        """Go back to the title from any screen."""
        while (screen := self.page.get_attribute("body", "data-screen")) != "title" or self.page.is_visible(CARD):
            id = "pause" if screen == "reading" and self.page.is_hidden(CARD) else "home"
            if self.page.is_visible(CARD) or not self.page.is_visible(f"#{id}"):
                self.escape()
            else:
                self.click(id)

    def escape(self) -> None:
        """Close a screen by its key."""
        drawn = self.page.get_attribute("#main", "data-drawn")
        self.page.keyboard.press("Escape")
        self.page.wait_for_selector(f"#main:not([data-drawn='{drawn}'])")

    def tab(self, address: str, ready: bool = True) -> Reader:
        """Another tab of the same browser, with the site open."""
        other = Reader(self.page.context.new_page())
        other.open(address, ready)
        return other

    def written(self) -> None:
        """Wait until the browser has stored everything."""
        self.page.wait_for_selector("html:not([data-writing])", state="attached")

    @property
    def card(self) -> str:
        """The text of the card, once there is one."""
        self.page.wait_for_selector(f"{CARD}:not([hidden])")
        return self.page.inner_text(CARD)

    @property
    def choices(self) -> list[str]:
        """The ids of the choices of the current page; none behind the last one."""
        found: list[str] = self.page.eval_on_selector_all(
            "#main.reading [data-choice]", "all => all.map(({ id }) => id)"
        )
        return found

    @property
    def node(self) -> str:
        """The current page of the story."""
        return self.page.get_attribute("#main", "data-page") or ""


Opened = Callable[..., Reader]  # as `visit`, and the browser is closed after the test


def visit(
    browser: Browser, address: str, ready: bool = True, before: str = "", **options: Any
) -> tuple[BrowserContext, Reader]:
    """A new reader at a fresh browser's page; `ready`: once it can be played; `before` runs first in each page."""
    context = browser.new_context(**{"viewport": {"width": 390, "height": 844}, "locale": "en-GB", **options})
    context.set_default_timeout(PATIENCE)
    if before:
        context.add_init_script(before)
    reader = Reader(context.new_page())
    reader.open(address, ready)
    return context, reader
