"""A process that holds a class before its wall: `python -m tests.benchmarks.class_rounds ROUNDS PHONES`.

A round is a vote: the class reads up to it, all phones vote, and it is counted and decided; at the story's end, the
class goes back to its beginning. It prints a line of JSON after each: what the process holds, once nothing has happened
for a while. The window and its loop are the class's, at 1920x1080, on SDL's driver without a screen.
"""

from __future__ import annotations

import json
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pygame

from game.classroom import commands
from game.classroom import events as ev
from game.classroom.host import Host
from game.classroom.log import Log
from game.classroom.server.http_server import ClassServer, ListenAddress
from game.classroom.server.phone_service import phone_view
from game.classroom.state import initial_state
from game.classroom.teacher_controller import TeacherController
from game.desktop.listeners import IntentListener, Listener
from game.desktop.loop import TRIM_AFTER, run
from game.desktop.session import Session
from game.desktop.session_factory import audience_session
from game.desktop.window_placement import WindowPlacement
from game.resources import assets_folder, story_folder
from game.story import load
from game.ui.class_state import JoinInfo
from game.ui.handlers.classroom import start_class
from game.ui.i18n import Catalogue
from game.ui.transitions import with_default_focus
from tests.benchmarks.class_served import LIMITS, NoSettings
from tests.benchmarks.harness import CODE, HERE, within
from tests.benchmarks.weight import weight

LOOK = 0.3  # seconds that the wall stands at each step
PATIENCE = 5.0  # seconds that a round waits for its phones


def teach(host: Host, rounds: int, phones: int, paints: Callable[[], bool]) -> None:
    """Act as the teacher, then close the window. It weighs the process while nobody `paints`, which takes 25 MB for a
    moment."""
    within(30, lambda: len(host.state.present) >= phones)
    for _ in range(rounds):
        while not host.state.can_vote:
            if all(lane.done for lane in host.state.tracks):
                while host.state.before:
                    host.execute(commands.go_back)
            else:
                host.execute(commands.go_on)
            time.sleep(LOOK)
        for step in (commands.open_vote, commands.close_vote, commands.reveal):
            host.execute(step)
            if step is commands.open_vote:
                within(PATIENCE, lambda: len(host.state.ballots) >= phones)
            time.sleep(LOOK)
        host.execute(lambda state: commands.decide(state, {}, "", lambda most: most[0]))
        within(12 * PATIENCE, lambda: not paints())
        time.sleep(2 * TRIM_AFTER)
        print(json.dumps(weight()._asdict()), flush=True)
    pygame.event.post(pygame.event.Event(pygame.QUIT))


def main(rounds: int, phones: int) -> None:
    story, words = load(story_folder()), Catalogue(assets_folder() / "locale")
    ways = [JoinInfo(f"http://192.168.1.20:8765/{CODE}", CODE)]
    with TemporaryDirectory() as folder, Log(Path(folder) / "a.class", time.time) as log:
        first = ev.Begun(story.pack, story.version, "class", None, CODE)
        log.write([first])
        host = Host(initial_state(story, first), log)
        desk = TeacherController(host, words, NoSettings(), ways, time.time, lambda most: most[0], str)
        pages = phone_view(host, words, assets_folder() / "web")
        with ClassServer(host, pages, ListenAddress(0, HERE), limits=LIMITS) as server:
            command = [sys.executable, "-m", "tests.benchmarks.class_voters", str(server.port), str(phones)]
            with subprocess.Popen(command, stdin=subprocess.PIPE) as voters:
                app = start_class(story, words, desk.class_view())
                app = with_default_focus(replace(app, views=app.views[:1]))  # past what lies over the first page
                wall, sessions = audience_session(app, desk), list[Session]()

                def session(size: tuple[int, int], listeners: Sequence[Listener]) -> Session:
                    sessions.append(wall(size, listeners))
                    return sessions[0]

                def paints() -> bool:
                    return bool(sessions and getattr(sessions[0]._backdrop._pictures, "_scratch", None))

                threading.Thread(target=teach, args=(host, rounds, phones, paints), daemon=True).start()
                run("class", session, WindowPlacement((1920, 1080)), listeners=[IntentListener(desk)])
                voters.kill()


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
