"""What is read, written and read again is the same to the tick."""

import io

import mido
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from groovescape_models.music.midi_event import ControlEvent
from groovescape_models.music.midi_read import parse_midi
from groovescape_models.music.midi_song import MeterChange, MidiSong, MidiTrack, TempoChange
from groovescape_models.music.midi_write import midi_bytes
from groovescape_models.music.pattern import Note
from groovescape_models.music.timing import Meter

RESOLUTIONS = st.one_of(st.sampled_from((1, 24, 96, 120, 480, 960, 32767)), st.integers(1, 32767))
DELTAS = st.one_of(st.integers(0, 3), st.integers(0, 2000))
VALUES = st.integers(0, 127)


@st.composite
def channel_messages(draw: st.DrawFn) -> mido.Message:
    """Any channel message, notes crowded on few pitches so that they overlap, hang and double."""
    pitch, channel, time = draw(st.integers(36, 38)), draw(st.integers(8, 10)), draw(DELTAS)
    kind = draw(
        st.sampled_from(("note_on", "note_on", "note_on", "note_off", "note_off", "control", "bend", "program"))
    )
    if kind.startswith("note"):
        return mido.Message(kind, note=pitch, velocity=draw(VALUES), channel=channel, time=time)
    if kind == "control":
        return mido.Message("control_change", control=draw(VALUES), value=draw(VALUES), channel=channel, time=time)
    if kind == "bend":
        return mido.Message("pitchwheel", pitch=draw(st.integers(-8192, 8191)), channel=channel, time=time)
    return mido.Message("program_change", program=draw(VALUES), channel=channel, time=time)


@st.composite
def other_messages(draw: st.DrawFn) -> mido.Message | mido.MetaMessage:
    """Tempo, meter, names, texts and system messages."""
    time = draw(DELTAS)
    return draw(
        st.sampled_from(
            (
                mido.MetaMessage("set_tempo", tempo=draw(st.integers(1, 0xFFFFFF)), time=time),
                mido.MetaMessage("time_signature", numerator=draw(st.integers(1, 64)), denominator=8, time=time),
                mido.MetaMessage("track_name", name=draw(st.sampled_from(("Drums", "Bass", "Pad", ""))), time=time),
                mido.MetaMessage("lyrics", text="la", time=time),
                mido.MetaMessage("marker", text="verse", time=time),
                mido.UnknownMetaMessage(0x60, (1, 2, 3), time=time),
                mido.Message("sysex", data=(0x7E, 0x7F, 9, 1), time=time),
            )
        )
    )


@st.composite
def files(draw: st.DrawFn) -> mido.MidiFile:
    """A file of any format with hanging, doubled and overlapping notes."""
    kind = draw(st.sampled_from((0, 1, 1, 2)))
    file = mido.MidiFile(type=kind, ticks_per_beat=draw(RESOLUTIONS))
    for _ in range(1 if kind == 0 else draw(st.integers(0, 3))):
        messages = draw(st.lists(st.one_of(channel_messages(), channel_messages(), other_messages()), max_size=25))
        end = mido.MetaMessage("end_of_track", time=draw(DELTAS))
        file.tracks.append(mido.MidiTrack([*messages, end]))
    return file


def saved(file: mido.MidiFile) -> bytes:
    buffer = io.BytesIO()
    file.save(file=buffer)
    return buffer.getvalue()


@settings(max_examples=200)
@given(files())
def test_reading_writing_and_reading_gives_the_same_song(file: mido.MidiFile) -> None:
    song = parse_midi(saved(file), "first.mid")
    assert parse_midi(midi_bytes(song), "again.mid") == song


@given(files())
def test_writing_is_stable(file: mido.MidiFile) -> None:
    data = midi_bytes(parse_midi(saved(file), "first.mid"))
    assert midi_bytes(parse_midi(data, "again.mid")) == data


@given(files())
def test_every_started_note_is_read_at_its_tick(file: mido.MidiFile) -> None:
    if file.type == 2:
        return
    expected = []
    for track in file.tracks:
        now = 0
        for message in track:
            now += message.time
            if message.type == "note_on" and message.velocity:
                expected.append((now, message.note, message.velocity, message.channel))
    song = parse_midi(saved(file), "x.mid")
    found = [
        (song.ticks(note.start), note.pitch, note.velocity, track.channel)
        for track in song.tracks
        for note in track.notes
    ]
    assert sorted(found) == sorted(expected)


@st.composite
def own_songs(draw: st.DrawFn) -> MidiSong:
    """A song made by hand, on ticks, each pitch's notes ending in the order they begin."""
    resolution = draw(st.integers(1, 32767))
    tracks = []
    for number in range(draw(st.integers(0, 3))):
        notes = []
        for pitch in draw(st.sets(VALUES, max_size=4)):
            tick = 0
            for step, length in draw(st.lists(st.tuples(st.integers(0, 500), st.integers(0, 500)), max_size=6)):
                tick += step
                notes.append(Note(tick / resolution, length / resolution, pitch, draw(st.integers(1, 127))))
                tick += length
        controls = [
            ControlEvent(time / resolution, (0xB0, 7, time % 128)) for time in draw(st.lists(DELTAS, max_size=3))
        ]
        name = draw(st.text(st.characters(exclude_categories=("Cs", "Cc", "Zs", "Zl", "Zp")), max_size=8))
        track = MidiTrack(name, number, tuple(notes), tuple(c for c in controls))
        tracks.append(track)
    tempos = tuple(TempoChange(time / resolution, 93.5 + time) for time in draw(st.lists(DELTAS, max_size=3)))
    meters = tuple(MeterChange(time / resolution, Meter(7, 8)) for time in draw(st.lists(DELTAS, max_size=2)))
    return MidiSong(
        tuple(tracks), tempos, meters, draw(DELTAS) / resolution, resolution, draw(st.sampled_from(("", "Song")))
    )


@given(own_songs())
def test_a_song_made_by_hand_is_read_as_it_was(song: MidiSong) -> None:
    read = parse_midi(midi_bytes(song), "own.mid")
    assert [(t.name, t.notes) for t in read.tracks] == [(t.name, t.notes) for t in song.tracks]
    assert [t.channel for t in read.tracks] == [t.channel for t in song.tracks]
    assert (read.meters, read.length, read.name) == (song.meters, song.length, song.name)
    assert read.ticks_per_quarter == song.ticks_per_quarter
    assert [t.bpm for t in read.tempos] == pytest.approx([t.bpm for t in song.tempos], rel=1e-4)
    assert [[c.data[1:] for c in t.controls] for t in read.tracks] == [
        [c.data[1:] for c in t.controls] for t in song.tracks
    ]


@given(st.integers(1, 0xFFFFFF))
def test_every_tempo_that_a_file_can_name_is_kept_to_the_microsecond(quarter: int) -> None:
    file = mido.MidiFile(tracks=[mido.MidiTrack([mido.MetaMessage("set_tempo", tempo=quarter)])])
    song = parse_midi(saved(file), "x.mid")
    again = mido.MidiFile(file=io.BytesIO(midi_bytes(song)))
    assert [m.tempo for m in again.tracks[0] if m.type == "set_tempo"] == [quarter]


def test_common_tempos_are_read_without_a_tail_of_decimals() -> None:
    for bpm in (81, 93.5, 110, 137, 174):
        track = mido.MidiTrack([mido.MetaMessage("set_tempo", tempo=mido.bpm2tempo(bpm))])
        assert parse_midi(saved(mido.MidiFile(tracks=[track])), "x.mid").tempo_bpm == bpm
