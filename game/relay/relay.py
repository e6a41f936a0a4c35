"""One relay process without HTTP: the rooms whose teacher is connected here, the phones that are, and other processes.

A room's teacher and its phones may be connected to different processes. What a phone sends goes to the process of its
teacher, the room's owner; what the teacher sends goes to the processes of the phones. Nothing is kept for later: what
cannot be delivered is dropped, and a phone whose vote is not acknowledged sends it again. Whenever messages may have
been lost, a room's phones are asked to connect anew, which gets them the present page.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import replace
from typing import Protocol

from game.core.background_tasks import end_tasks, keep_running
from game.core.join_codes import is_same
from game.relay.broker import Broker, Record, StoreLost
from game.relay.codes import RandomSource, fingerprint, new_code, new_secret, normal_code
from game.relay.figures import Figures, Incidents
from game.relay.frames import Gone, In, MalformedFrame, Open, Out, Refused, Room, Store, to_text
from game.relay.limits import RelayLimits
from game.relay.process_messages import Closed, Content, Message, Moved, ToTeacher, parse_message
from game.relay.process_messages import to_text as message_text
from game.relay.room_phones import Phone, RoomPhones

_PROCESS_LENGTH = 8  # hexadecimal digits; a phone's id begins with its process's


class Denied(Exception):
    """Why something is refused, as a word for the page or for the teacher's program."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Teacher(Protocol):
    """A teacher's link, as rooms see it. Neither method waits."""

    def send(self, text: str) -> None:
        """Send a frame."""

    def close(self, *, moving: bool) -> None:
        """End the link; `moving` asks the teacher's program to connect again at once."""


class _Owned:
    """A room whose teacher is connected to this process."""

    __slots__ = ("processes", "record", "teacher")

    def __init__(self, record: Record, teacher: Teacher) -> None:
        self.record, self.teacher = record, teacher
        self.processes: set[str] = set()  # the other processes with phones of this room


