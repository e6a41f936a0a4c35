"""A code for a phone's camera, by which somebody takes a reading along to a site of the story."""

from __future__ import annotations

from game.play import Playthrough
from game.play.share_code import to_code
from game.ui.i18n import Catalogue
from game.ui.tree import TreeNode

FRAGMENT = "#r="  # before a share code in a site's address: what is behind a # no server is sent


def reading_address(site: str, playthrough: Playthrough) -> str:
    """The address of a reading at a site."""
    folder = site if site.endswith((".html", "/")) else f"{site}/"
    return f"{folder}{FRAGMENT}{to_code(playthrough)}"


def take_along(words: Catalogue, site: str, playthrough: Playthrough) -> TreeNode:
    """The code, with what it is for beside it. `site` is the address of a site."""
    url = reading_address(site, playthrough)
    return TreeNode(
        "group", "take-along", style="take-along",
        children=(
            TreeNode("image", "qr", words("take-along.qr", url=url), value=url, style="qr"),
            TreeNode("paragraph", "take-along-text", words("take-along.text")),
        ),
    )  # fmt: skip
