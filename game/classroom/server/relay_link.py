"""The link from a class to a relay: it connects, keeps one room for the class, and reconnects to that room."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from urllib.parse import urlsplit

import aiohttp

from game.classroom import events as ev
from game.classroom.server.phone_api import PhoneApi
from game.classroom.server.relayed_phones import RelayedPhones
from game.core.background_tasks import end_tasks, run_logged
from game.core.values import frozen
from game.relay import frames
from game.relay.codes import normal_code
from game.ui.class_state import RelayInfo

DIAL_TIMEOUT = 3.0  # seconds to connect and open the room
HEARTBEAT = 4.0  # seconds between two pings; after half of it without an answer the link is lost
FIRST_PAUSE, LONGEST_PAUSE = 0.25, 2.0  # seconds between two tries to connect
REFUSED_PAUSE = 5.0  # seconds between two tries if the relay answers but refuses us
_AGAIN = 1012  # WebSocket's "service restart": another process of the relay takes over the room
_FRAME_BYTES = 64 * 1024
CALLING = RelayInfo(trouble="connecting")
TROUBLES = ("token", "full", "store-lost", "slow-down", "taken")  # refusals for which the wall has words


class BadRelayAddress(ValueError):
    """Raised if the address of a relay cannot be used. The message is one line that says why."""


@frozen
class RelayUse:
    """How a class uses a relay. `announce` is called on the server's thread at each change of the class's room."""

    url: str  # such as https://grain.example.org
    announce: Callable[[RelayInfo], None]
    token: str = ""  # lets a teacher open a room, if the relay asks for a token
    room: ev.RoomOpened | None = None  # the room of a resumed class, to which it can return


def relay_address(url: str) -> str:
    """Return a relay's address without a slash at its end. Raises BadRelayAddress unless it is http(s)://host:port."""
    try:
        parts = urlsplit(url)
        named = parts.scheme in ("https", "http") and parts.hostname and (parts.port or 1)
    except ValueError:
        named = None
    if not named or parts.path not in ("", "/") or parts.query or parts.fragment or parts.username:
        raise BadRelayAddress(f"`{url}` is not an address of a relay; write it as https://grain.example.org")
    return f"{parts.scheme}://{parts.netloc}"


def next_pause(failed: int, jitter: float) -> float:
    """Return the seconds to wait before the next try, after `failed` tries. `jitter` is random, between 0 and 1."""
    whole = min(LONGEST_PAUSE, FIRST_PAUSE * 2.0 ** min(failed, 16))
    return whole * (0.5 + jitter / 2)


