"""Import of chapters: passages, each with its chapter and node -> the chapters' YAML data."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Any, Protocol

from game.lang.grammar import Assignment, SyntaxProblem, Tree, parse_expression, parse_statement
from game.lang.unparse import expression_text, statement_text
from game.twine import wiki_markup
from game.twine.id_maker import Ids, slug
from game.twine.passage_parser import abbreviate, parse_passage
from game.twine.passage_parts import Body, Guard, Link
from game.twine.script_parser import Set
from game.twine.twee_file import TweePassage
from game.twine.variables import VariableTypes

Data = dict[str, Any]
Place = tuple[str, str]  # a chapter and its node; the node "" is the chapter's entrance
RESERVED = ("continue", "skip", "leave")


class ReportFinding(Protocol):
    """Callback for a finding at a character of a passage's content."""

    def __call__(self, passage: TweePassage | None, at: int, code: str, problem: str, remedy: str) -> None: ...


# The keys of a chapter in the metadata of an export, beside its pages.
HEAD = ("title", "role", "hanzi", "when", "place", "note", "object", "was")


class ChapterDataBuilder:
    """Builds the data of each chapter. `pages` are passages by name, `places` their nodes, `order` the calendar."""

    def __init__(
        self,
        pages: Mapping[str, TweePassage],
        places: Mapping[str, Place],
        order: Sequence[str],
        known: VariableTypes,
        terms: Collection[str],
        report: ReportFinding,
        markdown: bool,
        brief: bool = False,
    ) -> None:
        self.pages, self.places, self.order = pages, dict(places), order
        self.known, self.terms, self.report, self.markdown = known, terms, report, markdown
        self.brief = brief  # whether the passages hold the brief texts
        self.missing: dict[str, dict[str, str]] = {id: {} for id in order}  # a missing target -> its new node's id
        self.bodies: dict[str, Body] = {}
        self.own: dict[str, dict[str, str]] = {id: {} for id in order}  # each chapter's passages, by node
        for name, (chapter, node) in self.places.items():
            self.own[chapter][node] = name
        self.ids = {id: Ids(["next", *own]) for id, own in self.own.items()}
        self.after = dict(pairwise(order))

    def chapter(self, id: str, rest: Data, start: str) -> Data:
        """One chapter's data. `rest` is the chapter in the metadata; `start` is the story's first passage."""
        head: Data = {key: rest[key] for key in HEAD if key in rest}
        own = self.own[id]
        door = self.pages.get(own.get("", ""))
        telling = own.get("skip") if f"{id}.skip" in self._ways(door) else None
        names = {node: name for node, name in own.items() if node and name != telling}
        chapter: Data = {"chapter": id, **head}
        if not names:
            if told := self._telling(id, door, rest.get("skip")):
                chapter["skip"] = told
            return chapter
        if door is not None:
            chapter["title"] = self._heading(door) or head.get("title", id)
            begin = self._begin(id, door, telling)
        else:
            begin = [{"to": self.places[start][1]}] if start in names.values() else []
        if begin and begin != [{"to": next(iter(names))}]:
            chapter["begin"] = _short(begin)
        if telling is not None:
            chapter["skip"] = self._telling(id, self.pages[telling], rest.get("skip"))
        elif isinstance(rest.get("skip"), dict):
            chapter["skip"] = rest["skip"]
        about = rest.get("nodes") if isinstance(rest.get("nodes"), dict) else {}
        nodes = {node: self._node(id, node, self.pages[name], (about or {}).get(node)) for node, name in names.items()}
        for name, node in self.missing[id].items():
            nodes[node] = {"text": f"({wiki_markup.escape_story(name)})", "end": node}
        for node in _circling(nodes):
            passage = self.pages[names[node]]
            problem = f"`{passage.name}` leads in a circle of passages without words, so it is an ending here"
            self.report(passage, 0, "WG903", problem, "Give it a text and choices.")
            nodes[node] = {"text": wiki_markup.escape_story(passage.name), "end": node}
        chapter["nodes"] = nodes
        return chapter

    def only_sets(self, passage: TweePassage) -> None:
        """Report all that a passage does besides setting variables."""
        body = self._body(passage)
        self._checked(passage, body.sets)
        if body.links or body.shown:
            self.report(passage, 0, "WG902", f"`{passage.name}` shows something", "Move it to a passage of the story.")

    def _body(self, passage: TweePassage) -> Body:
        if passage.name not in self.bodies:
            known = self.known
            body = parse_passage(
                passage.content, known.variables, self.terms, known.ranges, known.condition_problem, self.markdown
            )
            self.bodies[passage.name] = body
        return self.bodies[passage.name]

    def _flaws(self, passage: TweePassage) -> None:
        for flaw in self._body(passage).flaws:
            self.report(passage, flaw.at, flaw.code, flaw.problem, flaw.remedy)

    def _ways(self, passage: TweePassage | None) -> list[str]:
        return [link.to for link in self._body(passage).links] if passage is not None else []

    def _heading(self, door: TweePassage) -> str:
        found = re.match(r"!+[ ]?(.+)", door.content)
        return wiki_markup.escape_story(wiki_markup.unescape(found[1].strip())) if found else ""

    def _begin(self, chapter: str, door: TweePassage, telling: str | None) -> list[Data]:
        body = self._body(door)
        ways = [(guard, to, at) for guard, to, at in body.shown]
        ways += [(link.guard, link.to, link.at) for link in body.links if link.to != telling]
        return self._branches(chapter, door, body, ways)

    def _telling(self, chapter: str, passage: TweePassage | None, rest: Any) -> Data:
        data: Data = dict(rest) if isinstance(rest, dict) else {}
        if passage is None:
            return data
        body = self._body(passage)
        paragraphs = self._paragraphs(passage, body)
        if paragraphs:
            data["brief" if self.brief else "text"] = paragraphs
        if effects := self._checked(passage, body.sets):
            data["do"] = effects
        marks = [one.recall.target.removeprefix(f"{chapter}.") for one, _ in body.sets if one.recall is not None]
        if marks:
            data["as"] = marks
        self._flaws(passage)
        return data

    def _node(self, chapter: str, id: str, passage: TweePassage, rest: Any) -> Data:
        body = self._body(passage)
        about: Data = rest if isinstance(rest, dict) else {}
        because = about.get("choices") if isinstance(about.get("choices"), dict) else {}
        node: Data = {}
        paragraphs = self._paragraphs(passage, body)
        fork = bool(body.shown) and not paragraphs and not body.links
        if fork and "text" in about:
            node = {"text": about["text"]}
        elif not fork:
            said = paragraphs or [wiki_markup.escape_story(passage.name)]
            node = {"text": about["text"], "brief": said} if self.brief and "text" in about else {"text": said}
        node |= {key: about[key] for key in ("brief", "discuss", "when", "place") if key in about and key not in node}
        if effects := self._checked(passage, body.sets):
            node["do"] = effects
        kept = ("because", "ledger", "onward", "always", "was", "tally", "in_brief")
        node |= {key: about[key] for key in kept if key in about}
        if fork:
            node["goto"] = _short(self._branches(chapter, passage, body, body.shown))
        elif not body.links:
            node["end"] = next((tag[4:] for tag in passage.tags if re.fullmatch(r"end-[a-z0-9-]*[a-z0-9]", tag)), id)
        elif len(body.links) == 1 and _given_id(body.links[0]) == "continue":
            node["goto"] = _short(self._way(chapter, passage, body.links[0]))
        else:
            node["choices"] = self._choices(chapter, passage, body, because or {})
        if not fork:
            for _, to, at in body.shown:
                problem = f"the text of `{to}` is not shown inside this passage any more"
                self.report(passage, at, "WG902", problem, "Copy its text, or link to it.")
        self._flaws(passage)
        return node

    def _choices(self, chapter: str, passage: TweePassage, body: Body, because: Data) -> list[Data]:
        choices: list[Data] = []
        ids = Ids(RESERVED)
        for link in body.links:
            words = " ".join(re.findall(r"[^\W_]+", link.say)[:4])
            id = ids.new(slug(_given_id(link) or words, "choice"))
            choice: Data = {"id": id, "say": link.say, **({"reason": link.reason} if link.reason else {})}
            if condition := self._condition(passage, body, link.guard):
                choice["if"] = condition
            if effects := self._checked(passage, [(one, link.at) for one in link.sets]):
                choice["do"] = effects
            if isinstance(because.get(id), dict):
                choice |= because[id]
            choice["goto"] = _short(self._way(chapter, passage, link))
            choices.append(choice)
        return choices

    def _way(self, chapter: str, passage: TweePassage, link: Link) -> list[Data]:
        """The targets of a link; those of a fork where it leads to one."""
        fork = self.pages.get(link.to)
        if fork is not None and link.to not in self.places and link.to != "next":
            body = self._body(fork)
            self._flaws(fork)
            return self._branches(chapter, fork, body, body.shown)
        return [{"to": self._target(chapter, passage, link.to, link.at)}]

    def _branches(
        self, chapter: str, passage: TweePassage, body: Body, ways: Sequence[tuple[Guard, str, int]]
    ) -> list[Data]:
        branches: list[Data] = []
        for guard, to, at in ways:
            # The conditions of the branches above do not hold here, so an `<<else>>` need not repeat their denials.
            inner = tuple((n, side) for n, side in guard if side < len(body.tests[n]) and body.tests[n][side])
            condition = self._condition(passage, body, inner, denials=len(guard) > 1)
            branches.append(({"if": condition} if condition else {}) | {"to": self._target(chapter, passage, to, at)})
            if not condition:
                return branches
        if branches and "if" in branches[-1]:
            problem = "no way on is shown where none of its conditions holds, so the last one is taken"
            self.report(passage, ways[-1][2], "WG902", problem, "Write an `<<else>>`, or mend `goto`.")
            del branches[-1]["if"]
        return branches

    def _target(self, chapter: str, passage: TweePassage, to: str, at: int) -> str:
        if to in self.places:
            there, node = self.places[to]
            if there == chapter and node:
                return node
            if there == self.after.get(chapter) and not node:
                return "next"
            problem = f"`{to}` stands in another chapter than the next one's beginning, and ways lead no further"
            self.report(passage, at, "WG903", problem, "Here it leads to the next chapter: mend its `goto`.")
            return "next"
        if to == "next" and chapter not in self.after:
            return "next"
        self.report(
            passage, at, "WG903", f"there is no passage `{to}`", "Write it; an ending with its name stands in for it."
        )
        if to not in self.missing[chapter]:
            self.missing[chapter][to] = self.ids[chapter].new(slug(to, "page"))
        return self.missing[chapter][to]

    def _paragraphs(self, passage: TweePassage, body: Body) -> list[Any]:
        data: list[Any] = []
        for guard, text, by in body.paragraphs:
            condition = self._condition(passage, body, guard)
            extra = ({"by": by} if by else {}) | ({"if": condition} if condition else {})
            data.append({**extra, "text": text} if extra else text)
        return data

    def _condition(self, passage: TweePassage, body: Body, guard: Guard, denials: bool = True) -> str | None:
        if not denials and guard:
            number, side = guard[-1]
            test = body.tests[number][side]
            if test is None:
                return None
            tree: Tree | None = test
        else:
            tree = body.condition(guard)
        text = expression_text(tree) if tree is not None else None
        if text is not None and (problem := _unreadable(text)):
            self.report(passage, 0, "WG902", f"a condition is not carried over: {problem}", "Split it with a variable.")
            return None
        return text

    def _checked(self, passage: TweePassage, sets: Iterable[tuple[Set, int]]) -> list[str]:
        effects = []
        for one, at in sets:
            if one.statement is None:
                if one.recall is None and one.target != "_choice":
                    self.report(
                        passage, at, "WG902", f"`{one.target}` is not carried over", "Use a variable of the pack."
                    )
            elif problem := self.known.effect_problem(one.statement) or _unreadable(one.statement):
                what = f"`{abbreviate(statement_text(one.statement))}` is not carried over: {problem}"
                self.report(passage, at, "WG902", what, "Mend `variables` in pack.yaml and write it into `do`.")
            else:
                effects.append(statement_text(one.statement))
        return effects


