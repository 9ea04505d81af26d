"""The drums of a song as a pattern, played, and back on their own tracks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from groovescape_models.errors import MidiError
from groovescape_models.music.feel import Feel, GrooveAmount
from groovescape_models.music.grooving import apply_feel, apply_feel_in_order
from groovescape_models.music.midi_event import ControlEvent
from groovescape_models.music.midi_patterns import (
    drum_pattern,
    drum_tracks,
    song_of,
    with_drum_notes,
    with_drum_pattern,
)
from groovescape_models.music.midi_read import parse_midi
from groovescape_models.music.midi_song import MeterChange, MidiSong, MidiTrack, TempoChange
from groovescape_models.music.midi_write import midi_bytes
from groovescape_models.music.pattern import Note, Pattern, Role
from groovescape_models.music.timing import Meter

NOTES = st.builds(
    Note,
    st.integers(0, 3840).map(lambda tick: tick / 240),
    st.integers(0, 480).map(lambda tick: tick / 240),
    st.sampled_from((36, 38, 42, 75)),
    st.integers(1, 127),
)
LISTS = st.lists(NOTES, max_size=12).map(tuple)


def hit(start: float, pitch: int = 36) -> Note:
    return Note(start, 0.25, pitch, 100)


def song(*tracks: MidiTrack, length: float = 0.0, meter: Meter | None = None) -> MidiSong:
    return MidiSong(tracks, meters=(MeterChange(0.0, meter or Meter()),), length=length)


@st.composite
def songs(draw: st.DrawFn) -> MidiSong:
    drums = [MidiTrack(name, 9, draw(LISTS), (ControlEvent(0.0, (0xC9, 1)),), True) for name in ("Kit", "Top")]
    keys = MidiTrack("Keys", 0, draw(LISTS))
    tracks = (drums[0], keys, drums[1].with_notes((*drums[1].notes, hit(1.0))))
    return MidiSong(tracks, (TempoChange(0.0, 93.0), TempoChange(4.0, 120.0)), ticks_per_quarter=240, name="Song")


@st.composite
def feels(draw: st.DrawFn, pattern: Pattern) -> Feel:
    count = len(pattern.notes)
    shifts = draw(st.lists(st.floats(-0.3, 0.3), min_size=count, max_size=count))
    velocities = draw(st.lists(st.integers(1, 127), min_size=count, max_size=count))
    return Feel(tuple(n.start + s for n, s in zip(pattern.notes, shifts, strict=True)), tuple(velocities))


@given(songs())
def test_drums_of_all_tracks_make_one_pattern(song: MidiSong) -> None:
    pattern = drum_pattern(song)
    assert sorted(pattern.notes) == sorted((*song.tracks[0].notes, *song.tracks[2].notes))
    assert (pattern.role, pattern.name, pattern.length % 4.0) == (Role.DRUMS, "Song", 0.0)
    assert all(note.start < pattern.length for note in pattern.notes)


@given(songs())
def test_drums_put_back_unplayed_leave_the_song_as_it_was(song: MidiSong) -> None:
    pattern = drum_pattern(song)
    assert with_drum_notes(song, pattern.notes) == song
    assert with_drum_pattern(song, pattern) == song


@given(st.data())
def test_played_drums_stay_on_their_tracks_and_nothing_else_changes(data: st.DataObject) -> None:
    song = data.draw(songs())
    pattern = drum_pattern(song)
    feel = data.draw(feels(pattern))
    notes = apply_feel_in_order(pattern, feel, GrooveAmount())
    played = with_drum_notes(song, notes)
    for before, after in zip(song.tracks, played.tracks, strict=True):
        assert sorted(n.pitch for n in after.notes) == sorted(n.pitch for n in before.notes)
        assert (after.name, after.channel, after.controls) == (before.name, before.channel, before.controls)
    assert sorted((*played.tracks[0].notes, *played.tracks[2].notes)) == sorted(notes)
    assert (played.tracks[1], played.tempos, played.meters) == (song.tracks[1], song.tempos, song.meters)
    sorted_way = with_drum_pattern(song, apply_feel(pattern, feel, GrooveAmount()))
    assert drum_pattern(sorted_way).notes == drum_pattern(played).notes
    assert [len(track.notes) for track in sorted_way.tracks] == [len(track.notes) for track in song.tracks]


@given(st.data())
def test_a_played_song_survives_its_file_to_the_tick(data: st.DataObject) -> None:
    song = data.draw(songs())
    pattern = drum_pattern(song)
    played = with_drum_notes(song, apply_feel_in_order(pattern, data.draw(feels(pattern)), GrooveAmount()))
    read = parse_midi(midi_bytes(played), "played.mid")
    for written, found in zip(played.tracks, read.tracks, strict=True):
        starts = sorted((played.ticks(note.start), note.pitch) for note in written.notes)
        assert sorted((read.ticks(note.start), note.pitch) for note in found.notes) == starts


def test_other_counts_or_pitches_are_refused() -> None:
    drums = song(MidiTrack("", 9, (hit(0.0), hit(1.0, 38)), (), True))
    with pytest.raises(ValueError, match="the song has 2 drum notes, got 1"):
        with_drum_notes(drums, [hit(0.0)])
    with pytest.raises(ValueError, match="as many notes of each pitch"):
        with_drum_pattern(drums, Pattern((hit(0.0), hit(1.0))))


def test_a_song_without_drums_says_what_to_do() -> None:
    keys = song(MidiTrack("Keys", 0, (hit(0.0, 60),)))
    with pytest.raises(MidiError, match="put its drums on channel 10"):
        drum_pattern(keys)
    with pytest.raises(MidiError, match="pitch 60 is no drum's"):
        drum_pattern(keys, any_channel=True)
    with pytest.raises(MidiError, match="no notes"):
        drum_pattern(song(MidiTrack("", 9, (), (), True)), any_channel=True)


def test_any_channel_takes_drum_pitches_wherever_they_are_but_prefers_drum_tracks() -> None:
    plain = song(MidiTrack("A", 0, (hit(0.0),)), MidiTrack("B", 1), MidiTrack("C", 2, (hit(1.0, 42),)))
    assert drum_tracks(plain, any_channel=True) == (0, 2)
    assert drum_pattern(plain, any_channel=True).notes == (hit(0.0), hit(1.0, 42))
    assert with_drum_notes(plain, (hit(0.5), hit(1.5, 42)), any_channel=True).tracks[2].notes == (hit(1.5, 42),)
    marked = plain.with_track(2, MidiTrack("C", 9, (hit(1.0, 42),), (), True))
    assert drum_tracks(marked, any_channel=True) == (2,)


@pytest.mark.parametrize(
    ("starts", "length", "meter", "expected"),
    [
        ((0.0,), 0.0, Meter(), 4.0),
        ((0.0, 3.9), 0.0, Meter(), 4.0),
        ((0.0, 4.0), 0.0, Meter(), 8.0),
        ((7.9,), 8.15, Meter(), 8.0),
        ((0.0,), 8.0, Meter(), 8.0),
        ((0.0,), 9.5, Meter(), 12.0),
        ((2.9,), 0.0, Meter(6, 8), 3.0),
        ((3.5,), 0.0, Meter(7, 8), 7.0),
    ],
)
def test_a_pattern_lasts_whole_bars(starts: tuple[float, ...], length: float, meter: Meter, expected: float) -> None:
    track = MidiTrack("", 9, tuple(hit(start) for start in starts), (), True)
    assert drum_pattern(song(track, length=length, meter=meter)).length == expected


def test_bars_are_counted_from_the_last_change_of_meter() -> None:
    track = MidiTrack("", 9, (hit(0.0), hit(6.5)), (), True)
    changing = MidiSong((track,), meters=(MeterChange(0.0, Meter(4, 4)), MeterChange(4.0, Meter(3, 4))))
    pattern = drum_pattern(changing)
    assert (pattern.length, pattern.meter) == (7.0, Meter(4, 4))


@given(LISTS, st.sampled_from(tuple(Role)), st.sampled_from((Meter(), Meter(6, 8))))
def test_a_pattern_becomes_a_song_and_the_same_pattern_again(notes: tuple[Note, ...], role: Role, meter: Meter) -> None:
    pattern = Pattern(notes, 24.0, meter, role, "Beat")
    made = song_of(pattern, 97.0)
    assert (made.tempo_bpm, made.meter, made.length) == (97.0, meter, 24.0)
    (track,) = made.tracks
    assert (track.name, track.notes, track.is_drums) == ("Beat", pattern.notes, role is Role.DRUMS)
    assert (track.channel == 9) == (role is Role.DRUMS)
    if notes and role is Role.DRUMS:
        assert drum_pattern(made) == pattern


def test_the_timing_of_a_drummer_survives_a_song() -> None:
    pattern = Pattern((Note(1.0123, 0.25, 36, 100),))
    read = parse_midi(midi_bytes(song_of(pattern, 120.0, "Loop")), "loop.mid")
    assert abs(drum_pattern(read).notes[0].start - 1.0123) <= 0.5 / 960
    assert read.tracks[0].name == "Loop"
