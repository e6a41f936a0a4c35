"""What a page shows around its text: the last choice's answer, the calendar's lines on what changed in the country,
progress, people, sources, and the weighing (the sums of a harvest)."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Set
from dataclasses import replace
from operator import itemgetter
from typing import NamedTuple

from game.core.values import frozen
from game.lang.expressions import State
from game.lang.markup import Paragraph, Passage, Span
from game.play.cut_dates import years_in
from game.play.engine import Block, Engine, Position, state_after_choice
from game.play.text_eval import ToldChapter, paragraphs
from game.story.chapter_mode import ChapterMode
from game.story.ledger import LedgerKind
from game.story.model import INVENTED, Choice, Line, Node, Skip, Story
from game.story.people import Known, Person, other_name

LAST_ALPHABETIC = "\u2e7f"  # the last code point before Chinese letters and full stops


@frozen
class PersonMark:
    """A person who is named on a page: the person's id, and who they are at this point of the story."""

    id: str
    says: str


@frozen
class PersonCard:
    """What a reader knows of a person by now, but not what becomes of them.

    `group` is the heading above the person in the list of people, `says` who they are, `know` are single sentences, and
    `also` is another name that pages use, or "".
    """

    id: str
    name: str
    group: str
    says: str
    know: tuple[str, ...]
    also: str = ""


@frozen
class MarkedTexts:
    """A page's texts in the order of reading, with each new person marked at the first mention. `lines` has a paragraph
    for each of the page's lines. There nobody is marked, because the type is too small to press a name."""

    lines: tuple[Paragraph, ...]
    told: tuple[ToldChapter, ...]
    paragraphs: tuple[Paragraph, ...]
    answer: Paragraph | None


class LeadIn(NamedTuple):
    """Lines shown together before a page, each with its paragraph, and the summaries that follow these lines."""

    lines: tuple[tuple[Line, Paragraph], ...]
    told: tuple[ToldChapter, ...]


@frozen
class Progress:
    """How far a reading is: at date `number` (from 1; None before the first date) of `of` dates. `number` and `year`
    are None outside of the dates' years, as in a tale's opening in another time."""

    number: int | None
    of: int
    year: int | None


@frozen
class LedgerRow:
    """One row of a weighing: its amount, and how much of it is seed, in units. `label` is "" for the usual name."""

    kind: LedgerKind
    amount: int
    of_seed: int = 0
    label: str = ""


@frozen
class Portions:
    """What a weighing leaves to eat, in portions for one person and one day, without the seed. None: not known.

    `ordinary` is what is left in an ordinary year. If an ordinary year's share were taken, `stood` would be left of the
    grain on the fields, and `brought_in` of the grain that was brought in. `left` is what was really left.
    """

    ordinary: float | None
    stood: float | None = None
    brought_in: float | None = None
    left: float | None = None


@frozen
class Weighing:
    """A page's weighing of grain, in units. `people` is how many eat of the grain. If the story has no `measures` (how
    many people eat in which year, how much grain a portion is), `people` and `portions` are None.

    `back` is how much of the taken grain came back. `usual` is how much of the grain brought in would be taken in an
    ordinary year; None if unknown. `missing` is how many fewer people eat than in the first year of `measures`.
    """

    people: int | None
    rows: tuple[LedgerRow, ...]
    portions: Portions | None
    back: int = 0
    usual: int | None = None
    missing: int = 0

    def amount(self, kind: LedgerKind) -> int | None:
        """Return the amount of a row in units; None if there is no such row."""
        return next((row.amount for row in self.rows if row.kind == kind), None)

    def cuts(self, before: Weighing | None) -> bool:
        """Return whether this weighing shows grain taken, and `before`, an earlier weighing of the same harvest, shows
        none. False if `before` is None or weighs another harvest."""
        return (
            before is not None
            and before.amount("taken") is None is not self.amount("taken")
            and before.amount("brought_in") == self.amount("brought_in") is not None
        )


def choice_taken(position: Position) -> Choice | None:
    """Return the choice that led to a position; None if something else led there."""
    first = position.done[0] if position.done else None
    return first if isinstance(first, Choice) else None


def first_that_holds(passages: Iterable[Passage], story: Story, state: State) -> Paragraph | None:
    """Return the first of several texts whose condition holds in a state; None if no condition holds."""
    for passage in passages:
        if passage.condition is None or passage.condition.run(state):
            return paragraphs((passage,), story, state)[0]
    return None


def answer(story: Story, previous: Position | None, position: Position) -> Paragraph | None:
    """Return what came of the choice that led from `previous` to `position`; None if the story does not say."""
    choice = choice_taken(position)
    if choice is None or previous is None:
        return None
    return first_that_holds(choice.answer, story, state_after_choice(previous, choice))


def anyway(story: Story, previous: Position | None, position: Position) -> Paragraph | None:
    """Return what others decided about the choice that led to `position`; None if the story does not say."""
    choice = choice_taken(position)
    if choice is None or previous is None:
        return None
    return first_that_holds(choice.anyway, story, state_after_choice(previous, choice))


