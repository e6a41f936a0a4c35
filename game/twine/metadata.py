"""Metadata of an export: all data of a pack that its passages do not hold, in the form of its YAML, in one passage.

The pages of played chapters are in the passages; all other chapters are here as a whole.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from game.lang.expressions import Effects, Expression
from game.lang.markup import Passage
from game.story.chapter_mode import ChapterMode
from game.story.debrief import DebriefSection, PlacingTask
from game.story.ledger import Measures
from game.story.model import NEXT, Branch, Chapter, Choice, Cut, Node, Skip, Story, Variable
from game.story.people import Known
from game.twine.script_names import Names
from game.twine.wiki_markup import paragraph_source

NAME = "StoryPack"  # the passage's name
Data = dict[str, Any]


def metadata_of(story: Story, cut: Cut, modes: Mapping[str, ChapterMode], names: Names) -> Data:
    """The metadata of an export. `modes` are the chapters with passages, in the order of the calendar."""
    return _mapping(
        pack=story.pack,
        title=story.title,
        version=story.version,
        language=story.language,
        subtitle=list(story.subtitle),
        content_note=list(story.content_note),
        about=list(story.about),
        roles={id: _mapping(name=one.name, about=one.about) for id, one in story.roles.items()},
        variables={name: _variable(variable) for name, variable in story.variables.items()},
        always=[one.text for one in story.always],
        fates=[one.text for one in story.fates],
        places={
            id: _mapping(
                name=place.name,
                scene=place.scene,
                params={
                    key: value.text if isinstance(value, Expression) else value for key, value in place.params.items()
                },
                alt=_passages(place.alt),
                spot=place.spot,
            )
            for id, place in story.places.items()
        },
        calendar=list(_calendar(story)),
        cuts={id: _cut(one, story) for id, one in story.cuts.items()},
        sources={id: _mapping(title=one.title, kind=one.kind, about=one.about) for id, one in story.sources.items()},
        measures=_measures(story.measures) if story.measures is not None else None,
        map=_mapping(spots={id: {"name": one.name, "at": list(map(str, one.at))} for id, one in story.spots.items()}),
        invitation=_invitation(story),
        shows="brief" if cut.brief else None,
        chapters={id: _played_chapter(story.chapters[id], mode, cut, names) for id, mode in modes.items()},
        unwalked={
            id: (_pages(chapter) if id in modes else _whole(chapter, names))
            for id, chapter in story.chapters.items()
            if modes.get(id) is not ChapterMode.PLAYED
        },
        facts=[
            _mapping(
                id=fact.id,
                source=fact.source if fact.source != next(iter(story.sources), "") else None,
                paragraph=fact.paragraph,
                sentences=list(fact.sentences),
                speaker=fact.speaker,
                paraphrase=fact.text,
                date=fact.date,
                kind=fact.kind,
                theme=fact.theme,
                game_may=fact.game_may,
                caution=fact.caution,
                essential=fact.essential or None,
                keep=("sentences",) if fact.paragraph else (),
            )
            for fact in story.facts.values()
        ],
        glossary={
            id: _mapping(term=term.term, hanzi=term.hanzi, pinyin=term.pinyin, text=term.text)
            for id, term in story.terms.items()
        },
        debrief=[_section(part) for part in story.debrief],
        people=_people(story),
    )


def _mapping(keep: Sequence[str] = (), **data: Any) -> Data:
    """A mapping without empty values, but for the keys in `keep`. A trailing underscore of a key is removed."""
    said = {key.removesuffix("_"): value for key, value in data.items()}
    return {key: value for key, value in said.items() if key in keep or value not in (None, "", [], {}, ())}


def _calendar(story: Story) -> Iterator[Any]:
    """The dates, each after the lines that stand before it."""
    for number, date in enumerate(story.calendar):
        for line in story.lines[number] if story.lines else ():
            yield _mapping(
                line=line.id, year=line.year, text=list(line.text), brief=line.brief, because=list(line.because)
            )
        yield list(date) if len(date) > 1 else date[0]


def _invitation(story: Story) -> Data | None:
    shown = story.invitation
    if shown is None:
        return None
    return _mapping(scene=shown.scene, title=shown.title, stages=[dict(stage) for stage in shown.stages])


def _measures(measures: Measures) -> Data:
    return {
        "unit_kg": measures.unit_kg,
        "husked_percent": measures.husked_percent,
        "portion_g": measures.portion_g,
        "days": measures.days,
        "seed": measures.seed,
        "ordinary": {"stood": measures.ordinary_stood, "taken": measures.ordinary_taken},
        "people": dict(measures.people),
    }


def _people(story: Story) -> Data:
    """The file people.yaml, without what only its authors read."""
    people = {
        id: _mapping(
            name=one.name,
            also=list(one.also),
            group=one.group,
            tells=one.tells,
            is_=_known(one.says),
            know=_known(one.know),
            fate=_passages(one.fate),
        )
        for id, one in story.people.items()
    }
    return _mapping(groups=dict(story.people_groups), people=people)


def _known(several: Iterable[Known]) -> list[Any]:
    return [
        _mapping(from_=one.since, role=one.role, if_=one.condition.text if one.condition else None, text=one.text)
        for one in several
    ]


def _section(part: DebriefSection) -> Data:
    placing = part.placing
    return _mapping(
        id=part.id,
        title=part.title,
        text=list(part.text),
        fill=part.fill,
        otherwise=list(part.otherwise),
        placing=_placing(placing) if placing else None,
        brief=list(part.brief),
        after=list(part.after),
        outside=part.outside or None,
        beside=part.beside or None,
        appendix=part.appendix or None,
        groups=list(part.groups),
    )


def _placing(placing: PlacingTask) -> Data:
    decisions = [
        _mapping(id=one.id, text=one.text, view=_mapping(at=list(one.at), text=one.why, facts=list(one.facts)))
        for one in placing.decisions
    ]
    return _mapping(places=dict(placing.places), decisions=decisions)


def _variable(variable: Variable) -> Data:
    return {
        "start": variable.start,
        **({"min": variable.low} if variable.low is not None else {}),
        **({"max": variable.high} if variable.high is not None else {}),
        **_mapping(one_of=list(variable.one_of), words=dict(variable.words)),
    }


def _cut(cut: Cut, story: Story) -> Data:
    chapters = None if cut.chapters is None else [id for id in story.order if id in cut.chapters]
    brief = cut.brief or ("lines" if cut.brief_lines else None)
    return _mapping(play="both roles" if cut.both_roles else "one role", chapters=chapters, brief=brief)


def _head(chapter: Chapter) -> Data:
    return _mapping(
        title=chapter.title,
        role=chapter.role,
        hanzi=chapter.hanzi,
        when=chapter.when,
        place=chapter.place,
        note=chapter.note,
        object=chapter.object,
        was=list(chapter.was),
    )


def _played_chapter(chapter: Chapter, mode: ChapterMode, cut: Cut, names: Names) -> Data:
    """A chapter with passages, without what they hold."""
    skip = chapter.skip
    if skip is not None and (mode is not ChapterMode.PLAYED or chapter.note is not None):
        told = mode is not ChapterMode.RESOLVED
        says = _skip(skip, chapter, names, text=not told or cut.brief, brief=not told or not cut.brief)
        said = {key: value for key, value in says.items() if key not in ("do", "as")}
    else:
        said = _skip(skip, chapter, names) if skip is not None else {}
    walked = chapter.nodes.values() if mode is ChapterMode.PLAYED else ()
    return _head(chapter) | _mapping(skip=said, nodes={node.id: data for node in walked if (data := _about(node, cut))})


def _whole(chapter: Chapter, names: Names) -> Data:
    skip = chapter.skip
    return _head(chapter) | _mapping(skip=_skip(skip, chapter, names) if skip is not None else None) | _pages(chapter)


def _skip(skip: Skip, chapter: Chapter, names: Names, text: bool = True, brief: bool = True) -> Data:
    return _mapping(
        text=_passages(skip.text) if text else None,
        brief=_passages(skip.brief) if brief else None,
        do=_statements(skip.effects),
        because=list(skip.because),
        as_=[target.removeprefix(f"{chapter.id}.") for _, target in names.marks(skip.stands_for)],
    )


def _about(node: Node, cut: Cut) -> Data:
    """A page without what its passage holds, which is the text in the cut's form, long or brief."""
    shown_brief = cut.brief and (bool(node.brief) or not node.in_brief)
    choices = {one.id: _mapping(because=list(one.because), was=list(one.was), **_outcome(one)) for one in node.choices}
    return _mapping(
        text=_passages(node.text) if shown_brief else None,
        brief=None if shown_brief else _passages(node.brief),
        in_brief=None if node.in_brief else False,
        discuss=node.discuss,
        tally=None if node.tally else False,
        when=node.when,
        place=node.place,
        because=list(node.because),
        ledger=_ledger(node),
        onward=node.onward or None,
        always=[one.text for one in node.always],
        was=list(node.was),
        choices={id: data for id, data in choices.items() if data},
    )


