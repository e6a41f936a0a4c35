"""The phones of a class while it is held: their server, and the addresses to find it at, or why there is none."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from game.classroom.addresses import join_url, own_addresses
from game.classroom.host import Host
from game.classroom.lanes import ALL
from game.classroom.server import Server
from game.classroom.site import Shown
from game.play.page import Page
from game.play.rounds import Round
from game.story.model import Role
from game.ui import phone as phones
from game.ui.sitting import Joining
from game.ui.tree import Node
from game.ui.words import Words


@contextmanager
def served(host: Host, code: str, words: Words, web: Path, port: int, address: str | None) -> Iterator[list[Joining]]:
    """The ways in for phones, best first, while a server listens on `port`; `web` holds the phones' page.

    `address` is tried before those that the system names. Where the port is taken, or this computer is in no network,
    there is one way in that says so, and no server: a class can be held by hands.
    """
    addresses = list(dict.fromkeys([*([address] if address else []), *own_addresses()]))
    if not addresses:
        yield [Joining(trouble="network")]
        return
    name = socket.gethostname()
    server = Server(host, code, shown(host, words, web), port=port, names=[name, f"{name}.local"])
    try:
        server.start()
    except OSError:
        yield [Joining(trouble="port")]
        return
    try:
        yield [Joining(join_url(one, server.port, code), code, tuple(addresses)) for one in addresses]
    finally:
        server.stop()


def shown(host: Host, words: Words, web: Path) -> Shown:
    """What the phones of a class are shown."""
    story = host.room.playthrough.story

    def page(page: Page, round: Round, seat: str) -> Node:
        return phones.phone(page, round, seat, story=story, words=words)

    def welcome(door: Role | None) -> Node:
        return phones.welcome(door, story=story, words=words)

    doors = [story.roles[door] for door in host.room.doors if door != ALL]
    return Shown(page, welcome, phones.hello(story, words, doors), web)
