"""Songs of pitched parts on the grid, and where their bars begin."""

import numpy as np

from groovescape_models.encoding.lines import NOTE_OFF, pitches_of
from groovescape_models.music.midi_song import MeterChange, MidiSong, MidiTrack
from groovescape_models.music.pattern import Note
from groovescape_models.music.timing import Meter
from groovescape_models.training.score_bars import note_accents, score_grid
from groovescape_models.training.tonal_song import (
    BarGrid,
    drum_hits,
    fitting_bars,
    highest_line,
    lowest_line,
    pitch_class_weights,
    placed,
)

TWO_BARS = BarGrid(np.array([0.0, 4.0]), np.ones(2, np.bool_))


def note(start: float, duration: float, pitch: int) -> Note:
    return Note(start, duration, pitch, 80)


def test_the_highest_of_notes_that_begin_together_is_the_melody() -> None:
    line = highest_line(placed([note(0, 1, 60), note(0, 1, 67), note(2, 1, 64)], TWO_BARS), 2)
    assert pitches_of(line)[[0, 8]].tolist() == [67, 64]
    assert np.flatnonzero(line == NOTE_OFF).tolist() == [4, 12]


def test_a_bass_is_not_interrupted_by_the_figure_above_it() -> None:
    figure = [note(0, 4, 36), note(1, 1, 48), note(2, 1, 43), note(3, 1, 31), note(4, 1, 48)]
    line = lowest_line(placed(figure, TWO_BARS), 2)
    assert {step: int(pitch) for step, pitch in enumerate(pitches_of(line)) if pitch >= 0} == {0: 36, 12: 31, 16: 48}


def test_a_bar_off_the_grid_or_out_of_range_does_not_fit() -> None:
    triplet, straight = note(1 / 3, 1, 60), note(4.5, 0.5, 60)
    assert fitting_bars(placed([triplet, straight], TWO_BARS), TWO_BARS).tolist() == [False, True]
    assert fitting_bars(placed([note(5, 1, 12)], TWO_BARS), TWO_BARS).tolist() == [True, False]


def test_notes_in_a_bar_that_is_too_long_do_not_move_the_next_one() -> None:
    grid = BarGrid(np.array([0.0, 6.0]), np.array([False, True]))
    line = highest_line(placed([note(5.5, 0.5, 60), note(6.0, 1.0, 62), note(6.5, 1, 64)], grid), 2)
    assert pitches_of(line)[16:19].tolist() == [62, -1, 64]


def test_weights_say_how_long_each_pitch_class_sounds_in_each_beat() -> None:
    weights = pitch_class_weights(placed([note(0.5, 1.0, 61)], TWO_BARS), 2)
    assert weights.shape == (8, 12)
    assert weights[:, 1].tolist() == [2, 2, 0, 0, 0, 0, 0, 0]


def test_drums_land_in_their_lanes() -> None:
    hits = drum_hits(placed([note(0, 0.1, 36), note(1, 0.1, 38)], TWO_BARS), 2)
    assert np.argwhere(hits).tolist() == [[0, 0], [4, 1]]


def song(notes: list[Note], *meters: tuple[float, str]) -> MidiSong:
    changes = [MeterChange(time, Meter(*map(int, text.split("/")))) for time, text in meters]
    return MidiSong((MidiTrack(notes=tuple(notes)),), meters=tuple(changes))


def bars_of(midi: MidiSong) -> list[tuple[float, bool]]:
    grid = score_grid(midi, note_accents([track.notes for track in midi.tracks]))
    return list(zip(grid.starts.tolist(), grid.whole.tolist(), strict=True))


def test_an_upbeat_is_found_by_the_long_notes_behind_it() -> None:
    upbeat = [note(0, 1, 60), *(note(1 + 4 * bar, 3, 64) for bar in range(4)), note(16, 1, 60)]
    assert bars_of(song(upbeat, (0, "4/4"))) == [(0, False), (1, True), (5, True), (9, True), (13, True)]


def test_a_change_of_meter_is_a_bar_line() -> None:
    even = [note(beat, 1, 60) for beat in range(17)]
    assert bars_of(song(even, (0, "4/4"), (9, "3/4"), (12, "2/2"))) == [
        (0, False), (1, True), (5, True), (9, False), (12, True),
    ]  # fmt: skip
