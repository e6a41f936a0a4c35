"""The addresses for the wall, best first."""

from __future__ import annotations

from ipaddress import IPv4Address

from hypothesis import given
from hypothesis import strategies as st

from game.classroom.server.lan_addresses import NetworkInterface, join_url, lan_addresses, rank_addresses

CARDS = st.lists(
    st.builds(
        NetworkInterface,
        st.sampled_from(["en0", "wlan0", "eth0", "docker0", "utun3", "Intel(R) Wi-Fi 6"]),
        st.ip_addresses(v=4).map(str),
    ),
    max_size=8,
)


def test_the_default_route_comes_first_then_other_cards_then_virtual_cards() -> None:
    """The laptop has the school's wireless network, a cable, a container and a private network."""
    cards = [
        NetworkInterface("lo", "127.0.0.1"),
        NetworkInterface("docker0", "172.17.0.1"),
        NetworkInterface("tun0", "10.8.0.2"),
        NetworkInterface("eth0", "192.168.7.4"),
        NetworkInterface("wlan0", "10.20.1.33"),
        NetworkInterface("eth1", "169.254.3.4"),
        NetworkInterface("ppp0", "81.2.69.142"),
    ]
    assert rank_addresses(cards, "10.20.1.33") == ["10.20.1.33", "192.168.7.4", "81.2.69.142", "172.17.0.1", "10.8.0.2"]


def test_a_tunnel_is_last_even_if_it_is_the_default_route() -> None:
    """Phones cannot reach a teacher's private network."""
    cards = [NetworkInterface("utun4", "10.8.0.2"), NetworkInterface("en0", "192.168.7.4")]
    assert rank_addresses(cards, "10.8.0.2") == ["192.168.7.4", "10.8.0.2"]


def test_the_adapters_of_virtual_machines_on_windows_are_known_by_their_descriptions() -> None:
    """Windows names cards by sentences. Phones can reach the hotspot's virtual adapter."""
    cards = [
        NetworkInterface("VirtualBox Host-Only Ethernet Adapter", "192.168.56.1"),
        NetworkInterface("Hyper-V Virtual Ethernet Adapter", "172.20.0.1"),
        NetworkInterface("Microsoft Wi-Fi Direct Virtual Adapter", "192.168.137.1"),
    ]
    assert rank_addresses(cards)[0] == "192.168.137.1"


def test_without_a_network_there_is_no_address() -> None:
    """Phones cannot reach loopback and link-local addresses."""
    assert rank_addresses([NetworkInterface("lo", "127.0.0.1"), NetworkInterface("en0", "169.254.8.8")]) == []


@given(cards=CARDS)
def test_no_address_is_lost_doubled_or_made_up(cards: list[NetworkInterface]) -> None:
    """Each address that phones can reach comes once."""
    found = rank_addresses(cards)
    addresses = {card.address: IPv4Address(card.address) for card in cards}
    outside = {text for text, ip in addresses.items()
               if not (ip.is_loopback or ip.is_link_local or ip.is_unspecified or ip.is_multicast)}  # fmt: skip
    assert set(found) == outside and len(found) == len(outside)


def test_this_machines_addresses_are_found() -> None:
    """The system gives valid addresses without loopback."""
    assert all(not IPv4Address(address).is_loopback for address in lan_addresses())


def test_join_url_is_the_address_and_the_code() -> None:
    """It is short enough to be typed."""
    assert join_url("192.168.7.4", 8765, "K7QP") == "http://192.168.7.4:8765/K7QP"
