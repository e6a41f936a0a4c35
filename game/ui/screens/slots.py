"""The save slots, each with its picture, its place in the story and its time; also the screens of share codes."""

from __future__ import annotations

from dataclasses import replace

from game.play import Playthrough
from game.play.base32_check import ALPHABET, GROUP, find_typo, group_letters
from game.play.save_files import SLOTS, SlotInfo
from game.play.share_code import to_code
from game.ui.components.parts import button, button_list, headed_screen, line_entry, plain, toolbar
from game.ui.line_edit import LineEdit
from game.ui.state import AppState, ScreenView
from game.ui.time_wording import past_in_words
from game.ui.tree import Action, TreeNode


def slots(app: AppState, view: ScreenView) -> TreeNode:
    """Build the screen for saving into a slot ("slots-store"), or for loading ("slots-fetch"). What can be loaded are
    slots, the playthrough that the current one replaced, and kept copies of files that saving would have destroyed."""
    words = app.words
    storing = view.screen == "slots-store"
    kept = {slot.name: slot for slot in app.slots}
    rows = []
    if app.playthrough is not None and app.playthrough.entries:
        rows.append(plain(words("slots.own", place=place_of(app, app.playthrough)), "own", style="empty"))
    if app.aside is not None and not storing:
        rows.append(button("take-up", words("slots.aside"), value=place_of(app, app.aside)))
    rows += [_row(app, number, kept.get(number), storing) for number in SLOTS]
    if not storing:
        rows += [_row(app, name, slot, storing) for name, slot in kept.items() if isinstance(name, str)]
    name = words("slots.store" if storing else "slots.fetch")
    tools = [button("back", words("back"))]
    if not storing:
        tools.append(button("code", words("code")))
    if "files" in app.offers:
        tools.append(button("export", words("slots.export")) if storing else button("import", words("slots.import")))
    return headed_screen(view.screen, name, "menu", button_list(*rows), toolbar(*tools))


def _row(app: AppState, number: int | str, slot: SlotInfo | None, storing: bool) -> TreeNode:
    words = app.words
    if slot is None:
        empty = words("slots.empty", number=number)
        return button("store", empty, str(number)) if storing else plain(empty, f"slot-{number}", style="empty")
    if slot.trouble:
        label, value = words("slots.trouble", number=number), words(f"save.{slot.trouble}")
    else:
        of = words("slots.beside") if isinstance(number, str) else number
        label = words("slots.kept", number=of, title=slot.title, name=_name(app, slot.role))
        where = words.joined(slot.date, slot.place)
        value = words.joined(where, past_in_words(words, slot.when, app.now))
    picture = replace(slot.picture, folder=app.story.folder) if slot.picture is not None else None
    alt = picture.alt if picture is not None and picture.alt else words("slots.picture.none")
    hint = words("slots.delete.hint", number=number) if isinstance(number, int) else ""
    return TreeNode(
        "group", f"slot-{number}", style="slot",
        children=(
            TreeNode("image", f"picture-{number}", alt, picture=picture),
            button("store" if storing else "fetch", label, str(number), value=value),
            button("delete", words("slots.delete"), str(number), hint=hint, style="tool"),
        ),
    )  # fmt: skip


def place_of(app: AppState, playthrough: Playthrough) -> str:
    """Return a playthrough's present page and role in words: date, title and the role's name."""
    page = playthrough.page
    name = _name(app, playthrough.role) if playthrough.role else ""
    return app.words.joined(page.when, page.title, name)


def _name(app: AppState, role: str) -> str:
    return app.story.roles[role].name if role in app.story.roles else role


COPIED = "copied"  # the argument of the share screen once the code has been copied


def share(app: AppState, view: ScreenView) -> TreeNode:
    """Build the screen with the share code of the current playthrough."""
    words = app.words
    code = to_code(app.current)
    tools = [button("back", words("back"), style="main")]
    if "clipboard" in app.offers:
        tools.append(button("copy", words("share.copy")))
    if "link" in app.offers:
        tools.append(button("link", words("share.link"), hint=words("share.link.hint")))
    said = (TreeNode("status", "copied", words("share.copied"), style="small"),) if view.argument == COPIED else ()
    return headed_screen(
        "share", words("share"), "sheet",
        TreeNode("paragraph", "code", code, value=_spelled(code), style="code"),
        *said,
        plain(words("share.text"), "text", style="lead"),
        plain(words("share.letters"), "letters", style="small"),
        toolbar(*tools),
    )  # fmt: skip


def code(app: AppState, view: ScreenView) -> TreeNode:
    """Build the screen for typing a share code, with a button for each letter for readers without a keyboard."""
    words, line = app.words, view.line
    mistake = find_typo(line.text)
    wrong = view.argument or (
        words(f"code.{mistake.reason}", group=mistake.group, letter=mistake.letter) if mistake is not None else ""
    )
    behind = line.caret + max(0, line.caret - 1) // GROUP  # the characters before the caret, with the hyphens
    entry = line_entry(
        LineEdit(group_letters(line.text), behind), Action("open-code"), words("code.field"), words("code.field.hint"),
        words("code.open"), wrong,
    )  # fmt: skip
    keys = [button("type", letter, letter, style="key") for letter in ALPHABET]
    edits = [button("erase", words("code.erase"))]
    if "clipboard" in app.offers:
        edits.append(button("paste", words("code.paste")))
    return headed_screen(
        "code", words("code"), "sheet",
        *entry,
        TreeNode("group", "keys", words("code.keys"), style="keys", children=tuple(keys)),
        plain(words("code.text"), "text", style="small"),
        toolbar(button("back", words("back")), *edits),
    )  # fmt: skip


def _spelled(code: str) -> str:
    """Return the code letter by letter for the voice, with a pause after each group."""
    return ". ".join(", ".join(group) for group in code.split("-")) + "."
