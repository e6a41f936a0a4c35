"""Readings in a browser's store, and the page's messages without a store or anything else that it needs."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from playwright.sync_api import Route

from game.play import begin
from game.story import Story
from game.ui.i18n import Catalogue
from game.web.site_maker import site_files
from tests.real.site.sites import CARD, Opened, Reader, coloured, make_site, served, served_below, sources


def test_a_reading_outlives_its_tab_and_the_network(site_folder: Path, opened: Opened, shipped: Story) -> None:
    with served_below(site_folder) as address:
        reader = opened(address)
        reader.page.evaluate("navigator.serviceWorker.ready.then(() => null)")
    reader.click("new:villager", "begin:villager", "choice:continue", "pause", "settings", "set:theme=night")
    reader.written()
    p = begin(shipped, "villager").choose("continue")
    reader.page.close()
    again = reader.tab(address)
    assert again.page.get_attribute("html", "data-theme") == "night"
    assert again.click("continue")[-1]["page"] == p.page.node
    assert again.click(f"choice:{p.page.choices[0].id}")[-1]["page"] == p.choose(p.page.choices[0].id).page.node
    assert all("ERR_FAILED" in error for error in again.errors)  # pictures that were not there yet


# waits until so many pictures are kept for offline
ALL_KEPT = """async (expected) => {
  for (let found = 0; found < expected; await new Promise((done) => setTimeout(done, 100))) {
    const kept = await Promise.all((await caches.keys()).map(async (name) => (await caches.open(name)).keys()));
    found = kept.flat().filter(({ url }) => url.includes("/pictures/")).length;
  }
}"""


def test_a_phone_saves_its_story_and_shows_the_map_offline(site_folder: Path, opened: Opened) -> None:
    expected = sum(1 for folder in ("phone", "maps") for _ in (site_folder / "pictures" / folder).iterdir())
    with served_below(site_folder) as address:
        reader = opened(address)
        reader.page.evaluate(ALL_KEPT, expected)
    reader.begin("villager")
    reader.click("choice:continue", "pause", "map")
    reader.page.evaluate("document.getElementById('page-picture').decode()")
    reader.click("back")
    with reader.page.expect_download() as download:
        reader.click("journal")
    html = Path(download.value.path()).read_text(encoding="utf-8")
    assert "data:image/webp" in html
    assert '"data:,"' not in html
    assert reader.errors == []


def test_two_tabs_on_one_save_keep_both(site: str, opened: Opened) -> None:
    """The second tab to write keeps a copy of the first one's save, and reports it."""
    first = opened(site, ready=False)
    other = first.tab(site)
    first.wait()
    for reader, role in ((first, "villager"), (other, "official")):
        reader.click(f"new:{role}", f"begin:{role}")
        reader.written()
    first.page.bring_to_front()
    first.click("choice:continue")
    assert "current.kept-1.json" in first.card
    kept = first.page.evaluate(KEPT)
    assert {"current.json", "current.kept-1.json"} <= set(kept)
    assert json.loads(kept["current.kept-1.json"])["label"]["role"] == "official"
    assert json.loads(kept["current.json"])["label"]["role"] == "villager"
    first.escape()
    first.click("pause", "slots-fetch", "fetch:current.kept-1", "yes")
    assert first.node == other.node


KEPT = """() => new Promise((done) => {
  const request = indexedDB.open("grain-weight-of-grain " + new URL(".", location.href).pathname);
  request.onsuccess = () => {
    const found = {}, cursor = request.result.transaction("files").objectStore("files").openCursor();
    cursor.onsuccess = () => {
      if (!cursor.result) return done(found);
      found[cursor.result.key] = cursor.result.value;
      cursor.result.continue();
    };
  };
})"""


SILENT = {  # what a browser's storage does, and a word of what is said
    "keeps nothing": (
        "Object.defineProperty(window, 'indexedDB', { value: { open() { throw new Error('private window'); } } });",
        "private window",
    ),
    "never answers": ("IDBFactory.prototype.open = () => ({});", "does not answer"),
    "never ends a write": (
        "IDBObjectStore.prototype.put = () => {}; const { transaction } = IDBDatabase.prototype;"
        "IDBDatabase.prototype.transaction = function (...given) {"
        "  const made = transaction.apply(this, given);"
        "  if (given[1] === 'readwrite') Object.defineProperty(made, 'oncomplete', { set() {} });"
        "  return made;"
        "};",
        "does not answer",
    ),
}


