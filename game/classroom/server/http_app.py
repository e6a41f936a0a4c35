"""The HTTP application for phones: their page, requests and sockets. A teacher can do nothing through it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Collection, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, cast

from aiohttp import WSCloseCode, WSMessage, WSMsgType, web

from game.classroom.commands import Refused
from game.classroom.server import phone_messages
from game.classroom.server.connections import Connection
from game.classroom.server.host_check import is_known_host, is_same_origin, security_headers
from game.classroom.server.limits import ServerLimits
from game.classroom.server.page_cache import RenderPage
from game.classroom.server.phones import JoinedSeat, Phone, Phones
from game.core.values import frozen
from game.story.model import Role
from game.ui.tree import TreeNode, to_json

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

_FILES = {
    "index.html": "text/html",
    "phone.js": "text/javascript",
    "renderer.js": "text/javascript",
    "style.css": "text/css",
}

# every other reason is a conflict: a ballot that does not fit the class's state
_STATUS = {
    "malformed": 400, "unknown-door": 400, "wrong-code": 403, "unknown-seat": 403, "other-origin": 403,
    "removed": 403,
    "too-slow": 408, "other-host": 421, "slow-down": 429, "too-fast": 429, "full": 503, "not-kept": 503,
}  # fmt: skip
_CONFLICT = 409
COOKIE_SECONDS = 12 * 3600  # that a browser remembers its seat: longer than any class
_REASONS = {404: "not-found", 405: "not-allowed", 413: "too-big"}


@frozen
class PhoneView:
    """What phones are shown.

    `render` makes a seat's page, `welcome` the one that it gets when it joins, by its door. `hello` is what the
    page's script requests first, as JSON. `web_folder` holds index.html, phone.js, renderer.js and style.css.
    """

    render: RenderPage
    welcome: Callable[[Role | None], TreeNode]
    hello: Mapping[str, Any]
    web_folder: Path


class HttpApp:
    """Answers requests to `names`, localhost and any IPv4 address. Raises OSError where one of its files is missing."""

    def __init__(
        self, phones: Phones, view: PhoneView, roles: Mapping[str, Role], names: Collection[str], limits: ServerLimits
    ) -> None:
        self._phones, self._welcome, self._roles, self._limits = phones, view.welcome, roles, limits
        self._names = {"localhost", *(name.casefold() for name in names)}
        self._hello = phone_messages.to_compact_json(view.hello)
        self._files = {name: (view.web_folder / name).read_bytes() for name in _FILES}
        self._welcomes: dict[str, str] = {}
        self._sockets: set[web.WebSocketResponse] = set()

    def app(self) -> web.Application:
        """The aiohttp application with all routes."""
        app = web.Application(middlewares=[self._guard], client_max_size=self._limits.message_bytes)
        routes: list[tuple[str, str, Handler]] = [
            ("GET", "/", self._index), ("GET", "/hello", self._hello_answer), ("GET", "/socket", self._socket),
            ("POST", "/join", self._join), ("POST", "/seat", self._seat), ("POST", "/poll", self._poll),
            ("POST", "/vote", self._vote),
            *(("GET", f"/web/{name}", self._file) for name in _FILES if name != "index.html"),
        ]  # fmt: skip
        for method, path, handler in routes:
            app.router.add_route(method, path, handler)
            app.router.add_route("*", path, _not_allowed)
        app.router.add_route("GET", "/{code:[0-9A-Za-z]{4}}", self._index)
        app.on_response_prepare.append(self._with_headers)
        return app

    async def close(self) -> None:
        """Close every socket."""
        await asyncio.gather(
            *(socket.close(code=WSCloseCode.GOING_AWAY) for socket in tuple(self._sockets)), return_exceptions=True
        )

    # Every answer

    @web.middleware
    async def _guard(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """Check a request before its handler, and answer every refusal with one line of JSON."""
        try:
            self._check(request)
            return await handler(request)
        except phone_messages.MalformedMessage:
            return _refusal("malformed")
        except Refused as refused:
            return _refusal(refused.reason)
        except TimeoutError:
            return _refusal("too-slow")
        except web.HTTPException as error:
            return _json({"refused": _REASONS.get(error.status, "malformed")}, error.status)

    def _check(self, request: web.Request) -> None:
        host = request.headers.get("Host", "")
        if not is_known_host(host, self._names):
            raise Refused("other-host")
        if not is_same_origin(request.headers.get("Origin"), host):
            raise Refused("other-origin")
        if not _connection(request).bucket.take():
            raise Refused("too-fast")

    async def _with_headers(self, request: web.Request, response: web.StreamResponse) -> None:
        host = request.headers.get("Host", "")
        response.headers.update(security_headers(host if is_known_host(host, self._names) else ""))

    # The page

    async def _index(self, request: web.Request) -> web.StreamResponse:
        return self._static_file("index.html")

    async def _file(self, request: web.Request) -> web.StreamResponse:
        return self._static_file(request.path.rpartition("/")[2])

    def _static_file(self, name: str) -> web.Response:
        return web.Response(body=self._files[name], content_type=_FILES[name], charset="utf-8")

    async def _hello_answer(self, request: web.Request) -> web.StreamResponse:
        about = phone_messages.to_compact_json({"class": self._phones.class_name, "began": self._phones.class_began})
        return _answer(f"{about[:-1]},{self._hello[1:]}")

    # Requests

    async def _join(self, request: web.Request) -> web.StreamResponse:
        joined = await self._phones.join(
            phone_messages.parse_join(await self._body(request)), request.remote or "", self._token_in_cookie(request)
        )
        return self._seat_answer(joined)

    async def _seat(self, request: web.Request) -> web.StreamResponse:
        """The seat that a browser had before it was closed, or in another tab."""
        return self._seat_answer(self._phones.seat_of(self._token_in_cookie(request)))

    def _seat_answer(self, joined: JoinedSeat) -> web.Response:
        role = self._roles.get(joined.door)
        if joined.door not in self._welcomes:
            self._welcomes[joined.door] = phone_messages.to_compact_json(to_json(self._welcome(role)))
        door = phone_messages.to_compact_json(None if role is None else {"id": role.id, "name": role.name})
        about = phone_messages.to_compact_json(
            {"token": joined.token, "class": self._phones.class_name, "code": self._phones.code, "wait": joined.waits}
        )
        answer = _answer(f'{about[:-1]},"door":{door},"welcome":{self._welcomes[joined.door]}}}')
        answer.set_cookie(
            self._cookie, joined.token, max_age=COOKIE_SECONDS, httponly=True, samesite="Strict", path="/"
        )  # fmt: skip
        return answer

    @property
    def _cookie(self) -> str:
        """The name of the cookie in which a browser keeps its seat of this class."""
        return f"seat-{self._phones.class_name}"

    def _token_in_cookie(self, request: web.Request) -> str:
        return request.cookies.get(self._cookie, "")

    async def _poll(self, request: web.Request) -> web.StreamResponse:
        poll = phone_messages.parse_poll(await self._body(request))
        phone = self._phones.phone_of(poll.token)
        self._phones.polled(phone)
        return _json({"version": phone.version}) if poll.version == phone.version else _answer(phone.message)

    async def _vote(self, request: web.Request) -> web.StreamResponse:
        body = await self._body(request)
        phone = self._phones.phone_of(phone_messages.parse_hello(body))
        self._phones.polled(phone)
        answer = await self._cast_ballot(phone, body)
        return _json(answer, _status(str(answer["refused"])) if "refused" in answer else 200)

    async def _body(self, request: web.Request) -> bytes:
        async with asyncio.timeout(self._limits.timeout):
            return await request.read()

    async def _cast_ballot(self, phone: Phone, text: str | bytes) -> dict[str, str | int]:
        """The answer to a ballot, once it is on disk or refused."""
        within_rate = phone.bucket.take()
        try:
            ballot = phone_messages.parse_ballot(text)
        except phone_messages.MalformedMessage:
            return {"refused": "malformed"}
        try:
            if not within_rate:
                raise Refused("too-fast")
            await self._phones.vote(phone, ballot)
        except Refused as refused:
            return {"refused": refused.reason, "round": ballot.number}
        return {"voted": ballot.choice, "round": ballot.number}

    # Sockets

    async def _socket(self, request: web.Request) -> web.StreamResponse:
        socket = web.WebSocketResponse(
            timeout=1.0, heartbeat=self._limits.heartbeat, max_msg_size=self._limits.message_bytes,
            compress=False, autoping=False,
        )  # fmt: skip
        await socket.prepare(request)
        self._sockets.add(socket)
        try:
            with suppress(ConnectionError, TimeoutError):  # it is gone, or never sent its token
                await self._serve_socket(socket)
        finally:
            self._sockets.discard(socket)
            _connection(request).drop_unsent()
        return socket

    async def _serve_socket(self, socket: web.WebSocketResponse) -> None:
        """Read the token of a socket's phone, and serve it until it closes."""
        try:
            phone = self._phones.phone_of(phone_messages.parse_hello(_text(await socket.receive(self._limits.timeout))))
        except (phone_messages.MalformedMessage, Refused) as error:
            reason = error.reason if isinstance(error, Refused) else "malformed"
            await socket.send_str(phone_messages.to_compact_json({"refused": reason}))
            await socket.close(code=WSCloseCode.POLICY_VIOLATION)
            return
        changed = asyncio.Event()
        changed.set()
        self._phones.socket_opened(phone, changed)
        sender = asyncio.create_task(_send_pages(socket, phone, changed))
        try:
            async for message in socket:
                await self._answer_message(socket, phone, message)
        finally:
            self._phones.socket_closed(phone, changed)
            sender.cancel()

    async def _answer_message(self, socket: web.WebSocketResponse, phone: Phone, message: WSMessage) -> None:
        """Answer one message. A phone that sends too many is read more slowly."""
        match message.type:
            case WSMsgType.PING if phone.bucket.take():
                await socket.pong(message.data)
            case WSMsgType.TEXT | WSMsgType.BINARY:
                await socket.send_str(phone_messages.to_compact_json(await self._cast_ballot(phone, _text(message))))
        if not phone.bucket.left:
            await asyncio.sleep(1 / self._limits.rate)


async def _send_pages(socket: web.WebSocketResponse, phone: Phone, changed: asyncio.Event) -> None:
    """Send the page whenever it changed. A slow socket gets the newest one next, and none in between."""
    with suppress(ConnectionError):
        while True:
            await changed.wait()
            changed.clear()
            await socket.send_str(phone.message)


async def _not_allowed(request: web.Request) -> web.StreamResponse:
    raise web.HTTPMethodNotAllowed(request.method, ())


def _connection(request: web.Request) -> Connection:
    return cast(Connection, request.protocol)


def _text(message: WSMessage) -> str:
    """The text of a message; empty where it has none."""
    return message.data if message.type is WSMsgType.TEXT else ""


def _refusal(reason: str) -> web.Response:
    return _json({"refused": reason}, _status(reason))


def _status(reason: str) -> int:
    return _STATUS.get(reason, _CONFLICT)


def _json(data: Mapping[str, Any], status: int = 200) -> web.Response:
    return _answer(phone_messages.to_compact_json(data), status)


def _answer(text: str, status: int = 200) -> web.Response:
    return web.Response(text=text, status=status, content_type="application/json")
