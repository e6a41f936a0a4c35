"""Setting builder: turn shapes into the people, lines, sources, measures and map of a pack."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from game.core.findings import did_you_mean
from game.core.values import frozen
from game.story.builder.text_compiler import Path, TextCompiler
from game.story.facts import Source
from game.story.ledger import Measures
from game.story.model import Line
from game.story.people import Known, Person
from game.story.places import Image, Invitation, Sound, Spot
from game.story.schema.chapter_schema import FactShape, NodeShape
from game.story.schema.pack_schema import (
    InvitationShape,
    LineShape,
    MeasuresShape,
    PackShape,
    PlaceShape,
    WeighingWordsShape,
)
from game.story.schema.people_schema import KnownShape, PeopleShape, PersonShape

NOTE_KEYS = {
    "lost": "ledger.stood.more", "made_up": "ledger.reported.more", "seed": "ledger.of-seed", "back": "ledger.back",
    "usual": "ledger.taken.usual",
}  # fmt: skip


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
        self._check(shape.group, self.shape.groups, (*path, "group"), "group of people.yaml")
        self._check(shape.tells, self.roles, (*path, "tells"), "role of the pack")
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
            self._check(shape.from_, self.chapters, (*path, i, "from"), "chapter of the calendar")
            self._check(shape.role, self.roles, (*path, i, "role"), "role of the pack")
        return tuple(
            Known(shape.text, shape.from_, shape.role, self.compiler.condition(shape.if_, (*path, i, "if")))
            for i, shape in enumerate(shapes)
        )

    def _check(self, name: str | None, known: Collection[str], path: Path, kind: str) -> None:
        self.compiler.check_known(name, known, path, kind, "WG314", "Mend the name.")


def build_lines(pack: PackShape, compiler: TextCompiler) -> tuple[tuple[Line, ...], ...]:
    """Return for each date of the calendar the lines (short texts between dates) that stand directly before it."""
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
    return {
        id: Source(id, shape.title, shape.kind, shape.name or "", shape.about or "")
        for id, shape in pack.sources.items()
    }


def main_source(pack: PackShape, compiler: TextCompiler) -> str:
    """Return the key of the source that the story rests on; "" if all sources are equal. Report an unknown key."""
    compiler.check_known(pack.main, pack.sources, ("main",), "source of the pack", "WG314", "Name one of `sources`.")
    return pack.main or (next(iter(pack.sources)) if len(pack.sources) == 1 else "")


def source_of(fact: FactShape, path: Path, pack: PackShape, main: str, compiler: TextCompiler) -> str:
    """Return the key of a fact's source, by default `main`. Report an unknown source, and a missing or wrong place."""
    source = fact.source or main or next(iter(pack.sources), "")
    if fact.source is not None and fact.source not in pack.sources:
        remedy = f"Add it to `sources` in pack.yaml.{did_you_mean(fact.source, pack.sources)}"
        compiler.report("WG314", (*path, "source"), f"`{fact.source}` is not a source of the pack", remedy)
    elif source and (asked := pack.sources[source].place) is not None:
        _check_place(fact, path, source, asked, compiler)
    elif len(given := _numbers(fact)) > 1:
        first, *more = given
        problem = f"a fact has one place in its source, and this one has `{first}` already"
        compiler.report("WG203", (*path, more[0]), problem, f"Keep `{first}` or `{more[0]}`.")
    if fact.sentences and fact.paragraph is None:
        problem = "`sentences` are those of a paragraph, and the fact has none"
        compiler.report("WG203", (*path, "sentences"), problem, "Add `paragraph:`, or take `sentences` out.")
    return source


def _check_place(fact: FactShape, path: Path, source: str, asked: str, compiler: TextCompiler) -> None:
    """Report a fact that has no place of the kind `asked` (such as "page"), or a place of another kind."""
    given = _numbers(fact)
    if asked not in ("none", *given):
        remedy = f"Add `{asked}:` and its number, or name another `source:`."
        compiler.report("WG202", path, f"the fact does not say at which {asked} of `{source}` it is", remedy)
    for place in given.keys() - {asked}:
        remedy = f"Take `{place}` out, or write `place: {place}` at `{source}` under `sources` in pack.yaml."
        compiler.report("WG203", (*path, place), f"facts from `{source}` do not have a {place}", remedy)


