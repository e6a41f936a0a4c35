"""Fixtures of a real browser and of a class for it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext

from game.story import Story
from game.ui.i18n import Catalogue
from tests.ports import free_port
from tests.real import phones
from tests.real.screen import Screen, screen

GivePhone = Callable[..., phones.Pupil]


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip a test whose browser is not installed, before anything is made for it."""
    if phones.MISSING and "browser" in getattr(item, "fixturenames", ()):
        pytest.skip(f"needs {' and '.join(phones.MISSING)}")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with phones.chromium() as started:
        yield started


@pytest.fixture
def display(home: Path, request: pytest.FixtureRequest) -> Iterator[Screen]:
    """A screen in the `SIZE` of the test's file."""
    with screen(*getattr(request.module, "SIZE", (1280, 720))) as started:
        yield started


@pytest.fixture
def port() -> int:
    return free_port()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """The teacher's browser."""
    context = browser.new_context(viewport={"width": 1366, "height": 768}, reduced_motion="reduce")
    context.set_default_timeout(phones.PATIENCE)
    yield context
    context.close()


@pytest.fixture
def class_(shipped: Story, words: Catalogue, tmp_path: Path) -> Iterator[phones.Class]:
    with phones.a_class(shipped, words, tmp_path) as held:
        yield held


@pytest.fixture
def alone(shipped: Story, words: Catalogue, tmp_path: Path) -> Iterator[phones.Class]:
    """A class behind one door: its page joins by itself. Each has a name of its own, since its cookie has that name."""
    role = next(iter(shipped.roles))
    with phones.a_class(shipped, words, tmp_path / tmp_path.name, role=role) as held:
        yield held


@pytest.fixture
def pupil(give_phone: GivePhone) -> phones.Pupil:
    """A pupil with a phone held upright."""
    return give_phone()


@pytest.fixture
def give_phone(browser: Browser) -> Iterator[GivePhone]:
    """Gives phones, and checks at the end that none had an error or asked another server."""
    given: list[phones.Pupil] = []

    def give(*size: tuple[int, int], **more: Any) -> phones.Pupil:
        given.append(phones.pupil(browser, *size, **more))
        return given[-1]

    yield give
    try:
        assert [pupil.errors for pupil in given] == [[]] * len(given)
    finally:
        for pupil in given:
            pupil.context.close()
