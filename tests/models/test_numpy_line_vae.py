import numpy as np
import pytest

from groovescape_models.checkpoints.registry import Weights, open_network, read_weights, shipped_model
from groovescape_models.encoding.lines import NOTE_OFF
from groovescape_models.errors import CheckpointError
from groovescape_models.inference.numpy_line_vae import NumpyLineVae, lasting
from groovescape_models.inference.runtime import Network, litert_available
from groovescape_models.music.groove import FloatArray

IDS = ("melody_2bar", "bass_2bar")
ONE = np.array(1.0, np.float32)
GOLDEN = {
    "melody_2bar": [
        0,
        0,
        0,
        0,
        38,
        40,
        0,
        0,
        38,
        0,
        37,
        1,
        37,
        0,
        35,
        0,
        33,
        31,
        29,
        1,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        14,
        1,
        0,
        0,
        0,
    ],
    "bass_2bar": [
        17,
        14,
        12,
        0,
        0,
        0,
        0,
        0,
        15,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        20,
        22,
        1,
        0,
        0,
        0,
        0,
        0,
        0,
        28,
        0,
        0,
        0,
        0,
        0,
        0,
    ],
}
"""Z and noise of seed 7 on the shipped weights, as the networks count tokens."""


@pytest.fixture(scope="module", params=IDS)
def model_id(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def weights(model_id: str) -> Weights:
    return read_weights(shipped_model(model_id))


@pytest.fixture(scope="module")
def network(weights: Weights) -> NumpyLineVae:
    return NumpyLineVae(weights)


def inputs(weights: Weights, count: int, seed: int = 3) -> dict[str, FloatArray]:
    rng = np.random.default_rng(seed)
    size, vocabulary = weights["encoder/mu/bias"].size, len(weights["player/tokens/kernel"])
    return {
        "z": rng.standard_normal((count, size)).astype(np.float32),
        "noise": rng.gumbel(size=(32, count, vocabulary)).astype(np.float32),
        "condition": np.zeros((count, 8, 36), np.float32),
        "past": np.full((count, 16), -1, np.float32),
    }


def decoded(network: Network, given: dict[str, FloatArray]) -> FloatArray:
    return network.run("decode", temperature=ONE, **given)["tokens"]


def test_a_batch_gives_what_its_members_give_alone(network: NumpyLineVae, weights: Weights) -> None:
    given = inputs(weights, 5)
    together = decoded(network, given)

    for row in range(5):
        alone = {
            name: array[:, row : row + 1] if name == "noise" else array[row : row + 1] for name, array in given.items()
        }
        assert (decoded(network, alone)[0] == together[row]).all()


def test_a_draw_is_the_largest_of_scores_and_noise(network: NumpyLineVae, weights: Weights) -> None:
    given = inputs(weights, 6)
    tokens = decoded(network, given)

    logits = network.run("score", tokens=tokens, **{n: a for n, a in given.items() if n != "noise"})["logits"]

    assert ((logits + given["noise"].transpose(1, 0, 2)).argmax(-1) == tokens).all()


def test_logits_of_the_notes_are_those_of_beginning_one_shared_out(network: NumpyLineVae, weights: Weights) -> None:
    given = inputs(weights, 2)
    tokens = np.zeros((2, 32), np.float32)

    logits = network.run("score", tokens=tokens, **{n: a for n, a in given.items() if n != "noise"})["logits"]

    assert np.isfinite(logits).all()
    assert logits.shape == (2, 32, len(weights["player/tokens/kernel"]))


def test_sigma_is_positive_and_key_and_chords_are_heard(network: NumpyLineVae, weights: Weights) -> None:
    tokens = decoded(network, inputs(weights, 4))
    silent, major = np.zeros((4, 8, 36), np.float32), np.zeros((4, 8, 36), np.float32)
    major[:, :, [0, 2, 4, 5, 7, 9, 11, 12, 24, 28, 31]] = 1.0

    without, told = (network.run("encode", tokens=tokens, condition=condition) for condition in (silent, major))

    assert (without["sigma"] > 0).all()
    assert np.abs(without["mu"] - told["mu"]).max() > 1e-3


def test_the_note_that_lasts_is_the_last_that_began_unless_it_ended() -> None:
    past = np.full((3, 16), -1)
    past[1, 5], past[2, 5], past[2, 9] = 30, 30, NOTE_OFF

    assert lasting(past).tolist() == [NOTE_OFF, 30, NOTE_OFF]


@pytest.mark.skipif(not litert_available(), reason="LiteRT has no wheel here")
def test_the_shipped_file_keeps_nearly_all_tokens(network: NumpyLineVae, weights: Weights, model_id: str) -> None:
    given = inputs(weights, 200)

    same = decoded(network, given) == decoded(open_network(shipped_model(model_id), "litert"), given)

    assert same.mean() >= 0.995


def test_missing_weights_and_unknown_signatures_are_refused(network: NumpyLineVae) -> None:
    with pytest.raises(CheckpointError, match="encoder/dense_0/kernel"):
        NumpyLineVae({})
    with pytest.raises(ValueError, match="'sing'"):
        network.run("sing")


def test_seed_seven_plays_what_it_played_when_the_weights_were_shipped() -> None:
    for name, tokens in GOLDEN.items():
        weights = read_weights(shipped_model(name))
        assert decoded(NumpyLineVae(weights), inputs(weights, 1, seed=7))[0].tolist() == tokens
