"""The screens of a phone in a class: a page and its vote for one seat (a phone's place), without others' ballots."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from game.play.page import Page
from game.play.voting import Round
from game.story.model import INVENTED, Role, Story
from game.ui.components.chart_trees import counted_text, measures_text
from game.ui.components.citations import counted_standings, full_citation, known_facts, standing_of
from game.ui.components.met_parts import name_in_full
from game.ui.components.page_parts import content_nodes
from game.ui.components.parts import button, headed_screen, plain, prose, screen, what_changed
from game.ui.i18n import Catalogue, capital
from game.ui.screens.wall_page import decision_nodes, tally_group
from game.ui.tree import Action, TreeNode, walk

# The keys of texts that the phone's page needs when it has no tree: before joining, and while offline.
PAGE_WORDS = (
    "phone.code", "phone.code.hint", "phone.door", "phone.door.any", "phone.join", "phone.join.again",
    "phone.refused.wrong-code", "phone.refused.unknown-door", "phone.refused.slow-down", "phone.refused.full",
    "phone.refused.unreached", "phone.refused.away", "phone.fetching", "phone.offline", "phone.lost",
    "phone.back", "phone.sending", "phone.left-out", "phone.gone", "phone.over",
    "phone.join.removed", "phone.join.other", "phone.wait", "phone.seat",
    "phone.mine", "phone.vote.open", "phone.vote.late", "phone.vote.again", "phone.picture",
)  # fmt: skip


def hello(story: Story, words: Catalogue, doors: Iterable[Role]) -> dict[str, Any]:
    """Return, as JSON data, what the phones' web page needs before anybody has joined. `doors` are the roles that the
    halves of the class read; empty for an undivided class."""
    return {
        "title": story.title,
        "language": story.language,
        "name": words("language.name"),
        "words": {key: words(key) for key in PAGE_WORDS},
        "doors": [{"id": door.id, "name": door.name, "about": door.about} for door in doors],
    }


def welcome(door: Role | None, *, story: Story, words: Catalogue) -> TreeNode:
    """Build what a phone shows before the first page: the content note, and the role (`door`) of its half, if any."""
    about = (plain(words("phone.door.yours", name=door.name), "door"), plain(door.about, "about")) if door else ()
    note = tuple(plain(line, f"note-{i}") for i, line in enumerate(story.content_note))
    return headed_screen(
        "welcome", story.title, "welcome",
        *about,
        TreeNode("group", "note", words("content-note"), style="note", children=note),
        plain(words("phone.together"), "together"),
        plain(words("phone.unnamed"), "unnamed", style="small"),
        TreeNode("button", "begin", words("phone.begin"), action=Action("begin"), style="main"),
    )  # fmt: skip


def phone(page: Page, round: Round, seat: str, *, story: Story, words: Catalogue) -> TreeNode:
    """Build a seat's page: its status, the page's content, and the vote without other seats' ballots."""
    state = _state(page, round, seat)
    can_vote = state in ("open", "voted")
    until = words("phone.until") if can_vote and round.timed else ""
    down = TreeNode("link", "to-choices", words("phone.to-choices"), action=Action("go", "choices"), style="go")
    content = (
        *decision_nodes(words, round),
        *_with_telling(content_nodes(story, words, page), words, page, state),
        *what_changed(words, page.marked().answer, page.changes),
        *_counted(story, words, page),
        *_rests(story, words, page),
        *_vote(words, page, round, seat, state),
    )
    return screen(
        f"page:{page.node or ''}", page.title, "page",
        TreeNode("status", "status", " ".join(filter(None, (words(f"phone.status.{state}"), until))), style=state,
             children=(down,) if can_vote else ()),
        *content, *_people(story, words, page, content), *_terms(story, words, content),
    )  # fmt: skip


def _state(page: Page, round: Round, seat: str) -> str:
    """Return the seat's state, such as "open" or "voted". The texts `phone.status.<state>` explain each state."""
    if round.ended or not page.choices:
        return "ended" if round.ended else "over"
    if round.paused:
        return "paused"
    if round.waits:
        return "done" if round.done else "waits"
    if not page.has_decision:
        return "onward"
    if round.phase == "open":
        return "voted" if seat in round.ballots else "open"
    return "closed" if round.phase == "revealed" and not page.tally else round.phase


