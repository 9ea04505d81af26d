"""The official MusicVAE architecture in Keras: Magenta's names and shapes, its equations, and that it learns."""

from dataclasses import replace

import numpy as np
import pytest
from keras import optimizers
from numpy.typing import NDArray

from groovescape_models.encoding.official_drums import hits_of, official_inputs, official_outputs
from groovescape_models.music.groove import BoolArray, FloatArray
from groovescape_models.training.networks.musicvae import ENCODER, MusicVae, variable_shapes
from groovescape_models.training.networks.musicvae_config import CONFIGS, MusicVaeConfig, OutputKind
from groovescape_models.training.train_steps import train_step
from groovescape_models.training.trainer import Batch

SMALL = MusicVaeConfig(10, 512, OutputKind.CATEGORICAL, encoder_size=12, latent_size=6, decoder_sizes=(8, 8))
SMALL_GROOVE = MusicVaeConfig(27, 27, OutputKind.GROOVE, encoder_size=12, latent_size=6, decoder_sizes=(8, 8))


def patterns(count: int) -> BoolArray:
    hits: BoolArray = np.random.default_rng(0).random((count, 32, 9)) < 0.2
    return hits


def test_names_and_shapes_are_those_of_the_published_checkpoints() -> None:
    groove = variable_shapes(CONFIGS["groovae_2bar_humanize"])

    assert groove["encoder/cell_0/bidirectional_rnn/fw/multi_rnn_cell/cell_0/lstm_cell/kernel"] == (539, 2048)
    assert groove["encoder/mu/kernel"] == (1024, 256)
    assert groove["decoder/z_to_initial_state/kernel"] == (256, 1024)
    assert groove["decoder/multi_rnn_cell/cell_0/lstm_cell/kernel"] == (539, 1024)
    assert groove["decoder/multi_rnn_cell/cell_1/lstm_cell/kernel"] == (512, 1024)
    assert groove["decoder/output_projection/kernel"] == (256, 27)
    assert variable_shapes(CONFIGS["drums_2bar_small"])["decoder/output_projection/bias"] == (512,)
    assert len(groove) == 16


def lstm_by_hand(kernel: FloatArray, bias: FloatArray, inputs: FloatArray) -> NDArray[np.float64]:
    """Return the last h of TensorFlow 1's LSTMCell: gates i, j, f, o and a forget bias of 1, one step at a time."""
    size = bias.size // 4
    c = h = np.zeros(size)
    for x in inputs:
        i, j, f, o = np.split(np.concatenate([x, h]) @ kernel + bias, 4)
        c = c / (1 + np.exp(-(f + 1))) + np.tanh(j) / (1 + np.exp(-i))
        h = np.tanh(c) / (1 + np.exp(-o))
    return h


def test_the_encoder_is_tensorflows_own_lstm_cell_in_both_directions() -> None:
    network = MusicVae(SMALL)
    table = {name: np.asarray(v) for name, v in network.named_variables().items()}
    inputs = official_inputs(patterns(1))

    ends = [
        lstm_by_hand(table[f"{ENCODER.format(way)}/kernel"], table[f"{ENCODER.format(way)}/bias"], x)
        for way, x in (("fw", inputs[0]), ("bw", inputs[0, ::-1]))
    ]
    mu = np.concatenate(ends) @ table["encoder/mu/kernel"] + table["encoder/mu/bias"]

    assert np.allclose(np.asarray(network.encode(inputs)[0])[0], mu, atol=1e-5)


@pytest.mark.parametrize(("config", "lanes"), [(SMALL, 512), (SMALL_GROOVE, 9)])
def test_playing_by_itself_is_teacher_forcing_on_its_own_output(config: MusicVaeConfig, lanes: int) -> None:
    network = MusicVae(config)
    rng = np.random.default_rng(2)
    z = rng.standard_normal((3, 6)).astype(np.float32)
    noise = rng.logistic(size=(32, 3, lanes)).astype(np.float32)

    outputs, logits = network.run_free(z, noise, 1.0)
    previous = np.pad(np.asarray(outputs)[:, :-1], ((0, 0), (1, 0), (0, 0)))

    assert np.allclose(np.asarray(network.decode(z, previous)), np.asarray(logits), atol=1e-5)


def test_the_loss_of_a_step_is_the_published_one() -> None:
    network = MusicVae(SMALL_GROOVE)
    logits, targets = np.zeros((1, 1, 27), np.float32), np.zeros((1, 1, 27), np.float32)
    targets[..., :9] = 1.0

    loss = float(np.asarray(network.step_loss(logits, targets))[0, 0])

    assert loss == pytest.approx(9 * np.log(2.0) + 9 * 0.25, rel=1e-5)


def test_the_official_drums_learn() -> None:

    hits = np.repeat(patterns(4)[:, :8], 8, axis=0)
    network = MusicVae(replace(SMALL, steps=8))
    step = train_step(network, optimizers.Adam(0.01))
    batch: Batch = {
        "inputs": official_inputs(hits),
        "targets": official_outputs(hits),
        "keep": np.ones((32, 8, 1), np.float32),
        "epsilon": np.random.default_rng(0).standard_normal((32, 6)).astype(np.float32),
        "free_bits": np.float32(48.0),
        "beta": np.float32(0.2),
    }

    curve = [step(batch)["reconstruction_nats"] for _ in range(30)]

    assert curve[-1] < 0.7 * curve[0]
    assert hits_of(network.reconstruct(official_inputs(hits))).shape == hits.shape
