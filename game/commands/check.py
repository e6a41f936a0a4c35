"""`check`: print a story's findings, the school grade that each chapter needs, or what a finding's code means."""

from __future__ import annotations

import argparse
import json
import shutil
from dataclasses import asdict
from pathlib import Path

from game import resources
from game.commands.support.common import exploration_progress, pluralize, story_folder
from game.commands.support.user_error import UserError, as_user_error
from game.core.findings import did_you_mean
from game.core.glyphs import read_glyphs
from game.explore.proofs import prove
from game.lint import lint
from game.lint.explain import as_text, codes, explain_page
from game.lint.readability import chapter_grades
from game.scene_table import parameters
from game.story import StoryErrors, languages, load
from game.story.pack_files import TRANSLATIONS
from game.ui.i18n import languages as interface_languages


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--format", choices=("text", "json"), default="text")
    parser.add_argument(
        "--explain",
        metavar="CODE",
        nargs="?",
        const="",
        help="explain a code such as WG204, with an example; without a code, list all codes",
    )
    parser.add_argument(
        "--grades",
        action="store_true",
        help="print the school grade (Flesch-Kincaid) that each chapter needs, and no findings",
    )
    parser.add_argument(
        "--language",
        default="",
        metavar="TAG",
        help="check only this translation, and list the cuts that are whole in it",
    )
    parser.add_argument("--quick", action="store_true", help="do not play every playthrough")


def run(options: argparse.Namespace) -> int:
    if options.explain is not None:
        return _print_explanation(options.explain.upper())
    folder = story_folder(options, options.language)
    if options.grades:
        return _print_grades(folder, options.format)
    letters = read_glyphs(resources.assets_folder() / "fonts" / "coverage.txt")
    story, findings = lint(folder, letters, options.language, parameters())
    translations = {options.language: story} if options.language else {}
    if story is not None and not options.language:  # a translation is played like the original
        for language in languages(folder):
            translations[language], found = lint(folder, letters, language)
            there = f"{TRANSLATIONS}/"
            findings += tuple(one for one in found if one.code == "WG620" or one.file.startswith(there))
        if not options.quick:
            with exploration_progress() as tell:
                findings += tuple(prove(story, tell))
        findings = tuple(sorted(findings))
    if len(findings) == 1 and findings[0].code == "WG106":
        raise UserError(str(findings[0]))
    errors = sum(finding.severity == "error" for finding in findings)
    if options.format == "json":
        print(json.dumps([finding.as_json() for finding in findings], ensure_ascii=False, indent=1))
    else:
        for finding in findings:
            print(finding)
        if findings:
            print(f"{pluralize(errors, 'error')}, {pluralize(len(findings) - errors, 'warning')}")
            print(f"`weight-of-grain check --explain {findings[0].code}` explains a code.")
        else:
            print("Nothing is wrong.")
        for language, translated in translations.items():
            if translated is not None:
                whole = [cut.id for cut in translated.cuts.values() if translated.original_in(cut) is None]
                print(f"Whole in {language}: {', '.join(whole) or 'no cut yet'}.")
                if language not in (spoken := interface_languages(resources.assets_folder() / "locale")):
                    print(f"(--language {language} plays it. The buttons stay English: they are there in "
                          f"{', '.join(spoken)}.)")  # fmt: skip
    return 1 if errors else 0


def _print_grades(folder: Path, format: str) -> int:
    with as_user_error(StoryErrors):
        chapters = chapter_grades(load(folder))
    if format == "json":
        print(json.dumps([asdict(chapter) for chapter in chapters], ensure_ascii=False, indent=1))
        return 0
    wide = max((len(chapter.chapter) for chapter in chapters), default=0)
    print(f"{'chapter':<{wide}}  words  grade  hardest page")
    for chapter in chapters:
        page = f"{chapter.hardest_grade:.1f} {chapter.hardest}" if chapter.hardest else "-"
        print(f"{chapter.chapter:<{wide}}  {chapter.words:>5}  {chapter.grade:>5.1f}  {page}")
    print("School grades by the formula of Flesch and Kincaid, for English; they mean nothing for a page of few words.")
    return 0


def _print_explanation(code: str) -> int:
    folder = resources.assets_folder() / "catalogue"
    known = codes(folder)
    if not code:
        for known_code in known:
            print(f"{known_code}  {explain_page(folder, known_code).title}")
    elif code in known:
        print(as_text(explain_page(folder, code), min(shutil.get_terminal_size().columns, 100)))
    else:
        # a code that differs in one digit means something else: suggest swapped digits, or a number without WG
        meant = (each for each in known if sorted(each) == sorted(code) or each == f"WG{code}")
        near = did_you_mean(code, meant) or " `check --explain` lists them all."
        raise UserError(f"--explain {code}: there is no such code.{near}")
    return 0