def lines(engine: Engine, previous: Position | None, position: Position) -> tuple[Line, ...]:
    """Return the calendar's lines between two pages (see `lines_between`). If the pages belong to two roles at the same
    date, return the lines since the last played date before that date."""
    story = engine.story
    here = position.chapter_of(story)
    if here is None or not story.lines:
        return ()
    date, before = story.date_of[here.id], -1
    there = previous.chapter_of(story) if previous is not None else None
    if there is not None:
        before = story.date_of[there.id]
        if before == date and there.role != here.role:
            modes = zip(story.order, engine.modes, strict=True)
            played = (story.date_of[id] for id, mode in modes if mode is ChapterMode.PLAYED)
            before = max((number for number in played if number < date), default=-1)
    return lines_between(engine, before, date)


def lines_between(engine: Engine, before: int, date: int) -> tuple[Line, ...]:
    """Return the lines that a cut shows after the date `before` and up to `date` (both are numbers in the calendar).

    A cut with brief lines shows only the last line with a brief text. If no line has a brief text, it shows the last
    line.
    """
    found = tuple(line for lines in engine.story.lines[before + 1 : date + 1] for line in lines)
    brief = tuple(line for line in found if line.brief)
    return (brief or found)[-1:] if engine.cut.brief_lines else found


def lead_in(story: Story, lines: Iterable[Line], texts: MarkedTexts) -> Iterator[LeadIn]:
    """Yield the lines before a page, and the summaries of `texts`, in the order of the calendar."""
    paired = zip(lines, texts.lines, strict=True)
    parts = [(calendar_date(story, pair[0]), LeadIn((pair,), ())) for pair in paired]
    parts += [(calendar_date(story, chapter), LeadIn((), (chapter,))) for chapter in texts.told]
    run = LeadIn((), ())
    for _, part in sorted(parts, key=itemgetter(0)):
        if part.lines and run.told:
            yield run
            run = LeadIn((), ())
        run = LeadIn((*run.lines, *part.lines), (*run.told, *part.told))
    if run.lines or run.told:
        yield run


def calendar_date(story: Story, item: Line | ToldChapter) -> int:
    """Return the number of a date in the calendar: of a summary, its chapter's date; of a line, the date after it."""
    if isinstance(item, ToldChapter):
        return story.date_of[item.chapter]
    return next(date for date, lines in enumerate(story.lines) if item in lines)


def line_texts(line: Line, brief: bool) -> tuple[str, ...]:
    """Return the sentences of a line that are shown: all, or with `brief` the brief text if there is one."""
    return (line.brief,) if brief and line.brief else line.text


def progress(engine: Engine, position: Position) -> Progress:
    """Return how far a position is among the dates of its cut that count (see `CutDates`)."""
    dates, of = engine.dates, len(engine.dates.numbers)
    here = position.chapter_of(engine.story)
    if here is None:
        return Progress(None, of, None)
    years = years_in(here.when_at(position.node))
    if dates.frames(years):
        return Progress(None, of, None)
    reached = bisect_right(dates.numbers, engine.story.date_of[here.id])
    return Progress(reached or None, of, max(years, default=None))


def person_says(person: Person, story: Story, position: Position, role: str | None) -> str:
    """Return who a person is at a position, in the story's words; "" if the story does not say."""
    held = [sentence.text for sentence in person.says if holds(sentence, story, position, role)]
    return held[-1] if held else ""


def holds(known: Known, story: Story, position: Position, role: str | None) -> bool:
    """Return whether a sentence about a person holds at a position, for the reader of a role (None reads all)."""
    if known.role is not None and role is not None and known.role != role:
        return False
    if known.since is not None and story.order.index(known.since) > position.chapter:
        return False
    return known.condition is None or bool(known.condition.run(position.state))


def marks(texts: Iterable[str], story: Story, position: Position, role: str | None) -> tuple[PersonMark, ...]:
    """Return the people who are named in some texts, each once, in order."""
    if not story.people:
        return ()
    ids = dict.fromkeys(mention.person for text in texts for mention in story.names.mentions(text))
    return tuple(PersonMark(id, person_says(story.people[id], story, position, role)) for id in ids)


def person_card(person: Person, story: Story, position: Position, role: str | None) -> PersonCard:
    """Return the card of a person at a position, for the reader of a role (None reads all)."""
    known = tuple(sentence.text for sentence in person.know if holds(sentence, story, position, role))
    group = story.people_groups.get(person.group or "", "")
    says = person_says(person, story, position, role)
    return PersonCard(person.id, person.name, group, says, known, other_name(person))


def mark_texts(texts: MarkedTexts, story: Story, new: Iterable[str]) -> MarkedTexts:
    """Return the texts with each person in `new` (ids) marked at the first mention."""
    summaries, left = [], frozenset(new)
    for chapter in texts.told:
        marked, left = _with_marks_in_turn(chapter.paragraphs, story, left)
        summaries.append(replace(chapter, paragraphs=marked))
    text, left = _with_marks_in_turn(texts.paragraphs, story, left)
    answered = with_marks(texts.answer, story, left)[0] if texts.answer else None
    return replace(texts, told=tuple(summaries), paragraphs=text, answer=answered)


