"""The site inside a learning platform: a real one's SCORM 1.2, in a real browser."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from game.core.paths import cache_folder
from game.play import begin
from game.story import Story
from game.web.npm_package import Package, package_files
from tests.real.phones import MISSING
from tests.real.site.sites import CLICKS, PATIENCE, make_site, served, sources

pytestmark = pytest.mark.skipif(bool(MISSING), reason=f"not installed: {' '.join(MISSING)}")

SCORM_AGAIN = Package(
    "scorm-again", "3.4.3", "Zbe+7ArMUbT1lVnqYxsbGRfI9JD9JVqEPzZLQdk0nfNmcDYJ404rMO9nbkQ0Hzwux5uACF9zKsvc29Q/ZzMOdg=="
)
PLATFORM = """<!DOCTYPE html><html lang="en"><head><title>platform</title><script src="scorm12.js"></script></head>
<body><script>window.API = new Scorm12API({ autocommit: false });</script>
<iframe src="course/index.html" title="course" style="width: 390px; height: 844px"></iframe></body></html>"""


def test_a_learning_platform_is_told_of_the_end(tmp_path: Path, browser: Browser, shipped: Story) -> None:
    """In a frame of a page with a SCORM 1.2 platform: incomplete, then completed; and the choices where asked for."""
    make_site(tmp_path / "course", sources("choices", chinese=False))
    script = package_files(SCORM_AGAIN, cache_folder(), ["dist/scorm12.js"])["dist/scorm12.js"]
    (tmp_path / "scorm12.js").write_bytes(script)
    (tmp_path / "platform.html").write_text(PLATFORM, encoding="utf-8")
    with served(tmp_path) as address:
        context = browser.new_context(locale="en-GB")
        page = context.new_page()
        page.goto(f"{address}/platform.html")
        frame = page.frames[1]
        frame.wait_for_selector("#page-progress", state="hidden", timeout=PATIENCE)
        status = "window.API.lmsGetValue('cmi.core.lesson_status')"
        assert page.evaluate(status) == "incomplete"
        p = begin(shipped, "villager", "kiosk")
        frame.evaluate(CLICKS, ["cut:kiosk", "new:villager", "begin:villager"])
        chosen = []
        while not p.over:
            take = p.page.choices[0].id
            if take != "continue":
                chosen.append((str(p.page.node), take))
            frame.evaluate(CLICKS, [f"choice:{take}"])
            p = p.choose(take)
        assert page.evaluate(status) == "completed"
        count = page.evaluate("window.API.lmsGetValue('cmi.interactions._count')")
        told = page.evaluate("window.API.renderCommitCMI(true).cmi.interactions") if count else {}
        responses = [one["student_response"] for one in (told.values() if isinstance(told, dict) else told)]
        assert responses == [take for _, take in chosen]
        context.close()
