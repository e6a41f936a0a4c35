"""A class's server on the local network, on a thread of its own beside the window's."""

from __future__ import annotations

import asyncio
import socket
import sys
import time
from collections.abc import Callable, Collection
from concurrent.futures import Future
from contextlib import suppress
from threading import Thread
from types import TracebackType

from aiohttp import web

from game.classroom.host import Host
from game.classroom.server.connections import Connection
from game.classroom.server.http_app import HttpApp, PhoneView
from game.classroom.server.limits import ConnectionSlots, ServerLimits
from game.classroom.server.phones import Phones
from game.classroom.state import ClassState

PORT = 8765
EVERYWHERE = "0.0.0.0"  # every IPv4 address of this machine
_BACKLOG = 1024  # a whole school may press reload at once


class ClassServer:
    """Serves the phones of one class from `start` to `stop`; as a context manager, in between.

    `code` is what phones join with. `names` are this machine's own, which it answers to beside its addresses.
    Port 0 is any free one; `port` then says which. `clock` gives seconds since 1970.
    """

    def __init__(
        self, host: Host, code: str, shown: PhoneView, *, port: int = PORT, bind: str = EVERYWHERE,
        names: Collection[str] = (), limits: ServerLimits | None = None, clock: Callable[[], float] = time.time,
    ) -> None:  # fmt: skip
        self.port = port
        self._host, self._code, self._shown, self._bind, self._names = host, code, shown, bind, names
        self._limits, self._clock = limits or ServerLimits(), clock
        self._thread: Thread | None = None
        self._leave: Callable[[], None] = lambda: None

    def start(self) -> None:
        """Return once phones can connect. Raises OSError where the port is taken or a file of the page is missing."""
        listening = _listening(self._bind, self.port)
        self.port = listening.getsockname()[1]
        _allow_files(self._limits.connections)
        started: Future[Callable[[], None]] = Future()
        thread = Thread(target=lambda: asyncio.run(self._serve(listening, started)), name="class", daemon=True)
        thread.start()
        self._leave = started.result()
        self._thread = thread

    def stop(self) -> None:
        """Keep every ballot that came, say goodbye to the phones, and return once nothing listens any more."""
        if self._thread is not None:
            self._leave()
            self._thread.join()
            self._thread = None

    def __enter__(self) -> ClassServer:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.stop()

    async def _serve(self, listening: socket.socket, started: Future[Callable[[], None]]) -> None:
        """Be the server's thread. `started` gets what ends it, or why it could not begin."""
        loop, leaving, limits = asyncio.get_running_loop(), asyncio.Event(), self._limits
        try:
            phones = Phones(self._host, self._code, self._shown.pages, limits, int(self._clock() * 1000))
            site = HttpApp(phones, self._shown, self._host.state.playthrough.story.roles, self._names, limits)
            runner = web.AppRunner(site.app(), handle_signals=False, shutdown_timeout=1.0)
            await runner.setup()
            server, places = runner.server, ConnectionSlots(limits.connections, limits.connections_of_one)
            assert server is not None
            listener = await loop.create_server(lambda: Connection(server, limits, places, loop), sock=listening)
        except BaseException as error:
            listening.close()
            started.set_exception(error)
            return

        def changed(state: ClassState) -> None:
            # a host cannot be told to forget its listeners, and may outlive this server
            with suppress(RuntimeError):
                loop.call_soon_threadsafe(phones.changed)

        def leave() -> None:
            loop.call_soon_threadsafe(leaving.set)

        self._host.listen(changed)
        started.set_result(leave)
        await leaving.wait()
        listener.close()
        await phones.close()
        await site.close()
        await runner.cleanup()


def _listening(address: str, port: int) -> socket.socket:
    """A socket that listens. Raises OSError that names the port."""
    try:
        return socket.create_server((address, port), backlog=_BACKLOG)
    except OSError as error:
        raise OSError(error.errno, f"port {port} cannot be listened on: {error.strerror}") from None


def _allow_files(connections: int) -> None:
    """Let this process hold so many connections, where its limit on open files is lower (macOS begins at 256)."""
    if sys.platform == "win32":
        return
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = connections + 256
    if hard != resource.RLIM_INFINITY:
        wanted = min(wanted, hard)
    if soft < wanted:
        with suppress(ValueError, OSError):  # macOS says "infinite" and means less
            resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
