"""Lines out of songs, and several parts as one song."""

import pytest

from groovescape_models.errors import MidiError
from groovescape_models.music.looping import looped
from groovescape_models.music.midi_event import PROGRAM, ControlEvent
from groovescape_models.music.midi_parts import part_pattern, role_of, song_of_parts
from groovescape_models.music.midi_read import parse_midi
from groovescape_models.music.midi_song import MidiSong, MidiTrack
from groovescape_models.music.midi_write import midi_bytes
from groovescape_models.music.pattern import Note, Pattern, Role

HIGH = MidiTrack(
    "Piano", 0, (Note(0.0, 1.0, 72, 90), Note(0.0, 1.0, 76, 90), Note(1.0, 3.0, 74, 90), Note(2.0, 1.0, 71, 90))
)
LOW = MidiTrack("", 1, (Note(0.0, 2.0, 36, 90), Note(2.0, 2.0, 43, 90)))
DRUMS = Pattern((Note(0.0, 0.25, 36, 100), Note(1.0, 0.25, 38, 90)), 4.0)


def test_a_melody_is_the_highest_line_of_the_highest_track_and_a_bass_the_lowest() -> None:
    song = MidiSong((LOW, HIGH), length=4.0)
    melody, bass = part_pattern(song, Role.MELODY), part_pattern(song, Role.BASS)

    assert [(note.start, note.duration, note.pitch) for note in melody.notes] == [(0, 1, 76), (1, 1, 74), (2, 1, 71)]
    assert [note.pitch for note in bass.notes] == [36, 43]
    assert (melody.role, melody.length, bass.role) == (Role.MELODY, 4.0, Role.BASS)


def test_names_and_programs_tell_more_than_height() -> None:
    lead = MidiTrack("Lead vocal", 2, (Note(0.0, 1.0, 50, 90),))
    slap = MidiTrack("", 3, (Note(0.0, 1.0, 60, 90),), (ControlEvent(0.0, (PROGRAM, 36)),))
    song = MidiSong((LOW, HIGH, lead, slap), length=4.0)
    assert part_pattern(song, Role.MELODY).notes == lead.notes
    assert part_pattern(song, Role.BASS).notes == slap.notes


def test_a_song_of_drums_alone_has_no_line() -> None:
    with pytest.raises(MidiError, match="melody"):
        part_pattern(MidiSong((MidiTrack("", 9, DRUMS.notes, is_drums=True),), length=4.0), Role.MELODY)


def test_parts_come_back_from_one_file_each_on_its_own_track() -> None:
    line = Pattern(LOW.notes, 8.0, role=Role.BASS, name="Low")
    melody = Pattern((Note(0.0, 8.0, 72, 90),), 8.0, role=Role.MELODY, name="High")
    song = parse_midi(midi_bytes(song_of_parts((melody, line, DRUMS), 97.0, "Trio", {Role.BASS: 38})), "trio.mid")

    tracks = [track for track in song.tracks if track.notes]
    assert [track.channel for track in tracks] == [0, 1, 9]
    assert part_pattern(song, Role.BASS).notes == line.notes
    assert len(part_pattern(song, Role.DRUMS).notes) == 2 * len(DRUMS.notes)
    assert [event.data[1] for event in tracks[1].controls if event.data[0] & 0xF0 == PROGRAM] == [38]


def test_a_shorter_loop_is_repeated_and_cut() -> None:
    assert [note.start for note in looped(DRUMS, 6.0).notes] == [0.0, 1.0, 4.0, 5.0]
    assert looped(DRUMS, 4.0) is DRUMS
    assert looped(Pattern((Note(0.0, 0.1, 36, 9),), 1e-9), 4.0).notes == (Note(0.0, 0.1, 36, 9),)


@pytest.mark.parametrize(
    ("name", "program", "notes", "role"),
    [
        ("Slap bass", None, ((0.0, 60), (2.0, 64)), Role.BASS),
        ("", 33, ((0.0, 60), (2.0, 64)), Role.BASS),
        ("", None, ((0.0, 36), (2.0, 43)), Role.BASS),
        ("", 0, ((0.0, 36), (2.0, 43)), Role.BASS),
        ("", 42, ((0.0, 36), (2.0, 43)), Role.KEYS),
        ("", None, ((0.0, 60), (2.0, 64)), Role.KEYS),
        ("", None, ((0.0, 40), (0.0, 47)), Role.KEYS),
    ],
)
def test_a_bass_is_known_by_name_program_or_low_single_notes(
    name: str, program: int | None, notes: tuple[tuple[float, int], ...], role: Role
) -> None:
    controls = () if program is None else (ControlEvent(0.0, (PROGRAM, program)),)
    track = MidiTrack(name, 1, tuple(Note(start, 1.0, pitch, 90) for start, pitch in notes), controls)
    assert role_of(track) is role
