"""Report printer: a report as text for a terminal."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from game.explore.report import Report


def report_text(report: Report) -> str:
    """Return the report in lines: what is incomplete or missing, the endings, then lengths and numbers of states."""
    data = report.as_json()
    parts = (_partial, _visited, _ends, _bounds, _felt, _cuts, _states)
    return "\n".join(line for part in parts for line in part(data))


def _partial(data: dict[str, Any]) -> Iterator[str]:
    if data["sample"] is not None:
        yield (
            f"A SAMPLE of {data['sample']['playthroughs']:,} playthroughs of each cut and role, seed"
            f" {data['sample']['seed']}: what it did not meet may yet be reached, and its counts are its own."
        )
    yield from (f"PARTIAL: {why}." for why in data["why_partial"])


def _visited(data: dict[str, Any]) -> Iterator[str]:
    names = {"nodes": "nodes", "choices": "choices", "conditions": "outcomes of conditions (each is so, and is not so)"}
    for name, what in names.items():
        part = data[name]
        yield f"{part['visited']} of {part['total']} {what} met"
        yield from (f"  {_never(data)}: {place}" for place in part["missing"])


def _never(data: dict[str, Any]) -> str:
    """Return the words for what no playthrough met. They are "never" only if everything was explored."""
    return "not met in this sample" if data["sample"] else "not met so far" if data["partial"] else "never"


def _ends(data: dict[str, Any]) -> Iterator[str]:
    yield "endings, and how many playthroughs reach each:"
    yield from (f"  {id} ({ending['role']}): {int(ending['playthroughs']):,}" for id, ending in data["endings"].items())
    yield from (f"  {_never(data)}: {id}" for id in data["unreached_endings"])
    yield from (f"dead end: {place}" for place in data["dead_ends"])
    yield from (f"endless: {place} can be come back to for ever" for place in data["endless"])
    for claim, holds in data["claims"].items():
        seen = f"holds{' wherever it was met' if data['partial'] else ''}" if holds else "FAILS"
        yield f"always: {claim} {seen}"
    for page, amounts in data["ledgers"].items():
        numbers = ", ".join(f"{name} {amount['least']:g} to {amount['most']:g}" for name, amount in amounts.items())
        yield f"weighing: {page}: {numbers}"


def _bounds(data: dict[str, Any]) -> Iterator[str]:
    for name, bounds in data["bounds"].items():
        least, most = bounds["least"], bounds["most"]
        if bounds["min"] is not None and least["value"] < bounds["min"]:
            yield f"bound: {name} would fall to {least['value']} at {least['where']}; it is held at {bounds['min']}"
        if bounds["max"] is not None and most["value"] > bounds["max"]:
            yield f"bound: {name} would rise to {most['value']} at {most['where']}; it is held at {bounds['max']}"


def _felt(data: dict[str, Any]) -> Iterator[str]:
    for id, felt in data.get("choices_felt", {}).items():
        pages = f"{felt['pages']} later page{'' if felt['pages'] == 1 else 's'}"
        dates = f", {felt['farthest']} date{'' if felt['farthest'] == 1 else 's'} on at the farthest"
        yield f"felt: {id} changes {pages} at least{dates if felt['farthest'] is not None else ''}"
        yield from (f"  never felt: {first} or {second}" for first, second in felt["blind"])


def _cuts(data: dict[str, Any]) -> Iterator[str]:
    for cut, roles in data["cuts"].items():
        for role, totals in roles.items():
            yield f"{cut} as {role}: {int(totals['playthroughs']):,} playthroughs"
            yield f"  {'':10}{'least':>10}{'mean':>10}{'most':>10}"
            for name in ("choices", "words", "minutes"):
                three = (format(totals[name][key], ",") for key in ("shortest", "mean", "longest"))
                yield f"  {name:10}" + "".join(f"{value:>10}" for value in three)
            facts = totals["facts"]
            mean = f", {facts['mean']} on the mean" if facts["mean"] is not None else ""
            yield f"  facts met: {facts['shortest']} in the shortest, {facts['longest']} in the longest{mean}"


def _states(data: dict[str, Any]) -> Iterator[str]:
    for name, boundaries in data["boundaries"].items():
        if boundaries:
            at = max(boundaries, key=lambda boundary: boundary["states"])
            live = ", ".join(at["live"])
            yield f"widest in {name}: {at['states']:,} states enter {at['chapter']}, kept apart by {live or 'nothing'}"
    yield f"{data['states']:,} states in {data['seconds']:.1f} s"