class RelayLink:
    """The link of one class to a relay."""

    def __init__(self, api: PhoneApi, relay: RelayUse) -> None:
        self._api, self._host, self._relay = api, api.phones.host, relay
        self._room = relay.room if relay.room is not None and relay.room.relay == relay.url else None
        self._info = CALLING
        self._phones: RelayedPhones | None = None
        self._socket: aiohttp.ClientWebSocketResponse | None = None
        self._again = False  # whether the relay asked us to reconnect at once
        self._refused = ""

    async def run(self) -> None:
        """Connect, and reconnect whenever the link ends, until cancelled."""
        failed = 0
        # A school's proxy may be named in the environment. What a relay answers in place of a link is never unpacked.
        async with aiohttp.ClientSession(trust_env=True, auto_decompress=False) as session:
            while True:
                self._again, self._refused, opened = False, "", False
                try:
                    async with asyncio.timeout(DIAL_TIMEOUT):
                        socket = self._socket = await session.ws_connect(
                            f"{self._relay.url}/teacher", heartbeat=HEARTBEAT, max_msg_size=_FRAME_BYTES,
                            timeout=aiohttp.ClientWSTimeout(ws_close=1.0),
                        )  # fmt: skip
                        opened = await self._open_room(socket)
                    if opened:
                        await self._hold(socket)
                except (aiohttp.ClientError, OSError, TimeoutError, frames.MalformedFrame):
                    pass
                finally:
                    await self._hang_up()
                failed = 0 if opened else failed + 1
                if self._again:
                    continue
                self._tell(replace(self._info, trouble=self._refused if self._refused in TROUBLES else "lost"))
                slow = self._refused in ("token", "slow-down", "malformed")
                await asyncio.sleep(REFUSED_PAUSE if slow else next_pause(failed, random.random()))

    async def close(self) -> None:
        """End the class: send the remaining answers, and free the room."""
        socket, phones = self._socket, self._phones
        if socket is None or phones is None:
            return
        with suppress(aiohttp.ClientError, OSError, TimeoutError):
            async with asyncio.timeout(DIAL_TIMEOUT):
                await phones.finish(lambda frame: socket.send_str(frames.to_text(frame)))
                await socket.send_str(frames.to_text(frames.Close()))
                await socket.close()

    async def _open_room(self, socket: aiohttp.ClientWebSocketResponse) -> bool:
        """Ask for the class's earlier room or a new one. Return whether the relay gave it. Raises MalformedFrame."""
        before = self._room
        code, secret = (before.code, before.secret) if before is not None else ("", "")
        await socket.send_str(frames.to_text(frames.Open(self._relay.token, code, secret)))
        answer = await socket.receive()
        if answer.type is not aiohttp.WSMsgType.TEXT:
            raise frames.MalformedFrame("the link ended")
        match frames.parse_frame(answer.data):
            case frames.Room(code, secret) if normal_code(code) == code:
                if before is None or (before.code, before.secret) != (code, secret):
                    state_code = self._host.state.code
                    self._room = ev.RoomOpened(self._relay.url, code, secret, state_code)
                    await asyncio.to_thread(self._note_room, self._room)
                assert self._room is not None
                self._tell(RelayInfo(f"{self._relay.url}/{code}", code, self._room.class_code))
                return True
            case frames.Refused(reason):
                self._refuse(reason)
            case frames.Room():
                raise frames.MalformedFrame("not the code of a room")
        return False

    def _note_room(self, room: ev.RoomOpened) -> None:
        with suppress(OSError):  # if this is not saved, a resumed class gets another room
            self._host.execute(lambda state: (room,))

    async def _hold(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        """Answer phones until the link ends. Raises MalformedFrame."""
        phones = self._phones = RelayedPhones(self._api, self._room_code)

        async def send(frame: frames.Out) -> None:
            await socket.send_str(frames.to_text(frame))

        async def send_all() -> None:
            with suppress(aiohttp.ClientError, OSError):  # the link broke while sending
                await phones.send(send)

        async def send_or_close() -> None:
            await run_logged("send to the relay", send_all)
            await socket.close()

        sending = asyncio.create_task(send_or_close())
        try:
            async for message in socket:
                if message.type is not aiohttp.WSMsgType.TEXT:
                    break
                match frames.parse_frame(message.data):
                    case frames.In() as frame:
                        await phones.receive(frame)
                    case frames.Gone(phone):
                        phones.gone(phone)
                    case frames.Store(ok):
                        self._tell(replace(self._info, trouble="" if ok else "store-lost"))
                    case frames.Refused(reason):
                        self._refuse(reason)
        finally:
            self._again = socket.close_code == _AGAIN
            await end_tasks([sending])

    async def _hang_up(self) -> None:
        if self._phones is not None:
            self._phones.close()
        socket, self._phones, self._socket = self._socket, None, None
        if socket is not None:
            with suppress(aiohttp.ClientError, OSError):
                await socket.close()

    def _room_code(self) -> str:
        """Return the room's code; "" without a room, or if the class has a new code, which phones then need instead."""
        room = self._room
        return room.code if room is not None and room.class_code == self._host.state.code else ""

    def _refuse(self, reason: str) -> None:
        self._refused = reason
        if reason == "taken":  # somebody else has the code by now, so ask for another room
            self._room = None
            self._info = RelayInfo()

    def _tell(self, info: RelayInfo) -> None:
        if info != self._info:
            self._info = info
            self._relay.announce(info)