def fact_place(fact: FactShape) -> tuple[str, str]:
    """Return a fact's `place` and `counted` (see `Fact`); two "" if it has no place. Pages 44 to 45 are `44–45`."""
    for counted, number in _numbers(fact).items():
        pages = re.sub(r"\s*[-–]\s*", "–", number)
        return (pages, "pages") if counted == "page" and re.search("[–,]", pages) else (number, counted)
    return "", ""


def _numbers(fact: FactShape) -> dict[str, str]:
    paragraph = fact.paragraph.removeprefix("P") + (fact.part or "") if fact.paragraph is not None else None
    given = {"paragraph": paragraph, "page": fact.page, "section": fact.section, "minute": fact.minute}
    return {counted: number for counted, number in given.items() if number is not None}


def pack_words(pack: PackShape, main: Source | None) -> dict[str, str]:
    """Return the pack's own words by their names in the interface's catalogue: unit, few_units, units, and so on.

    One of the words is the name of the source `main`.
    """
    shape = pack.words
    words = {
        "between": shape.between,
        "place": shape.place,
        "invite": shape.invite,
        "licence": shape.licence,
        "ordinary": shape.weighing.ordinary,
        "food": shape.weighing.food,
        "main": (main.name or main.title) if main is not None else None,
    }
    for name, counted in (("unit", shape.unit), ("portion", shape.portion)):
        if counted is not None:
            forms = counted.forms
            words |= {name: forms["one"], f"{name}s": forms["other"], f"few_{name}s": forms["few"]}
    return {name: word for name, word in words.items() if word}


def pack_texts(shape: WeighingWordsShape) -> dict[str, str]:
    """Return the texts of a pack that replace the interface's texts, by their keys in the interface's catalogue."""
    texts: dict[str, str | None] = {
        "ledger": shape.title,
        "ledger.asked.shares": None if shape.shares else "",
        "chart.years": shape.title,
        "chart.patterns": shape.legend,
        "bowls.kept": shape.steps.brought_in,
    }
    texts |= {f"ledger.{kind}": label for kind, label in shape.rows}
    texts |= {f"bowls.{step}": label for step, label in shape.steps}
    for step, cause in (*shape.causes, ("rest", shape.causes.left)):
        texts |= {f"bowls.{step}.less": cause.less, f"bowls.{step}.more": cause.more}
    for name, note in shape.notes:
        if note:
            texts[NOTE_KEYS[name]] = "{n:,} " + note.replace("{", "{{").replace("}", "}}")
    return {key: text for key, text in texts.items() if text is not None}


def build_measures(shape: MeasuresShape | None) -> Measures | None:
    """Return the measures that turn units of grain into daily portions; None if the pack has none."""
    if shape is None:
        return None
    year, people = shape.ordinary, tuple(sorted(shape.people.items()))
    ordinary = (year.stood, year.taken, year.reported) if year is not None else (0, 0, None)
    return Measures(shape.unit_kg, shape.husked_percent, shape.portion_g, shape.days, shape.seed, people, *ordinary)


def build_image(shape: PlaceShape | NodeShape) -> Image | None:
    """Return the image of a place or page; None if it has none."""
    if shape.image is None:
        return None
    x, y = shape.focus or (0.5, 0.5)
    return Image(shape.image, shape.credit or "", round(100 * x), round(100 * y))


def build_sound(shape: PlaceShape) -> Sound | None:
    """Return a place's sound; None if it has none."""
    return Sound(shape.sound, shape.sound_credit or "") if shape.sound is not None else None


def build_invitation(shape: InvitationShape | None, compiler: TextCompiler) -> Invitation | None:
    """Return an idle kiosk's picture, which changes in stages. Report a `title` that is not the number of a stage."""
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
        remedy = "Add it to `spots` of `map`."
        compiler.check_known(place.spot, spots, ("places", id, "spot"), "spot of the map", "WG314", remedy)
    return {id: Spot(id, shape.name, (shape.at[0], shape.at[1])) for id, shape in spots.items()}
