"""Run one relay process until it is asked to end, then move its rooms to another process."""

from __future__ import annotations

import asyncio
import signal
import socket
import time
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path
from random import SystemRandom

from aiohttp import web

from game.core.addresses import RELAY_PORT
from game.core.values import frozen
from game.relay.broker import Broker, MemoryHub
from game.relay.http_app import HttpApp
from game.relay.limits import RelayLimits
from game.relay.metrics import Metrics
from game.relay.relay import Relay
from game.relay.tokens import Tokens
from game.relay.web_server import start_runner

LOOPBACK = "127.0.0.1"
_BACKLOG = 1024
_KEEP_ALIVE = 150.0  # seconds until an idle connection is closed; Caddy must close it first, which it does after 120


@frozen
class RelayOptions:
    """The options of a relay. Only `proxies` and this machine are trusted to name a client in X-Forwarded-For."""

    web_folder: Path  # has the files of the phones' page
    port: int = RELAY_PORT  # 0: a free one
    bind: str = LOOPBACK
    store: str = ""  # the address of the Valkey server that the processes share; "" for a single process
    tokens: Path | None = None  # the file of tokens that open rooms; None lets everybody
    proxies: tuple[str, ...] = ()  # their addresses
    limits: RelayLimits = RelayLimits()


async def serve(
    options: RelayOptions, started: Callable[[int], None], stopping: asyncio.Event, broker: Broker | None = None
) -> None:
    """Serve until `stopping` is set. Return once every room has moved or `limits.drain` seconds have passed.

    `started` is called with the port, once phones can connect. A `broker` replaces the broker of `options.store`.

    Raises OSError if the port is taken or a file of the page is missing, BadTokens, or StoreLost.
    """
    clock = time.monotonic
    metrics, tokens = Metrics(), Tokens(options.tokens)
    relay = Relay(broker or new_broker(options), SystemRandom(), options.limits, clock)
    http_app = HttpApp(relay, tokens, options.limits, metrics, options.web_folder, options.proxies, clock)
    listening = socket.create_server((options.bind, options.port), backlog=_BACKLOG)
    with closing(listening):
        await relay.start()
        runner = await start_runner(
            http_app.app(), max_line_size=2048, max_field_size=4096, lingering_time=1.0, keepalive_timeout=_KEEP_ALIVE
        )
        try:
            site = web.SockSite(runner, listening, backlog=_BACKLOG)
            await site.start()
            started(listening.getsockname()[1])
            await stopping.wait()
            await site.stop()  # new clients now reach another process
            await relay.drain()
        finally:
            await runner.cleanup()


def new_broker(options: RelayOptions) -> Broker:
    if not options.store:
        return MemoryHub().broker()
    from game.relay.valkey_broker import ValkeyBroker  # imported here because a single process needs no Valkey client

    return ValkeyBroker(options.store, options.limits.record_ttl)


def run_until_stopped(options: RelayOptions, started: Callable[[int], None]) -> None:
    """Serve until SIGTERM or Ctrl-C. Raises as `serve` does."""

    async def run() -> None:
        stopping, loop = asyncio.Event(), asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            with suppress(NotImplementedError):  # on Windows, where Ctrl-C raises KeyboardInterrupt
                loop.add_signal_handler(number, stopping.set)
        await serve(options, started, stopping)

    asyncio.run(run())
