"""Which of this machine's addresses a phone in the same room is most likely to reach."""

from __future__ import annotations

import socket
from collections.abc import Iterable
from ipaddress import IPv4Address

from game.core.values import frozen

# what programs make beside the cards of a machine: containers, virtual machines, private networks
_MADE_UP = (
    "docker", "veth", "br-", "virbr", "vmnet", "vmware", "vboxnet", "virtualbox", "vethernet", "hyper-v", "tun", "tap",
    "utun", "wg", "wireguard", "zt", "zerotier", "tailscale", "cni", "lxc", "podman",
)  # fmt: skip

# Where nobody is: the address is one of those kept for examples, so that no packet would arrive even if one were sent.
_NOWHERE = ("192.0.2.1", 9)


@frozen
class NetworkInterface:
    """A card of this machine, by the name that the system gives it, and one IPv4 address on it."""

    name: str
    address: str


def reachable(interfaces: Iterable[NetworkInterface], default: str | None = None) -> list[str]:
    """Addresses that phones may reach, best first. `default` is the address of the way out, where there is one.

    Private addresses come before public ones, the default route's first among them, and those that some program
    made up for itself come last. Loopback and link-local ones are left out: no phone gets there.
    """

    def rank(interface: NetworkInterface) -> tuple[bool, bool, bool]:
        made_up = interface.name.casefold().startswith(_MADE_UP)
        return made_up, not IPv4Address(interface.address).is_private, interface.address != default

    found = [interface for interface in interfaces if _from_outside(IPv4Address(interface.address))]
    return list(dict.fromkeys(interface.address for interface in sorted(found, key=rank)))


def join_url(address: str, port: int, code: str) -> str:
    """What a phone opens."""
    return f"http://{address}:{port}/{code}"


def own_addresses() -> list[str]:
    """This machine's addresses that phones may reach, best first, as the system tells them."""
    import ifaddr

    return reachable(
        [
            NetworkInterface(adapter.nice_name, address.ip)
            for adapter in ifaddr.get_adapters()
            for address in adapter.ips
            if isinstance(address.ip, str)
        ],
        _way_out(),
    )


def _from_outside(address: IPv4Address) -> bool:
    return not (address.is_loopback or address.is_link_local or address.is_unspecified or address.is_multicast)


def _way_out() -> str | None:
    """The address that this machine would send from. Nothing is sent: the system only chooses the way."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(_NOWHERE)
        except OSError:
            return None
        address: str = probe.getsockname()[0]
        return address
