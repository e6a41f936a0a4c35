"""The relay's HTTP application: phones under /CODE, teachers' links, and routes only for this machine."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection
from contextlib import suppress
from ipaddress import ip_address
from pathlib import Path

from aiohttp import WSMessage, WSMsgType, web

from game.core.background_tasks import run_logged
from game.core.rate_limits import Buckets, Guesses, SlotCounter, TokenBucket, network_of
from game.relay import web_server
from game.relay.codes import normal_code
from game.relay.frames import SOCKET, Close, In, MalformedFrame, Open, Out, Refused, parse_frame, to_text
from game.relay.limits import RelayLimits
from game.relay.metrics import Metrics
from game.relay.relay import Denied, Relay
from game.relay.seat_cookies import browser_names, set_seat_cookie
from game.relay.send_queue import AGAIN, NORMAL, PhoneSocket, SendQueue, TeacherLink, WaitingRequest
from game.relay.tokens import Tokens

_TYPES = {".html": "text/html", ".js": "text/javascript", ".css": "text/css"}
_POLICY_VIOLATION = 1008
_COOKIE = "seat"  # a cookie for one room, by its path; only the teacher's program knows what its value means
_STATUS = {
    "malformed": 400, "token": 403, "other-origin": 403, "unknown-room": 404, "too-slow": 504, "too-big": 413,
    "slow-down": 429, "too-fast": 429, "full": 503, "away": 503, "store-lost": 503,
}  # fmt: skip


class HttpApp:
    """Answers phones, teachers, and requests from this machine. Raises OSError if a file of the page is missing.

    `proxies` are trusted for X-Forwarded-For, besides this machine. `clock` returns seconds from any start.
    """

    def __init__(
        self, relay: Relay, tokens: Tokens, limits: RelayLimits, metrics: Metrics, web_folder: Path,
        proxies: Collection[str], clock: Callable[[], float],
    ) -> None:  # fmt: skip
        self._relay, self._tokens, self._limits, self._metrics = relay, tokens, limits, metrics
        self._proxies, self._clock = frozenset(proxies), clock
        self._files = {path.name: path.read_bytes() for path in web_folder.iterdir() if path.suffix in _TYPES}
        self._index, self._door = self._files["index.html"], self._files["relay.html"]
        self._sockets = SlotCounter(limits.connections, limits.connections_per_address)
        self._teachers = SlotCounter(limits.rooms, limits.rooms_per_address)
        self._guesses = Guesses(limits.wrong_codes_rate, limits.wrong_codes, clock)
        self._joins: Buckets[tuple[str, str]] = Buckets(limits.joins_rate, limits.joins_burst, clock)

    def app(self) -> web.Application:
        app = web.Application(middlewares=[self._answer_refusals], client_max_size=self._limits.message_bytes)
        code = "/{code:[0-9A-Za-z-]{8,9}}"
        gets: dict[str, web_server.Handler] = {
            "/": self._front_door, "/health": self._health, "/metrics": self._prometheus, "/teacher": self._teacher,
            "/web/{name}": self._file, code: self._page, code + "/hello": self._request, code + "/socket": self._socket,
        }  # fmt: skip
        app.add_routes(web.route("GET", path, handler) for path, handler in gets.items())
        app.router.add_post(code + "/{path:join|seat|poll|vote}", self._request)
        app.on_response_prepare.append(self._add_headers)
        return app

    # Every answer

    @web.middleware
    async def _answer_refusals(self, request: web.Request, handler: web_server.Handler) -> web.StreamResponse:
        try:
            forwarded = request.headers.get("X-Forwarded-For", "")
            # An address that is not ASCII could not be encoded.
            if web_server.SUBPROTOCOL in request.headers or not forwarded.isascii():
                raise Denied("malformed")
            return await handler(request)
        except web.RequestPayloadError:
            return web_server.json_response({"refused": "malformed"}, 400)
        except Denied as denied:
            self._metrics.refusals.labels(denied.reason).inc()
            return web_server.json_response({"refused": denied.reason}, _STATUS[denied.reason])
        except web.HTTPException as error:
            return web_server.json_response({"refused": web_server.reason_of(error)}, error.status)

    async def _add_headers(self, request: web.Request, response: web.StreamResponse) -> None:
        host = request.headers.get("Host", "")
        sockets = [f"wss://{host}", f"ws://{host}"] if host.isascii() and host.isprintable() and " " not in host else []
        response.headers.update(web_server.security_headers("relay", sockets, "form-action 'self'"))

    # This machine's questions

    async def _health(self, request: web.Request) -> web.StreamResponse:
        self._check_local(request)
        figures, process = self._relay.figures, self._relay.process
        body = {"state": figures.state, "process": process, "rooms": figures.rooms, "phones": figures.phones}
        # A process without its store still serves its rooms. Take it out of service only when it ends.
        return web_server.json_response(body, 503 if figures.draining else 200)

    async def _prometheus(self, request: web.Request) -> web.StreamResponse:
        self._check_local(request)
        return web.Response(body=self._metrics.text(self._relay.figures), headers={"Content-Type": self._metrics.TYPE})

    def _check_local(self, request: web.Request) -> None:
        if "X-Forwarded-For" in request.headers or not _is_loopback(request.remote or ""):
            raise web.HTTPNotFound

    # Pages

    async def _front_door(self, request: web.Request) -> web.StreamResponse:
        """Return the page with a form for a room's code; if it sent what can be a code, a redirect to the room."""
        code = normal_code(request.query.get("code", ""))
        return _page(self._door, "text/html") if code is None else _redirect(f"/{code}")

    async def _page(self, request: web.Request) -> web.StreamResponse:
        typed = request.match_info["code"]
        code = normal_code(typed)
        if code is None:
            raise web.HTTPNotFound
        return _page(self._index, "text/html") if code == typed else _redirect(f"/{code}")

    async def _file(self, request: web.Request) -> web.StreamResponse:
        name = request.match_info["name"]
        if name not in self._files:
            raise web.HTTPNotFound
        return _page(self._files[name], _TYPES[Path(name).suffix])

    # Phones

    async def _request(self, request: web.Request) -> web.StreamResponse:
        """Pass a phone's request on to its teacher, and return the teacher's answer. Raises Denied."""
        address, code = self._address(request), self._code(request)
        path, cookie = request.match_info.get("path", "hello"), request.cookies.get(_COOKIE, "")
        if not cookie.isascii():  # bytes that are no text become surrogates, which cannot be encoded
            raise Denied("malformed")
        if path == "join" and not self._joins.take((code, address)):
            raise Denied("slow-down")
        try:
            async with asyncio.timeout(self._limits.timeout):
                body = (await request.read()).decode()
        except (UnicodeDecodeError, ConnectionResetError):  # the body is no text, or the client is gone
            raise Denied("malformed") from None
        except TimeoutError:
            raise Denied("too-slow") from None
        browser, sender = " ".join(browser_names(request, _COOKIE)), self._relay.sender(code, address)
        waiting = WaitingRequest()
        name = await self._enter(code, waiting, address, stays=False)
        try:
            self._relay.phone_sent(code, In(name, path, body, cookie, browser, sender))
            async with asyncio.timeout(self._limits.timeout):
                answer = await waiting.answer
        except TimeoutError:
            raise Denied("away") from None
        finally:
            self._relay.phone_left(code, name, report=False)
        response = web.Response(text=answer.data, status=answer.status, content_type="application/json")
        if answer.cookie:
            is_secure = self._is_proxy(request.remote or "") and request.headers.get("X-Forwarded-Proto") == "https"
            set_seat_cookie(request, response, _COOKIE, answer.cookie, path=f"/{code}", secure=is_secure)
        return response

    async def _socket(self, request: web.Request) -> web.StreamResponse:
        """Pass messages between a phone's socket and its teacher, until the socket closes. Raises Denied."""
        address, code = self._address(request), self._code(request)
        if not self._sockets.acquire(address):
            raise Denied("full")
        try:
            limits, loop, abort = self._limits, asyncio.get_running_loop(), web_server.abort_of(request)
            socket = web_server.new_socket(limits.phone_heartbeat, limits.message_bytes)
            phone = PhoneSocket(SendQueue(socket, limits.unsent_messages, limits.unsent_characters, abort))
            name = await self._enter(code, phone, address, stays=True)
            deadline = loop.call_later(limits.timeout, self._end_newcomer, code, name, phone)
            try:
                await socket.prepare(request)
                sending = asyncio.create_task(run_logged("send to a phone", phone.queue.run, self._relay.task_failed))
                with suppress(ConnectionError):
                    await self._read_phone(socket, code, name)
                phone.queue.close(AGAIN)
                await sending
            finally:
                deadline.cancel()
                self._relay.phone_left(code, name, report=True)
            return socket
        finally:
            self._sockets.release(address)

    def _end_newcomer(self, code: str, name: str, phone: PhoneSocket) -> None:
        """Ask a phone to reconnect if the teacher's program has not answered the phone in time."""
        if self._relay.is_new(code, name):
            phone.connect_again()

    async def _read_phone(self, socket: web.WebSocketResponse, code: str, name: str) -> None:
        bucket = TokenBucket(self._limits.rate, self._limits.burst, self._clock)
        async for message in socket:
            if message.type is not WSMsgType.TEXT:
                return
            if not bucket.take():  # read more slowly
                await asyncio.sleep(1 / self._limits.rate)
            with suppress(Denied):  # no teacher can take it; the phone sends it again
                self._relay.phone_sent(code, In(name, SOCKET, message.data))
                self._metrics.messages.inc()

    async def _enter(self, code: str, phone: WaitingRequest | PhoneSocket, address: str, *, stays: bool) -> str:
        """Call `Relay.enter`, and count wrong codes. Raises Denied, also for an address with too many wrong codes."""
        if not self._guesses.begin(address, code):
            raise Denied("slow-down")
        wrong = False
        try:
            return await self._relay.enter(code, phone, address, stays=stays)
        except Denied as denied:
            wrong = denied.reason == "unknown-room"
            raise
        finally:
            self._guesses.end(address, code, wrong=wrong)

    def _code(self, request: web.Request) -> str:
        if not web_server.is_same_origin(request, ("http", "https")):  # a proxy of ours may serve HTTPS
            raise Denied("other-origin")
        code = normal_code(request.match_info["code"])
        if code is None:
            raise Denied("unknown-room")
        return code

    def _address(self, request: web.Request) -> str:
        """Return the client's address, as the last trusted proxy saw it. It is only a key of counters."""
        peer = request.remote or ""
        forwarded = request.headers.get("X-Forwarded-For", "")
        return network_of(forwarded.rpartition(",")[2].strip() if forwarded and self._is_proxy(peer) else peer)

    def _is_proxy(self, address: str) -> bool:
        return address in self._proxies or _is_loopback(address)

    # Teachers

    async def _teacher(self, request: web.Request) -> web.StreamResponse:
        address = self._address(request)
        if request.headers.get("Origin") is not None:  # only pages send it, and a teacher's program is none
            raise Denied("other-origin")
        if not self._teachers.acquire(address):
            raise Denied("full")
        try:
            limits, abort = self._limits, web_server.abort_of(request)
            socket = web_server.new_socket(limits.heartbeat, limits.frame_bytes)
            await socket.prepare(request)
            queue = SendQueue(socket, limits.unsent_frames, limits.unsent_frame_characters, abort)
            sending = asyncio.create_task(run_logged("send to a teacher", queue.run, self._relay.task_failed))
            with suppress(ConnectionError, TimeoutError):
                await self._serve_teacher(socket, queue, address)
            queue.close(NORMAL)
            await sending
            return socket
        finally:
            self._teachers.release(address)

    async def _serve_teacher(self, socket: web.WebSocketResponse, queue: SendQueue, address: str) -> None:
        teacher, room = TeacherLink(queue), None
        try:
            asked = _frame(await socket.receive(self._limits.timeout))
            if not isinstance(asked, Open):
                raise Denied("malformed")
            if not self._guesses.begin(address, asked.token):
                raise Denied("slow-down")
            allowed = self._tokens.allow(asked.token)
            self._guesses.end(address, asked.token, wrong=not allowed)
            if not allowed:
                raise Denied("token")
            room = await self._relay.open_room(asked, teacher)
            async for message in socket:
                frame = _frame(message)
                match frame:
                    case Out():
                        self._relay.teacher_sent(room, teacher, frame)
                    case Close():
                        await self._relay.close_room(room, teacher)
                        return
                    case _:
                        raise Denied("malformed")
        except Denied as denied:
            if room is None:
                self._metrics.refusals.labels(denied.reason).inc()
            queue.send(to_text(Refused(denied.reason)))
            queue.close(_POLICY_VIOLATION)
        finally:
            if room is not None:
                self._relay.teacher_left(room, teacher)


def _is_loopback(address: str) -> bool:
    try:
        return ip_address(address).is_loopback
    except ValueError:
        return False


def _frame(message: WSMessage) -> object:
    if message.type is not WSMsgType.TEXT:
        raise Denied("malformed")
    try:
        return parse_frame(message.data)
    except MalformedFrame:
        raise Denied("malformed") from None


def _redirect(path: str) -> web.Response:
    return web.Response(status=303, headers={"Location": path})


def _page(body: bytes, kind: str) -> web.Response:
    return web.Response(body=body, content_type=kind, charset="utf-8")
