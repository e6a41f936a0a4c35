"""Exploring gives the counts of playing every playthrough one by one, and names what no playthrough shows."""

from __future__ import annotations

import itertools
import json
import shutil
from collections import Counter
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path

import pytest

from game.cli import main
from game.commands.support.common import exploration_progress
from game.explore import ProgressReport, Report, Sample, explore, report_text
from game.explore.explorer import ExplorationStatus, explore_cut
from game.explore.path_stats import FactCounter, PathStats
from game.explore.progress import ProgressTimer
from game.explore.proofs import MOST_STATES, findings_of
from game.explore.result import ExploredCut
from game.explore.transition_table import PageForm
from game.play import Playthrough, begin
from game.play.debrief_sections import facts_met
from game.play.engine import Engine
from game.resources import story_folder
from game.story import Story, StoryErrors, load
from tests.play.readers import walked
from tests.small_stories.packs import THE_FERRY, load_the_ferry
from tests.story.packs import CHAPTER, playable, written

PACK = """
pack: small
title: Small
version: 1
variables:
  grain: {start: 6, min: 0, max: 10, words: {0: empty, 4: half a jar}}
  seen_by: {start: nobody, one_of: [nobody, ma], words: {nobody: nobody, ma: Captain Ma}}
  idle: {start: 0, min: 0, max: 9}
roles: {villager: {name: Shen Guilan}, official: {name: Guo Shoutian}}
calendar: [weather, [v-first, o-first], v-last, o-last]
cuts:
  full: {play: one role}
  class: {play: both roles}
  kiosk: {play: one role, chapters: [v-first, o-first, v-last, o-last], brief: true}
always: [grain >= 0]
"""
FACTS = "facts:" + "".join(
    f"""
  - id: {id}
    paraphrase: Grain was counted.
    paragraph: P1
    sentences: [1]
    speaker: narrator
    kind: record
    theme: grain
    game_may: fact"""
    for id in ("taken", "kept", "dry", "never-met")
)
WEATHER = """
chapter: weather
title: Weather
skip: {text: It was dry.}
nodes:
  dry: {text: It was a dry spring., because: dry, goto: next}
"""
V_FIRST = """
chapter: v-first
role: villager
title: First
note: A jar is taken.
skip: {text: The jar went., do: [grain = 0], because: [invented], as: [gate.give]}
nodes:
  gate:
    text: [A cart., {if: grain > 5, text: The jar is full to the neck.}]
    brief: A cart came.
    choices:
      - {id: give, say: I gave it., do: [grain = 2, idle += 1], because: [taken, invented], goto: night}
      - {id: half, say: I gave half of it., do: [grain -= 3, idle += 2], because: [taken, kept],
         goto: night}
      - {id: hide, say: I hid it., if: grain > 4, do: [seen_by = ma if grain > 9 else nobody], because: invented,
         goto: fork}
  fork: {goto: [{if: seen_by == ma, to: seen}, {to: night}]}
  seen: {text: Ma saw., goto: next}
  night: {text: Night., brief: Night fell on it., goto: next}
"""
O_FIRST = """
chapter: o-first
role: official
title: First
skip: {text: He counted., do: [idle = 1], because: [invented]}
nodes:
  desk:
    text: A list.
    choices:
      - {id: sign, say: I signed., do: [idle = 0], because: [invented], goto: next}
      - {id: wait, say: I waited., goto: next}
"""
V_LAST = """
chapter: v-last
role: villager
title: Last
skip: {text: It ended.}
nodes:
  table:
    text: [A table., {if: chose(v-first.gate.give), text: You gave it all.}]
    choices:
      - {id: speak, say: I spoke up., goto: [{if: grain > 4, to: full}, {to: bare}]}
      - {id: keep, say: I kept still., goto: bare}
  full: {text: Full., end: full}
  bare: {text: Bare., end: bare}
"""
O_LAST = """
chapter: o-last
role: official
title: Last
skip: {text: He left.}
nodes:
  leaf: {text: [A leaf., {if: grain > 4, text: They had kept something.}], end: leaf}
"""
FILES = {"facts.yaml": FACTS, "pack.yaml": PACK, "weather.yaml": WEATHER, "v-first.yaml": V_FIRST,
         "o-first.yaml": O_FIRST, "v-last.yaml": V_LAST, "o-last.yaml": O_LAST}  # fmt: skip
