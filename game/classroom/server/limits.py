"""Limits on what phones may request. Addresses are kept only in memory, as keys of counters."""

from __future__ import annotations

from game.core.values import frozen


@frozen
class ServerLimits:
    """Caps, rates and timeouts. Times are in seconds, rates are per second.

    A whole school may share one address. A browser opens up to six connections to load a page, and leaves one open.
    """

    connections: int = 3000
    connections_per_address: int = 600
    seats: int = 1200
    seats_per_address: int = 150
    message_bytes: int = 1024  # of a request's body or a socket's message
    joins: int = 80  # new seats for one address at once (two classes behind a school's address); then `joins_rate`
    rate: float = 5.0  # messages and requests on one connection, and ballots of one seat
    burst: int = 30  # so many of them at once
    wrong_codes: int = 20  # from one address before it has to slow down
    wrong_codes_rate: float = 0.5
    class_wrong_codes: int = 60  # from all addresses together, without the first of each
    class_wrong_codes_rate: float = 0.5
    sockets_per_seat: int = 30  # tabs, and dead sockets that are not noticed yet
    timeout: float = 10.0  # to complete a request, to identify a socket, and to take sent data
    heartbeat: float = 15.0  # between two pings of a socket
    poll_grace: float = 10.0  # a phone that made a request within this time is present
    reconnect_grace: float = 3.0  # a phone stays present for so long after its socket closed: it may return
    farewell: float = 2.5  # an ended class waits so long for phones without a socket, which ask every 2 s
    debounce: float = 0.03  # changes within this time reach the phones as one
    longest_debounce: float = 0.25  # pages wait at most so long while ballots are written and acknowledged
    presence_interval: float = 0.5  # between two updates of presence

    @property
    def joins_rate(self) -> float:
        """How many new seats a second an address gets, once it has used up `joins`."""
        return self.rate / 5
