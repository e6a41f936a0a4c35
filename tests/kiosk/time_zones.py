"""Time zones with daylight saving time, made from POSIX rules, without the system's database."""

from __future__ import annotations

import io
import struct
from zoneinfo import ZoneInfo


def zone(rule: str) -> ZoneInfo:
    """The zone of a POSIX rule, through a TZif file with one transition and the rule as its footer."""
    header = struct.pack(">4sc15x6l", b"TZif", b"2", 0, 0, 0, 0, 1, 4)
    data = struct.pack(">lbb4s", 0, 0, 0, b"UTC\0")
    return ZoneInfo.from_file(io.BytesIO(2 * (header + data) + b"\n" + rule.encode() + b"\n"), key=rule)


BERLIN = zone("CET-1CEST,M3.5.0,M10.5.0/3")  # forward at 02:00, back at 03:00
LORD_HOWE = zone("<+1030>-10:30<+11>-11,M10.1.0,M4.1.0")  # by half an hour, in the southern summer
AT_MIDNIGHT = zone("<-04>4<-03>,M9.1.6/24,M4.1.6/24")  # Chile's: a skipped midnight, and a repeated one