NIGHT = "night: {text: Night., brief: Night fell on it., goto: next}"
ROLES_AND_CUTS = [*itertools.product(("villager", "official"), ("full", "kiosk")), (None, "class")]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return written(tmp_path, FILES)


SPEAK_CLOSED = "say: I spoke up.,", "say: I spoke up., if: grain > 4,"
KEEP_CLOSED = "say: I kept still.,", "say: I kept still., if: grain > 4,"


def changed(folder: Path, file: str, *changes: tuple[str, str]) -> Path:
    """The pack with changes in one file, each of something that stands there once."""
    text = FILES[f"{file}.yaml"]
    for old, new in changes:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return written(folder, {f"{file}.yaml": text})


@pytest.fixture
def large_folder(folder: Path) -> Path:
    """The same pack with some thousand states, enough for `explore` to report progress."""
    night = """night:
    text: Night.
    choices:
      - {id: on, say: On., goto: next}
      - {id: again, say: Again., if: sum < 1500, do: [sum += 1], because: [invented], goto: night}"""
    changed(folder, "v-first", (NIGHT, night))
    return changed(folder, "pack", ("variables:", "variables:\n  sum: {start: 0, min: 0, max: 1500}"))


@pytest.fixture
def story(folder: Path) -> Story:
    return load(folder)


def every(playthrough: Playthrough) -> Iterator[Playthrough]:
    """Every finished playthrough from here, one by one: the slow and simple way."""
    if playthrough.over or not playthrough.page.choices:
        yield playthrough
    for option in playthrough.page.choices:
        yield from every(playthrough.choose(option.id))


def words(playthrough: Playthrough) -> int:
    """The number of words on the way: summaries, lines, each page's shown text, choices with their reasons, and in a
    brief cut the answers."""
    total = 0
    for page in playthrough.pages:
        shown = [*(page.brief if page.shows_brief else page.paragraphs)]
        shown += [page.answer] if page.answer and playthrough.cut.brief else []
        shown += [paragraph for chapter in page.told for paragraph in chapter.paragraphs]
        texts = [paragraph.text for paragraph in shown]
        texts += [text for option in page.choices for text in (option.say, option.reason)]
        for line in page.lines:
            texts += [line.brief or ""] if playthrough.cut.brief else line.text
        total += sum(len(text.split()) for text in texts)
    return total


FERRY = [*itertools.product(("ferryman", "clerk"), ("full", "short", "kiosk")), (None, "class")]


@pytest.mark.parametrize(
    ("pack", "role", "cut"),
    [*(("small", *way) for way in ROLES_AND_CUTS), *(("ferry", *way) for way in FERRY)],
)
def test_merged_counts_are_the_counts_of_playing_each(pack: str, role: str | None, cut: str, story: Story) -> None:
    """Number, endings, choices, words and facts; in the Ferry also reasons, answers and lines."""
    assert_counts_are_those_of_playing_each(story if pack == "small" else load_the_ferry(), role, cut)


def assert_counts_are_those_of_playing_each(story: Story, role: str | None, cut: str) -> None:
    found = explore_cut(Engine(story, role, story.cuts[cut]), 1000)
    played = list(every(begin(story, role, cut)))
    assert found.total is not None
    assert found.total.count == len(played)
    chosen = [sum(entry.take != "continue" for entry in p.entries) for p in played]
    assert found.total.choices == (min(chosen), max(chosen), sum(chosen))
    read = [words(p) for p in played]
    assert found.total.words == (min(read), max(read), sum(read))
    met = [len(facts_met(p)) for p in played]
    assert found.facts.mean(found.total) == pytest.approx(sum(met) / len(played))
    came_to = {(at.page.ending, at.entries) for p in played for at in p.history if at.page.ending}
    endings = Counter(ending for ending, _ in came_to)
    assert {ending: count for ending, (_, count) in found.endings.items()} == endings
    taken = {(f"{entry.node}.{entry.take}") for p in played for entry in p.entries if entry.take != "continue"}
    assert taken <= found.paths.keys()
    for choice in taken:
        p = walked(story, role, cut, (take for _, take in found.paths[choice].entries()))
        assert f"{p.entries[-1].node}.{p.entries[-1].take}" == choice, "its path ends with it"


