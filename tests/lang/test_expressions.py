"""Conditions and effects are type-checked, compute their meaning, and never run other Python."""

from __future__ import annotations

import ast
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.lang import codegen, expressions, typecheck
from game.lang.expressions import Effects, Expression
from game.lang.grammar import MAX_LENGTH, Conditional, Name, SyntaxProblem, parse_expression, parse_statement, walk
from game.lang.typecheck import Scope, UnknownName, WrongKind
from game.story.model import Variable
from tests.story import plain

VARIABLES = {
    **{name: Variable(name, 0, -50, 200) for name in plain.NUMBERS},
    **{name: Variable(name, False) for name in plain.TRUTHS},
    **{name: Variable(name, words[0], one_of=words) for name, words in plain.WORDS.items()},
}
INDEX = {name: i for i, name in enumerate(VARIABLES)}
BITS = {("seen", "gate.knock"): 0, ("chose", "gate.knock.open"): 1}
SCOPE = Scope(VARIABLES, INDEX, BITS, "gate")


def compiled(text: str) -> Expression:
    """An author's text as a value, checked as in a pack. Raises SyntaxProblem."""
    tree = parse_expression(text)
    typecheck.kind_of(tree, SCOPE)
    return Expression.of(text, tree, SCOPE)


def effects(*texts: str, scope: Scope = SCOPE) -> Effects:
    """An author's `do` as one function. Raises SyntaxProblem."""
    statements = tuple(map(parse_statement, texts))
    for statement in statements:
        typecheck.check_assignment(statement, scope)
    return Effects.of(texts, statements, scope)


def state(**values: Any) -> tuple[Any, ...]:
    """A state with start values except these; `happened` holds the bits."""
    happened = values.pop("happened", 0)
    return (*(values.get(name, variable.start) for name, variable in VARIABLES.items()), happened)


def worth(text: str, **values: Any) -> Any:
    return compiled(text)(state(**values))


@given(plain.trees, plain.values, st.integers(0, 2**6))
def test_an_expression_has_the_value_of_a_reference_evaluator(
    tree: plain.Tree, values: dict[str, Any], brackets: int
) -> None:
    text = plain.write(tree, extra=brackets)
    if len(text) <= MAX_LENGTH:
        found, expected = worth(text, **values), plain.value(tree, values)
        assert found == expected
        assert type(found) is type(expected)


@given(plain.trees, plain.values)
def test_each_condition_inside_an_expression_is_instrumented(tree: plain.Tree, values: dict[str, Any]) -> None:
    text = plain.write(tree)
    if len(text) > MAX_LENGTH:
        return
    expression, recorded = compiled(text), dict[int, bool]()
    inside = sum(isinstance(part, Conditional) for part in walk(parse_expression(text)))
    assert expression.instrument(recorded.__setitem__, False) == inside
    assert expression(state(**values)) == plain.value(tree, values)
    assert set(recorded) <= set(range(inside))


def test_a_condition_in_any_operand_is_instrumented() -> None:
    """Also in the first operand of a comparison, which is compiled separately."""
    for text in ("(grain if wok else sacks) > 3", "3 < (grain if wok else sacks)", "-(grain if wok else 1) == 3"):
        recorded = list[tuple[int, bool]]()
        expression = compiled(text)
        assert expression.instrument(lambda *outcome, recorded=recorded: recorded.append(outcome), True) == 2
        expression(state(wok=True, grain=5, sacks=0))
        expression(state(wok=False, grain=5, sacks=0))
        assert {held for number, held in recorded if number == 0} == {True, False}


