"""A real Firefox without a window, driven over WebDriver BiDi: tests load its pages and run scripts in them."""

from __future__ import annotations

import asyncio
import json
import re
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

import aiohttp
import pytest

FIREFOX = shutil.which("firefox-esr") or shutil.which("firefox")
PATIENCE = 120.0  # seconds; on a busy machine the Python of a site takes half a minute to boot
PREFERENCES = """\
user_pref("browser.shell.checkDefaultBrowser", false);
user_pref("datareporting.policy.dataSubmissionEnabled", false);
user_pref("app.update.enabled", false);
user_pref("network.captive-portal-service.enabled", false);
user_pref("network.connectivity-service.enabled", false);
"""


@dataclass
class Firefox:
    """A running browser; `tabs` share its cookies."""

    loop: asyncio.AbstractEventLoop
    socket: aiohttp.ClientWebSocketResponse
    numbers: Iterator[int] = field(default_factory=lambda: count(1))

    def call(self, method: str, **about: object) -> dict[str, Any]:
        """The result of one command. Raises AssertionError if it fails."""
        return self.loop.run_until_complete(self._call(method, about))

    async def _call(self, method: str, about: dict[str, object]) -> dict[str, Any]:
        number = next(self.numbers)
        await self.socket.send_json({"id": number, "method": method, "params": about})
        while True:
            answer = await self.socket.receive_json(timeout=PATIENCE)
            if answer.get("id") == number:
                assert answer["type"] == "success", answer
                result: dict[str, Any] = answer["result"]
                return result

    def tab(self, address: str) -> Tab:
        """A new tab with a page."""
        tab = Tab(self, self.call("browsingContext.create", type="tab")["context"])
        tab.go(address)
        return tab


@dataclass
class Tab:
    browser: Firefox
    context: str

    def go(self, address: str) -> None:
        self.browser.call("browsingContext.navigate", context=self.context, url=address, wait="complete")

    def close(self) -> None:
        self.browser.call("browsingContext.close", context=self.context)

    def ask(self, script: str) -> Any:
        """The value of a JavaScript expression, or of its promise, as JSON."""
        asked = f"Promise.resolve({script}).then((value) => JSON.stringify([value]))"
        found = self.browser.call(
            "script.evaluate", expression=asked, target={"context": self.context}, awaitPromise=True
        )
        assert found["type"] == "success", found
        return json.loads(found["result"]["value"])[0]

    def until(self, script: str) -> Any:
        """The value of an expression as soon as it is true. Raises AssertionError after `PATIENCE`."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            if value := self.ask(script):
                return value
            time.sleep(0.05)
        raise AssertionError(f"waited {PATIENCE} s for {script}; there is: {self.ask('document.body.innerText')}")

    def press(self, selector: str) -> None:
        """Press an element, once it exists."""
        self.until(
            f"(() => {{ const it = document.querySelector({json.dumps(selector)}); it?.click(); return !!it }})()"
        )


async def _connect(address: str) -> tuple[aiohttp.ClientSession, aiohttp.ClientWebSocketResponse]:
    client = aiohttp.ClientSession()
    return client, await client.ws_connect(address, max_msg_size=0)


@contextmanager
def firefox() -> Iterator[Firefox]:
    """The system's own Firefox with a temporary profile; skips the test if there is none."""
    if FIREFOX is None:
        pytest.skip("needs firefox-esr")
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        Path(profile, "user.js").write_text(PREFERENCES, encoding="utf-8")
        command = [FIREFOX, "--headless", "--no-remote", "--profile", profile, "--remote-debugging-port", "0"]
        with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True) as process:
            try:
                assert process.stderr is not None
                lines = iter(process.stderr.readline, "")
                found = (re.search(r"WebDriver BiDi listening on (ws://\S+)", line) for line in lines)
                address = next(filter(None, found))
                with asyncio.Runner() as runner:
                    client, socket = runner.run(_connect(f"{address[1]}/session"))
                    browser = Firefox(runner.get_loop(), socket)
                    browser.call("session.new", capabilities={})
                    yield browser
                    runner.run(client.close())
            finally:
                process.terminate()
                process.wait(20)
