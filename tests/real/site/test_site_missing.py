"""The site's messages if a browser lacks something that it needs."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Route

from game.resources import assets_folder
from game.ui.i18n import Catalogue
from tests.real.phones import MISSING
from tests.real.site.sites import Reader

pytestmark = pytest.mark.skipif(bool(MISSING), reason=f"not installed: {' '.join(MISSING)}")


def test_without_scripts_the_page_says_so(site: str, browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(site)
    words = Catalogue(assets_folder() / "locale")
    assert words("web.noscript") in page.inner_text("body")
    context.close()


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
def test_a_blocked_program_file_is_reported(what: str, site: str, browser: Browser) -> None:
    context = browser.new_context(locale="en-GB")
    page = context.new_page()
    page.route(*BROKEN[what])
    Reader(page).open(site, ready=False)
    page.wait_for_selector("body.failed")
    said = page.inner_text("#page-progress")
    assert "pip install weight-of-grain" in said
    assert "(?)" not in said
    assert "\n" not in said
    context.close()
