"""The controls: how to play with each device, and the part of it that is shown before the first page."""

from __future__ import annotations

from game.ui.components.parts import button, heading, plain
from game.ui.i18n import Catalogue
from game.ui.state import AppState, ScreenView
from game.ui.tree import TreeNode

WINDOW_DEVICES = ("keyboard", "mouse", "touch", "gamepad")


def controls(app: AppState, view: ScreenView) -> TreeNode:
    """How to play with every device, that of the reader first."""
    words = app.words
    if app.device == "terminal":
        shown = (plain(words("controls.terminal"), "terminal"),)
    else:
        others = (device for device in WINDOW_DEVICES if device != app.device)
        reader = (plain(words("controls.reader"), "reader", style="small"),) if "reader" in app.offers else ()
        shown = (*(_device(words, device) for device in (app.device, *others)), *reader)
    return TreeNode(
        "screen", "controls", words("controls"), style="sheet",
        children=(
            heading(words("controls")),
            *shown,
            TreeNode("group", "tools", style="tools", children=(button("back", words("back"), style="main"),)),
        ),
    )  # fmt: skip


def device_controls(words: Catalogue, device: str) -> TreeNode:
    """How to play with one device, and where to read it again."""
    return plain(words("controls.first", how=words(f"controls.{device}")), "controls", style="small")


def _device(words: Catalogue, device: str) -> TreeNode:
    """A device's controls under its name; of the keyboard, those too that a first reader does not need."""
    lines = [plain(words(f"controls.{device}"), f"{device}-text", style="label")]
    if device == "keyboard":
        lines.append(plain(words("controls.keyboard.more"), "keyboard-more", style="label"))
    return TreeNode(
        "group", f"section:{device}", words(f"controls.{device}.name"), style="section", children=tuple(lines)
    )
