"""Worker: the entry point in a browser's worker. Its JavaScript (assets/web/worker.js) makes one `Worker`.

Messages are JSON text: Pyodide's proxies of JavaScript objects cost more, and leak unless they are freed.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from game.resources import assets_folder
from game.web.site_data import SiteData
from game.web.web_session import WebSession


class Worker:
    """A session that takes and sends JSON. `post` sends a message to the page."""

    def __init__(self, folder: str, first: str, post: Callable[[str], None]) -> None:
        data = SiteData(Path(folder), assets_folder() / "locale")
        self._session = WebSession(
            data, lambda message: post(json.dumps(message, ensure_ascii=False)), json.loads(first)
        )

    def handle(self, message: str) -> None:
        self._session.handle(json.loads(message))
