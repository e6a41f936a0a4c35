"""ACCESSIBILITY.md: no criterion is missing, each line has a known term, a remark, and a test that exists."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from game import __version__

ROOT = Path(__file__).resolve().parents[2]
PAPER = (ROOT / "ACCESSIBILITY.md").read_text(encoding="utf-8")
TERMS = {"Supports", "Partially Supports", "Does Not Support", "Not Applicable"}
PRODUCTS = (
    "Phones' page, wall and teacher's page of a class (browser)", "Site (browser)", "Documents (HTML)",
)  # fmt: skip
# WCAG 2.2, by level: 31 criteria of level A and 24 of level AA.
LEVELS = {
    "A": """1.1.1 1.2.1 1.2.2 1.2.3 1.3.1 1.3.2 1.3.3 1.4.1 1.4.2 2.1.1 2.1.2 2.1.4 2.2.1 2.2.2 2.3.1 2.4.1 2.4.2 2.4.3
        2.4.4 2.5.1 2.5.2 2.5.3 2.5.4 3.1.1 3.2.1 3.2.2 3.2.6 3.3.1 3.3.2 3.3.7 4.1.2""",
    "AA": """1.2.4 1.2.5 1.3.4 1.3.5 1.4.3 1.4.4 1.4.5 1.4.10 1.4.11 1.4.12 1.4.13 2.4.5 2.4.6 2.4.7 2.4.11 2.5.7 2.5.8
        3.1.2 3.2.3 3.2.4 3.3.3 3.3.4 3.3.8 4.1.3""",
}
PARSING = ("4.1.1", "A")  # not in WCAG 2.2; EN 301 549 and Section 508 have it
CRITERIA = {(number, level) for level, numbers in LEVELS.items() for number in numbers.split()}
# EN 301 549 v3.2.1; what has no user interface of its own is left out (11.2.4.1 and others are empty clauses).
CLAUSES = {
    "clause 5": [
        *(f"5.1.2.{n}" for n in (1, 2)), *(f"5.1.3.{n}" for n in range(1, 17)), "5.1.4", "5.1.5", "5.1.6.1", "5.1.6.2",
        "5.1.7", *(f"5.{n}" for n in range(2, 10)),
    ],
    "clause 11": [
        "11.1.1.1", "11.1.2", *(f"11.1.3.{n}" for n in range(1, 6)), *(f"11.1.4.{n}" for n in (1, 2, 3, 4, 5)),
        *(f"11.1.4.{n}" for n in range(10, 14)), "11.2.1.1", "11.2.1.2", "11.2.1.4", "11.2.2.1", "11.2.2.2", "11.2.3.1",
        "11.2.4.3", "11.2.4.4", "11.2.4.6", "11.2.4.7", *(f"11.2.5.{n}" for n in range(1, 5)), "11.3.1.1", "11.3.2.1",
        "11.3.2.2", *(f"11.3.3.{n}" for n in range(1, 5)), *(f"11.4.1.{n}" for n in range(1, 4)), "11.5.1",
        *(f"11.5.2.{n}" for n in range(1, 18)), "11.6.1", "11.6.2", "11.7", "11.8",
    ],
    "clause 12": ["12.1.1", "12.1.2", "12.2.2", "12.2.3", "12.2.4"],
}  # fmt: skip


def table(heading: str) -> list[list[str]]:
    """The rows of the table below a heading, each a list of its cells, without its head."""
    section = re.split(r"^##+ ", PAPER.partition(f" {heading}")[2], maxsplit=1, flags=re.MULTILINE)[0]
    lines = [line for line in section.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split(" | ")] for line in lines[2:]]


def section_of(clause: str) -> str:
    (found,) = re.findall(rf"^## (EN 301 549, {clause}: .*)$", PAPER, re.MULTILINE)
    return str(found)


def test_the_criteria_are_those_of_wcag_2_2() -> None:
    assert [len(numbers.split()) for numbers in LEVELS.values()] == [31, 24]
    assert len(CRITERIA) == 55


@pytest.mark.parametrize("product", PRODUCTS)
def test_every_criterion_has_one_row_for_each_product(product: str) -> None:
    found = [re.fullmatch(r"(\d\.\d\.\d+) .+ \((A|AA)\)", row[0]) for row in table(product)]
    assert all(found)
    numbers = [match.groups() for match in found if match]
    assert set(numbers) == CRITERIA | {PARSING}
    assert len(numbers) == len(CRITERIA) + 1


@pytest.mark.parametrize("clause", CLAUSES)
def test_every_clause_has_one_row(clause: str) -> None:
    assert [row[0].split()[0] for row in table(section_of(clause))] == CLAUSES[clause]


ROWS = [
    (heading, row) for heading in (*PRODUCTS, *(section_of(clause) for clause in CLAUSES)) for row in table(heading)
]


@pytest.mark.parametrize(
    ("heading", "row"), ROWS, ids=lambda value: value[0].split()[0] if isinstance(value, list) else ""
)
def test_a_row_has_known_terms_a_test_and_a_remark(heading: str, row: list[str]) -> None:
    name, *terms, tested, remark = row
    assert name and terms and set(terms) <= TERMS
    assert remark.endswith((".", ")"))
    how = tested.split("; ")
    assert re.fullmatch(r"`tests/[\w/]+\.py::test_\w+`", how[0]) or how[0].startswith("by hand: ")
    assert all(len(each.partition(": ")[2].split()) >= 2 for each in how if each.startswith("by hand"))


def test_each_named_test_exists() -> None:
    named = set(re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", PAPER))
    assert len(named) > 80
    files = {file: (ROOT / file).read_text(encoding="utf-8") for file, _ in named}
    assert [f"{file}::{name}" for file, name in sorted(named) if f"\ndef {name}(" not in files[file]] == []
    assert len(re.findall(r"\.py::", PAPER)) == len(re.findall(r"`tests/[\w/]+\.py::\w+`", PAPER))


def test_it_is_about_this_version_and_sums_up_what_fails() -> None:
    assert f"| Version | {__version__} |" in PAPER
    short = PAPER.partition("## In short")[2].partition("\n## ")[0]
    for _, row in ROWS:
        number = re.sub(r"^11\.2\.1\.4$", "2.1.4", row[0].split()[0])
        if "Does Not Support" in row:
            assert f"({number})" in short, row[0]
