"""Web addresses of sites, as a museum or a school writes them."""

from __future__ import annotations

import re

LONGEST = 120  # characters; the modules of a longer one's QR code are too small for a phone some way off
_SITE = re.compile(r"https?://([A-Za-z0-9.-]+|\[[0-9a-fA-F:.]+\])(:[0-9]{1,5})?(/[!$%&'()*+,./0-9:;=@A-Z_a-z~-]*)?")


def web_address_problem(address: str) -> str:
    """What is wrong with the address of a site, in one clause; "" where nothing is."""
    if not _SITE.fullmatch(address):
        return f"`{address}` is no address of a site"
    if len(address) > LONGEST:
        return f"an address of {len(address)} characters makes a code too fine for a phone; {LONGEST} are the most"
    return ""
