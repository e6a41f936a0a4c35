"""Which address goes onto the wall."""

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


def test_the_way_out_comes_first_then_other_cards_then_what_programs_made_up() -> None:
    """A laptop on the school's network, with a cable, a container, and a private network besides."""
    cards = [
        NetworkInterface("lo", "127.0.0.1"),
        NetworkInterface("docker0", "172.17.0.1"),
        NetworkInterface("tun0", "10.8.0.2"),
        NetworkInterface("eth0", "192.168.7.4"),
        NetworkInterface("wlan0", "10.20.1.33"),
        NetworkInterface("eth1", "169.254.3.4"),
        NetworkInterface("ppp0", "81.2.69.142"),
    ]
    assert rank_addresses(cards, "10.20.1.33") == [
        "10.20.1.33",
        "192.168.7.4",
        "81.2.69.142",
        "172.17.0.1",
        "10.8.0.2",
    ]


def test_a_tunnel_is_last_even_if_it_is_the_way_out() -> None:
    """A teacher's private network takes the default route, and no phone can get there."""
    cards = [NetworkInterface("utun4", "10.8.0.2"), NetworkInterface("en0", "192.168.7.4")]
    assert rank_addresses(cards, "10.8.0.2") == ["192.168.7.4", "10.8.0.2"]


def test_the_adapters_of_virtual_machines_on_windows_are_known_by_their_descriptions() -> None:
    """There a card has a sentence for a name. The hotspot's own adapter is one that phones do reach."""
    cards = [
        NetworkInterface("VirtualBox Host-Only Ethernet Adapter", "192.168.56.1"),
        NetworkInterface("Hyper-V Virtual Ethernet Adapter", "172.20.0.1"),
        NetworkInterface("Microsoft Wi-Fi Direct Virtual Adapter", "192.168.137.1"),
    ]
    assert rank_addresses(cards)[0] == "192.168.137.1"


def test_without_a_network_there_is_no_address() -> None:
    """Loopback and what a card gives itself are of no use to anybody else."""
    assert rank_addresses([NetworkInterface("lo", "127.0.0.1"), NetworkInterface("en0", "169.254.8.8")]) == []


@given(cards=CARDS)
def test_no_address_is_lost_doubled_or_made_up(cards: list[NetworkInterface]) -> None:
    """Whatever a machine has: each address that can be reached from outside, once."""
    found = rank_addresses(cards)
    addresses = {card.address: IPv4Address(card.address) for card in cards}
    outside = {text for text, one in addresses.items()
               if not (one.is_loopback or one.is_link_local or one.is_unspecified or one.is_multicast)}  # fmt: skip
    assert set(found) == outside and len(found) == len(outside)


def test_this_machine_can_be_asked() -> None:
    """What the system tells is addresses, and loopback is not among them."""
    assert all(not IPv4Address(address).is_loopback for address in lan_addresses())


def test_what_a_phone_opens_is_the_address_and_the_code() -> None:
    """Short enough to be typed."""
    assert join_url("192.168.7.4", 8765, "K7QP") == "http://192.168.7.4:8765/K7QP"
