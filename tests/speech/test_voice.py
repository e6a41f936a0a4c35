"""The voice: one process at a time, cut short at once, and never in the way where there is nothing to hear."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from threading import Thread

from game.speech.engines import Espeak, SpeechCommand, SpeechDispatcher, SystemVoice, VoiceSettings
from game.speech.utterances import Utterance
from game.speech.voice import NO_SOUND, NO_VOICE, Speech, Voice
from game.speech.voice_process import ProcessEnded
from tests.speech.stand_ins import System, at_once

COMPLAINT = ProcessEnded(0, "ALSA: cannot find card 0")


def speech(*texts: str, language: str = "en") -> Speech:
    return lambda voices: iter([Utterance(text, language) for text in texts])


def voice_of(system: System, clock: Callable[[], float] = lambda: 0.0, engine: object = None) -> Voice:
    """A voice that speaks before anything else happens."""
    return Voice(engine or Espeak("espeak-ng"), system, clock, at_once, reading=0)  # type: ignore[arg-type]


def test_utterances_are_said_one_after_the_other() -> None:
    """In order, each by a process of its own, and then it is silent."""
    system = System()
    voice = voice_of(system)
    voice.say(speech("One.", "Two.", "Three."), VoiceSettings())
    assert system.said == ["One.", "Two.", "Three."]
    assert voice.saying == ""


def test_manner_and_voice_reach_the_program() -> None:
    """What the settings ask for stands in the command; Chinese goes to the Chinese voice."""
    system = System()
    voice = voice_of(system)
    voice.say(speech("One."), VoiceSettings(speed=2.0, volume=30), "English (Scotland)")
    voice.say(speech("合作社", language="zh"), VoiceSettings(), "English (Scotland)")
    first, second = (program.call.command for program in system.programs)
    assert (first[4], first[6], first[8]) == ("en-gb-scotland", "40", "330")
    assert second[4] == "cmn"


def test_voices_are_listed_once_and_given_to_the_speech() -> None:
    """The system is asked a single time, however much is said."""
    system, heard = System(), []

    def told(voices: Sequence[SystemVoice]) -> Iterator[Utterance]:
        heard.append(len(voices))
        return iter([])

    voice = voice_of(system)
    voice.list_voices()
    voice.say(told, VoiceSettings())
    voice.say(told, VoiceSettings())
    assert heard == [4, 4]
    assert len(system.outputs) == 1


def in_threads(system: System) -> tuple[Voice, list[Thread]]:
    """A voice that speaks beside this test, and its threads."""
    threads: list[Thread] = []

    def spawn(work: Callable[[], object]) -> None:
        threads.append(Thread(target=work, daemon=True))
        threads[-1].start()

    return Voice(Espeak("espeak-ng"), system, lambda: 0.0, spawn, reading=0), threads


def joined(threads: list[Thread]) -> None:
    for thread in threads:
        thread.join(10)
        assert not thread.is_alive()


def started(system: System, count: int) -> None:
    """Wait until so many programs have been started."""
    import time

    end = time.monotonic() + 10
    while len(system.programs) < count:
        assert time.monotonic() < end
        time.sleep(0.001)


def test_a_cut_ends_the_program_and_the_speech() -> None:
    """What is being said stops, and what would have come next is not begun."""
    system = System(ended=None)
    voice, threads = in_threads(system)
    voice.say(speech("One.", "Two."), VoiceSettings())
    started(system, 1)
    assert voice.saying == "One."
    voice.stop()
    joined(threads)
    assert system.programs[0].was_cut
    assert system.said == ["One."]
    assert voice.saying == ""


def test_something_else_takes_the_place_of_what_is_said() -> None:
    """A new speech cuts the old one, and is itself said."""
    system = System(ended=None)
    voice, threads = in_threads(system)
    voice.say(speech("Old.", "Older."), VoiceSettings())
    started(system, 1)
    voice.say(speech("New."), VoiceSettings())
    started(system, 2)
    assert system.programs[0].was_cut
    assert voice.saying == "New."
    system.programs[1].finish()
    joined(threads)
    assert system.said == ["Old.", "New."]


def test_quick_keys_do_not_pile_up_programs() -> None:
    """A hundred speeches in a moment: at no time does more than one program run, and only the last is left."""
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


def test_a_cut_in_silence_does_nothing() -> None:
    """Before, between and after speeches it is no error."""
    system = System()
    voice = voice_of(system)
    voice.stop()
    voice.say(speech("One."), VoiceSettings())
    voice.stop()
    voice.stop()
    assert not system.programs[0].was_cut


def test_a_system_without_a_voice_still_shows_what_it_would_say() -> None:
    """It goes through the speech without a program, and names what is missing."""
    shown: list[str] = []
    voice = Voice(None, System(), lambda: 0.0, at_once, reading=0)

    def told(voices: Sequence[SystemVoice]) -> Iterator[Utterance]:
        assert not voices
        yield Utterance("One.", "en")
        shown.append(voice.saying)
        yield Utterance("Two.", "en")
        shown.append(voice.saying)

    voice.say(told, VoiceSettings())
    assert shown == ["One.", "Two."]
    assert voice.trouble == NO_VOICE


def test_a_program_that_is_gone_is_named_as_missing() -> None:
    """Taken off the system while the game runs, it costs the voice and nothing else."""
    system = System()
    system.missing = True
    voice = voice_of(system)
    voice.say(speech("One."), VoiceSettings())
    assert voice.trouble == NO_VOICE
    assert voice.voices == ()


def test_a_system_without_a_loudspeaker_is_found_out() -> None:
    """A program that complains and ends before anybody could have heard it has said nothing; nor has one that fails."""
    for ended in (COMPLAINT, ProcessEnded(1, "")):
        voice = voice_of(System(ended=ended))
        voice.say(speech("A sentence that takes some seconds to be said."), VoiceSettings())
        assert voice.trouble == NO_SOUND


def test_a_program_that_complains_and_speaks_is_heard() -> None:
    """Warnings are none of our business where it took as long as speaking does."""
    now = iter(range(0, 100, 3))
    voice = voice_of(System(ended=COMPLAINT), lambda: float(next(now)))
    voice.say(speech("A sentence that takes some seconds to be said."), VoiceSettings())
    assert voice.trouble == ""


def test_trouble_is_over_once_something_is_heard() -> None:
    """Headphones that were plugged in are found by the next speech."""
    system = System(ended=COMPLAINT)
    voice = voice_of(system)
    voice.say(speech("One."), VoiceSettings())
    assert voice.trouble == NO_SOUND
    system.ended = ProcessEnded(0, "")
    voice.say(speech("Two."), VoiceSettings())
    assert voice.trouble == ""


def test_a_service_that_speaks_is_told_to_stop() -> None:
    """Where the program only hands the text on, ending it is not enough."""
    system = System(ended=None)
    threads: list[Thread] = []

    def spawn(work: Callable[[], object]) -> None:
        threads.append(Thread(target=work, daemon=True))
        threads[-1].start()

    voice = Voice(SpeechDispatcher("spd-say"), system, lambda: 0.0, spawn, reading=0)
    voice.say(speech("One."), VoiceSettings())
    started(system, 1)
    voice.stop()
    joined(threads)
    assert system.outputs[-1] == SpeechCommand(("spd-say", "--cancel"))
