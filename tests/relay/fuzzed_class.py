"""A class and a relay as processes that receive raw bytes while an honest class votes."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

import aiohttp

from game.classroom import events as ev
from game.classroom.join_codes import seat_of
from tests.classroom.logged_class import logged_events
from tests.ports import free_port
from tests.relay.hosts.voter import choices
from tests.relay.raw_bytes import RawBytes
from tests.relay.raw_http import AGENT, CLIENT

HERE = "127.0.0.1"
CODE = "K7QP"
PATIENCE = 60.0  # seconds for an honest vote, on a machine that has three other things to do
_AT_ONCE = 24  # inputs
_READ = 0.02  # seconds to wait for an answer
_START = 60.0


@dataclass
class Honest:
    """A phone that joined before, and its acknowledged votes."""

    base: str
    token: str = ""
    acknowledged: list[tuple[int, str]] = field(default_factory=list)

    async def join(self, session: aiohttp.ClientSession, code: str) -> None:
        async with session.post(f"{self.base}/join", json={"code": code}) as answer:
            self.token = (await answer.json())["token"]

    async def vote(self, session: aiohttp.ClientSession, number: int, chance: Random) -> None:
        """Vote in a round by a new socket. Raises TimeoutError if that takes too long."""
        async with asyncio.timeout(PATIENCE), session.ws_connect(f"{self.base}/socket") as ws:
            await ws.send_json({"token": self.token})
            choice = ""
            while True:
                message: dict[str, Any] = json.loads((await ws.receive()).data)
                if not choice and message.get("round") == number and "page" in message:
                    choice = chance.choice(choices(message))
                    await ws.send_json({"vote": choice, "round": number})
                elif message.get("voted") == choice and choice:
                    self.acknowledged.append((number, choice))
                    return


class Processes:
    """A relay and a class that dials it, each with its output in a file."""

    def __init__(self, folder: Path, relay_port: int, class_port: int) -> None:
        self.folder, self.relay_port, self.class_port = folder, relay_port, class_port
        self.logs = {name: folder / f"{name}.log" for name in ("relay", "class", "class-errors")}
        self.running: list[subprocess.Popen[str]] = []

    def start(self, stack: ExitStack) -> None:
        """Return once the class has a room."""
        command = [sys.executable, "-u", "-m"]
        for name, arguments in {
            "relay": ["game", "relay", "--port", str(self.relay_port)],
            "class": [
                "tests.relay.hosts.class_process", str(self.folder / "a.class"), f"http://{HERE}:{self.relay_port}",
                str(self.class_port),
            ],
        }.items():  # fmt: skip
            out = stack.enter_context(self.logs[name].open("w"))
            error = stack.enter_context(self.logs["class-errors"].open("w")) if name == "class" else out
            process = subprocess.Popen(
                [*command, *arguments], stdin=subprocess.PIPE, stdout=out, stderr=error, text=True, env=os.environ
            )
            self.running.append(process)
            stack.callback(_end, process)
            self.until_said(name, "listens" if name == "relay" else '"url": "http')

    def until_said(self, name: str, text: str) -> str:
        """The last log line with a text, as soon as there is one."""
        end = time.monotonic() + _START
        while True:
            lines = [line for line in self.logs[name].read_text("utf-8").splitlines() if text in line]
            if lines:
                return lines[-1]
            assert time.monotonic() < end, (name, self.logs[name].read_text("utf-8"))
            time.sleep(0.02)

    @property
    def room(self) -> str:
        return str(json.loads(self.until_said("class", '"url": "http'))["relay"]["code"])

    def press(self, command: str) -> dict[str, Any]:
        """Have the teacher press something. Return the class's state afterwards."""
        before = len(self.logs["class"].read_text("utf-8").splitlines())
        stdin = self.running[1].stdin
        assert stdin is not None
        stdin.write(f"{command}\n")
        stdin.flush()
        end = time.monotonic() + PATIENCE
        while True:
            lines = self.logs["class"].read_text("utf-8").splitlines()[before:]
            found = [line for line in lines if line.startswith('{"phase"') and line.endswith("}")]
            if found:
                state: dict[str, Any] = json.loads(found[-1])
                return state
            assert time.monotonic() < end, "the teacher's press is not answered"
            time.sleep(0.02)


