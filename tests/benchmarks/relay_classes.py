"""Teachers, a process each: `... relay_classes class|stub COUNT URL [URL...]`, which dial the addresses in turn.

`class` are the game's own, the first with the projector's window, on SDL's driver without a screen, the others without;
a `stub` commits ballots to the same log, and knows no more. All are forks of one process that has loaded the story, so
that a hundred start in seconds. For each it prints a line of JSON: `room`, `number` and `choices` of the open vote, its
`pid`, and whether it has the `window`. When its standard input ends, it prints for each room how many `ballots` there
are, and how long the window was `busy` and `worked` at each frame.
"""

from __future__ import annotations

import asyncio
import json
import multiprocessing
import os
import sys
import threading
import time
from functools import partial
from multiprocessing.connection import Connection
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import aiohttp

from game.classroom import events as ev
from game.classroom.log import Log
from game.classroom.server.http_server import ClassServer
from game.classroom.server.phone_service import phone_view
from game.classroom.server.relay_link import RelayUse
from game.resources import assets_folder, story_folder
from game.story import Story, load
from game.ui.class_state import RelayInfo
from game.ui.i18n import Catalogue
from tests.benchmarks.class_served import at_the_wall, class_at_first_vote


def hold_class(story: Story, folder: Path, number: int, url: str, end: int, told_to: Connection) -> None:
    words, opened, infos = Catalogue(assets_folder() / "locale"), threading.Event(), list[RelayInfo]()

    def tell(info: RelayInfo) -> None:
        infos.append(info)
        if info.is_open:
            opened.set()

    with Log(folder / f"{number}.class", time.time) as log:
        host = class_at_first_vote(story, log, "one-door", next(iter(story.roles)), f"n{number}")
        view = phone_view(host, words, assets_folder() / "web")
        with ClassServer(host, view, None, relay=RelayUse(url, tell)):
            assert opened.wait(60), infos
            say(infos[-1].code, [choice.id for choice in host.state.tracks[0].page.choices], window=number == 0)
            frames: dict[str, list[float]] = {}
            if number == 0:
                os.environ["SDL_VIDEODRIVER"] = "dummy"
                frames = at_the_wall(host, words, partial(os.read, end, 1), lambda: infos[-1])
            else:
                os.read(end, 1)
        told_to.send((infos[-1].code, len(host.state.ballots), frames))


def say(room: str, choices: list[str], *, window: bool = False) -> None:
    """Print a room's line in one write, since other teachers print theirs."""
    about = {"room": room, "number": 1, "choices": choices, "pid": os.getpid(), "window": window}
    line = json.dumps(about) + "\n"
    os.write(sys.stdout.fileno(), line.encode())


class Stub:
    """A teacher that commits to disk, all ballots of a moment in one write, and acknowledges."""

    def __init__(self, path: Path) -> None:
        self._log = Log(path, time.time)
        self._log.write([ev.Begun("stub", 1, "one-door", None)])
        self.ballots: dict[str, str] = {}

    async def run(self, session: aiohttp.ClientSession, url: str, room: str) -> None:
        waiting: list[str] = []
        some = asyncio.Event()
        async with session.ws_connect(f"{url}/teacher/{room}", max_msg_size=0, compress=0) as socket:

            async def commit() -> None:
                while True:
                    await some.wait()
                    some.clear()
                    batch = waiting.copy()
                    waiting.clear()
                    await asyncio.to_thread(self._write, batch)
                    for text in batch:
                        phone, ballot = _ballot(text)
                        self.ballots[phone] = ballot["vote"]
                        answer = json.dumps({"voted": ballot["vote"], "round": ballot["round"]})
                        await socket.send_str(json.dumps([phone, answer]))

            committing = asyncio.create_task(commit())
            async for message in socket:
                waiting.append(message.data)
                some.set()
            committing.cancel()

    def _write(self, batch: list[str]) -> None:
        ballots = map(_ballot, batch)
        self._log.write([ev.Voted(ballot["round"], phone, ballot["vote"]) for phone, ballot in ballots])


def _ballot(text: str) -> tuple[str, dict[str, Any]]:
    phone, data = json.loads(text)
    return phone, json.loads(data)


def hold_stub(story: Story, folder: Path, number: int, url: str, end: int, told_to: Connection) -> None:
    room = f"ROOM{os.getpid()}"
    stub = Stub(folder / room)

    async def run() -> None:
        async with aiohttp.ClientSession() as session:
            running = asyncio.create_task(stub.run(session, url, room))
            await asyncio.to_thread(os.read, end, 1)
            running.cancel()
            await asyncio.wait([running])

    say(room, ["a", "b", "c"])
    asyncio.run(run())
    told_to.send((room, len(stub.ballots), {}))


def main(kind: str, count: int, urls: list[str]) -> None:
    hold, forks = {"class": hold_class, "stub": hold_stub}[kind], multiprocessing.get_context("fork")
    story = load(story_folder())
    with TemporaryDirectory(dir=Path.home()) as folder:
        end = os.dup(sys.stdin.fileno())  # all read it, so that none outlives who started them
        held = []
        for number in range(count):
            ours, theirs = forks.Pipe()
            given = story, Path(folder), number, urls[number % len(urls)], end, theirs
            held.append((ours, forks.Process(target=hold, args=given)))
            held[-1][1].start()
        sys.stdin.read()
        ended = [ours.recv() for ours, _ in held]
        print(json.dumps({"ballots": {room: ballots for room, ballots, _ in ended}, **ended[0][2]}), flush=True)
        for _, process in held:
            process.join()


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), sys.argv[3:])
