"""The talk after each golden playthrough takes few views, and its way on stays in place."""

from __future__ import annotations

from dataclasses import replace

import pytest

from game.desktop.render.fonts import Fonts
from game.play import Playthrough
from game.play.talk import talk_screens
from game.story.model import Story
from game.ui.i18n import Catalogue
from game.ui.layout.geometry import Box
from game.ui.layout.page_layout import layout
from game.ui.settings import DEFAULT
from game.ui.state import ScreenView
from game.ui.tree import walk
from tests.benchmarks.talk_screens import LEAST, MOST, fits
from tests.desktop.session_driver import Lay
from tests.golden.test_golden import FOLDERS, played
from tests.lanes import sampled
from tests.ui.components.test_parts import SITE, last_wall
from tests.ui.stand_ins import runs_of

Size = tuple[int, int]
# The quick lane has the talks that have most to say, and a kiosk's.
LONGEST = ("class", "official-the-true-book", "villager-the-tally", "villager-kiosk")


def ended(story: Story, name: str) -> Playthrough:
    return played(story, next(folder for folder in FOLDERS if folder.name == name))


@pytest.mark.parametrize("name", sampled([folder.name for folder in FOLDERS], *LONGEST))
def test_a_talk_takes_five_views_at_1080p_and_seven_at_720p(
    name: str, shipped: Story, words: Catalogue, fonts: Fonts
) -> None:
    p = ended(shipped, name)
    for size, most in MOST.items():
        found = fits(shipped, words, fonts, p, size, 100)
        assert sum(screen.views for screen in found) <= most, (size, found)
        assert min(screen.type for screen in found) >= LEAST[size], (size, found)


@pytest.mark.parametrize("size", [(1280, 720), (1920, 1080), (1080, 1920)])
def test_the_way_on_is_the_largest_button_and_stays_where_it_is(size: Size, shipped: Story, lay: Lay) -> None:
    p = ended(shipped, "villager-the-bowls")
    corners = set()
    for at in range(len(talk_screens(p))):
        _, plan = lay(p, size, DEFAULT, ScreenView("debrief", str(at)))
        boxes = [item for item in plan.main.fixed if isinstance(item, Box) and item.id]
        main = max(boxes, key=lambda box: box.rect.w * box.rect.h)
        assert main.kind == "slip" and [box.kind for box in boxes].count("slip") == 1
        corners.add((main.rect.right, main.rect.bottom))
    assert len(corners) == 1


@pytest.mark.parametrize("size", [(1280, 720), (1366, 768), (1920, 1080)])
def test_all_years_of_the_weighings_are_in_one_table(size: Size, shipped: Story, lay: Lay) -> None:
    p, names = ended(shipped, "villager-the-bowls"), ["Brought in", "Reported", "Taken", "Left"]
    at = [screen.id for screen in talk_screens(p)].index("weighings")
    _, plan = lay(p, size, DEFAULT, ScreenView("debrief", str(at)))
    runs = runs_of(plan)
    assert [run.text for run in runs if run.text in names] == names
    assert len({run.baseline for run in runs if run.text in ("7,800", "6,560", "5,200", "4,700", "4,900")}) <= 2


@pytest.mark.parametrize("reading", ["class", "villager-kiosk", "villager-the-bowls"])
def test_what_was_not_theirs_to_decide_is_drawn_whole(reading: str, shipped: Story, lay: Lay) -> None:
    tree, plan = lay(ended(shipped, reading), (1920, 1080), DEFAULT, ScreenView("debrief", "1"))
    drawn = "".join("".join(run.text for run in runs_of(plan)).split())
    said = ["".join(node.label.split()) for node in walk(tree) if node.style == "anyway"]
    assert said and [text for text in said if text not in drawn] == []


def test_the_code_of_a_class_is_whole_in_the_first_view(shipped: Story, words: Catalogue, fonts: Fonts) -> None:
    talk = last_wall(shipped, words, SITE)
    plan = layout(talk.tree, (1366, 768), replace(talk.app.settings, text_scale=140), fonts)
    code = plan.bounds()["qr"]
    assert plan.max_scroll
    assert plan.main.view.y <= code.y and code.bottom <= plan.main.view.bottom