def _with_marks_in_turn(
    unmarked: Iterable[Paragraph], story: Story, people: frozenset[str]
) -> tuple[tuple[Paragraph, ...], frozenset[str]]:
    marked = []
    for paragraph in unmarked:
        paragraph, people = with_marks(paragraph, story, people)
        marked.append(paragraph)
    return tuple(marked), people


def line_paragraph(line: Line, brief: bool) -> Paragraph:
    """Return a line as one paragraph of its sentences. With `brief`, use its brief text if there is one."""
    return Paragraph((Span(_joined(line_texts(line, brief))),))


def _joined(sentences: Iterable[str]) -> str:
    text = ""
    for sentence in sentences:
        chinese = text[-1:] > LAST_ALPHABETIC or sentence[:1] > LAST_ALPHABETIC
        text += f" {sentence}" if text and not chinese else sentence
    return text


def with_marks(paragraph: Paragraph, story: Story, people: Set[str]) -> tuple[Paragraph, frozenset[str]]:
    """Mark each of `people` (ids) at the first mention, as a "person" span. Also return those who are not mentioned."""
    left = set(people)
    if not left:
        return paragraph, frozenset()
    spans: list[Span] = []
    for span in paragraph.spans:
        if span.kind == "term":
            spans.append(span)
            continue
        end = 0
        for mention in story.names.mentions(span.text):
            if mention.person not in left:
                continue
            left.discard(mention.person)
            if mention.start > end:
                spans.append(Span(span.text[end : mention.start], span.kind))
            spans.append(Span(span.text[mention.start : mention.end], "person", mention.person))
            end = mention.end
        if end < len(span.text):
            spans.append(Span(span.text[end:], span.kind) if end else span)
    return Paragraph(tuple(spans), paragraph.by), frozenset(left)


def sources(story: Story, previous: Position | None, position: Position, shown: Iterable[Line]) -> tuple[str, ...]:
    """Return the ids of the facts behind a page and the step to it, each once: the page's own first, `invented` last.
    Leave out facts of chapters of which the reader saw neither a page nor a summary in this step."""
    step = tuple(block for block in position.done if _is_shown(block, story, previous, position))
    own = position.node.because if position.node is not None and position.node in step else ()
    cited = dict.fromkeys((*own, *(fact for part in (*step, *shown) for fact in part.because)))
    facts = tuple(fact for fact in cited if fact != INVENTED)
    return (*facts, INVENTED) if INVENTED in cited else facts


def _is_shown(block: Block, story: Story, previous: Position | None, position: Position) -> bool:
    """Return whether a reader saw, on this step, a page or a summary of the chapter that a block belongs to."""
    if isinstance(block, Choice):
        return True
    if isinstance(block, Skip):
        return any(story.chapters[told.chapter].skip is block for told in position.told)
    chapter = block.full_id.partition(".")[0]
    return any(at is not None and at.node is not None and story.order[at.chapter] == chapter
               for at in (previous, position))  # fmt: skip


def weighing(story: Story, node: Node | None, state: State) -> Weighing | None:
    """Return the weighing of a page, with the computed portions and amount left; None if the page has no weighing."""
    if node is None or node.ledger is None:
        return None
    rows = [
        LedgerRow(row.kind, int(row.amount(state)), int(row.of_seed(state)) if row.of_seed else 0, row.label)
        for row in node.ledger.rows
    ]
    by_kind = {row.kind: row for row in rows}
    brought_in, taken, measures = by_kind.get("brought_in"), by_kind.get("taken"), story.measures
    back = int(node.ledger.back(state)) if node.ledger.back is not None else 0
    if brought_in is not None and taken is not None:
        seed = max(0, measures.seed - taken.of_seed) if measures is not None else 0
        rows.append(LedgerRow("left", max(0, brought_in.amount - taken.amount + back), seed))
    if measures is None:
        return Weighing(None, tuple(rows), None, back)
    people = measures.people_in(node.ledger.year)
    usual = measures.ordinary_share(brought_in.amount) if brought_in and measures.ordinary_stood else None

    def after_ordinary_share(row: LedgerRow | None) -> float | None:
        return measures.portions(measures.after_ordinary_share(row.amount), people) if row is not None else None

    left = rows[-1] if rows and rows[-1].kind == "left" else None
    portions = Portions(
        measures.ordinary, after_ordinary_share(by_kind.get("stood")), after_ordinary_share(brought_in),
        measures.portions(left.amount - left.of_seed, people) if left is not None else None)  # fmt: skip
    return Weighing(people, tuple(rows), portions, back, usual, max(0, measures.people[0][1] - people))


def named_texts(paragraphs: Iterable[Paragraph]) -> Iterator[str]:
    """Yield the texts in which the program looks for people's names: all but terms, which open cards of their own."""
    return (span.text for paragraph in paragraphs for span in paragraph.spans if span.kind != "term")
