"""The screens of a class's wall, which all pupils see: page and toolbar, joining, counting hands, deciding, the
debrief. A door is the id of the role that half of the class reads."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from game.play.desk_story import BEFORE
from game.play.engine import SKIP
from game.play.voting import WHOLE_CLASS, counts
from game.ui.class_state import ClassHalf, ClassView, DoorChoice, picks
from game.ui.components.parts import (
    button,
    button_list,
    content_note_nodes,
    headed_screen,
    heading,
    line_entry,
    number_pad,
    plain,
    screen,
    take_along,
    toolbar,
)
from game.ui.i18n import Catalogue
from game.ui.screens import wall_page as parts
from game.ui.screens.debrief import next_button, onward, screen_nodes, talk_tools
from game.ui.screens.desk import questionnaire_button
from game.ui.screens.teacher import teacher_screen
from game.ui.screens.wall_seats import joined_text
from game.ui.state import AppState, ScreenView
from game.ui.tree import Action, TreeNode


def wall(app: AppState, view: ScreenView) -> TreeNode:
    """Build the class's page, with the teacher's toolbar. `view.argument` is the door of the half that is shown; ""
    shows the whole class."""
    class_view, words, story = app.current_class, app.words, app.story
    half = class_view.half(view.argument)
    if class_view.place == "teacher":
        return teacher_screen(app, view, (*_toolbar(app, class_view, half),))
    if half is None:
        shown = parts.both_halves(class_view, story=story, words=words)
    else:
        shown = parts.page_with_vote(half.page, half.round, story=story, words=words, door=half.door)
    title = (half or class_view.halves[0]).page.title
    return screen(
        "wall", title, "wall" if half is not None else "wide",
        TreeNode("status", "standing", parts.status_text(words, class_view), style="standing"),
        *shown,
        toolbar(*_toolbar(app, class_view, half), label=words("wall.bar")),
    )  # fmt: skip


def _toolbar(app: AppState, class_view: ClassView, shown: ClassHalf | None) -> Iterator[TreeNode]:
    """Yield the buttons that make sense now, the next step first. `shown` is the half on the wall; None for both."""
    words = app.words
    first = next((f"{half.door}/{half.page.choices[0].id}" for half in class_view.voting), "")
    for number, command in enumerate(_next_commands(class_view)):
        made = parts.command_button(words, command, first, style="" if number else "main")
        if class_view.task and command in OF_TASK and not class_view.asks:
            made = replace(made, label=words(f"wall.task.{command}"), hint=words(f"wall.task.{command}.hint"))
        yield made
    for command in side_commands(class_view):
        yield parts.command_button(words, command)
    if len(class_view.halves) > 1:
        for half in class_view.halves:
            if half is not shown:
                name = app.story.roles[half.door].name
                yield button("show", words("wall.show", name=name), half.door, hint=words("wall.show.hint"))
        if shown is not None:
            yield button("show", words("wall.both.show"), WHOLE_CLASS, hint=words("wall.both.show.hint"))
    if class_view.begun or class_view.phase != "reading":
        yield _back(words)
    yield button("wall-menu", words("wall.more"), hint=words("wall.more.hint"))


OF_TASK = ("next-question", "end")  # the commands that have another name in a task with documents


def _back(words: Catalogue, label: str = "wall.back") -> TreeNode:
    """Build the button that goes back one page. Backspace presses it, as on a single reader's page."""
    return TreeNode("button", "undo", words(label), action=Action("back-up"), hint=words(f"{label}.hint"))


def _next_commands(class_view: ClassView) -> tuple[str, ...]:
    """Return the commands that a teacher can give as the next step, the most usual one first."""
    if class_view.paused:
        return ("resume",)
    if class_view.has_reading_half:
        return ("onward",)
    if class_view.asks:
        return ("next-question",)
    if not class_view.can_vote:
        return ("end",)
    if class_view.phase == "reading":
        return ("open",) if class_view.here else ("hands", "open")
    if class_view.phase == "open":
        return ("close", "timer") if class_view.left is None else ("close", "timer", "no-timer")
    if class_view.phase == "closed":
        return ("reveal", "revote")
    if class_view.task:
        return ("next-question", "revote")
    return ("tie", "revote") if class_view.tied else ("decide", "revote", "settle")


def side_commands(class_view: ClassView) -> Iterator[str]:
    """Yield the commands beside the next step: to admit phones that wait or to lock the class, to count ballots of
    absent pupils or not, and to restore a dropped vote."""
    if class_view.waiting:
        yield "admit"
    elif class_view.is_all_in and not class_view.locked:
        yield "lock"
    if class_view.voting and class_view.phase in ("closed", "revealed"):
        if class_view.left_out:
            yield "count-all"
        elif class_view.absent_votes:
            yield "leave-out"
    if class_view.can_restore and not class_view.ended:
        yield "restore"


