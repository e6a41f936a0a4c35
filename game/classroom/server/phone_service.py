"""Start the server for a class's phones, and find its addresses."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from functools import partial
from ipaddress import IPv4Address
from pathlib import Path

from game.classroom.host import Host
from game.classroom.server.http_server import ClassServer, ListenAddress
from game.classroom.server.phone_view import PhoneEdition, PhoneView
from game.classroom.server.relay_link import CALLING, RelayUse
from game.core.values import frozen
from game.play.page import Page
from game.play.voting import WHOLE_CLASS, Round
from game.story.model import Story
from game.ui.class_state import JoinInfo, RelayInfo
from game.ui.i18n import Catalogue
from game.ui.screens import phone as phones
from game.ui.tree import TreeNode

Language = tuple[Story, Catalogue]  # a story in a language, and the interface's texts in the same language

# What the names of virtual interfaces begin with: those of containers, virtual machines and private networks.
_VIRTUAL = (
    "docker", "veth", "br-", "virbr", "vmnet", "vmware", "vboxnet", "virtualbox", "vethernet", "hyper-v", "tun", "tap",
    "utun", "wg", "wireguard", "zt", "zerotier", "tailscale", "cni", "lxc", "podman",
)  # fmt: skip

_TEST_NET = ("192.0.2.1", 9)  # in TEST-NET-1 (RFC 5737), where no packet arrives


@frozen
class Joining:
    """How phones can join a class."""

    addresses: tuple[JoinInfo, ...]  # on the local network, best first; a single one with `trouble` if nobody can join
    relay: Callable[[], RelayInfo | None] = lambda: None  # gives the current state of the room at a relay


@contextmanager
def serve_phones(
    host: Host, view: PhoneView, port: int, address: str | None, relay: RelayUse | None = None
) -> Iterator[Joining]:
    """Context manager that serves phones on `port` and through a relay, and yields how they can join.

    If the class is not saved, nothing is served. If the port is taken or there is no network, phones are served through
    the relay alone. In these cases the only `JoinInfo` has the reason as `trouble`. At the end, phones learn that the
    class is over. `address` is the preferred address.
    """
    if not host.is_saved:  # a ballot may be acknowledged only if it is on the disk
        yield Joining((JoinInfo(trouble="disk"),))
        return
    code, name = host.state.code, socket.gethostname()
    reported = CALLING if relay is not None else None

    def announce(info: RelayInfo) -> None:
        nonlocal reported
        reported = info
        if relay is not None:
            relay.announce(info)

    dialled = replace(relay, announce=announce) if relay is not None else None
    server = partial(ClassServer, host, view, relay=dialled)
    found = tuple(dict.fromkeys([*([address] if address else []), *lan_addresses()]))
    with ExitStack() as serving:
        trouble, running = "" if found else "network", None
        if found:
            try:
                running = serving.enter_context(
                    server(ListenAddress(port, names=(name, f"{name}.local"), home=found[0]))
                )
            except OSError:
                trouble = "port"
        served = running
        if running is None and relay is not None:
            served = serving.enter_context(server(None))
        if running is None:
            joining: tuple[JoinInfo, ...] = (JoinInfo(trouble=trouble),)
        else:
            joining = tuple(JoinInfo(join_url(address, running.port, code), code, found) for address in found)
        yield Joining(joining, lambda: reported)
        if served is not None:
            served.stop(over=True)


def phone_view(host: Host, words: Catalogue, web: Path, translations: Sequence[Language] = ()) -> PhoneView:
    """Return the view of a class's phones in its own language (with `words`) and others. `web` has the page's files."""
    own = host.state.playthrough.story
    doors = [door for door in host.state.doors if door != WHOLE_CLASS]
    others = (_phone_edition(story, texts, doors, translation=story) for story, texts in translations)
    return PhoneView((_phone_edition(own, words, doors), *others), web)


def _phone_edition(
    story: Story, words: Catalogue, doors: Iterable[str], translation: Story | None = None
) -> PhoneEdition:
    def page(page: Page, round: Round, seat: str) -> TreeNode:
        return phones.phone(page, round, seat, story=story, words=words)

    def welcome(door: str) -> TreeNode:
        return phones.welcome(story.roles.get(door), story=story, words=words)

    return PhoneEdition(page, welcome, phones.hello(story, words, [story.roles[door] for door in doors]), translation)


# Addresses


@frozen
class NetworkInterface:
    """A network interface: its name in the system, and one IPv4 address on it."""

    name: str
    address: str


def rank_addresses(interfaces: Iterable[NetworkInterface], default: str | None = None) -> list[str]:
    """Return the addresses that phones may reach, best first. `default` is the default route's address, if any.

    Private addresses come before public ones, and those of virtual interfaces last.
    """

    def rank(interface: NetworkInterface) -> tuple[bool, bool, bool]:
        virtual = interface.name.casefold().startswith(_VIRTUAL)
        return virtual, not IPv4Address(interface.address).is_private, interface.address != default

    found = [interface for interface in interfaces if _is_routable(IPv4Address(interface.address))]
    return list(dict.fromkeys(interface.address for interface in sorted(found, key=rank)))


def join_url(address: str, port: int, code: str) -> str:
    return f"http://{address}:{port}/{code}"


def lan_addresses() -> list[str]:
    """Return the addresses of this machine that phones may reach, best first."""
    import ifaddr

    return rank_addresses(
        [
            NetworkInterface(adapter.nice_name, address.ip)
            for adapter in ifaddr.get_adapters()
            for address in adapter.ips
            if isinstance(address.ip, str)
        ],
        _default_route_address(),
    )


def _is_routable(address: IPv4Address) -> bool:
    return not (address.is_loopback or address.is_link_local or address.is_unspecified or address.is_multicast)


def _default_route_address() -> str | None:
    """Return the address from which this machine would send; None without a network."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(_TEST_NET)  # by UDP, which sends nothing and only picks the route
        except OSError:
            return None
        address: str = probe.getsockname()[0]
        return address
