import numpy as np
import pytest

from groovescape_models.checkpoints.official import ChordEncoding, OfficialConfig, OfficialData
from groovescape_models.encoding.harmony import condition_of
from groovescape_models.encoding.official_chords import Tones, chord_values, controls_of_condition
from groovescape_models.music.chords import read_chord, read_progression
from groovescape_models.music.key import Key


def told(text: str, encoding: ChordEncoding) -> list[int]:
    chord = read_chord(text)
    values = chord_values(None if chord is None else Tones.of(chord), encoding)
    assert len(values) == encoding.size
    return np.flatnonzero(values).tolist()


@pytest.mark.parametrize(
    ("text", "place"),
    [("N.C.", 0), ("C", 1), ("G7", 8), ("Am", 22), ("Am7", 22), ("Caug", 25), ("F#dim", 43), ("Bm7b5", 48)],
)
def test_triads_are_told_by_root_and_kind(text: str, place: int) -> None:
    assert told(text, ChordEncoding.TRIADS) == [place]


@pytest.mark.parametrize(("text", "place"), [("Dsus4", 3), ("D5", 3)])
def test_a_chord_without_a_third_is_told_as_the_major_triad(text: str, place: int) -> None:
    assert told(text, ChordEncoding.TRIADS) == [place]


@pytest.mark.parametrize(("text", "place"), [("Cdim", 13), ("Caug", 1)])
def test_where_only_major_and_minor_are_known_the_third_decides(text: str, place: int) -> None:
    assert told(text, ChordEncoding.MAJOR_MINOR) == [place]


def test_pitches_are_told_as_root_tones_and_bass() -> None:
    assert told("C/E", ChordEncoding.PITCHES) == [1, 13, 17, 20, 29]


def test_a_condition_is_told_at_every_step_relative_to_the_tonic() -> None:
    config = OfficialConfig(
        OfficialData.MELODY, 32, 4, 90, (90,), (3,), (2,), control_size=61, chords=ChordEncoding.TRIADS, has_key=True
    )
    condition = condition_of(Key(2, "major"), read_progression("D | Bm"), 2)[None]

    controls = controls_of_condition(config, condition, 3)

    assert controls is not None
    assert controls.shape == (3, 32, 61)
    assert np.argmax(controls[0, :, :49], axis=1).tolist() == [1] * 16 + [22] * 16
    assert (controls[:, :, 49] == 1).all()


def test_without_a_condition_there_is_no_chord() -> None:
    config = OfficialConfig(
        OfficialData.MELODY, 32, 4, 90, (90,), (3,), (2,), control_size=49, chords=ChordEncoding.TRIADS
    )
    controls = controls_of_condition(config, None, 2)

    assert controls is not None
    assert (controls[:, :, 0] == 1).all()
