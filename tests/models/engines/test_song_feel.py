"""Grooves on songs whose meter and tempo change on the way."""

from dataclasses import replace

import pytest

from groovescape_models.engines.engine import FeelRequest
from groovescape_models.engines.song_feel import Stretch, feel_in_song, stretches_of
from groovescape_models.engines.studio import Studio, open_studio
from groovescape_models.music.feel import Feel
from groovescape_models.music.midi_patterns import drum_pattern, song_of
from groovescape_models.music.midi_song import MeterChange, MidiSong, TempoChange
from groovescape_models.music.pattern import Note, Pattern
from groovescape_models.music.timing import Meter

ROCK, THREE = "rock-100-drummer9-session1-2", Meter(3, 4)


@pytest.fixture(scope="module")
def studio() -> Studio:
    return open_studio()


def beat(length: int, meter: Meter | None = None) -> Pattern:
    hats = [Note(t / 2, 0.1, 42, 100) for t in range(2 * length)]
    drums = [Note(float(t), 0.1, 36 if t % 2 == 0 else 38, 100) for t in range(length)]
    return Pattern((*hats, *drums), float(length), meter or Meter())


def song(*changes: TempoChange | MeterChange, length: int = 28) -> MidiSong:
    tempos = tuple(change for change in changes if isinstance(change, TempoChange))
    meters = tuple(change for change in changes if isinstance(change, MeterChange))
    return replace(song_of(beat(length), 120.0), tempos=tempos, meters=meters)


def test_a_song_that_stays_the_same_is_one_stretch(studio: Studio) -> None:
    steady = song(TempoChange(0.0, 96.0), TempoChange(8.0, 100.0), TempoChange(12.0, 93.0))
    assert stretches_of(steady) == (Stretch(0.0, Meter(), 96.0),)
    drums = drum_pattern(steady)
    request = FeelRequest(drums, 96.0, ROCK, seed=2)
    assert feel_in_song(studio.feel, request, steady) == studio.feel(request)


def test_another_meter_begins_bars_of_its_own(studio: Studio) -> None:
    changing = song(TempoChange(0.0, 120.0), MeterChange(0.0, Meter()), MeterChange(16.0, THREE))
    drums = drum_pattern(changing)
    feel = feel_in_song(studio.feel, FeelRequest(drums, 120.0, ROCK, seed=2), changing)
    waltz = beat(12, THREE)
    alone = studio.feel(FeelRequest(waltz, 120.0, ROCK, seed=2))
    before = sum(note.start < 16 for note in drums.notes)

    assert len(feel.starts) == len(drums.notes)
    assert feel.starts[before:] == pytest.approx([start + 16 for start in alone.starts])
    assert feel.velocities[before:] == alone.velocities
    assert feel.start_scatter[before:] == pytest.approx(alone.start_scatter)
    assert feel.starts[:before] == studio.feel(FeelRequest(beat(16), 120.0, ROCK, seed=2)).starts


def test_another_tempo_is_felt_from_its_bar_on(studio: Studio) -> None:
    slowing = song(TempoChange(0.0, 160.0), TempoChange(9.0, 70.0))
    assert stretches_of(slowing) == (Stretch(0.0, Meter(), 160.0), Stretch(8.0, Meter(), 70.0))
    drums = drum_pattern(slowing)
    feel = feel_in_song(studio.feel, FeelRequest(drums, 160.0, mean=True), slowing)
    alone = studio.feel(FeelRequest(beat(20), 70.0, mean=True))
    before = sum(note.start < 8 for note in drums.notes)
    assert feel.starts[before:] == pytest.approx([start + 8 for start in alone.starts])
    assert feel.start_scatter == ()


def test_a_change_in_the_first_bar_is_the_first_tempo() -> None:
    assert stretches_of(song(TempoChange(0.0, 60.0), TempoChange(1.0, 120.0))) == (Stretch(0.0, Meter(), 120.0),)


def test_stretches_without_notes_are_passed_over(studio: Studio) -> None:
    changing = song(TempoChange(0.0, 120.0), *(MeterChange(4.0 * bar, Meter(bar, 4)) for bar in (2, 3, 5)))
    few = Pattern((Note(0.0, 0.1, 36, 90), Note(27.0, 0.1, 38, 90), Note(40.0, 0.1, 38, 90)), 28.0)
    feel = feel_in_song(studio.feel, FeelRequest(few, groove=ROCK), changing)
    assert len(feel.starts) == 3
    assert all(abs(start - note.start) < 0.13 for start, note in zip(feel.starts, few.notes, strict=True))
    assert feel_in_song(studio.feel, FeelRequest(Pattern()), changing) == Feel((), ())
