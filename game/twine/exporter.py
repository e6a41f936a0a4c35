"""Twine export: one role's playthrough of a cut -> passages for SugarCube 2, with the same pages and choices.

SugarCube, since it comes with Twine and its links run assignments before the next passage is chosen, as ours do.
Conditional targets become a passage of their own that includes one of several others. A page's passage has the node's
id.
"""

from __future__ import annotations

import hashlib
import json
import re
import uuid
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from game.lang.expressions import Effects, Expression
from game.lang.markup import Passage as Paragraph
from game.story.chapter_mode import ChapterMode, chapter_mode
from game.story.graph import chapter_modes
from game.story.model import NEXT, Branch, Chapter, Node, Story, Variable
from game.twine import metadata, wiki_markup
from game.twine.script_names import Names
from game.twine.twee_file import TweePassage
from game.yamlio.writer import to_yaml

FORMAT, FORMAT_VERSION = "SugarCube", "2.37.3"
CONTINUE, SKIP = "continue", "skip"
ACROSS, DOWN = 200, 150  # pixels of Twine's map between passages
_NAMED = re.compile(r'->([^\]\n]*)\]|"(?=([^"\n]*)")')  # what a link or a macro may lead to
Words = Callable[[str], str]  # the interface's words for `continue` and `skip`


def passages_for_twine(
    story: Story, role: str, cut: str, words: Words, chapter: str | None = None
) -> list[TweePassage]:
    """Export a story.

    Args:
        story: the story.
        role: the id of the role to play.
        cut: the id of the cut.
        words: the interface's words for CONTINUE and SKIP.
        chapter: export only this chapter.

    Raises:
        LookupError: the story has no such role, cut or chapter.
        ValueError: the cut plays both roles.
    """
    if cut in story.cuts and story.cuts[cut].both_roles:
        raise ValueError(f"the cut `{cut}` plays both doors at once, and Twee holds one: name another cut")
    walked = chapter_modes(story, role, cut)
    modes = {
        id: chapter_mode(story.chapters[id], role, story.cuts[cut])
        for id in story.order
        if id in walked or (story.chapters[id].role not in (None, role) and _has_effects(story.chapters[id]))
    }
    if chapter is not None:
        modes = {id: modes[id] for id in chapter_modes(story, role, cut, chapter) if id in modes}
    return _Exporter(story, role, cut, modes, words).passages()


def _has_effects(chapter: Chapter) -> bool:
    """Whether another role's chapter changes the state where it is not played."""
    return chapter.skip is not None and (chapter.skip.effects is not None or chapter.skip.stands_for != 0)


@dataclass(frozen=True)
class _Exporter:
    story: Story
    role: str
    cut: str
    modes: Mapping[str, ChapterMode]
    words: Words

    def passages(self) -> list[TweePassage]:
        names = Names(self.story)
        order = [*self.modes, NEXT]
        made: list[TweePassage] = []
        row = 1
        for id, after in pairwise(order):
            mode, chapter = self.modes[id], self.story.chapters[id]
            writer = _ChapterWriter(self.story, self.cut, chapter, after, names, self.words)
            rows = list(writer.played() if mode is ChapterMode.PLAYED else writer.unplayed(mode))
            depths = _depths(rows)
            made += _placed(rows, depths, row)
            row += 1 + max(Counter(depths.values()).values())
        if any(f'"{NEXT}"' in one.content or f"->{NEXT}]" in one.content for one in made):
            made.append(TweePassage(NEXT, ("ending",), "", _position(0, row)))
        data = metadata.metadata_of(self.story, self.story.cuts[self.cut], self.modes, names)
        return [*self._head(names, next(iter(self.modes))), *made, *self._tail(data)]

    def _head(self, names: Names, start: str) -> Iterator[TweePassage]:
        yield TweePassage("StoryTitle", content=self.story.title)
        data = {
            "ifid": stable_ifid(f"{self.story.pack}/{self.role}/{self.cut}"),
            "format": FORMAT,
            "format-version": FORMAT_VERSION,
            "start": start,
            "zoom": 1,
        }
        yield TweePassage("StoryData", content=json.dumps(data, indent=2))
        starts = [f"<<set ${name} to {_value(variable.start)}>>" for name, variable in self.story.variables.items()]
        marks = [f"<<set {mark} to false>>" for mark in names.recalled]
        yield TweePassage("StoryInit", content="\n".join([*starts, *marks]), metadata=_position(0, 0))

    def _tail(self, data: metadata.Data) -> Iterator[TweePassage]:
        widgets = [_widget(variable) for variable in self.story.variables.values() if variable.words]
        if widgets:
            yield TweePassage("words", ("widget",), "\n".join(widgets), _position(1, 0))
        yield TweePassage(metadata.NAME, ("Twine.private",), to_yaml(data), _position(2, 0))


