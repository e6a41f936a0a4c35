"""The HTTP application for phones: their page, requests and sockets. Nothing of the teacher goes through it."""

from __future__ import annotations

import asyncio
from collections.abc import Collection
from contextlib import suppress
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import cast

from aiohttp import WSCloseCode, WSMessage, WSMsgType, web

from game.classroom.commands import Refused
from game.classroom.server.admission import Asker
from game.classroom.server.connections import Connection
from game.classroom.server.limits import ServerLimits
from game.classroom.server.phone_api import PhoneAnswer, PhoneApi, refusal
from game.classroom.server.phones import OVER, Phone
from game.core.background_tasks import run_logged
from game.relay import web_server
from game.relay.seat_cookies import browser_names, set_seat_cookie

SCRIPTS = ("phone.js", "phone_tree.js", "renderer.js", "connection.js", "seat.js", "vote.js", "way_down.js")
_FILES = {"index.html": "text/html", **dict.fromkeys(SCRIPTS, "text/javascript"), "style.css": "text/css"}


class HttpApp:
    """Answers requests whose Host is one of `names`, localhost or IPv4. Raises OSError if a file is missing."""

    def __init__(self, api: PhoneApi, web_folder: Path, names: Collection[str], limits: ServerLimits) -> None:
        self._api, self._phones, self._limits = api, api.phones, limits
        self._names = {"localhost", *(name.casefold() for name in names)}
        self._files = {name: (web_folder / name).read_bytes() for name in _FILES}
        self._sockets: set[web.WebSocketResponse] = set()
        self._senders: set[asyncio.Task[None]] = set()

    def app(self) -> web.Application:
        app = web.Application(middlewares=[self._guard], client_max_size=self._limits.message_bytes)
        routes: list[tuple[str, str, web_server.Handler]] = [
            ("GET", "/", self._file), ("GET", "/hello", self._request), ("GET", "/socket", self._socket),
            *(("POST", path, self._request) for path in ("/join", "/seat", "/poll", "/vote")),
            *(("GET", f"/web/{name}", self._file) for name in _FILES if name != "index.html"),
        ]  # fmt: skip
        for method, path, handler in routes:
            app.router.add_route(method, path, handler)
            app.router.add_route("*", path, _not_allowed)
        app.router.add_route("GET", "/{code:[0-9A-Za-z]{4}}", self._file)
        app.on_response_prepare.append(self._with_headers)
        return app

    async def close(self) -> None:
        """Close every socket. If the class is over, first tell the phones."""
        if self._phones.is_over and self._senders:
            await asyncio.wait(self._senders, timeout=1.0)
        await asyncio.gather(
            *(socket.close(code=WSCloseCode.GOING_AWAY) for socket in tuple(self._sockets)), return_exceptions=True
        )

    # Every answer

    @web.middleware
    async def _guard(self, request: web.Request, handler: web_server.Handler) -> web.StreamResponse:
        try:
            self._check(request)
            return await handler(request)
        except Refused as refused:
            return _response(refusal(refused.reason))
        except TimeoutError:
            return _response(refusal("too-slow"))
        except web.RequestPayloadError:
            return _response(refusal("malformed"))
        except web.HTTPException as error:
            return _response(replace(refusal(web_server.reason_of(error)), status=error.status))

    def _check(self, request: web.Request) -> None:
        host = request.headers.get("Host", "")
        if not web_server.is_known_host(host, self._names):
            raise Refused("other-host")
        if not web_server.is_same_origin(request) and not self._is_from_other_address(request):
            raise Refused("other-origin")
        if not _connection(request).bucket.take():
            raise Refused("too-fast")
        if web_server.SUBPROTOCOL in request.headers:
            raise Refused("malformed")

    async def _with_headers(self, request: web.Request, response: web.StreamResponse) -> None:
        host = request.headers.get("Host", "")
        sockets = [f"ws://{host}"] if web_server.is_known_host(host, self._names) else []
        home = [self._api.home] if self._api.home else []  # pages may also connect to the address for phones
        response.headers.update(web_server.security_headers("class", [*sockets, *home]))
        if self._is_from_other_address(request):
            response.headers["Access-Control-Allow-Origin"] = request.headers["Origin"]

    def _is_from_other_address(self, request: web.Request) -> bool:
        """Return whether a request for `/hello` (which class is here?) is from a page at an address that may be ours.

        It then has our port. Always False for a class without an address for phones (`home`).
        """
        scheme, _, host = request.headers.get("Origin", "").partition("://")
        here = request.headers.get("Host", "").partition(":")[2]
        is_ours = scheme == "http" and web_server.is_known_host(host, self._names) and host.partition(":")[2] == here
        return is_ours and request.path == "/hello" and bool(self._api.home)

    # The page

    async def _file(self, request: web.Request) -> web.StreamResponse:
        name = request.path.removeprefix("/web/")
        name = name if name in _FILES else "index.html"  # at `/`, and at a code
        return web.Response(body=self._files[name], content_type=_FILES[name], charset="utf-8")

    # Requests

    async def _request(self, request: web.Request) -> web.StreamResponse:
        async with asyncio.timeout(self._limits.timeout):
            body = await request.read()
        cookie = f"seat-{self._phones.host.state.name}"
        token = request.cookies.get(cookie, "")
        if not token.isascii():  # bytes that are no text arrive as lone surrogates, which cannot be encoded
            raise Refused("malformed")
        asker = Asker(request.remote or "", token=token, names=browser_names(request, cookie))
        answer = await self._api.answer(request.path[1:], body, asker)
        response = _response(answer)
        if answer.token:
            set_seat_cookie(request, response, cookie, answer.token)
        return response

    # Sockets

    async def _socket(self, request: web.Request) -> web.StreamResponse:
        socket = web_server.new_socket(self._limits.heartbeat, self._limits.message_bytes, autoping=False)
        await socket.prepare(request)
        self._sockets.add(socket)
        try:
            with suppress(ConnectionError, TimeoutError):  # the phone disconnected, or never sent its token
                await self._serve_socket(socket, _connection(request))
        finally:
            self._sockets.discard(socket)
            _connection(request).drop_unsent()
        return socket

    async def _serve_socket(self, socket: web.WebSocketResponse, connection: Connection) -> None:
        try:
            phone = self._api.phone_of_socket(_text(await socket.receive(self._limits.timeout)))
        except Refused as refused:
            await socket.send_str(refusal(refused.reason).text)
            await socket.close(code=WSCloseCode.POLICY_VIOLATION)
            return
        changed = asyncio.Event()
        changed.set()
        self._phones.socket_opened(phone, changed.set)
        sender = asyncio.create_task(
            run_logged("send pages to a phone", partial(_send_pages, socket, phone, changed), connection.abort)
        )
        self._senders.add(sender)
        sender.add_done_callback(self._senders.discard)
        try:
            async for message in socket:
                await self._answer_message(socket, phone, message)
        finally:
            self._phones.socket_closed(phone, changed.set)
            sender.cancel()

    async def _answer_message(self, socket: web.WebSocketResponse, phone: Phone, message: WSMessage) -> None:
        """Answer one message. If a phone sends too many, read its messages more slowly."""
        match message.type:
            case WSMsgType.PING if phone.bucket.take():
                await socket.pong(message.data)
            case WSMsgType.TEXT | WSMsgType.BINARY:
                await socket.send_str((await self._api.cast_ballot(phone, _text(message))).text)
        if not phone.bucket.left:
            await asyncio.sleep(1 / self._limits.rate)


async def _send_pages(socket: web.WebSocketResponse, phone: Phone, changed: asyncio.Event) -> None:
    """Send the page after each change, until the class is over. A slow socket gets only the newest page."""
    with suppress(ConnectionError):
        while True:
            await changed.wait()
            changed.clear()
            await socket.send_str(phone.message)
            if phone.page is OVER:
                return


async def _not_allowed(request: web.Request) -> web.StreamResponse:
    raise web.HTTPMethodNotAllowed(request.method, ())


def _connection(request: web.Request) -> Connection:
    return cast(Connection, request.protocol)


def _text(message: WSMessage) -> str:
    return message.data if message.type is WSMsgType.TEXT else ""


def _response(answer: PhoneAnswer) -> web.Response:
    return web_server.json_response(answer.text, answer.status)
