"""The game in a real browser: the same pages as everywhere, by clicks; what is kept; what is missing."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

import pytest
from playwright.sync_api import Browser, sync_playwright

from game.core.paths import cache_folder
from game.play import Playthrough, begin, follow
from game.play.page import Page
from game.play.share_code import to_code
from game.resources import assets_folder
from game.story import Story
from game.ui.components.changes import change_in_words
from game.ui.i18n import Catalogue
from game.web.npm_package import Package, package_files
from tests.golden.test_golden import FOLDERS
from tests.play.readers import read_to_the_end
from tests.real.phones import AXE, CHROMIUM, FLAGS, MISSING
from tests.real.sites import BELOW, CLICKS, PATIENCE, Reader, make_site, served, visit

pytestmark = pytest.mark.skipif(bool(MISSING), reason=f"not installed: {' '.join(MISSING)}")


@pytest.fixture(scope="module")
def site_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the site, below the one that is served."""
    folder = tmp_path_factory.mktemp("served") / BELOW
    make_site(folder)
    return folder


@pytest.fixture(scope="module")
def site(site_folder: Path) -> Iterator[str]:
    """The address of the site."""
    with served(site_folder.parents[len(Path(BELOW).parts) - 1]) as address:
        yield f"{address}/{BELOW}/"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def reader(site: str, browser: Browser) -> Iterator[Reader]:
    """One reader for all playthroughs: what they have read before is part of it."""
    context, reader = visit(browser, site)
    yield reader
    context.close()


def squeezed(text: str) -> str:
    """A text as a page's words are compared: with one space for any."""
    return " ".join(text.split())


def told(page: Page, words: Catalogue) -> dict[str, Any]:
    """What a page must say, by `read --json`'s values."""
    marked = page.marked()
    shown = marked.paragraphs
    answer = [squeezed(marked.answer.text)] if marked.answer else []
    return {
        "page": page.node or page.chapter or "end",
        "title": squeezed(page.title),
        "prose": [{"by": squeezed(one.by or ""), "text": squeezed(one.text)} for one in shown],
        "lines": [squeezed(line.text) for line in marked.lines],
        "choices": [
            {"id": one.id, "say": squeezed(one.say or words("page.continue")), "reason": squeezed(one.reason or "")}
            for one in page.choices
        ],
        "because": [*answer, *(squeezed(change_in_words(words, change)) for change in page.changes)],
        "alt": page.picture.alt if page.picture is not None else "",
        "people": [span.text for one in shown for span in one.spans if span.kind == "person" and span.target],
    }


def takes_of(folder: Path) -> tuple[dict[str, str], list[str]]:
    """A golden playthrough's head, and what it takes."""
    lines = [line.split("#")[0].strip() for line in (folder / "choices.txt").read_text(encoding="utf-8").splitlines()]
    head = dict(line.split(": ") for line in lines if ": " in line)
    return head, [line for line in lines if line and ": " not in line]


def steps(p: Playthrough, takes: list[str]) -> Iterator[tuple[str, Playthrough]]:
    """Each single entry of a playthrough with what it leads to, `continue` too."""
    for take in takes:
        for after in follow(p, take):
            yield after.entries[-1].take, after
            p = after
    while not p.over and [option.id for option in p.page.choices] == ["continue"]:
        p = p.choose("continue")
        yield "continue", p


READINGS = int(os.environ.get("READINGS", "20"))
ALONE = [folder for folder in FOLDERS if "role" in takes_of(folder)[0]]  # a class's is read on a wall


@pytest.mark.parametrize("folder", ALONE, ids=lambda folder: folder.name)
def test_a_golden_playthrough_reads_the_same_in_a_browser(
    folder: Path, reader: Reader, shipped: Story, words: Catalogue
) -> None:
    """Clicked inside the page, each page's texts, choices, people, changes and alt text are those of the engine."""
    head, takes = takes_of(folder)
    earlier = None
    if "earlier" in head:
        before_head, before_takes = takes_of(folder.parent / head["earlier"])
        earlier = read_in(reader, shipped, words, before_head, before_takes, None)
    read_in(reader, shipped, words, head, takes, earlier)
    assert reader.errors == []


