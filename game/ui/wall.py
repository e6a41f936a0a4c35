"""What a class reads on its wall: a page with its vote, or the two doors of one date side by side."""

from __future__ import annotations

from collections.abc import Iterator

from game.play.page import Page
from game.play.rounds import Round, counts, leading
from game.story.model import Story
from game.ui.changes import changed
from game.ui.screens.parts import heading, plain, prose
from game.ui.screens.reading import page_nodes
from game.ui.sitting import Half, Sitting
from game.ui.tallies import tally
from game.ui.tree import Action, Node
from game.ui.words import Words


def wall(page: Page, round: Round, *, story: Story, words: Words, door: str = "") -> tuple[Node, ...]:
    """One page with its vote. While it is read and talked about it is told in full, while it is voted on in short."""
    if round.phase == "reading":
        return (*page_nodes(story, words, page), *_options(words, page, door))
    if round.phase == "revealed":
        return (*_head(words, [page]), *outcome(words, page, round), *_discussion(words, page))
    return (*_head(words, [page]), *prose(page.telling(other=True), "prose"), *_options(words, page, door))


def both(sitting: Sitting, *, story: Story, words: Words) -> tuple[Node, ...]:
    """The date that all halves read, in the game's own voice, and how far each is; what one knows the other is not
    told."""
    columns = tuple(
        Node("group", f"half:{half.door}", story.roles[half.door].name, style="half",
             children=tuple(_half(words, half)))
        for half in sitting.halves
    )  # fmt: skip
    return (
        *_head(words, [half.page for half in sitting.halves]),
        *(() if sitting.votes or any(half.deed for half in sitting.halves) else _doors(words)),
        Node("group", "halves", words("wall.halves"), style="halves", children=columns),
    )


def outcome(words: Words, page: Page, round: Round, name: str = "tally") -> tuple[Node, ...]:
    """What the class voted, as far as this page lets it be shown: some choices are counted and never told apart."""
    if page.tally:
        return (tally(words, page, round, name),)
    most = leading(counts(round, page.choices))
    taken = [plain(option.say, f"{name}:{option.id}", style="taken") for option in page.choices if option.id in most]
    return (plain(words("tally.none"), f"{name}-none", style="small"), *taken)


def standing(words: Words, sitting: Sitting) -> str:
    """The state of the class in one line: who is here, votes in, time left. Numbers, and no names."""
    parts = [words("wall.paused")] if sitting.paused else []
    parts.append(words("wall.no-phones") if sitting.joining.trouble else words("wall.here", n=sitting.here))
    if sitting.voting and sitting.phase != "reading":
        voted = sum(half.round.voted for half in sitting.voting)
        parts.append(words("wall.voted", n=voted))
        if sitting.phase == "open" and (awaited := sum(half.round.awaited for half in sitting.voting)):
            parts.append(words("wall.awaited", n=awaited))
    if sitting.left is not None:
        minutes, seconds = divmod(sitting.left, 60)
        parts.append(words("wall.left", time=f"{minutes}:{seconds:02}"))
    return words("page.dateline.join").join(parts)


def _head(words: Words, pages: list[Page]) -> Iterator[Node]:
    """Date and title, each once however many pages share it."""
    dates = dict.fromkeys(page.when for page in pages if page.when)
    titles = dict.fromkeys(page.title for page in pages)
    hanzi = next((page.hanzi for page in pages if page.hanzi), "") if len(titles) == 1 else ""
    join = words("page.dateline.join")
    yield Node("date", "date", join.join(dates), value=hanzi or "")
    yield heading(join.join(titles))


def _doors(words: Words) -> Iterator[Node]:
    """Said while there is nothing else to look at."""
    yield plain(words("wall.both"), "both", style="lead")


def _half(words: Words, half: Half) -> Iterator[Node]:
    """What was decided behind one door, what came of it, and what is to be done there now."""
    page, round = half.page, half.round
    if half.way == "reads":
        yield plain(page.place or page.title, f"place:{half.door}", style="small")
    if half.deed is not None and half.deed.say:
        yield plain(half.deed.say, f"deed:{half.door}", style="taken")
        yield from changed(words, page.changes, f"change:{half.door}")
    if round.waits:
        yield plain(words("wall.done" if round.done else "wall.waits"), f"waits:{half.door}", style="small")
    elif half.way == "reads":
        yield plain(words("wall.reads"), f"reads:{half.door}", style="small")
    elif round.phase == "revealed":
        yield from outcome(words, page, round, f"tally-{half.door}")
        yield from _discussion(words, page, f"discuss:{half.door}")
    else:
        yield from (plain(option.say, f"option:{half.door}/{option.id}", style="option") for option in page.choices)
        if round.phase != "reading":
            yield plain(words("wall.voted", n=round.voted), f"voted:{half.door}", style="small")


def _options(words: Words, page: Page, door: str) -> tuple[Node, ...]:
    """The deeds to vote on, numbered as on the phones; pressed to enter the hands that were counted for one."""
    slips = tuple(
        Node("button", f"hands:{door}/{option.id}", option.say, action=Action("hands", f"{door}/{option.id}"),
             value=str(number), hint=words("wall.hands.hint"), style="option")
        for number, option in enumerate(page.choices, 1) if option.say
    )  # fmt: skip
    return (Node("list", "choices", words("choices", n=len(slips)), children=slips),) if slips else ()


def _discussion(words: Words, page: Page, name: str = "discuss") -> Iterator[Node]:
    if page.discuss:
        yield Node("paragraph", name, page.discuss, value=words("wall.discuss"), style="mouth")