@dataclass(frozen=True)
class _ChapterWriter:
    story: Story
    cut: str
    chapter: Chapter
    after: str  # the passage that `next` leads to
    names: Names
    words: Words

    def played(self) -> Iterator[TweePassage]:
        """The chapter's entrance, with its heading, then a passage for each node and each fork."""
        chapter = self.chapter
        heading = [f"!! {wiki_markup.escape_wiki(chapter.title)}"]
        if chapter.when:
            heading.append(f"<em>{wiki_markup.escape_wiki(chapter.when)}</em>")
        text = "\n".join(heading) + "\n\n"
        if chapter.note is not None and chapter.skip is not None:
            text += f'<span class="note">{wiki_markup.escape_wiki(chapter.note)}</span>\n\n'
            text += self._either(chapter.begin, lambda to: _link(self.words(CONTINUE), to, []))
            text += "\n" + _link(self.words(SKIP), f"{chapter.id}.{SKIP}", [])
        else:
            text += self._shown(chapter.begin)
        yield TweePassage(chapter.id, ("chapter", *([chapter.role] if chapter.role else ())), text)
        for node in chapter.nodes.values():
            yield from self._node(node)
        if chapter.note is not None and chapter.skip is not None:
            yield TweePassage(f"{chapter.id}.{SKIP}", ("told",), self._telling(with_text=True))

    def unplayed(self, mode: ChapterMode) -> Iterator[TweePassage]:
        """A chapter without pages: told at the head of the next one, or only its effects."""
        yield TweePassage(self.chapter.id, ("told",), self._telling(with_text=mode is not ChapterMode.RESOLVED))

    def _telling(self, with_text: bool) -> str:
        skip = self.chapter.skip
        assert skip is not None
        sets = self._sets(skip.effects) + [
            f"{self.names.mark(key)} to true" for key in self.names.marks(skip.stands_for)
        ]
        told = (skip.brief if self.story.cuts[self.cut].brief else skip.text) if with_text else ()
        return _done(sets) + self._text(told) + f'<<include "{self.after}">>'

    def _node(self, node: Node) -> Iterator[TweePassage]:
        sets = self._sets(node.effects)
        left = [f"{self.names.mark(('seen', node.full_id))} to true"] if node.bit is not None else []
        if not node.is_page(self.story.cuts[self.cut]):
            yield TweePassage(node.full_id, ("fork",), _done(sets + left) + self._shown(node.goto))
            return
        brief = self.story.cuts[self.cut].brief and node.brief
        text = _done(sets) + self._text(node.brief if brief else node.text)
        for row in node.ledger.rows if node.ledger is not None else ():
            label = wiki_markup.escape_wiki(row.label or row.kind.replace("_", " "))
            text += f'<span class="ledger">{label}: <<= {self.names.script(row.amount)}>></span>\n'
        if node.ledger is not None:
            text += "\n"
        forks: list[TweePassage] = []
        for choice in node.choices:
            mark = [f"{self.names.mark(('chose', choice.full_id))} to true"] if choice.bit is not None else []
            done = [f'_choice to "{choice.id}"', *left, *mark, *self._sets(choice.effects)]
            link = _link(choice.say, self._way(choice.full_id, choice.goto, forks), done)
            if choice.reason:
                link += f'\n<span class="reason">{wiki_markup.escape_wiki(choice.reason)}</span>'
            if choice.condition is not None:
                link = f"<<if {self.names.script(choice.condition)}>>\\\n{link}\n<</if>>\\"
            text += link + "\n"
        if not node.choices and node.end is None:
            way = self._way(f"{node.full_id}.{CONTINUE}", node.goto, forks)
            text += _link(self.words(CONTINUE), way, [f'_choice to "{CONTINUE}"', *left])
        tags = ("ending", f"end-{node.end}") if node.end is not None else ()
        # The last line is not joined to another.
        yield TweePassage(node.full_id, tags, text.rstrip().removesuffix("\\"))
        yield from forks

    def _way(self, fork: str, branches: Sequence[Branch], forks: list[TweePassage]) -> str:
        """The target passage of a link; where it depends on the state, a fork of that name is made."""
        if len(branches) == 1:
            return self._target(branches[0])
        forks.append(TweePassage(fork, ("fork",), self._shown(branches)))
        return fork

    def _target(self, branch: Branch) -> str:
        return self.after if branch.to == NEXT else branch.to

    def _shown(self, branches: Sequence[Branch]) -> str:
        return self._either(branches, lambda to: f'<<include "{to}">>')

    def _either(self, branches: Sequence[Branch], way: Callable[[str], str]) -> str:
        if len(branches) == 1:
            return way(self._target(branches[0]))
        lines = []
        for i, branch in enumerate(branches):
            opening = f"<<{'elseif' if i else 'if'} {self.names.script(branch.condition)}>>" if branch.condition else ""
            lines.append(f"{opening or '<<else>>'}{way(self._target(branch))}")
        return "\\\n".join([*lines, "<</if>>"])

    def _sets(self, effects: Effects | None) -> list[str]:
        return self.names.sets(effects) if effects is not None else []

    def _text(self, passages: Iterable[Paragraph]) -> str:
        return "".join(self._paragraph(passage, passage.condition) for passage in passages)

    def _paragraph(self, passage: Paragraph, condition: Expression | None) -> str:
        text = wiki_markup.paragraph_markup(passage, self.story.variables, self.story.terms) + "\n\n"
        return f"<<if {self.names.script(condition)}>>\\\n{text}<</if>>\\\n" if condition else text


