"""Requests that are not HTTP, break off, or ask for what our pages never ask, as bytes."""

from __future__ import annotations

import asyncio
from contextlib import suppress

CLIENT = "127.0.0.77"  # their source address; on Linux, all of 127.0.0.0/8 is this machine
AGENT = "an-agent-that-nobody-writes-down"
_HANDSHAKE = (
    "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n"
    "Sec-WebSocket-Version: 13\r\n"
)


def bad_requests(room: str = "", name: str = "localhost") -> list[list[bytes]]:
    """Requests to the addresses below `room`, each in the parts in which it is sent."""
    head = f"HTTP/1.1\r\nHost: {name}\r\nUser-Agent: {AGENT}\r\n"
    texts = [
        ["GARBAGE\r\n\r\n"],
        ["CONNECT \r\n\r\n"],
        [f"GET {room}/hello {head}A b: 1\r\n\r\n"],
        [f"GET {room}/hello {head}\r\nGARBAGE\r\n\r\n"],
        [f"GET {room}/hello {head}Host: {name}\r\n\r\n"],
        *([f"GET {room}/{path} {head}Expect: {value}\r\n\r\n"] for path in ("hello", "a/b/c") for value in "\xff?"),
        [f"GET http://[{room}/ {head}\r\n"],
        [f"GET {room}/\xff {head}\r\n"],
        [f"GET {room}/hello {head}X: {'a' * 20_000}\r\n\r\n"],
        [f"POST {room}/join {head}Content-Length: -5\r\n\r\n"],
        [f"POST {room}/join {head}Transfer-Encoding: chunked\r\n\r\nzz\r\n\r\n"],
        [f"POST {room}/join {head}Transfer-Encoding: chunked\r\n\r\n", "zz\r\n\r\n"],
        [f"POST {room}/join {head}Content-Encoding: gzip\r\nContent-Length: 2\r\n\r\n{{}}"],
        [f"POST {room}/join {head}Content-Length: 50\r\n\r\n", "only this"],
        [f"GET {room}/socket {head}Connection: close\r\n\r\n"],
        [f"GET {room}/socket {head}{_HANDSHAKE}Sec-WebSocket-Protocol: of-a-client\r\n\r\n"],
        [f"GET {room}/socket {head}{_HANDSHAKE}\r\n", "\xff\xff\xff\xff"],
        [f"GET {room}/socket {head}{_HANDSHAKE}\r\n", "\x81\x82\x00\x00\x00\x00\xc3\x28"],
    ]
    return [[part.encode("latin-1") for part in parts] for parts in texts]


async def send_raw(port: int, parts: list[bytes], host: str = "127.0.0.1", patience: float = 0.1) -> bytes:
    """Send the parts one after the other from `CLIENT`; what is answered within `patience` seconds each."""
    reader, writer = await asyncio.open_connection(host, port, local_addr=(CLIENT, 0))
    said = b""
    with suppress(ConnectionError):
        for part in parts:
            writer.write(part)
            with suppress(TimeoutError):
                async with asyncio.timeout(patience):
                    while more := await reader.read(4096):
                        said += more
    writer.close()
    return said