def class_start(app: AppState, view: ScreenView) -> TreeNode:
    """Build the question whether to resume an interrupted class. The lines of `view.argument` describe that class."""
    words = app.words
    lines = (plain(line, f"line-{number}", style="option") for number, line in enumerate(view.argument.split("\n")))
    return headed_screen(
        "class-start", words("start"), "sheet",
        plain(words("start.text"), "text", style="lead"), *lines,
        button_list(
            button("start-class", words("start.resume"), "resume", style="main"),
            button("start-class", words("start.new"), "new"),
        ),
    )  # fmt: skip


def wall_note(app: AppState, view: ScreenView) -> TreeNode:
    """Build the content note, which all see before the first page."""
    words = app.words
    return screen(
        "wall-note", words("content-note"), "wall",
        *content_note_nodes(app.story, words),
        toolbar(
            button("back", words("content-note.begin"), style="main"),
            *questionnaire_button(app, BEFORE),
            button("wall-join", words("wall.join")),
        ),
    )  # fmt: skip


def wall_join(app: AppState, view: ScreenView) -> TreeNode:
    """Build the screen that says in large type how phones join, or why they cannot."""
    words, class_view = app.words, app.current_class
    joining = class_view.joining
    all_in = class_view.is_all_in and not class_view.locked
    tools = [parts.command_button(words, "lock", style="main")] if all_in else []
    tools.append(button("back", words("wall.join.done"), style="" if all_in else "main"))
    if class_view.waiting:
        tools.append(parts.command_button(words, "admit"))
    relay = [words(f"wall.relay.{class_view.relay}")] if class_view.relay else []
    here = words.joined(*relay, joined_text(words, class_view))
    if joining.trouble:
        shown: tuple[TreeNode, ...] = (
            plain(words(f"wall.join.{joining.trouble}"), "text"),
            *(plain(line, "relay", style="small") for line in relay),
        )
    else:
        shown = (
            TreeNode("group", "joining", style="joining", children=(
                TreeNode("image", "qr", words("wall.join.qr", url=joining.url), value=joining.url, style="qr"),
                plain(words("wall.join.scan"), "scan", style="small"),
                plain(words("wall.join.type"), "type", style="small"),
                plain(joining.typed, "address", style="large"),
                plain(words("wall.join.code"), "code-name", style="small"),
                plain(joining.spaced_code, "code", style="large"),
                TreeNode("status", "here", here, style="small"),
            )),
        )  # fmt: skip
        if len(joining.addresses) > 1:
            tools.append(button("teach", words("wall.join.other"), "address", hint=words("wall.join.other.hint")))
    tools.append(button("wall-help", words("wall.help")))
    return screen("wall-join", words("wall.join"), "wide", heading(app.story.title), *shown, toolbar(*tools))


def wall_menu(app: AppState, view: ScreenView) -> TreeNode:
    """Build the wall's menu: buttons that a teacher needs only sometimes."""
    words, class_view = app.words, app.current_class
    rest = "resume" if class_view.paused else "pause"
    items = button_list(
        button("back", words("wall.menu.back"), style="main"),
        button("teach", words(f"wall.{rest}"), rest, value=words(f"wall.{rest}.hint")),
        button("wall-join", words("wall.join"), value=words("wall.here", n=class_view.here)),
        button("wall-seats", words("seats"), value=joined_text(words, class_view)),
        button("wall-help", words("wall.help"), value=words("wall.help.hint")),
        button("settings", words("settings")),
        button("end", words("wall.end"), value=words("wall.end.hint")),
        button("end-class", words("wall.quit"), value=words("wall.quit.hint")),
    )
    return headed_screen("wall-menu", words("wall.more"), "menu", items)


HELP = ("phones", "hands", "keys", "private")


def wall_help(app: AppState, view: ScreenView) -> TreeNode:
    """Build the help screen: what to do if phones cannot join, how to vote without phones, the keys, what is saved."""
    words = app.words
    lines: list[TreeNode] = []
    for part in HELP:
        lines.append(plain(words(f"wall.help.{part}"), part, style="eyebrow"))
        help_lines = words(f"wall.help.{part}.text").splitlines()
        lines += (plain(line, f"{part}-{i}", style="option") for i, line in enumerate(help_lines))
    back = toolbar(button("back", words("back"), style="main"))
    return headed_screen("wall-help", words("wall.help"), "sheet", *lines, back)


def hands(app: AppState, view: ScreenView) -> TreeNode:
    """Build the screen for the number of raised hands for one choice. `view.argument` is "door/choice"."""
    words, class_view, pick = app.words, app.current_class, DoorChoice.of(view.argument)
    half = class_view.half(pick.door)
    assert half is not None
    whose = (app.story.roles[half.door].name,) if half.door else ()
    counted = counts(half.round, half.page.choices)
    at = next((i for i, count in enumerate(counted) if count.option.id == pick.choice), 0)
    hint = words("hands.field.change" if view.line.is_selected else "hands.field.hint")
    count = Action("count", view.argument)
    return screen(
        "hands", words("hands"), "sheet",
        plain(words.joined(*whose, words("hands.place", at=at + 1, of=len(counted))), "place",
              style="eyebrow"),
        heading(words("hands")),
        plain(counted[at].option.say, "option", style="taken"),
        *line_entry(view.line, count, words("hands.field"), hint, words("hands.count")),
        *number_pad(words),
    )  # fmt: skip


