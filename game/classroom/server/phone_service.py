"""Starts the server for a class's phones, and finds the addresses that they join by."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from game.classroom.host import Host
from game.classroom.server.http_server import ClassServer
from game.classroom.server.lan_addresses import join_url, lan_addresses
from game.classroom.server.phone_api import PhoneView
from game.classroom.tracks import ALL
from game.play.page import Page
from game.play.voting import Round
from game.story.model import Role
from game.ui.class_state import JoinInfo
from game.ui.i18n import Catalogue
from game.ui.screens import phone as phones
from game.ui.tree import TreeNode


@contextmanager
def serve_phones(host: Host, words: Catalogue, web: Path, port: int, address: str | None) -> Iterator[list[JoinInfo]]:
    """Serve phones on `port`, and give the addresses that they can join by, best first.

    Where the class is not saved, the port is taken or there is no network, one `JoinInfo` says so, and nothing is
    served: a class can vote by a show of hands.

    Args:
        host: the class.
        web: the folder of the phones' page.
        address: comes before those that the system names.
    """
    if not host.is_saved:  # a ballot that is acknowledged is on the disk
        yield [JoinInfo(trouble="disk")]
        return
    code = host.state.code
    addresses = list(dict.fromkeys([*([address] if address else []), *lan_addresses()]))
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
    """What the phones of a class are shown, from the interface's screens."""
    story = host.state.playthrough.story

    def page(page: Page, round: Round, seat: str) -> TreeNode:
        return phones.phone(page, round, seat, story=story, words=words)

    def welcome(door: Role | None) -> TreeNode:
        return phones.welcome(door, story=story, words=words)

    doors = [story.roles[door] for door in host.state.doors if door != ALL]
    return PhoneView(page, welcome, phones.hello(story, words, doors), web)