def _pages(chapter: Chapter) -> Data:
    """The pages of a chapter that have no passage."""
    first = next(iter(chapter.nodes.values()), None)
    begin = chapter.begin if [one.to for one in chapter.begin] != [first and first.full_id] else ()
    return _mapping(begin=_ways(begin), nodes={node.id: _page(node) for node in chapter.nodes.values()})


def _page(node: Node) -> Data:
    return _mapping(
        text=_passages(node.text),
        brief=_passages(node.brief),
        in_brief=None if node.in_brief else False,
        discuss=node.discuss,
        tally=None if node.tally else False,
        when=node.when,
        place=node.place,
        do=_statements(node.effects),
        because=list(node.because),
        ledger=_ledger(node),
        onward=node.onward or None,
        always=[one.text for one in node.always],
        choices=[_choice(one) for one in node.choices],
        goto=None if node.choices else _ways(node.goto),
        end=node.end,
        was=list(node.was),
    )


def _choice(choice: Choice) -> Data:
    return _mapping(
        id=choice.id,
        say=choice.say,
        reason=choice.reason,
        if_=choice.condition.text if choice.condition else None,
        do=_statements(choice.effects),
        because=list(choice.because),
        goto=_ways(choice.goto),
        was=list(choice.was),
        **_outcome(choice),
    )


