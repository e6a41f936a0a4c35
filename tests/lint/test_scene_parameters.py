"""Places are checked against the painter's scenes; unknown names are warnings with a suggestion."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.core.parameters import BoolParameter, IntegerParameter, Parameter, WordParameter
from game.lint import lint
from game.story import Finding, check
from tests.story.packs import SOUND, written

SCENES: Mapping[str, Mapping[str, Parameter]] = {  # of another story: the language is independent of this one
    "harbour": {"ships": IntegerParameter(0, 9), "fog": BoolParameter(), "tide": WordParameter(("low", "high"))},
    "street": {"fog": BoolParameter()},
}
VARIABLES = """\
  fleet: {start: 3, min: 0, max: 9}
  crates: {start: 3, min: -2, max: 40}
  endless: {start: 0}
  calm: {start: true}
  sea: {start: low, one_of: [low, high]}
  wind: {start: low, one_of: [low, storm]}
"""


def found(folder: Path, place: str, alt: str = "A harbour.") -> list[Finding]:
    """Findings on a pack with one place with this scene."""
    pack = SOUND["pack.yaml"].replace("roles:\n", f"{VARIABLES}roles:\n")
    before, _, after = pack.partition("  yard: ")
    pack = f"{before}  yard: {{name: the yard, {place}, alt: {alt}}}\n{after.partition(chr(10))[2]}"
    story, findings = lint(written(folder, {**SOUND, "pack.yaml": pack}), None, "", SCENES)
    assert story is not None, findings
    return [finding for finding in findings if finding.code in ("WG621", "WG622", "WG623")]


@pytest.mark.parametrize(
    ("invitation", "code"),
    [
        ("{scene: harbour, stages: [{ships: 3}, {ships: 0}]}", None),
        ("{scene: harbor, stages: [{ships: 3}, {ships: 0}]}", "WG621"),
        ("{scene: harbour, stages: [{ships: 3}, {boats: 0}]}", "WG622"),
        ("{scene: harbour, stages: [{ships: 3}, {ships: 99}]}", "WG623"),
    ],
)
def test_a_kiosks_invitation_can_be_painted(invitation: str, code: str | None, tmp_path: Path) -> None:
    pack = f"{SOUND['pack.yaml']}invitation: {invitation}\n"
    _, findings = lint(written(tmp_path, {**SOUND, "pack.yaml": pack}), None, "", SCENES)
    codes = [finding.code for finding in findings if "invitation" in pack.splitlines()[finding.line - 1]]
    assert codes == ([code] if code else [])


@pytest.mark.parametrize(
    "params",
    [
        "ships: 0", "ships: 9", "ships: fleet", "ships: fleet if calm else 0", "ships: crates // 5", "fog: true",
        "fog: calm", "fog: fleet > 2", "fog: not calm", "fog: seen(gate.inside)", "tide: low", "tide: sea",
        "tide: sea if calm else sea", "ships: 2, fog: false, tide: high",
    ],
)  # fmt: skip
def test_paintable_places_have_no_finding(params: str, tmp_path: Path) -> None:
    """Values within range, variables with only such values, and sums, which are clamped."""
    assert found(tmp_path, f"scene: harbour, params: {{{params}}}") == []


@pytest.mark.parametrize(
    ("place", "code", "said"),
    [
        ("scene: harbor", "WG621", ("`harbor`", "Scenes are harbour, street.", "Did you mean `harbour`?")),
        ("scene: moon", "WG621", ("`moon`",)),
        ("scene: harbour, params: {shipps: 3}", "WG622", ("`shipps`", "Did you mean `ships`?")),
        ("scene: street, params: {ships: 3}", "WG622", ("`street` has no parameter `ships`", "It has fog.")),
        ("scene: harbour, params: {ships: 10}", "WG623", ("`ships` cannot be `10`", "from 0 to 9")),
        ("scene: harbour, params: {ships: -1}", "WG623", ("`ships` cannot be `-1`",)),
        ("scene: harbour, params: {ships: many}", "WG623", ("`ships` cannot be `many`",)),
        ("scene: harbour, params: {ships: true}", "WG623", ("`ships` cannot be `true`",)),
        ("scene: harbour, params: {fog: yes}", "WG623", ("`fog` cannot be `yes`", "true or false")),
        ("scene: harbour, params: {fog: 1}", "WG623", ("`fog` cannot be `1`",)),
        ("scene: harbour, params: {tide: hihg}", "WG623", ("`tide` cannot be `hihg`", "Did you mean `high`?")),
        ("scene: harbour, params: {tide: 1}", "WG623", ("`tide` cannot be `1`",)),
        ("scene: harbour, params: {ships: crates}", "WG623", ("shows 0 to 9, and `crates` can be -2 to 40",)),
        ("scene: harbour, params: {ships: endless}", "WG623", ("`endless` can be any number",)),
        ("scene: harbour, params: {ships: 3 if calm else 12}", "WG623", ("can be 12",)),
        ("scene: harbour, params: {ships: fleet if calm else -3}", "WG623", ("can be -3",)),
        ("scene: harbour, params: {ships: calm}", "WG623", ("`ships` is a number, and `calm` is none",)),
        ("scene: harbour, params: {ships: sea}", "WG623", ("`ships` is a number, and `sea` is none",)),
        ("scene: harbour, params: {fog: fleet}", "WG623", ("`fog` is true or false", "`fleet > 0`")),
        ("scene: harbour, params: {fog: sea}", "WG623", ("`fog` is true or false", "one of its words")),
        ("scene: harbour, params: {tide: fleet}", "WG623", ("`tide` is a word, and `fleet` is none",)),
        ("scene: harbour, params: {tide: wind}", "WG623", ("`tide` cannot be `storm`, as `wind` can",)),
    ],
)
def test_what_cannot_be_painted_is_reported_at_its_place(
    place: str, code: str, said: tuple[str, ...], tmp_path: Path
) -> None:
    (finding,) = found(tmp_path, place)
    assert (finding.code, finding.severity, finding.file) == (code, "warning", "pack.yaml")
    line = (tmp_path / "pack.yaml").read_text(encoding="utf-8").splitlines()[finding.line - 1]
    name, _, value = place.rpartition("{")[2].rstrip("}").partition(": ")
    here = {"WG621": place.partition(": ")[2], "WG622": name, "WG623": value}[code]
    assert line[finding.column - 1 :].startswith(here)
    for words in said:
        assert words in str(finding)


def test_a_parameter_that_the_picture_s_words_use_is_used(tmp_path: Path) -> None:
    assert found(tmp_path, "scene: street, params: {ships: fleet}", "'Ships, {ships}.'") == []


def test_without_scenes_places_are_not_checked(tmp_path: Path) -> None:
    pack = SOUND["pack.yaml"].replace("scene: courtyard", "scene: moon")
    folder = written(tmp_path, {**SOUND, "pack.yaml": pack})
    assert list(check(folder)[1]) == [] and list(lint(folder)[1]) == []


@given(st.text(st.sampled_from("abcdefghijklmnopqrstuvwxyz-"), max_size=9), st.integers(-99, 99) | st.booleans())
def test_any_scene_and_value_is_a_finding_or_none(
    tmp_path_factory: pytest.TempPathFactory, name: str, value: int | bool
) -> None:
    scene, word = name.strip("-") or "a", name.replace("-", "") or "b"
    folder = tmp_path_factory.mktemp("pack")
    for place in (f"scene: {scene}", f"scene: harbour, params: {{ships: {str(value).lower()}, tide: '{word}'}}"):
        if "--" not in place:
            assert len(found(folder, place)) <= 2
