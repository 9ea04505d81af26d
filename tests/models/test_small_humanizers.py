"""The students of the humaniser on the weights that ship: the LSTM, and the lite one that plays a step at a time."""

import numpy as np
import pytest

from groovescape_models.checkpoints.registry import open_network, read_weights, shipped_model
from groovescape_models.engines.library import Library
from groovescape_models.errors import CheckpointError
from groovescape_models.inference.numpy_humanizer_lite import NumpyHumanizerLite
from groovescape_models.inference.runtime import Network, litert_available
from groovescape_models.music.drumkit import Drum
from groovescape_models.music.groove import FloatArray

LSTM = "groove_lstm_2bar"
LITE = "humanizer_lite_2bar"
OUTPUTS = ("velocity", "velocity_scale", "offset", "offset_scale")
TEMPO = np.full((1, 1), 104.0, np.float32)
ONE = np.ones((1, 1), np.float32)
MEGABYTE = 1_000_000

needs_litert = pytest.mark.skipif(not litert_available(), reason="LiteRT has no wheel here")


def rock(bars: int = 2) -> FloatArray:
    """Return a plain rock beat, (1, 16 bars, 9): eighth hats, kick on 1 and 3, snare on 2 and 4."""
    hits = np.zeros((1, 16 * bars, 9), np.float32)
    hits[:, ::2, Drum.CLOSED_HAT] = 1.0
    hits[:, ::8, Drum.KICK] = 1.0
    hits[:, 4::8, Drum.SNARE] = 1.0
    return hits


def laid_back() -> FloatArray:
    """Return the rock beat with a snare that is late, as the encoder sees it, (1, 32, 27)."""
    hits = rock()
    late = np.zeros_like(hits)
    late[:, :, Drum.SNARE] = 0.3
    return np.concatenate([hits, 0.7 * hits, late * hits], axis=-1).astype(np.float32)


def in_numpy(model_id: str) -> Network:
    return open_network(shipped_model(model_id), "numpy")


def feel(network: Network) -> FloatArray:
    return network.run("encode", groove=laid_back(), tempo=TEMPO)["mu"]


def played(network: Network, z: FloatArray, known: float = 1.0, bars: int = 2) -> dict[str, FloatArray]:
    return network.run("decode", hits=rock(bars), tempo=TEMPO, z=z, known=known * ONE)


def steps_of(network: Network, z: FloatArray, hits: FloatArray) -> dict[str, FloatArray]:
    """Return what the lite humaniser says of hits that it is told step by step, (1, T, 9) each."""
    units = shipped_model(LITE).config["decoder_lstm"]
    c = h = np.zeros((1, units), np.float32)
    answers = []
    for step in range(hits.shape[1]):
        answer = network.run("step", hits=hits[:, step], place=step % 32 * ONE, tempo=TEMPO, z=z, known=ONE, c=c, h=h)
        c, h = answer.pop("c"), answer.pop("h")
        answers.append(answer)
    return {name: np.stack([answer[name] for answer in answers], axis=1) for name in OUTPUTS}


@pytest.mark.parametrize("model_id", [LSTM, LITE])
def test_a_students_file_is_less_than_a_megabyte(model_id: str) -> None:
    assert shipped_model(model_id).files["model.tflite"]["bytes"] <= MEGABYTE


@pytest.mark.parametrize("model_id", [LSTM, LITE])
def test_a_student_reads_the_feel_of_its_teacher(model_id: str) -> None:
    np.testing.assert_allclose(feel(in_numpy(model_id)), feel(in_numpy("humanizer_2bar")), atol=1e-4)


@pytest.mark.parametrize("model_id", [LSTM, LITE])
def test_a_late_snare_is_played_late_by_who_is_given_its_feel(model_id: str) -> None:
    network = in_numpy(model_id)
    snare = np.s_[0, 4::8, Drum.SNARE]

    late, nobody = (played(network, feel(network), known)["offset"][snare] for known in (1.0, 0.0))

    assert late.mean() > nobody.mean() + 0.005


@needs_litert
@pytest.mark.parametrize("model_id", [LSTM, LITE, "humanizer_2bar"])
def test_numpy_plays_what_litert_plays_in_float16(model_id: str) -> None:
    network, lite_rt = in_numpy(model_id), open_network(shipped_model(model_id), "litert", "float16")
    z = feel(network)

    expected, found = played(network, z), played(lite_rt, z)

    for name in OUTPUTS:
        np.testing.assert_allclose(found[name], expected[name], atol=1e-4)


@needs_litert
@pytest.mark.parametrize("model_id", [LSTM, LITE])
def test_eight_bits_move_no_hit_by_more_than_a_few_milliseconds(model_id: str) -> None:
    network, eight_bits = in_numpy(model_id), open_network(shipped_model(model_id), "litert")
    z = feel(network)

    late = np.abs(played(eight_bits, z)["offset"] - played(network, z)["offset"])[rock() > 0] * 15_000.0 / 104.0

    assert 0.0 < late.max() < 3.0


@needs_litert
def test_four_bars_at_once_are_the_same_in_numpy_and_litert() -> None:
    info = shipped_model("humanizer_2bar")
    answers = [
        network.run("decode_4bar", hits=rock(4), tempo=TEMPO, z=np.zeros((1, 24), np.float32), known=0.0 * ONE)
        for network in (open_network(info, "numpy"), open_network(info, "litert"))
    ]

    assert answers[0]["offset"].shape == (1, 64, 9)
    struck = rock(4) > 0
    for name in OUTPUTS:
        np.testing.assert_allclose(answers[0][name][struck], answers[1][name][struck], atol=1e-4)


@pytest.mark.parametrize("backend", ["numpy", pytest.param("litert", marks=needs_litert)])
def test_steps_one_by_one_are_the_whole(backend: str) -> None:
    info = shipped_model(LITE)
    network = open_network(info, "numpy") if backend == "numpy" else open_network(info, "litert", "float16")
    z = feel(network)

    for name, whole in played(network, z).items():
        np.testing.assert_allclose(steps_of(network, z, rock())[name], whole, atol=1e-4)


def test_a_step_knows_nothing_of_what_follows() -> None:
    network = in_numpy(LITE)
    z, other = feel(network), rock()
    other[:, 12:, :] = 1.0 - other[:, 12:, :]

    first = played(network, z)["offset"]
    second = network.run("decode", hits=other, tempo=TEMPO, z=z, known=ONE)["offset"]

    np.testing.assert_array_equal(first[:, :12], second[:, :12])
    assert not np.allclose(first[:, 12:], second[:, 12:])


def test_a_signature_that_the_lite_one_does_not_have_is_refused() -> None:
    with pytest.raises(ValueError, match="encode, step, decode"):
        in_numpy(LITE).run("dream")


def test_lite_weights_without_their_lstm_are_refused() -> None:
    weights = dict(read_weights(shipped_model(LITE)))
    del weights["decoder/lstm/bias"]

    with pytest.raises(CheckpointError, match="decoder/lstm/bias"):
        NumpyHumanizerLite(weights)


@pytest.mark.parametrize("model_id", [LSTM, LITE])
def test_a_student_plays_in_the_humanisers_place(model_id: str) -> None:
    humanizer = Library("numpy").humanizer_named(model_id)

    expected = humanizer.decode(rock() > 0, 104.0, None)

    assert expected.offset.shape == (1, 32, 9)
    assert (np.abs(expected.offset) < 0.5).all()
    assert expected.velocity[0, 4::8, Drum.SNARE].min() > expected.velocity[0, ::2, Drum.CLOSED_HAT].mean()
