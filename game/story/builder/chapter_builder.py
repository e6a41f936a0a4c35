"""Chapter builder: turn a chapter's shape into a Chapter. Nodes and targets get full ids (`chapter.node`)."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from game.core.findings import did_you_mean
from game.core.values import frozen
from game.lang.expressions import Expression
from game.lang.markup import without_emphasis
from game.lang.typecheck import check_number
from game.story.builder.setting_builder import build_image
from game.story.builder.text_compiler import Path, TextCompiler
from game.story.ledger import Ledger, LedgerEntry
from game.story.model import NEXT, Branch, Chapter, Choice, Node, Skip
from game.story.schema.chapter_schema import ChapterShape, ChoiceShape, LedgerShape, NodeShape, SkipShape, TargetShape


@frozen
class ChapterBuilder:
    """Builds one chapter. `places` holds the ids of the pack's places."""

    shape: ChapterShape
    compiler: TextCompiler
    places: Collection[str]

    def chapter(self) -> Chapter:
        shape = self.shape
        self._check_place(shape.place, ())
        nodes = shape.nodes or {}
        if not nodes and shape.skip is None:
            remedy = "Add the one that tells it."
            self.compiler.report("WG202", (), "the chapter has neither `nodes` nor `skip`", remedy)
        begin: tuple[Branch, ...] = ()
        if nodes:
            begin = self._branches(shape.begin, ("begin",)) or (Branch(f"{shape.chapter}.{next(iter(nodes))}"),)
        return Chapter(
            id=shape.chapter,
            title=shape.title,
            role=shape.role,
            hanzi=shape.hanzi,
            when=shape.when,
            place=shape.place,
            note=shape.note,
            object=shape.object,
            begin=begin,
            nodes={id: self._node(id, node) for id, node in nodes.items()},
            skip=self._skip(shape.skip) if shape.skip else None,
            was=tuple(shape.was),
        )

    def _check_place(self, place: str | None, path: Path) -> None:
        remedy = "Add it to `places` in pack.yaml."
        self.compiler.check_known(place, self.places, (*path, "place"), "place of the pack", "WG302", remedy)

    def _node(self, id: str, shape: NodeShape) -> Node:
        path: Path = ("nodes", id)
        self._check_place(shape.place, path)
        full = f"{self.shape.chapter}.{id}"
        if id == NEXT:
            remedy = "Rename the node."
            self.compiler.report("WG307", path, "`next` is the way to the next chapter", remedy, on_key=True)
        ids = [choice.id for choice in shape.choices or ()]
        above: set[str] = set()
        for i, choice in enumerate(ids):
            if choice in above or choice in ("continue", "skip", "leave"):
                reason = "stands twice in this node" if choice in above else "is reserved"
                remedy = "Rename it."
                self.compiler.report("WG307", (*path, "choices", i, "id"), f"the choice `{choice}` {reason}", remedy)
            above.add(choice)
        goto = self._branches(shape.goto, (*path, "goto"))
        self._check_ways_on(shape, path)
        if not shape.in_brief and (shape.choices or shape.end or shape.brief):
            problem = f"`{id}` is not a page of a brief cut, and has choices, an ending or a `brief`"
            self.compiler.report("WG604", (*path, "in_brief"), problem, "Take `in_brief` out.", on_key=True)
        for key in ("alt", "credit", "focus"):
            if key in shape.model_fields_set and shape.image is None:
                problem = f"`{id}` has `{key}`, and no `image`"
                self.compiler.report(
                    "WG202", (*path, key), problem, f"Add the image, or take `{key}` out.", on_key=True
                )
        return Node(
            id=id,
            full_id=full,
            text=self.compiler.passages(shape.text, (*path, "text")),
            brief=self.compiler.passages(shape.brief, (*path, "brief")),
            in_brief=shape.in_brief,
            discuss=shape.discuss,
            tally=shape.tally,
            when=shape.when,
            place=shape.place,
            image=build_image(shape),
            alt=self.compiler.passages(shape.alt, (*path, "alt")),
            effects=self.compiler.effects(shape.do, shape.because, path),
            because=self.compiler.because(shape.because, path),
            choices=tuple(
                self._choice(choice, full, goto, (*path, "choices", i)) for i, choice in enumerate(shape.choices or ())
            ),
            goto=goto,
            end=shape.end,
            onward=shape.onward or "",
            ledger=self._ledger(shape.ledger, (*path, "ledger")) if shape.ledger is not None else None,
            always=tuple(
                claim
                for i, text in enumerate(shape.always)
                if (claim := self.compiler.condition(text, (*path, "always", i))) is not None
            ),
            bit=self.compiler.pack.bits.get(("seen", full)),
            was=tuple(shape.was),
            where=self.compiler.document.where(path, on_key=True),
        )

    def _check_ways_on(self, shape: NodeShape, path: Path) -> None:
        def report(problem: str, remedy: str, *below: str | int) -> None:
            self.compiler.report("WG502", (*path, *below), problem, remedy, on_key=not below)

        if shape.end is not None and (shape.choices or shape.goto):
            report("an ending has a way on as well", "Remove `choices` and `goto`, or `end`.")
        elif shape.end is None and not shape.choices and not shape.goto:
            report("the node has no way on", "Add `choices`, `goto` or `end`.")
        elif shape.text is None and (shape.choices or shape.end):
            report("a node without text is passed through, so nobody meets its choices", "Add a `text`.")
        elif not shape.goto:
            for i, choice in enumerate(shape.choices or ()):
                if not choice.goto:
                    remedy = "Add a `goto` to it, or to the node for all its choices."
                    report(f"the choice `{choice.id}` leads nowhere", remedy, "choices", i)

    def _choice(self, shape: ChoiceShape, node: str, otherwise: tuple[Branch, ...], path: Path) -> Choice:
        full = f"{node}.{shape.id}"
        return Choice(
            id=shape.id,
            full_id=full,
            say=without_emphasis(" ".join(shape.say.split())),
            goto=self._branches(shape.goto, (*path, "goto")) or otherwise,
            reason=" ".join((shape.reason or "").split()),
            condition=self.compiler.condition(shape.if_, (*path, "if")),
            effects=self.compiler.effects(shape.do, shape.because, path),
            because=self.compiler.because(shape.because, path),
            answer=self.compiler.passages(shape.answer, (*path, "answer")),
            anyway=self.compiler.passages(shape.anyway, (*path, "anyway")),
            bit=self.compiler.pack.bits.get(("chose", full)),
            was=tuple(shape.was),
            where=self.compiler.document.where(path),
        )

    def _skip(self, shape: SkipShape) -> Skip:
        path: Path = ("skip",)
        stands_for, takes = 0, set[str]()
        nodes = self.shape.nodes or {}
        for i, recalled in enumerate(shape.as_):
            node, _, choice = recalled.partition(".")
            known = node in nodes and (not choice or choice in {option.id for option in nodes[node].choices or ()})
            if not known:
                problem = f"`{recalled}` is not a node or choice of this chapter"
                remedy = f"Write `node` or `node.choice`.{did_you_mean(node, nodes)}"
                self.compiler.report("WG308", (*path, "as", i), problem, remedy)
            for key in (("seen", f"{self.shape.chapter}.{node}"), ("chose", f"{self.shape.chapter}.{recalled}")):
                if key in self.compiler.pack.bits:
                    stands_for |= 1 << self.compiler.pack.bits[key]
            if known and choice:
                takes.add(f"{self.shape.chapter}.{recalled}")
        return Skip(
            text=self.compiler.passages(shape.text, (*path, "text")),
            brief=self.compiler.passages(shape.brief, (*path, "brief")),
            effects=self.compiler.effects(shape.do, shape.because, path),
            because=self.compiler.because(shape.because, path),
            stands_for=stands_for,
            takes=frozenset(takes),
        )

    def _ledger(self, shape: LedgerShape, path: Path) -> Ledger:
        def number(text: str | None, *at: str) -> Expression | None:
            return self.compiler.expression(text, (*path, *at), check_number) if text is not None else None

        rows = []
        for kind, row in shape.rows():
            amount, of_seed = number(row.amount, kind, "amount"), number(row.of_seed, kind, "of_seed")
            if amount is not None:
                rows.append(LedgerEntry(kind, amount, of_seed, row.label or ""))
        return Ledger(shape.year, tuple(rows), number(shape.back, "back"))

    def _branches(self, shapes: Sequence[TargetShape] | None, path: Path) -> tuple[Branch, ...]:
        branches = []
        nodes = self.shape.nodes or {}
        for i, shape in enumerate(shapes or ()):
            if shape.to != NEXT and shape.to not in nodes:
                problem = f"`{shape.to}` is not a node of `{self.shape.chapter}`"
                remedy = f"Write a node of this chapter, or `next`.{did_you_mean(shape.to, [*nodes, NEXT])}"
                self.compiler.report("WG301", (*path, i, "to"), problem, remedy)
            last = i == len(shapes or ()) - 1
            if last and shape.if_ is not None:
                problem = "the last target has a condition, so there may be no way on"
                self.compiler.report("WG503", (*path, i), problem, "Add one without `if`.")
            if not last and shape.if_ is None:
                remedy = "Put it last."
                self.compiler.report("WG503", (*path, i), "a target without a condition hides those below it", remedy)
            to = NEXT if shape.to == NEXT else f"{self.shape.chapter}.{shape.to}"
            branches.append(Branch(to, self.compiler.condition(shape.if_, (*path, i, "if"))))
        return tuple(branches)
