"""One relay process, without HTTP.

A room's teacher and its phones may be connected to different processes. A phone's messages go to the process of its
teacher, the room's owner; the teacher's messages go to the processes of the phones. A message that cannot be delivered
is dropped, and a phone sends its vote again until it is acknowledged. Whenever messages may be lost, the room's phones
are asked to reconnect, which gives them the current page.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from random import Random
from typing import Protocol

from game.core.background_tasks import end_tasks, keep_running
from game.core.join_codes import is_same
from game.relay.broker import Broker, Record, StoreLost
from game.relay.codes import fingerprint, new_code, new_secret, normal_code
from game.relay.frames import Gone, In, MalformedFrame, Open, Out, Room, Store, to_text
from game.relay.limits import RelayLimits
from game.relay.metrics import Figures, Incidents
from game.relay.process_messages import Closed, Content, Message, Moved, ToTeacher, parse_message
from game.relay.process_messages import to_text as message_text
from game.relay.room_phones import Phone, RoomPhones

_PROCESS_LENGTH = 8  # hexadecimal digits of a process's name, with which the ids of its phones begin


class Denied(Exception):
    """Raised if a phone or a teacher is refused. `reason` is a word for the page or the teacher's program."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Teacher(Protocol):
    """Interface to a teacher's link. Its methods return at once."""

    def send(self, text: str) -> None:
        """Send a frame, given as text."""

    def close(self, *, moving: bool) -> None:
        """End the link. `moving` asks the teacher's program to reconnect at once."""


@dataclass(slots=True)
class _Owned:
    """A room whose teacher is connected to this process. `processes` are the others that serve phones of the room."""

    record: Record
    teacher: Teacher
    processes: set[str] = field(default_factory=set)


