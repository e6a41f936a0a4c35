"""Setting builder: turn shapes into the people, lines, sources, measures and map of a pack."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from game.core.findings import did_you_mean
from game.core.values import frozen
from game.story.builder.text_compiler import Path, TextCompiler
from game.story.facts import Source
from game.story.ledger import Measures
from game.story.model import Invitation, Line, Spot
from game.story.people import Known, Person
from game.story.schema.chapter_schema import FactShape
from game.story.schema.pack_schema import InvitationShape, LineShape, MeasuresShape, PackShape
from game.story.schema.people_schema import KnownShape, PeopleShape, PersonShape


@frozen
class PeopleBuilder:
    """Builds the people of people.yaml. `chapters` and `roles` hold the pack's ids."""

    shape: PeopleShape
    compiler: TextCompiler
    chapters: Collection[str]
    roles: Collection[str]

    def people(self) -> dict[str, Person]:
        return {id: self._person(id, shape) for id, shape in self.shape.people.items()}

    def _person(self, id: str, shape: PersonShape) -> Person:
        path: Path = ("people", id)
        if shape.group is not None and shape.group not in self.shape.groups:
            self._unknown((*path, "group"), shape.group, "group of people.yaml", self.shape.groups)
        if shape.tells is not None and shape.tells not in self.roles:
            self._unknown((*path, "tells"), shape.tells, "role of the pack", self.roles)
        return Person(
            id=id,
            name=shape.name,
            also=tuple(shape.also),
            group=shape.group,
            pronoun=shape.pronoun,
            tells=shape.tells,
            says=self._known(shape.is_, (*path, "is")),
            know=self._known(shape.know, (*path, "know")),
            fate=self.compiler.passages(shape.fate, (*path, "fate")),
        )

    def _known(self, shapes: Sequence[KnownShape], path: Path) -> tuple[Known, ...]:
        for i, shape in enumerate(shapes):
            if shape.from_ is not None and shape.from_ not in self.chapters:
                self._unknown((*path, i, "from"), shape.from_, "chapter of the calendar", self.chapters)
            if shape.role is not None and shape.role not in self.roles:
                self._unknown((*path, i, "role"), shape.role, "role of the pack", self.roles)
        return tuple(
            Known(shape.text, shape.from_, shape.role, self.compiler.condition(shape.if_, (*path, i, "if")))
            for i, shape in enumerate(shapes)
        )

    def _unknown(self, path: Path, name: str, what: str, known: Collection[str]) -> None:
        self.compiler.report("WG314", path, f"`{name}` is not a {what}", f"Mend the name.{did_you_mean(name, known)}")


def build_lines(pack: PackShape, compiler: TextCompiler) -> tuple[tuple[Line, ...], ...]:
    """Return for each date of the calendar the lines that stand directly before it."""
    dates: list[tuple[Line, ...]] = []
    waiting: list[Line] = []
    ids: set[str] = set()
    last: Path = ()
    for i, entry in enumerate(pack.calendar):
        if not isinstance(entry, LineShape):
            dates.append(tuple(waiting))
            waiting = []
            continue
        last = ("calendar", i)
        if entry.line in ids:
            problem = f"the line `{entry.line}` stands in the calendar twice"
            compiler.report("WG307", (*last, "line"), problem, "Rename one of the two.")
        ids.add(entry.line)
        because = compiler.because(entry.because, last)
        waiting.append(Line(entry.line, tuple(entry.text), entry.year, entry.brief, because))
    if waiting:
        problem = f"the line `{waiting[-1].id}` stands after the last chapter, so nobody meets it"
        compiler.report("WG509", last, problem, "Put it before a chapter.")
    return tuple(dates) if ids else ()


def build_sources(pack: PackShape) -> dict[str, Source]:
    """Return the documents from which facts are taken, by their keys."""
    return {id: Source(id, shape.title, shape.kind, shape.about or "") for id, shape in pack.sources.items()}


def source_of(fact: FactShape, place: Path, sources: Mapping[str, Source], compiler: TextCompiler) -> str:
    """Return the key of a fact's source. Report an unknown source, and a place in the source that does not fit."""
    first = next(iter(sources), "")
    source = fact.source or first
    if fact.source is not None and fact.source not in sources:
        remedy = f"Add it to `sources` in pack.yaml.{did_you_mean(fact.source, sources)}"
        compiler.report("WG314", (*place, "source"), f"`{fact.source}` is not a source of the pack", remedy)
    if source == first and fact.paragraph is None:
        remedy = "Add `paragraph:` and `sentences:`, or name another `source:`."
        compiler.report("WG202", place, "the fact does not say where it stands in its source", remedy)
    if source != first and (fact.paragraph is not None or fact.sentences):
        remedy = "Take `paragraph` and `sentences` out."
        compiler.report("WG203", place, "only facts of the first source have a paragraph and sentences", remedy)
    return source


def build_measures(shape: MeasuresShape | None) -> Measures | None:
    """Return the measures that turn units of grain into daily portions; None if the pack has none."""
    if shape is None:
        return None
    return Measures(
        shape.unit_kg,
        shape.husked_percent,
        shape.portion_g,
        shape.days,
        shape.seed,
        shape.ordinary.stood,
        shape.ordinary.taken,
        tuple(sorted(shape.people.items())),
    )


def build_invitation(shape: InvitationShape | None, compiler: TextCompiler) -> Invitation | None:
    """Return the ageing picture for a kiosk; None if the pack has none. Report a title stage that does not exist."""
    if shape is None:
        return None
    if shape.title is not None and shape.title > len(shape.stages):
        remedy = f"Write the number of a stage, 1 to {len(shape.stages)}."
        compiler.report("WG203", ("invitation", "title"), f"there is no stage {shape.title}", remedy)
    return Invitation(shape.scene, tuple(dict(stage) for stage in shape.stages), shape.title)


def build_spots(pack: PackShape, compiler: TextCompiler) -> dict[str, Spot]:
    """Return the places on the map. Report each place of the story that names an unknown spot."""
    spots = pack.map.spots if pack.map is not None else {}
    for id, place in pack.places.items():
        if place.spot is not None and place.spot not in spots:
            remedy = f"Add it to `spots` of `map`.{did_you_mean(place.spot, spots)}"
            compiler.report("WG314", ("places", id, "spot"), f"`{place.spot}` is not a spot of the map", remedy)
    return {id: Spot(id, shape.name, (shape.at[0], shape.at[1])) for id, shape in spots.items()}
