"""Files of every kind: formats, resolutions, running status, odd notes, names and channels."""

import struct
from pathlib import Path

import pytest

from groovescape_models.errors import MidiError
from groovescape_models.music.midi_read import parse_midi, read_midi
from groovescape_models.music.midi_song import MidiSong, TempoChange
from groovescape_models.music.pattern import Note
from groovescape_models.music.timing import Meter

END = b"\0\xff\x2f\0"


def midi(*tracks: bytes, kind: int = 1, division: int = 96) -> bytes:
    """Return a MIDI file of raw tracks, byte by byte as the standard has it."""
    head = b"MThd" + struct.pack(">IHHH", 6, kind, len(tracks), division)
    return head + b"".join(b"MTrk" + struct.pack(">I", len(track)) + track for track in tracks)


def song(*tracks: bytes, kind: int = 1, division: int = 96) -> MidiSong:
    return parse_midi(midi(*tracks, kind=kind, division=division), "test.mid")


def notes(*tracks: bytes, kind: int = 1, division: int = 96) -> tuple[Note, ...]:
    return song(*tracks, kind=kind, division=division).tracks[0].notes


def name(text: str) -> bytes:
    return b"\0\xff\3" + bytes((len(text),)) + text.encode()


def test_format_0_is_taken_apart_by_channel() -> None:
    read = song(name("Loop") + b"\0\x99\x24\x64\0\x90\x3c\x50\x60\x89\x24\0\0\x80\x3c\0" + END, kind=0)
    assert read.name == "Loop"
    assert [(t.channel, t.is_drums, t.notes) for t in read.tracks] == [
        (0, False, (Note(0.0, 1.0, 60, 80),)),
        (9, True, (Note(0.0, 1.0, 36, 100),)),
    ]


def test_format_1_keeps_its_tracks_with_their_names() -> None:
    read = song(name("Song") + END, name("Keys") + b"\0\x90\x3c\x50\x60\x3c\0" + END, name("Empty") + END)
    assert read.name == "Song"
    assert [(t.name, len(t.notes)) for t in read.tracks] == [("Keys", 1), ("Empty", 0)]


def test_a_single_track_of_one_channel_keeps_its_name() -> None:
    read = song(name("Drums") + b"\0\x90\x24\x50\x60\x24\0" + END, kind=0)
    assert [(t.name, t.is_drums) for t in read.tracks] == [("Drums", True)]


def test_format_2_is_laid_end_to_end_on_bar_lines() -> None:
    first = b"\0\xff\x58\4\3\2\x18\x08" + b"\0\x99\x24\x64\x60\x24\0" + END
    second = b"\0\xff\x51\3\x09\x27\xc0" + b"\0\x99\x26\x64\x60\x26\0" + END
    read = song(first, second, kind=2)
    assert [note.start for track in read.tracks for note in track.notes] == [0.0, 3.0]
    assert read.meters[0].meter == Meter(3, 4)
    assert read.tempos == (TempoChange(0.0, 120.0), TempoChange(3.0, 100.0))


def test_a_sequence_of_format_2_ends_on_a_bar_line_of_its_last_meter() -> None:
    # One bar of 4/4, then two bars of 3/4 of which a hit on the second beat is played: 4 + 3 + 3 quarters.
    first = b"\x83\0\xff\x58\4\3\2\x18\x08" + b"\x83\0\x99\x24\x64\x60\x24\0" + END
    read = song(first, b"\0\x99\x26\x64\x60\x26\0" + END, kind=2)
    assert [note.start for track in read.tracks for note in track.notes] == [8.0, 10.0]


def test_running_status_goes_on_over_texts() -> None:
    read = notes(b"\0\x99\x24\x64\x30\x24\0\0\xff\1\1a\x30\x26\x50\x30\x26\0" + END)
    assert read == (Note(0.0, 0.5, 36, 100), Note(1.0, 0.5, 38, 80))


def test_a_note_on_without_velocity_is_a_release() -> None:
    assert notes(b"\0\x99\x24\x64\x60\x99\x24\0" + END) == (Note(0.0, 1.0, 36, 100),)


def test_overlapping_notes_of_a_pitch_end_in_the_order_they_began() -> None:
    read = notes(b"\0\x99\x24\x64\x30\x24\x50\x30\x24\0\x60\x24\0" + END)
    assert read == (Note(0.0, 1.0, 36, 100), Note(0.5, 1.5, 36, 80))


def test_hanging_notes_end_with_their_track() -> None:
    read = notes(b"\0\x99\x24\x64\x83\x00\xff\x2f\0")
    assert read == (Note(0.0, 4.0, 36, 100),)


def test_a_release_without_a_note_is_passed_over() -> None:
    assert notes(b"\0\x89\x24\0\0\x99\x26\x64\x60\x26\0" + END) == (Note(0.0, 1.0, 38, 100),)


def test_a_note_of_no_length_is_kept() -> None:
    assert notes(b"\0\x99\x24\x64\0\x24\0" + END) == (Note(0.0, 0.0, 36, 100),)


def test_what_stands_behind_the_end_of_a_track_is_passed_over() -> None:
    assert notes(b"\0\x99\x24\x64\x60\x24\0" + END + b"\xff\xff\xff") == (Note(0.0, 1.0, 36, 100),)


def test_a_track_may_lack_its_end_event() -> None:
    assert notes(b"\0\x99\x24\x64\x60\x24\0") == (Note(0.0, 1.0, 36, 100),)


