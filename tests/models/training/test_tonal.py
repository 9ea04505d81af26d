"""Examples of melodies and basses out of songs and data sets."""

import io
import lzma
import tarfile
from pathlib import Path

import numpy as np
import pytest

from groovescape_models.encoding.harmony import condition_of
from groovescape_models.encoding.lines import NOTE_OFF, from_line, pitches_of
from groovescape_models.errors import DataSetError
from groovescape_models.music.chords import read_chord
from groovescape_models.music.key import Key, read_key
from groovescape_models.music.midi_song import MidiSong, MidiTrack
from groovescape_models.music.midi_write import midi_bytes
from groovescape_models.music.pattern import Note, Role
from groovescape_models.training import lead_sheets, pop909
from groovescape_models.training.line_examples import read_lines, stack_lines
from groovescape_models.training.tonal import examples_of, load_tonal, split_of, windows
from groovescape_models.training.tonal_song import TonalSong

C_MAJOR = read_key("C")
TUNE = [60, 62, 64, 65, 67, 65, 64, 62]


def song(pitches: list[int], name: str = "a", key: Key = C_MAJOR, bars: int = 4) -> TonalSong:
    """A quarter note a beat, the pitches going round."""
    tokens = np.zeros(16 * bars, np.int16)
    tokens[::4] = [pitches[beat % len(pitches)] - 19 for beat in range(4 * bars)]
    fits = {Role.MELODY: np.ones(bars, np.bool_)}
    return TonalSong(name, "made", "pop", {Role.MELODY: tokens}, fits, (key,) * bars, (read_chord("C"),) * 4 * bars)


def test_windows_hold_the_tune_and_what_it_is_played_over() -> None:
    first, *others = windows(song(TUNE), Role.MELODY, 2)
    assert [example.bar for example in others] == [1, 2]
    assert pitches_of(first.tokens)[::4].tolist() == TUNE
    assert (first.tonic, first.scale, first.style) == (0, "major", "pop")
    assert np.array_equal(first.condition, condition_of(C_MAJOR, (read_chord("C"),), 2))


def test_what_a_song_repeats_counts_once() -> None:
    assert len(list(windows(song(TUNE, bars=8), Role.MELODY, 2))) == 7
    assert len(examples_of([song(TUNE, bars=8)], Role.MELODY, 2)) == 2


def test_a_tune_outside_its_key_teaches_nothing() -> None:
    assert not list(windows(song([pitch + 1 for pitch in TUNE]), Role.MELODY, 2))


def test_no_window_crosses_a_change_of_key_or_a_bar_off_the_grid() -> None:
    changing = song(TUNE)
    keys = (C_MAJOR, C_MAJOR, read_key("F"), read_key("F"))
    off_grid = {Role.MELODY: np.array([True, True, False, True])}
    there = TonalSong("a", "made", "pop", changing.lines, changing.fits, keys, changing.chords)
    assert [example.bar for example in windows(there, Role.MELODY, 2)] == [0, 2]
    there = TonalSong("a", "made", "pop", changing.lines, off_grid, changing.keys, changing.chords)
    assert [example.bar for example in windows(there, Role.MELODY, 2)] == [0]


def test_what_sounds_on_from_before_a_window_is_left_out() -> None:
    held = song(TUNE)
    held.lines[Role.MELODY][16] = 0
    held.lines[Role.MELODY][18] = NOTE_OFF
    window = next(example for example in windows(held, Role.MELODY, 2) if example.bar == 1)
    assert from_line(window.tokens).notes[0].start == 1.0


def test_splits_are_of_pieces_and_stay_as_they_are() -> None:
    names = [str(number) for number in range(2000)]
    splits = [split_of("pop909", name) for name in names]
    assert splits == [split_of("pop909", f"{name}#2") for name in names]
    first_tests = [name for name, split in zip(names, splits, strict=True) if split == "test"][:3]
    assert first_tests == ["4", "11", "15"]
    assert 0.77 < splits.count("train") / len(splits) < 0.83


