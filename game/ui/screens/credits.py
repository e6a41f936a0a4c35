"""Whose work this program stands on: each part with its licence, and each licence in full."""

from __future__ import annotations

import re

from game.ui.app import App, View
from game.ui.screens.parts import button, heading, plain
from game.ui.tree import Node

KINDS = ("game", "font", "library")


def credits(app: App, view: View) -> Node:
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
            groups += [Node("paragraph", f"kind-{kind}", words(f"credits.{kind}"), style="eyebrow"),
                       Node("list", "choices" if kind == KINDS[0] else f"list-{kind}", children=rows)]  # fmt: skip
    return Node(
        "screen", "credits", words("credits"), style="sheet",
        children=(
            heading(words("credits")),
            plain(words("credits.text"), "text", style="small"),
            *groups,
            Node("group", "tools", style="tools", children=(button("back", words("back"), style="main"),)),
        ),
    )  # fmt: skip


def licence(app: App, view: View) -> Node:
    """A licence's own text; `view.argument` is its number among the credits."""
    credit = app.credits[int(view.argument)]
    paragraphs = [" ".join(part.split()) for part in re.split(r"\n\s*\n", credit.text)]
    lines = [plain(text, f"text-{i}", style="small") for i, text in enumerate(filter(None, paragraphs))]
    return Node(
        "screen", "licence", credit.name, style="sheet",
        children=(
            plain(credit.licence, "licence", style="eyebrow"),
            heading(credit.name),
            *lines,
            Node("group", "tools", style="tools", children=(
                button("back", app.words("back"), style="main"),
            )),
        ),
    )  # fmt: skip
