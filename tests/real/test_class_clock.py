"""A class under a clock that jumps by hours (libfaketime), while the monotonic clock is right."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from game.core.paths import classes_folder
from game.resources import story_folder
from tests.classroom.test_class_store import log_with_record

LIBRARY = next(Path("/usr/lib").glob("*/faketime/libfaketime.so.1"), None)
pytestmark = [
    pytest.mark.skipif(LIBRARY is None, reason="needs faketime"),
    pytest.mark.usefixtures("home"),
]

# A class with one phone and its teacher's controller; each line that is read from the standard input is a command of
# the teacher, or `jump` in seconds; what the wall then shows is printed as JSON.
CLASS = """
import json, os, sys, time
from pathlib import Path
from game.classroom import commands, events as ev
from game.classroom.host import Host
from game.classroom.log import Log
from game.classroom.state import initial_state
from game.classroom.teacher_controller import TeacherController
from game.resources import assets_folder
from game.story import load
from game.ui.class_state import JoinInfo
from game.ui.effects import TeacherCommand
from game.ui.i18n import Catalogue

story, folder = load(Path(sys.argv[1])), Path(sys.argv[2])
words = Catalogue(assets_folder() / "locale")
log = Log(folder / "a.class", time.time)
begun = ev.Begun(story.pack, story.version, "class", None, "K7QP")
log.write([begun])
host = Host(initial_state(story, begun), log)
ways = [JoinInfo("http://127.0.0.1:1/K7QP", "K7QP")]
controller = TeacherController(host, words, None, ways, time.monotonic, lambda most: most[0], str)
shown = controller.class_view()
for line in sys.stdin:
    name, _, what = line.strip().partition(" ")
    if name == "jump":
        (folder / "time").write_text(what)
    elif name == "join":
        host.execute(lambda state: commands.join(state, what))
    elif name == "vote":
        host.execute(lambda state: commands.vote(
            state, what, state.number, state.track_of(what).page.choices[0].id))
    elif name == "go":
        while not host.state.can_vote:
            host.execute(commands.go_on)
    elif name != "look":
        shown = controller.carry_out(TeacherCommand(name, number=int(what or 0))).class_view
    until = time.monotonic() + 1.0
    while time.monotonic() < until and (news := controller.poll()) is None:
        time.sleep(0.01)
    if news is not None:
        shown = news.class_view
    print(json.dumps({"here": shown.here, "left": shown.left, "phase": shown.phase, "voted": shown.voted,
                      "clock": time.time(), "monotonic": time.monotonic()}), flush=True)
"""


def under(faketime: Path) -> dict[str, str]:
    """An environment whose time of day is the real one plus the number in a file; monotonic times are real."""
    faketime.write_text("+0")
    return os.environ | {
        "LD_PRELOAD": str(LIBRARY), "FAKETIME_TIMESTAMP_FILE": str(faketime), "FAKETIME_NO_CACHE": "1",
        "FAKETIME_DONT_FAKE_MONOTONIC": "1", "DONT_FAKE_MONOTONIC": "1",
    }  # fmt: skip


@pytest.mark.parametrize("jump", ["+6h", "-6h"])
def test_counts_and_timer_of_the_wall_survive_a_clock_that_jumps(jump: str, tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", CLASS, str(story_folder()), str(tmp_path)], env=under(tmp_path / "time"),
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    ) as process:  # fmt: skip
        assert process.stdin is not None and process.stdout is not None

        def tell(line: str) -> dict[str, Any]:
            assert process.stdin is not None and process.stdout is not None
            print(line, file=process.stdin, flush=True)
            found: dict[str, Any] = json.loads(process.stdout.readline())
            return found

        try:
            tell("join a")
            tell("go")
            tell("open")
            before = tell("timer 8")
            assert before["left"] in (7, 8)  # a slow machine may look a second later
            after = tell(f"jump {jump}")
            assert abs(after["clock"] - before["clock"]) > 3600 > 60 > after["monotonic"] - before["monotonic"]
            assert tell("join b")["here"] == 2
            voted = tell("vote a")
            assert voted["voted"] == 1 and voted["phase"] == "open" and 0 < voted["left"] <= 8
            end = time.monotonic() + 20
            while (now := tell("look"))["phase"] == "open":
                assert time.monotonic() < end, "the timer never ran out"
            assert now["phase"] == "closed" and now["left"] is None and now["voted"] == 1
            assert now["monotonic"] - before["monotonic"] < 20
        finally:
            process.stdin.close()
            process.wait(20)


@pytest.mark.parametrize("jump", ["+400d", "-400d"])
def test_clock_that_jumps_deletes_no_class(jump: str, tmp_path: Path) -> None:
    """The command runs again and again on the wrong day, and on the right one: stored classes stay."""
    kept = log_with_record(classes_folder() / "today.class", time.time())
    faketime, command = tmp_path / "time", [sys.executable, "-m", "game", "class", "--list"]
    environment = under(faketime)
    for shift in (jump, jump, "+0", jump, "+0"):
        faketime.write_text(shift)
        done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60)
        assert done.returncode == 0 and str(kept) in done.stdout, done.stderr
        assert ("older than 30 days" in done.stderr) == (shift == "+400d"), done.stderr
    assert kept.exists()
