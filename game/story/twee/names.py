"""What variables and remembered places are called outside the pack, where a chapter may be there or not."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field, fields, replace
from functools import cached_property
from typing import Any

from game.story.expressions import Effects, Expression, full_id
from game.story.model import Story
from game.story.printing import statement_text, text_of
from game.story.syntax import Name, Recall, Tree, parse_expression, parse_statement
from game.story.twee.script import assigned, bare
from game.story.twee.unscript import name_of

Key = tuple[str, str]  # ("seen", "chapter.node") or ("chose", "chapter.node.choice")


@dataclass(frozen=True)
class Names:
    """`walked`: the chapters that have pages. A place of any other chapter is remembered in a plain variable."""

    story: Story
    walked: Collection[str]
    plain: dict[Key, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for verb, target in self._bits.values():
            if target.partition(".")[0] not in self.walked:
                name = f"{verb}_{target.replace('.', '_').replace('-', '_')}"
                while name in self.story.variables or name in self.plain.values():
                    name += "_"
                self.plain[verb, target] = name

    @cached_property
    def _bits(self) -> dict[int, Key]:
        nodes = list(self.story.nodes.values())
        seen: dict[int, Key] = {node.bit: ("seen", node.full_id) for node in nodes if node.bit is not None}
        chosen: dict[int, Key] = {
            choice.bit: ("chose", choice.full_id) for node in nodes for choice in node.choices if choice.bit is not None
        }
        return dict(sorted((seen | chosen).items()))

    def marks(self, bits: int) -> list[Key]:
        """The places that a number of bits stands for."""
        return [key for bit, key in self._bits.items() if bits >> bit & 1]

    @property
    def recalled(self) -> list[str]:
        """The script's variables of every place that something remembers."""
        return [self.mark(key) for key in self._bits.values()]

    def mark(self, key: Key) -> str:
        """The script's variable of one place."""
        return f"${self.plain[key]}" if key in self.plain else name_of(Recall(0, *key))

    def script(self, expression: Expression) -> str:
        """A condition or value as script."""
        tree = parse_expression(expression.text)
        return bare(tree, lambda name: self._name(name, expression.scope.chapter))

    def sets(self, effects: Effects) -> list[str]:
        """Each effect as an assignment of the script."""
        return [
            assigned(
                statement,
                self.story.variables[statement.name],
                lambda name: self._name(name, effects.scope.chapter),
            )
            for statement in map(parse_statement, effects.texts)
        ]

    def _name(self, name: Name | Recall, chapter: str) -> str:
        if isinstance(name, Recall):
            return self.mark((name.verb, full_id(name, chapter)))
        return f"${name.name}" if name.name in self.story.variables else f'"{name.name}"'

    def carried(self, expression: Expression) -> str:
        """A condition or value in the story language, for a pack that has the walked chapters only."""
        if not any(key in self.plain for key in expression.recalls):
            return expression.text
        return text_of(self._renamed(parse_expression(expression.text), expression.scope.chapter))

    def statements(self, effects: Effects) -> list[str]:
        """Each effect in the story language, likewise."""
        if not any(key in self.plain for key in effects.recalls):
            return list(effects.texts)
        return [
            statement_text(replace(one, value=self._renamed(one.value, effects.scope.chapter)))
            for one in map(parse_statement, effects.texts)
        ]

    def _renamed(self, tree: Tree, chapter: str) -> Tree:
        if isinstance(tree, Recall):
            key = (tree.verb, full_id(tree, chapter))
            return Name(tree.at, self.plain[key]) if key in self.plain else tree
        changed: dict[str, Any] = {}
        for part in fields(tree):
            value = getattr(tree, part.name)
            if isinstance(value, Tree):
                changed[part.name] = self._renamed(value, chapter)
            elif isinstance(value, tuple) and value and isinstance(value[0], Tree):
                changed[part.name] = tuple(self._renamed(one, chapter) for one in value)
        return replace(tree, **changed)
