"""Run the HTTP server and the link to a relay on a thread of their own, beside the window's thread."""

from __future__ import annotations

import asyncio
import socket
import sys
import time
from collections.abc import Awaitable, Callable, Collection
from concurrent.futures import Future
from contextlib import suppress
from threading import Thread

from game.classroom.host import Host
from game.classroom.server.connections import Connection
from game.classroom.server.http_app import HttpApp
from game.classroom.server.limits import ServerLimits
from game.classroom.server.phone_api import PhoneApi
from game.classroom.server.phone_view import PhoneView
from game.classroom.server.phones import Phones
from game.classroom.server.relay_link import RelayLink, RelayUse
from game.classroom.state import ClassState
from game.core.addresses import CLASS_PORT
from game.core.background_tasks import end_tasks, keep_running
from game.core.rate_limits import SlotCounter
from game.core.values import frozen
from game.relay.web_server import start_runner

ALL_INTERFACES = "0.0.0.0"
_BACKLOG = 1024  # connections that may wait to be accepted: a whole school may reload at once


@frozen
class ListenAddress:
    """Where phones on the local network are served. `names` are this machine's host names, which the server accepts
    beside its addresses. `home` is the address that phones are told to use; "" if they may use any."""

    port: int = CLASS_PORT  # 0: a free one
    bind: str = ALL_INTERFACES  # the address of the network interface to listen on
    names: Collection[str] = ()
    home: str = ""


class ClassServer:
    """Serves the phones of one class from `start` to `stop`; also a context manager.

    With `listen` None, no phone on the local network is served. After the start, `port` is the real port.
    """

    def __init__(
        self, host: Host, view: PhoneView, listen: ListenAddress | None, *,
        limits: ServerLimits | None = None, relay: RelayUse | None = None,
    ) -> None:  # fmt: skip
        self.port = listen.port if listen is not None else 0
        self._host, self._view, self._listen_at = host, view, listen
        self._limits, self._relay = limits or ServerLimits(), relay
        self._thread: Thread | None = None
        self._request_stop: Callable[[bool], None] = lambda over: None

    def start(self) -> None:
        """Return once phones can connect. Raises OSError if the port is taken or a file of the page is missing."""
        listening = None
        if self._listen_at is not None:
            listening = _listening_socket(self._listen_at.bind, self.port)
            self.port = listening.getsockname()[1]
        _raise_file_limit(self._limits.connections)
        started: Future[Callable[[bool], None]] = Future()
        thread = Thread(target=lambda: asyncio.run(self._serve(listening, started)), name="class", daemon=True)
        thread.start()
        self._request_stop = started.result()
        self._thread = thread

    def stop(self, over: bool = False) -> None:
        """Write the last ballots, and free the port. With `over`, first tell the phones that the class is over."""
        if self._thread is not None:
            self._request_stop(over)
            self._thread.join()
            self._thread = None

    def __enter__(self) -> ClassServer:
        self.start()
        return self

    def __exit__(self, *raised: object) -> None:
        self.stop()

    async def _serve(self, listening: socket.socket | None, started: Future[Callable[[bool], None]]) -> None:
        """Serve until stopped, on the server's thread. Resolve `started` with a function that stops the server."""
        loop = asyncio.get_running_loop()
        stopping: asyncio.Future[bool] = loop.create_future()
        try:
            phones = Phones(self._host, self._view, self._limits, int(time.time() * 1000))
            home = f"http://{self._listen_at.home}:{self.port}" if self._listen_at and self._listen_at.home else ""
            api = PhoneApi(phones, self._view, home)
            stop_listening = None
            if listening is not None and self._listen_at is not None:
                stop_listening = await self._listen(listening, self._listen_at.names, api)
        except BaseException as error:
            if listening is not None:
                listening.close()
            started.set_exception(error)
            return
        link, dialling = None, None
        if self._relay is not None:
            link = RelayLink(api, self._relay)
            dialling = keep_running("link to the relay", link.run)

        def state_changed(state: ClassState) -> None:
            if phones.changes_pages(state):  # checked on this thread, so that a ballot does not wake the loop twice
                # Nobody can unsubscribe from a host, and it may live longer than this server's loop.
                with suppress(RuntimeError):
                    loop.call_soon_threadsafe(phones.show_pages_soon)

        def request_stop(over: bool) -> None:
            loop.call_soon_threadsafe(stopping.set_result, over)

        self._host.subscribe(state_changed)
        started.set_result(request_stop)
        if await stopping:
            await phones.end()
        if stop_listening is not None:
            await stop_listening()
        await phones.close()
        if link is not None and dialling is not None:
            await link.close()
            await end_tasks([dialling])

    async def _listen(
        self, listening: socket.socket, names: Collection[str], api: PhoneApi
    ) -> Callable[[], Awaitable[None]]:
        """Serve HTTP, and return a function that ends it."""
        loop, limits = asyncio.get_running_loop(), self._limits
        http_app = HttpApp(api, self._view.web_folder, names, limits)
        runner = await start_runner(http_app.app())
        server, slots = runner.server, SlotCounter(limits.connections, limits.connections_per_address)
        assert server is not None
        listener = await loop.create_server(lambda: Connection(server, limits, slots, loop), sock=listening)

        async def stop() -> None:
            listener.close()
            await api.phones.close()
            await http_app.close()
            await runner.cleanup()

        return stop


def _listening_socket(address: str, port: int) -> socket.socket:
    try:
        return socket.create_server((address, port), backlog=_BACKLOG)
    except OSError as error:
        raise OSError(error.errno, f"port {port} cannot be listened on: {error.strerror}") from None


def _raise_file_limit(connections: int) -> None:
    """Raise the limit on open files if it is too low for so many connections, as on macOS (256)."""
    if sys.platform == "win32":
        return
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = connections + 256
    if hard != resource.RLIM_INFINITY:
        wanted = min(wanted, hard)
    if soft < wanted:
        with suppress(ValueError, OSError):  # macOS reports no limit, but allows less
            resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
