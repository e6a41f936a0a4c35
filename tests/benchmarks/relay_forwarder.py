"""A bare forwarder of text between phones and teachers: `... relay_forwarder NAME VALKEY`. Several share a Valkey.
There are no codes, limits, records or reconnections. It prints its port first."""

from __future__ import annotations

import asyncio
import json
import sys
from collections import deque

from aiohttp import WSMsgType, web
from valkey.asyncio import Valkey

from tests.benchmarks.harness import HERE


class Forwarder:
    def __init__(self, name: str, store: str) -> None:
        self._name, self._store = name, Valkey.from_url(store, decode_responses=True, socket_timeout=None)
        self._teachers: dict[str, web.WebSocketResponse] = {}
        self._phones: dict[str, web.WebSocketResponse] = {}
        self._heard = self._store.pubsub(ignore_subscribe_messages=True)
        self._unsent: deque[tuple[str, str]] = deque()
        self._some = asyncio.Event()

    async def run(self) -> None:
        app = web.Application()
        app.router.add_get("/teacher/{room}", self._teacher)
        app.router.add_get("/{room}/socket", self._phone)
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=1.0)
        await runner.setup()
        await self._heard.subscribe(f"phones:{self._name}")
        site = web.TCPSite(runner, HERE, 0, backlog=1024)
        await site.start()
        print(runner.addresses[0][1], flush=True)
        await asyncio.gather(self._listen(), self._send())

    async def _teacher(self, request: web.Request) -> web.StreamResponse:
        room, socket = request.match_info["room"], web.WebSocketResponse(compress=False, max_msg_size=0)
        await self._heard.subscribe(f"room:{room}")
        await socket.prepare(request)
        self._teachers[room] = socket
        async for message in socket:
            if message.type is WSMsgType.TEXT:
                phone, data = json.loads(message.data)
                if phone in self._phones:
                    await self._phones[phone].send_str(data)
                else:
                    self._publish(f"phones:{phone.partition(':')[0]}", message.data)
        return socket

    async def _phone(self, request: web.Request) -> web.StreamResponse:
        room, socket = request.match_info["room"], web.WebSocketResponse(compress=False)
        await socket.prepare(request)
        name = f"{self._name}:{len(self._phones)}"
        self._phones[name] = socket
        async for message in socket:
            if message.type is WSMsgType.TEXT:
                text = json.dumps([name, message.data])
                if room in self._teachers:
                    await self._teachers[room].send_str(text)
                else:
                    self._publish(f"room:{room}", text)
        return socket

    def _publish(self, channel: str, text: str) -> None:
        self._unsent.append((channel, text))
        self._some.set()

    async def _send(self) -> None:
        while True:
            await self._some.wait()
            self._some.clear()
            async with self._store.pipeline(transaction=False) as pipeline:
                while self._unsent:
                    pipeline.publish(*self._unsent.popleft())
                await pipeline.execute()

    async def _listen(self) -> None:
        async for message in self._heard.listen():
            if message["type"] != "message":
                continue
            kind, _, room = message["channel"].partition(":")
            if kind == "room":
                await self._teachers[room].send_str(message["data"])
            else:
                phone, data = json.loads(message["data"])
                await self._phones[phone].send_str(data)


if __name__ == "__main__":
    asyncio.run(Forwarder(*sys.argv[1:3]).run())