@pytest.mark.parametrize("what", SILENT)
def test_a_storage_that_fails_is_said_once_and_read_on(what: str, site: str, opened: Opened) -> None:
    script, said = SILENT[what]
    reader = opened(site, before=script)
    reader.click("new:villager", "begin:villager")
    assert said in reader.card
    reader.escape()
    assert len(reader.click("choice:continue", "choice:continue")) == 2
    assert reader.page.is_hidden(CARD)
    assert reader.errors == []


DELETED = """(name) => new Promise((done, fail) => {
  const request = indexedDB.deleteDatabase(name);
  request.onsuccess = () => done();
  request.onerror = () => fail(request.error);
})"""


def test_a_storage_that_is_deleted_in_mid_reading_is_said_and_read_on(site: str, opened: Opened) -> None:
    reader = opened(site)
    reader.click("new:villager", "begin:villager")
    reader.written()
    reader.page.evaluate(DELETED, "grain-weight-of-grain /some/where/")
    reader.click("choice:continue")
    said = reader.card
    assert "your story is not being saved: this browser’s storage was emptied." in said
    assert ".." not in said
    reader.escape()
    assert len(reader.click("choice:continue")) == 1
    assert reader.errors == []


# as the page itself does once it is ready
KEPT_FOR_OFFLINE = """async () => {
  await navigator.serviceWorker.register("service_worker.js");
  await navigator.serviceWorker.ready;
}"""

# a new version is looked for, and either waits or was not taken
ASKED_FOR = """async () => {
  const found = await navigator.serviceWorker.getRegistration();
  await found.update();
  const { installing } = found;
  if (installing) await new Promise((done) => { installing.onstatechange = () => done(); });
  return Boolean(found.waiting);
}"""


def test_an_update_is_taken_whole_and_keeps_the_reading(tmp_path: Path, opened: Opened) -> None:
    """A page of the old version stays whole during the upload of a new one, even a partial one. A reload gives the
    whole new version, but not while another page of the site is open."""
    folder = tmp_path / "site"
    make_site(folder, sources(chinese=False))
    old_core = (folder / "core.zip").read_bytes()
    with served(tmp_path) as address:
        # what is kept for offline is there before Python is, and the page is opened again: it need not boot here
        reader = opened(f"{address}/site/", ready=False)
        reader.page.evaluate(KEPT_FOR_OFFLINE)
        for name, content in site_files(sources(chinese=False, title="A Newer Title"), coloured, lambda done, of: None):
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        new_core = (folder / "core.zip").read_bytes()
        assert new_core != old_core
        (folder / "core.zip").write_bytes(old_core)  # a server that has but some of its files
        assert not reader.page.evaluate(ASKED_FOR)
        reader.page.reload()
        reader.wait()
        assert titles(reader) == ("The Weight of Grain", "The Weight of Grain")
        node = reader.click("new:villager", "begin:villager", "choice:continue")[-1]["page"]
        assert not reader.page.evaluate(ASKED_FOR)  # the page itself has looked for one, and is done with it
        (folder / "core.zip").write_bytes(new_core)
        assert reader.page.evaluate(ASKED_FOR)
        reader.click("pause", "home")
        assert titles(reader)[0] == "The Weight of Grain"
        assert reader.click("continue", "choice:continue")[0]["page"] == node
        node = reader.node
        other = reader.page.context.new_page()
        other.goto(f"{address}/site/LICENSE.txt")
        with reader.page.expect_worker():  # Python is to boot: the old version goes on
            reader.page.reload()
        assert titles(reader)[1] == "The Weight of Grain"
        other.close()
        for _ in range(3):  # a browser may count a closed page for some moments, and then it is as with an open one
            reader.page.reload()
            reader.wait()  # it is loaded once more by itself
            if titles(reader)[1] == "A Newer Title":
                break
        assert titles(reader) == ("A Newer Title", "A Newer Title")
        assert reader.click("continue")[-1]["page"] == node
        assert reader.errors == []


def titles(reader: Reader) -> tuple[str, str]:
    """The story's title as the worker shows it, from the core, and as the page has it."""
    page = reader.page.evaluate("JSON.parse(document.getElementById('page-site').textContent).title")
    return reader.page.text_content("h1") or "", page


