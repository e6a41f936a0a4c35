"""Mutants: small faults seeded into the program, one at a time, and whether the quick tests of their room see them.

    python -m tests.benchmarks.mutants FOLDER [--count 200] [--seed 1] [--rooms core lang] [--jobs 2]
    python -m tests.benchmarks.mutants FOLDER --again    # only the survivors, after tests were added
    python -m tests.benchmarks.mutants FOLDER --report

First each room's quick tests run once, to see which test meets which line. Then each mutant runs alone, in a throwaway
copy of the tree: the tests that meet its line run, those of its module first; where the line runs at import or in a
fixture, the whole room's. It may be stopped at any time: FOLDER keeps what is done. Where a survivor changes no
behaviour, write the reason into its line of FOLDER/results.jsonl (`"equal": "why"`): it is then counted apart.
"""

from __future__ import annotations

import argparse
import compileall
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from itertools import chain
from pathlib import Path
from py_compile import PycInvalidationMode
from random import Random
from typing import Any

from coverage import CoverageData

from game.core.files import write_atomic
from tests.benchmarks.mutations import mutants, mutated

TREE = Path(__file__).resolve().parents[2]
LEFT_OUT = shutil.ignore_patterns(".*", "__pycache__", "node_modules", "build", "dist")
LIMIT = 600  # seconds for one run of tests: one that does not end has caught its mutant


def chosen(rooms: list[str], count: int, seed: int) -> list[dict[str, Any]]:
    """So many different mutants: a random file, weighted by its lines, then any in it. The same for the same seed and
    program."""
    names = [path.relative_to(TREE).as_posix() for path in sorted((TREE / "game").rglob("*.py"))]
    names = [name for name in names if not rooms or room_of(name) in rooms]
    lines = [(TREE / name).read_text("utf-8").count("\n") for name in names]
    chance, found, known = Random(seed), dict[tuple[str, str], dict[str, Any]](), dict[str, list[dict[str, Any]]]()
    while len(found) < count:
        (name,) = chance.choices(names, lines)
        if name not in known:
            known[name] = list(mutants(TREE / name))
        if known[name]:
            mutant = {"file": name, **chance.choice(known[name])}
            found.setdefault(_key(mutant), mutant)
    return list(found.values())


def room_of(file: str) -> str:
    return file.split("/")[1].removesuffix(".py")


def tests_of(room: str) -> str:
    return f"tests/{room}" if (TREE / "tests" / room).exists() else f"tests/test_{room}.py"


def meetings(room: str, copy: Path, folder: Path) -> CoverageData:
    """The lines of the program that each quick test of a room runs; measured once."""
    data = CoverageData(str(folder / f"{room}.coverage"))
    if not Path(data.data_filename()).exists():
        measured = ["--cov=game", "--cov-context=test", "--cov-report=", "--cov-fail-under=0"]
        if not passes([tests_of(room), *measured], copy, limit=3600):
            raise SystemExit(f"{tests_of(room)} fails without any mutant: mend that first")
        shutil.move(copy / ".coverage", data.data_filename())
    data.read()
    return data


def run(mutant: dict[str, Any], copy: Path, met: CoverageData) -> str:
    """The result of a mutant in a copy of the tree: "caught", "survived", or "hung" if the tests did not end."""
    file = mutant["file"]
    (measured,) = [name for name in met.measured_files() if name.endswith(f"/{file}")] or [""]
    contexts = met.contexts_by_lineno(measured).get(mutant["line"], ()) if measured else ()
    found = {context.rpartition("|")[0] for context in contexts} - {""}
    own = f"tests/{Path(file).parent.relative_to('game')}/test_{Path(file).name}"
    groups = [sorted(found, key=lambda test: (not test.startswith(own), test))]
    if not found or not all(context.endswith("|run") for context in contexts):
        groups += [[path] for path in (own, tests_of(room_of(file))) if (TREE / path).exists()]
    path = copy / file
    whole = path.read_text(encoding="utf-8")
    try:
        path.write_text(mutated(path, *mutant["at"]), encoding="utf-8")
        return "survived" if all(passes(["-x", *group], copy) for group in groups if group) else "caught"
    except subprocess.TimeoutExpired:
        return "hung"
    finally:
        path.write_text(whole, encoding="utf-8")


