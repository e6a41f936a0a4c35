"""The save slots: each with its picture, its place in the story, and when it was saved."""

from __future__ import annotations

from game.play import Playthrough
from game.play.save_files import SLOTS, SlotInfo
from game.ui.components.parts import button, heading, plain
from game.ui.state import AppState, ScreenView
from game.ui.time_wording import past_in_words
from game.ui.tree import Action, TreeNode


def slots(app: AppState, view: ScreenView) -> TreeNode:
    """What is kept by itself: the playthrough, and to take up again the one that it replaced; then the slots."""
    words = app.words
    storing = view.screen == "slots-store"
    kept = {slot.name: slot for slot in app.slots}
    rows = []
    if app.playthrough is not None and app.playthrough.entries:
        rows.append(plain(words("slots.own", place=place_of(app, app.playthrough)), "own", style="empty"))
    if app.aside is not None and not storing:
        rows.append(button("take-up", words("slots.aside"), value=place_of(app, app.aside)))
    rows += [_row(app, number, kept.get(number), storing) for number in SLOTS]
    name = words("slots.store" if storing else "slots.fetch")
    tools = [button("back", words("back"))]
    if not storing:
        tools.append(button("code", words("code")))
    if "files" in app.offers:
        tools.append(button("export", words("slots.export")) if storing else button("import", words("slots.import")))
    return TreeNode(
        "screen", view.screen, name, style="menu",
        children=(
            heading(name),
            TreeNode("list", "choices", children=tuple(rows)),
            TreeNode("group", "tools", style="tools", children=tuple(tools)),
        ),
    )  # fmt: skip


def _row(app: AppState, number: int, slot: SlotInfo | None, storing: bool) -> TreeNode:
    words = app.words
    if slot is None:
        empty = words("slots.empty", number=number)
        return button("store", empty, str(number)) if storing else plain(empty, f"slot-{number}", style="empty")
    if slot.trouble:
        label, value = words("slots.trouble", number=number), words(f"save.{slot.trouble}")
    else:
        label = words("slots.kept", number=number, title=slot.title, name=_name(app, slot.role))
        where = words("page.dateline.join").join(filter(None, (slot.date, slot.place)))
        value = words("page.dateline.join").join(filter(None, (where, past_in_words(words, slot.when, app.now))))
    picture = slot.picture
    alt = picture.alt if picture is not None and picture.alt else words("slots.picture.none")
    act = Action("store" if storing else "fetch", str(number))
    delete = TreeNode("button", f"delete:{number}", words("slots.delete"), action=Action("delete", str(number)),
                  hint=words("slots.delete.hint", number=number), style="tool")  # fmt: skip
    return TreeNode(
        "group", f"slot-{number}", style="slot",
        children=(
            TreeNode("image", f"picture-{number}", alt, picture=picture),
            TreeNode("button", f"{act.verb}:{number}", label, action=act, value=value),
            delete,
        ),
    )  # fmt: skip


def place_of(app: AppState, playthrough: Playthrough) -> str:
    """Where a playthrough stands: date, title, and whose door."""
    page = playthrough.page
    name = _name(app, playthrough.role) if playthrough.role else ""
    return app.words("page.dateline.join").join(filter(None, (page.when, page.title, name)))


def _name(app: AppState, role: str) -> str:
    return app.story.roles[role].name if role in app.story.roles else role
