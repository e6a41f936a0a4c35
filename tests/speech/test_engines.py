"""Speech programs: found by system, with parsed lists, and called in a way that no text can disturb."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.speech.engines import (
    SPEEDS,
    Espeak,
    MacSay,
    SpeechDispatcher,
    SpeechEngine,
    SystemVoice,
    VoiceSettings,
    WindowsSapi,
    find_engines,
)
from game.speech.utterances import Utterance
from tests.speech.stand_ins import System

ENGINES: list[SpeechEngine] = [Espeak("espeak-ng"), SpeechDispatcher("spd-say"), MacSay("say"), WindowsSapi("shell")]
SAY_VOICES = """\
Albert              en_US    # I have a frog in my throat.
Alex                en_US    # Most people recognize me by my voice.
Bad News            en_US    # The light you see at the end of the tunnel.
Tingting            zh_CN    # 你好！我叫婷婷。
Eddy (English (UK)) en_GB    # Hello! My name is Eddy.
Zoe (Enhanced)      en_US    # Hello! My name is Zoe.
Ava (Premium)       en_US    # Hello! My name is Ava.
"""


def found(platform: str, *programs: str) -> tuple[SpeechEngine, ...]:
    return find_engines(platform, lambda name: f"/bin/{name}" if name in programs else None)


def test_each_system_has_its_engines() -> None:
    both = (SpeechDispatcher("/bin/spd-say", has_espeak=True), Espeak("/bin/espeak-ng"))
    assert found("linux", "espeak-ng", "spd-say") == both
    assert found("linux", "spd-say") == (SpeechDispatcher("/bin/spd-say"),)
    assert found("freebsd14", "espeak-ng") == (Espeak("/bin/espeak-ng"),)
    assert found("darwin", "say", "espeak-ng") == (MacSay("/bin/say"),)
    assert found("win32", "powershell") == (WindowsSapi("/bin/powershell"),)
    assert found("linux") == found("darwin") == found("win32") == ()


def test_espeak_lists_only_usable_voices() -> None:
    assert Espeak("espeak-ng").find_voices(System().output) == (
        SystemVoice("English (Great Britain)", "en-gb", "en-gb"),
        SystemVoice("Chinese (Mandarin, latin as English)", "cmn", "cmn"),
        SystemVoice("English (Caribbean)", "en-029", "en-029"),
        SystemVoice("English (Scotland)", "en-gb-scotland", "en-gb-scotland"),
    )


def test_macos_lists_names_of_several_words() -> None:
    voices = MacSay("say").find_voices(System(SAY_VOICES).output)
    assert [(voice.name, voice.language) for voice in voices] == [
        ("Ava (Premium)", "en-US"), ("Zoe (Enhanced)", "en-US"), ("Alex", "en-US"), ("Tingting", "zh-CN"),
        ("Albert", "en-US"), ("Bad News", "en-US"), ("Eddy (English (UK))", "en-GB"),
    ]  # fmt: skip


def test_windows_lists_the_language_before_the_name() -> None:
    listed = "\ufeffen-GB Hazel Desktop\r\nzh-CN Huihui\r\nen-US Ava (Natural)\r\n"
    assert WindowsSapi("powershell").find_voices(System(listed).output) == (
        SystemVoice("Ava (Natural)", "en-US", "Ava (Natural)"),
        SystemVoice("Hazel Desktop", "en-GB", "Hazel Desktop"), SystemVoice("Huihui", "zh-CN", "Huihui"),
    )  # fmt: skip


def dispatcher(*modules: str, has_espeak: bool = True) -> list[tuple[str, str]]:
    """Names and modules of the voices of a service with these modules."""
    table = "  NAME    LANGUAGE   VARIANT\n    Alan    en-US         none\n    Alan+Max    en-US    Max\n"
    listed = {"--list-output-modules": "\n".join(("OUTPUT MODULES", *modules)), "--list-synthesis-voices": table}
    voices = SpeechDispatcher("spd-say", has_espeak).find_voices(System(listed).output)
    return [(voice.name, voice.module) for voice in voices]


def test_the_dispatcher_lists_the_voices_of_its_modules() -> None:
    found = dispatcher("rhvoice", "dummy", "espeak-ng", "espeak-ng-mbrola")
    assert found == [("Alan", "rhvoice"), ("Alan+Max", "rhvoice")]
    assert dispatcher("espeak-ng", has_espeak=False) == [("Alan", "espeak-ng")]
    assert dispatcher() == []


def test_the_dispatcher_speaks_with_the_voice_s_module_and_takes_no_text_for_an_option() -> None:
    voice = SystemVoice("Alan", "en", "Alan", "rhvoice")
    command = SpeechDispatcher("spd-say").speak_command(Utterance("--cancel", "en"), voice, VoiceSettings()).command
    assert command[command.index("--output-module") + 1] == "rhvoice"
    assert command[-2:] == ("--", "--cancel")


@given(st.sampled_from(ENGINES), st.text())
def test_any_list_can_be_read(engine: SpeechEngine, listed: str) -> None:
    assert all(voice.name and voice.id for voice in engine.find_voices(System(listed).output))


def test_espeak_says_a_year_as_a_person_does() -> None:

    def text(said: str, language: str = "en") -> str:
        return Espeak("espeak-ng").speak_command(Utterance(said, language), None, VoiceSettings()).text

    assert text("Spring 1958 to 1962.") == "Spring 19 58 to 19 62."
    no_years = "4,868 sacks, 1900, 7516 jin, 11958, 1,958 and 1958.5"
    assert text(no_years) == no_years
    assert text("1958", "zh") == "1958"


@given(st.sampled_from([ENGINES[0], *ENGINES[2:]]), st.text(), st.sampled_from(list(SPEEDS)), st.integers(0, 100))
def test_no_text_stands_on_a_command_line(engine: SpeechEngine, text: str, speed: str, volume: int) -> None:
    manner = VoiceSettings(SPEEDS[speed], volume)
    voice = SystemVoice("Alba", "en", "alba")
    first, other = (engine.speak_command(Utterance(said, "en"), voice, manner) for said in (text, "other"))
    assert first.command == other.command


@given(st.text())
def test_windows_is_given_plain_ascii(text: str) -> None:
    given_to_it = WindowsSapi("powershell").speak_command(Utterance(text, "en"), None, VoiceSettings()).text
    assert given_to_it.isascii()
    assert json.loads(given_to_it)["text"] == text


@given(st.text())
def test_no_text_contains_a_voice_s_command(text: str) -> None:
    """Two brackets begin phonemes for one program and commands for another; no story text contains them."""
    espeak, mac = (
        engine.speak_command(Utterance(text, "en"), None, VoiceSettings()).text
        for engine in (Espeak("espeak-ng"), MacSay("say"))
    )
    assert "[[" not in espeak.replace("[ [", "") and mac.count("[[") == 1


@pytest.mark.parametrize("engine", ENGINES)
def test_speed_and_volume_change_how_it_is_asked(engine: SpeechEngine) -> None:
    calls = {
        engine.speak_command(Utterance("grain", "en"), None, VoiceSettings(speed, volume))
        for speed in SPEEDS.values()
        for volume in (0, 25, 50, 75, 100)
    }
    assert len(calls) == len(SPEEDS) * 5