def test_a_full_storage_is_reported_and_reading_goes_on(site: str, opened: Opened) -> None:
    reader = opened(site)
    session = reader.page.context.new_cdp_session(reader.page)
    session.send("Storage.overrideQuotaForOrigin", {"origin": "/".join(site.split("/")[:3]), "quotaSize": 1})
    reader.click("new:villager", "begin:villager")
    assert "QuotaExceededError" in reader.card
    reader.escape()
    assert len(reader.click("choice:continue", "choice:continue")) == 2


# presses the first choice, and is gone before anything can be said to be kept
CUT_OFF = (
    "() => { document.querySelector('[data-choice]').click(); setTimeout(() => location.replace('about:blank')); }"
)


def test_a_tab_that_is_killed_in_mid_write_keeps_a_whole_save(site: str, opened: Opened, shipped: Story) -> None:
    reader = opened(site)
    reader.click("new:villager", "begin:villager", "choice:continue")
    reader.written()
    p = begin(shipped, "villager").choose("continue")
    after = p.choose(p.page.choices[0].id)
    reader.page.evaluate(CUT_OFF)
    reader.page.wait_for_url("about:blank")  # a tab that is closed on its way there can leave Chromium hanging
    again = reader.tab(site)
    assert again.page.is_hidden(CARD)
    assert again.click("continue")[-1]["page"] in (p.page.node, after.page.node)
    assert again.errors == []


@pytest.mark.parametrize("ids", [["pause", "settings"], ["look"]], ids=lambda ids: str(ids[-1]))
def test_a_reload_on_any_screen_comes_back_to_the_reading(ids: list[str], reader: Reader) -> None:
    reader.begin("official")
    node = reader.click("choice:continue")[-1]["page"]
    reader.click(*ids)
    reader.page.reload()
    reader.wait()
    assert reader.page.get_attribute("body", "data-screen") == "title"
    assert reader.click("continue")[-1]["page"] == node


def test_a_deeply_nested_file_is_refused_and_the_reading_goes_on(reader: Reader) -> None:
    """A file of brackets overflowed the stack of the browser's Python, which then answered nothing more."""
    reader.begin("villager")
    node = reader.node
    reader.click("pause", "slots-fetch")
    with reader.page.expect_file_chooser() as chooser:
        reader.page.press("#import", "Enter")
    chooser.value.set_files({"name": "deep.json", "mimeType": "application/json", "buffer": b"[" * 200_000})
    assert "damaged" in reader.card
    reader.to_title()
    assert reader.click("continue")[-1]["page"] == node


def test_without_scripts_the_page_says_so(site: str, opened: Opened, words: Catalogue) -> None:
    reader = opened(site, ready=False, java_script_enabled=False)
    assert words("web.noscript") in reader.page.inner_text("body")


WASM = "**/runtime/pyodide.asm.wasm"
BROKEN = {
    "cut off": (WASM, lambda route: route.abort()),
    "missing": (WASM, lambda route: route.fulfill(status=404, body="no such file")),
    "a filter's page": (WASM, lambda route: route.fulfill(content_type="text/html", body="<p>blocked</p>")),
    "no script of Python": ("**/runtime/pyodide.js", lambda route: route.abort()),
    "no library of Python": ("**/runtime/python_stdlib.zip", lambda route: route.fulfill(status=403, body="")),
    "no core": ("**/core.zip", lambda route: route.fulfill(status=403, body="")),
    "no WebAssembly": ("**/app/worker.js", lambda route: without_webassembly(route)),
}


def without_webassembly(route: Route) -> None:
    """A worker of a browser that has none, or whose administrator switched it off."""
    route.fulfill(content_type="text/javascript", body="delete self.WebAssembly;" + route.fetch().text())


@pytest.mark.parametrize("what", BROKEN)
def test_a_blocked_program_file_is_reported(what: str, site: str, opened: Opened) -> None:
    page = opened("about:blank", ready=False).page
    page.route(*BROKEN[what])
    page.goto(site)
    page.wait_for_selector("body.failed")
    said = page.inner_text("#page-progress")
    assert "pip install weight-of-grain" in said
    assert "(?)" not in said and "\n" not in said
