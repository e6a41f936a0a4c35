"""Small trees that several screens share: button, heading, paragraph, keypad, card."""

from __future__ import annotations

from collections.abc import Iterable

from game.lang.markup import emphasis_spans, without_emphasis
from game.play.page import Paragraph
from game.story.model import Story
from game.ui.i18n import Catalogue
from game.ui.tree import OPENING_SPANS, Action, TreeNode


def button(verb: str, label: str, target: str = "", *, value: str = "", hint: str = "", style: str = "") -> TreeNode:
    """A button whose id is its verb and target."""
    name = f"{verb}:{target}" if target else verb
    return TreeNode("button", name, label, action=Action(verb, target), value=value, hint=hint, style=style)


def heading(label: str, level: int = 1) -> TreeNode:
    return TreeNode("heading", f"heading-{level}", label, level=level)


def plain(label: str, node_id: str = "", style: str = "") -> TreeNode:
    return TreeNode("paragraph", node_id, label, style=style)


def marked(text: str, node_id: str) -> TreeNode:
    """A paragraph of a text in which stars mark what is emphasised."""
    spans = emphasis_spans(text)
    return TreeNode("paragraph", node_id, without_emphasis(text), spans=spans if len(spans) > 1 else ())


def prose(paragraphs: Iterable[Paragraph], prefix: str, style: str = "") -> tuple[TreeNode, ...]:
    """Paragraphs as nodes; their terms and people are links, and a quoted one names its speaker."""
    nodes = []
    for number, paragraph in enumerate(paragraphs):
        name = f"{prefix}-{number}"
        marked = [span for span in paragraph.spans if span.kind in OPENING_SPANS]
        links = tuple(
            TreeNode("link", f"{name}.{i}", span.text, action=Action(span.kind, span.target or ""), style=span.kind)
            for i, span in enumerate(marked)
        )
        nodes.append(
            TreeNode("paragraph", name, paragraph.text, spans=paragraph.spans, children=links,
                 value=paragraph.by or "", style=style or ("mouth" if paragraph.by else ""))
        )  # fmt: skip
    return tuple(nodes)


def number_pad(words: Catalogue) -> tuple[TreeNode, TreeNode]:
    """A keypad of digits, and the tools below it."""
    digits = (TreeNode("button", f"type:{n}", n, action=Action("type", n), style="key") for n in "1234567890")
    tools = (button("back", words("back")), button("erase", words("code.erase")))
    return (
        TreeNode("group", "keys", words("hands.keys"), style="keys", children=tuple(digits)),
        TreeNode("group", "tools", style="tools", children=tools),
    )


def content_note_nodes(story: Story, words: Catalogue) -> tuple[TreeNode, ...]:
    """What is in a story, under its heading."""
    lines = (plain(text, f"note-{i}") for i, text in enumerate(story.content_note))
    return (heading(words("content-note")), *lines)


def card(words: Catalogue, name: str, label: str, *lines: TreeNode) -> TreeNode:
    """A card under its heading, with the way back at its foot."""
    cross = TreeNode("mark", style="close")
    close = TreeNode("button", "back", words("close"), action=Action("back"), style="main", children=(cross,))
    return TreeNode(
        "dialog", name, label, style="card",
        children=(heading(label), *lines, TreeNode("list", "choices", children=(close,))),
    )  # fmt: skip
