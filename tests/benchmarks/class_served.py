"""A process that serves a class, with or without its wall, or a bare echo, on loopback, until its standard input ends.
It prints its port first. Its last line is JSON: `rss` in bytes, `cpu` seconds of the process, and of a class the
`server` thread's seconds, the logged `ballots` by seat, and how many `voted` events are in the log."""

from __future__ import annotations

import asyncio
import json
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import pygame
from aiohttp import WSMsgType, web

from game.classroom import commands
from game.classroom import events as ev
from game.classroom.host import Host
from game.classroom.log import Log
from game.classroom.server.http_server import ClassServer, ListenAddress
from game.classroom.server.limits import ServerLimits
from game.classroom.server.phone_service import phone_view
from game.classroom.state import initial_state
from game.classroom.teacher_controller import TeacherController
from game.desktop.listeners import IntentListener
from game.desktop.loop import run
from game.desktop.session_factory import audience_session
from game.desktop.window_placement import WindowPlacement
from game.resources import assets_folder, story_folder
from game.story import Story, load
from game.ui.class_state import JoinInfo, RelayInfo
from game.ui.handlers.classroom import class_changed, start_class
from game.ui.i18n import Catalogue
from tests.benchmarks.harness import CODE, HERE, bytes_held
from tests.benchmarks.watch import RESTS, Watch
from tests.classroom.logged_class import logged_events, replay

MANY = 1_000_000
LIMITS = ServerLimits(
    connections=MANY, connections_per_address=MANY, seats=MANY, seats_per_address=MANY, rate=float(MANY), burst=MANY
)  # fmt: skip


def thread_cpu(name: str) -> float:
    """Seconds of a core that a thread of this process has taken."""
    (ident,) = [thread.ident for thread in threading.enumerate() if thread.name == name]
    assert ident is not None
    return time.clock_gettime(time.pthread_getcpuclockid(ident))


def at_the_wall(
    host: Host, words: Catalogue, wait: Callable[[], object], relay: Callable[[], RelayInfo | None] = lambda: None
) -> dict[str, list[float]]:
    """Run the projector's window at 1920x1080, with motion, until `wait` returns; gives its busy times."""
    watch = Watch()
    for place, name in RESTS:
        setattr(place, name, watch.around(getattr(place, name)))
    ways = [JoinInfo(f"http://192.168.1.20:8765/{CODE}", CODE)]
    desk = TeacherController(host, words, NoSettings(), ways, time.time, lambda most: most[0], str, relay=relay)
    app = class_changed(start_class(host.state.playthrough.story, words, desk.class_view()), desk.class_view())

    def close_at_the_end() -> None:
        wait()
        pygame.event.post(pygame.event.Event(pygame.QUIT))

    threading.Thread(target=close_at_the_end, daemon=True).start()
    run("class", audience_session(app, desk), WindowPlacement((1920, 1080)), listeners=[IntentListener(desk)])
    return {"busy": watch.busy[20:], "worked": watch.worked[20:]}  # what comes before is the window's own opening


class NoSettings:
    def carry_out(self, effect: object) -> None:
        return None


def class_at_first_vote(story: Story, log: Log, cut: str, role: str | None = None, name: str = "") -> Host:
    """A class at its first vote, which is open."""
    begun = ev.Begun(story.pack, story.version, cut, role, CODE, name=name)
    log.write([begun])
    host = Host(initial_state(story, begun), log)
    while not host.state.can_vote:
        host.execute(commands.go_on)
    host.execute(commands.open_vote)
    return host


def a_class(folder: Path, wall: bool) -> None:
    story, words = load(story_folder()), Catalogue(assets_folder() / "locale")
    with Log(folder / "a.class", time.time) as log:
        host = class_at_first_vote(story, log, "class")
        phones = phone_view(host, words, assets_folder() / "web")
        with ClassServer(host, phones, ListenAddress(0, HERE), limits=LIMITS) as server:
            print(server.port, flush=True)
            frames: dict[str, list[float]] = {}
            if wall:
                frames = at_the_wall(host, words, sys.stdin.read)
            else:
                sys.stdin.read()
            took = {"rss": bytes_held(), "cpu": time.process_time(), "server": thread_cpu("class"), **frames}
        kept = logged_events(log.path)
        voted = sum(isinstance(event, ev.Voted) for event in kept)
        print(json.dumps({**took, "ballots": dict(replay(story, kept).ballots), "voted": voted}))


async def echo() -> None:
    """Run the simplest possible server of sockets."""

    async def echoing(request: web.Request) -> web.StreamResponse:
        socket = web.WebSocketResponse(compress=False)
        await socket.prepare(request)
        async for message in socket:
            if message.type is WSMsgType.TEXT:
                await socket.send_str(message.data)
        return socket

    app = web.Application()
    app.router.add_get("/socket", echoing)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=1.0)
    await runner.setup()
    site = web.TCPSite(runner, HERE, 0, backlog=1024)
    await site.start()
    print(runner.addresses[0][1], flush=True)
    await asyncio.to_thread(sys.stdin.read)
    print(json.dumps({"rss": bytes_held(), "cpu": time.process_time()}))
    await runner.cleanup()


if __name__ == "__main__":
    if sys.argv[1] == "echo":
        asyncio.run(echo())
    else:
        with TemporaryDirectory() as folder:
            a_class(Path(folder), wall=sys.argv[1] == "wall")