def test_texts_and_system_messages_do_not_move_the_notes() -> None:
    texts = b"\x60\xff\5\2la\x60\xff\x60\1\0\x60\xf0\3\x7e\1\xf7\x60\xf7\2\x01\x02\x60\xff\x59\2\x0b\x07"
    assert notes(texts + b"\0\x99\x24\x64\x60\x24\0" + END) == (Note(5.0, 1.0, 36, 100),)


def test_unknown_chunks_and_a_longer_header_are_passed_over() -> None:
    track = b"\0\x99\x24\x64\x60\x24\0" + END
    data = b"MThd" + struct.pack(">IHHHH", 8, 0, 1, 96, 7) + b"XFIH\0\0\0\3abc"
    data += b"MTrk" + struct.pack(">I", len(track)) + track + b"rest"
    assert parse_midi(data, "x.mid").tracks[0].notes == (Note(0.0, 1.0, 36, 100),)


def test_a_riff_wrapped_file_is_unwrapped() -> None:
    inner = midi(b"\0\x99\x24\x64\x60\x24\0" + END, kind=0)
    data = b"RIFF" + struct.pack("<I", len(inner) + 12) + b"RMIDdata" + struct.pack("<I", len(inner)) + inner
    assert parse_midi(data, "x.rmi").tracks[0].notes == (Note(0.0, 1.0, 36, 100),)


def test_tempo_and_meter_changes_are_kept_with_their_times() -> None:
    read = song(b"\0\xff\x51\3\x07\xa1\x20\x60\xff\x51\3\x09\x27\xc0\x60\xff\x58\4\6\3\x18\x08" + END)
    assert [(t.time, t.bpm) for t in read.tempos] == [(0.0, 120.0), (1.0, 100.0)]
    assert [(m.time, m.meter) for m in read.meters] == [(0.0, Meter()), (2.0, Meter(6, 8))]


def test_tempo_and_meter_have_defaults() -> None:
    read = song(END)
    assert (read.tempo_bpm, read.meter) == (120.0, Meter())


@pytest.mark.parametrize(("quarter", "played"), [(b"\xff\xff\xff", 10.0), (b"\0\0\1", 999.0)])
def test_tempos_beyond_the_transport_are_kept_but_played_at_its_limits(quarter: bytes, played: float) -> None:
    read = song(b"\0\xff\x51\3" + quarter + END)
    assert read.tempo_bpm == played
    assert read.tempos[0].bpm != played


def test_smpte_time_becomes_quarters_exactly_where_its_ticks_fit_the_tempo() -> None:
    read = song(b"\0\x99\x24\x64\x83\x74\x24\0" + END, division=0xE728)  # 25 frames of 40 ticks: milliseconds
    assert read.ticks_per_quarter == 500
    assert read.tracks[0].notes == (Note(0.0, 1.0, 36, 100),)


def test_smpte_time_follows_the_tempo_map() -> None:
    # 120 bpm, after a second 240, after another one 120 again; the hit is at 2.5 s for 0.5 s.
    tempos = b"\0\xff\x51\3\x07\xa1\x20\x87\x68\xff\x51\3\x03\xd0\x90\x87\x68\xff\x51\3\x07\xa1\x20" + END
    read = song(tempos, b"\x93\x44\x99\x24\x64\x83\x74\x24\0" + END, division=0xE728)
    assert read.tempos == (TempoChange(0.0, 120.0), TempoChange(2.0, 240.0), TempoChange(6.0, 120.0))
    assert read.tracks[0].notes == (Note(7.0, 1.0, 36, 100),)


def test_drop_frame_smpte_is_as_fast_as_it_says() -> None:
    read = song(b"\x81\x8e\x4e\x99\x24\x64\0\x24\0" + END, division=(256 - 29) << 8 | 80)
    ticks = (1 << 14) + (0x0E << 7) + 0x4E
    seconds = ticks / (80 * 30000 / 1001)
    assert read.tracks[0].notes[0].start == pytest.approx(seconds * 2, abs=0.5 / 960)


def test_a_name_may_be_utf8_or_latin1() -> None:
    assert song(END, b"\0\xff\3\6\xc3\xa9t\xc3\xa9\0" + END).tracks[0].name == "été"
    assert song(END, b"\0\xff\3\3\xe9t\xe9" + END).tracks[0].name == "été"


def test_an_empty_track_keeps_its_channel() -> None:
    assert song(END, b"\0\xff\x20\1\5" + END).tracks[0].channel == 5


def test_other_channel_events_are_kept_in_order() -> None:
    (track,) = song(b"\0\xb3\0\1\0\xb3\x20\2\0\xc3\5\x60\xe3\0\x40\0\x93\x40\x40\x60\x40\0" + END).tracks
    assert [event.data for event in track.controls] == [(0xB3, 0, 1), (0xB3, 0x20, 2), (0xC3, 5), (0xE3, 0, 0x40)]
    assert [event.kind for event in track.controls] == [0xB0, 0xB0, 0xC0, 0xE0]


def test_a_file_is_read_from_disk(tmp_path: Path) -> None:
    path = tmp_path / "beat.mid"
    path.write_bytes(midi(b"\0\x99\x24\x64\x60\x24\0" + END, kind=0))
    assert read_midi(path).tracks[0].notes == (Note(0.0, 1.0, 36, 100),)


def test_a_path_that_holds_no_file_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(MidiError, match=r"There is no file .*nothing\.mid"):
        read_midi(tmp_path / "nothing.mid")
    with pytest.raises(MidiError, match="is not a file"):
        read_midi(tmp_path)
    with pytest.raises(MidiError, match="cannot be opened"):
        read_midi(Path("a\0b.mid"))
