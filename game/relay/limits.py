"""Limits of a relay. A whole school may share one address, so the limits for an address are wide.

Each process counts for itself: two processes behind one name allow twice as much.
"""

from __future__ import annotations

from game.core.values import frozen


@frozen
class RelayLimits:
    """Limits of a relay. Rates are per second, times in seconds."""

    rooms: int = 1000
    rooms_per_address: int = 50  # rooms opened from one address; a whole school may share one
    phones_per_room: int = 1200  # sockets that the teacher's program has answered
    phones_per_address: int = 600  # sockets of one address in one room: half of them, so that it cannot fill a room
    newcomers_per_room: int = 600  # sockets and requests that have no answer yet
    connections: int = 20_000
    connections_per_address: int = 1500
    message_bytes: int = 1024  # in a phone's message or request
    frame_bytes: int = 512 * 1024  # in a teacher's frame: a page, with the ids of all its phones
    rate: float = 5.0  # messages on one phone's connection
    burst: int = 30  # so many of them at once
    joins_rate: float = 10.0  # requests for a seat, from one address in one room; a browser without a name sends two
    joins_burst: int = 240
    wrong_codes: int = 20  # from one address before it has to slow down
    wrong_codes_rate: float = 0.5
    timeout: float = 10.0  # until a request is complete or answered, a teacher has sent `open`, a socket is answered
    heartbeat: float = 5.0  # between two pings to a teacher; without an answer the link ends half of this later
    phone_heartbeat: float = 15.0  # between two pings to a phone; with 5 s, most messages were pings
    unsent_messages: int = 64  # waiting for one phone; a slower reader is dropped
    unsent_characters: int = 1024 * 1024
    unsent_frames: int = 20_000  # waiting for one teacher; the next limit is on their characters
    unsent_frame_characters: int = 16 * 1024 * 1024
    drain: float = 8.0  # how long an ending process waits until its rooms have moved
    refresh: float = 5.0  # between two refreshes of the records
    record_ttl: int = 900  # how long a room stays in the store without its relay
