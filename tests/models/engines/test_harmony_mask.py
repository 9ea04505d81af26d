import numpy as np
import pytest

from groovescape_models.encoding.harmony import condition_of
from groovescape_models.encoding.lines import FIRST_NOTE
from groovescape_models.engines.harmony_mask import FORBIDDEN, NOTE_CLASSES, harmony_noise, likely_key
from groovescape_models.music.chords import read_progression
from groovescape_models.music.key import Key, read_key


def allowed(text: str, key: Key | None, step: int) -> set[int]:
    """Return the pitch classes that may begin at a step of two bars."""
    noise = harmony_noise(condition_of(key, read_progression(text), 2), strict=True)
    return set(NOTE_CLASSES[noise[step, FIRST_NOTE:] > FORBIDDEN / 2].tolist())


def test_a_key_forbids_what_is_not_in_its_scale() -> None:
    assert allowed("", Key(0, "minor pentatonic"), 5) == {0, 3, 5, 7, 10}


def test_a_chord_lends_its_tones_to_its_own_bar_alone() -> None:
    assert 4 in allowed("C7 | E", Key(), 0)
    assert 8 not in allowed("C | E", Key(), 15)
    assert 8 in allowed("C | E", Key(), 16)


def test_all_is_relative_to_the_tonic() -> None:
    assert allowed("D", Key(2, "major"), 0) == allowed("C", Key(0, "major"), 0)


def test_without_a_key_nothing_is_forbidden() -> None:
    assert len(allowed("C | F", None, 0)) == 12


def test_holding_and_ending_are_always_allowed_and_only_strong_beats_pull() -> None:
    noise = harmony_noise(condition_of(Key(), read_progression("C"), 1), strict=False, pull=2.0)

    assert (noise[:, :FIRST_NOTE] == 0).all()
    assert [step for step in range(16) if noise[step].any()] == [0, 8]
    assert set(NOTE_CLASSES[noise[8, FIRST_NOTE:] > 0].tolist()) == {0, 4, 7}
    assert noise.max() == 2.0


@pytest.mark.parametrize(
    ("chords", "key"),
    [
        ("", "C"),
        ("C | Am | F | G7", "C"),
        ("Am | F | C | G", "Am"),
        ("Dm | A7 | Dm | Gm", "Dm"),
        ("Eb | Cm | Ab | Bb7", "Eb"),
        ("N.C. | G | D7", "G"),
    ],
)
def test_the_key_of_chords_is_the_one_a_player_would_name(chords: str, key: str) -> None:
    assert likely_key(read_progression(chords)) == read_key(key)


def test_noise_is_of_the_steps_of_its_condition() -> None:
    assert harmony_noise(np.zeros((16, 36), np.float32), strict=True).shape == (64, 90)
