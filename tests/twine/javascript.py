"""A browser's own JavaScript, given SugarCube's words for its operators as SugarCube gives them to it."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from functools import cache
from typing import Any

from py_mini_racer import MiniRacer

OPERATORS = {
    "to": "=", "is": "===", "isnot": "!==", "lt": "<", "lte": "<=", "gt": ">", "gte": ">=", "and": "&&", "or": "||",
    "not": "!",
}  # fmt: skip
_WORD = re.compile(r'"[^"]*"|[$_]?\w+')


@cache
def engine() -> MiniRacer:
    """One engine for all tests: what one leaves behind, no other reads."""
    return MiniRacer()


def javascript(script: str) -> str:
    """SugarCube's script as the JavaScript that it runs."""
    return _WORD.sub(lambda found: OPERATORS.get(found.group(), found.group()), script)


def evaluated(script: str, values: Mapping[str, Any]) -> Any:
    """The value of an expression of script where these variables are set."""
    names, given = ", ".join(values), ", ".join(map(json.dumps, values.values()))
    return json.loads(str(engine().eval(f"JSON.stringify((({names}) => ({javascript(script)}))({given}))")))


def after(script: str, values: Mapping[str, Any]) -> dict[str, Any]:
    """The variables after assignments of script."""
    names, given = ", ".join(values), ", ".join(map(json.dumps, values.values()))
    body = f"{{ let _choice; {javascript(script)}; return JSON.stringify({{{names}}}) }}"
    result: dict[str, Any] = json.loads(str(engine().eval(f"(({names}) => {body})({given})")))
    return result
