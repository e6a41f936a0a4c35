"""The teacher's screens about the pupils of a class: the expected number, joining, the seats, and one seat. A seat is
one phone's place in the class; several pupils can share it."""

from __future__ import annotations

from collections.abc import Iterator

from game.play.voting import WHOLE_CLASS
from game.ui.class_state import ClassView, SeatInfo
from game.ui.components.parts import button, headed_screen, line_entry, number_pad, plain, toolbar
from game.ui.i18n import Catalogue
from game.ui.screens.wall_page import command_button
from game.ui.state import AppState, ScreenView
from game.ui.tree import Action, TreeNode

MOST_SHARING = 6  # the most pupils at one phone that the teacher can choose


def expected_pupils(app: AppState, view: ScreenView) -> TreeNode:
    """Build the field for the expected number of pupils. The class has that many seats; more pupils have to wait."""
    words, class_view = app.words, app.current_class
    known = class_view.expected
    hint = words("expected.field.hint") if known is None else words("expected.field.change", known=known)
    return headed_screen(
        "expected", words("expected"), "sheet",
        plain(words("expected.text"), "text", style="lead"),
        *line_entry(view.line, Action("expect"), words("expected.field"), hint, words("expected.done")),
        *number_pad(words),
    )  # fmt: skip


def who_is_here(app: AppState, view: ScreenView) -> TreeNode:
    """Build the list of all seats by door (the role that they read), without names, and the buttons about joining."""
    words, class_view = app.words, app.current_class
    doors = [door for door in (WHOLE_CLASS, *app.story.roles) if any(seat.door == door for seat in class_view.seats)]
    return headed_screen(
        "wall-seats", words("seats"), "wide",
        plain(joined_text(words, class_view), "joined", style="lead"),
        plain(words("seats.text" if class_view.seats else "seats.none"), "text", style="small"),
        *(_seats_of_door(app, class_view, door) for door in doors),
        *_removed_seats(words, class_view),
        toolbar(button("back", words("back"), style="main"), *_joining_tools(words, class_view)),
    )  # fmt: skip


def joined_text(words: Catalogue, class_view: ClassView) -> str:
    """Return how many pupils have a seat, how many should come, whether joining is locked, and how many phones wait."""
    n, of = class_view.pupils, class_view.expected
    parts = [words("seats.joined", n=n) if of is None else words("seats.joined.of", here=n, of=of)]
    if class_view.locked:
        parts.append(words("seats.locked"))
    if class_view.waiting:
        parts.append(words("wall.waiting", n=class_view.waiting))
    return words.joined(*parts)


def _joining_tools(words: Catalogue, class_view: ClassView) -> Iterator[TreeNode]:
    if class_view.waiting:
        yield command_button(words, "admit")
        yield command_button(words, "turn-away")
    yield command_button(words, "unlock" if class_view.locked else "lock")
    yield button("wall-expected", words("expected.change"), hint=words("expected.change.hint"))
    if not class_view.joining.trouble:
        yield command_button(words, "new-code")


def _seats_of_door(app: AppState, class_view: ClassView, door: str) -> TreeNode:
    words = app.words
    seats = [seat for seat in class_view.seats if seat.door == door]
    name = app.story.roles[door].name if door != WHOLE_CLASS else words("seats.all")
    buttons = tuple(
        button("wall-seat", seat_label(words, class_view, seat), seat.id, hint=words("seats.hint")) for seat in seats
    )
    row = TreeNode("list", f"seats:{door}", style="row", children=buttons)
    label = words("seats.door", name=name, count=len(seats))
    return TreeNode("group", f"door:{door}", label, style="section", children=(row,))


def _removed_seats(words: Catalogue, class_view: ClassView) -> Iterator[TreeNode]:
    if class_view.removed:
        buttons = tuple(
            button("readmit-seat", words("seat.readmit", number=seat.number), seat.id, hint=words("seat.readmit.hint"))
            for seat in class_view.removed
        )
        row = TreeNode("list", "seats-removed", style="row", children=buttons)
        yield TreeNode("group", "door-removed", words("seats.removed"), style="section", children=(row,))


def seat_label(words: Catalogue, class_view: ClassView, seat: SeatInfo) -> str:
    """Return a seat in words: its number, how many pupils share it, and whether it has voted or is disconnected."""
    parts = [words("seat.number", number=seat.number)]
    if seat.pupils > 1:
        parts.append(words("seat.pupils", n=seat.pupils))
    if not seat.here:
        parts.append(words("seat.away") if seat.away is None else words("seat.away.for", n=seat.away))
    if class_view.phase != "reading" and seat.has_vote:
        parts.append(words("seat.voted" if seat.voted else "seat.not-voted"))
    return words.joined(*parts)


def one_seat(app: AppState, view: ScreenView) -> TreeNode:
    """Build the screen of one seat, with its commands. `view.argument` is the seat's id."""
    words, class_view = app.words, app.current_class
    seat = next((found for found in class_view.seats if found.id == view.argument), None)
    back = button("back", words("back"), style="main")
    if seat is None:
        return headed_screen("wall-seat", words("seat.gone"), "sheet", toolbar(back))
    return headed_screen(
        "wall-seat", words("seat", number=seat.number), "sheet",
        plain(seat_label(words, class_view, seat), "standing", style="lead"),
        plain(words("seat.text"), "text", style="small"),
        toolbar(back, *_seat_tools(app, seat)),
    )  # fmt: skip


def _seat_tools(app: AppState, seat: SeatInfo) -> Iterator[TreeNode]:
    words, doors = app.words, list(app.story.roles)
    if seat.door in doors and len(doors) > 1:
        other = app.story.roles[doors[(doors.index(seat.door) + 1) % len(doors)]]
        yield button("move-seat", words("seat.move", name=other.name), seat.id, hint=words("seat.move.hint"))
    if seat.pupils < MOST_SHARING:
        target = f"{seat.id}/{seat.pupils + 1}"
        yield button("share-seat", words("seat.share", n=seat.pupils + 1), target, hint=words("seat.share.hint"))
    if seat.pupils > 1:
        yield button("share-seat", words("seat.alone"), f"{seat.id}/1")
    yield button("remove-seat", words("seat.remove"), seat.id, hint=words("seat.remove.hint"))
