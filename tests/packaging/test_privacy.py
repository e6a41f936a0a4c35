"""PRIVACY.md says what the program does: each cookie, store, folder, time and connection is compared with the code."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path, PurePath
from typing import Any

import pytest
from aiohttp import web
from platformdirs.macos import MacOS
from platformdirs.unix import Unix

from game import __version__
from game.classroom import class_expiry, events
from game.classroom.join_codes import new_token, seat_of
from game.classroom.record.record_csv import COLUMNS
from game.commands import class_ as class_command
from game.core import paths
from game.kiosk.counts.counts_db import counts_file
from game.kiosk.supervisor import health, log_file
from game.play.save_files import NAMES
from game.relay import broker, seat_cookies
from game.relay.http_app import _COOKIE as RELAY_COOKIE
from game.relay.limits import RelayLimits
from game.relay.web_server import security_headers
from game.resources import assets_folder
from game.ui.settings import FILE as SETTINGS
from game.web import one_file, pyodide_runtime
from tests.packaging.test_rooms import modules

PAPER = Path(__file__).resolve().parents[2].joinpath("PRIVACY.md").read_text(encoding="utf-8")
SCRIPTS = {
    str(file.relative_to(assets_folder() / "web")): file.read_text(encoding="utf-8")
    for file in sorted((assets_folder() / "web").rglob("*.js"))
}


@cache
def sources() -> dict[str, str]:
    return {module: file.read_text(encoding="utf-8") for module, file in modules().items()}


def rows(heading: str) -> list[list[str]]:
    """The rows of the table that begins with this heading, each a list of its cells."""
    table = PAPER[PAPER.index(f"| {heading} |") :].partition("\n\n")[0].splitlines()
    return [[cell.strip() for cell in line.strip("| ").split(" | ")] for line in table[2:]]


def kept(who: str, what: str) -> str:
    """The one row of the table of what is kept that is about this, as a text."""
    (found,) = [
        row for row in rows("who | what | where | how long, and how to delete it") if row[0] == who and what in row[1]
    ]
    return " | ".join(found)


# What is kept


@pytest.mark.parametrize("name", ["DATA", "CACHE", "STATE", "LOG", "CONFIG"])
def test_the_folders_are_those_of_each_system(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for variable in ("XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME", "XDG_CONFIG_HOME"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setenv("HOME", "/home/somebody")
    linux, mac = (
        str(getattr(system(paths.NAME, appauthor=False), f"user_{name.lower()}_dir")).replace("/home/somebody", "~")
        for system in (Unix, MacOS)
    )
    (row,) = [row for row in rows("folder | Linux | macOS | Windows") if row[0] == f"`{name}`"]
    assert row[1:3] == [f"`{linux}`", f"`{mac}`"]
    assert row[3].startswith(f"`%LOCALAPPDATA%\\{paths.NAME}")


def test_each_file_of_the_program_stands_in_its_folder(home: Path) -> None:
    def below(path: Path, folder: Path) -> str:
        return str(path.relative_to(folder))

    data = paths.data_folder()
    assert f"`DATA/{below(paths.saves_folder('x').parent, data)}/`" in kept("window, terminal", "slot-1")
    assert f"`DATA/{below(paths.classes_folder(), data)}/`" in kept("class, the teacher's computer", "a log")
    assert f"`{class_expiry.ANNOUNCED}`" in kept("class, the teacher's computer", "a log")
    assert f"`DATA/{below(paths.kiosk_folder(), data)}/`" in kept("kiosk", "sums by day")
    assert f"`*{counts_file(Path(), 'x').suffix}`" in kept("kiosk", "sums by day")
    assert f"`LOG/{paths.kiosk_logs_folder().name}/`" in kept("kiosk", "its health")
    assert f"`STATE/{paths.kiosk_state_folder().name}/`" in kept("kiosk", "the configuration")
    assert f"`CONFIG/{paths.kiosk_file().name}`" in kept("kiosk", "the configuration")


def test_no_other_function_names_a_folder() -> None:
    """A new folder needs a row in the statement."""
    made = {name for name in vars(paths) if name.endswith(("_folder", "_file"))}
    assert made == {
        "data_folder", "saves_folder", "classes_folder", "documents_folder", "cache_folder", "kiosk_folder",
        "kiosk_state_folder", "kiosk_logs_folder", "kiosk_file",
    }  # fmt: skip


def test_saves_and_settings_have_the_files_that_are_named() -> None:
    current, aside, *slots = NAMES
    saves = kept("window, terminal", "slot-1")
    assert all(f"`{name}`" in saves for name in (current, aside, slots[0], slots[-1]))
    named = set(re.findall(r"`([\w-]+\.json)`", kept("window, class", "settings")))
    rooms = ("game.desktop.", "game.classroom.")
    source = "".join(text for name, text in sources().items() if name.startswith(rooms))
    written = set(re.findall(r'SettingsFile\(FolderStore\(folder\), "([\w-]+\.json)"|folder / "(\w+\.json)"', source))
    assert named == {SETTINGS, *(name for pair in written for name in pair if name)}


def test_retention_is_that_of_the_program() -> None:
    assert kept("class, the teacher's computer", "a log").split(" | ")[3].startswith(f"{class_command.DAYS} days")
    assert f"Class: {class_command.DAYS} days" in PAPER
    limits = RelayLimits()
    relay = kept("relay, the server", "nothing on the disk")
    assert f"{limits.record_ttl} seconds ({limits.record_ttl // 60} minutes)" in relay
    log = f"{log_file.COUNT + 1} files of {log_file.SIZE // 1_000_000} MB"
    assert log in kept("kiosk", "its health")
    assert {f"`{health.NAME}`", f"`{log_file.NAME}`"} <= set(re.findall(r"`[\w.]+`", kept("kiosk", "its health")))


# of the events of a class
FIELDS = {
    "began", "choice", "class_code", "code", "counts", "cut", "door", "entries", "folder", "hands", "how", "left",
    "left_out", "name", "number", "of", "on", "options", "pack", "port", "pupils", "reason", "relay", "renames", "role",
    "seat", "seats", "secret", "session", "takes", "task", "until", "version",
}  # fmt: skip


def test_a_log_keeps_no_more_of_a_pupil_than_is_said() -> None:
    """The fields of all events; a new one needs a look at the statement. Nothing in them is a name of a person or an
    address of a phone."""
    fields = {
        name
        for event in vars(events).values()
        if isinstance(event, type) and event.__module__ == events.__name__
        for name in getattr(event, "__dataclass_fields__", {})
    }
    assert fields == FIELDS
    assert f"({len(seat_of('x'))} digits" in kept("class, the teacher's computer", "a log")
    assert not {"seat", "name", "code"} & set(COLUMNS)
    assert broker.Record.__dataclass_fields__.keys() == {"code", "owner", "fingerprint"}


# Cookies and the browser's stores


def test_cookies_have_their_names_and_times() -> None:
    hours = f"{seat_cookies.COOKIE_SECONDS // 3600} hours"
    seat = kept("class, a phone", "a random number of")
    assert seat.endswith(f"| {hours}")
    assert f"{len(new_token()) * 6 // 8 * 8} bits" in seat
    assert f"{class_command.NAME_LENGTH} random letters" in seat
    before = kept("class, a phone", "before there is a seat")
    assert before.endswith(f"| {seat_cookies._SECONDS} seconds")
    assert f"{seat_cookies._IN_COOKIE} letters more" in before
    relay = kept("relay, a phone", "a cookie")
    assert f"`{RELAY_COOKIE}`" in relay and relay.endswith(f"| {hours}")
    assert PAPER.count(hours) == 4


def test_a_cookie_is_set_in_one_place_as_is_said() -> None:
    calls = [(module, call) for module, call in _calls() if _name(call.func) == "set_cookie"]
    assert [module for module, _ in calls] == ["game.relay.seat_cookies"]
    answer = web.Response()
    request: Any = type("Request", (), {"cookies": {}})()
    seat_cookies.set_seat_cookie(request, answer, "seat-x", "value")
    cookie = answer.cookies["seat-x"]
    found = (cookie["httponly"], cookie["samesite"], cookie["max-age"])
    assert found == (True, "Strict", str(seat_cookies.COOKIE_SECONDS))


STORES = r"sessionStorage|localStorage|indexedDB|\bcaches\b|document\.cookie|cookieStore|openDatabase|getDirectory"
ASKS = r"sendBeacon|geolocation|mediaDevices|XMLHttpRequest|EventSource|RTCPeerConnection|Notification\b|WebTransport"


def test_scripts_store_what_is_said() -> None:
    found = {name: set(re.findall(STORES, _code(text))) for name, text in SCRIPTS.items()}
    assert {name: used for name, used in found.items() if used} == {
        "seat.js": {"sessionStorage"},
        "site/site.js": {"localStorage"},
        "site/store.js": {"indexedDB"},
        "site/service_worker.js": {"caches"},
    }
    (store,) = re.findall(r"createObjectStore\((\w+)\)", SCRIPTS["site/store.js"])
    (name,) = re.findall(rf'const {store} = "(\w+)"', SCRIPTS["site/store.js"])
    assert f"one store `{name}`" in kept("site", "IndexedDB")
    (database,) = re.findall(r"return `([\w-]+)\$\{site\.pack\}", SCRIPTS["site/site.js"])
    assert f"`{database}…`" in kept("site", "IndexedDB")
    (cache,) = re.findall(r"const OWN = `([\w-]+) \$", SCRIPTS["site/service_worker.js"])
    assert f"`{cache} …`" in kept("site", "reading offline")
    assert 'const SEAT = "seat"' in SCRIPTS["seat.js"] and "`seat:${name}`" in SCRIPTS["seat.js"]
    assert {"`seat`", "`seat:NAME`"} <= set(re.findall(r"`[\w:]+`", kept("class, a phone", "sessionStorage")))


def test_scripts_ask_for_nothing_else() -> None:
    assert {name: found for name, text in SCRIPTS.items() if (found := re.findall(ASKS, _code(text)))} == {}


def test_a_learning_platform_gets_and_gives_what_is_said() -> None:
    script = SCRIPTS["site/scorm.js"]
    told = {re.sub(r"interactions.*", "interactions", name) for name in re.findall(r'\.?set\("(cmi[\w.]+)"', script)}
    told |= {"cmi.interactions" for _ in re.findall(r"set\(`\$\{at\}", script)}
    assert told == set(re.findall(r"`(cmi[\w.]+)`", kept("learning platform", "cmi")))
    asked = re.search(r"reads from a platform (.*?) nothing else", PAPER, re.DOTALL)
    assert asked is not None
    assert set(re.findall(r'LMSGetValue\("([^"]+)"', script)) == set(re.findall(r"`([^`]+)`", asked[1]))


# Connections


def _code(script: str) -> str:
    return re.sub(r"/\*.*?\*/|(?<![:\"'`])//[^\n]*", "", script, flags=re.DOTALL)


def _calls() -> Iterator[tuple[str, ast.Call]]:
    for module, text in sources().items():
        yield from ((module, node) for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Call))


def _name(function: ast.expr) -> str:
    return str(getattr(function, "attr", getattr(function, "id", "")))


NETWORK = {
    "socket", "ssl", "socketserver", "http", "urllib", "ftplib", "smtplib", "imaplib", "poplib", "telnetlib", "xmlrpc",
    "requests", "httpx", "urllib3", "websockets", "aiohttp", "sqlalchemy", "psycopg", "valkey", "redis", "webbrowser",
}  # fmt: skip
# Names by which a module of NETWORK connects to nobody: an address's parts, types, and an answer to who asks.
HARMLESS = {
    ("urllib.parse", "urlsplit"), ("urllib.parse", "quote"), ("urllib.parse", "unquote"),
    ("aiohttp", "web"), ("aiohttp", "WSCloseCode"), ("aiohttp", "WSMessage"), ("aiohttp", "WSMsgType"),
    ("aiohttp.http_exceptions", "HttpProcessingError"), ("http", "HTTPStatus"),
    ("valkey.asyncio.client", "PubSub"), ("sqlalchemy", "Engine"),
}  # fmt: skip
CONNECTS = {
    "open_connection", "open_unix_connection", "create_connection", "create_datagram_endpoint", "urlopen",
    "urlretrieve", "ws_connect", "ClientSession", "create_engine", "from_url", "getaddrinfo", "gethostbyname",
}  # fmt: skip


def imported_names(module: str) -> Iterator[tuple[str, str]]:
    """The modules of NETWORK that a module imports, each with the imported name."""
    for node in ast.walk(ast.parse(sources()[module])):
        if isinstance(node, ast.Import):
            yield from ((alias.name, "") for alias in node.names if alias.name.partition(".")[0] in NETWORK)
        elif isinstance(node, ast.ImportFrom) and str(node.module).partition(".")[0] in NETWORK:
            yield from ((str(node.module), alias.name) for alias in node.names)


def test_no_other_module_reaches_a_network() -> None:
    reach = {module for module in modules() if set(imported_names(module)) - HARMLESS}
    reach |= {module for module, call in _calls() if _name(call.func) in CONNECTS}
    assert reach == {row[0].strip("`") for row in rows("module | does")}


def test_no_other_module_starts_programs() -> None:
    imports, calls = r"(import|from) (subprocess|multiprocessing)\b", r"os\.(system|popen|exec|spawn|posix_spawn)\w*\("
    starts = {module for module, text in sources().items() if re.search(rf"^\s*{imports}|\b{calls}", text, re.M)}
    named = re.search(r"These start other programs: (.*)", PAPER, re.DOTALL)
    assert named is not None
    assert starts == set(re.findall(r"`(game\.[\w.]+)`", named[1].partition("\n\n")[0]))


def test_the_one_address_of_the_program_is_said() -> None:
    assert f"`{pyodide_runtime.REGISTRY}`" in PAPER
    known = {
        "https://museum.example/grain/", "https://grain.example.org", "https://school.example/grain/",
        "http://localhost:8000", "http://www.imsproject.org/xsd/imscp_rootv1p1p2", "http://www.adlnet.org/xsd/adlcp_rootv1p2",
        "http://json-schema.org/draft-07/schema#", pyodide_runtime.SOURCE, pyodide_runtime.REGISTRY,
    }  # fmt: skip
    addresses = r"https?://[\w.-]+\.\w[\w./#-]*|https?://localhost[:\d]*"
    found = {address for text in sources().values() for address in re.findall(addresses, text)}
    assert {address.rstrip(".") for address in found} == {address.rstrip(".") for address in known}


OWN = {"'none'", "'self'", "'wasm-unsafe-eval'", "data:", "blob:", "{script}", "{style}"}


def policies() -> dict[str, str]:
    site = (assets_folder() / "web" / "site" / "index.html").read_text(encoding="utf-8")
    found = re.search(r'Content-Security-Policy" content="([^"]+)"', site)
    assert found is not None
    return {
        "site": found[1], "one file": one_file.POLICY,
        "class": security_headers("class")["Content-Security-Policy"],
        "relay": security_headers("relay")["Content-Security-Policy"],
    }  # fmt: skip


@pytest.mark.parametrize("name", policies())
def test_no_page_may_load_from_elsewhere(name: str) -> None:
    rules = [rule.split() for rule in policies()[name].split(";")]
    assert rules[0] == ["default-src", "'none'"]
    assert {source for _, *sources in rules for source in sources} <= OWN


@pytest.mark.parametrize("page", sorted((assets_folder() / "web").rglob("*.html")), ids=lambda page: page.parent.name)
def test_no_page_names_a_file_elsewhere(page: PurePath) -> None:
    assert not re.search(r'(src|href|action)="(https?:)?//', Path(page).read_text(encoding="utf-8"))


# The paper itself


def test_the_statement_takes_three_minutes() -> None:
    """At 238 words a minute, as adults read in silence."""
    statement = PAPER.partition("## The statement")[2].partition("## What is kept")[0]
    assert len(statement.split()) / 238 <= 3


def test_the_sheet_has_this_version() -> None:
    assert f"The Weight of Grain {__version__}" in PAPER
    assert all(len(row) == 2 and all(row) for row in rows("question | answer"))
