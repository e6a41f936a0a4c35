"""Limits of a relay. A school may stand behind one address, so those for an address are wide.

Each process counts for itself: two processes behind one name let twice as much through.
"""

from __future__ import annotations

from game.core.values import frozen


@frozen
class RelayLimits:
    """Caps, rates (a second) and times (in seconds)."""

    rooms: int = 1000
    rooms_per_address: int = 50  # of teachers' links: a school may have one address
    phones_per_room: int = 1200  # sockets that the teacher's program has answered
    phones_per_address: int = 600  # of these, in one room: half of it, so that no address fills a room
    newcomers_per_room: int = 600  # sockets and requests that are not answered yet
    connections: int = 20_000
    connections_per_address: int = 1500
    message_bytes: int = 1024  # of a phone's message or request
    frame_bytes: int = 512 * 1024  # of a teacher's frame: a page, with the ids of all phones that get it
    rate: float = 5.0  # messages of one phone's connection
    burst: int = 30
    joins_rate: float = 10.0  # requests for a seat of one address in one room: a browser without a name asks twice
    joins_burst: int = 240
    wrong_codes: int = 20  # of one address
    wrong_codes_rate: float = 0.5
    timeout: float = 10.0  # for a request to be complete or answered, a teacher to say `open`, a socket to be answered
    heartbeat: float = 5.0  # between two pings of a teacher; half of it later the link is dropped
    phone_heartbeat: float = 15.0  # of a phone, as on the local network: with 5 s most of what was sent were pings
    unsent_messages: int = 64  # to one phone; a reader that falls behind further is dropped
    unsent_characters: int = 1024 * 1024
    unsent_frames: int = 20_000  # to one teacher, and characters of these
    unsent_frame_characters: int = 16 * 1024 * 1024
    drain: float = 8.0  # that an ending process waits for its rooms to move
    refresh: float = 5.0  # between two refreshes of the store
    record_ttl: int = 900  # that the store keeps a room whose relay is gone
