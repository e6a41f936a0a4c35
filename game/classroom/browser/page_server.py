"""Page server: serves the pages of wall and teacher on this computer alone, and carries texts to them and back."""

from __future__ import annotations

import asyncio
import hmac
import queue
import socket
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future
from contextlib import suppress
from functools import partial
from threading import Thread

from aiohttp import WSCloseCode, WSMsgType, web

from game.core.background_tasks import run_logged
from game.core.compact_json import parse_json, to_compact_json
from game.core.values import frozen
from game.relay import web_server

HERE = "127.0.0.1"
MOST_BYTES = 65_536  # the most bytes of one message
HEARTBEAT = 15.0  # seconds between two pings of a socket
ENDED = to_compact_json({"do": "ended"})


@frozen
class PageFiles:
    """What the server serves: the pages, their files and their pictures."""

    pages: Mapping[str, str]  # a page's name -> its HTML
    files: Mapping[str, tuple[bytes, str]]  # a path below a page's address -> the file's bytes and its content type
    picture: Callable[[str, str], bytes]  # gives a JPEG by a picture's name and size, or raises KeyError; may take 1 s
    refusal: str  # the text for a wrong token


class PageServer:
    """Serves the pages from `start` to `stop`. `tokens` maps each page's name to the token in the page's address."""

    def __init__(self, files: PageFiles, tokens: Mapping[str, str]) -> None:
        self.port = 0  # after `start`, the port that the server got
        self._files, self._tokens = files, tokens
        self._inbox: queue.SimpleQueue[object] = queue.SimpleQueue()
        self._shown: dict[str, str] = {}
        self._changed: dict[str, set[asyncio.Event]] = {name: set() for name in files.pages}
        self._sockets: set[web.WebSocketResponse] = set()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread: Thread | None = None
        self._stopping = asyncio.Event()

    def address(self, page: str) -> str:
        """Return the address of a page, with its token."""
        return f"http://{HERE}:{self.port}/{page}/{self._tokens[page]}/"

    def start(self) -> None:
        """Start to serve, and return once pages can be opened. Raises OSError if no port is free."""
        listening = socket.create_server((HERE, self.port))
        self.port = listening.getsockname()[1]
        started: Future[None] = Future()
        self._thread = Thread(target=lambda: asyncio.run(self._serve(listening, started)), name="pages", daemon=True)
        self._thread.start()
        started.result()

    def stop(self) -> None:
        """Stop serving: tell the pages that the class is over, and return once the port is free."""
        if self._thread is not None and self._loop is not None:
            self._loop.call_soon_threadsafe(self._stopping.set)
            self._thread.join()
            self._thread = None

    def publish(self, page: str, message: str) -> None:
        """Show a message on all open pages of that name, and on pages that open later."""
        assert self._loop is not None
        self._loop.call_soon_threadsafe(self._publish, page, message)

    def messages(self, wait: float) -> Iterator[object]:
        """Yield the parsed messages from pages, or nothing if none comes within `wait` seconds."""
        with suppress(queue.Empty):
            yield self._inbox.get(timeout=wait)
            while True:
                yield self._inbox.get_nowait()

    def _publish(self, page: str, message: str) -> None:
        self._shown[page] = message
        for changed in self._changed[page]:
            changed.set()

    # The server's thread

    async def _serve(self, listening: socket.socket, started: Future[None]) -> None:
        self._loop = asyncio.get_running_loop()
        try:
            runner = await web_server.start_runner(self._app())
            await web.SockSite(runner, listening).start()
        except BaseException as error:
            listening.close()
            started.set_exception(error)
            return
        started.set_result(None)
        await self._stopping.wait()
        await asyncio.gather(*(_end(socket) for socket in tuple(self._sockets)), return_exceptions=True)
        await runner.cleanup()

    def _app(self) -> web.Application:
        app = web.Application(middlewares=[self._guard])
        app.router.add_get("/{page}/{token}/", self._page)
        app.router.add_get("/{page}/{token}/socket", self._socket)
        app.router.add_get("/{page}/{token}/picture/{size}/{name}.jpg", self._picture)
        app.router.add_get("/{page}/{token}/{file:.+}", self._file)
        app.on_response_prepare.append(self._with_headers)
        return app

    @web.middleware
    async def _guard(self, request: web.Request, handler: web_server.Handler) -> web.StreamResponse:
        # Another site could reach the pages through a name that points to this computer.
        if web_server.SUBPROTOCOL in request.headers:
            return web.Response(status=400, text="malformed")
        if request.headers.get("Host", "") not in self._hosts:
            return web.Response(status=421, text="other-host")
        if not web_server.is_same_origin(request):
            return web.Response(status=403, text="other-origin")
        page, _, rest = request.path.removeprefix("/").partition("/")
        token = rest.partition("/")[0]
        if not hmac.compare_digest(token.encode(), self._tokens.get(page, "").encode()) or page not in self._tokens:
            return web.Response(status=403, text=self._files.refusal)
        try:
            return await handler(request)
        except web.HTTPException as error:
            return web.Response(status=error.status, text=error.reason)

    @property
    def _hosts(self) -> tuple[str, ...]:
        return f"{HERE}:{self.port}", f"localhost:{self.port}"

    async def _with_headers(self, request: web.Request, response: web.StreamResponse) -> None:
        host = request.headers.get("Host", "")
        policy = "form-action 'none'; font-src 'self'"  # unlike phones, these pages load the game's fonts
        sockets = [f"ws://{host}"] if host in self._hosts else []
        response.headers.update(web_server.security_headers("class", sockets, policy))

    async def _page(self, request: web.Request) -> web.StreamResponse:
        html = self._files.pages[request.match_info["page"]]
        return web.Response(text=html, content_type="text/html", charset="utf-8")

    async def _file(self, request: web.Request) -> web.StreamResponse:
        found = self._files.files.get(request.match_info["file"])
        if found is None:
            raise web.HTTPNotFound
        return web.Response(body=found[0], headers={"Content-Type": found[1]})

    async def _picture(self, request: web.Request) -> web.StreamResponse:
        name, size = request.match_info["name"], request.match_info["size"]
        try:
            content = await asyncio.to_thread(self._files.picture, name, size)
        except KeyError:
            raise web.HTTPNotFound from None
        return web.Response(body=content, content_type="image/jpeg")

    async def _socket(self, request: web.Request) -> web.StreamResponse:
        """Serve one open page: put its messages into the inbox, and send it the newest view."""
        page = request.match_info["page"]
        connection = web_server.new_socket(HEARTBEAT, MOST_BYTES)
        await connection.prepare(request)
        changed = asyncio.Event()
        changed.set()
        self._changed[page].add(changed)
        self._sockets.add(connection)
        send = partial(self._send, connection, page, changed)
        sender = asyncio.create_task(run_logged("send to a page", send, web_server.abort_of(request)))
        try:
            async for message in connection:
                if message.type is WSMsgType.TEXT:
                    with suppress(ValueError):
                        self._inbox.put(parse_json(message.data))
        finally:
            sender.cancel()
            self._changed[page].discard(changed)
            self._sockets.discard(connection)
        return connection

    async def _send(self, connection: web.WebSocketResponse, page: str, changed: asyncio.Event) -> None:
        with suppress(ConnectionError):
            while True:
                await changed.wait()
                changed.clear()
                if page in self._shown:
                    await connection.send_str(self._shown[page])


async def _end(connection: web.WebSocketResponse) -> None:
    await connection.send_str(ENDED)
    await connection.close(code=WSCloseCode.GOING_AWAY)