@given(
    st.lists(
        st.one_of(
            st.tuples(st.sampled_from(plain.NUMBERS), st.sampled_from(["=", "+=", "-=", "*="]), plain.numbers),
            st.tuples(st.sampled_from(plain.TRUTHS), st.just("="), plain.truths),
            st.tuples(st.just("said"), st.just("="), plain.words),
        ),
        min_size=1,
        max_size=5,
    ),
    plain.values,
)
def test_effects_run_in_order_and_stay_in_range(
    statements: list[tuple[str, str, plain.Tree]], values: dict[str, Any]
) -> None:
    texts = [f"{name} {operator} {plain.write(tree)}" for name, operator, tree in statements]
    if any(len(text) > MAX_LENGTH for text in texts):
        return
    after = effects(*texts)(state(**values, happened=2))
    for name, operator, tree in statements:
        given, old = plain.value(tree, values), values[name]
        if name in plain.NUMBERS:
            new = {"=": given, "+=": old + given, "-=": old - given, "*=": old * given}[operator]
            given = plain.clamped(new, -50, 200)
        values[name] = given
    assert after == state(**values, happened=2)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2 + 3 * 4", 14),
        ("(2 + 3) * 4", 20),
        ("10 - 4 - 3", 3),
        ("-2 * 3", -6),
        ("- -2", 2),
        ("-7 // 2", -4),
        ("-7 % 3", 2),
        ("7 // 2 * 2", 6),
        ("1 < 2 < 3", True),
        ("1 < 3 < 2", False),
        ("3 > 2 == 2", True),
        ("5 >= 5 != 4 <= 4", True),
        ("not true or true", True),
        ("not (true or true)", False),
        ("true or true and false", True),
        ("(true or true) and false", False),
        ("not 1 == 2", True),
        ("not not true", True),
        ("1 if true else 2 if true else 3", 1),
        ("1 if false else 2 if true else 3", 2),
        ("(1 if false else 2) + 3", 5),
        ("1 + 2 if false else 3", 3),
        ("min(3, 1, 2) + max(3, 1, 2)", 4),
        ("clamp(12, 0, 10) - clamp(-2, 0, 10)", 10),
        ("abs(-4)", 4),
        ("007", 7),
        ("said == nothing", True),
        ("said != (praise if wok else nothing)", False),
        ("1\n+\t1", 2),
        ("grain\u00a0>\u3000-1", True),
    ],
)
def test_precedence_is_the_usual_one(text: str, value: Any) -> None:
    assert worth(text) == value


def test_seen_and_chose_read_their_bits() -> None:
    for text in ("seen(knock)", "seen( gate.knock )"):
        assert (worth(text, happened=1), worth(text, happened=2)) == (True, False)
    for text in ("chose(knock.open)", "not not chose(gate.knock.open)"):
        assert (worth(text, happened=2), worth(text, happened=1)) == (True, False)


def test_an_expression_lists_the_variables_it_reads() -> None:
    expression = compiled("grain if chose(knock.open) and said == praise else sacks + 1")
    assert expression.reads == {"grain", "said", "sacks"}
    assert expression.recalls == {("chose", "gate.knock.open")}
    done = effects("grain += sacks", "wok = seen(knock)", "debt = 3")
    assert done.reads == {"grain", "sacks"}
    assert done.writes == {"grain", "wok", "debt"}
    assert done.recalls == {("seen", "gate.knock")}


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("grain > wok", 8),
        ("grain and wok", 0),
        ("not grain", 4),
        ("wok + 1", 0),
        ("-wok", 1),
        ("said > nothing", 7),
        ("said == given", 8),
        ("wok < wok", 6),
        ("1 if grain else 2", 5),
        ("1 if wok else wok", 14),
        ("min(1, wok)", 7),
        ("grain == nothing", 9),
        ("wok == wok == grain", 14),
        ("seen(knock) + 1", 0),
    ],
)
def test_kinds_must_fit(text: str, at: int) -> None:
    with pytest.raises(WrongKind) as problem:
        compiled(text)
    assert problem.value.at == at


@pytest.mark.parametrize(
    "text", ["grian", "nothing2 == said", "grain + Grain", "None", "True", "s", "f", "list", "__builtins__"]
)
def test_a_name_must_be_known(text: str) -> None:
    with pytest.raises(UnknownName):
        compiled(text)


