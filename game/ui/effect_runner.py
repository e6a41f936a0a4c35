"""Effect runner: carries out the effects on saves, settings, clipboard, exports and credits."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Protocol

from game.credits import Credit
from game.play import Note, Playthrough, RestoreError
from game.play.save_files import SaveError, SaveFiles, UnwritableFolder
from game.story import Story, StoryErrors
from game.ui import effects, intents
from game.ui.i18n import Catalogue
from game.ui.settings import SettingsFile

COUNTED = ("stopped", "dropped", "earlier")  # kinds of notes that count lost choices, or else lost pages


class Clipboard(Protocol):
    """The system's clipboard."""

    def copy(self, text: str) -> bool:
        """Put a text on the clipboard, and return whether that worked."""

    def paste(self) -> str:
        """Return the text on the clipboard; "" if there is none."""


class JournalStore(Protocol):
    """Exports a playthrough to a file: as a journal (all of it) or as a card (one page)."""

    def keep(self, playthrough: Playthrough, words: Catalogue, document: effects.DocumentKind) -> None:
        """Begin to export a playthrough. Intents report the progress and the end."""


class StoreEffectRunner:
    """Carries out effects and answers with intents. It reports once that files cannot be written, and again each time
    that the reader fills or empties a slot."""

    def __init__(
        self,
        story: Story,
        words: Catalogue,
        saves: SaveFiles,
        settings_store: SettingsFile,
        clipboard: Clipboard | None = None,
        journals: JournalStore | None = None,
        read_credits: Callable[[], Sequence[Credit]] | None = None,
        load_language: Callable[[str], tuple[Story, Catalogue]] | None = None,
    ) -> None:
        self.story, self.words, self._clipboard = story, words, clipboard
        self._journals, self._read_credits, self._load_language = journals, read_credits, load_language
        self._saves, self._settings_store = saves, settings_store
        self._told_unwritable = False

    def resumed(self) -> tuple[Playthrough | None, list[str]]:
        """Return the playthrough to continue (None if there is none), and notes about it in words."""
        try:
            found = self._saves.resume(self.story)
        except (SaveError, OSError) as error:
            return None, [self.trouble(error)]
        return (found[0], self.notes(found[1])) if found is not None else (None, [])

    @property
    def offers(self) -> frozenset[str]:
        """What the runner can do besides saving: "clipboard", "journal", "credits" (see `AppState.offers`)."""
        there = {"clipboard": self._clipboard, "journal": self._journals, "credits": self._read_credits}
        return frozenset(name for name, content in there.items() if content is not None)

    def aside(self) -> Playthrough | None:
        """Return the playthrough that was replaced last; None if there is none, or if its save cannot be read."""
        try:
            return self._saves.aside(self.story)
        except (SaveError, OSError):
            return None

    def carry_out(self, effect: effects.Effect) -> intents.Intent | None:
        """Carry out an effect, and return the intent that answers it; None if it has no answer."""
        try:
            match effect:
                case effects.ListSlots():
                    found = (*self._saves.slots(self.story), *self._saves.kept_copies(self.story))
                    return intents.SlotsRead(found, self._saves.now())
                case effects.LoadSlot(slot):
                    playthrough, notes = self._saves.fetch(self.story, slot)
                    return intents.PlaythroughLoaded(playthrough, self.notes(notes))
                case effects.Autosave(playthrough):
                    return self._elsewhere(self._saves.autosave(playthrough))
                case effects.KeepAside(playthrough):
                    return self._elsewhere(self._saves.keep_aside(playthrough))
                case effects.StoreSlot(slot, playthrough):
                    return self._elsewhere(self._saves.store_slot(slot, playthrough))
                case effects.DeleteSlot(slot):
                    self._saves.delete(slot)
                case effects.CopyText(text):
                    copied = self._clipboard is not None and self._clipboard.copy(text)
                    return intents.Copied() if copied else intents.Failed(self.words("clipboard.none"))
                case effects.WriteJournal(playthrough, document) if self._journals is not None:
                    self._journals.keep(playthrough, self.words, document)
                case effects.LoadLanguage(language) if self._load_language is not None:
                    self.story, self.words = self._load_language(language)
                    return intents.LanguageLoaded(self.story, self.words)
                case effects.ReadCredits() if self._read_credits is not None:
                    return intents.CreditsRead(self._read_credits())
                case effects.ReadClipboard():
                    return intents.Type(self._clipboard.paste() if self._clipboard is not None else "")
                case effects.StoreSettings(settings):
                    self._settings_store.write(settings)
        except SaveError as error:
            return intents.Failed(self.trouble(error))
        except StoryErrors as error:
            return intents.Failed(str(error))
        except (UnwritableFolder, OSError) as error:
            # For automatic saves report it once, or else every page would report it again.
            if not self._told_unwritable or isinstance(effect, effects.StoreSlot | effects.DeleteSlot):
                self._told_unwritable = True
                return intents.Failed(self.words("save.unwritable", why=str(error)))
        return None

    def _elsewhere(self, kept: str | None) -> intents.Failed | None:
        return intents.Failed(self.words("save.elsewhere", file=kept)) if kept is not None else None

    def notes(self, notes: Iterable[Note]) -> list[str]:
        """Return notes on a restored playthrough in words, each once."""
        return notes_in_words(self.words, notes)

    def trouble(self, error: SaveError | RestoreError | OSError) -> str:
        """Return why a save cannot be read, and the new name of its file if the file was renamed."""
        reason = error.reason if isinstance(error, SaveError | RestoreError) else "unreadable"
        text = self.words(f"save.{reason}", why=str(error))
        aside = error.aside if isinstance(error, SaveError) else None
        return f"{text} {self.words('save.aside', file=aside)}" if aside is not None else text


def notes_in_words(words: Catalogue, notes: Iterable[Note]) -> list[str]:
    """Return notes on a restored playthrough in words, each once."""
    return list(dict.fromkeys(_in_words(words, note) for note in notes))


def _in_words(words: Catalogue, note: Note) -> str:
    key, n = f"note.{note.kind}", None
    if note.kind in COUNTED:
        n = note.choices or None
        key += "" if n else ".pages"
    elif note.recorded:
        key += ".state" if note.holds else ".choice"
    return words(key, chapter=note.chapter, file=note.file, recorded=note.recorded, holds=note.holds, n=n)
