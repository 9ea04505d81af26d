import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from groovescape_models.errors import CheckpointError
from groovescape_models.inference.numpy_musicvae import NumpyMusicVae, Weights
from groovescape_models.music.groove import FloatArray

FIXTURE = Path(__file__).with_name("magenta_groovae_fixture.json")
CATEGORICAL_CLASSES = 12


@pytest.fixture(scope="module")
def magenta() -> dict[str, Any]:
    """What Magenta's own engine gives on random weights."""
    content: dict[str, Any] = json.loads(FIXTURE.read_text())
    return content


@pytest.fixture(scope="module")
def groovae(magenta: dict[str, Any]) -> NumpyMusicVae:
    rng = np.random.RandomState(0)  # noqa: NPY002  # the fixture's weights were drawn with the old generator
    return NumpyMusicVae({name: (rng.randn(*shape) * 0.05).astype(np.float32) for name, shape in magenta["tensors"]})


def small_categorical() -> Weights:
    rng = np.random.default_rng(1)
    encoder = "encoder/cell_0/bidirectional_rnn/{}/multi_rnn_cell/cell_0/lstm_cell"
    shapes = {
        encoder.format("fw"): (4 + 8, 32),
        encoder.format("bw"): (4 + 8, 32),
        "encoder/mu": (16, 6),
        "encoder/sigma": (16, 6),
        "decoder/z_to_initial_state": (6, 2 * 10),
        "decoder/multi_rnn_cell/cell_0/lstm_cell": (CATEGORICAL_CLASSES + 6 + 10, 40),
        "decoder/output_projection": (10, CATEGORICAL_CLASSES),
    }
    kernels = {f"{path}/kernel": rng.standard_normal(shape).astype(np.float32) for path, shape in shapes.items()}
    return kernels | {f"{path}/bias": np.zeros(shape[1], np.float32) for path, shape in shapes.items()}


def decoded(network: NumpyMusicVae, z: FloatArray, noise: FloatArray) -> FloatArray:
    return network.run("decode", z=z, noise=noise, temperature=np.array(1.0, np.float32))["outputs"]


def test_the_encoder_agrees_with_magentas_engine(groovae: NumpyMusicVae, magenta: dict[str, Any]) -> None:
    groove = np.zeros(32 * 27, np.float32)
    groove[magenta["hits"]] = 1.0

    mu = groovae.run("encode", inputs=groove.reshape(1, 32, 27))["mu"]

    np.testing.assert_allclose(mu[0], magenta["mu"], atol=1e-5)


def test_the_decoder_agrees_with_magentas_engine(groovae: NumpyMusicVae, magenta: dict[str, Any]) -> None:
    outputs = decoded(groovae, np.full((1, 256), 0.1, np.float32), np.zeros((32, 1, 9), np.float32))

    np.testing.assert_allclose(outputs[0].ravel(), magenta["decoded"], atol=1e-5)


def test_huge_noise_forces_the_hits_of_a_groove(groovae: NumpyMusicVae) -> None:
    hits = np.random.default_rng(2).random((32, 2, 9)) < 0.3

    outputs = decoded(groovae, np.zeros((2, 256), np.float32), np.where(hits, 1e4, -1e4).astype(np.float32))

    np.testing.assert_array_equal(outputs[:, :, :9].transpose(1, 0, 2) > 0, hits)
    assert ((outputs[:, :, 9:18] > 0) & (outputs[:, :, 9:18] < 1)).all()


def test_a_network_of_classes_gives_one_class_a_step() -> None:
    network = NumpyMusicVae(small_categorical())
    noise = np.random.default_rng(3).gumbel(size=(16, 3, CATEGORICAL_CLASSES)).astype(np.float32)

    outputs = decoded(network, np.ones((3, 6), np.float32), noise)

    assert outputs.shape == (3, 16, CATEGORICAL_CLASSES)
    np.testing.assert_array_equal(outputs.sum(-1), 1.0)


def test_each_row_of_a_batch_is_decoded_for_itself() -> None:
    network = NumpyMusicVae(small_categorical())
    rng = np.random.default_rng(4)
    z = rng.standard_normal((5, 6)).astype(np.float32)
    noise = rng.gumbel(size=(16, 5, CATEGORICAL_CLASSES)).astype(np.float32)

    together = decoded(network, z, noise)

    np.testing.assert_array_equal(decoded(network, z[3:4], noise[:, 3:4])[0], together[3])


def test_weights_that_lack_an_array_are_refused_by_its_name() -> None:
    weights = dict(small_categorical())
    del weights["encoder/mu/bias"]

    with pytest.raises(CheckpointError, match="encoder/mu/bias"):
        NumpyMusicVae(weights)


def test_an_unknown_signature_is_refused() -> None:
    with pytest.raises(ValueError, match="'sing'"):
        NumpyMusicVae(small_categorical()).run("sing")
