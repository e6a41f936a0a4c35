"""The time until the site can be read on a phone of five years ago, beside a bare page that only boots Pyodide."""

from __future__ import annotations

import gzip
import statistics
import time
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, CDPSession, Page, sync_playwright

from tests.benchmarks.harness import Say
from tests.real.phones import CHROMIUM, FLAGS, MISSING
from tests.real.site.sites import CLICKS, PATIENCE, make_site, served, sources

ROUNDS = 3
SLOWER = 4  # times
LINE = 10_000_000 / 8  # bytes a second
TURNS = 200
# It boots in a worker, as the site does: what CDP slows down is the page, and not its workers.
BARE = {
    "bare.html": """<!DOCTYPE html><html lang="en"><head><title>bare</title></head><body><p id="x">no</p>
<script type="module">
new Worker("bare.js", { type: "module" }).onmessage = ({ data }) => document.getElementById("x").textContent = data;
</script></body></html>""",
    "bare.js": """import { loadPyodide } from "./runtime/pyodide.js";
const python = await loadPyodide({ indexURL: new URL("runtime/", location.href).href, checkAPIVersion: false });
self.postMessage(python.runPython("'bo' + 'oted'"));
""",
}


def slowed(page: Page) -> CDPSession:
    """A page that is so much slower, on that line; its worker is as fast as the machine."""
    session = page.context.new_cdp_session(page)
    session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    session.send("Network.enable")
    session.send(
        "Network.emulateNetworkConditions",
        {"offline": False, "latency": 40, "downloadThroughput": LINE, "uploadThroughput": LINE},
    )
    return session


# When the browser painted the first text, by its own clock: to look from outside whether an element is in sight takes
# half a second more on an empty page, and a whole one while modules are run.
PAINTED = "(performance.getEntriesByName('first-contentful-paint')[0] || {}).startTime"


def painted(page: Page) -> float:
    page.wait_for_function(PAINTED)
    return float(page.evaluate(PAINTED)) / 1000


def bare_boot(browser: Browser, address: str) -> tuple[float, float]:
    """Seconds until a page that only boots Pyodide has painted its text, and until it has booted."""
    context = browser.new_context()
    page = context.new_page()
    slowed(page)
    start = time.perf_counter()
    page.goto(f"{address}/bare.html")
    page.wait_for_selector("text=booted", timeout=PATIENCE)
    took = time.perf_counter() - start
    text = painted(page)
    context.close()
    return text, took


def first_page(browser: Browser, address: str) -> dict[str, float]:
    """Seconds until the title's text, its buttons and the first page are there, with presses as early as possible; then
    milliseconds of a page turn, and megabytes of memory before and after 200 of them."""
    context = browser.new_context(locale="en-GB", viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    session = slowed(page)
    start = time.perf_counter()
    page.goto(address, wait_until="commit")
    page.wait_for_selector("[data-begin=villager]")
    found = {"usable": time.perf_counter() - start}
    page.evaluate("document.querySelector('[data-begin=villager]').click()")
    page.evaluate("document.querySelector('[data-start]').click()")
    page.wait_for_selector("body[data-screen=reading]")
    found["page"] = time.perf_counter() - start
    found["text"] = painted(page)
    before = memory(session)
    took: list[float] = []
    while len(took) < TURNS:
        found_there = page.evaluate(TIMED)
        took += found_there
        if not found_there:
            page.evaluate(CLICKS, ["home", "new:villager", "begin:villager"])
    found["turn"] = statistics.median(took)
    found["worst turn"] = sorted(took)[int(len(took) * 0.95)]
    found["memory"] = memory(session) - before
    context.close()
    return found


TIMED = """async () => {
  const main = document.getElementById("main"), took = [];
  for (let button; took.length < 50 && (button = main.querySelector("[data-choice]"));) {
    const start = performance.now();
    await new Promise((done) => {
      const watch = new MutationObserver(() => { watch.disconnect(); done(); });
      watch.observe(main, { attributes: true, attributeFilter: ["data-drawn"] });
      button.click();
    });
    took.push(performance.now() - start);
  }
  return took;
}"""


def memory(session: CDPSession) -> float:
    """Megabytes of the page's own heap; the worker's is a separate WebAssembly memory."""
    session.send("HeapProfiler.collectGarbage")
    return float(session.send("Runtime.getHeapUsage")["usedSize"]) / 1e6


def bytes_to_the_first_page(folder: Path) -> float:
    """Megabytes, compressed by a server, of all files for the first page of an English reader."""
    patterns = ("app/*", "runtime/*", "core.zip", "index.html", "fonts/*Regular*", "fonts/*Bold*", "fonts/fonts.css")
    wanted = [file for pattern in patterns for file in folder.glob(pattern)]
    return sum(len(gzip.compress(file.read_bytes(), 6)) for file in wanted) / 1e6


@pytest.mark.skipif(bool(MISSING), reason="needs chromium")
def test_first_page_against_a_bare_boot(benchmark: Any, say: Say, tmp_path: Path) -> None:
    make_site(tmp_path, sources())
    for name, text in BARE.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    runtime = tmp_path / "runtime"  # the site knows it by names that every server knows; Pyodide itself by its own
    (runtime / "pyodide.asm.mjs").write_bytes((runtime / "pyodide.asm.js").read_bytes())
    bare: list[tuple[float, float]] = []
    game: list[dict[str, float]] = []
    with sync_playwright() as playwright, served(tmp_path) as address:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))

        def both() -> None:
            bare.append(bare_boot(browser, address))
            game.append(first_page(browser, address))

        benchmark.pedantic(both, rounds=ROUNDS)
        browser.close()
    middle = {name: statistics.median(start[name] for start in game) for name in game[0]}
    bare_text, bare_took = map(statistics.median, zip(*bare, strict=True))
    ratio = middle["page"] / bare_took
    benchmark.extra_info["ratio"] = ratio
    say(
        f"\nsite, its page {SLOWER} times slower, 10 Mbit/s: title's text {middle['text']:.2f} s (promised 1; the"
        f" bare page's {bare_text:.2f}), usable {middle['usable']:.1f} s; first page {middle['page']:.1f} s,"
        f" {ratio:.2f} times a bare boot of {bare_took:.1f} s (promised 1.3);"
        f" {bytes_to_the_first_page(tmp_path):.1f} MB until then"
        f" (promised 9); a page turn {middle['turn']:.0f} ms, 95 of 100 within {middle['worst turn']:.0f}"
        f" (promised 100); memory +{middle['memory']:.1f} MB after {TURNS}"
    )
