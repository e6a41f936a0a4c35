"""Names of variables, `seen` and `chose` in SugarCube's script."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from game.lang.expressions import Effects, Expression
from game.lang.grammar import Name, Recall, parse_expression, parse_statement
from game.lang.typecheck import full_id
from game.story.model import Story
from game.twine.script_parser import variable_of_recall
from game.twine.script_writer import assignment_script, unbracketed_script

Key = tuple[str, str]  # ("seen", "chapter.node") or ("chose", "chapter.node.choice")


@dataclass(frozen=True)
class Names:
    story: Story

    @cached_property
    def _bits(self) -> dict[int, Key]:
        nodes = list(self.story.nodes.values())
        seen: dict[int, Key] = {node.bit: ("seen", node.full_id) for node in nodes if node.bit is not None}
        chosen: dict[int, Key] = {
            choice.bit: ("chose", choice.full_id) for node in nodes for choice in node.choices if choice.bit is not None
        }
        return dict(sorted((seen | chosen).items()))

    def marks(self, bits: int) -> list[Key]:
        """The keys of the bits of a number."""
        return [key for bit, key in self._bits.items() if bits >> bit & 1]

    @property
    def recalled(self) -> list[str]:
        """The script's variables for all `seen` and `chose` that the story reads."""
        return [self.mark(key) for key in self._bits.values()]

    def mark(self, key: Key) -> str:
        """The script's variable for one `seen` or `chose`."""
        return variable_of_recall(Recall(0, *key))

    def script(self, expression: Expression) -> str:
        """The script of a condition or value."""
        tree = parse_expression(expression.text)
        return unbracketed_script(tree, lambda name: self._name(name, expression.scope.chapter))

    def sets(self, effects: Effects) -> list[str]:
        """The assignments of effects, as script."""
        return [
            assignment_script(
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