def test_an_answer_s_conditions_are_covered_and_keep_their_variables_alive(tmp_path: Path) -> None:
    report = explore(load_the_ferry()).as_json()
    assert report["conditions"]["missing"] == report["nodes"]["missing"] == []
    assert not report["partial"]
    folder = Path(shutil.copytree(THE_FERRY, tmp_path / "pack"))
    gate = folder / "f-gate.yaml"
    gate.write_text(gate.read_text("utf-8").replace("{if: jar > 0 and not boat,", "{if: boat,"), "utf-8")
    (missing,) = explore(load(folder)).as_json()["conditions"]["missing"]
    assert "f-gate.yaml" in missing and "boat" in missing


def test_a_variable_that_only_an_answer_reads_keeps_states_apart(tmp_path: Path) -> None:
    """Two ways to a page are one state, unless an answer on it depends on the way."""
    chapter = CHAPTER.replace("say: I opened.", "say: I opened., do: [grain = 0]").replace(
        "    end: they-came-in",
        "    choices: [{id: go, say: I went.ANSWER, goto: out}]\n  out: {text: Out., end: out}",
    )
    answer = ", answer: [{if: grain < 1, text: Nothing was left.}, '{grain}']"

    def states(name: str, more: str) -> int:
        story = playable(tmp_path / name, chapter=chapter.replace("ANSWER", more))
        assert_counts_are_those_of_playing_each(story, "villager", "full")
        return explore_cut(Engine(story, "villager", story.cuts["full"]), 1000).states

    assert (states("none", ""), states("told", answer)) == (3, 4)


def test_states_that_a_chapter_cannot_tell_apart_keep_their_own_counts(folder: Path) -> None:
    """Eight states enter a chapter that reads one variable; each has its ways through it, and they differ after it."""
    variables = "variables:\n  one: {start: false}\n  two: {start: false}\n  three: {start: false}"
    changed(folder, "pack", ("calendar: [weather,", "calendar: [weather, v-before,"), ("variables:", variables))
    (folder / "v-before.yaml").write_text(
        "chapter: v-before\nrole: villager\ntitle: Before\nskip: {text: It went by.}\nnodes:\n"
        + "".join(
            f"""
  {node}:
    text: Before.
    choices:
      - {{id: do, say: I did., do: [{node} = true], because: [{fact}], goto: {after}}}
      - {{id: no, say: I did not do it., goto: {after}}}"""
            for node, fact, after in (("one", "taken", "two"), ("two", "dry", "three"), ("three", "kept", "next"))
        )
    )
    changed(
        folder,
        "v-first",
        ("{if: grain > 5, text:", "{if: one, text:"),
        ("if: grain > 4,", "if: one,"),
        ("night: {text: Night.", "night: {ledger: {year: 1958, stood: grain, reported: 9}, text: Night."),
        ("goto: next}\n  night", "choices: [{id: shout, say: I shouted., goto: next}]}\n  night"),
    )
    both = "  bare: {text: [Bare., {if: two, text: Two of us.}, {if: three, text: There were three of us.}], end: bare}"
    story = load(changed(folder, "v-last", ("  bare: {text: Bare., end: bare}", both)))
    found = explore_cut(Engine(story, "villager", story.cuts["full"]), 1000)
    assert [at.states for at in found.boundaries if at.chapter == "v-first"] == [8]
    read = {at.entries for p in every(begin(story, "villager", "full")) for at in p.history if at.page.ledger}
    assert found.weighed.total() == len(read)
    assert_counts_are_those_of_playing_each(story, "villager", "full")
    assert_counts_are_those_of_playing_each(story, None, "class")


