import numpy as np

from groovescape_models.encoding.official_drums import hits_of, official_inputs, official_outputs


def test_every_combination_of_drums_has_its_own_class() -> None:
    every = (np.arange(512)[:, None] // 2 ** np.arange(9) % 2).astype(np.bool_)

    assert (np.argmax(official_outputs(every), -1) == np.arange(512)).all()
    assert (hits_of(official_outputs(every)) == every).all()


def test_the_tenth_input_marks_silence() -> None:
    hits = np.zeros((2, 9), np.bool_)
    hits[1, 3] = True

    assert official_inputs(hits).tolist() == [[0] * 9 + [1], [0, 0, 0, 1, 0, 0, 0, 0, 0, 0]]
