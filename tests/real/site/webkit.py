"""A real WebKit under Xvfb: WebKitGTK's own small browser, driven by Selenium, with a temporary profile."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from selenium.webdriver import WebKitGTK, WebKitGTKOptions
from selenium.webdriver.support.ui import WebDriverWait
from selenium.webdriver.webkitgtk.service import Service

from tests.real.screen import screen

DRIVER = shutil.which("WebKitWebDriver")
BROWSERS = sorted(Path("/usr/lib").glob("*/webkit2gtk-4.*/MiniBrowser"))
PATIENCE = 120  # seconds; on a busy machine Python takes half a minute to boot
# Its sandbox needs what a container or root has not; the pages here are ours. WebAssembly is interpreted until threads
# of low priority have compiled it, which on a busy machine comes late: Python booted in 17 s of the processor's time.
# Where a function is compiled at once, and not a second time to be faster still, it is 8 s.
ENVIRONMENT = {
    "WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS": "1",
    "LIBGL_ALWAYS_SOFTWARE": "1",
    "JSC_useConcurrentJIT": "0",
    "JSC_useOMGJIT": "0",
}


@dataclass
class WebKit:
    """A running browser with one page."""

    driver: WebKitGTK

    def go(self, address: str) -> None:
        """Open or reload a site, and wait until it is ready. Raises AssertionError if it reports that it cannot."""
        self.driver.get(address)
        self.until("document.getElementById('page-progress').hidden || document.body.matches('.failed')")
        assert self.ask("!document.body.matches('.failed')"), self.ask("document.body.innerText")

    def until(self, script: str) -> None:
        """Wait until a JavaScript expression is true."""
        WebDriverWait(self.driver, PATIENCE).until(lambda driver: driver.execute_script(f"return {script}"))

    def ask(self, script: str) -> Any:
        """The value of a JavaScript expression, or of its promise, as JSON."""
        found = self.driver.execute_async_script(
            "const done = arguments[0];"
            f"Promise.resolve({script}).then((value) => done(JSON.stringify([value])), (error) => done(String(error)));"
        )
        return json.loads(found)[0]


@contextmanager
def webkit() -> Iterator[WebKit]:
    """The browser on a screen of its own; skips the test if there is none."""
    if not (DRIVER and BROWSERS):
        pytest.skip("needs webkit2gtk-driver")
    options = WebKitGTKOptions()
    options.binary_location = str(BROWSERS[-1])
    options.add_argument("--automation")
    with screen() as display:
        driver = WebKitGTK(options=options, service=Service(DRIVER, env={**display.environment(), **ENVIRONMENT}))
        try:
            driver.set_script_timeout(PATIENCE)
            yield WebKit(driver)
        finally:
            driver.quit()
