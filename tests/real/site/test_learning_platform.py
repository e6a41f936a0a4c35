"""The site inside a learning platform: a real SCORM 1.2 library, in a real browser."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from shutil import copy
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from game.core.paths import cache_folder
from game.play import begin
from game.resources import assets_folder
from game.story import Story
from game.web.pyodide_runtime import Package, package_files
from tests.real.screen import until
from tests.real.site.sites import CLICKS, PATIENCE, make_site, served, sources

SCORM_AGAIN = Package(
    "scorm-again", "3.4.3", "Zbe+7ArMUbT1lVnqYxsbGRfI9JD9JVqEPzZLQdk0nfNmcDYJ404rMO9nbkQ0Hzwux5uACF9zKsvc29Q/ZzMOdg=="
)
# The platform: what it has stored of a learner's attempt comes in, and what the package commits is what it stores.
PLATFORM = """<!DOCTYPE html><html lang="en"><head><title>platform</title><script src="scorm12.js"></script></head>
<body><script>
window.API = new Scorm12API({ autocommit: false });
API.loadFromJSON(JSON.parse(decodeURIComponent(location.hash.slice(1))));
API.on("LMSCommit", () => { window.stored = API.renderCommitCMI(false).cmi; });
</script><iframe src="FRAME" title="course" style="width: 390px; height: 844px"></iframe></body></html>"""


def write_platform(folder: Path, frame: str) -> None:
    """Write the platform's page, which shows a file of the folder in its frame."""
    script = package_files(SCORM_AGAIN, cache_folder(), ["dist/scorm12.js"])["dist/scorm12.js"]
    (folder / "scorm12.js").write_bytes(script)
    (folder / "platform.html").write_text(PLATFORM.replace("FRAME", frame), encoding="utf-8")


