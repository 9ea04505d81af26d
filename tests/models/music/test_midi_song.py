"""The values of a song: in range, sorted, always with a tempo and a meter."""

import math

import pytest

from groovescape_models.music.midi_event import ControlEvent
from groovescape_models.music.midi_song import MeterChange, MidiSong, MidiTrack, TempoChange
from groovescape_models.music.pattern import Note
from groovescape_models.music.timing import Meter


def test_a_song_always_begins_with_a_tempo_and_a_meter() -> None:
    song = MidiSong(tempos=(TempoChange(4.0, 90.0),), meters=(MeterChange(8.0, Meter(3, 4)),))
    assert song.tempos == (TempoChange(0.0, 120.0), TempoChange(4.0, 90.0))
    assert song.meters == (MeterChange(0.0, Meter()), MeterChange(8.0, Meter(3, 4)))
    assert (song.tempo_bpm, song.meter) == (120.0, Meter())


def test_the_last_of_two_changes_at_one_time_counts() -> None:
    song = MidiSong(tempos=(TempoChange(0.0, 90.0), TempoChange(0.0, 95.0)))
    assert song.tempos == (TempoChange(0.0, 95.0),)


def test_a_song_is_no_shorter_than_its_events_and_ends_on_a_tick() -> None:
    track = MidiTrack(notes=(Note(7.0, 1.5, 36, 100),), controls=(ControlEvent(9.0, (0xB0, 7, 1)),))
    assert MidiSong((track,), length=8.0).length == 9.0
    assert MidiSong((track,), length=20.0).length == 20.0
    assert MidiSong(length=0.3, ticks_per_quarter=4).length == 0.25


def test_a_replaced_track_makes_the_song_longer_where_it_is() -> None:
    song = MidiSong((MidiTrack("A"), MidiTrack("B")), length=4.0)
    longer = song.with_track(1, MidiTrack("C", notes=(Note(4.0, 1.0, 36, 100),)))
    assert ([track.name for track in longer.tracks], longer.length) == (["A", "C"], 5.0)
    assert song.with_track(-1, MidiTrack("C")).tracks[1].name == "C"


def test_notes_and_events_of_a_track_are_in_order() -> None:
    late, early = Note(1.0, 1.0, 36, 100), Note(0.0, 1.0, 36, 100)
    controls = (ControlEvent(2.0, (0xC0, 1)), ControlEvent(0.0, (0xB0, 0, 1)), ControlEvent(0.0, (0xB0, 0, 0)))
    track = MidiTrack(notes=(late, early), controls=controls)
    assert track.notes == (early, late)
    assert [event.data for event in track.controls] == [(0xB0, 0, 1), (0xB0, 0, 0), (0xC0, 1)]


@pytest.mark.parametrize(
    "data", [(), (0xB0,), (0x90, 1, 1), (0xB0, 1), (0xB0, 1, 128), (0xC0, 1, 1), (0xF0, 1), (0xFF, 0x51)]
)
def test_a_message_that_a_track_cannot_carry_is_refused(data: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match="not a message that a track can carry"):
        ControlEvent(0.0, data)


@pytest.mark.parametrize("time", [-1.0, math.nan])
def test_an_event_has_a_time(time: float) -> None:
    with pytest.raises(ValueError, match="time must be >= 0"):
        ControlEvent(time, (0xC0, 1))


def test_values_out_of_range_are_refused() -> None:
    with pytest.raises(ValueError, match="channel must be in 0..15, got 16"):
        MidiTrack(channel=16)
    with pytest.raises(ValueError, match="ticks per quarter must be in 1..32767, got 0"):
        MidiSong(ticks_per_quarter=0)
    with pytest.raises(ValueError, match="tempo must be in"):
        TempoChange(0.0, 3.0)
