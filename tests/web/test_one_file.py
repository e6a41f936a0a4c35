"""A site as one file: everything is in it, and only its own script and style run."""

from __future__ import annotations

import gzip
import re
from base64 import b64decode, b64encode
from hashlib import sha256

import pytest
from py_mini_racer import MiniRacer

from game.resources import assets_folder
from game.story import load
from game.web.one_file import bundle, one_file
from game.web.pyodide_runtime import FILES
from game.web.sounds import sound_files
from tests.small_stories.packs import THE_MILL
from tests.web.test_site_maker import plain_site

RUNTIME = dict.fromkeys(FILES, b"stand-in") | {
    "pyodide.mjs": b"async function d() {}export{d as loadPyodide,d as version};\n//# sourceMappingURL=pyodide.map\n",
    "pyodide.asm.mjs": b"async function make() { return import.meta.url; }export default make;",
}


@pytest.fixture(scope="module")
def files() -> dict[str, bytes]:
    return dict(plain_site(load(THE_MILL), runtime=RUNTIME, sizes={"laptop": (4, 3)}))


@pytest.fixture(scope="module")
def page(files: dict[str, bytes]) -> str:
    return one_file(files.items()).decode()


def test_nothing_is_fetched_and_nothing_else_runs(page: str) -> None:
    assert not re.search(r'<link[^>]*href="(?!data:)|<script[^>]*\ssrc=|<img[^>]*\ssrc=|@import|url\("(?!data:)', page)
    (script,) = re.findall(r'<script type="module">(.*?)</script>', page, re.DOTALL)
    (style,) = re.findall(r"<style>(.*?)</style>", page, re.DOTALL)
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', page)
    assert policy is not None
    rules = dict(rule.strip().split(" ", 1) for rule in policy[1].split(";"))
    assert rules["script-src"] == f"{_hash(script)} 'wasm-unsafe-eval'"
    assert rules["style-src"] == _hash(style)
    assert rules["default-src"] == "'none'"
    assert "connect-src" not in rules
    assert "unsafe-inline" not in policy[1]


def _hash(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"


@pytest.mark.parametrize(
    ("name", "added"), [("app/site.js", '"</p>";'), ("app/site.js", '"<!--";'), ("app/style.css", "/* </style> */")]
)
def test_what_would_end_the_script_or_style_is_refused(name: str, added: str, files: dict[str, bytes]) -> None:
    """A browser reads `</` and `<!--` there as the page's own markup."""
    with pytest.raises(ValueError, match="end in the middle"):
        one_file({**files, name: files[name] + added.encode()}.items())


def test_its_files_are_in_it(page: str) -> None:
    found = re.findall(r'<script type="text/plain" data-file="([^"]+)"([^>]*)>([^<]*)</script>', page)
    files = {name: (attributes, b64decode(text)) for name, attributes, text in found}
    assert {"core.zip", "runtime/pyodide.asm.wasm", "runtime/python_stdlib.zip", "sounds/page.mp3"} <= set(files)
    assert files["sounds/page.mp3"] == ("", dict(sound_files(assets_folder() / "sounds", {}))["page.mp3"])
    worker = gzip.decompress(files["app/worker.js"][1]).decode()
    assert not re.search(r"^\s*(import|export)\b|import\.meta|\bexport\b", worker, re.M)
    assert "data-worker" not in files["app/worker.js"][0]


def test_modules_are_joined_by_what_they_export() -> None:
    modules = {
        "app/main.js": 'import { twice, Pair } from "./lib.js";\nimport { a as one } from "../other/min.mjs";\n'
        'const later = import("../other/min.mjs");\nvar seen = [twice(one), new Pair().size, typeof later.then];',
        "app/lib.js": 'import { a } from "../other/min.mjs";\nexport const twice = (n) => n * 2 * a;\n'
        "export class Pair { size = 2; }\nexport async function unused() {}\n",
        "other/min.mjs": "var q=3;async function f(){}export{q as a};export default f;\n//# sourceMappingURL=min.map\n",
    }
    joined = bundle("app/main.js", modules)
    assert joined.count("var q=3") == 1
    engine = MiniRacer()
    engine.eval(joined)
    assert engine.eval("JSON.stringify(seen)") == '[18,2,"function"]'
    with pytest.raises(KeyError):
        bundle("app/main.js", {"app/main.js": modules["app/main.js"]})