def _vote(words: Catalogue, page: Page, round: Round, seat: str, state: str) -> tuple[TreeNode, ...]:
    """Return the choices, with the number of votes for each once the result is shown; empty without a vote."""
    if not page.has_decision or round.done or round.ended:
        return ()
    mine = round.ballots.get(seat)
    if state == "revealed":
        return (tally_group(words, page, round, mine=mine),)
    pressed = state in ("open", "voted")
    choice_nodes = tuple(
        TreeNode("choice", f"choice:{option.id}", option.say, value=option.reason, level=number,
             chosen=option.id == mine, action=Action("vote", option.id) if pressed else None)
        for number, option in enumerate(page.choices, round.first)
    )  # fmt: skip
    return (TreeNode("list", "choices", words("choices", n=len(choice_nodes)), children=choice_nodes),)


def _with_telling(content: tuple[TreeNode, ...], words: Catalogue, page: Page, state: str) -> tuple[TreeNode, ...]:
    """Return the content of a page. In a hard chapter, put its summary below the title and the note. Every phone gets
    the summary, and shows it only if its pupil asks, so that nobody learns who asked."""
    if page.telling is None:
        return content
    chapter = page.telling.chapter
    reads_on = (plain(words("phone.telling.on"), "telling-on", "small"),) if state not in ("over", "ended") else ()
    telling = TreeNode(
        "group", "telling", words("phone.telling"), style="telling",
        children=(
            button("leave-out", words("phone.telling.leave-out"), chapter, style="quiet"),
            *prose(page.telling.paragraphs, "telling"), *reads_on,
            button("read", words("phone.telling.read"), chapter, style="quiet"),
        ),
    )  # fmt: skip
    at = 1 + max(i for i, node in enumerate(content) if node.role == "heading" or node.id == "note")
    return (*content[:at], telling, *content[at:])


def _counted(story: Story, words: Catalogue, page: Page) -> tuple[TreeNode, ...]:
    if page.ledger is None or story.measures is None:
        return ()
    sentences = (*measures_text(words, story.measures), *counted_text(words, story.measures, page.ledger))
    texts = tuple(plain(sentence, f"counted-{i}") for i, sentence in enumerate(sentences))
    return (TreeNode("group", "counted", words("ledger.counted"), style="rests", children=texts),)


def _rests(story: Story, words: Catalogue, page: Page) -> tuple[TreeNode, ...]:
    """Return all facts of a page, in a group whose label says how many have each standing (how sure they are)."""
    known = known_facts(story, page.sources)
    if not known:
        return ()
    label = words("sources.link", counts=counted_standings(story, words, known))
    facts = tuple(_fact(story, words, fact) for fact in known)
    return (TreeNode("group", "rests", label, style="rests", children=facts),)


def _fact(story: Story, words: Catalogue, fact: str) -> TreeNode:
    standing = standing_of(story, fact)
    sure = words(f"standing.{standing}")
    if fact == INVENTED:
        return TreeNode("paragraph", f"fact:{fact}", words("fact.invented.short"), style="fact", value=sure)
    found = story.facts[fact]
    value = words.joined(sure, full_citation(story, words, found))
    return TreeNode("paragraph", f"fact:{fact}", found.text, style="fact", value=value)


def _explained(content: Iterable[TreeNode], verb: str) -> tuple[str, ...]:
    """Return the targets of all links in `content` with this verb, each once, in reading order."""
    links = (node.action.target for part in content for node in walk(part) if node.action and node.action.verb == verb)
    return tuple(dict.fromkeys(links))


def _people(story: Story, words: Catalogue, page: Page, content: Iterable[TreeNode]) -> tuple[TreeNode, ...]:
    """Return the people whose names are links in `content`, in the story's order, each with what is known of them."""
    lines = []
    order = list(story.people)
    for card in map(page.card_of, sorted(_explained(content, "person"), key=order.index)):
        says = (words("phone.person.says", text=capital(card.says)),) if card.says else ()
        text = " ".join((*says, *card.know)) or card.group or card.name
        lines.append(TreeNode("paragraph", f"person:{card.id}", text, value=name_in_full(words, card)))
    return (TreeNode("group", "people", words("phone.people"), style="words", children=tuple(lines)),) if lines else ()


def _terms(story: Story, words: Catalogue, content: Iterable[TreeNode]) -> tuple[TreeNode, ...]:
    terms = [story.terms[target] for target in _explained(content, "term")]
    if not terms:
        return ()
    lines = tuple(
        TreeNode("paragraph", f"term:{term.id}", term.text, value=words.joined(term.term, term.hanzi, term.pinyin))
        for term in terms
    )
    return (TreeNode("group", "words", words("phone.words"), style="words", children=lines),)
