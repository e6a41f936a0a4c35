"""Bytes that a network may send to a class and a relay: seeded HTTP requests and WebSocket frames, whole and broken.

Most begin as valid messages of a phone or a teacher's program, and are then changed, so that they pass the first check.
"""

from __future__ import annotations

import gzip
import json
import struct
from random import Random
from typing import Any

from tests.relay.raw_http import AGENT

CLASS_PATHS = ("/", "/K7QP", "/hello", "/socket", "/join", "/seat", "/poll", "/vote", "/web/phone.js", "/web/style.css")
RELAY_PATHS = (
    "/", "/?code={room}", "/{room}", "/{room}/hello", "/{room}/socket", "/{room}/join", "/{room}/seat", "/{room}/poll",
    "/{room}/vote", "/BBBBBBBB/hello", "/BBBBBBBB/socket", "/health", "/metrics", "/teacher", "/web/phone.js",
)  # fmt: skip
_METHODS = ("GET", "POST", "GET", "POST", "HEAD", "PUT", "OPTIONS", "DELETE", "CONNECT", "PATCH", "get", "G\0T", "")
_HEADERS = (
    "Cookie: seat={token}", "Cookie: seat=", 'Cookie: seat="{token}; seat=a', "Cookie: seat--abcdefgh={token}",
    "Cookie: =; ;;a", "Cookie: " + "a=b;" * 300, "Host: elsewhere.example", "Host: ", "Origin: null",
    "Origin: http://localhost", "Origin: http://[", "Expect: 100-continue", "Expect: 5", "Connection: close",
    "Connection: Upgrade", "Upgrade: websocket", "Upgrade: h2c", "HTTP2-Settings: AAA", "Transfer-Encoding: chunked",
    "Transfer-Encoding: gzip, chunked", "Content-Length: -1", "Content-Length: 99999999999999999999",
    "Content-Length: 5, 6", "Content-Encoding: gzip", "Content-Encoding: deflate", "Content-Encoding: br",
    "Content-Encoding: zstd", "Content-Type: text/plain; charset=utf-16", "Content-Type: multipart/form-data",
    "Range: bytes=5-1", "If-Modified-Since: yesterday", "Accept-Encoding: *;q=9", "X-Forwarded-For: ,,",
    "X-Forwarded-For: ::1%eth0", "X-Forwarded-Proto: https", "Sec-WebSocket-Protocol: a, b", "A b: c", ": a", "A",
    " folded", "A: " + "b" * 5000, "\xc3\x28: \xff", "A: \0",
)  # fmt: skip
_WORDS = ("token", "vote", "round", "code", "version", "door", "frame", "phones", "data", "status", "cookie", "phone",
          "path", "secret", "reason", "ok", "ask", "")  # fmt: skip
_KINDS = ("open", "room", "in", "out", "gone", "close", "store", "refused", "nothing")


