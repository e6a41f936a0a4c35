"""The picture of a page alone, without its sheet."""

from __future__ import annotations

from game.ui.components.parts import button
from game.ui.scenery import picture_of
from game.ui.state import AppState, ScreenView
from game.ui.tree import Action, TreeNode


def picture(app: AppState, view: ScreenView) -> TreeNode:
    """What the picture shows, which is said and not drawn, and the way back: a press anywhere, or any key."""
    words, shown = app.words, picture_of(app)
    return TreeNode(
        "screen", "picture", words("look"), style="picture", action=Action("back"),
        children=(
            TreeNode("image", "shown", shown.alt if shown is not None else ""),
            TreeNode("group", "tools", style="tools", children=(
                button("back", words("look.back"), hint=words("look.back.hint")),
            )),
        ),
    )  # fmt: skip
