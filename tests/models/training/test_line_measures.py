import numpy as np
import pytest

from groovescape_models.encoding.harmony import condition_of
from groovescape_models.encoding.lines import NOTE_OFF, Tokens
from groovescape_models.music.chords import read_progression
from groovescape_models.music.key import Key
from groovescape_models.training.line_measures import MEASURES, harmony_of, likenesses, note_f1, sounding


def line(*notes: tuple[int, int]) -> Tokens:
    """Return one line (1, 32) with notes (step, pitch); pitch 0 is a note-off."""
    tokens = np.zeros((1, 32), np.int16)
    for step, pitch in notes:
        tokens[0, step] = pitch - 21 + 2 if pitch else NOTE_OFF
    return tokens


SCALE_WALK = line((0, 60), (4, 62), (8, 64), (12, 65), (16, 67), (24, 0))


def test_what_a_walk_up_the_scale_measures() -> None:
    found = {name: float(measure(SCALE_WALK)[0]) for name, measure in MEASURES.items()}

    assert found["notes a bar"] == 2.5
    assert found["silence"] == 0.25
    assert found["pitch range"] == 7.0
    assert found["mean pitch"] == pytest.approx(63.6)
    assert found["mean interval"] == pytest.approx(1.75)
    assert found["notes repeated"] == 0.0
    assert found["note length in 16ths"] == pytest.approx(24 / 5)
    assert found["rhythm alike"] == 0.25


def test_silence_before_the_first_note_and_after_an_off_does_not_sound() -> None:
    assert np.flatnonzero(sounding(line((4, 60), (6, 0)))[0]).tolist() == [4, 5]


def test_notes_are_right_in_time_and_pitch() -> None:
    assert note_f1(SCALE_WALK, SCALE_WALK) == 1.0
    assert note_f1(SCALE_WALK, line((0, 60), (4, 62))) == pytest.approx(4 / 7)
    assert note_f1(SCALE_WALK, line((0, 61))) == 0.0


def test_harmony_counts_notes_under_what_is_told() -> None:
    condition = condition_of(Key(), read_progression("C | G"), 2)[None]

    found = harmony_of(line((0, 60), (4, 61), (8, 65), (16, 67)), condition)

    assert found.in_scale == 0.75
    assert found.chord_tones == 0.5
    assert found.strong_chord_tones == pytest.approx(2 / 3)


def test_without_chords_their_shares_are_unknown() -> None:
    assert np.isnan(harmony_of(SCALE_WALK, condition_of(Key(), (), 2)[None]).chord_tones)


def test_the_same_lines_are_no_distance_apart() -> None:
    assert all(row.distance == 0.0 for row in likenesses(SCALE_WALK, SCALE_WALK, SCALE_WALK))
