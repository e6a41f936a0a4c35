"""Small trees that several screens share: button, heading, text, keypad, card, what changed, a QR code."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from game.lang.markup import emphasis_spans, without_emphasis
from game.play import Playthrough
from game.play.history import Fork
from game.play.page import Change, Paragraph, Span
from game.play.share_code import to_code
from game.story.model import Story
from game.ui.i18n import Catalogue, capital
from game.ui.line_edit import LineEdit
from game.ui.tree import OPENING_SPANS, Action, TreeNode


def button(verb: str, label: str, target: str = "", *, value: str = "", hint: str = "", style: str = "") -> TreeNode:
    """Build a button that does `verb` to `target`; both form its node id. `value` and `hint` are as in `TreeNode`."""
    name = f"{verb}:{target}" if target else verb
    return TreeNode("button", name, label, action=Action(verb, target), value=value, hint=hint, style=style)


def screen(name: str, title: str, style: str, *children: TreeNode, action: Action | None = None) -> TreeNode:
    return TreeNode("screen", name, title, style=style, children=children, action=action)


def headed_screen(name: str, title: str, style: str, *children: TreeNode) -> TreeNode:
    """Build a screen with its title as a heading."""
    return screen(name, title, style, heading(title), *children)


def toolbar(*buttons: TreeNode, label: str = "") -> TreeNode:
    """Build the row of buttons at a screen's foot. The label is spoken and not drawn."""
    return TreeNode("group", "tools", label, style="tools", children=buttons)


def button_list(*buttons: TreeNode) -> TreeNode:
    """Build the main buttons of a screen. Number keys press them."""
    return TreeNode("list", "choices", children=buttons)


def heading(label: str) -> TreeNode:
    return TreeNode("heading", "heading-1", label, level=1)


def plain(label: str, node_id: str = "", style: str = "") -> TreeNode:
    return TreeNode("paragraph", node_id, label, style=style)


def marked(text: str, node_id: str) -> TreeNode:
    """Build a paragraph from a text with stars around emphasised words."""
    spans = emphasis_spans(text)
    return TreeNode("paragraph", node_id, without_emphasis(text), spans=spans if len(spans) > 1 else ())


def prose(paragraphs: Iterable[Paragraph], id_prefix: str, style: str = "") -> tuple[TreeNode, ...]:
    """Return paragraphs as nodes. Their terms and people are links, and spoken paragraphs name their speaker."""
    nodes = []
    for number, paragraph in enumerate(paragraphs):
        name = f"{id_prefix}-{number}"
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


def line_entry(
    line: LineEdit, action: Action, label: str, hint: str, done: str, error: str = ""
) -> tuple[TreeNode, ...]:
    """Return a text field, its `error` if there is one, and a button labelled `done` that does the same as Enter."""
    field = TreeNode("field", "field", label, value=line.text, caret=line.caret, action=action, hint=hint)
    wrong = (TreeNode("status", "field-error", error, style="error"),) if error else ()
    return field, *wrong, button_list(button(action.verb, done, action.target, style="main"))


def number_pad(words: Catalogue) -> tuple[TreeNode, TreeNode]:
    """Return a keypad of digits, and the row of buttons below it: to go back, and to delete."""
    digits = (TreeNode("button", f"type:{n}", n, action=Action("type", n), style="key") for n in "1234567890")
    tools = (button("back", words("back")), button("erase", words("code.erase")))
    return (TreeNode("group", "keys", words("hands.keys"), style="keys", children=tuple(digits)), toolbar(*tools))


def content_note_nodes(story: Story, words: Catalogue) -> tuple[TreeNode, ...]:
    lines = (plain(text, f"note-{i}") for i, text in enumerate(story.content_note))
    return (heading(words("content-note")), *lines)


def card(words: Catalogue, name: str, label: str, *lines: TreeNode) -> TreeNode:
    """Build a card: its heading, its lines, and at the foot a button that closes it."""
    cross = TreeNode("mark", style="close")
    close = TreeNode("button", "back", words("close"), action=Action("back"), style="main", children=(cross,))
    return TreeNode(
        "dialog", name, label, style="card",
        children=(heading(label), *lines, button_list(close)),
    )  # fmt: skip


FRAGMENT = "#r="  # stands before a share code in an address: browsers never send what follows a # to a server


def reading_address(site: str, playthrough: Playthrough) -> str:
    """Return the address that opens a playthrough at a site."""
    folder = site if site.endswith((".html", "/")) else f"{site}/"
    return f"{folder}{FRAGMENT}{to_code(playthrough)}"


def take_along(words: Catalogue, site: str, playthrough: Playthrough) -> TreeNode:
    """Build the QR code that opens the reading on a visitor's phone, with its purpose beside it. `site` is the address
    of a site that has the story."""
    url = reading_address(site, playthrough)
    return TreeNode(
        "group", "take-along", style="take-along",
        children=(
            TreeNode("image", "qr", words("take-along.qr", url=url), value=url, style="qr"),
            TreeNode("paragraph", "take-along-text", words("take-along.text")),
        ),
    )  # fmt: skip


def ornament(story: Story) -> tuple[TreeNode, ...]:
    """Return the ornament of the story's pack as a node; empty if it has none."""
    return (TreeNode("ornament", story.ornament, style=story.ornament),) if story.ornament else ()


def change_with_arrow(change: Change) -> str:
    """Return a change to be drawn: the value before, an arrow and the value after. No line ends on the arrow."""
    return f"{capital(change.before)} →\u00a0{change.after}"


def change_in_words(words: Catalogue, change: Change) -> str:
    """Return a change as sentences, to be spoken or printed: the value before and the value after."""
    return words("changes.said", before=capital(change.before), after=change.after)


def change_lines(words: Catalogue, changes: Iterable[Change], id_prefix: str) -> Iterator[TreeNode]:
    for i, change in enumerate(changes):
        drawn = (Span(change_with_arrow(change)),)
        yield TreeNode("paragraph", f"{id_prefix}-{i}", change_in_words(words, change), spans=drawn, style="change")


def what_changed(
    words: Catalogue, answer: Paragraph | None, changes: Iterable[Change], links: tuple[TreeNode, ...] = ()
) -> tuple[TreeNode, ...]:
    """Return the group "What changed": the answer to the last choice, the changes, and `links`, such as the link to
    sources; empty if there is neither an answer nor a change."""
    lines = (*(prose((answer,), "answer", style="answer") if answer else ()), *change_lines(words, changes, "change"))
    group = TreeNode("group", "changes", words("changes"), style="changes", children=(*lines, *links))
    return (group,) if lines else ()


def outcome_lines(words: Catalogue, fork: Fork, id_prefix: str) -> Iterator[TreeNode]:
    """Yield what came of a choice that was taken (`fork`): the answer, or if there is none, the changes. Then yield
    what other people of the story decided in the same matter (`Fork.anyway`)."""
    if fork.answer is not None:
        yield TreeNode("paragraph", f"{id_prefix}-answer", fork.answer.text, style="outcome")
    else:
        yield from change_lines(words, fork.changes, id_prefix)
    if fork.anyway is not None:
        text = fork.anyway.text
        said = words("speech.by", name=words(f"anyway.{fork.pronoun}"), text=text)
        drawn = (Span(said.removesuffix(text), "emphasis"), Span(text))
        yield TreeNode("paragraph", f"{id_prefix}-anyway", said, spans=drawn, style="anyway")
