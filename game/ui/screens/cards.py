"""Cards over a page: fact, sources, person, term, confirmation, message, journal, findings."""

from __future__ import annotations

from pathlib import Path

from game.story.model import INVENTED
from game.ui.components.chart_trees import counted_text, measures_text
from game.ui.components.citations import (
    date_in_words,
    facts_by_source,
    first_facts,
    known_facts,
    place_in_words,
    source_of,
    standing_mark,
    standing_of,
    standing_sentence,
)
from game.ui.components.met_parts import card_of, name_in_full
from game.ui.components.parts import button, button_list, card, heading, plain
from game.ui.i18n import capital
from game.ui.state import AppState, ScreenView
from game.ui.tree import Action, TreeNode

SHOWN = 12  # the most findings on a card, because a writer corrects the first ones first


def fact(app: AppState, view: ScreenView) -> TreeNode:
    """Build the card of a fact: what it says, how sure it is, the source document, and the place in the document."""
    words, story = app.words, app.story
    standing = standing_of(story, view.argument)
    kind = TreeNode("paragraph", "kind", words(f"standing.{standing}"), style="standing",
                    children=(standing_mark(standing),))  # fmt: skip
    if view.argument == INVENTED:
        return card(app.words, "fact", words("fact"), kind, plain(words("fact.invented.text"), "text"))
    fact = story.facts[view.argument]
    lines = [
        kind,
        plain(fact.text, "text", style="lead"),
        plain(standing_sentence(story, words, fact), "meaning", style="small"),
    ]
    if source := source_of(story, fact):
        named = words("fact.document", title=source.title, kind=source.kind)
        lines.append(plain(" ".join(filter(None, (named, source.about))), "source", style="small"))
    lines.append(plain(place_in_words(words, fact), "place", style="small"))
    if date := date_in_words(words, fact):
        lines.append(plain(date, "date", style="small"))
    return card(app.words, "fact", words("fact"), *lines)


def sources(app: AppState, view: ScreenView) -> TreeNode:
    """Build the sheet of the facts (`view.argument` has their ids, separated by spaces) on which a page or a line of
    the talk rests. If they are many, it shows the first few, and a button that shows all."""
    facts = known_facts(app.story, view.argument.split())
    shown = facts if view.expanded else first_facts(app.story, facts)
    entries = facts_by_source(app.story, app.words, shown)
    more = button("all-sources", app.words("sources.more", n=len(facts) - len(shown)))
    rest = (TreeNode("list", "more", children=(more,)),) if len(facts) > len(shown) else ()
    return card(app.words, "sources", app.words("sources"), *entries, *rest)


def counted(app: AppState, view: ScreenView) -> TreeNode:
    """Build the card that explains the measures of grain, and then the sums of a weighing (the accounts of a harvest).
    `view.argument` is the full id of the weighing's page; "" shows the measures alone."""
    measures, p = app.story.measures, app.playthrough
    assert measures is not None and p is not None
    weighing = next((page.ledger for page in reversed(p.pages) if page.node == view.argument), None)
    sums = counted_text(app.words, measures, weighing) if weighing is not None else ()
    sentences = (*measures_text(app.words, measures), *sums)
    lines = (plain(sentence, f"counted-{i}") for i, sentence in enumerate(sentences))
    return card(app.words, "counted", app.words("ledger.counted"), *lines)


def person(app: AppState, view: ScreenView) -> TreeNode:
    """Build the card of a person: who they are at this point of the story, and what the reader can know of them."""
    known = card_of(app, view.argument)
    assert known is not None
    lines = [plain(known.group, "group", style="eyebrow")] if known.group else []
    if known.says:
        lines.append(plain(capital(known.says), "says", style="lead"))
    lines += [plain(text, f"know-{i}") for i, text in enumerate(known.know)]
    return card(app.words, "person", name_in_full(app.words, known), *lines)


def term(app: AppState, view: ScreenView) -> TreeNode:
    """Build the card of a glossary term."""
    term = app.story.terms[view.argument]
    original = app.words.joined(term.hanzi, term.pinyin)
    lines = [plain(original, "original", style="original")] if original else []
    return card(app.words, "term", term.term, *lines, plain(term.text, "text"))


def confirm(app: AppState, view: ScreenView) -> TreeNode:
    """Build the dialog that asks for confirmation, before something is lost. `view.argument` names the question."""
    words, question = app.words, f"confirm.{view.argument}"
    no = Action("close" if view.argument == "leave" else "back")  # a reader who does not leave goes on reading
    return TreeNode(
        "dialog", "confirm", words(question), style="card",
        children=(
            heading(words(question)),
            plain(words(f"{question}.text", n=view.count), "text"),
            button_list(
                TreeNode("button", "back", words(f"{question}.no"), action=no, style="main"),
                TreeNode("button", "yes", words(f"{question}.yes"), action=view.pending),
            ),
        ),
    )  # fmt: skip


def message(app: AppState, view: ScreenView) -> TreeNode:
    """Build a card with errors or other news for the reader: the lines of `view.argument`."""
    lines = (plain(line, f"text-{i}") for i, line in enumerate(view.argument.splitlines()))
    return card(app.words, "message", app.words("message"), *lines)


def journal(app: AppState, view: ScreenView) -> TreeNode:
    """Build the screen of an export (journal or card): its progress, and after its end, where the file is."""
    words, found = app.words, app.journal
    whole = found.document == "journal"
    name, written = ("journal", "journal.written") if whole else ("keepsake", "keepsake.written")
    if found.file:
        where = Path(found.file)
        lines = [
            plain(words(written, file=where.name, size=f"{found.size / 1e6:.1f}"), "text"),
            plain(words("journal.where", folder=str(where.parent)), "where", style="small"),
        ]
    else:
        said = words("journal.painting", done=min(found.done + 1, found.of), of=found.of)
        lines = [TreeNode("status", "progress", said, style="small"), plain(words("journal.wait"), "text")]
    return card(app.words, "journal", words(name), *lines)


def findings(app: AppState, view: ScreenView) -> TreeNode:
    """Build the card that shows a writer the errors in the story's files. `view.argument` has two lines for each error:
    its place in the files, and the problem."""
    lines, words = view.argument.splitlines(), app.words
    nodes = [
        node
        for i, (place, text) in enumerate(zip(lines[: 2 * SHOWN : 2], lines[1::2], strict=False))
        for node in (plain(place, f"place-{i}", style="small"), plain(text, f"finding-{i}"))
    ]
    if more := max(0, len(lines) // 2 - SHOWN):
        nodes.append(plain(words("findings.more", n=more), "more", style="small"))
    return card(app.words, "findings", words("findings"), plain(words("findings.text"), "text", style="small"), *nodes)