def _outcome(choice: Choice) -> Data:
    return {"answer": _passages(choice.answer), "anyway": _passages(choice.anyway)}


def _ways(branches: Sequence[Branch]) -> Any:
    """Targets; a single unconditional one as a plain string."""
    ways = [
        ({"if": one.condition.text} if one.condition else {})
        | {"to": one.to if one.to == NEXT else one.to.rpartition(".")[2]}
        for one in branches
    ]
    return ways[0]["to"] if len(ways) == 1 and "if" not in ways[0] else ways


def _ledger(node: Node) -> Data | None:
    ledger = node.ledger
    if ledger is None:
        return None
    rows: Data = {
        row.kind: _mapping(amount=row.amount.text, of_seed=_text(row.of_seed), label=row.label or None)
        for row in ledger.rows
    }
    return _mapping(year=ledger.year, **rows, back=_text(ledger.back))


def _text(expression: Expression | None) -> str | None:
    return expression.text if expression is not None else None


def _statements(effects: Effects | None) -> list[str]:
    """The statements of a `do` as written."""
    return list(effects.texts) if effects else []


def _passages(passages: Iterable[Passage]) -> list[Any]:
    """A text as a list of paragraphs."""
    data: list[Any] = []
    for passage in passages:
        text = paragraph_source(passage.parts)
        if passage.by is None and passage.condition is None:
            data.append(text)
        else:
            condition = passage.condition.text if passage.condition else None
            data.append(_mapping(by=passage.by, if_=condition, text=text))
    return data
