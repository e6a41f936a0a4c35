"""Limits on what phones may ask of the server. Addresses are only keys of counters in memory."""

from __future__ import annotations

from game.core.values import frozen


@frozen
class ServerLimits:
    """Caps, rates and timeouts. An address can be shared by a whole school.

    A browser opens up to six connections to load a page, and keeps one. Times are in seconds, rates a second.
    """

    connections: int = 3000
    connections_per_address: int = 600
    seats: int = 1200
    seats_per_address: int = 150
    message_bytes: int = 1024  # of a request's body or a socket's message
    joins: int = 80  # new seats of one address at once: two classes behind a school's one; then `joins_rate`
    rate: float = 5.0  # messages and requests of one connection, and ballots of one seat
    burst: int = 30
    wrong_codes: int = 20  # of one address, before it has to slow down
    wrong_codes_rate: float = 0.5
    class_wrong_codes: int = 60  # of all addresses, but for the first one of each
    class_wrong_codes_rate: float = 0.5
    sockets_per_seat: int = 30  # tabs, and sockets of which nobody knows yet that they are dead
    timeout: float = 10.0  # for a request to be complete, a socket to identify itself, and sent data to be taken
    heartbeat: float = 15.0  # between two pings of a socket
    poll_grace: float = 10.0  # a phone that made a request within this time is present
    reconnect_grace: float = 3.0  # a phone whose socket closed is present for so long: it may come back
    farewell: float = 2.5  # that a class which is over waits for phones that have no socket: they ask every 2 s
    debounce: float = 0.03  # changes within this time are sent to the phones as one
    longest_debounce: float = 0.25  # for which pages wait while ballots are written: acknowledgements first
    presence_interval: float = 0.5  # between two updates of who is present

    @property
    def joins_rate(self) -> float:
        """New seats of one address a second, after the first ones: a fifth of what one connection may ask."""
        return self.rate / 5
