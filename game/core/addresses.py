"""Addresses: the ports of the program's servers, and a check of the web addresses that users give."""

from __future__ import annotations

import re

# The default ports differ, so that all servers can run on one machine.
CLASS_PORT = 8765  # of the phones' page
HEALTH_PORT = 8766  # of a kiosk's health page
RELAY_PORT = 8770

LONGEST = 120  # characters; the QR code of a longer address is too fine for a distant phone
_SITE = re.compile(r"https?://([A-Za-z0-9.-]+|\[[0-9a-fA-F:.]+\])(:[0-9]{1,5})?(/[!$%&'()*+,./0-9:;=@A-Z_a-z~-]*)?")


def web_address_problem(address: str) -> str:
    """Return what is wrong with a site's address, in one clause; "" if nothing is."""
    if not _SITE.fullmatch(address):
        return f"`{address}` is not the address of a site"
    if len(address) > LONGEST:
        return f"an address of {len(address)} characters makes a code too fine for a phone; {LONGEST} are the most"
    return ""
