"""A process that serves a class, or a bare echo, on loopback until its standard input ends; then it says what it took.

The first line that it prints is its port. The last is JSON: `rss` in bytes, `cpu` seconds of the whole process, and
of a class `server`, the seconds of the server's own thread, `ballots` by seat as its log on disk makes them, and how
many `voted` events that log has.
"""

from __future__ import annotations

import asyncio
import json
import sys
import threading
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from aiohttp import WSMsgType, web

from game.classroom import events as ev
from game.classroom import rules
from game.classroom.host import Host
from game.classroom.limits import Limits
from game.classroom.log import Log
from game.classroom.room import opened, replayed
from game.classroom.server import Server
from game.classroom.site import Shown
from game.play import Page
from game.play.rounds import Round
from game.resources import story_folder
from game.story import load
from game.story.model import Role
from game.ui.tree import Action, Node

HERE, CODE = "127.0.0.1", "K7QP"
MANY = 1_000_000
LIMITS = Limits(
    connections=MANY, connections_of_one=MANY, seats=MANY, seats_of_one=MANY, rate=float(MANY), burst=MANY
)  # fmt: skip


def page_of(page: Page, round: Round, seat: str) -> Node:
    """A phone's page with all its words, as long as a real one."""
    own = round.ballots.get(seat)
    return Node("screen", label=page.chapter or "", children=(
        Node("status", "status", round.phase),
        *(Node("paragraph", spans=paragraph.spans) for paragraph in page.paragraphs),
        Node("list", "choices", children=tuple(
            Node("choice", f"choice:{option.id}", option.say or option.id, action=Action("vote", option.id),
                 chosen=option.id == own, value=str(number))
            for number, option in enumerate(page.choices, 1)
        )),
    ))  # fmt: skip


def welcomed(door: Role | None) -> Node:
    return Node("screen")


def thread_cpu(name: str) -> float:
    """Seconds of a core that one thread of this process has taken."""
    (ident,) = [one.ident for one in threading.enumerate() if one.name == name]
    assert ident is not None
    return time.clock_gettime(time.pthread_getcpuclockid(ident))


def rss() -> int:
    """Resident bytes of this process."""
    (line,) = [line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmRSS")]
    return int(line.split()[1]) * 1024


def meanwhile() -> None:
    """What the process does while phones vote. The projector's window has its place here: this is the main thread."""
    sys.stdin.read()


def a_class(folder: Path) -> None:
    """Serve the shipped story's first vote."""
    for name in ("index.html", "app.js", "style.css"):
        (folder / name).write_text("")
    story = load(story_folder())
    with Log(folder / "a.class", time.time) as log:
        first = ev.Begun(story.pack, story.version, "class", None, CODE)
        log.write([first])
        host = Host(opened(story, first), log)
        while not host.room.votes:
            host.ask(rules.go_on)
        host.ask(rules.open_vote)
        with Server(host, CODE, Shown(page_of, welcomed, {}, folder), port=0, bind=HERE, limits=LIMITS) as server:
            print(server.port, flush=True)
            meanwhile()
            took = {"rss": rss(), "cpu": time.process_time(), "server": thread_cpu("class")}
        kept = [event for _, event in log]
        voted = sum(isinstance(event, ev.Voted) for event in kept)
        print(json.dumps({**took, "ballots": dict(replayed(story, kept).ballots), "voted": voted}))


async def echo() -> None:
    """The least that a server of sockets can do."""

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
    print(json.dumps({"rss": rss(), "cpu": time.process_time()}))
    await runner.cleanup()


if __name__ == "__main__":
    if sys.argv[1] == "echo":
        asyncio.run(echo())
    else:
        with TemporaryDirectory() as folder:
            a_class(Path(folder))