def test_unreachable_parts_are_named_with_their_places(story: Story) -> None:
    report = explore(story).as_json()
    assert [line.split()[1] for line in report["nodes"]["missing"]] == ["v-first.seen"]
    assert report["nodes"]["visited"] == report["nodes"]["total"] - 1
    assert report["choices"]["missing"] == []
    sides = [line for line in report["conditions"]["missing"] if line.endswith("is so")]
    assert [line.split(":")[0] for line in sides] == ["v-first.yaml", "v-first.yaml"]
    assert all(place.count(":") == 2 for place in (line.split()[0] for line in report["conditions"]["missing"]))
    for part in ("nodes", "choices", "conditions"):
        assert report[part]["visited"] + len(report[part]["missing"]) == report[part]["total"]


def test_the_report_has_the_keys_that_others_read(story: Story) -> None:
    report = json.loads(json.dumps(explore(story).as_json()))
    keys = "nodes choices conditions endings dead_ends cuts boundaries states seconds partial"
    assert set(keys.split()) <= set(report)
    assert (report["partial"], report["dead_ends"]) == (False, [])
    assert {"full/villager", "full/official", "class/both"} <= set(report["boundaries"])
    assert report["endings"]["full"] == {"role": "villager", "playthroughs": "1"}
    cuts = report["cuts"]
    assert (set(cuts["class"]), set(cuts["full"])) == ({"both"}, {"villager", "official"})
    minutes = cuts["full"]["villager"]["minutes"]
    assert minutes["shortest"] <= minutes["mean"] <= minutes["longest"]
    assert cuts["full"]["villager"]["facts"] == {"shortest": 1, "mean": 2.0, "longest": 2}


def test_dead_variables_make_no_states(story: Story) -> None:
    found = explore_cut(Engine(story, "villager", story.cuts["full"]), 1000)
    last = next(boundary for boundary in found.boundaries if boundary.chapter == "v-last")
    assert "idle" not in last.live
    assert last.states == 3  # given (grain 2), half (3), hidden (6)


def test_a_broken_claim_is_reported(folder: Path) -> None:
    changed(folder, "pack", ("always: [grain >= 0]", "always: [grain > 2]"))
    assert explore(load(folder)).as_json()["claims"] == {"grain > 2": False}


@pytest.mark.parametrize(("claim", "holds"), [("grain <= 6", True), ("grain > 2", False)])
def test_a_claim_on_a_page_is_proved(folder: Path, claim: str, holds: bool) -> None:
    changed(folder, "v-first", ("night: {text: Night.", f"night: {{always: [{claim}], text: Night."))
    report = explore(load(folder))
    assert report.as_json()["claims"][f"v-first.night: {claim}"] == holds
    broken = [finding for finding in findings_of(report, MOST_STATES) if finding.code == "WG707"]
    assert len(broken) == (not holds)
    for finding in broken:
        assert "each time that `v-first.night` is reached" in finding.problem and "give" in finding.remedy


def test_a_weighing_s_numbers_have_their_range(folder: Path) -> None:
    weighed = "night: {ledger: {year: 1958, stood: grain, reported: 9}, text: Night."
    report = explore(load(changed(folder, "v-first", ("night: {text: Night.", weighed))))
    rows = report.as_json()["ledgers"]["v-first.night"]
    assert rows["reported"] == {"least": 9, "mean": 9, "most": 9}
    assert (rows["stood"]["least"], rows["stood"]["most"]) == (2, 6)
    assert 2 < rows["stood"]["mean"] < 6
    assert any(line.startswith("weighing: v-first.night: stood 2 to 6") for line in report_text(report).splitlines())


def test_a_page_on_an_endless_circle_is_named(folder: Path) -> None:
    circle = "night: {text: Night., choices: [{id: again, say: Back., goto: gate}, {id: on, say: On., goto: next}]}"
    assert explore(load(changed(folder, "v-first", (NIGHT, circle)))).as_json()["endless"]


def test_too_many_states_stop_with_the_reason(story: Story) -> None:
    found = explore(story, most_states=2)
    report, said = found.as_json(), report_text(found)
    assert report["partial"] is True
    assert "v-first" in report["why_partial"][0] and "grain" in report["why_partial"][0]
    assert "never" not in said and "not met so far: " in said


