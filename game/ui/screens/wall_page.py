"""What a class's wall (the screen that all pupils see) shows: a page with its vote, or both halves side by side. A door
is the id of the role that a half reads. A parameter `name` is the beginning or a part of the nodes' ids."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from game.play.engine import SKIP
from game.play.page import Change, Page
from game.play.voting import WHOLE_CLASS, Round, counts, leading
from game.story.model import Story
from game.ui.class_state import ClassHalf, ClassView
from game.ui.components.citations import sources_link
from game.ui.components.page_parts import content_nodes, line_nodes
from game.ui.components.parts import button, change_lines, heading, plain, prose, what_changed
from game.ui.i18n import Catalogue
from game.ui.tree import Action, TreeNode


def page_with_vote(
    page: Page, round: Round, *, story: Story, words: Catalogue, door: str = WHOLE_CLASS
) -> tuple[TreeNode, ...]:
    """Return a page with its vote: the whole page while the class reads, a short one while it votes, and then the
    result with a question to discuss."""
    if round.phase == "reading":
        content = content_nodes(story, words, page, skip_button=_skip_button(words, page, door))
        rests = sources_link(story, words, page.sources)
        changed = what_changed(words, None, _changes(page, round), rests) or rests
        return (*_decided(words, story, round), *content, *changed, *numbered_options(words, page, door, round.first))
    if round.phase == "revealed":
        return (*_date_and_title(words, [page]), *vote_result(words, page, round), *_discussion(words, page))
    return (
        *_date_and_title(words, [page]),
        *prose(page.shown_paragraphs(other_form=True), "prose"),
        *numbered_options(words, page, door, round.first),
    )


def both_halves(class_view: ClassView, *, story: Story, words: Catalogue) -> tuple[TreeNode, ...]:
    """Return what the wall shows of both halves: the date and title, the changes in the country (not during a vote),
    and side by side each half's last decision, its vote, and what to talk about."""
    voted_on = class_view.can_vote and class_view.phase != "reading"
    parts = [_half(words, story, half) for half in class_view.halves]
    pages = [half.page for half in class_view.halves]
    busy = class_view.can_vote or any(half.round.decisions for half in class_view.halves)
    return (
        *_date_and_title(words, pages, small=voted_on),
        *(() if busy else (plain(words("wall.both"), "both", style="lead"),)),
        *(() if voted_on else _lines(words, pages)),
        *side_by_side(words, story, class_view, "told", [part.past for part in parts]),
        *side_by_side(words, story, class_view, "vote", [part.vote for part in parts]),
        *side_by_side(words, story, class_view, "talk", [part.talk for part in parts], named=False),
    )


def side_by_side(
    words: Catalogue,
    story: Story,
    class_view: ClassView,
    name: str,
    columns: list[tuple[TreeNode, ...]],
    named: bool = True,
) -> Iterator[TreeNode]:
    """Yield a group with a column for each half; if `named`, each has its role as heading. Nothing if all are empty."""
    if any(columns):
        names = [
            words("wall.half", name=story.roles[half.door].name) if named and half.door else ""
            for half in class_view.halves
        ]
        halves = tuple(
            TreeNode("group", f"half-{name}:{half.door}", label, style="half", children=column)
            for half, label, column in zip(class_view.halves, names, columns, strict=True)
        )
        yield TreeNode("group", f"halves-{name}", words("wall.halves"), style="halves", children=halves)


def vote_result(words: Catalogue, page: Page, round: Round, name: str = "tally") -> tuple[TreeNode, ...]:
    """Return the votes for each choice. If `page.tally` is False, return only the choices with the most votes."""
    if page.tally:
        return (tally_group(words, page, round, name),)
    most = leading(counts(round, page.choices))
    taken = [plain(option.say, f"{name}:{option.id}", style="taken") for option in page.choices if option.id in most]
    return (plain(words("tally.none"), f"{name}-none", style="small"), *taken)


