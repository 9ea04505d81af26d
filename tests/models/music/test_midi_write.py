"""Writing: what stands in the file, and that it is whole or not there."""

import io
from pathlib import Path

import mido
import pytest

from groovescape_models.errors import MidiError
from groovescape_models.music.midi_event import ControlEvent
from groovescape_models.music.midi_read import parse_midi, read_midi
from groovescape_models.music.midi_song import MeterChange, MidiSong, MidiTrack, TempoChange
from groovescape_models.music.midi_write import midi_bytes, write_midi
from groovescape_models.music.pattern import Note
from groovescape_models.music.timing import Meter


def written(song: MidiSong) -> mido.MidiFile:
    """Return the song as another reader, mido's, sees it."""
    return mido.MidiFile(file=io.BytesIO(midi_bytes(song)), charset="utf-8")


def shown(track: mido.MidiTrack) -> list[tuple[int, str]]:
    return [(message.time, message.type) for message in track]


def test_tempo_and_meter_are_written_even_where_none_were_given() -> None:
    (leading,) = written(MidiSong(length=4.0)).tracks
    assert shown(leading) == [(0, "set_tempo"), (0, "time_signature"), (1920, "end_of_track")]
    assert (leading[0].tempo, leading[1].numerator, leading[1].denominator) == (500_000, 4, 4)


def test_changes_are_written_at_their_ticks() -> None:
    song = MidiSong((), (TempoChange(2.0, 93.0),), (MeterChange(3.0, Meter(7, 8)),), 4.0)
    assert shown(written(song).tracks[0])[2:] == [(960, "set_tempo"), (480, "time_signature"), (480, "end_of_track")]


def test_tracks_keep_name_and_channel() -> None:
    file = written(MidiSong((MidiTrack("Été", 9, (Note(0.0, 1.0, 36, 100),)), MidiTrack("B", 3)), name="Lied"))
    assert [track.name for track in file.tracks] == ["Lied", "Été", "B"]
    assert file.tracks[1][1].channel == 9
    assert file.type == 1


def test_at_one_tick_releases_come_first_then_events_then_notes() -> None:
    notes = (Note(0.0, 1.0, 36, 100), Note(1.0, 1.0, 36, 90), Note(1.0, 0.0, 38, 80))
    track = MidiTrack("", 9, notes, (ControlEvent(1.0, (0xC0, 5)),))
    (chunk,) = written(MidiSong((track,))).tracks[1:]
    assert [(m.type, getattr(m, "note", None)) for m in chunk if m.time == 0 or m.type == "note_off"][:6] == [
        ("note_on", 36),
        ("note_off", 36),
        ("program_change", None),
        ("note_on", 38),
        ("note_off", 38),
        ("note_on", 36),
    ]


def test_notes_that_round_to_one_tick_keep_their_velocities_with_their_durations() -> None:
    notes = (Note(0.0001, 1.0, 36, 100), Note(0.0002, 0.5, 36, 50))
    read = parse_midi(midi_bytes(MidiSong((MidiTrack("", 9, notes),))), "x.mid")
    assert read.tracks[0].notes == (Note(0.0, 0.5, 36, 50), Note(0.0, 1.0, 36, 100))


def test_events_are_written_on_the_channel_of_their_track() -> None:
    track = MidiTrack("", 9, (), (ControlEvent(0.0, (0xB0, 7, 100)),))
    assert written(MidiSong((track,))).tracks[1][0].channel == 9


def test_texts_and_system_messages_are_written_back() -> None:
    texts = (ControlEvent(0.0, (0xFF, 6, 65)), ControlEvent(1.0, (0xF0, 0x7E, 1, 0xF7)))
    leading = written(MidiSong(controls=texts)).tracks[0]
    assert [m.text for m in leading if m.type == "marker"] == ["A"]
    assert [m.data for m in leading if m.type == "sysex"] == [(0x7E, 1)]


def test_a_song_beyond_what_ticks_can_count_is_refused() -> None:
    with pytest.raises(MidiError, match="use fewer ticks a quarter note"):
        midi_bytes(MidiSong(length=10_000.0, ticks_per_quarter=32767))


def test_a_file_is_written_whole_and_alone(tmp_path: Path) -> None:
    song = MidiSong((MidiTrack("", 9, (Note(0.0, 1.0, 36, 100),), (), True),), length=4.0)
    write_midi(song, tmp_path / "beat.mid")
    write_midi(song, tmp_path / "beat.mid")
    assert read_midi(tmp_path / "beat.mid") == song
    assert [path.name for path in tmp_path.iterdir()] == ["beat.mid"]


def test_a_missing_folder_is_told(tmp_path: Path) -> None:
    with pytest.raises(MidiError, match=r"There is no folder .*lost; make it first\."):
        write_midi(MidiSong(), tmp_path / "lost" / "beat.mid")


def test_a_folder_in_the_way_is_told_and_nothing_is_left(tmp_path: Path) -> None:
    (tmp_path / "beat.mid").mkdir()
    with pytest.raises(MidiError, match="cannot be written"):
        write_midi(MidiSong(), tmp_path / "beat.mid")
    assert [path.name for path in tmp_path.iterdir()] == ["beat.mid"]


def test_a_file_as_folder_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(MidiError, match="cannot be written"):
        write_midi(MidiSong(), tmp_path / "file" / "beat.mid")


def test_a_name_that_no_system_takes_is_told() -> None:
    with pytest.raises(MidiError, match="cannot be written"):
        write_midi(MidiSong(), Path("a\0b.mid"))


def test_a_note_that_lasts_until_the_next_of_its_pitch_ends_before_that_begins() -> None:
    starts = [index / 2 + 0.0137 * (index % 3) for index in range(40)]
    notes = tuple(Note(at, then - at, 40, 90) for at, then in zip(starts, [*starts[1:], 20.0], strict=True))
    (_, track) = written(MidiSong(tracks=(MidiTrack("Bass", 0, notes),), length=20.0)).tracks
    sounding = 0
    for message in track:
        if message.type in ("note_on", "note_off"):
            sounding += 1 if message.type == "note_on" and message.velocity else -1
            assert 0 <= sounding <= 1
    assert len([message for message in track if message.type == "note_on"]) == 40