def settle(app: AppState, view: ScreenView) -> TreeNode:
    """Build the screen on which the teacher picks a choice for each half: after a tie, or against the votes."""
    words, class_view = app.words, app.current_class
    chosen = picks(view.placed)
    groups = [_decision_list(app, half, chosen.get(half.door)) for half in class_view.voting]
    ready = all(half.door in chosen or len(half.most) == 1 for half in class_view.voting)
    tools = [button("settled", words("settle.done"), style="main")] if ready else []
    if class_view.tied:
        coin = words("settle.coin")
        tools.append(button("teach", coin, "coin", hint=words("settle.coin.hint")))
    # Until there is a pick, Enter does nothing here. It must not decide something that nobody chose.
    tools += [parts.command_button(words, "revote"), button("back", words("back"))]
    return headed_screen(
        "settle", words("settle"), "sheet",
        plain(words(f"settle.{_decision_reason(class_view)}"), "text", style="lead"),
        *groups,
        *_skip_list(app, class_view, chosen),
        toolbar(*tools),
    )  # fmt: skip


def _decision_reason(class_view: ClassView) -> str:
    """Return why the teacher decides, as the end of a catalogue key: "nobody" if nobody has voted, "tie" after a tie,
    "text" if the votes have a result."""
    if not class_view.tied:
        return "text"
    return "nobody" if any(not half.most for half in class_view.voting) else "tie"


def _decision_list(app: AppState, half: ClassHalf, chosen: str | None) -> TreeNode:
    """Build the choices of one half as buttons, numbered as on the wall and the phones. The teacher's pick (`chosen`)
    is marked. Before there is a pick, the result of the vote is marked."""
    page, counted = half.page, counts(half.round, half.page.choices)
    taken = chosen or (half.most[0] if len(half.most) == 1 else None)
    choice_buttons = []
    for number, count in enumerate(counted, half.round.first):
        say = count.option.say
        label = app.words("settle.option", say=say, votes=count.votes) if page.tally else say
        choice_buttons.append(_pick_button(half.door, count.option.id, label, number, taken))
    whose = app.story.roles[half.door].name if half.door else page.title
    name = "choices" if half.round.first == 1 else f"choices-{half.door}"
    listed = TreeNode("list", name, children=tuple(choice_buttons))
    return TreeNode("group", f"settling:{half.door}", whose, style="section", children=(listed,))


def _skip_list(app: AppState, class_view: ClassView, chosen: Mapping[str, str]) -> tuple[TreeNode, ...]:
    words, roles = app.words, app.story.roles
    doors = [half.door for half in class_view.voting if SKIP in half.page.offers]
    buttons = []
    for number, door in enumerate(doors, 1 + sum(len(half.page.choices) for half in class_view.voting)):
        label = words.joined(door and roles[door].name, words("page.skip"))
        buttons.append(_pick_button(door, SKIP, label, number, chosen.get(door)))
    return (TreeNode("list", "choices-skip", children=tuple(buttons)),) if buttons else ()


def _pick_button(door: str, choice: str, label: str, number: int, taken: str | None) -> TreeNode:
    return TreeNode(
        "button", f"pick:{door}/{choice}", label, action=Action("pick", f"{door}/{choice}"),
        level=number, chosen=choice == taken, style="option",
    )  # fmt: skip


def reason(app: AppState, view: ScreenView) -> TreeNode:
    """Build the screen for typing why the teacher decides against the votes. The class's record keeps the reason."""
    words = app.words
    label, hint = words("reason.field"), words("reason.field.hint")
    return headed_screen(
        "reason", words("reason"), "sheet",
        plain(words("reason.text"), "text", style="lead"),
        *line_entry(view.line, Action("settled"), label, hint, words("reason.done")),
        toolbar(button("back", words("back"))),
    )  # fmt: skip


def wall_debrief(app: AppState, view: ScreenView) -> TreeNode:
    """Build one screen of the talk after the story, for the whole class."""
    words, class_view = app.words, app.current_class
    tools = talk_tools(app, view)
    ways = next_button(app, view)
    site = class_view.web_address if not ways else ""
    taken = (take_along(words, site, app.playthrough),) if site and app.playthrough is not None else ()
    nodes = screen_nodes(app, view)
    # The code stands above the columns, which may continue in the next view: nobody can scan half a code.
    at = next((number for number, node in enumerate(nodes) if node.style == "flow"), len(nodes))
    kept = (plain(words("record.kept", folder=class_view.record), "kept", style="small"),) if class_view.record else ()
    if not class_view.record:
        tools.append(button("record", words("record.keep"), hint=words("record.keep.hint")))
    tools += [
        _back(words, "wall.story"),
        button("settings", words("settings")),
        button("end-class", words("wall.quit"), hint=words("wall.quit.hint")),
    ]
    return screen(
        "wall-debrief", words("wall.talk"), "talk",
        *nodes[:at], *taken, *nodes[at:], *kept,
        toolbar(*tools),
        *((onward(ways),) if ways else ()),
    )  # fmt: skip
