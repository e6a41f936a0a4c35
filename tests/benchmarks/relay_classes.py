"""A process of teachers: `... relay_classes class|stub COUNT URL [URL...]`, whose classes dial the addresses in turn.

`class` are the game's own without their windows; a `stub` commits ballots to the same log, and knows no more.
The first line that it prints is JSON: a list of `room`, `number` and `choices` of the open vote. When its standard
input ends it prints `rss` in bytes, `cpu` seconds, and `ballots`, for each room how many there are.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
import time
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event
from typing import Any

import aiohttp

from game.classroom import commands
from game.classroom import events as ev
from game.classroom.host import Host
from game.classroom.log import Log
from game.classroom.server.http_server import ClassServer
from game.classroom.server.phone_service import phone_view
from game.classroom.server.relay_link import RelayOptions
from game.classroom.state import initial_state
from game.resources import assets_folder, story_folder
from game.story import load
from game.ui.class_state import RelayInfo
from game.ui.i18n import Catalogue
from tests.benchmarks.class_served import CODE, rss


def hold_classes(folder: Path, count: int, urls: list[str]) -> None:
    """Hold classes of one door at their first vote."""
    story, words = load(story_folder()), Catalogue(assets_folder() / "locale")
    with ExitStack() as stack:
        hosts, rooms = list[Host](), list[str]()
        for number in range(count):
            log = stack.enter_context(Log(folder / f"{number}.class", time.time))
            first = ev.Begun(story.pack, story.version, "one-door", next(iter(story.roles)), CODE, name=f"n{number}")
            log.write([first])
            host = Host(initial_state(story, first), log)
            while not host.state.votes:
                host.execute(commands.go_on)
            host.execute(commands.open_vote)
            hosts.append(host)
            opened, told = Event(), list[RelayInfo]()

            def tell(info: RelayInfo, opened: Event = opened, told: list[RelayInfo] = told) -> None:
                told.append(info)
                if info.is_open:
                    opened.set()

            view, relay = phone_view(host, words, assets_folder() / "web"), RelayOptions(urls[number % len(urls)])
            stack.enter_context(ClassServer(host, CODE, view, local=False, relay=relay, relay_told=tell))
            assert opened.wait(30), told
            rooms.append(told[-1].code)
        choices = [one.id for one in hosts[0].state.tracks[0].page.choices]
        print(json.dumps([{"room": room, "number": 1, "choices": choices} for room in rooms]), flush=True)
        sys.stdin.read()
        ballots = {room: len(host.state.ballots) for room, host in zip(rooms, hosts, strict=True)}
        print(json.dumps({"rss": rss(), "cpu": time.process_time(), "ballots": ballots}), flush=True)


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
    """The phone that a message is from, and its ballot."""
    phone, data = json.loads(text)
    return phone, json.loads(data)


async def hold_stubs(folder: Path, count: int, urls: list[str]) -> None:
    """Hold stubs in rooms that they name themselves."""
    rooms = [f"ROOM{os.getpid()}-{number}" for number in range(count)]
    stubs = [Stub(folder / room) for room in rooms]
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as session:
        running = [
            asyncio.create_task(stub.run(session, urls[number % len(urls)], room))
            for number, (stub, room) in enumerate(zip(stubs, rooms, strict=True))
        ]
        print(json.dumps([{"room": room, "number": 1, "choices": ["a", "b", "c"]} for room in rooms]), flush=True)
        await asyncio.to_thread(sys.stdin.read)
        ballots = {room: len(stub.ballots) for room, stub in zip(rooms, stubs, strict=True)}
        print(json.dumps({"rss": rss(), "cpu": time.process_time(), "ballots": ballots}), flush=True)
        for task in running:
            task.cancel()


if __name__ == "__main__":
    with TemporaryDirectory(dir=Path.home()) as made:
        kind, number, addresses = sys.argv[1], int(sys.argv[2]), sys.argv[3:]
        if kind == "class":
            hold_classes(Path(made), number, addresses)
        else:
            asyncio.run(hold_stubs(Path(made), number, addresses))
