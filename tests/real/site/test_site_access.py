"""Access to the screens of the site, where axe does not look: spaced text, size of targets, focus in sight, names."""

from __future__ import annotations

import pytest

from game.story import Story
from tests.real.access_probes import LEAST_RING, cut_off_when_spaced, other_names, small_targets, walk_focus
from tests.real.phones import MISSING
from tests.real.site.sites import Reader
from tests.real.site.test_site_screens import each_screen

pytestmark = pytest.mark.skipif(bool(MISSING), reason=f"not installed: {' '.join(MISSING)}")


@pytest.mark.parametrize("size", [(320, 640), (1366, 768)], ids="{0[0]}x{0[1]}".format)
def test_every_screen_keeps_its_text_targets_and_focus(reader: Reader, shipped: Story, size: tuple[int, int]) -> None:
    page, seen, problems = reader.page, 0, []
    for name in each_screen(reader, shipped):
        page.set_viewport_size({"width": size[0], "height": size[1]})
        for what, found in (
            ("spaced", cut_off_when_spaced(page)), ("small", small_targets(page)), ("named", other_names(page)),
        ):  # fmt: skip
            problems += [f"{name} {what}: {each}" for each in found]
        places = walk_focus(page)
        problems += [f"{name} focus: {place}" for place in places if place["ring"] < LEAST_RING or not place["seen"]]
        problems += [f"{name} redraw"] if len({place["drawn"] for place in places}) > 1 else []
        seen += len(places)
    assert problems == []
    assert seen > 200
