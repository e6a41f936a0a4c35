"""A class and a relay as processes that receive raw bytes while an honest class votes."""

from __future__ import annotations

import asyncio
import json
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
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
from tests.relay.logged_process import PYTHON, press, running, wait_for_line
from tests.relay.raw_bytes import RawBytes
from tests.relay.raw_http import AGENT, CLIENT

HERE = "127.0.0.1"
CODE = "K7QP"
PATIENCE = 60.0  # seconds for an honest vote, on a machine that has three other things to do
_AT_ONCE = 24  # inputs
_READ = 0.02  # seconds to wait for an answer


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


@dataclass
class Processes:
    """A relay and a class that dials it."""

    folder: Path
    relay_port: int
    class_port: int
    running: list[subprocess.Popen[str]] = field(default_factory=list)

    def log(self, name: str) -> Path:
        return self.folder / f"{name}.log"

    @property
    def room(self) -> str:
        return str(json.loads(wait_for_line(self.log("class"), '"url": "http'))["relay"]["code"])

    def press(self, command: str) -> dict[str, Any]:
        return press(self.running[1], self.log("class"), command)


@contextmanager
def processes(folder: Path) -> Iterator[Processes]:
    made = Processes(folder, free_port(), free_port())
    with running(made.log("relay"), *PYTHON, "game", "relay", "--port", str(made.relay_port)) as relay:
        wait_for_line(made.log("relay"), "listens")
        dialled = [str(folder / "a.class"), f"http://{HERE}:{made.relay_port}", str(made.class_port)]
        with running(made.log("class"), *PYTHON, "tests.relay.hosts.class_process", *dialled) as class_:
            made.running = [relay, class_]
            assert made.room
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
    for name in ("relay", "class"):
        said = made.log(name).read_text("utf-8")
        said = "\n".join(line for line in said.splitlines() if '"url"' not in line)  # this class's own, for the test
        for word in ("Traceback", CLIENT, AGENT, made.room, "Error"):
            assert word not in said, (name, word, said[-3000:])
