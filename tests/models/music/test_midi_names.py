"""Which tracks play drums."""

import pytest

from groovescape_models.music.midi_event import ControlEvent
from groovescape_models.music.midi_names import plays_drums
from groovescape_models.music.midi_song import MidiTrack
from groovescape_models.music.pattern import Note


def track(name: str, *pitches: int, channel: int = 0, program: int | None = None) -> MidiTrack:
    notes = tuple(Note(float(place), 0.25, pitch, 100) for place, pitch in enumerate(pitches))
    controls = () if program is None else (ControlEvent(0.0, (0xC0, program)),)
    return MidiTrack(name, channel, notes, controls)


@pytest.mark.parametrize("name", ["", "Bass", "Lead", "whatever"])
def test_channel_10_plays_drums_whatever_its_name(name: str) -> None:
    assert plays_drums(track(name, 36, 38, channel=9))


@pytest.mark.parametrize(
    "name",
    [
        *("Drums", "DRUMS", "drum", "Drumkit", "My Drum Kit", "KickDrum", "kick_01", "Kick", "808 Kick", "SnareTop"),
        *("Percussion", "perc 2", "Perc-Loop", "Bass Drum", "bassdrum", "Cymbals", "HiHat", "Hi-Hat", "OpenHiHat"),
        *("Synth Drums", "Drum Pads", "Drum Solo", "Drummer (Logic)", "Schlagzeug", "Batterie", "Bateria"),
    ],
)
def test_a_name_that_says_drums_is_believed(name: str) -> None:
    assert plays_drums(track(name, 36, 38, 75, 20))


@pytest.mark.parametrize("name", ["Hat", "Kit 1", "Tom", "Crash", "Ride", "HH", "Claps", "Beat", "Shaker"])
def test_a_word_that_may_be_a_drum_is_believed_of_drum_notes(name: str) -> None:
    assert plays_drums(track(name, 36, 38, 42))
    assert plays_drums(track(name, 69, 69, 69))
    assert not plays_drums(track(name, 60, 64, 67))
    assert not plays_drums(track(name, 36, 38, program=33))


@pytest.mark.parametrize(
    "name",
    [
        *("Bass", "Lead", "Drum and Bass Lead", "Kick Bass", "Steel Drums", "Tongue Drum", "Snare Strings"),
        *("Piano", "Percussive Organ", "Beat Guitar", "", "Conundrum", "Chat", "Whatever", "Atomic", "Kitten", "Bride"),
    ],
)
def test_a_melodic_or_silent_name_is_no_drums(name: str) -> None:
    assert not plays_drums(track(name, 36, 38, 40))


@pytest.mark.parametrize(("name", "program"), [("Taiko Drum", 116), ("Melodic Tom", 117), ("Reverse Cymbal", 119)])
def test_a_tuned_percussion_instrument_is_no_drum_kit(name: str, program: int) -> None:
    assert not plays_drums(track(name, 41, 45, program=program))


def test_a_drum_kit_may_have_a_kit_number_as_program() -> None:
    assert plays_drums(track("Drums", 36, 38, program=25))