def _done(sets: Sequence[str]) -> str:
    return "".join(f"<<set {one}>>\\\n" for one in sets)


def _link(say: str, to: str, sets: Sequence[str]) -> str:
    """A link; as a macro where its text has characters that `[[...]]` cannot hold."""
    if any(mark in say for mark in ("[", "]", "|", "->", "<-", '"', "`")):
        quoted = wiki_markup.escape_wiki(say).replace('"', "&quot;")
        return f'<<link "{quoted}" "{to}">>{"".join(f"<<set {one}>>" for one in sets)}<</link>>'
    setter = f"[{'; '.join(sets)}]" if sets else ""
    return f"[[{say}->{to}]{setter}]"


def _value(value: int | bool | str) -> str:
    return json.dumps(value)


def _widget(variable: Variable) -> str:
    """The macro that shows a variable in words, as pages show it."""
    name = f"${variable.name}"
    if variable.kind == "int":
        cases = [(f"{name} gte {key}", words) for key, words in sorted(variable.words.items(), reverse=True)]
    else:
        cases = [(f"{name} is {_value(key)}", words) for key, words in variable.words.items()]
    branches = "".join(
        f"<<{'elseif' if i else 'if'} {condition}>>{wiki_markup.escape_wiki(words)}"
        for i, (condition, words) in enumerate(cases)
    )
    return f'<<widget "{wiki_markup.widget_macro(variable.name)}">>{branches}<<else>><<= {name}>><</if>><</widget>>'


def stable_ifid(name: str) -> str:
    """A stable IFID for a name: a UUID in capitals, in the form of a random one."""
    return str(uuid.UUID(bytes=hashlib.sha256(name.encode()).digest()[:16], version=4)).upper()


def _position(column: int, row: int) -> dict[str, str]:
    return {"position": f"{100 + column * ACROSS},{100 + row * DOWN}", "size": "100,100"}


def _placed(passages: Sequence[TweePassage], depths: Mapping[str, int], row: int) -> Iterator[TweePassage]:
    """Passages of a chapter laid out as a band of Twine's map, by distance from its entrance."""
    filled: dict[int, int] = {}
    for passage in passages:
        depth = depths[passage.name]
        yield replace(passage, metadata=_position(depth, row + filled.get(depth, 0)))
        filled[depth] = filled.get(depth, 0) + 1


def _depths(passages: Sequence[TweePassage]) -> dict[str, int]:
    """Each passage's distance in links from the first; unreachable ones come last."""
    contents = {passage.name: passage.content for passage in passages}
    depths = {passages[0].name: 0}
    waiting = [passages[0].name]
    for name in waiting:
        for found in _NAMED.finditer(contents[name]):
            other = found[1] or found[2] or ""
            if other in contents and other not in depths:
                depths[other] = depths[name] + 1
                waiting.append(other)
    last = max(depths.values()) + 1
    return {name: depths.get(name, last) for name in contents}
