"""Web addresses of sites, as a museum or a school writes them."""

from __future__ import annotations

import re

LONGEST = 120  # characters; a longer address has a QR code too fine for a distant phone
_SITE = re.compile(r"https?://([A-Za-z0-9.-]+|\[[0-9a-fA-F:.]+\])(:[0-9]{1,5})?(/[!$%&'()*+,./0-9:;=@A-Z_a-z~-]*)?")


def web_address_problem(address: str) -> str:
    """What is wrong with the address of a site, in one clause; "" if nothing is."""
    if not _SITE.fullmatch(address):
        return f"`{address}` is not the address of a site"
    if len(address) > LONGEST:
        return f"an address of {len(address)} characters makes a code too fine for a phone; {LONGEST} are the most"
    return ""
