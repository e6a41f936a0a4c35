"""A site is whole: every file that its pages name exists, and nothing comes from elsewhere."""

from __future__ import annotations

import io
import json
import re
import string
import subprocess
import sys
import zipfile
from base64 import b64encode
from collections.abc import Iterator, Sequence
from dataclasses import replace
from hashlib import sha256
from itertools import islice
from pathlib import Path
from random import Random
from typing import Any
from xml.etree import ElementTree

import pytest
from fontTools.ttLib import TTFont
from PIL import Image

from game.core.files import write_folder_atomic
from game.credits import read_credits
from game.play.page import Picture
from game.resources import assets_folder
from game.story import Story, load
from game.ui.editions import Edition
from game.ui.theme import THEMES
from game.web.fonts import font_files, theme_css
from game.web.picture_names import picture_name
from game.web.pyodide_runtime import FILES
from game.web.reachable_pictures import reachable_pictures
from game.web.scorm import with_manifest, write_package
from game.web.site_maker import SIZES, SiteSources, about_html, site_files
from tests.small_stories.packs import MILL_LANE, THE_MILL
from tests.web.web_reader import labels, nodes

MAP = Picture("map", {"season": "summer", "spots": "hall 56 44 1"}, "")
RUNTIME = dict.fromkeys(FILES, b"stand-in")
ELSEWHERE = r"https?://|innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|@import"


def grey(pictures: Sequence[Picture], size: tuple[int, int], beside_sheet: bool) -> Iterator[bytes]:
    for _ in pictures:
        yield bytes([90]) * (size[0] * size[1] * 3)


def plain_site(story: Story, **more: Any) -> Iterator[tuple[str, bytes]]:
    """The files of a site of one story without pictures; `more` is of SiteSources."""
    sources = SiteSources({"en": story}, (), (), assets_folder(), RUNTIME, (), "The licence.")
    return site_files(replace(sources, **more), grey, lambda done, of: None)


def failing() -> Iterator[tuple[str, bytes]]:
    yield "index.html", b"half"
    raise OSError("full")


