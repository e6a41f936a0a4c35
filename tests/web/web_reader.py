"""A reader without the browser: it gets and sends the messages of a page."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from game.play.page import Picture
from game.resources import assets_folder
from game.story import Story
from game.ui.editions import Edition
from game.web.picture_names import PaintedPictures
from game.web.site_data import SiteContents, SiteData, data_files
from game.web.web_session import WebSession

NOW = datetime(2024, 5, 6, 7, 8, 9)


def data_in(
    folder: Path, stories: Sequence[Story], pictures: Iterable[Picture] = (), editions: Sequence[Edition] = ()
) -> SiteData:
    """The data of a site with these stories, written and read again."""
    contents = SiteContents({story.language: story for story in stories}, editions, PaintedPictures(pictures), ())
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in data_files(contents).items():
        (folder / name).write_text(text, encoding="utf-8", newline="")
    return SiteData(folder, assets_folder() / "locale")


class WebReader:
    """A session whose page keeps every message. `first` is the page's first message without the files."""

    def __init__(self, data: SiteData, files: Mapping[str, str] | None = None, **first: Any) -> None:
        self.data = data
        self.messages: list[dict[str, Any]] = []
        self.files = dict(files or {})  # as the browser keeps them
        self.session = WebSession(data, self._keep, {"files": self.files, "device": "touch", **first}, lambda: NOW)
        self._read = 0

    def _keep(self, message: dict[str, Any]) -> None:
        """Take a message like a page: as JSON."""
        self.messages.append(json.loads(json.dumps(message)))

    @property
    def view(self) -> dict[str, Any]:
        return [message for message in self.messages if message["do"] == "view"][-1]

    @property
    def tree(self) -> dict[str, Any]:
        tree: dict[str, Any] = self.view["screens"][-1]["tree"]
        return tree

    @property
    def ids(self) -> set[str | None]:
        return {node.get("id") for node in nodes(self.tree)}

    @property
    def screen(self) -> str:
        return str(self.view["screens"][-1]["screen"])

    def send(self, do: str, **rest: Any) -> None:
        """Send a message, and store the session's writes at once, like a page."""
        self.session.handle({"do": do, **rest})
        self.store()

    def press(self, *ids: str) -> None:
        for id in ids:
            assert id in self.ids, f"{id} is not on {self.screen}"
            self.send("press", id=id)

    def store(self) -> None:
        """Store the writes requested since the last call, and confirm them."""
        waiting, self._read = self.messages[self._read :], len(self.messages)
        for message in waiting:
            if message["do"] == "write":
                if message["text"] is None:
                    self.files.pop(message["name"], None)
                else:
                    self.files[message["name"]] = message["text"]
                self.session.handle({"do": "stored", "number": message["number"]})

    def said(self, do: str) -> list[dict[str, Any]]:
        return [message for message in self.messages if message["do"] == do]


def nodes(tree: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    yield tree
    for child in tree.get("children", ()):
        yield from nodes(child)


def labels(tree: Mapping[str, Any], role: str) -> list[str]:
    return [node.get("label", "") for node in nodes(tree) if node["role"] == role]