@pytest.mark.parametrize("role", ["villager", "official"])
def test_playthroughs_by_chance_read_the_same_in_a_browser(
    role: str, reader: Reader, shipped: Story, words: Catalogue
) -> None:
    """Twenty of each role (READINGS by hand), seeded, with skips: compared page by page as the golden ones are."""
    for seed in range(READINGS):
        p = read_to_the_end(begin(shipped, role), Random(f"{role} {seed}"))
        read_in(reader, shipped, words, {"role": role, "cut": "full"}, [entry.take for entry in p.entries], None)
    assert reader.errors == []


def read_in(
    reader: Reader, story: Story, words: Catalogue, head: dict[str, str], takes: list[str], earlier: Playthrough | None
) -> Playthrough:
    """Read a playthrough in the browser, from the title to its end, and compare each of its pages."""
    p = begin(story, head["role"], head["cut"], earlier)
    if earlier is None:
        # a finished reading of the other role would decide what this one meets: begin it, and begin it again
        begin_in(reader, head)
        reader.click("pause", "home")
    seen = [begin_in(reader, head)]
    expected = [told(p.page, words)]
    for take, after in steps(p, takes):
        if take == "leave":
            reader.click("leave", "yes")
            p = after
            break
        seen += reader.click(take if take == "skip" else f"choice:{take}")
        expected.append(told(after.page, words))
        p = after
    for there, wanted in zip(seen, expected, strict=True):
        assert {name: there[name] for name in wanted} == wanted
    if not p.left:
        reader.click("home")
    else:
        reader.page.keyboard.press("Escape")
        reader.page.wait_for_selector("body[data-screen=title]")
    return p


def begin_in(reader: Reader, head: dict[str, str]) -> dict[str, Any]:
    """Begin as a role in a cut, from the title; the first page."""
    if reader.page.get_attribute("#main", "class") != "title title":
        reader.page.wait_for_selector("body[data-screen=title]")
    cut = f"cut:{head['cut']}"
    if reader.page.get_attribute(f"[id='{cut}']", "aria-pressed") == "false":
        reader.click(cut)
    found = reader.click(f"new:{head['role']}", f"begin:{head['role']}")[-1]
    if found["card"]:
        found = reader.click("yes")[-1]
    return found


def test_a_reading_outlives_a_reload_and_a_closed_tab(site: str, browser: Browser, shipped: Story) -> None:
    """What was chosen is there again, in this tab and in another, with the settings."""
    context, reader = visit(browser, site)
    reader.click("new:villager", "begin:villager", "choice:continue", "pause", "settings", "set:theme=night")
    node = begin(shipped, "villager").choose("continue").page.node
    reader.page.reload()
    reader.wait()
    assert reader.page.get_attribute("html", "data-theme") == "night"
    assert reader.click("continue")[-1]["page"] == node
    reader.page.close()
    again = Reader(context.new_page())
    again.open(site)
    assert again.click("continue")[-1]["page"] == node
    assert again.errors == []
    context.close()


def test_two_tabs_on_one_save_keep_both(site: str, browser: Browser) -> None:
    """Whoever writes second keeps a copy of what the first wrote, and is told."""
    context, one = visit(browser, site)
    other = Reader(context.new_page())
    other.open(site)
    one.click("new:villager", "begin:villager")
    other.click("new:official", "begin:official")
    one.page.bring_to_front()
    one.click("choice:continue")
    one.page.wait_for_selector("#page-card:not([hidden])")
    assert "current.kept-1.json" in one.page.inner_text("#page-card")
    kept = one.page.evaluate(KEPT)
    assert {"current.json", "current.kept-1.json"} <= set(kept)
    assert json.loads(kept["current.kept-1.json"])["label"]["role"] == "official"
    assert json.loads(kept["current.json"])["label"]["role"] == "villager"
    context.close()


KEPT = """() => new Promise((done) => {
  const request = indexedDB.open("grain-weight-of-grain");
  request.onsuccess = () => {
    const found = {}, cursor = request.result.transaction("files").objectStore("files").openCursor();
    cursor.onsuccess = () => {
      if (!cursor.result) return done(found);
      found[cursor.result.key] = cursor.result.value;
      cursor.result.continue();
    };
  };
})"""


REFUSED = """Object.defineProperty(window, "indexedDB", {
  value: { open() { throw new Error("private window"); } },
});"""