NO_EFFECT = """
grain | grain == 1 | grain => 1 | 1 = grain | grain + = 1 | grain := 1 | grain //= 2 | true = 1 | = 1 | grain =
grain = 1; wok = false | grain, sacks = 1 | grain.x = 1 | grain[0] = 1 | seen(knock) = true | min = 1
grain = sacks = 1
nobody = 1 | wok = 1 | grain = wok | said = given | said = grain | wok += 1 | said += praise | grain += wok
"""


@pytest.mark.parametrize("text", [text.strip() for line in NO_EFFECT.splitlines() for text in line.split(" | ")])
def test_an_effect_that_is_malformed_or_of_the_wrong_kind_is_refused(text: str) -> None:
    with pytest.raises(SyntaxProblem):
        effects(text)


FORBIDDEN = r"""
__import__('os') | ().__class__ | grain[0] | 2**9 | lambda: 1 | (grain := 1) | f'{grain}' | 'text' | "text"
grain.real | grain.__class__ | open(1) | print(grain) | [1, 2] | {1: 2} | {grain} | [g for g in grain] | grain @ 1
grain << 1 | grain & 1 | ~grain | grain / 2 | 1.5 | 1e5 | 1_000 | 0x10 | 1j | ... | *grain | **grain | yield
await grain | import os | grain; grain | grain\ | grain # comment | `grain` | $grain | grain is wok | grain in grain
not | grain not in grain | min | min() | min(1) | abs(1, 2) | clamp(1, 2) | min(*grain) | min(1, 2, key=abs)
max(1, 2)(3) | seen | seen() | seen(grain.x.y.z) | seen('a') | seen(a(b)) | chose(knock.open).x | grain = 1
grain if wok | if wok | else | grain grain | 1 2 | () | ( | ) | grain // sacks | grain // 0 | grain % 0 | grain % -2
1234567890 | ٣ | grаin | true false | grain < > 1 | grain ! 1 | grain <> 1 | | \x00 | grain\x00 | \u200bgrain
"""


@pytest.mark.parametrize("text", [text.strip() for line in FORBIDDEN.splitlines() for text in line.split(" | ")])
def test_python_outside_the_language_is_refused(text: str) -> None:
    with pytest.raises(SyntaxProblem) as problem:
        compiled(text)
    assert 0 <= problem.value.at <= len(text)
    assert problem.value.problem and problem.value.remedy


SIGNS = (
    """( ) , + - * // % == != < <= > >= = and or not if else true false min max abs clamp seen chose . [ ] ' ** : @"""
)
ATOMS = [*VARIABLES, "praise", "given", "knock", "gate.knock", "knock.open", "0", "1", "12", "__class__", "lambda", " "]
spoken = st.lists(st.sampled_from([*SIGNS.split(), *ATOMS]), max_size=30).map(" ".join)
deep = st.tuples(
    st.sampled_from(["(", "-", "not ", "abs(", "1 if wok else ", "1 + ", "wok and ", "1 <", "2 * ("]),
    st.integers(1, 400),
)


@given(st.one_of(st.text(max_size=80), spoken, deep.map(lambda pair: pair[0] * pair[1] + "grain")))
def test_any_text_is_an_expression_or_a_problem(text: str) -> None:
    try:
        result = compiled(text)(state())
    except SyntaxProblem as problem:
        assert 0 <= problem.at <= len(text)
    else:
        assert isinstance(result, int | str)


@given(st.one_of(st.text(max_size=40), spoken))
def test_any_text_is_an_effect_or_a_problem(text: str) -> None:
    for statement in (text, f"grain = {text}", f"wok = {text}"):
        try:
            after = effects(statement)(state())
        except SyntaxProblem as problem:
            assert 0 <= problem.at <= len(statement)
        else:
            assert list(map(type, after)) == list(map(type, state()))


