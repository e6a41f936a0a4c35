"""`web`: write the game as a site for any browser."""

from __future__ import annotations

import argparse
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

from game import resources
from game.commands.support.common import install_hint, status_line, story_cache_folder, story_folder
from game.commands.support.editions import find_editions
from game.commands.support.user_error import UserError, as_user_error, os_error_as_user_error
from game.core.files import write_atomic, write_folder_atomic
from game.core.findings import StoryErrors
from game.core.paths import NoHome, cache_folder
from game.credits import read_credits
from game.desktop import api as desktop
from game.story import Story, load
from game.story import languages as translations
from game.ui.i18n import languages
from game.web import one_file
from game.web.pyodide_runtime import RuntimeMissing, runtime_files
from game.web.reachable_pictures import reachable_pictures
from game.web.scorm import with_manifest, write_package
from game.web.site_maker import SiteSources, site_files

MARK = 'content="weight-of-grain site"'  # marks the index.html of a site of ours
HEAD_BYTES = 4_000  # bytes at the start of the file, among which is the mark


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "folder", type=Path, nargs="?", metavar="DIR", help="a new folder for the site, or an older site to replace"
    )
    parser.add_argument(
        "--one-file", type=Path, metavar="FILE.html",
        help="write a single file that opens from a disk, a stick or a shared drive, without a network",
    )  # fmt: skip
    parser.add_argument(
        "--scorm", type=Path, metavar="FILE.zip",
        help="write a package for a learning platform (SCORM 1.2), which learns when a reading is over",
    )  # fmt: skip
    parser.add_argument(
        "--report", choices=("completion", "choices"), default="completion",
        help="what the platform learns: that a reading is over, or each choice too (completion)",
    )  # fmt: skip
    parser.add_argument(
        "--language", action="append", default=[], metavar="TAG",
        help="only this language; may be given again (default: all languages of the story)",
    )  # fmt: skip
    parser.add_argument(
        "--pyodide", type=Path, metavar="FOLDER",
        help="a folder with the unpacked npm package of the browser's Python, if it cannot be fetched",
    )  # fmt: skip


def run(options: argparse.Namespace) -> int:
    target = _target(options)
    _check_extra()
    stories = _stories(options)
    with status_line() as say:
        runtime = _runtime(options.pyodide, say)
    own = next(iter(stories.values()))
    found_editions = find_editions(options.story or resources.story_folder(), own)
    editions = [edition for edition in found_editions if edition.language in stories]
    credits = [credit for credit in read_credits() if credit.kind in ("game", "font")]
    with status_line() as say:
        say("finding the pictures")
        found = reachable_pictures(own, Random(0))
        licence = next((credit.text for credit in credits if credit.kind == "game"), "")
        assets = resources.assets_folder()
        sources = SiteSources(
            stories, editions, found.pages, assets, runtime, credits, licence,
            scorm=options.report if options.scorm else "", maps=found.maps,
        )  # fmt: skip
        if options.one_file:
            sources = one_file.smaller(sources)
        began, size = time.monotonic(), 0

        def tell(done: int, of: int) -> None:
            left = (time.monotonic() - began) / done * (of - done) if done else 0
            say(f"painting picture {min(done + 1, of)} of {of}" + (f", about {left:,.0f} s left" if done else ""))

        def counted() -> Iterator[tuple[str, bytes]]:
            nonlocal size
            for name, content in site_files(sources, desktop.site_pictures, tell):
                size += len(content)
                yield name, content

        with os_error_as_user_error(f"{target} cannot be written"):
            if options.one_file:
                target.parent.mkdir(parents=True, exist_ok=True)
                write_atomic(target, one_file.one_file(counted()))
            elif options.scorm:
                write_package(target, with_manifest(counted(), own.pack, own.title))
            else:
                write_folder_atomic(target, counted(), replace=True)
    made = f"{target} ({(target.stat().st_size if target.is_file() else size) / 1e6:.1f} MB)"
    if options.scorm:
        print(f"{made}: upload it to your learning platform as a SCORM package.")
    elif options.one_file:
        print(f"{made}: give this file to your readers.")
        print("They open it with a double click. It needs no network.")
    else:
        print(f"{made}: put this folder on a web server, and give its address to your readers.")
        print(f"Look at it here: python3 -m http.server --directory {target}, then open http://localhost:8000")
    return 0


def _target(options: argparse.Namespace) -> Path:
    """Return the command's output. Raises UserError if the options do not name one, or it may not be written."""
    folder, package, page = options.folder, options.scorm, options.one_file
    if sum(output is not None for output in (folder, package, page)) != 1:
        raise UserError("name one output: a folder for the site, a package with --scorm, or a file with --one-file")
    if package is not None:
        if package.suffix.lower() != ".zip":
            raise UserError(f"{package}: a package for a learning platform needs a name that ends in .zip")
        if package.exists() and not zipfile.is_zipfile(package):
            raise UserError(f"{package} exists, and is not a package; name another file")
    elif page is not None:
        if page.suffix.lower() not in (".html", ".htm"):
            raise UserError(f"{page}: a file for a browser needs a name that ends in .html")
        if page.exists() and not _is_ours(page):
            raise UserError(f"{page} exists, and is not a site that this program made; name another file")
    else:
        is_new = not folder.exists() or (folder.is_dir() and not any(folder.iterdir()))
        if not is_new and not _is_ours(folder / "index.html"):
            raise UserError(f"{folder} exists, and is not a site that this program made; name another folder")
    return Path(package or page or folder)


def _is_ours(page: Path) -> bool:
    try:
        with page.open("rb") as stream:
            return MARK.encode() in stream.read(HEAD_BYTES)
    except OSError:
        return False


def _check_extra() -> None:
    try:
        import brotli  # noqa: F401  only asked for
        import fontTools  # noqa: F401
        import lameenc  # noqa: F401
        import PIL  # noqa: F401
    except ImportError as error:
        raise UserError(f"a site needs the package {error.name}; {install_hint('web')}") from error


def _stories(options: argparse.Namespace) -> dict[str, Story]:
    """Return the story in each language of --language (default: all). Raises UserError if one is missing or faulty."""
    folder = story_folder(options, "")
    with as_user_error(StoryErrors):
        own = load(folder, story_cache_folder())
        stories = {own.language: own}
        there = [tag for tag in translations(folder) if tag in languages(resources.assets_folder() / "locale")]
        wanted = options.language or [own.language, *there]
        if unknown := [tag for tag in wanted if tag != own.language and tag not in there]:
            names = ", ".join([own.language, *there])
            raise UserError(f"this story is not translated into `{unknown[0]}`; there is {names}")
        stories |= {tag: load(folder, story_cache_folder(), tag) for tag in there if tag in wanted}
    return {tag: story for tag, story in stories.items() if tag in wanted}


def _runtime(given: Path | None, say: Callable[[str], None]) -> dict[str, bytes]:
    def tell(done: int, of: int) -> None:
        say(f"fetching Python for browsers: {done / 1e6:.1f} of {of / 1e6:.1f} MB")

    try:
        with as_user_error(RuntimeMissing):
            return dict(runtime_files(cache_folder(), given, tell))
    except NoHome as error:
        raise UserError("without a home folder nothing can be stored: write --pyodide") from error
