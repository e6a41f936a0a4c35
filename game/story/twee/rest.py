"""What Twine has no place for, as plain data in the shape of the pack's own YAML: it rides in one passage."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from game.story.expressions import Effects, Expression
from game.story.markup import Passage
from game.story.model import Chapter, Node, Skip, Story, Variable
from game.story.twee.names import Names
from game.story.twee.wiki import source

NAME = "StoryPack"  # the passage
Data = dict[str, Any]


def rest_of(story: Story, role: str | None, chapters: Mapping[str, bool], names: Names) -> Data:
    """The pack without what the passages say. `chapters`: which of them are walked, along the calendar."""
    doors = {role, *(story.chapters[id].role for id in chapters)}
    places = {story.chapters[id].place for id in chapters} & set(story.places)
    return _full(
        pack=story.pack,
        title=story.title,
        version=story.version,
        language=story.language,
        content_note=list(story.content_note),
        about=list(story.about),
        roles={id: _full(name=one.name, about=one.about) for id, one in story.roles.items() if id in doors},
        variables={
            **{name: _variable(variable) for name, variable in story.variables.items()},
            **{name: {"start": False} for name in names.plain.values()},
        },
        always=[names.carried(one) for one in story.always],
        places={
            id: _full(
                name=place.name,
                scene=place.scene,
                params={
                    key: names.carried(value) if isinstance(value, Expression) else value
                    for key, value in place.params.items()
                },
                alt=passages_data(place.alt, names),
            )
            for id, place in story.places.items()
            if id in places
        },
        chapters={id: _chapter(story.chapters[id], walked, names) for id, walked in chapters.items()},
        facts=[
            _full(
                id=fact.id,
                paragraph=fact.paragraph,
                sentences=list(fact.sentences),
                speaker=fact.speaker,
                paraphrase=fact.text,
                date=fact.date,
                kind=fact.kind,
                theme=fact.theme,
                game_may=fact.game_may,
                caution=fact.caution,
                keep=("sentences",),
            )
            for fact in story.facts.values()
        ],
        glossary={
            id: _full(term=term.term, hanzi=term.hanzi, pinyin=term.pinyin, text=term.text)
            for id, term in story.terms.items()
        },
        debrief=[_full(id=part.id, title=part.title, text=list(part.text), fill=part.fill) for part in story.debrief],
    )


def _full(keep: Sequence[str] = (), **data: Any) -> Data:
    """Without what says nothing."""
    return {key: value for key, value in data.items() if key in keep or value not in (None, "", [], {}, ())}


def _variable(variable: Variable) -> Data:
    return {
        "start": variable.start,
        **({"min": variable.low} if variable.low is not None else {}),
        **({"max": variable.high} if variable.high is not None else {}),
        **_full(one_of=list(variable.one_of), words=dict(variable.words)),
    }


def _chapter(chapter: Chapter, walked: bool, names: Names) -> Data:
    skip = chapter.skip
    told_in_passage = not walked or chapter.note is not None
    return _full(
        title=chapter.title,
        role=chapter.role,
        hanzi=chapter.hanzi,
        when=chapter.when,
        place=chapter.place,
        note=chapter.note,
        skip=_skip(skip, chapter, told_in_passage, names) if skip else None,
        nodes={
            node.id: data for node in chapter.nodes.values() if walked and (data := _node(node, names))
        },
    )  # fmt: skip


def _skip(skip: Skip, chapter: Chapter, told_in_passage: bool, names: Names) -> Data:
    data = _full(brief=passages_data(skip.brief, names), because=list(skip.because))
    if not told_in_passage:
        marks = names.marks(skip.stands_for)
        data |= _full(
            text=passages_data(skip.text, names),
            do=effects_data(skip.effects, names),
            **{"as": [target.removeprefix(f"{chapter.id}.") for _, target in marks]},
        )
    return data


def _node(node: Node, names: Names) -> Data:
    return _full(
        brief=passages_data(node.brief, names),
        discuss=node.discuss,
        because=list(node.because),
        ledger=[{"label": row.label, "value": names.carried(row.value)} for row in node.ledger],
        choices={choice.id: {"because": list(choice.because)} for choice in node.choices if choice.because},
    )


def effects_data(effects: Effects | None, names: Names) -> list[str]:
    """A `do` as its author would have typed it."""
    return names.statements(effects) if effects else []


def passages_data(passages: Iterable[Passage], names: Names) -> list[Any]:
    """A text as a list of paragraphs."""
    data: list[Any] = []
    for passage in passages:
        text = source(passage.parts)
        if passage.by is None and passage.condition is None:
            data.append(text)
        else:
            condition = names.carried(passage.condition) if passage.condition else None
            data.append(_full(by=passage.by) | ({"if": condition} if condition else {}) | {"text": text})
    return data
