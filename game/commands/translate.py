"""`translate`: write a translation as a PO file, import an edited PO file, or record that texts are up to date."""

from __future__ import annotations

import argparse
import re
import shlex
from collections.abc import Sequence, Set
from pathlib import Path

from game import resources
from game.commands.support.common import install_hint, pluralize
from game.commands.support.output_checks import add_replace_argument, check_output, write_output
from game.commands.support.user_error import UserError, as_user_error, os_error_as_user_error
from game.core.file_output import FileKind
from game.core.files import write_atomic
from game.core.findings import did_you_mean
from game.story import StoryErrors, load
from game.story.pack_files import TRANSLATIONS
from game.story.po import ImportedPo, export_po, import_po, read_po
from game.story.text_pairs import TextPair, pairs_of
from game.story.translation_record import write_record

_TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
SHOWN = 5  # keys of a list that are printed
UNTOUCHED = FileKind("this program's own work", lambda start: False)  # a translator may have worked in it since


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("language", metavar="TAG", help="the language, such as de or zh-Hans; it may be new")
    way = parser.add_mutually_exclusive_group(required=True)
    way.add_argument("--to", type=Path, metavar="FILE.po", help="write all texts, with their translations")
    way.add_argument("--from", dest="source", type=Path, metavar="FILE.po", help="bring translations into the story")
    way.add_argument(
        "--current", nargs="*", metavar="FILE",
        help="note that the texts fit the present originals: of these files, as v-gate or pack, or of all",
    )  # fmt: skip
    add_replace_argument(parser)


def run(options: argparse.Namespace) -> int:
    folder: Path = options.story or resources.story_folder()
    with as_user_error(StoryErrors):
        story = load(folder)
    if not _TAG.fullmatch(options.language):
        raise UserError(f"`{options.language}` is no language tag: write it like de, pt-BR or zh-Hans")
    if options.language == story.language:
        raise UserError(f"`{options.language}` is the story's own language; name the one to translate into")
    try:
        if options.to:
            return _export(folder, story.title, options)
        if options.source:
            return _import(folder, options)
        return _note_current(folder, options)
    except ImportError as error:
        raise UserError(f"a PO file needs the package {error.name}; {install_hint('translate')}") from error


def _export(folder: Path, title: str, options: argparse.Namespace) -> int:
    output = check_output(options.to, UNTOUCHED, options.replace)
    text, texts, translated = export_po(folder, options.language, title)
    if write_output(output, text):
        print(f"{options.to}: {pluralize(texts, 'text')}, {translated} translated.")
        print(f"Translate it, then: weight-of-grain translate {options.language} --from {shlex.quote(str(options.to))}")
    return 0


def _import(folder: Path, options: argparse.Namespace) -> int:
    try:
        with os_error_as_user_error(f"{options.source} cannot be read"):
            po = read_po(options.source.read_text(encoding="utf-8"))
    except ValueError as error:
        raise UserError(f"{options.source}: {error}") from error
    found = import_po(folder, options.language, po)
    for file, text in found.files.items():
        with os_error_as_user_error(f"{file} cannot be written"):
            file.parent.mkdir(parents=True, exist_ok=True)
            write_atomic(file, text)
    _record(folder, options.language, pairs_of(folder, options.language), found.current)
    _print_report(found, options.language)
    story = ["--story", str(options.story)] if options.story else []
    print(f"Check it: weight-of-grain check {shlex.join(['--language', options.language, *story])}")
    return 0


def _note_current(folder: Path, options: argparse.Namespace) -> int:
    pairs = pairs_of(folder, options.language)
    if not any(pair.translation for pair in pairs):
        raise UserError(f"there is no translation into `{options.language}` yet")
    names = set(options.current) or {pair.name for pair in pairs}
    if unknown := names - {pair.name for pair in pairs}:
        name = min(unknown)
        raise UserError(f"--current {name}: nothing here translates it.{did_you_mean(name, {p.name for p in pairs})}")
    current = {pair.key for pair in pairs if pair.name in names and pair.translation}
    _record(folder, options.language, pairs, current)
    print(f"{TRANSLATIONS}/{options.language}: {pluralize(len(current), 'text')} noted as current.")
    return 0


def _record(folder: Path, language: str, pairs: Sequence[TextPair], current: Set[str]) -> None:
    if any(pair.translation for pair in pairs):
        try:
            write_record(folder, language, pairs, current)
        except OSError as error:
            raise UserError(f"{error.filename} cannot be written: {error.strerror or error}") from error


def _print_report(found: ImportedPo, language: str) -> None:
    written = f"{pluralize(len(found.files), 'file')} written" if found.files else "nothing to write"
    print(f"{TRANSLATIONS}/{language}: {pluralize(found.texts, 'text')} new or changed, {written}. "
          f"{pluralize(found.missing, 'text')} to translate still.")  # fmt: skip
    for keys, why in (
        (found.stale, "left out, because the original has changed since; write the PO file again"),
        (found.gone, "left out, because the story has no such place now"),
        (found.apart, "left out, because a list is translated as a whole, and another of its texts is missing"),
    ):
        if keys:
            print(f"{pluralize(len(keys), 'text')} {why}:")
            print(*(f"  {key}" for key in keys[:SHOWN]), *["  …"] * (len(keys) > SHOWN), sep="\n")