def test_a_browser_that_keeps_nothing_says_so_once_and_reads_on(site: str, browser: Browser) -> None:
    """As private windows of some browsers: one card, and the pages all the same."""
    context = browser.new_context(locale="en-GB")
    context.add_init_script(
        "Object.defineProperty(window, 'indexedDB', { value: { open() { throw new Error('private window'); } } });"
    )
    reader = Reader(context.new_page())
    reader.open(site)
    reader.click("new:villager", "begin:villager")
    reader.page.wait_for_selector("#page-card:not([hidden])")
    assert "private window" in reader.page.inner_text("#page-card")
    reader.page.keyboard.press("Escape")
    reader.page.wait_for_selector("#page-card", state="hidden")
    assert len(reader.click("choice:continue", "choice:continue")) == 2
    assert reader.page.is_hidden("#page-card")
    context.close()


def test_a_code_in_the_address_opens_its_page(site: str, browser: Browser, shipped: Story) -> None:
    """It stands behind the #, which no server sees, and is gone from the address then; a wrong one is said."""
    p = begin(shipped, "official").choose("continue")
    context, reader = visit(browser, f"{site}#r={to_code(p)}")
    assert reader.node == p.page.node
    assert "#" not in reader.page.url
    reader.page.goto(f"{site}#r=WRONG")
    reader.page.wait_for_selector("#page-card:not([hidden])")
    context.close()


def test_the_way_back_closes_screens(site: str, browser: Browser) -> None:
    """The browser's own button is Escape, and does not leave the story in the middle."""
    context, reader = visit(browser, site)
    reader.click("new:villager", "begin:villager", "pause", "settings")
    for screen in ("pause", "reading", "pause"):
        reader.page.go_back()
        reader.page.wait_for_selector(f"body[data-screen={screen}]")
    context.close()


def test_the_picture_alone_is_looked_at_and_left(site: str, browser: Browser) -> None:
    """It has its words, a way back, and the focus on that."""
    context, reader = visit(browser, site)
    reader.click("new:villager", "begin:villager")
    alt = reader.page.get_attribute("#page-picture", "alt")
    reader.page.evaluate("document.getElementById('look').click()")
    reader.page.wait_for_selector("body[data-screen=picture]")
    assert reader.page.get_attribute("#page-picture", "alt") == alt != ""
    assert reader.page.evaluate("document.activeElement.id") == "back"
    reader.page.keyboard.press("Enter")
    reader.page.wait_for_selector("body[data-screen=reading]")
    context.close()


def test_keys_alone_read_a_page(site: str, browser: Browser) -> None:
    """Tab, Enter, numbers and Escape; the heading is read first, and the focus comes back."""
    context, reader = visit(browser, site, viewport={"width": 1366, "height": 768})
    page = reader.page
    page.focus("[data-begin=villager]")
    page.keyboard.press("Enter")
    page.wait_for_selector("body[data-screen=content-note]")
    assert page.evaluate("document.activeElement.tagName") == "H1"
    page.focus("[data-start]")
    page.keyboard.press("Enter")
    page.wait_for_selector("body[data-screen=reading]")
    first = reader.node
    page.keyboard.press("1")
    page.wait_for_selector(f"#main:not([data-page='{first}'])")
    person = page.locator("#main .term.person").first
    person.focus()
    page.keyboard.press("Enter")
    page.wait_for_selector("#page-card:not([hidden])")
    page.keyboard.press("Escape")
    page.wait_for_selector("#page-card", state="hidden")
    assert page.evaluate("document.activeElement.classList.contains('person')")
    context.close()


SCREENS = {
    "title": [],
    "note": ["new:villager"],
    "page": ["begin:villager", "choice:continue"],
    "pause": ["pause"],
    "settings": ["settings"],
    "share": ["back", "share"],
    "slots": ["back", "slots-store"],
    "so-far": ["back", "so-far"],
    "people": ["back", "people"],
    "controls": ["back", "controls"],
}


@pytest.mark.parametrize("theme", ["paper", "night", "contrast"])
def test_axe_finds_nothing(theme: str, site: str, browser: Browser) -> None:
    """On every kind of screen, upright and wide, in each theme; and nothing is wider than 320 pixels."""
    context, reader = visit(browser, site)
    reader.click("settings", *([] if theme == "paper" else [f"set:theme={theme}"]), "back")
    for name, ids in SCREENS.items():
        reader.click(*ids)
        for width, height in ((320, 640), (1366, 768)):
            reader.page.set_viewport_size({"width": width, "height": height})
            found = AXE.run(reader.page)
            assert found.violations_count == 0, f"{name} at {width}: {found.generate_report()}"
            assert reader.page.evaluate("document.documentElement.scrollWidth") <= width, name
    context.close()


