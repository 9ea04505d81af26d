"""Keys and chords out of what sounds."""

import numpy as np
import pytest

from groovescape_models.music.chords import read_chord
from groovescape_models.music.key import SCALES, read_key
from groovescape_models.training.chord_finding import best_chord, chords_of
from groovescape_models.training.key_finding import keys_of_bars, share_in_key


def sounding(*pitch_classes: int) -> np.ndarray:
    weights = np.zeros(12)
    np.add.at(weights, list(pitch_classes), 1.0)
    return weights


def scale_bars(text: str, bars: int) -> np.ndarray:
    key = read_key(text)
    tonic = [key.tonic] * 3 + [(key.tonic + 7) % 12] * 2
    return np.tile(sounding(*((key.tonic + step) % 12 for step in SCALES[key.scale]), *tonic), (bars, 1))


@pytest.mark.parametrize("name", ["C major", "F# major", "A minor", "Eb minor", "G harmonic minor"])
def test_a_scale_with_its_tonic_and_fifth_is_known(name: str) -> None:
    assert set(keys_of_bars(scale_bars(name, 8))) == {read_key(name)}


def test_a_key_that_changes_is_followed_and_a_single_strange_bar_is_not() -> None:
    bars = np.concatenate([scale_bars("C major", 8), scale_bars("E major", 8)])
    bars[3] = sounding(1, 4, 8)
    assert keys_of_bars(bars) == (read_key("C"),) * 8 + (read_key("E"),) * 8


def test_silence_has_a_key_and_no_bars_have_none() -> None:
    assert len(keys_of_bars(np.zeros((4, 12)))) == 4
    assert keys_of_bars(np.zeros((0, 12))) == ()


def test_the_share_in_a_key_counts_what_sounds() -> None:
    assert share_in_key(read_key("C"), sounding(0, 4, 7, 6)[None]) == 0.75
    assert share_in_key(read_key("C"), np.zeros((1, 12))) == 1.0


@pytest.mark.parametrize("sign", ["C", "Am", "G7", "Dm7", "Fmaj7", "Bdim", "Eaug", "Bm7b5"])
def test_a_chord_with_its_root_in_the_bass_is_known(sign: str) -> None:
    chord = read_chord(sign)
    assert chord is not None
    found, share = best_chord(sounding(*chord.pitch_classes, chord.root), sounding(chord.root))
    assert (found, share) == (chord, 1.0)


def test_a_bar_of_two_chords_is_halved_and_silence_has_none() -> None:
    weights = np.array([sounding(0, 4, 7)] * 2 + [sounding(7, 11, 2)] * 2 + [np.zeros(12)] * 4)
    bass = np.array([sounding(0)] * 2 + [sounding(7)] * 2 + [np.zeros(12)] * 4)
    assert [str(chord) for chord in chords_of(weights, bass)] == ["C", "C", "G", "G"] + ["None"] * 4


def test_a_single_tone_is_no_chord() -> None:
    assert best_chord(sounding(0), sounding(0))[0] is None