class RawBytes:
    """Makes inputs.

    Args:
        room: the code of the relay's room.
        tokens: seats' tokens that nobody uses.
    """

    def __init__(self, seed: int, room: str, tokens: list[str]) -> None:
        self._chance, self._room, self._tokens = Random(seed), room, tokens

    def request(self, relay: bool) -> list[bytes]:
        chance = self._chance
        path = chance.choice(RELAY_PATHS if relay else CLASS_PATHS).replace("{room}", self._room)
        if chance.random() < 0.15:
            path += chance.choice(
                ("?a=%ff", "?browser=" + "a" * 43, "//", "/..", "%2e%2e/", "\xff", "#", " ", "?" + "a" * 3000)
            )
        method = chance.choice(("POST", "GET")) if chance.random() < 0.8 else chance.choice(_METHODS)
        lines = [f"{method} {path} HTTP/1.{chance.choice('1111110')}", "Host: localhost", f"User-Agent: {AGENT}"]
        body = self._body() if method == "POST" or chance.random() < 0.1 else b""
        if relay:
            lines.append(f"X-Forwarded-For: 10.{chance.randrange(9)}.{chance.randrange(256)}.{chance.randrange(256)}")
        if "/socket" in path or "/teacher" in path:
            lines += self._handshake()
        if body and chance.random() < 0.9:
            lines.append(f"Content-Length: {len(body) + chance.choice((0, 0, 0, 0, 0, 3, -1))}")
        for _ in range(chance.choice((0, 0, 1, 1, 2, 4))):
            lines.insert(chance.randrange(1, len(lines) + 1), chance.choice(_HEADERS).format(token=self._token()))
        if chance.random() < 0.1:
            name = chance.choice(("seat", "seat-", f"seat-{'a' * 8}", "seat-(", "seat-ÿ"))
            lines.append(f"Cookie: {name}={chance.choice(('x', 'ÿ', 'a' * 42 + 'é', 'Ã('))}")
        text = "\r\n".join(lines).encode("latin-1") + b"\r\n\r\n" + body
        return self._parts(self._changed(text) if chance.random() < 0.3 else text)

    def socket(self, relay: bool, teacher: bool) -> list[bytes]:
        chance = self._chance
        path = "/teacher" if teacher else f"/{self._room}/socket" if relay else "/socket"
        lines = [f"GET {path} HTTP/1.1", "Host: localhost", f"User-Agent: {AGENT}", *self._handshake()]
        if relay:
            lines.append(f"X-Forwarded-For: 10.9.{chance.randrange(256)}.{chance.randrange(256)}")
        parts = ["\r\n".join(lines).encode() + b"\r\n\r\n"]
        if teacher:
            first = {"frame": "open"} if chance.random() < 0.8 else self._teacher_frame()
        else:
            first = {"token": self._token()} if chance.random() < 0.8 else self._json()
        parts.append(self._frame(1, self._text(first)))
        for _ in range(chance.randrange(8)):
            parts.append(self._any_frame(teacher))
        return parts

    def _handshake(self) -> list[str]:
        extensions = self._chance.choice(([], [], ["Sec-WebSocket-Extensions: permessage-deflate"]))
        return [
            "Upgrade: websocket", "Connection: Upgrade", "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==",
            f"Sec-WebSocket-Version: {self._chance.choice(('13', '13', '13', '13', '7', '99', ''))}", *extensions,
        ]  # fmt: skip

    def _any_frame(self, teacher: bool) -> bytes:
        chance = self._chance
        match chance.randrange(8):
            case 0 | 1 | 2 | 3:
                said = self._teacher_frame() if teacher else self._phone_message()
                return self._frame(1, self._text(said))
            case 4:
                return self._frame(chance.randrange(16), chance.randbytes(chance.randrange(200)), chance.randrange(256))
            case 5:
                return self._frame(8, struct.pack("!H", chance.choice((0, 999, 1000, 1005, 1012, 5000))) + b"\xff" * 3)
            case 6:
                return self._frame(chance.choice((0, 1, 2, 9, 10)), b"a" * chance.choice((0, 125, 126, 2000, 70_000)))
            case _:
                return chance.randbytes(chance.randrange(40))

    def _frame(self, opcode: int, data: bytes, bits: int = 0x80) -> bytes:
        """A frame, masked with zeros; sometimes with a wrong length or without a mask."""
        chance = self._chance
        size = len(data) + (chance.choice((-1, 1, 1000)) if chance.random() < 0.05 else 0)
        mask = 0 if chance.random() < 0.03 else 0x80
        if size < 126:
            head = bytes([bits & 0xF0 | opcode, mask | max(size, 0)])
        elif size < 65536:
            head = bytes([bits & 0xF0 | opcode, mask | 126]) + struct.pack("!H", size)
        else:
            head = bytes([bits & 0xF0 | opcode, mask | 127]) + struct.pack("!Q", size)
        return head + (bytes(4) if mask else b"") + data

    def _body(self) -> bytes:
        chance = self._chance
        match chance.randrange(8):
            case 0:
                return chance.randbytes(chance.randrange(300))
            case 1:
                return gzip.compress(bytes(10_000_000))
            case 2:
                return b"[" * chance.choice((10, 900, 5000))
            case 3:
                return b"5\r\nhello\r\n" + chance.choice((b"0\r\n\r\n", b"zz\r\n", b"-1\r\n\r\n", b""))
            case _:
                return self._text(self._phone_message())

    def _phone_message(self) -> Any:
        chance = self._chance
        made = {
            "token": self._token(), "code": chance.choice(("K7QP", self._room, "XXXX")),
            "version": chance.choice((0, 1)),
            "vote": chance.choice(("a", "", "x" * 200)), "round": chance.choice((0, 1, 2, 10**30, True, None)),
        }  # fmt: skip
        if chance.random() < 0.4:
            made[chance.choice(_WORDS)] = self._json()
        return made if chance.random() < 0.9 else self._json()

    def _teacher_frame(self) -> Any:
        chance = self._chance
        made = {
            "frame": chance.choice(_KINDS), "phones": chance.choice(("*", [], ["a"], [self._room], [f"{1:08x}1"] * 50)),
            "data": chance.choice(("{}", "", "x" * 3000)), "status": chance.choice((200, 307, 403, 599, 100, "200")),
            "code": chance.choice(("", self._room, "XXXX")), "secret": chance.choice(("", "a" * 64)),
        }  # fmt: skip
        if chance.random() < 0.4:
            made[chance.choice(_WORDS)] = self._json()
        return made if chance.random() < 0.9 else self._json()

    def _json(self, depth: int = 0) -> Any:
        chance = self._chance
        match chance.randrange(10 if depth < 3 else 8):
            case 0:
                return chance.choice((None, True, False))
            case 1:
                return chance.choice((0, -1, 1.5, 2**53, 10**400, float("nan"), float("inf"), -0.0))
            case 2:
                return chance.choice(("\0", "\x7f", "é", "你好", "\u202e", "\U0001f600", "a" * 101, "<script>"))
            case 3:
                return chance.choice(("\ud800", "a\udfff"))
            case 4 | 5:
                return chance.choice(_KINDS)
            case 6:
                return self._token()
            case 7:
                return ""
            case 8:
                return [self._json(depth + 1) for _ in range(chance.randrange(4))]
            case _:
                return {chance.choice(_WORDS): self._json(depth + 1) for _ in range(chance.randrange(4))}

    def _text(self, data: Any) -> bytes:
        text = json.dumps(data, ensure_ascii=self._chance.random() < 0.8)
        if self._chance.random() < 0.1:
            at = self._chance.randrange(len(text) + 1)
            text = text[:at] + self._chance.choice(('"', "{", "\\", "\\u", "\0", ",")) + text[at + 1 :]
        return text.encode("utf-8", "surrogatepass")

    def _token(self) -> str:
        return self._chance.choice((*self._tokens, "a" * 43, "", "x"))

    def _changed(self, text: bytes) -> bytes:
        chance, made = self._chance, bytearray(text)
        for _ in range(chance.randrange(1, 6)):
            at = chance.randrange(len(made)) if made else 0
            match chance.randrange(5):
                case 0:
                    made[at : at + 1] = bytes([chance.randrange(256)])
                case 1:
                    del made[at : at + chance.randrange(1, 10)]
                case 2:
                    made[at:at] = made[at : at + chance.randrange(1, 50)]
                case 3:
                    made[at:at] = chance.choice((b"\r\n", b"\r\n\r\n", b"\0", b":", b" ", b"\t"))
                case _:
                    if chance.random() < 0.3:
                        del made[at:]
        return bytes(made)

    def _parts(self, text: bytes) -> list[bytes]:
        if self._chance.random() < 0.7 or len(text) < 2:
            return [text]
        at = self._chance.randrange(1, len(text))
        return [text[:at], text[at:]]
