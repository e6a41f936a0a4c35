"""What the rooms of a relay send to: a teacher's WebSocket, a phone's, and a phone's request that waits."""

from __future__ import annotations

import asyncio

from game.core.compact_json import to_compact_json
from game.relay.frames import Out
from game.relay.send_queue import AGAIN, SendQueue

NORMAL = 1000  # WebSocket's code for an end that nothing is wrong with
_AWAY = 503


class TeacherLink:
    """A teacher's WebSocket as the relay sees it."""

    def __init__(self, queue: SendQueue) -> None:
        self.queue = queue

    def send(self, text: str) -> None:
        self.queue.send(text)

    def close(self, *, moving: bool) -> None:
        self.queue.close(AGAIN if moving else NORMAL)


class PhoneSocket:
    """A phone's WebSocket as the relay sees it."""

    def __init__(self, queue: SendQueue) -> None:
        self.queue = queue

    def send(self, answer: Out) -> None:
        self.queue.send(answer.data)

    def connect_again(self) -> None:
        self.queue.close(AGAIN)


class WaitingRequest:
    """A phone's request, until the teacher's program has answered it."""

    def __init__(self) -> None:
        self.answer: asyncio.Future[Out] = asyncio.get_running_loop().create_future()

    def send(self, answer: Out) -> None:
        if not self.answer.done():
            self.answer.set_result(answer)

    def connect_again(self) -> None:
        self.send(Out((), to_compact_json({"refused": "away"}), _AWAY))
