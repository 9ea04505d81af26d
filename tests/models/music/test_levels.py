import numpy as np

from groovescape_models.music.levels import LOUD_ENOUGH, levelled


def test_a_soft_drum_is_raised_and_its_accents_keep_their_ratios() -> None:
    hits = np.zeros((4, 9), np.bool_)
    hits[[0, 2], 0] = hits[1, 1] = True
    velocities = np.full((4, 9), 0.3, np.float32)
    velocities[2, 0], velocities[1, 1] = 0.15, 0.9

    level = levelled(velocities, hits)

    assert np.isclose(level[0, 0], LOUD_ENOUGH)
    assert np.isclose(level[2, 0], LOUD_ENOUGH / 2)
    assert np.isclose(level[1, 1], 0.9)
    assert not level[~hits].any()


def test_silence_stays_silent() -> None:
    assert not levelled(np.zeros((32, 9), np.float32), np.zeros((32, 9), np.bool_)).any()
