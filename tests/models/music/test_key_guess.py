"""The key of a line that nobody names one for."""

import pytest

from groovescape_models.music.key import SCALES, Key
from groovescape_models.music.key_guess import guess_key
from groovescape_models.music.pattern import Note, Pattern, Role


def line(*pitches: int) -> Pattern:
    return Pattern(tuple(Note(step / 2, 0.5, pitch, 90) for step, pitch in enumerate(pitches)), 16.0, role=Role.MELODY)


@pytest.mark.parametrize("tonic", [0, 3, 7, 10])
@pytest.mark.parametrize("scale", ["major", "minor"])
def test_a_scale_that_comes_home_is_its_own_key(tonic: int, scale: str) -> None:
    third, fifth = SCALES[scale][2], SCALES[scale][4]
    pitches = [60 + tonic + step for step in (*SCALES[scale], 12, fifth, third, 0, 0)]
    assert guess_key(line(*pitches)) == Key(tonic, scale)


def test_silence_and_every_note_alike_are_in_some_key() -> None:
    assert guess_key(Pattern(role=Role.MELODY)) == Key()
    assert guess_key(line(*range(60, 72))).scale == "major"


def test_what_sounds_longest_counts_most() -> None:
    long = Pattern((Note(0, 6.0, 67, 90), Note(6, 1.0, 71, 90), Note(7, 1.0, 74, 90)), 8.0, role=Role.BASS)
    assert guess_key(long) == Key(7, "major")
