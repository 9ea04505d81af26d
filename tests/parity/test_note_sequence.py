"""NoteSequences as note-seq 0.0.5 makes them of the same MIDI files, and as it reads ours."""

import json
from pathlib import Path

import pytest
from magenta_oracles import ROOT, run_magenta

from groovescape_models.music.midi_event import PROGRAM, ControlEvent
from groovescape_models.music.midi_read import read_midi
from groovescape_models.music.midi_song import MeterChange, MidiSong, MidiTrack, TempoChange
from groovescape_models.music.midi_write import write_midi
from groovescape_models.music.pattern import Note
from groovescape_models.music.timing import Meter

Row = tuple[float, float, int, int, bool]


def drums(steps: int, velocity: int = 50) -> MidiTrack:
    notes = [
        Note(step / 4 + (step % 3) / 96, 0.2, (36, 42, 38, 42)[step % 4], velocity + step) for step in range(steps)
    ]
    return MidiTrack("Drums", 9, tuple(notes), is_drums=True)


def line(name: str, channel: int, program: int, pitch: int) -> MidiTrack:
    notes = [Note(beat + 0.25, 0.75, pitch + beat % 5, 60 + beat) for beat in range(16)]
    return MidiTrack(name, channel, tuple(notes), (ControlEvent(0.0, (PROGRAM, program)),))


SONGS = {
    "plain": MidiSong((drums(16),), (TempoChange(0, 97.5),)),
    "trio": MidiSong((line("Lead", 0, 80, 60), line("Bass", 1, 33, 36), drums(32)), (TempoChange(0, 120),)),
    "changing": MidiSong(
        (line("", 3, 5, 70), drums(48)),
        (TempoChange(0, 120), TempoChange(4, 90), TempoChange(8.5, 180)),
        (MeterChange(0, Meter(3, 4)), MeterChange(6, Meter(6, 8))),
    ),
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sequences")
    jobs = []
    for name, song in SONGS.items():
        write_midi(song, folder / f"{name}.mid")
        jobs.append({"midi": folder / f"{name}.mid", "out": folder / name, "models": ROOT / "models"})
    run_magenta("note_sequences", jobs, folder)
    return folder


def rows(path: Path) -> list[Row]:
    """Return the notes of a file, in 1/100 of a quarter."""
    found = [
        (round(note.start * 100), round(note.duration * 100), note.pitch, note.velocity, track.is_drums)
        for track in read_midi(path).tracks
        for note in track.notes
    ]
    return sorted(found)


@pytest.mark.parametrize("name", SONGS)
def test_both_make_the_same_note_sequence_of_a_file(folder: Path, name: str) -> None:
    facts = json.loads((folder / f"{name}.json").read_text())
    ours, theirs = facts["ours"], facts["theirs"]

    assert len(ours["notes"]) == len(theirs["notes"])
    for one, other in zip(ours["notes"], theirs["notes"], strict=True):
        assert one[2:] == other[2:]
        assert one[:2] == pytest.approx(other[:2], abs=1e-5)
    assert [ours[key] for key in ("tempos", "meters", "ticks_per_quarter")] == [
        theirs[key] for key in ("tempos", "meters", "ticks_per_quarter")
    ]
    assert ours["names"] == theirs["names"]


@pytest.mark.parametrize("name", SONGS)
@pytest.mark.parametrize("way", ["theirs", "ours", "again"])
def test_a_song_comes_back_by_either_program(folder: Path, name: str, way: str) -> None:
    original, found = read_midi(folder / f"{name}.mid"), read_midi(folder / f"{name}.{way}.mid")

    assert rows(folder / f"{name}.{way}.mid") == rows(folder / f"{name}.mid")
    assert [change.meter for change in found.meters] == [change.meter for change in original.meters]
    tempos = [(tempo.time, tempo.bpm) for tempo in original.tempos]
    assert [(t.time, t.bpm) for t in found.tempos] == [pytest.approx(tempo, rel=1e-3) for tempo in tempos]


def test_a_quantized_sequence_is_read_by_its_steps(folder: Path) -> None:
    found = read_midi(folder / "trio.quantized.mid")

    assert all(note.start * 4 == int(note.start * 4) for track in found.tracks for note in track.notes)
    assert len(rows(folder / "trio.quantized.mid")) == len(rows(folder / "trio.mid"))


def test_each_part_keeps_its_program(folder: Path) -> None:
    programs = {
        event.data[1]
        for track in read_midi(folder / "trio.ours.mid").tracks
        for event in track.controls
        if event.kind == PROGRAM
    }
    assert {80, 33} <= programs