def status_text(words: Catalogue, class_view: ClassView) -> str:
    """Return the state of the class in one line: connected phones, votes, time left and so on. It has no names."""
    parts = [] if class_view.saved else [words("wall.unsaved")]
    parts += [words(f"wall.relay.{class_view.relay}")] if class_view.relay else []
    parts += [words("wall.paused")] if class_view.paused else []
    if class_view.left is not None:
        minutes, seconds = divmod(class_view.left, 60)
        parts.append(words("wall.left", time=f"{minutes}:{seconds:02}"))
    parts.append(words("wall.no-phones") if class_view.joining.trouble else words("wall.here", n=class_view.here))
    if class_view.waiting:
        parts.append(words("wall.waiting", n=class_view.waiting))
    if class_view.voting and class_view.phase != "reading":
        parts.append(words("wall.voted", n=class_view.voted))
        if class_view.phase == "open" and class_view.awaited:
            parts.append(words("wall.awaited", n=class_view.awaited))
        if class_view.left_out:
            parts.append(words("wall.left-out", n=class_view.left_out))
        elif class_view.absent_votes:
            parts.append(words("wall.absent", n=class_view.absent_votes))
    if class_view.date is not None:
        parts.append(words("wall.date", at=class_view.date[0], of=class_view.date[1]))
    return words.joined(*parts)


# For each command that needs a screen or a question first, the verb that opens it.
VERBS_OF_SCREENS = {"settle": "settle", "tie": "settle", "end": "end", "hands": "hands"}


def command_button(words: Catalogue, command: str, first: str = "", style: str = "") -> TreeNode:
    """Build a button for a command to the class. `first` (door/choice) is where counting hands begins."""
    verb, target = (VERBS_OF_SCREENS[command], "") if command in VERBS_OF_SCREENS else ("teach", command)
    target = first if command == "hands" else target
    return button(verb, words(f"wall.{command}"), target, hint=words(f"wall.{command}.hint"), style=style)


def _skip_button(words: Catalogue, page: Page, door: str) -> tuple[TreeNode, ...]:
    """Return the button with which a half skips a hard chapter and sees its summary; empty if the page offers none."""
    if SKIP not in page.offers:
        return ()
    return (button("skip-for", words("page.skip"), door, style="quiet"),)


def _date_and_title(words: Catalogue, pages: list[Page], small: bool = False) -> Iterator[TreeNode]:
    """Yield the dates and titles of the pages, each once; with `small` in one line."""
    dates = dict.fromkeys(page.when for page in pages if page.when)
    titles = dict.fromkeys(page.title for page in pages)
    hanzi = next((page.hanzi for page in pages if page.hanzi), "") if len(titles) == 1 else ""
    if small:
        yield TreeNode("date", "date", words.joined(*titles, *dates), value=hanzi or "")
        return
    yield TreeNode("date", "date", words.joined(*dates), value=hanzi or "")
    yield heading(words.joined(*titles))


def _lines(words: Catalogue, pages: list[Page]) -> Iterator[TreeNode]:
    """Yield what changed in the country before this date. It stands on a date's first page, the same for all halves."""
    first = next((page for page in pages if page.lines), None)
    if first is not None:
        yield from line_nodes(words, zip(first.lines, first.marked().lines, strict=True))


class HalfParts(NamedTuple):
    """A half's column: `past` (its last decision and the outcome), its `vote`, and `talk` (a question to discuss)."""

    past: tuple[TreeNode, ...]
    vote: tuple[TreeNode, ...]
    talk: tuple[TreeNode, ...]


