"""Rules on choices, and on lines (sentences between dates): their wording, reasons, answers, effects and lengths."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations

from game.core.findings import Finding
from game.lang.grammar import parse_statement
from game.lang.markup import Passage
from game.lang.reading_speed import count_words
from game.lint.chapter_texts import ChapterText, longest_text
from game.lint.readability import WORD
from game.story.chapter_mode import ChapterMode, chapter_mode
from game.story.model import NEXT, Chapter, Choice, Cut, Line, Node, Story
from game.story.satisfiable import Satisfiability
from game.story.schema.chapter_schema import ChapterShape
from game.story.schema.pack_schema import LineShape, PackShape, ProseShape
from game.story.traversal import reachable_nodes, read_variables, recalled_ids, shown_variables, written_variables
from game.yamlio.reader import Document

DEED = 9  # the most words of a deed that has a separate reason, unless `prose` says otherwise
BRIEF_LINE = 25  # the most words of a line's `brief`, unless `prose` says otherwise
CHEAPER = 10  # each choice after the third lowers the limit of a page by so many words
_PRONOUNS = frozenset("i we you he she it they my our your his her their".split())  # noqa: SIM905
_Chapters = Sequence[tuple[ChapterShape, Document]]
_REMEDY = "Shorten it, or change `prose` in pack.yaml."


def _choices(story: Story, chapters: _Chapters) -> Iterator[tuple[Choice, Document, tuple[str | int, ...]]]:
    for shape, document in chapters:
        for id, node in story.chapters[shape.chapter].nodes.items():
            for i, choice in enumerate(node.choices):
                yield choice, document, ("nodes", id, "choices", i)


def check_deeds(story: Story, chapters: _Chapters, prose: ProseShape) -> Iterator[Finding]:
    """If any choice has a reason, report choices without one, and choices whose `say` is too long or names who acts."""
    choices = list(_choices(story, chapters))
    if not any(choice.reason for choice, _, _ in choices):
        return
    most = DEED if prose.say is None else prose.say
    in_english = story.language.partition("-")[0] == "en"
    for choice, document, path in choices:
        if not choice.reason:
            problem = f"`{choice.full_id}` has no reason, and other choices have one"
            remedy = "Add `reason:`, why the teller does it, in the teller's own words."
            yield document.finding("WG627", path, problem, remedy)
        words = count_words(choice.say)
        first = next(iter(WORD.findall(choice.say)), "").lower().replace("’", "'").partition("'")[0]
        if in_english and first in _PRONOUNS:
            problem = f"`{choice.full_id}` says who does it"
            remedy = "Write the deed alone, as an order: `Lock the gate.`"
            yield document.finding("WG818", (*path, "say"), problem, remedy)
        elif words > most:
            problem = f"the deed of `{choice.full_id}` has {words} words, where {most} are allowed"
            yield document.finding("WG818", (*path, "say"), problem, "Leave the deed here, and let `reason` say why.")


def check_answers(story: Story, chapters: _Chapters, satisfiability: Satisfiability) -> Iterator[Finding]:
    """Report `answer` (what came of a choice) and `anyway` (what others decided) texts that are empty in some state."""
    for choice, document, path in _choices(story, chapters):
        for key, texts in (("answer", choice.answer), ("anyway", choice.anyway)):
            if texts and not _is_always_said(texts, satisfiability):
                problem = f"the `{key}` of `{choice.full_id}` says nothing where none of its conditions holds"
                remedy = "Add a text without `if`, as the last of the list."
                yield document.finding("WG628", (*path, key), problem, remedy, on_key=True)


def _is_always_said(texts: Iterable[Passage], satisfiability: Satisfiability) -> bool:
    conditions = [text.condition for text in texts]
    known = [condition for condition in conditions if condition is not None]
    return len(known) < len(conditions) or satisfiability.is_exhaustive(known)


def check_text_lengths(story: Story, chapters: _Chapters, pack: PackShape, document: Document) -> Iterator[Finding]:
    """Report texts that are longer than the pack allows: reasons and answers of choices, and brief texts of lines."""
    prose = pack.prose or ProseShape()
    for choice, file, path in _choices(story, chapters):
        answer = max((count_words(longest_text(text, story)) for text in choice.answer), default=0)
        lengths = {"reason": (count_words(choice.reason), prose.reason), "answer": (answer, prose.answer)}
        for key, (words, most) in lengths.items():
            if most is not None and words > most:
                problem = f"the {key} of `{choice.full_id}` can be {words} words long, where {most} are allowed"
                yield file.finding("WG819", (*path, key), problem, _REMEDY, on_key=True)
    most = BRIEF_LINE if prose.line is None else prose.line
    for i, line in enumerate(pack.calendar):
        if isinstance(line, LineShape) and line.brief and (words := count_words(line.brief)) > most:
            problem = f"the `brief` of the line `{line.line}` has {words} words, where {most} are allowed"
            yield document.finding("WG819", ("calendar", i, "brief"), problem, _REMEDY)


def check_felt(story: Story, chapters: _Chapters, prose: ProseShape) -> Iterator[Finding]:
    """Report pairs of options if, from N dates (`prose.felt`) after the choice on, nothing depends on which was taken.

    Only dates with a chapter of a role count. Conditions are ignored: `explore --felt` finds what depends on them.
    """
    entries = sorted({story.date_of[id] for id in story.order if story.chapters[id].role is not None})
    for shape, document in chapters if prose.felt is not None else ():
        chapter = story.chapters[shape.chapter]
        later = bisect_right(entries, story.date_of[chapter.id]) - 1 + (prose.felt or 0)
        for id, node in chapter.nodes.items() if later < len(entries) else ():
            pairs = [
                f"`{first.id}` and `{other.id}`"
                for first, other in combinations(node.choices, 2)
                if not _is_met_again(_difference(chapter, first, other), story, chapter, entries[later])
            ]
            if pairs:
                dates = "a date" if prose.felt == 1 else f"{prose.felt} dates"
                options = f"the options of `{node.full_id}` apart: {', '.join(pairs)}"
                problem = f"nothing {dates} later reads what tells {options}"
                remedy = "Let a text or a condition there ask for a variable that one of them sets, or for `chose`."
                yield document.finding("WG634", ("nodes", id, "choices"), problem, remedy, on_key=True)


def _difference(chapter: Chapter, first: Choice, other: Choice) -> frozenset[str]:
    """Return the statements (of `do`) and ids (nodes, choices) that can follow one option, but not always both."""
    possible, certain = set[str](), list[set[str]]()
    for choice in (first, other):
        ids = reachable_nodes(chapter, choice.goto)
        possible |= _deeds(choice, [node for node in chapter.nodes.values() if node.full_id in ids])
        nodes, branches = list[Node](), choice.goto
        while len(branches) == 1 and branches[0].to != NEXT:
            node = chapter.nodes[branches[0].to.rpartition(".")[2]]
            branches = () if node.choices or node in nodes else node.goto
            nodes.append(node)
        certain.append(_deeds(choice, nodes, with_choices=False))
    return frozenset(possible - (certain[0] & certain[1]))


def _deeds(choice: Choice, nodes: Sequence[Node], with_choices: bool = True) -> set[str]:
    """Return the statements (of `do`) and full ids of a choice, of some nodes, and of the nodes' choices."""
    parts: list[Choice | Node] = [choice, *nodes]
    parts += [choice for node in nodes for choice in node.choices if with_choices]
    statements = {text for part in parts if part.effects is not None for text in part.effects.texts}
    return statements | {part.full_id for part in parts}


