"""Progressions to play over where nobody asks for any."""

import numpy as np

from groovescape_models.engines.progressions import draw_progression
from groovescape_models.music.chords import progression_text
from groovescape_models.music.key import read_key

COUNTED = {"major": (("C | Am | F | G", 3), ("C | F/A | C | N.C.", 1)), "minor": (("Cm | Ab | Eb | Bb", 1),)}


def drawn(key: str, seed: int) -> str:
    return progression_text(draw_progression(COUNTED, read_key(key), np.random.default_rng(seed)))


def test_a_progression_is_drawn_as_often_as_it_was_found_and_moved_to_the_key() -> None:
    texts = [drawn("D", seed) for seed in range(200)]
    assert set(texts) == {"D | Bm | G | A", "D | G/B | D | N.C."}
    assert 0.65 < texts.count("D | Bm | G | A") / len(texts) < 0.85


def test_scales_with_a_minor_third_take_those_of_minor() -> None:
    assert drawn("A dorian", 0) == "Am | F | C | G"
    assert drawn("A mixolydian", 0).startswith("A |")


def test_without_any_counted_there_is_none() -> None:
    assert draw_progression({}, read_key("C"), np.random.default_rng(0)) == ()
