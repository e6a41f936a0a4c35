"""The service worker: the files that it keeps for its own site, if several sites share one address."""

from __future__ import annotations

import json

import pytest
from py_mini_racer import MiniRacer

from game.resources import assets_folder

SCOPE = "https://school.example/grain/"
NAMES = [f"grain-site {place}" for place in (f"{SCOPE} old", f"{SCOPE} new", f"{SCOPE}other/ old", "https://else/ old")]
# A browser as far as it is needed: `fire` gives a worker an event, and `names` are the caches that remain.
BROWSER = """
const listeners = {}, names = new Set(NAMES), done = [];
const self = {
  registration: { scope: SCOPE }, clients: { claim: async () => {} },
  addEventListener: (name, listener) => { listeners[name] = listener; },
};
const caches = {
  keys: async () => [...names], delete: async (name) => names.delete(name),
  open: async () => ({ match: async () => "found" }),
};
const VERSION = "new", FILES = { "./": "", "index.html": "", "app/site.js": "" }, PICTURES = {};
const fire = (name, event) => {
  listeners[name]({ ...event, waitUntil: () => {}, respondWith: () => done.push("answered") });
};
"""


@pytest.fixture
def engine() -> MiniRacer:
    engine = MiniRacer()
    script = (assets_folder() / "web" / "site" / "service_worker.js").read_text(encoding="utf-8")
    engine.eval(f"const SCOPE = {json.dumps(SCOPE)}, NAMES = {json.dumps(NAMES)};{BROWSER}{script}")
    return engine


def test_a_new_version_deletes_the_old_one_of_its_own_site(engine: MiniRacer) -> None:
    engine.eval("fire('activate', {})")
    assert json.loads(str(engine.eval("JSON.stringify([...names])"))) == NAMES[1:]


@pytest.mark.parametrize(
    ("url", "method", "answered"),
    [
        (SCOPE, "GET", True),
        (f"{SCOPE}?from=mail#r=ABC", "GET", True),
        (f"{SCOPE}app/site.js", "GET", True),
        (f"{SCOPE}pictures/maps/map-1.webp", "GET", True),
        (f"{SCOPE}app/site.js", "POST", False),
        (f"{SCOPE}other/", "GET", False),
        (f"{SCOPE}other/app/site.js", "GET", False),
        (f"{SCOPE}toString", "GET", False),
        ("https://school.example/", "GET", False),
    ],
)
def test_only_files_of_its_own_site_are_kept(url: str, method: str, answered: bool, engine: MiniRacer) -> None:
    """Other files below its folder, such as another site, come from the network: a copy would never be renewed."""
    engine.eval(f"fire('fetch', {{ request: {{ url: {json.dumps(url)}, method: {json.dumps(method)} }} }})")
    assert engine.eval("done.includes('answered')") is answered
