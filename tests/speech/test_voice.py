"""The voice: one process at a time, stopped at once, and harmless without sound."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from threading import Thread

from game.speech.engines import Espeak, SpeechCommand, SpeechDispatcher, SpeechEngine, SystemVoice, VoiceSettings
from game.speech.utterances import Utterance
from game.speech.voice import NO_SOUND, NO_VOICE, RETRY_AFTER, Speech, Voice
from game.speech.voice_process import ProcessEnded
from tests.real.screen import until
from tests.speech.stand_ins import Engine, System, at_once

TWO = [Engine("human", "en"), Engine("robot", "en")]
COMPLAINT = ProcessEnded(0, "ALSA: cannot find card 0")


def speech(*texts: str, language: str = "en") -> Speech:
    return lambda voices: iter([Utterance(text, language) for text in texts])


def voice_of(system: System, clock: Callable[[], float] = lambda: 0.0, engines: Sequence[SpeechEngine] = ()) -> Voice:
    return Voice(engines or [Espeak("espeak-ng")], system, clock, at_once, reading=0)


def test_manner_and_voice_reach_the_program() -> None:
    system = System()
    voice = voice_of(system)
    voice.say(speech("One."), VoiceSettings(speed=2.0, volume=30), "English (Scotland)")
    voice.say(speech("合作社", language="zh"), VoiceSettings(), "English (Scotland)")
    voice.say(speech("One."), VoiceSettings(), "gone from this system")
    first, second, third = (program.call.command for program in system.programs)
    assert (first[4], first[6], first[8]) == ("en-gb-scotland", "40", "330")
    assert (second[4], third[4]) == ("cmn", "en-gb")


def test_voices_are_listed_once_and_given_to_the_speech() -> None:
    system, heard = System(), []

    def listed(voices: Sequence[SystemVoice]) -> Iterator[Utterance]:
        heard.append(len(voices))
        return iter([])

    voice = voice_of(system)
    voice.list_voices()
    voice.say(listed, VoiceSettings())
    voice.say(listed, VoiceSettings())
    assert heard == [4, 4]
    assert len(system.outputs) == 1


def in_threads(system: System, engines: Sequence[SpeechEngine] = ()) -> tuple[Voice, list[Thread]]:
    threads: list[Thread] = []

    def spawn(work: Callable[[], object]) -> None:
        threads.append(Thread(target=work, daemon=True))
        threads[-1].start()

    return Voice(engines or [Espeak("espeak-ng")], system, lambda: 0.0, spawn, reading=0), threads


def joined(threads: list[Thread]) -> None:
    for thread in threads:
        thread.join(10)
        assert not thread.is_alive()


def started(system: System, count: int) -> None:
    until(lambda: len(system.programs) >= count, 10, f"{count} programs")


def test_a_new_speech_or_a_stop_ends_the_program_and_the_speech() -> None:
    system = System(ended=None)
    voice, threads = in_threads(system)
    voice.say(speech("Old.", "Older."), VoiceSettings())
    started(system, 1)
    assert voice.saying == "Old."
    voice.say(speech("New."), VoiceSettings())
    started(system, 2)
    assert system.programs[0].was_cut
    assert voice.saying == "New."
    system.programs[1].finish()
    joined(threads)
    assert (system.said, voice.saying) == (["Old.", "New."], "")
    voice.say(speech("One.", "Two."), VoiceSettings())
    started(system, 3)
    voice.stop()
    joined(threads)
    assert system.programs[2].was_cut
    assert (system.said[2:], voice.saying) == (["One."], "")


def test_quick_keys_do_not_pile_up_programs() -> None:
    system = System(ended=None)
    voice, threads = in_threads(system)
    for number in range(100):
        voice.say(speech(f"{number}."), VoiceSettings())
        if random.Random(number).random() < 0.3:
            voice.stop()
        running = [program for program in system.programs if not program.was_cut]
        assert len(running) <= 1
    voice.stop()
    joined(threads)
    assert all(program.was_cut for program in system.programs)


def test_stopping_in_silence_does_nothing() -> None:
    system = System()
    voice = voice_of(system)
    voice.stop()
    voice.say(speech("One."), VoiceSettings())
    voice.stop()
    voice.stop()
    assert not system.programs[0].was_cut


def test_a_system_without_a_voice_still_shows_what_it_would_say() -> None:
    shown: list[str] = []
    voice = Voice([], System(), lambda: 0.0, at_once, reading=0)

    def listed(voices: Sequence[SystemVoice]) -> Iterator[Utterance]:
        assert not voices
        yield Utterance("One.", "en")
        shown.append(voice.saying)
        yield Utterance("Two.", "en")
        shown.append(voice.saying)

    voice.say(listed, VoiceSettings())
    assert shown == ["One.", "Two."]
    assert voice.trouble == NO_VOICE


def test_a_program_that_is_gone_is_named_as_missing() -> None:
    system = System()
    system.missing = True
    voice = voice_of(system)
    voice.say(speech("One."), VoiceSettings())
    assert voice.trouble == NO_VOICE
    assert voice.voices == ()


def test_a_system_without_a_loudspeaker_is_detected() -> None:
    for ended in (COMPLAINT, ProcessEnded(1, "")):
        voice = voice_of(System(ended=ended))
        voice.say(speech("A sentence that takes some seconds to be said."), VoiceSettings())
        assert voice.trouble == NO_SOUND


def test_a_program_that_complains_and_speaks_is_heard() -> None:
    now = iter(range(0, 100, 3))
    voice = voice_of(System(ended=COMPLAINT), lambda: float(next(now)))
    voice.say(speech("A sentence that takes some seconds to be said."), VoiceSettings())
    assert voice.trouble == ""


def test_a_service_that_speaks_gets_a_stop_command() -> None:
    system = System(ended=None)
    voice, threads = in_threads(system, [SpeechDispatcher("spd-say")])
    voice.say(speech("One."), VoiceSettings())
    started(system, 1)
    voice.stop()
    joined(threads)
    assert system.outputs[-1] == SpeechCommand(("spd-say", "--cancel"))


def spoken(system: System) -> list[tuple[str, str]]:
    return [(program.call.command[0], program.call.text) for program in system.programs]


def test_the_first_engine_speaks_unless_another_voice_is_chosen() -> None:
    system = System()
    voice = voice_of(system, engines=TWO)
    voice.say(speech("One."), VoiceSettings())
    assert voice.speaker == "Voice en · human"
    voice.say(speech("Two."), VoiceSettings(), "Voice en · robot")
    assert spoken(system) == [("human", "One."), ("robot", "Two.")]
    assert [each.label for each in voice.voices] == ["Voice en · human", "Voice en · robot"]


def test_each_language_has_a_voice_that_speaks_it() -> None:
    system = System()
    voice = voice_of(system, engines=[Engine("human", "en"), Engine("robot", "en", "cmn")])
    voice.say(speech("合作社", language="zh"), VoiceSettings())
    assert system.programs[0].call.command == ("robot", "cmn")


def test_an_engine_that_dies_in_the_middle_is_replaced() -> None:
    system, now = System(), [0.0]
    voice = voice_of(system, lambda: now[0], TWO)
    system.ends["human"] = ProcessEnded(-9, "")
    voice.say(speech("One.", "Two."), VoiceSettings())
    assert spoken(system) == [("human", "One."), ("robot", "One."), ("robot", "Two.")]
    assert (voice.trouble, voice.speaker) == ("", "Voice en · robot")
    del system.ends["human"]
    now[0] = RETRY_AFTER + 1
    voice.say(speech("Three."), VoiceSettings())
    assert spoken(system)[-1] == ("human", "Three.") and voice.speaker == "Voice en · human"


def test_all_engines_are_tried_before_it_is_called_silent() -> None:
    system = System(ended=ProcessEnded(1, ""))
    voice = voice_of(system, engines=TWO)
    voice.say(speech("One."), VoiceSettings())
    assert voice.trouble == NO_SOUND
    voice.say(speech("Two."), VoiceSettings())
    assert [program for program, _ in spoken(system)] == ["human", "robot"] * 2


def test_a_service_that_drops_its_text_was_not_heard() -> None:
    """It ends without an error but too early: its module died, or has no loudspeaker."""
    listed = {"--list-output-modules": "OUTPUT MODULES\nrhvoice\n",
              "--list-synthesis-voices": "NAME  LANGUAGE  VARIANT\n  Alan  en  none\n"}  # fmt: skip
    system = System(listed)
    voice = voice_of(system, engines=[SpeechDispatcher("spd-say"), Engine("robot", "en")])
    voice.say(speech("A sentence that takes some seconds to be said."), VoiceSettings())
    assert [program for program, _ in spoken(system)] == ["spd-say", "robot"]
    assert voice.speaker == "Voice en · robot"


def test_a_service_that_never_ends_is_abandoned() -> None:
    """Its client has a time limit, long enough for the slowest voice; a program that speaks itself has none."""
    system = System()
    dispatcher, espeak = SpeechDispatcher("spd-say"), Espeak("espeak-ng")
    for engine in (dispatcher, espeak):
        voice_of(system, engines=[engine]).say(speech("x" * 100), VoiceSettings(speed=0.75))
    service, program = system.programs
    assert service.timeout is not None and 15 < service.timeout < 30
    assert program.timeout is None


def test_a_stopped_engine_has_not_failed() -> None:
    system = System(ended=None)
    voice, threads = in_threads(system, TWO)
    voice.say(speech("One."), VoiceSettings())
    started(system, 1)
    voice.say(speech("Two."), VoiceSettings())
    started(system, 2)
    voice.stop()
    joined(threads)
    assert [program for program, _ in spoken(system)] == ["human", "human"]
