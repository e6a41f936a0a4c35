"""Session factories: the picture worker wakes the loop, the clipboard, and reloading an edited story."""

from __future__ import annotations

import shutil
from dataclasses import dataclass, replace
from pathlib import Path

import pygame
import pytest

from game.core.stores import FolderStore
from game.desktop.session_factory import SystemClipboard, reader_session
from game.play.save_files import SaveFiles
from game.story import load
from game.story.model import Story
from game.ui.settings import SettingsFile
from game.ui.state import ScreenView
from game.yamlio.file_watcher import INTERVAL
from tests.desktop.session_driver import Seat, SessionDriver
from tests.small_stories.packs import THE_MILL
from tests.ui.app_driver import text_of


def test_a_painted_picture_wakes_the_loop(mill: Story, tmp_path: Path) -> None:
    """Without input and animation, only this event makes the picture show."""
    pygame.display.init()
    store = FolderStore(tmp_path)
    session = reader_session(mill, SaveFiles(store), SettingsFile(store))((640, 480), ())
    before = pygame.Surface((640, 480))
    session.render(before)
    pygame.event.clear()
    session.request_pictures()
    assert pygame.event.wait(30_000).type >= pygame.USEREVENT
    assert session.render(before.copy())
    session.close()
    pygame.display.quit()


def test_what_is_copied_can_be_pasted_only_with_a_window() -> None:
    pygame.display.init()
    board = SystemClipboard()
    try:
        pygame.display.set_mode((320, 240))
        assert board.copy("RB6CQ-WE")
        assert board.paste() == "RB6CQ-WE"
    finally:
        pygame.display.quit()
    assert not board.copy("RB6CQ-WE")
    assert board.paste() == ""


@dataclass
class Author:
    """A person who edits a story's folder while another reads it."""

    folder: Path
    driver: SessionDriver

    @property
    def page(self) -> str | None:
        """The node of the reader's page."""
        return self.driver.session.app.current.page.node

    @property
    def said(self) -> str:
        return text_of(self.driver.tree)

    def writes(self, file: str, old: str, new: str) -> None:
        path = self.folder / file
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new), encoding="utf-8")
        self.waits()

    def waits(self) -> None:
        for _ in range(3):
            self.driver.wait(INTERVAL)
            self.driver.session.poll_changes()
        self.driver.settle()


@pytest.fixture
def author(tmp_path: Path, seat: Seat) -> Author:
    """A reader at the mill's gate, and an author in its folder."""
    folder = shutil.copytree(THE_MILL, tmp_path / "mill")
    driver = seat(load(folder), watched=folder)
    return Author(folder, driver.click("new:miller", "begin:miller", "choice:continue"))


def test_error_is_shown_until_it_is_fixed(author: Author) -> None:
    author.writes("m-gate.yaml", "goto: night", "goto: nihgt")
    assert author.driver.where == "findings" and "m-gate.yaml:" in author.said
    assert "Did you mean `night`?" in author.said
    author.writes("m-gate.yaml", "goto: nihgt", "goto: nihht")
    assert [view.screen for view in author.driver.session.app.views].count("findings") == 1
    author.writes("m-gate.yaml", "goto: nihht", "goto: night")
    assert (author.driver.where, author.page) == ("reading", "m-gate.gate")


def test_many_errors_show_the_first_and_a_count(author: Author) -> None:
    author.writes("m-gate.yaml", "chapter: m-gate", "chapter: m-gate\n" + "".join(f"key-{i}: x\n" for i in range(40)))
    assert author.said.count("is not a key here") == 12
    assert "and 28 more" in author.said


@pytest.mark.parametrize("line", ["- 70", '"', "\t x", "a: b: c", "- [", "&a *a", "? {", "---", "\x1b[31m"])
def test_no_edit_closes_the_window(author: Author, line: str) -> None:
    """An extra line below a new file's first line is a finding, and removing it fixes that."""
    path = author.folder / "new.yaml"
    for more, where in ((f"{line}\n", "findings"), ("", "reading")):
        path.write_text(f"title: New\n{more}", encoding="utf-8")
        author.waits()
        assert author.driver.where == where


def test_exception_is_shown_on_the_card(author: Author, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as broken:
        broken.setattr("game.desktop.session_factory.check", lambda folder, language: min([]))
        author.writes("m-gate.yaml", "There was {jar}", "A new carter came. There was {jar}")
        assert author.driver.where == "findings"
        assert "ValueError" in author.said
    before = author.driver.session.app.views[:-1]  # without the card
    author.writes("m-gate.yaml", "A new carter", "Another carter")
    assert author.driver.session.app.views == before and "Another carter" in author.said
    assert author.page == "m-gate.gate"


def test_reading_goes_on_despite_an_error(author: Author) -> None:
    author.writes("m-gate.yaml", "nodes:", "nodes")
    author.driver.key(pygame.K_ESCAPE)
    author.driver.click("choice:give")
    assert author.page != "m-gate.gate"


def test_playthrough_that_no_longer_fits_is_reported_and_restored(author: Author) -> None:
    author.driver.click("choice:give")
    there = author.page
    was, becomes = "id: give, say: I gave the wok.", "id: hand-over, say: I handed it over."
    author.writes("m-gate.yaml", was, becomes)  # the words too, or the choice would be found again by them
    assert (author.driver.where, author.page) == ("message", "m-gate.gate")
    author.writes("m-gate.yaml", becomes, was)
    assert author.page == there


def test_removed_role_leads_to_the_title(author: Author) -> None:
    for file in author.folder.glob("*.yaml"):
        text = file.read_text(encoding="utf-8")
        file.write_text(text.replace("role: miller", "role: grinder").replace("  miller:", "  grinder:"), "utf-8")
    author.waits()
    assert [view.screen for view in author.driver.session.app.views] == ["title", "message"]
    author.driver.key(pygame.K_ESCAPE)
    author.driver.click("new:grinder")


def test_card_about_removed_content_closes_also_on_the_title(author: Author) -> None:
    session = author.driver.session
    session.app = replace(session.app, views=(*session.app.views, ScreenView("term", "gone"), ScreenView("pause")))
    author.writes("pack.yaml", "title: ", "title: New ")
    assert [view.screen for view in session.app.views] == ["title", "reading", "pause"]
    author.driver.click("home")
    author.writes("pack.yaml", "title: New ", "title: Newer ")
    assert author.driver.where == "title" and "Newer" in author.said
