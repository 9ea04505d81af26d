import numpy as np
import pytest

from groovescape_models.checkpoints.registry import read_weights, shipped_model
from groovescape_models.errors import DataSetError
from groovescape_models.inference.numpy_drum_vae import NumpyDrumVae
from groovescape_models.music.groove import Groove
from groovescape_models.training.drum_measures import likenesses, wasserstein
from groovescape_models.training.evaluate_drums import measure_drums, reconstruction
from groovescape_models.training.examples import Example, ExampleArrays, stack


def backbeat(split: str, kick_step: int) -> Example:
    hits = np.zeros((32, 9), np.bool_)
    hits[::2, 2] = True
    hits[[4, 12, 20, 28], 1] = True
    hits[[0, 16, kick_step], 0] = True
    groove = Groove(hits, hits.astype(np.float32) * 0.8, np.zeros((32, 9), np.float32))
    return Example(groove, "rock", "drummer1", split, f"{split}{kick_step}.mid", 0)


def examples() -> ExampleArrays:
    return stack(backbeat(split, step) for split in ("train", "validation", "test") for step in range(1, 16))


def test_perfect_and_half_right_reconstructions() -> None:
    hits = examples().hits
    half = hits.copy()
    half[:, 16:] = False

    assert reconstruction(hits, hits).hit_f1 == 1.0
    assert reconstruction(hits, hits).patterns_exact == 1.0
    assert reconstruction(hits, half).patterns_exact == 0.0
    assert 0.5 < reconstruction(hits, half).hit_f1 < 0.8


def test_patterns_are_like_themselves() -> None:
    hits = examples().hits

    assert all(row.distance == 0.0 for row in likenesses(hits, hits, hits))
    assert wasserstein(np.zeros(10), np.full(10, 3.0)) == 3.0


def test_the_shipped_weights_give_plain_rock_back() -> None:
    network = NumpyDrumVae(read_weights(shipped_model("drums_2bar")))

    report = measure_drums(network, examples(), samples=32)

    assert report.patterns == 15
    assert report.sampled.hit_f1 > 0.95
    assert report.teacher_forced.hit_f1 >= 0.95
    assert 20.0 < report.kl_bits < 90.0
    assert "hit F1" in report.text()
    assert report.figures()["test_patterns"] == 15


def test_data_without_a_test_split_is_refused() -> None:
    network = NumpyDrumVae(read_weights(shipped_model("drums_2bar")))

    with pytest.raises(DataSetError, match="--data"):
        measure_drums(network, examples().split("train"))
