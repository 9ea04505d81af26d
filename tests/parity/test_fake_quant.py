"""The rounding that networks are trained with is LiteRT's own, and the int8 grid survives every precision."""

import gzip

import keras
import numpy as np
import pytest
import tensorflow as tf

from groovescape_models.checkpoints.registry import open_network, read_weights, shipped_model
from groovescape_models.inference.numpy_drum_vae import NumpyDrumVae
from groovescape_models.inference.runtime import LiteRtNetwork
from groovescape_models.music.groove import FloatArray
from groovescape_models.training.drum_fidelity import without_smallest
from groovescape_models.training.eight_bits import on_int8_grid
from groovescape_models.training.litert_drums import drum_litert
from groovescape_models.training.litert_files import Precision, convert
from groovescape_models.training.networks.drum_vae import DrumVae, config_of
from groovescape_models.training.networks.fake_quant import dense, rounded_kernel, rounded_rows

INPUTS, OUTPUTS = 96, 64


def drawn(rows: int, seed: int = 0) -> FloatArray:
    return np.random.default_rng(seed).standard_normal((rows, INPUTS)).astype(np.float32)


@pytest.fixture(scope="module")
def kernel() -> FloatArray:
    """Return a kernel whose channels differ much in size."""
    rng = np.random.default_rng(1)
    wild = rng.standard_normal((INPUTS, OUTPUTS)) * np.exp(rng.standard_normal(OUTPUTS))
    return on_int8_grid({"a/kernel": wild.astype(np.float32)})["a/kernel"]


@pytest.mark.parametrize("change", [lambda x: x, lambda x: np.maximum(x, 0.0), lambda x: x * 0.0], ids=str)
def test_the_rounding_is_that_of_the_runtime(kernel: FloatArray, change: object) -> None:
    constant = tf.constant(kernel)
    spec = tf.TensorSpec([None, INPUTS], tf.float32, name="x")
    graph = tf.function(lambda x: {"y": tf.matmul(x, constant)}, input_signature=[spec])
    x = change(drawn(20))  # type: ignore[operator]  # one of the three above

    found = LiteRtNetwork(convert({"f": graph}, Precision.INT8)).run("f", x=x)["y"]

    expected = np.asarray(rounded_rows(x)) @ np.asarray(rounded_kernel(kernel))
    assert np.allclose(found, expected, atol=1e-3)


def test_weights_on_the_grid_are_the_same_in_half_precision_and_stay_there(kernel: FloatArray) -> None:
    assert (kernel.astype(np.float16).astype(np.float32) == kernel).all()
    assert np.allclose(np.asarray(rounded_kernel(kernel)), kernel, atol=0.0)
    assert (on_int8_grid({"a/kernel": kernel})["a/kernel"] == kernel).all()


def test_gradients_pass_the_rounding_and_small_kernels_are_not_rounded() -> None:
    layer = keras.layers.Dense(OUTPUTS)
    layer.build((None, INPUTS))
    with tf.GradientTape() as tape:
        loss = tf.reduce_sum(dense(layer, tf.constant(drawn(4))))
    assert np.abs(np.asarray(tape.gradient(loss, layer.kernel))).min() > 0
    small = keras.layers.Dense(9)
    small.build((None, INPUTS))
    x = drawn(3)
    assert np.allclose(np.asarray(dense(small, x)), np.asarray(small(x)), atol=1e-6)


def test_the_drum_vae_in_eight_bits_draws_what_the_shipped_file_draws() -> None:
    weights = read_weights(shipped_model("drums_2bar"))
    network = DrumVae(config_of(weights), quantised=True)
    for name, variable in network.named_variables().items():
        variable.assign(weights[name])
    rng = np.random.default_rng(2)
    z = rng.standard_normal((100, 96)).astype(np.float32)
    noise = rng.logistic(size=(32, 100, 9)).astype(np.float32)

    trained = np.asarray(network.run_free(z, noise, 1.0)[0])
    one = np.array(1.0, np.float32)
    int8 = open_network(shipped_model("drums_2bar"), "litert", "int8").run("decode", z=z, noise=noise, temperature=one)

    # Latents of the prior are the hardest; the file rounds latents and plans less than the training does.
    assert (trained == int8["hits"]).all(-1).mean() > 0.97


def test_pruning_zeroes_the_smallest_and_packs_tighter() -> None:
    weights = read_weights(shipped_model("drums_2bar"))
    pruned = on_int8_grid(without_smallest(weights, 0.5))
    kernel = pruned["decoder/dense_1/kernel"]
    assert 0.45 < (kernel == 0).mean() < 0.6
    full, less = (gzip.compress(drum_litert(each, Precision.INT8), 6) for each in (weights, pruned))
    assert len(less) < 0.8 * len(full)
    NumpyDrumVae(pruned)
