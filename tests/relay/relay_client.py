"""A relay on loopback, and clients that talk to it as a teacher's program and as phones do."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import aiohttp

from game.relay.broker import Broker, MemoryHub
from game.relay.frames import Frame, In, Open, Out, Room, parse_frame, to_text
from game.relay.limits import RelayLimits
from game.relay.server import RelayOptions, serve
from game.resources import assets_folder

QUICK = RelayLimits(timeout=1.0, drain=3.0, refresh=0.1, heartbeat=1.0, phone_heartbeat=1.0)


@dataclass
class ServedRelay:
    """One relay process in this event loop."""

    url: str
    stopping: asyncio.Event
    serving: asyncio.Task[None]

    async def end(self) -> None:
        self.stopping.set()
        await self.serving


def options(limits: RelayLimits = QUICK, **more: Any) -> RelayOptions:
    return replace(RelayOptions(assets_folder() / "web", port=0, limits=limits), **more)


@asynccontextmanager
async def relay(chosen: RelayOptions | None = None, broker: Broker | None = None) -> AsyncIterator[ServedRelay]:
    loop, stopping = asyncio.get_running_loop(), asyncio.Event()
    started: asyncio.Future[int] = loop.create_future()
    serving = asyncio.create_task(serve(chosen or options(), started.set_result, stopping, broker))
    futures: set[asyncio.Future[Any]] = {serving, started}
    await asyncio.wait(futures, return_when=asyncio.FIRST_COMPLETED)
    if serving.done():
        serving.result()  # says why it could not start
    served = ServedRelay(f"http://127.0.0.1:{started.result()}", stopping, serving)
    try:
        yield served
    finally:
        await served.end()


class TeacherClient:
    """A teacher's program: reads frames, and answers as a test says."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        self.socket = socket

    async def send(self, frame: Frame) -> None:
        await self.socket.send_str(to_text(frame))

    async def receive(self) -> Frame:
        """The next frame. Raises ConnectionError where the link ended."""
        message = await self.socket.receive()
        if message.type is not aiohttp.WSMsgType.TEXT:
            raise ConnectionError(f"closed with {self.socket.close_code}")
        return parse_frame(message.data)

    async def receive_in(self) -> In:
        """The next `in`; other frames before it are passed over."""
        while True:
            frame = await self.receive()
            if isinstance(frame, In):
                return frame

    async def answer(self, data: str, status: int = 200, cookie: str = "") -> In:
        heard = await self.receive_in()
        await self.send(Out((heard.phone,), data, status, cookie))
        return heard

    async def open(self, asked: Open | None = None) -> Room:
        """Open a room. Raises AssertionError with the refusal."""
        await self.send(asked or Open())
        frame = await self.receive()
        assert isinstance(frame, Room), frame
        return frame


@asynccontextmanager
async def teacher(url: str) -> AsyncIterator[TeacherClient]:
    async with aiohttp.ClientSession() as session, session.ws_connect(f"{url}/teacher", max_msg_size=0) as socket:
        yield TeacherClient(socket)


@asynccontextmanager
async def open_room(
    limits: RelayLimits = QUICK, broker: Broker | None = None
) -> AsyncIterator[tuple[ServedRelay, TeacherClient, Room]]:
    async with relay(options(limits), broker) as server, teacher(server.url) as she:
        yield server, she, await she.open()


@asynccontextmanager
async def two_relays(hub: MemoryHub | None = None) -> AsyncIterator[tuple[ServedRelay, ServedRelay, TeacherClient]]:
    hub = hub or MemoryHub()
    async with relay(broker=hub.broker()) as first, relay(broker=hub.broker()) as second, teacher(first.url) as she:
        yield first, second, she


@asynccontextmanager
async def phone(url: str, code: str, **more: Any) -> AsyncIterator[aiohttp.ClientWebSocketResponse]:
    async with aiohttp.ClientSession() as session, session.ws_connect(f"{url}/{code}/socket", **more) as socket:
        yield socket


async def assert_heard(server: ServedRelay, room: Room, she: TeacherClient) -> None:
    """A new phone of the room reaches its teacher."""
    async with phone(server.url, room.code) as pupil:
        await pupil.send_str("heard")
        assert (await she.receive_in()).data == "heard"


async def close_code(socket: aiohttp.ClientWebSocketResponse) -> int:
    """The code with which a phone's socket is closed; earlier texts are skipped."""
    while (message := await socket.receive(20)).type is aiohttp.WSMsgType.TEXT:
        pass
    assert message.type is aiohttp.WSMsgType.CLOSE, message
    return int(message.data)


async def request(url: str, path: str, body: Any = None, **headers: str) -> tuple[int, Any]:
    """The status and the JSON of a phone's request: GET without a body, else POST."""
    async with aiohttp.ClientSession() as session:
        method = "GET" if body is None else "POST"
        data = None if body is None else json.dumps(body)
        async with session.request(method, f"{url}{path}", data=data, headers=headers, allow_redirects=False) as answer:
            text = await answer.text()
            return answer.status, json.loads(text) if answer.content_type == "application/json" else text


def tokens_file(folder: Path, *tokens: str) -> Path:
    path = folder / "tokens.txt"
    path.write_text("\n".join(["# who may open rooms", *tokens]), "utf-8")
    return path
