"""The phones' API without a transport: the local network's HTTP application and the link to a relay use it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping

from game.classroom.commands import Refused
from game.classroom.join_codes import new_token
from game.classroom.server import phone_messages
from game.classroom.server.admission import AskAgain, Asker
from game.classroom.server.page_cache import changed_parts
from game.classroom.server.phone_view import PhoneView
from game.classroom.server.phones import JoinedSeat, Phone, Phones
from game.core.compact_json import to_compact_json
from game.core.values import frozen
from game.relay.seat_cookies import ASK_AGAIN
from game.ui.tree import to_json

# The HTTP status of a refusal by its reason. Every other reason is a conflict with the class's state.
_STATUS = {
    "malformed": 400, "unknown-door": 400, "wrong-code": 403, "unknown-seat": 403, "other-origin": 403,
    "removed": 403, "not-found": 404,
    "too-slow": 408, "other-host": 421, "slow-down": 429, "too-fast": 429, "full": 503, "not-kept": 503,
}  # fmt: skip
_CONFLICT = 409


@frozen
class PhoneAnswer:
    """An answer to a phone: its JSON and HTTP status, and a `token` for the browser's cookie, or ""."""

    text: str
    status: int = 200
    token: str = ""  # a seat's token; with the status ASK_AGAIN, a new name for the browser
    version: int | None = None  # in an answer to a ballot: the version of the new page in it, if any


class PhoneApi:
    """Answers the phones of one class. `home` is the address for phones on the local network, or ""."""

    def __init__(self, phones: Phones, view: PhoneView, home: str = "") -> None:
        self.phones, self.home = phones, home
        self._view, self._roles = view, phones.host.state.playthrough.story.roles
        own, *others = (edition.hello for edition in view.editions)
        self._hello = to_compact_json({**own, "others": others})
        self._welcomes: dict[tuple[str, str], str] = {}
        self._requests: Mapping[str, Callable[[str | bytes, Asker], Awaitable[PhoneAnswer]]] = {
            "hello": self._say_hello, "join": self._join, "seat": self._find_seat, "poll": self._poll,
            "vote": self._vote,
        }  # fmt: skip

    async def answer(self, path: str, body: str | bytes, asker: Asker) -> PhoneAnswer:
        """Return the answer to a request for `hello`, `join`, `seat`, `poll` or `vote`. The answer may be a refusal."""
        handler = self._requests.get(path)
        if handler is None:
            return refusal("not-found")
        try:
            return await handler(body, asker)
        except Refused as refused:
            return refusal(refused.reason)

    def phone_of_socket(self, text: str) -> Phone:
        """Return the phone whose token is in the first message of a socket. Raises Refused if there is none."""
        hello = phone_messages.parse_hello(text)
        return self.phones.phone_of_socket(hello.token, hello.language)

    async def cast_ballot(self, phone: Phone, text: str | bytes, seen: Callable[[], int] | None = None) -> PhoneAnswer:
        """Return the answer to a ballot once the ballot is on disk or refused.

        `seen` returns the version of the page that the phone shows; the answer then includes what is new on the page.
        """
        within_rate = phone.bucket.take()
        try:
            ballot = phone_messages.parse_ballot(text)
        except Refused as refused:
            return refusal(refused.reason)
        try:
            if not within_rate:
                raise Refused("too-fast")
            await self.phones.vote(phone, ballot)
        except Refused as refused:
            return refusal(refused.reason, round=ballot.number)
        if seen is not None:
            return self._answer_with_page(phone, ballot, seen())
        self.phones.show_pages_soon()
        return _answer({"voted": ballot.choice, "round": ballot.number})

    def _answer_with_page(self, phone: Phone, ballot: phone_messages.Ballot, seen: int) -> PhoneAnswer:
        """Return the answer to a ballot and the new page; only the changes if the phone shows version `seen`."""
        before = phone.page if phone.version == seen else None
        self.phones.show_page(phone)
        if phone.version == seen or phone.page.number != ballot.number:
            return _answer({"voted": ballot.choice, "round": ballot.number})
        parts = changed_parts(before, phone.page) if before is not None else None
        if parts is None:
            page = phone.shared_message[1:]
        else:
            page = f'"parts":{parts},"version":{phone.version},"round":{phone.page.number}}}'
        return PhoneAnswer(f'{{"voted":{to_compact_json(ballot.choice)},{page}', version=phone.version)

    async def _say_hello(self, body: str | bytes, asker: Asker) -> PhoneAnswer:
        state = self.phones.host.state
        home = {"home": self.home} if self.home and not asker.relayed else {}
        about = to_compact_json({"class": state.name, "began": state.began, **home})
        return PhoneAnswer(f"{about[:-1]},{self._hello[1:]}")

    async def _join(self, body: str | bytes, asker: Asker) -> PhoneAnswer:
        join = phone_messages.parse_join(body)
        try:
            return self._seat_answer(await self.phones.join(join, asker), join.language)
        except AskAgain:
            return PhoneAnswer(refusal("ask-again").text, ASK_AGAIN, new_token())

    async def _find_seat(self, body: str | bytes, asker: Asker) -> PhoneAnswer:
        """Return the seat that the browser got earlier, or in another tab. Raises Refused if it has no seat."""
        return self._seat_answer(self.phones.seat_of(asker.token), phone_messages.parse_language(body))

    def _seat_answer(self, joined: JoinedSeat, language: str) -> PhoneAnswer:
        role, state, edition = self._roles.get(joined.door), self.phones.host.state, self._view.edition(language)
        key = joined.door, edition.language
        if key not in self._welcomes:
            self._welcomes[key] = to_compact_json(to_json(edition.welcome(joined.door)))
        door = to_compact_json(None if role is None else {"id": role.id, "name": role.name})
        about = to_compact_json({"token": joined.token, "class": state.name, "code": state.code, "wait": joined.waits})
        text = f'{about[:-1]},"door":{door},"welcome":{self._welcomes[key]}}}'
        return PhoneAnswer(text, token=joined.token)

    async def _poll(self, body: str | bytes, asker: Asker) -> PhoneAnswer:
        poll = phone_messages.parse_poll(body)
        phone = self.phones.phone_of(poll.token, poll.language)
        self.phones.polled(phone)
        return _answer({"version": phone.version}) if poll.version == phone.version else PhoneAnswer(phone.message)

    async def _vote(self, body: str | bytes, asker: Asker) -> PhoneAnswer:
        phone = self.phones.phone_of(phone_messages.parse_hello(body).token)
        self.phones.polled(phone)
        return await self.cast_ballot(phone, body)


def refusal(reason: str, **more: int) -> PhoneAnswer:
    """Return an answer that refuses a request. It says why in one word, and has the numbers `more` beside the word."""
    return _answer({"refused": reason, **more}, _STATUS.get(reason, _CONFLICT))


def _answer(data: Mapping[str, str | int], status: int = 200) -> PhoneAnswer:
    return PhoneAnswer(to_compact_json(data), status)
