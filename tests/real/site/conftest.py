"""Shared by the tests of the site: one built site for a whole run, and for each file one browser with a booted page."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from game.core.files import write_atomic
from game.web.one_file import one_file
from game.web.site_maker import site_files
from tests.real.phones import UPRIGHT
from tests.real.site.sites import BELOW, Opened, Reader, coloured, make_site, served_below, sources, visit


@contextmanager
def shared_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The folder that all processes of this run share, for one process at a time."""
    from fcntl import LOCK_EX, flock  # these tests are skipped where it is not

    base = tmp_path_factory.getbasetemp()
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    with (shared / "site.lock").open("w") as lock:
        flock(lock, LOCK_EX)
        yield shared


@pytest.fixture(scope="session")
def site_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the site in both languages, below the served one; the first process makes it."""
    with shared_folder(tmp_path_factory) as shared:
        folder = shared / "served" / BELOW
        if not folder.exists():
            make_site(folder, sources())
    return folder


@pytest.fixture(scope="session")
def one_file_address(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The address of the site as one file on a disk, in English; the first process makes it."""
    with shared_folder(tmp_path_factory) as shared:
        path = shared / "The Weight of Grain.html"
        if not path.exists():
            made_of = replace(sources(chinese=False), sizes={"laptop": (12, 8)})
            write_atomic(path, one_file(site_files(made_of, coloured, lambda done, of: None)))
    return path.as_uri()


@pytest.fixture(scope="session")
def site(site_folder: Path) -> Iterator[str]:
    with served_below(site_folder) as address:
        yield address


@pytest.fixture
def opened(browser: Browser) -> Iterator[Opened]:
    """Opens an address in a fresh browser, for a new reader."""
    with ExitStack() as stack:

        def open_in_browser(address: str, ready: bool = True, before: str = "", **options: Any) -> Reader:
            context, reader = visit(browser, address, ready, before, **options)
            stack.callback(context.close)
            return reader

        yield open_in_browser


@pytest.fixture(scope="module")
def booted(site: str, browser: Browser) -> Iterator[Reader]:
    """One reader for all tests of a file, with everything read so far."""
    context, reader = visit(browser, site)
    yield reader
    context.close()


@pytest.fixture
def reader(booted: Reader) -> Iterator[Reader]:
    """That reader at the title, with an upright phone; the test fails on any error."""
    booted.errors.clear()
    booted.page.set_viewport_size({"width": UPRIGHT[0], "height": UPRIGHT[1]})
    booted.to_title()
    yield booted
    assert booted.errors == []
