"""Find this machine's addresses on the local network. Those that phones most likely reach come first."""

from __future__ import annotations

import socket
from collections.abc import Iterable
from ipaddress import IPv4Address

from game.core.values import frozen

# What the names of virtual interfaces begin with: those of containers, virtual machines and private networks.
_VIRTUAL = (
    "docker", "veth", "br-", "virbr", "vmnet", "vmware", "vboxnet", "virtualbox", "vethernet", "hyper-v", "tun", "tap",
    "utun", "wg", "wireguard", "zt", "zerotier", "tailscale", "cni", "lxc", "podman",
)  # fmt: skip

# An address in TEST-NET-1 (RFC 5737). No packet would arrive there even if one were sent.
_TEST_NET = ("192.0.2.1", 9)


@frozen
class NetworkInterface:
    """A network interface: its name in the system, and one IPv4 address on it."""

    name: str
    address: str


def rank_addresses(interfaces: Iterable[NetworkInterface], default: str | None = None) -> list[str]:
    """Return the addresses that phones may reach, best first. `default` is the address of the default route, if any.

    Private addresses come before public ones, and the default route's comes first among them. Those of virtual
    interfaces come last. Loopback and link-local ones are left out, because no phone reaches them.
    """

    def rank(interface: NetworkInterface) -> tuple[bool, bool, bool]:
        virtual = interface.name.casefold().startswith(_VIRTUAL)
        return virtual, not IPv4Address(interface.address).is_private, interface.address != default

    found = [interface for interface in interfaces if _is_routable(IPv4Address(interface.address))]
    return list(dict.fromkeys(interface.address for interface in sorted(found, key=rank)))


def join_url(address: str, port: int, code: str) -> str:
    return f"http://{address}:{port}/{code}"


def lan_addresses() -> list[str]:
    """Return this machine's addresses that phones may reach, best first."""
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
    """Return the address from which this machine would send; None without a network.

    Nothing is sent: connecting by UDP only picks the route.
    """
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(_TEST_NET)
        except OSError:
            return None
        address: str = probe.getsockname()[0]
        return address
