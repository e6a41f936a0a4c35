"""Web session: one reading in a browser, without its page. It takes the page's messages and sends messages to it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from game.core.stores import MemoryStore
from game.play import Playthrough
from game.play.save_files import SaveError, SaveFiles, from_save_text, save_text
from game.play.share_code import CodeError, from_code
from game.resources import assets_folder
from game.ui import effects, intents
from game.ui.driver import Driver, resumed_state
from game.ui.effect_runner import StoreEffectRunner
from game.ui.i18n import Catalogue
from game.ui.settings import DEFAULT, VALUES, Settings, SettingsFile, changed
from game.ui.soundscape import effect_levels, sound_place
from game.ui.state import AppState
from game.web.messages import Message, intents_of, step_messages, view_message
from game.web.site_data import SiteData

Send = Callable[[dict[str, Any]], None]


class PageClipboard:
    """Asks the page to copy a text. The page reports a failed copy later, and enters pasted text itself."""

    def __init__(self, send: Send) -> None:
        self._send = send

    def copy(self, text: str) -> bool:
        self._send({"do": "copy", "text": text})
        return True

    def paste(self) -> str:
        return ""


class PageJournals:
    """Sends journals to the page. The page adds the pictures, saves the file, and reports later where it is."""

    def __init__(self, data: SiteData, send: Send, today: Callable[[], date]) -> None:
        self._data, self._send, self._today = data, send, today

    def keep(self, playthrough: Playthrough, words: Catalogue, document: effects.DocumentKind) -> None:
        from game.web.web_journal import journal_message  # 12 modules that the first page need not wait for

        styles = assets_folder() / "journal"
        self._send(journal_message(playthrough, words, styles, self._data.pictures, self._today, document))


class WebSession(Driver):
    """Carries out one reading: takes the page's messages, and sends the page what to show, to store and to play.

    `first` is the page's first message: `files` (names and texts in the browser's store), `languages` (the reader's, by
    preference), `prefers` (the system's preferences), `code` (a share code from the page's address, or ""), `link`
    (whether a reader can share the page's address), `device` ("touch" or "keyboard"), `place` (what messages call the
    store, such as "this browser").
    """

    def __init__(self, data: SiteData, send: Send, first: Message, now: Callable[[], datetime] = datetime.now) -> None:
        self._data, self._send, self._now = data, send, now
        self._writes: dict[int, effects.Effect | None] = {}  # the number of a pending write -> its effect
        self._count = 0
        self._effect: effects.Effect | None = None  # the current effect
        self._told_refused = False
        files = {str(name): str(text).encode(errors="replace") for name, text in _mapping(first.get("files")).items()}
        self._store = MemoryStore(files, self._changed, place=str(first.get("place") or "this browser"))
        settings_file = SettingsFile(self._store, first=_preferred(_mapping(first.get("prefers"))))
        settings = settings_file.read()
        wanted = [settings.language, *map(str, first.get("languages") or ())]
        story, words = data.load(data.language_for(wanted))
        self._runner = StoreEffectRunner(
            story, words, SaveFiles(self._store, now), settings_file, PageClipboard(send),
            PageJournals(data, send, lambda: now().date()), lambda: data.credits, data.load,
        )  # fmt: skip
        offers = self._runner.offers | {"files"} | ({"link"} if first.get("link") else set())
        app = resumed_state(
            self._runner, settings_file, offers=offers, editions=data.editions,
            device="touch" if first.get("device") == "touch" else "keyboard",
        )  # fmt: skip
        super().__init__(app, self._runner, {
            effects.ToggleFullscreen: lambda _: send({"do": "fullscreen"}),
            effects.ImportSave: lambda _: send({"do": "import"}),
            effects.ExportSave: self._export,
            effects.ShareLink: lambda effect: send({"do": "share", "code": effect.code}),
        })  # fmt: skip
        self._shown: dict[str, Any] | None = None
        if code := str(first.get("code") or ""):
            self._open_code(code)
        self._show()

    @property
    def files(self) -> Mapping[str, bytes]:
        return self._store.files

    def handle(self, message: Message) -> None:
        """Take one message of the page, and send the page what has changed."""
        match message:
            case {"do": "imported", "text": str(text)}:
                self._import(text)
            case {"do": "code", "code": str(code)}:
                self._open_code(code)
            case {"do": "stored", "number": int(number)}:
                self._writes.pop(number, None)
            case {"do": "refused", "number": int(number), "why": str(why)}:
                self._refused(number, why)
            case {"do": "conflict", "number": int(number), "name": str(name), "text": str() | None as text}:
                self._conflict(number, name, text)
            case {"do": "changed", "name": str(name), "text": str() | None as text}:
                self._store.replaced(name, text.encode(errors="replace") if text is not None else None)
            case _:
                for intent in intents_of(message, self.app):
                    self.dispatch(intent)
        self._show()

    def updated(self, before: AppState, intent: intents.Intent) -> None:
        """Send the sounds of an update to the page, and a reader's step for a learning platform."""
        for name, level in effect_levels(sound_place(before), self.app).items():
            self._send({"do": "play", "sound": name, "level": level})
        for message in step_messages(before.playthrough, self.app.playthrough):
            self._send(message)

    def carry_out(self, effect: effects.Effect) -> None:
        """Carry out an effect. If it writes files, remember it until the page has answered each of these writes."""
        self._effect = effect
        super().carry_out(effect)
        self._effect = None

    def _export(self, effect: effects.ExportSave) -> None:
        name = f"{effect.playthrough.story.pack}-{self._now().date().isoformat()}.json"
        self._send({"do": "download", "name": name, "text": save_text(effect.playthrough, self._now())})

    def _show(self) -> None:
        """Send the view to the page, unless the page already shows it."""
        view = view_message(self.app, self._data.pictures)
        if view != self._shown:
            self._shown = view
            self._send(view)

    def _open_code(self, code: str) -> None:
        """Load the reading of a share code, or report what is wrong with the code. Keep an unfinished reading aside."""
        try:
            playthrough, notes = from_code(self.app.story, code)
        except CodeError as error:
            text = self.app.words(f"code.{error.reason}", group=error.group, letter=error.letter)
            self.dispatch(intents.Failed(text))
            return
        said = [self.app.words(f"note.{note.kind}", chapter=note.chapter) for note in notes]
        self.dispatch(intents.PlaythroughLoaded(playthrough, said))

    def _import(self, text: str) -> None:
        """Load the reading in a save's text, or report what is wrong with it. Keep an unfinished reading aside."""
        try:
            playthrough, notes = from_save_text(self.app.story, text)
        except SaveError as error:
            self.dispatch(intents.Failed(self._runner.trouble(error)))
            return
        self.dispatch(intents.PlaythroughLoaded(playthrough, self._runner.notes(notes)))

    # The browser's store

    def _changed(self, name: str, content: bytes | None) -> None:
        self._count += 1
        self._writes[self._count] = self._effect
        text = content.decode("utf-8", "replace") if content is not None else None
        self._send({"do": "write", "number": self._count, "name": name, "text": text})

    def _refused(self, number: int, why: str) -> None:
        """Report that the browser refused the write `number`. Report a refused automatic write only once, because such
        writes would fail again at every page."""
        effect = self._writes.pop(number, None)
        by_itself = effect is None or isinstance(
            effect, effects.Autosave | effects.KeepAside | effects.StoreSettings | effects.LoadLanguage
        )
        if not by_itself or not self._told_refused:
            self._told_refused = True
            self.dispatch(intents.Failed(self.app.words("save.unwritable", why=why.rstrip("."))))

    def _conflict(self, number: int, name: str, text: str | None) -> None:
        """Another tab changed the file `name` before our write `number`. Accept the file's new `text` (None if it is
        gone), and carry out the effect of that write again. Saving then keeps a copy of the other save."""
        effect = self._writes.pop(number, None)
        self._store.replaced(name, text.encode(errors="replace") if text is not None else None)
        if isinstance(effect, effects.Autosave | effects.KeepAside | effects.StoreSlot | effects.StoreSettings):
            self.carry_out(effect)


def _mapping(value: Any) -> Mapping[Any, Any]:
    return value if isinstance(value, Mapping) else {}


def _preferred(prefers: Mapping[Any, Any]) -> Settings:
    """Return the settings of a new reader: the defaults with the theme and the motion that the system prefers."""
    settings = DEFAULT
    for name in ("theme", "motion"):
        if prefers.get(name) in VALUES[name]:
            settings = changed(settings, name, prefers[name])
    return settings
