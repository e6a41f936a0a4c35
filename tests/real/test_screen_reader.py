"""The real program and a screen reader, over D-Bus like Orca."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from contextlib import AbstractContextManager
from functools import partial
from typing import TYPE_CHECKING

import pytest

from game.play import begin
from game.story.model import Story
from tests.real.screen import Screen, game_on, until

PATIENCE = 20  # seconds; a busy machine may be slow
if TYPE_CHECKING:
    from tests.real.at_spi import AccessibleNode, Reader

at_spi = pytest.importorskip("tests.real.at_spi", reason="needs jeepney")
pytestmark = pytest.mark.skipif(bool(at_spi.MISSING), reason=f"needs {' and '.join(at_spi.MISSING)}")


def game_in(reader: Reader, display: Screen) -> AbstractContextManager[tuple[subprocess.Popen[bytes], str]]:
    """`weight-of-grain play` on a reader's bus, with its window's id."""
    environment = reader.environment(display.environment())
    return game_on(display, "--role", "villager", environment=environment, stderr=subprocess.PIPE)


@pytest.fixture
def reader(display: Screen) -> Iterator[Reader]:
    with at_spi.session_with_bus(display.environment()) as started:
        yield started


def met(reader: Reader, role: str, name: str) -> AccessibleNode:
    """A node of the program, as soon as it exists."""
    try:
        return until(lambda: reader.find(role, name), PATIENCE, f"the {role} {name!r}")
    except AssertionError as error:
        there = [f"{role}: {name}" for role, name, _ in reader.everything()]
        raise AssertionError("\n".join([str(error), *there])) from None


def test_a_page_is_read_and_turned_from_outside(reader: Reader, display: Screen, shipped: Story) -> None:
    reader.announce_itself()
    now = begin(shipped, role="villager")
    with game_in(reader, display) as (playing, window):
        assert met(reader, "frame", shipped.title)
        met(reader, "button", "Begin").press()
        for _ in range(3):
            page = now.page
            heading = met(reader, "heading", page.title)
            if len(page.choices) > 1:
                until(partial(getattr, heading, "focused"), PATIENCE, "the focus")
            there = "\n".join(name for role, name, _ in reader.everything() if role == "label")
            assert all(paragraph.text in there for paragraph in page.paragraphs)
            assert (page.hanzi or "") in there
            x, y, width, height = met(reader, "label", page.paragraphs[0].text).extents
            assert x >= 0 and y >= 0 and x + width <= 1280 and 0 < height < 720
            option = page.choices[0]
            now = now.choose(option.id)
            with reader.hearing("Announcement") as heard:
                met(reader, "button", option.say or "Continue").press()
                read = until(partial(_said, reader, heard), PATIENCE, "what is announced")
            assert now.page.title in read
            assert all(paragraph.text[:40] in read for paragraph in now.page.paragraphs if "–" not in paragraph.text)
        display.close(window)
        _, complaints = playing.communicate(timeout=PATIENCE)
        assert (playing.returncode, complaints) == (0, b"")


def _said(reader: Reader, heard: object) -> str:
    reader.programs  # noqa: B018  # a request also receives the signals since the last one
    return at_spi.text_of(heard.popleft()) if heard else ""  # type: ignore[attr-defined]


def test_late_activation_gets_the_tree(reader: Reader, display: Screen) -> None:
    """Before a screen reader is active the program is on no bus; then all of it is, with the keyboard's focus."""
    with game_in(reader, display):
        display.press("Tab")
        assert reader.programs == []
        reader.announce_itself()
        begin_here = met(reader, "button", "Begin")
        settings = met(reader, "button", "Settings")
        until(lambda: begin_here.focused or settings.focused or reader.held(), PATIENCE, "a focus")
        settings.take_focus()
        until(lambda: reader.held() == "Settings", PATIENCE, "the focus to move")
        settings.press()
        met(reader, "combo box", "Text size")