def test_forced_colours_and_no_motion_are_followed(site: str, browser: Browser) -> None:
    """The system's wishes are the first settings, and can be changed."""
    context, reader = visit(browser, site, reduced_motion="reduce", color_scheme="dark", forced_colors="active")
    assert reader.page.get_attribute("html", "data-motion") == "reduced"
    assert reader.page.get_attribute("html", "data-theme") == "night"
    assert AXE.run(reader.page).violations_count == 0
    context.close()


def test_a_reader_s_language_is_the_browser_s(site: str, browser: Browser) -> None:
    """At first that of the browser, then the one that is pressed."""
    context, reader = visit(browser, site, locale="zh-CN")
    assert reader.page.get_attribute("html", "lang") == "zh-Hans"
    reader.click("set:language=en")
    assert reader.page.get_attribute("html", "lang") == "en"
    context.close()


def test_it_is_read_without_a_network_after_the_first_visit(site_folder: Path, browser: Browser) -> None:
    """The server is gone in the middle: the reading goes on, and the site opens again with what was kept."""
    with served(site_folder.parents[len(Path(BELOW).parts) - 1]) as address:
        context, reader = visit(browser, f"{address}/{BELOW}/")
        reader.page.evaluate("navigator.serviceWorker.ready.then(() => null)")
    reader.click("new:villager", "begin:villager", "choice:continue")
    node = reader.node
    reader.page.reload()
    reader.wait()
    assert reader.click("continue", "choice:continue")[0]["page"] == node
    context.close()


SCORM_AGAIN = Package(
    "scorm-again", "3.4.3", "Zbe+7ArMUbT1lVnqYxsbGRfI9JD9JVqEPzZLQdk0nfNmcDYJ404rMO9nbkQ0Hzwux5uACF9zKsvc29Q/ZzMOdg=="
)
PLATFORM = """<!DOCTYPE html><html lang="en"><head><title>platform</title><script src="scorm12.js"></script></head>
<body><script>window.API = new Scorm12API({ autocommit: false });</script>
<iframe src="course/index.html" title="course" style="width: 390px; height: 844px"></iframe></body></html>"""


def test_a_learning_platform_is_told_of_the_end(tmp_path: Path, browser: Browser, shipped: Story) -> None:
    """In a frame of a page with a SCORM 1.2 platform: incomplete, then completed; and the choices where asked for."""
    make_site(tmp_path / "course", scorm="choices")
    script = package_files(SCORM_AGAIN, cache_folder(), ["dist/scorm12.js"])["dist/scorm12.js"]
    (tmp_path / "scorm12.js").write_bytes(script)
    (tmp_path / "platform.html").write_text(PLATFORM, encoding="utf-8")
    with served(tmp_path) as address:
        context = browser.new_context(locale="en-GB")
        page = context.new_page()
        page.goto(f"{address}/platform.html")
        frame = page.frames[1]
        frame.wait_for_selector("#page-progress", state="hidden", timeout=PATIENCE)
        status = "window.API.lmsGetValue('cmi.core.lesson_status')"
        assert page.evaluate(status) == "incomplete"
        p = begin(shipped, "villager", "kiosk")
        frame.evaluate(CLICKS, ["cut:kiosk", "new:villager", "begin:villager"])
        chosen = []
        while not p.over:
            take = p.page.choices[0].id
            if take != "continue":
                chosen.append((str(p.page.node), take))
            frame.evaluate(CLICKS, [f"choice:{take}"])
            p = p.choose(take)
        assert page.evaluate(status) == "completed"
        count = page.evaluate("window.API.lmsGetValue('cmi.interactions._count')")
        told = page.evaluate("window.API.renderCommitCMI(true).cmi.interactions") if count else {}
        responses = [one["student_response"] for one in (told.values() if isinstance(told, dict) else told)]
        assert responses == [take for _, take in chosen]
        context.close()


def test_without_scripts_the_page_says_so(site: str, browser: Browser) -> None:
    """One line, under what the story is."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(site)
    words = Catalogue(assets_folder() / "locale")
    assert words("web.noscript") in page.inner_text("body")
    context.close()
