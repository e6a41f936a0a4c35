"""A class served on loopback, and a client that behaves like a phone."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import aiohttp

from game.classroom import commands
from game.classroom.host import Host
from game.classroom.log import Log
from game.classroom.run_class import class_host
from game.classroom.server.http_app import SCRIPTS
from game.classroom.server.http_server import ClassServer, ListenAddress
from game.classroom.server.limits import ServerLimits
from game.classroom.server.page_cache import RenderPage
from game.classroom.server.phone_view import PhoneEdition, PhoneView
from game.classroom.server.relay_link import RelayUse
from game.play import Page
from game.play.voting import Round, counts
from game.story.model import Story
from game.ui.tree import Action, TreeNode
from tests.classroom.logged_class import begun

CODE = "K7QP"
HERE = "127.0.0.1"
ANY_PORT = ListenAddress(0, HERE)
QUICK = ServerLimits(
    debounce=0.005, presence_interval=0.02, reconnect_grace=0.1, poll_grace=0.3, rate=10_000.0, burst=10_000,
    timeout=10.0,
)  # fmt: skip


def page_of(page: Page, round: Round, seat: str) -> TreeNode:
    """A minimal phone page: the phase of the vote, the choices, and every tally that phones may see."""
    own = round.ballots.get(seat)
    status = TreeNode("status", "status", "paused" if round.paused else round.phase)
    choices = [
        TreeNode("choice", f"choice:{option.id}", option.id, action=Action("vote", option.id), chosen=option.id == own)
        for option in page.choices
    ]
    tallies = [TreeNode("row", value=str(count.votes)) for count in counts(round, page.choices) if count.votes]
    children = (status, TreeNode("list", "choices", children=tuple(choices)), *tallies)
    return TreeNode("screen", label=page.node or "", children=children)


def welcome_page(door: str) -> TreeNode:
    return TreeNode("screen", label="Welcome", value=door)


def web_folder(folder: Path) -> Path:
    folder.mkdir(exist_ok=True)
    (folder / "index.html").write_text("<!DOCTYPE html><title>Stand-in</title>", encoding="utf-8")
    for name in SCRIPTS:
        (folder / name).write_text("'use strict'", encoding="utf-8")
    (folder / "style.css").write_text("body {}", encoding="utf-8")
    return folder


def phone_view(folder: Path, render: RenderPage = page_of) -> PhoneView:
    hello = {"title": "Grain", "language": "en", "words": {}, "doors": []}
    return PhoneView((PhoneEdition(render, welcome_page, hello),), web_folder(folder))


def new_server(host: Host, folder: Path, port: int = 0) -> ClassServer:
    """A server of a class, not started."""
    return ClassServer(host, phone_view(folder / "web"), ListenAddress(port, HERE), limits=QUICK)


@contextmanager
def serve_class(
    story: Story,
    folder: Path,
    limits: ServerLimits = QUICK,
    name: str = "a.class",
    render: RenderPage = page_of,
    listen: ListenAddress | None = ANY_PORT,
    relay: RelayUse | None = None,
    view_of: Callable[[Host], PhoneView] | None = None,
) -> Iterator[tuple[Host, ClassServer]]:
    """Serve a class whose first vote is open."""
    with Log(folder / name, lambda: 0.0) as log:
        host = class_host(story, log, begun(story))
        while not host.state.can_vote:
            host.execute(commands.go_on)
        host.execute(commands.open_vote)
        view = view_of(host) if view_of else phone_view(folder / "web", render)
        with ClassServer(host, view, listen, limits=limits, relay=relay) as server:
            yield host, server


@asynccontextmanager
async def served_class(
    story: Story, folder: Path, limits: ServerLimits = QUICK, **more: Any
) -> AsyncIterator[tuple[Host, ClassServer, aiohttp.ClientSession]]:
    with serve_class(story, folder, limits, **more) as (host, server):
        async with aiohttp.ClientSession() as session:
            yield host, server, session


class Message(dict[str, Any]):
    """An answer of the server, or a message with a page."""

    @property
    def choices(self) -> list[str]:
        return [choice["label"] for choice in self._choices]

    @property
    def chosen(self) -> list[str]:
        return [choice["label"] for choice in self._choices if choice.get("chosen")]

    @property
    def _choices(self) -> list[dict[str, Any]]:
        return list(self["page"]["children"][1].get("children", ()))

    @property
    def status(self) -> str:
        return str(self["page"]["children"][0]["label"])


def browser() -> aiohttp.ClientSession:
    """A session that keeps cookies of addresses in numbers too."""
    return aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True))


@dataclass
class PhoneClient:
    """A phone. `pages` are the received messages with a page; `base` is the address of a relay's room."""

    session: aiohttp.ClientSession
    port: int
    token: str = ""
    door: str = ""
    socket: Any = None
    pages: list[Message] = field(default_factory=list)
    base: str = ""
    number: int = 0

    def url(self, path: str) -> str:
        return f"{self.base or f'http://{HERE}:{self.port}'}{path}"

    async def post(self, path: str, data: object) -> tuple[int, Message]:
        async with self.session.post(self.url(path), json=data) as response:
            return response.status, Message(await response.json())

    async def poll(self, version: object = 0, **more: str) -> tuple[int, Message]:
        return await self.post("/poll", {"token": self.token, "version": version, **more})

    async def join(self, code: str = CODE, **more: str) -> PhoneClient:
        status, answer = await self.post("/join", {"code": code, **more})
        assert status == 200, answer
        self.token, self.door = answer["token"], (answer["door"] or {}).get("id", "")
        return self

    async def hail(self, autoping: bool = True, **more: str) -> PhoneClient:
        """Open a socket, and send the token on it."""
        self.socket = await self.session.ws_connect(self.url("/socket"), max_msg_size=0, autoping=autoping)
        await self.socket.send_json({"token": self.token, **more})
        return self

    async def open(self, **more: str) -> PhoneClient:
        await (await self.hail(True, **more)).page()
        return self

    async def enter(self, code: str = CODE, **more: str) -> PhoneClient:
        language = {"language": more["language"]} if "language" in more else {}
        return await (await self.join(code, **more)).open(**language)

    async def close(self) -> None:
        await self.socket.close()

    async def page(self) -> Message:
        message = await self._receive()
        assert "page" in message, message
        self.pages.append(message)
        return message

    async def _receive(self) -> Message:
        """Receive the next message that has more than the seat's number."""
        while True:
            message = Message(await self.socket.receive_json())
            self.number = message.get("seat", self.number)
            if message.keys() != {"seat"}:
                return message

    async def until(self, holds: Callable[[Message], bool]) -> Message:
        """Read pages until one meets a condition; the current one counts."""
        while not holds(self.pages[-1]):
            await self.page()
        return self.pages[-1]

    async def until_over(self) -> None:
        """Read messages until one says that the class is over, and nothing else."""
        while (said := await self.socket.receive_json()).get("over") is None:
            pass
        assert said == {"over": True}

    async def send(self, text: str | bytes) -> Message:
        """Send a message on the socket, and return the answer."""
        await (self.socket.send_str(text) if isinstance(text, str) else self.socket.send_bytes(text))
        answer = await self._receive()
        while "page" in answer and "voted" not in answer:
            self.pages.append(answer)
            answer = await self._receive()
        if "version" not in answer:
            return answer
        page = answer.get("page") or self._with_parts(answer["parts"])  # a relay sends it with the answer
        self.pages.append(Message(page=page, version=answer["version"], round=answer["round"]))
        return Message(voted=answer["voted"], round=answer["round"])

    def _with_parts(self, parts: dict[str, Any]) -> dict[str, Any]:
        """The last received page, with these parts in place of its own."""
        before: dict[str, Any] = self.pages[-1]["page"]
        return {**before, "children": [parts.get(str(at), child) for at, child in enumerate(before["children"])]}

    async def vote(self, choice: str, number: int) -> Message:
        return await self.send(json.dumps({"vote": choice, "round": number}))

    async def choose(self, number: int = 0) -> str:
        """Vote for the choice with this number on the last page, and give its id."""
        choice, round = self.pages[-1].choices[number], self.pages[-1]["round"]
        assert await self.vote(choice, round) == {"voted": choice, "round": round}
        return choice


async def wait_until(holds: Callable[[], bool], seconds: float = 10.0) -> None:
    async with asyncio.timeout(seconds):
        while not holds():
            await asyncio.sleep(0.005)