class Relay:
    """One process of a relay.

    Args:
        broker: what it shares with other processes.
        random: gives codes, secrets and the process's name.
        clock: gives seconds; any start will do.
    """

    def __init__(self, broker: Broker, random: RandomSource, limits: RelayLimits, clock: Callable[[], float]) -> None:
        self._broker, self._random, self._limits, self._clock = broker, random, limits, clock
        self.process = f"{random.getrandbits(4 * _PROCESS_LENGTH):0{_PROCESS_LENGTH}x}"
        self._secret = new_secret(random)
        self._owned: dict[str, _Owned] = {}
        self._left: dict[str, tuple[Record, float]] = {}  # rooms whose teacher was here, and until when that is known
        self._phones: dict[str, RoomPhones] = {}
        self._next_phone = 0
        self._store_ok, self._draining = True, False
        self._failed, self._unreadable = Incidents(clock), Incidents(clock)
        self._tasks: list[asyncio.Task[None]] = []
        self._restore_now = asyncio.Event()
        self._moved_away = asyncio.Event()

    async def start(self) -> None:
        """Begin to hear other processes. Raises StoreLost where the store cannot be reached."""
        await self._broker.start(self.process, self)
        self._tasks = [
            keep_running("refresh the rooms", self._refresh, self.task_failed),
            keep_running("restore the rooms", self._restore, self.task_failed),
        ]

    async def drain(self) -> None:
        """Move every room to another process, for `limits.drain` seconds at most, and then close everything."""
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
        """How much there is now."""
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
        """Give a teacher's link a room: a new one, or the one whose secret it knows.

        Raises:
            Denied: `full`, `taken`, `malformed`, or `store-lost` where nobody knows now whose the room is.
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
        if self._draining:  # since it was asked
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
        """Carry what a teacher sent to the phones of its room, and to none of another's."""
        owned = self._owned.get(room.code)
        if owned is None or owned.teacher is not teacher:
            return
        if frame.phones is None:
            self._deliver(room.code, frame)
            for process in owned.processes:
                self._tell(process, room.code, frame)
        else:
            self._send_out(room.code, frame, frame.phones)

    def _send_out(self, code: str, frame: Out, phones: Iterable[str]) -> None:
        by_process: dict[str, list[str]] = {}
        for phone in phones:
            by_process.setdefault(phone[:_PROCESS_LENGTH], []).append(phone)
        own = by_process.pop(self.process, None)
        if own:
            self._deliver(code, replace(frame, phones=tuple(own)))
        for process, ids in by_process.items():
            self._tell(process, code, replace(frame, phones=tuple(ids)))

    async def close_room(self, room: Room, teacher: Teacher) -> None:
        """The class is over: the code is free again."""
        owned = self._owned.get(room.code)
        if owned is not None and owned.teacher is teacher:
            del self._owned[room.code]
            self._tell(None, room.code, Closed())
            with suppress(StoreLost):  # then it expires
                await self._broker.forget(owned.record)

    def teacher_left(self, room: Room, teacher: Teacher) -> None:
        """The link ended. The room is the teacher's for `limits.record_ttl` seconds more."""
        owned = self._owned.get(room.code)
        if owned is not None and owned.teacher is teacher:
            del self._owned[room.code]
            self._left[room.code] = owned.record, self._clock() + self._limits.record_ttl
            self._moved_away.set()

    # Phones

    async def enter(self, code: str, phone: Phone, address: str = "", *, stays: bool = True) -> str:
        """Give a phone of a room its id.

        Args:
            address: whose share of the room it counts for.
            stays: it is a socket, for which the room has to have a place.

        Raises:
            Denied: `unknown-room`, `full`, or `store-lost` where nobody knows now whether there is such a room.
        """
        here = self._phones.get(code)
        if here is None:
            owner = await self._find_owner(code)
            here = self._phones.setdefault(code, RoomPhones(owner, self._limits))
        if stays and not here.has_place(address):
            raise Denied("full")
        self._next_phone += 1
        name = f"{self.process}{self._next_phone:x}"
        here.enter(name, phone, address, stays=stays)
        return name

    def sender(self, code: str, address: str) -> str:
        """A word for an address in a room, from which nobody can tell the address."""
        return fingerprint(f"{self._secret} {code} {address}")[:16]

    def is_new(self, code: str, phone: str) -> bool:
        """Whether a phone has not been answered by its teacher's program yet."""
        return code in self._phones and self._phones[code].is_new(phone)

    def phone_sent(self, code: str, sent: In) -> None:
        """Carry what a phone sent to its teacher. Raises Denied (`away`) where nobody can take it now."""
        text = to_text(sent)
        owned, here = self._owned.get(code), self._phones[code]
        if owned is not None:
            owned.teacher.send(text)
        elif here.owner == self.process or not self._store_ok:
            raise Denied("away")
        else:
            self._tell(here.owner, code, ToTeacher(text))

    def phone_left(self, code: str, phone: str, *, tell: bool) -> None:
        """A phone's socket closed, or its request was answered; `tell` its teacher."""
        here = self._phones.get(code)
        if here is None or not here.leave(phone):
            return
        if not here.phones:
            del self._phones[code]
            self._moved_away.set()
        if not tell:
            return
        text, owned = to_text(Gone(phone)), self._owned.get(code)
        if owned is not None:
            owned.teacher.send(text)
        elif here.owner != self.process:
            self._tell(here.owner, code, ToTeacher(text))

    # What other processes say

    def received(self, message: str) -> None:
        """Another process, or this one to all, sent a message."""
        try:
            told = parse_message(message)
        except MalformedFrame:
            self.unreadable()
            return
        match told.content:
            case ToTeacher(frame):
                owned = self._owned.get(told.room)
                if owned is not None:
                    owned.processes.add(told.sender)
                    owned.teacher.send(frame)
            case Out() as out:
                self._deliver(told.room, out)
            case Moved():
                self._moved(told.room, told.sender)
            case Closed():
                self._left.pop(told.room, None)
                self._reconnect_phones([told.room])

    def unreadable(self) -> None:
        """The store holds or sent what nobody can read. It is left out."""
        if self._unreadable.add():
            logging.getLogger(__name__).warning("the store has what no relay wrote: it is left out")

    def task_failed(self) -> None:
        """A background task failed; the log says which."""
        self._failed.add()

    def store_changed(self, ok: bool) -> None:
        """The store was lost, or is back."""
        if ok == self._store_ok:
            return
        self._store_ok = ok
        logging.getLogger(__name__).warning("the store is %s", "back" if ok else "lost")
        if ok:
            self._restore_now.set()
        else:
            self._tell_teachers(Store(False))

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
        """Tell all processes, this one first, that the room's teacher is connected here."""
        self._moved(code, self.process)
        self._tell(None, code, Moved())

    def _tell(self, process: str | None, code: str, content: Content) -> None:
        self._broker.send(process, message_text(Message(code, self.process, content)))

    def _tell_teachers(self, frame: Store | Refused) -> None:
        for owned in self._owned.values():
            owned.teacher.send(to_text(frame))

    # Records

    async def _claim(self, room: Room) -> None:
        """Make the room this process's. Raises Denied."""
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
                return room  # one of 28 ** 8: it is written as soon as the store is back

    async def _find_owner(self, code: str) -> str:
        """The process that owns a room. Raises Denied."""
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
        """When the store is back: write the own rooms again, and call back phones that may have missed something."""
        while True:
            await self._restore_now.wait()
            await self._keep_records()
            self._restore_now.clear()
            for code in tuple(self._owned):
                self._tell(None, code, Moved())
            self._reconnect_phones(code for code, here in self._phones.items() if here.owner != self.process)
            self._tell_teachers(Store(True))

    async def _keep_records(self) -> None:
        with suppress(StoreLost):  # `store_changed` says so
            await self._broker.keep([owned.record for owned in self._owned.values()])

    async def _refresh(self) -> None:
        """Keep the own rooms from expiring, and find those that moved unheard, again and again."""
        while True:
            await asyncio.sleep(self._limits.refresh)
            now = self._clock()
            self._left = {code: one for code, one in self._left.items() if one[1] > now}
            await self._keep_records()
            for code, here in tuple(self._phones.items()):
                if code not in self._owned:
                    try:
                        record = await self._broker.find(code)
                    except StoreLost:
                        if not self._store_ok:
                            break
                        continue  # this record alone cannot be read
                    if record is not None and record.owner != here.owner:
                        self._moved(code, record.owner)
