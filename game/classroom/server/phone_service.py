"""The phones of a class while it is held: their server, and the addresses to find it at, or why there is none."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from game.classroom.host import Host
from game.classroom.server.http_app import PhoneView
from game.classroom.server.http_server import ClassServer
from game.classroom.server.lan_addresses import join_url, own_addresses
from game.classroom.tracks import ALL
from game.play.page import Page
from game.play.voting import Round
from game.story.model import Role
from game.ui.class_state import JoinInfo
from game.ui.i18n import Catalogue
from game.ui.screens import phone as phones
from game.ui.tree import TreeNode


@contextmanager
def serve_phones(
    host: Host, code: str, words: Catalogue, web: Path, port: int, address: str | None
) -> Iterator[list[JoinInfo]]:
    """The ways in for phones, best first, while a server listens on `port`; `web` holds the phones' page.

    `address` is tried before those that the system names. Where the port is taken, or this computer is in no network,
    there is one way in that says so, and no server: a class can be held by hands.
    """
    addresses = list(dict.fromkeys([*([address] if address else []), *own_addresses()]))
    if not addresses:
        yield [JoinInfo(trouble="network")]
        return
    name = socket.gethostname()
    server = ClassServer(host, code, phone_view(host, words, web), port=port, names=[name, f"{name}.local"])
    try:
        server.start()
    except OSError:
        yield [JoinInfo(trouble="port")]
        return
    try:
        yield [JoinInfo(join_url(one, server.port, code), code, tuple(addresses)) for one in addresses]
    finally:
        server.stop()


def phone_view(host: Host, words: Catalogue, web: Path) -> PhoneView:
    """What the phones of a class are shown."""
    story = host.state.playthrough.story

    def page(page: Page, round: Round, seat: str) -> TreeNode:
        return phones.phone(page, round, seat, story=story, words=words)

    def welcome(door: Role | None) -> TreeNode:
        return phones.welcome(door, story=story, words=words)

    doors = [story.roles[door] for door in host.state.doors if door != ALL]
    return PhoneView(page, welcome, phones.hello(story, words, doors), web)