@given(plain.trees)
def test_compiled_code_has_only_allowed_nodes(tree: plain.Tree) -> None:
    allowed = {"Constant", "Name", "Load", "Subscript", "Call", "UnaryOp", "BinOp", "BoolOp", "Compare", "IfExp"}
    signs = (ast.operator, ast.unaryop, ast.boolop, ast.cmpop)
    parsed = parse_expression(plain.write(tree))
    for node in ast.walk(codegen.expression_ast(parsed, expressions._slots(parsed, SCOPE))):
        assert type(node).__name__ in allowed or isinstance(node, signs)
        if isinstance(node, ast.Name):
            assert node.id in ("s", "min", "max", "abs")
        if isinstance(node, ast.Subscript):
            assert ast.unparse(node.value) == "s"


EVIL = "0\n __import__('sys').settrace\n#", "__import__('os').abort()", "s)[0].__class__#", "'", "1 if f else 2"


@pytest.mark.parametrize("evil", EVIL)
def test_values_in_a_scope_are_compiled_to_constants(evil: Any) -> None:
    """Any bit, index, bound or word becomes a constant: it is compared, or refused as a value of its type, and never
    runs."""
    bits = dict.fromkeys(BITS, evil)
    grain = Variable("grain", 0, evil, evil)
    for scope in (Scope(VARIABLES, INDEX, bits, "gate"), Scope(VARIABLES, dict.fromkeys(INDEX, evil), BITS, "gate"),
                  Scope({**VARIABLES, "grain": grain}, INDEX, BITS, "gate")):  # fmt: skip
        for text in ("seen(knock)", "grain > 1"):
            with suppress(TypeError):
                assert Expression(text, scope, frozenset(), frozenset())(state()) in (True, False)
        with suppress(TypeError):
            Effects(("grain = 1 if seen(knock) else 2",), scope, frozenset(), frozenset(), frozenset())(state())
    assert codegen.value_function(codegen.expression_ast(Name(0, evil), codegen.StateSlots()))(()) == evil


def test_the_greatest_depth_is_allowed_and_one_more_is_not() -> None:
    for opening, core, closing in (("(", "1", ")"), ("-", "1", ""), ("not ", "wok", ""), ("abs(", "1", ")")):
        for depth in range(1, 200):
            try:
                compiled(opening * depth + core + closing * depth)(state())
            except SyntaxProblem as problem:
                assert "deep" in problem.problem
                break
        assert 20 < depth < 60


@pytest.mark.parametrize("sign", ["+", "-", "*", " and ", " or ", " == ", " < ", " if wok else "])
def test_a_long_row_is_a_value_or_a_problem(sign: str) -> None:
    for atom in ("1", "wok"):
        for count in (10, 60, 200, 500):
            text = sign.join([atom] * count)[:MAX_LENGTH].rstrip(" +-*=<andorifwkels") + f"{sign}{atom}"
            try:
                assert isinstance(compiled(text[-MAX_LENGTH:].lstrip(" +-*=<"))(state(wok=True)), int)
            except SyntaxProblem as problem:
                assert problem.remedy


@pytest.mark.parametrize(
    "text", ["(" * 100_000, "grain + " * 12_500 + "1", "9" * 100_000, " " * 100_000, "grain" * 20_000]
)
def test_a_hundred_thousand_characters_are_refused_for_their_length(text: str) -> None:
    with pytest.raises(SyntaxProblem, match="characters long"):
        compiled(text)


def test_no_effect_can_grow_without_limit() -> None:
    """A number without a range cannot be squared until it fills the memory: a page's effects end at once."""
    unbounded = Scope({"debt": Variable("debt", 2)}, {"debt": 0}, {})
    grown = effects(*["debt *= debt"] * 200, scope=unbounded)
    (debt, happened) = grown((2, 0))
    assert happened == 0
    assert len(str(debt)) < 20
    (debt, _) = effects("debt = 0 - debt", *["debt *= 999999999"] * 200, scope=unbounded)((2, 0))
    assert -(10**20) < debt < 0
