"""Checks of the Host and Origin headers against DNS rebinding and foreign pages, and the security headers."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from ipaddress import IPv4Address

_HOST = re.compile(r"([A-Za-z0-9.-]{1,253})(:[0-9]{1,5})?")


def is_known_host(host: str, names: Collection[str]) -> bool:
    """Whether a Host header is an IPv4 address or one of the names (in lower case), with a port or without.

    DNS rebinding: a foreign page can have its own name point to this machine, but not an address.
    """
    found = _HOST.fullmatch(host)
    if found is None:
        return False
    if found[1].casefold() in names:
        return True
    try:
        IPv4Address(found[1])
    except ValueError:
        return False
    return True


def is_same_origin(origin: str | None, host: str) -> bool:
    """Whether a request comes from a page of this server, or has no Origin."""
    return origin is None or origin.casefold() == f"http://{host}".casefold()


def security_headers(host: str = "", home: str = "") -> Mapping[str, str]:
    """The headers of every answer.

    Args:
        host: where the page's socket goes: older Safaris need it by name.
        home: the address at which phones join, if it is another than each.
    """
    socket = (f" ws://{host}" if host else "") + (f" {home}" if home else "")
    policy = (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
        f"connect-src 'self'{socket}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )
    return {
        "Content-Security-Policy": policy,
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "no-referrer",
        "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Cache-Control": "no-store",
        "Server": "class",  # in place of the library's name and version
    }