def _is_met_again(deeds: frozenset[str], story: Story, chapter: Chapter, date: int) -> bool:
    """Return whether a chapter at `date` or later reads what `deeds` set, or what another chapter derives from it."""
    ids = {deed for deed in deeds if deed in story.nodes or deed.rpartition(".")[0] in story.nodes}
    names = {parse_statement(deed).name for deed in deeds - ids}
    for id in story.order[story.order.index(chapter.id) + 1 :]:
        at = story.chapters[id]
        asked = read_variables(at, story) | shown_variables(at, story)
        if names & asked or ids & recalled_ids(at, story):
            if story.date_of[id] >= date:
                return True
            names |= written_variables(at)
            for node in at.nodes.values():
                ids |= {node.full_id, *(choice.full_id for choice in node.choices)}
    return False


def check_pages(
    story: Story, texts: Iterable[ChapterText], prose: ProseShape, satisfiability: Satisfiability
) -> Iterator[Finding]:
    """Report pages that, with their choices, can be longer than the pack allows."""
    for text in texts:
        node = text.part
        if prose.page is None or text.brief or not isinstance(node, Node) or not node.choices:
            continue
        most = prose.page - CHEAPER * max(0, len(node.choices) - 3)
        weighed = [(passage.condition, count_words(longest_text(passage, story))) for passage in node.text]
        weighed += [(choice.condition, count_words(f"{choice.say} {choice.reason}")) for choice in node.choices]
        words = satisfiability.max_weight(weighed)
        if words > most:
            problem = f"`{node.full_id}` can be {words} words long with its choices, where {most} are allowed"
            yield text.finding("WG803", problem, _REMEDY)


def check_lines(story: Story, pack: PackShape, document: Document) -> Iterator[Finding]:
    """Report lines between two dates of a brief cut if none has a brief text: the cut shows the whole last line."""
    where = {line.line: i for i, line in enumerate(pack.calendar) if isinstance(line, LineShape)}
    silent: dict[str, str] = {}  # a line's id -> a cut
    for cut in story.cuts.values():
        for role in story.roles if cut.brief else ():
            for lines in _met_together(story, cut, role):
                if lines and not any(line.brief for line in lines):
                    silent.setdefault(lines[-1].id, cut.id)
    for id, cut_id in silent.items():
        problem = f"the brief cut `{cut_id}` shows the whole line `{id}` here, which has no `brief`"
        yield document.finding("WG629", ("calendar", where[id], "line"), problem, "Add `brief:`, one sentence.")


def _met_together(story: Story, cut: Cut, role: str) -> Iterator[list[Line]]:
    """Yield the lines that a reader meets together: those between two dates that the role plays in the cut."""
    waiting: list[Line] = []
    for lines, date in zip(story.lines, story.calendar, strict=False):
        waiting += lines
        if any(chapter_mode(story.chapters[id], role, cut) is ChapterMode.PLAYED for id in date):
            yield waiting
            waiting = []
