"""The addresses for the wall, best first."""

from __future__ import annotations

from ipaddress import IPv4Address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.classroom.server.phone_service import NetworkInterface, join_url, lan_addresses, rank_addresses

NAMES = st.sampled_from(["en0", "wlan0", "eth0", "docker0", "utun3", "Intel(R) Wi-Fi 6"])
CARDS = st.lists(st.builds(NetworkInterface, NAMES, st.ip_addresses(v=4).map(str)), max_size=8)


SCHOOL = {
    "lo": "127.0.0.1",
    "docker0": "172.17.0.1",
    "tun0": "10.8.0.2",
    "eth0": "192.168.7.4",
    "wlan0": "10.20.1.33",
    "eth1": "169.254.3.4",
    "ppp0": "81.2.69.142",
}
WINDOWS = {
    "VirtualBox Host-Only Ethernet Adapter": "192.168.56.1",
    "Hyper-V Virtual Ethernet Adapter": "172.20.0.1",
    "Microsoft Wi-Fi Direct Virtual Adapter": "192.168.137.1",
}


@pytest.mark.parametrize(
    ("cards", "default", "ranked"),
    [
        (SCHOOL, "10.20.1.33", ["10.20.1.33", "192.168.7.4", "81.2.69.142", "172.17.0.1", "10.8.0.2"]),
        ({"utun4": "10.8.0.2", "en0": "192.168.7.4"}, "10.8.0.2", ["192.168.7.4", "10.8.0.2"]),
        (WINDOWS, None, ["192.168.137.1", "192.168.56.1", "172.20.0.1"]),
        ({"lo": "127.0.0.1", "en0": "169.254.8.8"}, None, []),
    ],
    ids=["a laptop with many cards", "a tunnel by default", "a hotspot on Windows", "no network"],
)
def test_the_default_route_comes_first_and_virtual_cards_last(
    cards: dict[str, str], default: str | None, ranked: list[str]
) -> None:
    """Phones reach no loopback, no link-local address and no private network, but a hotspot's virtual adapter."""
    assert rank_addresses([NetworkInterface(*card) for card in cards.items()], default) == ranked


@given(cards=CARDS)
def test_no_address_is_lost_doubled_or_made_up(cards: list[NetworkInterface]) -> None:
    found = rank_addresses(cards)
    addresses = {card.address: IPv4Address(card.address) for card in cards}
    outside = {text for text, ip in addresses.items()
               if not (ip.is_loopback or ip.is_link_local or ip.is_unspecified or ip.is_multicast)}  # fmt: skip
    assert set(found) == outside and len(found) == len(outside)


def test_this_machines_addresses_are_found() -> None:
    assert all(not IPv4Address(address).is_loopback for address in lan_addresses())


def test_join_url_is_the_address_and_the_code() -> None:
    assert join_url("192.168.7.4", 8765, "K7QP") == "http://192.168.7.4:8765/K7QP"