@pytest.fixture(scope="module")
def platform(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a platform with the package as its course."""
    folder = tmp_path_factory.mktemp("platform")
    make_site(folder / "course", sources("choices", chinese=False))
    write_platform(folder, "course/index.html")
    with served(folder) as address:
        yield f"{address}/platform.html"


class Learner:
    """A learner at the course, with the platform's record of this attempt."""

    def __init__(self, context: BrowserContext, platform: str, learner: str, stored: dict[str, Any] | None) -> None:
        core = {"student_id": learner, "entry": "resume" if stored else "ab-initio"}
        if stored:
            core["lesson_status"] = stored["core"]["lesson_status"]
        record = {"core": core} | ({"suspend_data": stored["suspend_data"]} if stored else {})
        self.page = context.new_page()
        self.page.goto(f"{platform}#{json.dumps(record)}")
        self.frame = self.page.frames[1]
        self.frame.wait_for_selector("#page-progress[hidden]", state="attached", timeout=PATIENCE)

    def click(self, *ids: str) -> list[dict[str, Any]]:
        """Click ids, one after the other; returns the page's content after each."""
        found: list[dict[str, Any]] = self.frame.evaluate(CLICKS, list(ids))
        return found

    @property
    def status(self) -> str:
        return str(self.page.evaluate("API.lmsGetValue('cmi.core.lesson_status')"))

    def leave(self) -> dict[str, Any]:
        """Close the page once all is stored; returns the platform's record."""
        self.frame.wait_for_selector("html:not([data-writing])", state="attached")
        stored: dict[str, Any] = self.page.evaluate("window.stored")
        self.page.close()
        return stored


def test_each_learner_and_attempt_has_its_own_reading(platform: str, browser: Browser, shipped: Story) -> None:
    """One learner reads to the end: incomplete, then completed, with the requested choices. The next learner at this
    browser, and the first one's second attempt, get no credit and begin from the start. At another browser the first
    one's reading is there again."""
    here, elsewhere = browser.new_context(locale="en-GB"), browser.new_context(locale="en-GB")
    first = Learner(here, platform, "Li", None)
    assert first.status == "incomplete"
    p = begin(shipped, "villager", "kiosk")
    first.click("cut:kiosk", "new:villager", "begin:villager")
    chosen = []
    while not p.over:
        take = p.page.choices[0].id
        if take != "continue":
            chosen.append(take)
        first.click(f"choice:{take}")
        p = p.choose(take)
    assert first.status == "completed"
    reported = first.page.evaluate("API.renderCommitCMI(true).cmi.interactions")
    answers = reported.values() if isinstance(reported, dict) else reported
    assert [answer["student_response"] for answer in answers] == chosen
    assert first.frame.evaluate("Object.keys(localStorage)") == []  # the browser is the next learner's too
    stored = first.leave()
    assert len(stored["suspend_data"]) <= 4096
    for learner in ("Wang", "Li"):  # another one, and the first one's second attempt
        next_one = Learner(here, platform, learner, None)
        assert (next_one.status, next_one.frame.query_selector("#continue")) == ("incomplete", None)
        next_one.page.close()
    again = Learner(elsewhere, platform, "Li", stored)
    assert again.status == "completed"
    assert again.click("continue")[-1]["page"] == (p.page.node or p.page.chapter or "end")
    here.close()
    elsewhere.close()


# Keeps files as the page does, without Python.
KEEPER = """<!DOCTYPE html><html lang="en"><head><title>keeper</title></head><body><script type="module">
import { Platform, PlatformStore } from "./scorm.js";
window.store = await PlatformStore.open(new Platform(false), (key) => key);
</script></body></html>"""
SAVE = {"current.json": "一页" * 500, "settings.json": "{}"}


@pytest.fixture(scope="module")
def keeper(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a platform whose course is the package's store alone."""
    folder = tmp_path_factory.mktemp("keeper")
    write_platform(folder, "keeper.html")
    copy(assets_folder() / "web" / "site" / "scorm.js", folder)
    (folder / "keeper.html").write_text(KEEPER, encoding="utf-8")
    with served(folder) as address:
        yield f"{address}/platform.html"


def open_keeper(browser: Browser, address: str, record: dict[str, Any], before: str = "") -> Page:
    """A page of the platform whose store is open."""
    page = browser.new_page()
    page.add_init_script(before)
    page.goto(f"{address}#{json.dumps(record)}")
    until(lambda: page.frames[1].evaluate("Boolean(window.store)"), 30, "the store")
    return page


def write(page: Page, name: str, text: str | None) -> dict[str, Any]:
    """The result of a write."""
    answer: dict[str, Any] = page.frames[1].evaluate("([name, text]) => store.write(1, name, text)", [name, text])
    return answer


def test_the_platform_keeps_the_reading_and_the_settings(keeper: str, browser: Browser) -> None:
    page = open_keeper(browser, keeper, {"core": {"entry": "ab-initio"}})
    for name, text in SAVE.items():
        assert write(page, name, text)["do"] == "stored"
    assert write(page, "aside.json", "x" * 100_000)["do"] == "stored"  # for this session alone
    kept = page.evaluate("window.stored.suspend_data")
    page.close()
    for entry, data, found in (
        ("resume", kept, True), ("", kept, True), ("ab-initio", kept, False), ("resume", kept[:-9], False),
        ("", "garbage", False),
    ):  # fmt: skip
        page = open_keeper(browser, keeper, {"core": {"entry": entry}, "suspend_data": data})
        assert page.frames[1].evaluate("store.files") == (SAVE if found else {})
        assert page.frames[1].evaluate("indexedDB.databases()") == []
        page.close()


def test_what_the_platform_cannot_keep_is_refused(keeper: str, browser: Browser) -> None:
    """Slots, more than SCORM 1.2 has room for, and everything if no platform answers."""
    page = open_keeper(browser, keeper, {"core": {"entry": "ab-initio"}})
    assert write(page, "slot-1.json", "{}") == {"do": "refused", "number": 1, "why": "web.platform.slots"}
    write(page, "current.json", "short")
    kept = page.evaluate("window.stored.suspend_data")
    long = "".join(chr(0x4E00 + number * 37 % 20000) for number in range(4096))
    assert write(page, "current.json", long) == {"do": "refused", "number": 1, "why": "web.platform.room"}
    assert page.evaluate("API.lmsGetValue('cmi.suspend_data')") == kept
    page.evaluate("API.LMSCommit = () => 'false'")
    assert write(page, "current.json", "other") == {"do": "refused", "number": 1, "why": "web.platform.none"}
    page.close()
    page = open_keeper(browser, keeper, {}, "Object.defineProperty(window, 'API', { set() {}, get() {} });")
    assert write(page, "current.json", "x") == {"do": "refused", "number": 1, "why": "web.platform.none"}
    page.close()
