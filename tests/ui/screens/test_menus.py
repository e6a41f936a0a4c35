"""The pause, and the credits."""

from __future__ import annotations

from dataclasses import replace

from game.credits import Credit
from game.story import Story
from game.ui.i18n import Catalogue
from game.ui.state import ScreenView
from game.ui.update import start
from tests.ui.app_driver import AppDriver, at_page
from tests.ui.stand_ins import wandered


def test_the_pause_offers_the_other_text_where_there_are_two(mill: Story, words: Catalogue) -> None:
    seen = set()
    for p in (p for seed in range(6) for p in wandered(mill, seed)):
        driver = AppDriver(at_page(words, p))
        driver.press("pause")
        texts = bool(p.page.brief), bool(p.page.paragraphs)
        assert driver.sees("version") == all(texts), p.page.node
        seen.add(texts)
    assert {(True, True), (False, True)} <= seen


def test_the_credits_name_each_part_with_its_licence(mill: Story, words: Catalogue) -> None:
    credits = (
        Credit("game", "The game", "MIT", "Permission is\ngranted.\n\nAs is."),
        Credit("font", "Wen", "OFL", "Free."),
    )
    app = replace(start(mill, words), credits=credits, views=(ScreenView("title"), ScreenView("credits")))
    driver = AppDriver(app)
    assert (driver.node("licence:0").label, driver.node("licence:0").value) == ("The game", "MIT")
    assert driver.sees("kind-font") and not driver.sees("kind-library")
    driver.press("licence:0")
    assert [driver.node(f"text-{at}").label for at in range(2)] == ["Permission is granted.", "As is."]