def test_an_interrupted_exploration_prints_what_it_knows(
    large_folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(_: ProgressReport) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("game.commands.explore.exploration_progress", lambda: nullcontext(interrupted))
    assert main(["explore", "--story", str(large_folder)]) == 0
    said = capsys.readouterr().out
    assert "PARTIAL" in said and "it was interrupted" in said


def test_explore_to_prints_entries_that_read_takes(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explore", "--story", str(folder), "--to", "full", "--format", "json"]) == 0
    way = json.loads(capsys.readouterr().out)
    assert walked(load(folder), way["role"], way["cut"], way["take"]).page.ending == "full"


def test_a_number_that_is_held_at_its_bound_is_named_with_the_effect(folder: Path) -> None:
    report = explore(load(changed(folder, "v-first", ("grain -= 3", "grain -= 8"))))
    grain = report.as_json()["bounds"]["grain"]
    assert (grain["min"], grain["max"], grain["least"]["value"], grain["most"]["value"]) == (0, 10, -2, 6)
    assert grain["least"]["where"].startswith("v-first.yaml:13:")
    assert "bound: grain would fall to -2 at v-first.yaml:13:" in report_text(report)


def test_a_sample_says_that_it_is_one(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explore", "--story", str(folder), "--sample", "40", "--seed", "3"]) == 0
    said = capsys.readouterr().out
    assert said.startswith("A SAMPLE of 40 playthroughs of each cut and role, seed 3")
    first, again, other = (explore(load(folder), sample=Sample(40, seed)).as_json() for seed in (3, 3, 4))
    assert first["partial"] is True
    assert first["cuts"]["full"]["villager"]["playthroughs"] == "40"
    assert first["cuts"] == again["cuts"] != other["cuts"]
    whole = explore(load(folder)).as_json()["cuts"]["full"]["villager"]["words"]
    sampled = first["cuts"]["full"]["villager"]["words"]
    assert whole["shortest"] <= sampled["shortest"] <= sampled["longest"] <= whole["longest"]


def test_a_reading_of_no_page_is_a_dead_end_of_the_last_chapter(folder: Path) -> None:
    engine = Engine(load(folder), "villager", load(folder).cuts["full"])
    found = ExploredCut(engine, FactCounter(()))
    found.add_page(PageForm(None), PathStats(1))
    assert found.dead_ends == {engine.story.order[-1]: None}


@pytest.mark.parametrize(
    "change", [KEEP_CLOSED, ("end: bare", "goto: next")], ids=["nothing open", "past the calendar"]
)
def test_dead_ends_are_named_by_all_playthroughs_and_by_a_sample(change: tuple[str, str], folder: Path) -> None:
    story = load(changed(folder, "v-last", SPEAK_CLOSED, change))
    whole, sample = (explore(story, sample=sample).as_json()["dead_ends"] for sample in (None, Sample(40, 3)))
    assert [place.split(":")[0] for place in whole] == ["v-last.yaml"]
    assert sample == whole


def test_a_sample_of_a_story_with_an_endless_circle_ends(folder: Path) -> None:
    changed(folder, "v-first", ("brief: Night fell on it., goto: next", "goto: night"))
    with pytest.raises(StoryErrors):  # without a choice it is refused before
        load(folder)
    round_and_round = "choices: [{id: again, say: Back., goto: night}]"
    changed(folder, "v-first", ("brief: Night fell on it., goto: next", round_and_round))
    report = explore(load(folder), sample=Sample(2, 0)).as_json()
    assert [place.split()[1] for place in report["endless"]] == ["v-first.night"]


def test_rare_pairs_of_records_are_found_by_the_directed_search(folder: Path) -> None:
    """A line that needs two choices of the other role, in either order."""
    line = "text: [A list, {if: grain == 6 and seen_by == ma, text: Ma stood there.}]"
    changed(folder, "o-first", ("text: A list.", line))
    changed(folder, "pack", ("[weather, [v-first, o-first]", "[weather, v-first, o-first"))
    night = """night:
    text: Night.
    brief: Night fell on it.
    choices:
      - {id: mend, say: I mended it., do: [grain = 6], because: [invented], goto: next}
      - {id: sleep, say: I slept., goto: next}"""
    changed(folder, "v-first", ("do: [grain = 2, idle += 1]", "do: [grain = 2, seen_by = ma]"), (NIGHT, night))
    missing = explore(load(folder)).as_json()["conditions"]["missing"]
    assert not [line for line in missing if line.startswith("o-first.yaml")]


def test_progress_has_states_rate_and_time_left() -> None:
    reports: list[ProgressReport] = []
    time = iter(range(100))
    timer = ProgressTimer(reports.append, lambda: float(next(time)), parts=2)
    timer.start("full as villager")(ExplorationStatus("v-first", 1000, 3000))
    assert reports == [ProgressReport(1, 2, "full as villager", "v-first", 1000, 1000.0, 7.0)]
    timer.done(1000)
    timer.start("full as official")(ExplorationStatus("o-last", 1000, 0))
    assert reports[-1] == ProgressReport(2, 2, "full as official", "o-last", 2000, 1000.0, 0.0)
    timer.done(1000)
    timer.start("one more")(ExplorationStatus("o-last", 1000, 0))
    assert reports[-1][:2] == (3, 3)


def test_a_long_exploration_reports_progress(large_folder: Path) -> None:
    reports: list[ProgressReport] = []
    explore(load(large_folder), progress=reports.append)
    assert [report.part for report in reports] == sorted(report.part for report in reports)
    assert all(earlier.states < later.states for earlier, later in itertools.pairwise(reports))
    assert reports[0].seconds_left > 0


def test_the_terminal_shows_the_progress_and_clears_it(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    with exploration_progress() as tell:
        assert tell is not None
        tell(ProgressReport(2, 9, "full as villager", "v-first", 12_500, 8_000.0, 20.0))
    said = capsys.readouterr().err
    assert "part 2 of 9, about 20 s left" in said
    assert said.endswith("\r\033[K")


def test_explore_to_a_choice_takes_it(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explore", "--story", str(folder), "--to", "v-first.gate.hide"]) == 0
    way = f"weight-of-grain read --story {folder} --role villager --cut full --take continue,hide\n"
    assert capsys.readouterr().out == way


def test_an_unknown_id_is_one_clear_line(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explore", "--story", str(folder), "--to", "v-last.ful"]) == 2
    assert "Did you mean `v-last.full`?" in capsys.readouterr().err


# A cut of the shipped story, and its minutes in each role: the least of the shortest, the most of the mean and longest.
MINUTES = [("full", 22, 31, 33.2), ("one-door", 0, 19.8, 20.6), ("kiosk", 2, 4, 4.2)]


@pytest.fixture(scope="module")
def shipped_report() -> Report:
    """All playthroughs of the shipped story, explored once (half a minute of processor time) for all tests here."""
    return explore(load(story_folder()), MOST_STATES)


def test_random_playthroughs_of_the_shipped_story_meet_all_of_it_and_no_fault() -> None:
    report = explore(load(story_folder()), sample=Sample(150, 0))
    assert findings_of(report) == []
    cuts = report.as_json()["cuts"]
    assert cuts["lesson"]["both"]["minutes"]["longest"] <= 27.6  # as for all playthroughs: see the full lane
    for cut, _, _, longest in MINUTES:
        assert max(part["minutes"]["longest"] for part in cuts[cut].values()) <= longest


@pytest.mark.full
def test_check_finds_nothing_in_any_playthrough_of_the_shipped_story(shipped_report: Report) -> None:
    """The part of `check` that `check --quick` leaves out."""
    assert findings_of(shipped_report) == []


@pytest.mark.full
def test_the_shipped_story_is_whole(shipped_report: Report) -> None:
    report = shipped_report.as_json()
    assert report["nodes"]["missing"] == report["choices"]["missing"] == []
    assert report["dead_ends"] == report["endless"] == report["unreached_endings"] == []
    assert all(report["claims"].values())
    assert not report["partial"]
    assert report["cuts"]["lesson"]["both"]["minutes"]["longest"] <= 27.6  # of both doors; a pupil reads one
    for cut, shortest, mean, longest in MINUTES:
        for role in ("villager", "official"):
            minutes = report["cuts"][cut][role]["minutes"]
            assert minutes["shortest"] >= shortest, (cut, role)
            assert minutes["mean"] <= mean and minutes["longest"] <= longest, (cut, role)