def test_examples_come_back_from_their_file(tmp_path: Path) -> None:
    examples = examples_of([song(TUNE)], Role.MELODY, 2)
    examples.save(tmp_path / "lines.npz")
    again = read_lines(tmp_path / "lines.npz")
    assert np.array_equal(again.tokens, examples.tokens)
    assert again.conditions.dtype == np.uint8
    (tmp_path / "lines.npz").write_bytes(b"no")
    with pytest.raises(DataSetError, match="make it again"):
        read_lines(tmp_path / "lines.npz")


def test_no_examples_are_empty_arrays() -> None:
    empty = stack_lines([], 4)
    assert (empty.tokens.shape, empty.conditions.shape) == ((0, 64), (0, 16, 36))


def test_missing_data_is_named(tmp_path: Path) -> None:
    with pytest.raises(DataSetError, match=r"pop909\.tar\.xz is not in"):
        load_tonal(tmp_path, Role.MELODY, 2)
    (tmp_path / "pop909.tar.xz").write_bytes(lzma.compress(b"short"))
    with pytest.raises(DataSetError, match=r"pop909\.tar\.xz cannot be read"):
        load_tonal(tmp_path, Role.MELODY, 2)


def write_archive(path: Path, files: dict[str, bytes]) -> None:
    with tarfile.open(path, "w:xz") as archive:
        for name, content in files.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(content)
            archive.addfile(entry, io.BytesIO(content))


def pop_files(upbeat: int) -> dict[str, bytes]:
    """Four bars at 120 bpm behind so many beats: a tune, and C and F by turns in the piano."""
    tune = [Note(upbeat + beat, 1.0, TUNE[beat % 8], 90) for beat in range(16)]
    low = [Note(upbeat + 4 * bar, 4.0, (48, 53)[bar % 2], 90) for bar in range(4)]
    tracks = (MidiTrack("MELODY", 0, tuple(tune)), MidiTrack("BRIDGE", 1), MidiTrack("PIANO", 2, tuple(low)))
    beats = [f"{beat / 2} 0.0 {float((beat - upbeat) % 4 == 0)}" for beat in range(upbeat + 17)]
    chords = [
        f"{(upbeat + 4 * bar) / 2} {(upbeat + 4 * bar + 4) / 2} {('C:maj', 'F:maj/3')[bar % 2]}" for bar in range(4)
    ]
    return {
        "p/001/001.mid": midi_bytes(MidiSong(tracks)),
        "p/001/beat_midi.txt": "\n".join(beats).encode(),
        "p/001/chord_midi.txt": "\n".join(chords).encode(),
        "p/001/key_audio.txt": b"0.0 99.0 C:maj",
    }


@pytest.mark.parametrize("upbeat", [0, 3])
def test_pop909_is_read_by_its_beats(tmp_path: Path, upbeat: int) -> None:
    write_archive(tmp_path / "pop909.tar.xz", pop_files(upbeat))
    (read,) = pop909.pop909_songs(tmp_path)
    assert pitches_of(read.lines[Role.MELODY])[:32:4].tolist() == TUNE
    assert pitches_of(read.lines[Role.BASS])[::16].tolist() == [48, 53, 48, 53]
    assert [str(chord) for chord in read.chords[::4]] == ["C", "F/A", "C", "F/A"]
    assert set(read.keys) == {C_MAJOR}
    assert all(read.fits[Role.MELODY])


@pytest.mark.parametrize(("sign", "expected"), [("C#:min7/b7", "C#m7/B"), ("Bb:sus4(b7)", "Bbsus4"), ("N", "None")])
def test_pop909_chords_are_read(sign: str, expected: str) -> None:
    assert str(pop909.chord_of(sign)) == expected


@pytest.mark.parametrize(("sign", "expected"), [("F|dominant|A", "F7/A"), ("Bb|minor|", "Bbm"), ("C|pedal|", "None")])
def test_lead_sheet_chords_are_read(sign: str, expected: str) -> None:
    assert str(lead_sheets.chord_of(sign)) == expected
