"""The first screen of a class on its display."""

from __future__ import annotations

from pathlib import Path

import pytest

from game.classroom.display import Controller
from game.classroom.host import Host
from game.classroom.log import UnsavedLog
from game.classroom.run_class import ClassOptions, run_class
from game.classroom.state import initial_state
from game.story.model import Story
from game.ui import intents
from game.ui.state import AppState
from tests.classroom.logged_class import begun
from tests.ui.app_driver import AppDriver


@pytest.mark.parametrize("remarks", [[], ["A page is gone."], ["A page is gone.", "Two votes are left out."]])
def test_wall_opens_with_the_remarks_on_a_resumed_class(mill: Story, tmp_path: Path, remarks: list[str]) -> None:
    shown: list[AppState] = []

    def display(app: AppState, controller: Controller, pupils: object) -> int:
        shown.append(app)
        return 0

    first = begun(mill)
    host = Host(initial_state(mill, first), UnsavedLog(lambda: 0.0), remarks)
    options = ClassOptions(display, 8765)
    run_class(host, options, tmp_path, lambda: 0.0, lambda most: most[0], lambda: "", lambda joining: None)
    driver = AppDriver(shown[0])
    assert (driver.where == "message") is bool(remarks)
    if remarks:
        assert all(line in driver.said for line in remarks)
        driver.intend(intents.Activate())
        assert driver.where != "message"
