"""Fixtures of all tests: two stories, the interface's words, a home folder, and repeatable random numbers."""

from __future__ import annotations

import asyncio
import inspect
import os
from collections.abc import Callable, Generator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

from tests.lanes import is_full

if TYPE_CHECKING:
    from game.story.model import Story
    from game.ui.i18n import Catalogue

HERE = Path(__file__).parent
NO_SKIPS = os.environ.get("WEIGHT_OF_GRAIN_NO_SKIPS") == "1"

# The same examples in each run, however slow the machine; `--hypothesis-profile=search` looks further.
settings.register_profile(
    "fixed",
    derandomize=True,
    deadline=None,
    max_examples=40,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
settings.register_profile(
    "search", deadline=None, max_examples=2000, print_blob=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("fixed")

# The system's language is English in all tests: a game that was not read yet begins in it.
os.environ.update(LANGUAGE="en", LC_ALL="C.UTF-8")

# No test but those of the real window meets a screen or a loudspeaker; those take these away again.
os.environ["SDL_VIDEODRIVER"] = "dummy"
os.environ["SDL_AUDIODRIVER"] = "dummy"
os.environ["PYGAME_HIDE_SUPPORT_PROMPT"] = "1"


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the full lane by folder or file, before pytest looks at `-m`; its tests take longest, and go first.

    Processes get files in this order: a long file at the end would keep a single process busy.
    """
    long = {
        path for path in {item.path for item in items} if path.is_relative_to(HERE) and is_full(path.relative_to(HERE))
    }
    for item in items:
        if item.path in long:
            item.add_marker(pytest.mark.full)
    items.sort(key=lambda item: item.path not in long)


@pytest.hookimpl(tryfirst=True)
def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> bool | None:
    """Run a coroutine as a test, on an event loop of its own, for half a minute at most."""
    if not inspect.iscoroutinefunction(test := pyfuncitem.obj):
        return None
    given = {name: pyfuncitem.funcargs[name] for name in inspect.signature(test).parameters}

    async def body() -> None:
        async with asyncio.timeout(30):
            await test(**given)

    asyncio.run(body())
    return True


def _refuse_skip(report: pytest.TestReport | pytest.CollectReport) -> None:
    if NO_SKIPS and report.outcome == "skipped":
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr
        report.outcome = "failed"
        report.longrepr = f"not run, and WEIGHT_OF_GRAIN_NO_SKIPS is set: {reason}"
        if hasattr(report, "wasxfail"):
            del report.wasxfail


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    _refuse_skip(report)
    return report


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    report = yield
    _refuse_skip(report)
    return report


@pytest.fixture(scope="session")
def shipped() -> Story:
    """The shipped story, loaded once."""
    from game.resources import story_folder
    from game.story import load

    return load(story_folder())


@pytest.fixture(scope="session")
def book(shipped: Story) -> Callable[[], Story]:
    """The shipped story as a function, so that a failing example's report does not print it."""
    return lambda: shipped


@pytest.fixture(scope="session")
def mill() -> Story:
    """Mill Lane: a miller, a clerk, a wok, a summarized chapter, a heavy one, a weighing."""
    from game.story import load
    from tests.small_stories.packs import MILL_LANE

    return load(MILL_LANE)


@pytest.fixture(scope="session")
def words(shipped: Story) -> Catalogue:
    """The interface's words for the shipped story."""
    from game.resources import assets_folder
    from game.ui.i18n import catalogue_for

    return catalogue_for(assets_folder() / "locale", shipped)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty home folder for all files of this process and its children."""
    folder = tmp_path / "home"
    places = {
        "HOME": folder,
        "XDG_DATA_HOME": folder / "data",
        "XDG_CONFIG_HOME": folder / "config",
        "XDG_CACHE_HOME": folder / "cache",
        "XDG_STATE_HOME": folder / "state",
        "XDG_RUNTIME_DIR": folder / "run",
    }
    for name, place in places.items():
        place.mkdir(parents=True, exist_ok=True)
        monkeypatch.setenv(name, str(place))
    (folder / "run").chmod(0o700)
    return folder