def _end(process: subprocess.Popen[str]) -> None:
    process.terminate()
    with suppress(subprocess.TimeoutExpired):
        process.communicate(timeout=20)
    process.kill()


@contextmanager
def processes(folder: Path) -> Iterator[Processes]:
    """Run both during the block."""
    with ExitStack() as stack:
        made = Processes(folder, free_port(), free_port())
        made.start(stack)
        yield made


async def send(port: int, parts: list[bytes], chance: Random) -> None:
    """Send an input from `CLIENT`, read a little of the answer, and leave in one of three ways."""
    with suppress(OSError, TimeoutError):
        async with asyncio.timeout(5):
            reader, writer = await asyncio.open_connection(HERE, port, local_addr=(CLIENT, 0))
            try:
                for part in parts:
                    writer.write(part)
                    with suppress(TimeoutError):
                        async with asyncio.timeout(_READ):
                            await reader.read(65536)
                if chance.random() < 0.3:
                    writer.write_eof()
            finally:
                if chance.random() < 0.5:
                    writer.transport.abort()
                writer.close()


async def fuzz(made: Processes, seed: int, inputs: int, rounds: int) -> list[Honest]:
    """Send inputs in rounds, each with a vote of honest phones in the room and elsewhere; then a last vote.

    Raises AssertionError or TimeoutError if an honest phone or the teacher is delayed.
    """
    chance, room = Random(seed), await asyncio.to_thread(lambda: made.room)
    phones = [Honest(f"http://{HERE}:{made.class_port}"), Honest(f"http://{HERE}:{made.relay_port}/{room}")]
    async with aiohttp.ClientSession() as session:
        for phone, code in zip(phones, (CODE, room), strict=True):
            await phone.join(session, code)
        nobody = [Honest(phones[0].base) for _ in range(3)]  # whose tokens go into any input
        for phone in nobody:
            await phone.join(session, CODE)
        source = RawBytes(seed, room, [phone.token for phone in nobody])

        async def send_some(count: int) -> None:
            for _ in range(count):
                relay, teacher = chance.random() < 0.5, chance.random() < 0.3
                parts = source.request(relay) if chance.random() < 0.6 else source.socket(relay, relay and teacher)
                await send(made.relay_port if relay else made.class_port, parts, chance)

        state = await asyncio.to_thread(made.press, "open")
        for number in range(rounds + 1):
            count = inputs // rounds // _AT_ONCE if number < rounds else 0
            sending = [asyncio.create_task(send_some(count)) for _ in range(_AT_ONCE)]
            while True:
                for phone in phones:
                    await phone.vote(session, state["number"], chance)
                if all(task.done() for task in sending):
                    break
                await asyncio.sleep(0.5)
            await asyncio.gather(*sending)
            state = await asyncio.to_thread(made.press, "close")
            for phone in phones:
                assert state["ballots"][seat_of(phone.token)] == phone.acknowledged[-1][1]
            await asyncio.to_thread(made.press, "reveal")
            state = await asyncio.to_thread(made.press, "open")
        async with session.get(f"http://{HERE}:{made.relay_port}/health") as answer:
            health = await answer.json()
        assert (answer.status, health["state"]) == (200, "ok"), health
    return phones


def check(made: Processes, phones: list[Honest]) -> None:
    """Both processes live, the class's log has every acknowledged vote in order, and no log names a client."""
    assert [process.poll() for process in made.running] == [None, None]
    voted = [event for event in logged_events(made.folder / "a.class") if isinstance(event, ev.Voted)]
    for phone in phones:
        kept = [(event.number, event.choice) for event in voted if event.seat == seat_of(phone.token)]
        changed = [
            choice for at, choice in enumerate(phone.acknowledged) if not at or phone.acknowledged[at - 1] != choice
        ]
        assert kept == changed
    for name in ("relay", "class-errors"):
        said = made.logs[name].read_text("utf-8")
        for word in ("Traceback", CLIENT, AGENT, made.room, "Error"):
            assert word not in said, (name, word, said[-3000:])