@pytest.fixture(scope="module")
def made() -> tuple[dict[str, bytes], list[tuple[int, int]]]:
    """The files of a site of The Mill in two languages, and the progress while it was made."""
    stories = {story.language: story for story in (load(THE_MILL), load(THE_MILL, language="zh-Hans"))}
    minutes = {"full": {"miller": 5, "clerk": 5}}
    editions = [Edition(language, language, minutes) for language in stories]
    pictures = reachable_pictures(stories["en"], Random(0), 20).pages[:2]
    credits = [credit for credit in read_credits() if credit.kind != "library"]
    progress: list[tuple[int, int]] = []
    small = {folder: (width // 60, height // 60) for folder, (width, height) in SIZES.items()}
    sources = SiteSources(
        stories, editions, pictures, assets_folder(), RUNTIME, credits, "The licence.", sizes=small, maps=[MAP],
        map_size=(12, 9),
    )  # fmt: skip
    return dict(site_files(sources, grey, lambda done, of: progress.append((done, of)))), progress


@pytest.fixture(scope="module")
def files(made: tuple[dict[str, bytes], list[tuple[int, int]]]) -> dict[str, bytes]:
    return made[0]


def test_progress_is_reported(made: tuple[dict[str, bytes], list[tuple[int, int]]]) -> None:
    of = 2 * len(SIZES) + 1
    assert made[1] == [(done, of) for done in range(of + 1)]


def test_every_file_that_is_named_is_there(files: dict[str, bytes]) -> None:
    index = files["index.html"].decode()
    named = re.findall(r'(?:href|src)="([^":]+)"', index)
    assert len(named) >= 6
    for name in named:
        assert name in files
    for name in re.findall(r'url\("([^"]+)"\)', files["fonts/fonts.css"].decode()):
        assert f"fonts/{name}" in files
    for script in (name for name in files if name.startswith("app/") and name.endswith(".js")):
        for name in re.findall(r'from "\./([^"]+)"', files[script].decode()):
            assert f"app/{name}" in files
    for name in RUNTIME:
        assert f"runtime/{name.replace('.mjs', '.js')}" in files
    assert {"LICENSE.txt", "CREDITS.txt", "core.zip", "sounds/page.mp3"} <= set(files)


def test_nothing_comes_from_elsewhere(files: dict[str, bytes]) -> None:
    for name, content in files.items():
        if name.startswith("app/") or name == "index.html":
            text = content.decode()
            assert "MIT licence" in text or name == "app/themes.css"
            assert not re.search(ELSEWHERE, text)
    index = files["index.html"].decode()
    assert not re.search(r"\sstyle=|\son\w+=|<script(?![^>]*(\ssrc=|application/json))|<style", index)
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', index)
    assert policy is not None
    assert policy[1].startswith("default-src 'none'; script-src 'self' 'wasm-unsafe-eval';")
    assert "unsafe-inline" not in policy[1]


def test_the_title_stands_in_the_page_before_any_script(files: dict[str, bytes]) -> None:
    index, story = files["index.html"].decode(), load(THE_MILL)
    visible = index.partition("<body ")[2]
    assert f"<h1>{story.title}</h1>" in visible
    assert all(f"<p>{role.name}</p>" in visible for role in story.roles.values())
    assert "<noscript>" in visible
    assert '<html lang="en"' in index
    assert "<p>Old Ning: He weighs what others bring.</p>" in about_html(load(MILL_LANE))


def page_data(index: bytes) -> str:
    found = re.search(r'id="page-site">(.*?)</script>', index.decode(), re.DOTALL)
    assert found is not None
    return found[1]


def test_the_first_screens_are_in_the_page_before_the_program(files: dict[str, bytes]) -> None:
    starts = json.loads(page_data(files["index.html"]))["starts"]
    for language in ("en", "zh-Hans"):
        start, story = starts[language], load(THE_MILL, language=language)
        assert labels(start["title"], "heading") == [story.title]
        for role in story.roles:
            assert f"new:{role}" in {node.get("id") for node in nodes(start["title"])}
            assert f"begin:{role}" in {node.get("id") for node in nodes(start["notes"][role])}


def test_texts_cannot_leave_the_page_s_data(files: dict[str, bytes]) -> None:
    title = "</script><b>& Sons"
    hostile = dict(islice(plain_site(replace(load(THE_MILL), title=title)), 2))["index.html"]
    assert json.loads(page_data(hostile))["title"] == title
    assert b"<b>" not in hostile
    data = page_data(files["index.html"])
    assert "<" not in data
    assert f"pictures/phone/{json.loads(data)['picture']}.webp" in files


def test_the_service_worker_knows_every_file_of_its_version(files: dict[str, bytes]) -> None:
    script = files["service_worker.js"].decode()
    known = {name: json.loads(value) for name, value in re.findall(r"^const (\w+) = (.*);$", script, re.M)[:3]}
    pictures = [name for names in known["PICTURES"].values() for name in names]
    assert set(known["FILES"]) | set(pictures) == {"./", *files} - {"service_worker.js"}
    assert set(known["PICTURES"]) == {*SIZES, "maps"}
    assert known["PICTURES"]["maps"] == [f"pictures/maps/{picture_name(MAP)}.webp"]
    assert known["FILES"]["./"] == known["FILES"]["index.html"]
    assert known["FILES"]["core.zip"] == b64encode(sha256(files["core.zip"]).digest()).decode()
    assert re.fullmatch(r"[0-9a-f]{16}", known["VERSION"])


def test_a_site_can_be_kept_as_an_app_in_each_language(files: dict[str, bytes]) -> None:
    found = {name: json.loads(content) for name, content in files.items() if name.endswith(".webmanifest")}
    assert set(found) == {"manifest.webmanifest", "manifest-zh-Hans.webmanifest"}
    for language, manifest in zip(("en", "zh-Hans"), found.values(), strict=True):
        assert manifest["name"] == load(THE_MILL, language=language).title
        assert manifest["lang"] == language
        assert {manifest[key] for key in ("id", "start_url", "scope")} == {"./"}
        assert manifest["theme_color"] == f"#{bytes(THEMES['paper'].sheet).hex()}"
        for one in manifest["icons"]:
            with Image.open(io.BytesIO(files[one["src"]])) as image:
                assert one["sizes"] == f"{image.width}x{image.height}"
        assert {one["purpose"] for one in manifest["icons"]} == {"any", "maskable"}
    index = files["index.html"].decode()
    assert f'content="#{bytes(THEMES["night"].sheet).hex()}" media="(prefers-color-scheme: dark)"' in index


def test_a_learning_platform_s_package_is_no_app() -> None:
    found = dict(plain_site(load(THE_MILL), scorm="completion"))
    assert not any(name.startswith("icons/") or name.endswith(".webmanifest") for name in found)
    assert not re.search(r'rel="(?:manifest|apple-touch-icon)"|theme-color', found["index.html"].decode())


def test_a_learning_platform_s_package_lists_its_files(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "story.zip"
    write_package(path, with_manifest([("index.html", b"<p>"), ("app/a.js", b"1")], "the-mill", "Mill & Co"))
    with zipfile.ZipFile(path) as archive:
        names = archive.namelist()
        root = ElementTree.fromstring(archive.read("imsmanifest.xml"))
    inside = {"p": "http://www.imsproject.org/xsd/imscp_rootv1p1p2"}
    assert {file.get("href") for file in root.iterfind(".//p:file", inside)} == set(names) - {"imsmanifest.xml"}
    assert root.findtext(".//p:schemaversion", namespaces=inside) == "1.2"
    assert root.findtext(".//p:item/p:title", namespaces=inside) == "Mill & Co"
    (resource,) = root.iterfind(".//p:resource", inside)
    scorm_type = resource.get("{http://www.adlnet.org/xsd/adlcp_rootv1p2}scormtype")
    assert (resource.get("href"), scorm_type) == ("index.html", "sco")
    before = path.read_bytes()
    with pytest.raises(OSError, match="full"):
        write_package(path, failing())
    assert path.read_bytes() == before
    assert [file.name for file in path.parent.iterdir()] == ["story.zip"]


def test_the_worker_s_zip_is_a_program(files: dict[str, bytes], tmp_path: Path) -> None:
    with zipfile.ZipFile(io.BytesIO(files["core.zip"])) as archive:
        archive.extractall(tmp_path)
    program = """
import json, sys
sys.path = [path for path in sys.path if "site-packages" not in path and path != sys.argv[1]]
sys.path.insert(0, sys.argv[2])
from game.web.worker import Worker
import game
assert game.__file__.startswith(sys.argv[2]), game.__file__
views = []
def keep(text):
    views.append(json.loads(text))
worker = Worker(sys.argv[2] + "/site", json.dumps({"files": {}, "languages": ["zh-CN"]}), keep)
for id in ("new:miller", "begin:miller", "choice:continue"):
    worker.handle(json.dumps({"do": "press", "id": id}))
views = [view for view in views if view["do"] == "view"]
assert views[-1]["page"], views[-1]
assert views[-1]["language"] == "zh-Hans"
"""
    command = [sys.executable, "-I", "-c", program, str(Path.cwd()), str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60, cwd=tmp_path)
    assert done.returncode == 0, done.stderr


def test_the_same_sources_are_the_same_zip(files: dict[str, bytes]) -> None:
    with zipfile.ZipFile(io.BytesIO(files["core.zip"])) as archive:
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        names = archive.namelist()
    assert names == sorted(names)
    assert len(files["core.zip"]) < 400_000


def test_the_colours_are_the_window_s() -> None:
    css = theme_css()
    for name, theme in THEMES.items():
        block = re.search(rf':root\[data-theme="{name}"\] {{(.*?)}}', css)
        assert block is not None
        assert f"--ink: #{bytes(theme.ink).hex()};" in block[1]
        assert f"--slip_chosen: #{bytes(theme.slip_chosen).hex()};" in block[1]


def test_fonts_have_the_letters_that_are_shown_and_their_licence() -> None:
    found = dict(font_files(assets_folder() / "fonts", [("en", "大喇叭 and “letters”"), ("zh-Hans", "大喇叭 “粮食”")]))
    css = found["fonts.css"].decode()
    han = {name: set(TTFont(io.BytesIO(found[name])).getBestCmap()) for name in found if name.startswith("WenKai")}
    assert han == {"WenKai-en.woff2": set(map(ord, "大喇叭")), "WenKai-zh-Hans.woff2": set(map(ord, "粮食“”"))}
    assert "U+7CAE" in css
    for name, content in found.items():
        if name.startswith("Gentium"):
            font = TTFont(io.BytesIO(content))
            assert set(map(ord, string.printable.strip() + "Üǎ“—")) <= set(font.getBestCmap())
            names = {font["name"].getDebugName(id) for id in (1, 3, 4, 6)}  # of family, font, full, for PostScript
            assert names == {"Grain Book", "GrainBook"}
            assert "OFL" in font["name"].getDebugName(13) or "Open Font License" in font["name"].getDebugName(13)
            assert len(content) < 60_000


def test_a_site_replaces_its_folder_whole_or_not_at_all(tmp_path: Path) -> None:
    folder = tmp_path / "site"
    write_folder_atomic(folder, [("index.html", "old"), ("gone.html", "old")])
    with pytest.raises(OSError, match="full"):
        write_folder_atomic(folder, failing(), replace=True)
    assert (folder / "index.html").read_text() == "old"
    write_folder_atomic(folder, [("index.html", b"new")], replace=True)
    assert [path.name for path in folder.iterdir()] == ["index.html"]
    assert (folder / "index.html").read_text() == "new"
    with pytest.raises(FileExistsError):
        write_folder_atomic(folder, [("index.html", b"newer")])
    assert [path.name for path in tmp_path.iterdir()] == ["site"]