def _unreadable(written: str | Assignment) -> str:
    """Why a condition or an effect cannot be parsed again, such as its length; "" where it can."""
    try:
        if isinstance(written, str):
            parse_expression(written)
        else:
            parse_statement(statement_text(written))
    except SyntaxProblem as problem:
        return problem.problem
    return ""


def _given_id(link: Link) -> str | None:
    return next((one.string for one in link.sets if one.target == "_choice"), None)


def _short(branches: list[Data]) -> Any:
    """Targets; a single unconditional one as a plain string."""
    return branches[0]["to"] if len(branches) == 1 and "if" not in branches[0] else branches


def _circling(nodes: Mapping[str, Data]) -> set[str]:
    """The nodes without text in a cycle that never leads to a page."""
    silent = {id: {one["to"] for one in _listed(node["goto"])} for id, node in nodes.items() if "text" not in node}
    before: dict[str, list[str]] = {}  # a node without text -> those that lead to it
    for id, targets in silent.items():
        for to in targets & silent.keys():
            before.setdefault(to, []).append(id)
    ahead = {id: len(targets & silent.keys()) for id, targets in silent.items()}
    leading = [id for id, count in ahead.items() if not count]
    for id in leading:
        for one in before.get(id, ()):
            ahead[one] -= 1
            if not ahead[one]:
                leading.append(one)
    return silent.keys() - leading


def _listed(goto: Any) -> list[Data]:
    return goto if isinstance(goto, list) else [{"to": goto}]
