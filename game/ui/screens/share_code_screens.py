"""The share code of a playthrough, and the field for another one's."""

from __future__ import annotations

from game.play.base32_check import ALPHABET, GROUP, find_typo, group_letters
from game.play.share_code import to_code
from game.ui.components.parts import button, heading, plain
from game.ui.state import AppState, ScreenView
from game.ui.tree import Action, TreeNode

COPIED = "copied"  # what the screen of the code is about, once it was copied


def share(app: AppState, view: ScreenView) -> TreeNode:
    """The code of this reading, which says nothing of who read it."""
    assert app.playthrough is not None
    words = app.words
    code = to_code(app.playthrough)
    tools = [button("back", words("back"), style="main")]
    if "clipboard" in app.offers:
        tools.append(button("copy", words("share.copy")))
    said = (TreeNode("status", "copied", words("share.copied"), style="small"),) if view.argument == COPIED else ()
    return TreeNode(
        "screen", "share", words("share"), style="sheet",
        children=(
            heading(words("share")),
            TreeNode("paragraph", "code", code, value=_spelled(code), style="code"),
            *said,
            plain(words("share.text"), "text", style="lead"),
            plain(words("share.letters"), "letters", style="small"),
            TreeNode("group", "tools", style="tools", children=tuple(tools)),
        ),
    )  # fmt: skip


def code(app: AppState, view: ScreenView) -> TreeNode:
    """A line to type a code on, with its letters to be pressed where there is no keyboard."""
    words, line = app.words, view.line
    mistake = find_typo(line.text)
    wrong = view.argument or (
        words(f"code.{mistake.reason}", group=mistake.group, letter=mistake.letter) if mistake is not None else ""
    )
    said = (TreeNode("status", "field-error", wrong, style="error"),) if wrong else ()
    behind = line.caret + max(0, line.caret - 1) // GROUP  # the strokes between the groups stand before it too
    field = TreeNode(
        "field", "field", words("code.field"), value=group_letters(line.text), caret=behind,
        action=Action("open-code"), hint=words("code.field.hint"),
    )  # fmt: skip
    keys = [
        TreeNode("button", f"type:{letter}", letter, action=Action("type", letter), style="key") for letter in ALPHABET
    ]
    edits = [button("erase", words("code.erase"))]
    if "clipboard" in app.offers:
        edits.append(button("paste", words("code.paste")))
    return TreeNode(
        "screen", "code", words("code"), style="sheet",
        children=(
            heading(words("code")),
            field,
            *said,
            TreeNode("list", "choices", children=(button("open-code", words("code.open"), style="main"),)),
            TreeNode("group", "keys", words("code.keys"), style="keys", children=tuple(keys)),
            plain(words("code.text"), "text", style="small"),
            TreeNode("group", "tools", style="tools", children=(button("back", words("back")), *edits)),
        ),
    )  # fmt: skip


def _spelled(code: str) -> str:
    """The code letter by letter, with a rest after each group, for whoever hears it."""
    return ". ".join(", ".join(group) for group in code.split("-")) + "."