def _half(words: Catalogue, story: Story, half: ClassHalf) -> HalfParts:
    """Return the column of one half: its last decision with the outcome, and what the half has to do now."""
    page, round, door = half.page, half.round, half.door
    past: list[TreeNode] = []
    if round.phase == "revealed" and not round.waits and half.task == "votes":
        result = vote_result(words, page, round, f"tally-{door}")
        return HalfParts((), result, tuple(_discussion(words, page, f"discuss:{door}")))
    if round.phase != "reading" and not round.waits and half.task == "votes":
        voted = plain(words("wall.voted", n=round.voted), f"voted:{door}", style="small")
        return HalfParts((), (*numbered_options(words, page, door, round.first), voted), ())
    if half.task == "reads":
        past.append(plain(page.place or page.title, f"place:{door}", style="small"))
    if page.note:
        past.append(
            TreeNode("group", f"note:{door}", page.note, style="note", children=_skip_button(words, page, door))
        )
    past += _decided(words, story, round, f"deed:{door}")
    past += change_lines(words, _changes(page, round), f"change:{door}")
    if round.waits:
        past.append(plain(words("wall.done" if round.done else "wall.waits"), f"waits:{door}", style="small"))
    elif half.task == "reads":
        past.append(plain(words("wall.reads"), f"reads:{door}", style="small"))
    else:
        return HalfParts(tuple(past), numbered_options(words, page, door, round.first), ())
    return HalfParts(tuple(past), (), ())


def _decided(words: Catalogue, story: Story, round: Round, name: str = "decided") -> Iterator[TreeNode]:
    return decision_nodes(words, round, name, {role.id: role.name for role in story.roles.values()})


def _changes(page: Page, round: Round) -> tuple[Change, ...]:
    """Return the changes by the decisions that led to this page, and the page's own changes, each change once."""
    decided = (change for decision in round.decisions for change in decision.changes)
    return tuple(dict.fromkeys((*decided, *page.changes)))


def numbered_options(words: Catalogue, page: Page, door: str, first: int) -> tuple[TreeNode, ...]:
    """Return the choices to vote on, numbered from `first`. A press on a choice opens the field for raised hands."""
    choice_nodes = tuple(
        TreeNode("button", f"hands:{door}/{option.id}", option.say, action=Action("hands", f"{door}/{option.id}"),
             level=number, hint=words("wall.hands.hint"), style="option")
        for number, option in enumerate(page.choices, first) if option.say
    )  # fmt: skip
    if not choice_nodes:
        return ()
    name = "choices" if first == 1 else f"choices-{door}"
    return (TreeNode("list", name, words("choices", n=len(choice_nodes)), children=choice_nodes),)


def _discussion(words: Catalogue, page: Page, name: str = "discuss") -> Iterator[TreeNode]:
    if page.discuss:
        yield TreeNode("paragraph", name, page.discuss, value=words("wall.discuss"), style="mouth")


def tally_group(words: Catalogue, page: Page, round: Round, name: str = "tally", mine: str | None = None) -> TreeNode:
    """Build the votes for each choice, in the page's order. `mine` is the id of this phone's choice, or None. The
    `level` of a row is its number of votes. The `level` of the group is `Round.voters`."""
    rows = tuple(
        TreeNode("row", f"{name}:{count.option.id}", count.option.say, style="tally", level=count.votes,
             value=words("tally.votes", n=count.votes, of=round.voters), chosen=count.option.id == mine)
        for count in counts(round, page.choices)
    )  # fmt: skip
    return TreeNode("group", name, words("tally"), style="tally", level=round.voters, children=rows)


def decision_nodes(
    words: Catalogue, round: Round, name: str = "decided", role_names: Mapping[str, str] | None = None
) -> Iterator[TreeNode]:
    """Yield the decisions that led to this page, each with how it was made (unless by the most votes) and with the
    story's answer.

    `role_names` maps a door to the name of its role, which says who decided. With None, as on a phone, the answers are
    left out, because the page itself shows them.
    """
    for decision in round.decisions:
        whose = f"{name}:{decision.door}" if decision.door else name
        who = (role_names or {}).get(decision.door, "")
        yield TreeNode("paragraph", whose, decision.option.say, value=who, style="taken")
        if decision.how != "most":
            yield plain(words(f"decided.{decision.how}", reason=decision.reason), f"{whose}-how", style="small")
        if role_names is not None and decision.answer is not None:
            yield from prose((decision.answer,), f"{whose}-answer", style="answer")
