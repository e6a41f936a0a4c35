"""Credits: each part of the program with its licence, and each licence in full."""

from __future__ import annotations

import re

from game.ui.components.parts import button, heading, plain
from game.ui.state import AppState, ScreenView
from game.ui.tree import TreeNode

KINDS = ("game", "font", "library")


def credits(app: AppState, view: ScreenView) -> TreeNode:
    """Every part under its kind; its licence is pressed to be read."""
    words = app.words
    groups = []
    for kind in KINDS:
        rows = tuple(
            button("licence", credit.name, str(number), value=credit.licence)
            for number, credit in enumerate(app.credits)
            if credit.kind == kind
        )
        if rows:
            groups += [TreeNode("paragraph", f"kind-{kind}", words(f"credits.{kind}"), style="eyebrow"),
                       TreeNode("list", "choices" if kind == KINDS[0] else f"list-{kind}", children=rows)]  # fmt: skip
    return TreeNode(
        "screen", "credits", words("credits"), style="sheet",
        children=(
            heading(words("credits")),
            plain(words("credits.text"), "text", style="small"),
            *groups,
            TreeNode("group", "tools", style="tools", children=(button("back", words("back"), style="main"),)),
        ),
    )  # fmt: skip


def licence(app: AppState, view: ScreenView) -> TreeNode:
    """A licence's own text; `view.argument` is its number among the credits."""
    credit = app.credits[int(view.argument)]
    paragraphs = [" ".join(part.split()) for part in re.split(r"\n\s*\n", credit.text)]
    lines = [plain(text, f"text-{i}", style="small") for i, text in enumerate(filter(None, paragraphs))]
    return TreeNode(
        "screen", "licence", credit.name, style="sheet",
        children=(
            plain(credit.licence, "licence", style="eyebrow"),
            heading(credit.name),
            *lines,
            TreeNode("group", "tools", style="tools", children=(
                button("back", app.words("back"), style="main"),
            )),
        ),
    )  # fmt: skip