class Relay:
    """One process of a relay: a `Receiver` of its broker. `clock` returns seconds from any start."""

    def __init__(self, broker: Broker, random: Random, limits: RelayLimits, clock: Callable[[], float]) -> None:
        self._broker, self._random, self._limits, self._clock = broker, random, limits, clock
        self.process = f"{random.getrandbits(4 * _PROCESS_LENGTH):0{_PROCESS_LENGTH}x}"
        self._secret = new_secret(random)
        self._owned: dict[str, _Owned] = {}
        self._left: dict[str, tuple[Record, float]] = {}  # rooms whose teacher has left, and when each is forgotten
        self._phones: dict[str, RoomPhones] = {}
        self._next_phone = 0
        self._store_ok, self._draining = True, False
        self._failed, self._unreadable = Incidents(clock), Incidents(clock)
        self._tasks: list[asyncio.Task[None]] = []
        self._restore_now = asyncio.Event()
        self._moved_away = asyncio.Event()

    async def start(self) -> None:
        """Begin to receive messages from other processes. Raises StoreLost if the store cannot be reached."""
        await self._broker.start(self.process, self)
        self._tasks = [
            keep_running("refresh the rooms", self._refresh, self.task_failed),
            keep_running("restore the rooms", self._restore, self.task_failed),
        ]

    async def drain(self) -> None:
        """Move every room to another process, in at most `limits.drain` seconds. Then close everything."""
        self._draining = True
        for owned in tuple(self._owned.values()):
            owned.teacher.close(moving=True)
        with suppress(TimeoutError):
            async with asyncio.timeout(self._limits.drain):
                while self._owned or any(self._phones.values()):
                    self._moved_away.clear()
                    if not self._owned:
                        self._reconnect_phones(self._phones)
                    await self._moved_away.wait()
        self._reconnect_phones(self._phones)
        await end_tasks(self._tasks)
        await self._broker.close()

    @property
    def figures(self) -> Figures:
        phones = sum(len(here.phones) for here in self._phones.values())
        wrong = {
            "draining": self._draining, "store-lost": not self._store_ok, "task-failed": self._failed.lately,
            "store-unreadable": self._unreadable.lately,
        }  # fmt: skip
        return Figures(
            len(self._owned), phones, self._store_ok, self._draining, self._failed.count, self._unreadable.count,
            next((state for state, is_so in wrong.items() if is_so), "ok"),
        )  # fmt: skip

    # Teachers

    async def open_room(self, asked: Open, teacher: Teacher) -> Room:
        """Open a room for a teacher's link: a new room, or an earlier room whose secret the teacher knows.

        Raises Denied: `full`, `taken`, `malformed`, or `store-lost` if nobody can check who owns the room.
        """
        if self._draining or len(self._owned) >= self._limits.rooms:
            raise Denied("full")
        if asked.code:
            code = normal_code(asked.code)
            if code is None or not asked.secret:
                raise Denied("malformed")
            room = Room(code, asked.secret)
            await self._claim(room)
        else:
            room = await self._claim_new()
        if self._draining:  # the process may have begun to end meanwhile
            raise Denied("full")
        record = Record(room.code, self.process, fingerprint(room.secret))
        before = self._owned.pop(room.code, None)
        if before is not None:
            before.teacher.close(moving=False)
        self._left.pop(room.code, None)
        self._owned[room.code] = _Owned(record, teacher)
        teacher.send(to_text(room))
        if not self._store_ok:
            teacher.send(to_text(Store(False)))
        if asked.code:
            self._announce(room.code)
        return room

    def teacher_sent(self, room: Room, teacher: Teacher, frame: Out) -> None:
        """Pass a teacher's message on to the phones of the teacher's own room."""
        owned = self._owned.get(room.code)
        if owned is None or owned.teacher is not teacher:
            return
        if frame.phones is None:
            self._deliver(room.code, frame)
            for process in owned.processes:
                self._send(process, room.code, frame)
            return
        by_process: dict[str, list[str]] = {}
        for phone in frame.phones:
            by_process.setdefault(phone[:_PROCESS_LENGTH], []).append(phone)
        for process, ids in by_process.items():
            part = replace(frame, phones=tuple(ids))
            if process == self.process:
                self._deliver(room.code, part)
            else:
                self._send(process, room.code, part)

    async def close_room(self, room: Room, teacher: Teacher) -> None:
        """End a class. The room's code is then free again."""
        owned = self._owned.get(room.code)
        if owned is not None and owned.teacher is teacher:
            del self._owned[room.code]
            self._send(None, room.code, Closed())
            with suppress(StoreLost):  # if it cannot be deleted, the record expires
                await self._broker.forget(owned.record)

    def teacher_left(self, room: Room, teacher: Teacher) -> None:
        """Note that a teacher's link ended. The room stays the teacher's for `limits.record_ttl` seconds."""
        owned = self._owned.get(room.code)
        if owned is not None and owned.teacher is teacher:
            del self._owned[room.code]
            self._left[room.code] = owned.record, self._clock() + self._limits.record_ttl
            self._moved_away.set()

    # Phones

    async def enter(self, code: str, phone: Phone, address: str = "", *, stays: bool = True) -> str:
        """Add a phone to a room, and return the phone's id. `stays` is True for a socket, False for a request.

        Raises Denied: `unknown-room`, `full` if the room has no place (see `RoomPhones`) for a socket of `address`, or
        `store-lost` if nobody can check whether the room exists.
        """
        here = self._phones.get(code)
        if here is None:
            owner = await self._find_owner(code)
            here = self._phones.setdefault(code, RoomPhones(owner, self._limits))
        if stays and not here.places.has_room(address):
            raise Denied("full")
        self._next_phone += 1
        name = f"{self.process}{self._next_phone:x}"
        here.enter(name, phone, address, stays=stays)
        return name

    def sender(self, code: str, address: str) -> str:
        """Return a word that stands for an address in a room. Nobody can infer the address from the word."""
        return fingerprint(f"{self._secret} {code} {address}")[:16]

    def is_new(self, code: str, phone: str) -> bool:
        return code in self._phones and self._phones[code].is_new(phone)

    def phone_sent(self, code: str, sent: In) -> None:
        """Pass a phone's message on to its teacher. Raises Denied (`away`) if no teacher is there to take it."""
        owner = self._phones[code].owner
        if code not in self._owned and (owner == self.process or not self._store_ok):
            raise Denied("away")
        self._send_to_teacher(code, owner, to_text(sent))

    def phone_left(self, code: str, phone: str, *, report: bool) -> None:
        """Note that a phone's socket closed or its request was answered. With `report`, tell the phone's teacher."""
        here = self._phones.get(code)
        if here is None or not here.leave(phone):
            return
        if not here.phones:
            del self._phones[code]
            self._moved_away.set()
        if report:
            self._send_to_teacher(code, here.owner, to_text(Gone(phone)))

    def _send_to_teacher(self, code: str, owner: str, text: str) -> None:
        if code in self._owned:
            self._owned[code].teacher.send(text)
        elif owner != self.process:
            self._send(owner, code, ToTeacher(text))

    # What the broker tells its receiver

    def received(self, message: str) -> None:
        try:
            received = parse_message(message)
        except MalformedFrame:
            self.unreadable()
            return
        match received.content:
            case ToTeacher(frame):
                owned = self._owned.get(received.room)
                if owned is not None:
                    owned.processes.add(received.sender)
                    owned.teacher.send(frame)
            case Out() as out:
                self._deliver(received.room, out)
            case Moved():
                self._moved(received.room, received.sender)
            case Closed():
                self._left.pop(received.room, None)
                self._reconnect_phones([received.room])

    def unreadable(self) -> None:
        if self._unreadable.add():
            logging.getLogger(__name__).warning("the store has what no relay wrote: it is left out")

    def task_failed(self) -> None:
        self._failed.add()

    def store_changed(self, ok: bool) -> None:
        if ok == self._store_ok:
            return
        self._store_ok = ok
        logging.getLogger(__name__).warning("the store is %s", "back" if ok else "lost")
        if ok:
            self._restore_now.set()
        else:
            self._send_to_teachers(Store(ok))

    def _moved(self, code: str, owner: str) -> None:
        if owner != self.process:
            owned = self._owned.pop(code, None)
            if owned is not None:
                owned.teacher.close(moving=False)
            self._left.pop(code, None)
            self._moved_away.set()
        here = self._phones.get(code)
        if here is not None:
            here.owner = owner
            self._reconnect_phones([code])

    def _deliver(self, code: str, frame: Out) -> None:
        here = self._phones.get(code)
        if here is not None:
            here.deliver(frame)

    def _reconnect_phones(self, codes: Iterable[str]) -> None:
        for code in tuple(codes):
            here = self._phones.get(code)
            for phone in tuple(here.phones.values()) if here is not None else ():
                phone.connect_again()

    def _announce(self, code: str) -> None:
        """Tell all processes, this process first, that the room's teacher is connected here."""
        self._moved(code, self.process)
        self._send(None, code, Moved())

    def _send(self, process: str | None, code: str, content: Content) -> None:
        self._broker.send(process, message_text(Message(code, self.process, content)))

    def _send_to_teachers(self, frame: Store) -> None:
        for owned in self._owned.values():
            owned.teacher.send(to_text(frame))

    # Records

    async def _claim(self, room: Room) -> None:
        """Make this process the owner of a room. Raises Denied if the room's secret is wrong or cannot be checked."""
        record = Record(room.code, self.process, fingerprint(room.secret))
        known = self._owned[room.code].record if room.code in self._owned else self._left.get(room.code, (None,))[0]
        if known is not None and not is_same(known.fingerprint, record.fingerprint):
            raise Denied("taken")
        try:
            claimed = await self._broker.claim(record)
        except StoreLost:
            if known is None:
                raise Denied("store-lost") from None
            return
        if not claimed:
            raise Denied("taken")

    async def _claim_new(self) -> Room:
        while True:
            room = Room(new_code(self._random), new_secret(self._random))
            try:
                if await self._broker.claim(Record(room.code, self.process, fingerprint(room.secret))):
                    return room
            except StoreLost:
                return room  # the store gets it when it is back; that another has one of 28 ** 8 codes is unlikely

    async def _find_owner(self, code: str) -> str:
        if code in self._owned or (code in self._left and not self._store_ok):
            return self.process
        try:
            record = await self._broker.find(code)
        except StoreLost:
            raise Denied("store-lost") from None
        if record is None:
            raise Denied("unknown-room")
        return record.owner

    async def _restore(self) -> None:
        """Whenever the store is back, write the rooms again, and reconnect phones that may have missed messages."""
        while True:
            await self._restore_now.wait()
            await self._keep_records()
            self._restore_now.clear()
            for code in tuple(self._owned):
                self._send(None, code, Moved())
            self._reconnect_phones(code for code, here in self._phones.items() if here.owner != self.process)
            self._send_to_teachers(Store(True))

    async def _keep_records(self) -> None:
        with suppress(StoreLost):  # `store_changed` reports it
            await self._broker.keep([owned.record for owned in self._owned.values()])

    async def _refresh(self) -> None:
        """Keep the rooms from expiring, and find rooms whose teacher moved to another process without notice."""
        while True:
            await asyncio.sleep(self._limits.refresh)
            now = self._clock()
            self._left = {code: left for code, left in self._left.items() if left[1] > now}
            await self._keep_records()
            for code, here in tuple(self._phones.items()):
                if code not in self._owned:
                    try:
                        record = await self._broker.find(code)
                    except StoreLost:
                        if not self._store_ok:
                            break
                        continue  # this record cannot be read, but others may
                    if record is not None and record.owner != here.owner:
                        self._moved(code, record.owner)
