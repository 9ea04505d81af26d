import numpy as np

from groovescape_models.encoding.lines import TOKEN_COUNT
from groovescape_models.encoding.official_lines import class_noise, line_classes, line_tokens, token_values


def test_tokens_come_back_from_classes() -> None:
    tokens = np.arange(TOKEN_COUNT, dtype=np.int16)

    np.testing.assert_array_equal(line_tokens(line_classes(tokens, 21, TOKEN_COUNT), 21), tokens)


def test_a_narrow_network_hears_far_pitches_an_octave_nearer() -> None:
    tokens = np.array([0, 1, 2 + 48 - 21, 2 + 47 - 21, 2 + 96 - 21], np.int16)

    back = line_tokens(line_classes(tokens, 48, 38), 48)

    assert back.tolist() == [0, 1, 2 + 48 - 21, 2 + 59 - 21, 2 + 72 - 21]


def test_what_a_network_plays_below_a_piano_sounds_an_octave_higher() -> None:
    outputs = np.eye(90, dtype=np.float32)[[0, 1, 2]]

    assert line_tokens(outputs, 12).tolist() == [0, 1, 2 + 24 - 21]


def test_noise_and_logits_keep_to_the_tokens_that_they_mean() -> None:
    noise = np.arange(TOKEN_COUNT, dtype=np.float32)[None]

    classes = class_noise(noise, 48, 38)
    assert classes[0, :3].tolist() == [0.0, 1.0, 2.0 + 48 - 21]
    values = token_values(classes, 48)
    assert values.shape == (1, TOKEN_COUNT)
    assert values[0, 2 + 60 - 21] == 2 + 60 - 21
    assert values[0, 2] < -1000