def passes(arguments: list[str], copy: Path, limit: float = LIMIT) -> bool:
    """Whether quick tests pass in a copy of the tree. Raises TimeoutExpired after so many seconds."""
    (copy / "arguments.txt").write_text("\n".join(arguments), encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-q", "-n", "0", "--dist", "no", "-p", "no:cacheprovider"]
    environment = os.environ | {"PYTHONPATH": str(copy), "PYTHONDONTWRITEBYTECODE": "1"}
    with subprocess.Popen(
        [*command, "@arguments.txt"], cwd=copy, env=environment, start_new_session=True,
        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    ) as process:  # fmt: skip
        try:
            return process.wait(limit) == 0
        finally:
            with suppress(ProcessLookupError):  # what the tests have left of their own
                os.killpg(process.pid, signal.SIGKILL)


def copy_tree(folder: Path) -> Path:
    """A copy of the tree, whose bytecode depends on its source's hash: two mutants may have the same time and size."""
    shutil.copytree(TREE, folder, ignore=LEFT_OUT)
    for part in ("game", "tests"):
        compileall.compile_dir(folder / part, quiet=2, invalidation_mode=PycInvalidationMode.CHECKED_HASH)
    return folder


def read_results(folder: Path) -> dict[tuple[str, str], dict[str, Any]]:
    """The results so far; the later one of a mutant that ran twice."""
    path = folder / "results.jsonl"
    found = map(json.loads, path.read_text(encoding="utf-8").splitlines() if path.exists() else ())
    return {_key(mutant): mutant for mutant in found}


def _key(mutant: dict[str, Any]) -> tuple[str, str]:
    return mutant["file"], str(mutant.get("first", mutant["at"]))


def found_again(mutant: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """A mutant at its present place in the file: the nearest of those with the same change; empty if it is gone."""
    change = mutant["before"], mutant["after"]
    alike = [near for near in mutants(TREE / mutant["file"]) if (near["before"], near["after"]) == change]
    alike.sort(key=lambda near: (abs(near["line"] - mutant["line"]), near["at"] != mutant["at"]))
    for nearest in alike[:1]:
        yield {"first": mutant["at"], **mutant, **nearest}


def report(results: Iterable[dict[str, Any]]) -> None:
    """Print the survivors, and for each room the share of caught mutants among those that change something."""
    caught, of = Counter[str](), Counter[str]()
    for mutant in sorted(results, key=lambda mutant: (mutant["file"], mutant["line"])):
        if "equal" not in mutant:
            of[room_of(mutant["file"])] += 1
            caught[room_of(mutant["file"])] += mutant["outcome"] != "survived"
        if mutant["outcome"] == "survived":
            print(text_of(mutant), f"   (equal: {mutant['equal']})" if "equal" in mutant else "")
    for room in sorted(of):
        print(f"{room:12} {caught[room]:4} of {of[room]:4} caught")
    print(f"{'all':12} {caught.total():4} of {of.total():4} caught: {caught.total() / max(1, of.total()):.0%}")


def text_of(mutant: dict[str, Any]) -> str:
    return f"{mutant['file']}:{mutant['line']}: {mutant['before']}  ->  {mutant['after']}"


def main() -> None:
    parser = argparse.ArgumentParser(description="Seed small faults, and see whether the quick tests catch them.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--rooms", nargs="*", default=[])
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--again", action="store_true")
    parser.add_argument("--report", action="store_true")
    options = parser.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    sample = options.folder / "sample.json"
    if not sample.exists():
        write_atomic(sample, json.dumps(chosen(options.rooms, options.count, options.seed), ensure_ascii=False))
    results = read_results(options.folder)
    waiting = [mutant for mutant in json.loads(sample.read_text("utf-8")) if _key(mutant) not in results]
    if options.again:
        waiting = [mutant for mutant in results.values() if mutant["outcome"] == "survived" and "equal" not in mutant]
        for measured in options.folder.glob("*.coverage"):
            measured.unlink()  # it knows no test that was added since
    if not options.report:
        run_all(list(chain.from_iterable(map(found_again, waiting))), options.folder, options.jobs)
    report(read_results(options.folder).values())


def run_all(waiting: list[dict[str, Any]], folder: Path, jobs: int) -> None:
    def run_room(room: str) -> None:
        with tempfile.TemporaryDirectory() as place:
            copy = copy_tree(Path(place, "tree"))
            met = meetings(room, copy, folder)
            for mutant in (mutant for mutant in waiting if room_of(mutant["file"]) == room):
                outcome = run(mutant, copy, met)
                with (folder / "results.jsonl").open("a", encoding="utf-8") as file:
                    file.write(json.dumps({**mutant, "outcome": outcome}, ensure_ascii=False) + "\n")
                print(f"{outcome}: {text_of(mutant)}", flush=True)

    sizes = Counter(room_of(mutant["file"]) for mutant in waiting)
    with ThreadPoolExecutor(jobs) as pool:
        list(pool.map(run_room, sorted(sizes, key=sizes.__getitem__)))


if __name__ == "__main__":
    main()
