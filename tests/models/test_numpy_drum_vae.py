import numpy as np
import pytest

from groovescape_models.checkpoints.registry import Precision, open_network, read_weights, shipped_model
from groovescape_models.encoding.drums import to_hits
from groovescape_models.engines.styles import shipped_styles
from groovescape_models.errors import CheckpointError
from groovescape_models.inference.numpy_drum_vae import NumpyDrumVae
from groovescape_models.inference.runtime import Network, litert_available
from groovescape_models.music.groove import BoolArray, FloatArray

ONE = np.array(1.0, np.float32)
ROCK = (
    "x.......x.x.....x.......x.x.....",
    "....x.......x.......x.......x...",
    "x.x.x.x.x.x.x.x.x.x.x.x.x.x.x.x.",
)
# Z and noise of seed 7 on the shipped weights: the most probable pattern, and a draw.
GOLDEN_MODE = (
    "............x...x.........x.....",
    "............x...x...x...........",
    "x...x.x.x.x.x.x.x.x.x.x.x.x.x.x.",
    "................................",
    "................................",
    "................................",
    "................................",
    "................................",
    "................x...x...x...x..x",
)
GOLDEN_DRAW = (
    "........x.......x.....x...x.....",
    "....x.x.....x...x...x...........",
    "x...x.x.xx..x.x.x.x.x.x.xx..x.x.",
    "................................",
    "................................",
    "................................",
    "................................",
    "................................",
    "....x...x...x...x...x...x...x...",
)


def drawn(*lanes: str) -> BoolArray:
    """Return hits (32, 9) of lanes drawn as text, kick first."""
    hits = np.zeros((32, 9), np.bool_)
    for lane, text in enumerate(lanes):
        hits[:, lane] = [mark == "x" for mark in text]
    return hits


def quiet(count: int) -> FloatArray:
    return np.zeros((32, count, 9), np.float32)


@pytest.fixture(scope="module")
def network() -> NumpyDrumVae:
    return NumpyDrumVae(read_weights(shipped_model("drums_2bar")))


def decoded(network: Network, z: FloatArray, noise: FloatArray) -> dict[str, FloatArray]:
    return network.run("decode", z=z, noise=noise, temperature=ONE)


def test_a_rock_beat_comes_back_from_its_place_in_latent_space(network: NumpyDrumVae) -> None:
    hits = drawn(*ROCK)

    z = network.run("encode", hits=hits[None].astype(np.float32))["mu"]

    assert (decoded(network, z, quiet(1))["hits"][0] == hits).all()


def test_sigma_is_positive_and_latents_are_finite(network: NumpyDrumVae) -> None:
    posterior = network.run("encode", hits=np.stack([drawn(), drawn(*ROCK)]).astype(np.float32))

    assert (posterior["sigma"] > 0).all()
    assert np.isfinite(posterior["mu"]).all()
    assert posterior["mu"].shape == (2, 96)


def test_huge_noise_forces_a_path_and_leaves_the_logits_raw(network: NumpyDrumVae) -> None:
    hits = drawn(*ROCK)
    force = np.where(hits, 1e4, -1e4).astype(np.float32)[:, None]

    forced = decoded(network, np.zeros((1, 96), np.float32), force)

    assert (forced["hits"][0] == hits).all()
    assert np.abs(forced["logits"]).max() < 1000.0


def test_a_batch_gives_what_its_members_give_alone(network: NumpyDrumVae) -> None:
    rng = np.random.default_rng(3)
    z = rng.standard_normal((5, 96)).astype(np.float32)
    noise = rng.logistic(size=(32, 5, 9)).astype(np.float32)

    together = decoded(network, z, noise)["hits"]

    for i in range(5):
        assert (decoded(network, z[i : i + 1], noise[:, i : i + 1])["hits"][0] == together[i]).all()


def test_a_cold_temperature_is_the_most_probable_pattern(network: NumpyDrumVae) -> None:
    rng = np.random.default_rng(4)
    z = rng.standard_normal((1, 96)).astype(np.float32)
    noise = rng.logistic(size=(32, 1, 9)).astype(np.float32)

    cold = network.run("decode", z=z, noise=noise, temperature=np.array(1e-4, np.float32))

    assert (cold["hits"] == decoded(network, z, quiet(1))["hits"]).all()


@pytest.mark.parametrize("precision", ["float16", "float32"])
def test_who_asks_for_exact_weights_gets_the_same_hits_for_the_same_noise(
    network: NumpyDrumVae, precision: Precision
) -> None:
    rng = np.random.default_rng(5)
    z = rng.standard_normal((200, 96)).astype(np.float32)
    noise = rng.logistic(size=(32, 200, 9)).astype(np.float32)
    exact = open_network(shipped_model("drums_2bar"), precision=precision)

    here, there = decoded(network, z, noise), decoded(exact, z, noise)

    assert (here["hits"] == there["hits"]).all()
    assert np.allclose(here["logits"], there["logits"], atol=1e-3)


@pytest.mark.skipif(not litert_available(), reason="LiteRT has no wheel here")
def test_eight_bits_play_nearly_every_step_of_real_patterns_as_float32_does(network: NumpyDrumVae) -> None:
    patterns = [pattern for style in shipped_styles() for pattern in style.patterns]
    hits = np.stack([to_hits(pattern) for pattern in patterns]).astype(np.float32)
    noise = np.random.default_rng(5).logistic(size=(32, len(hits), 9)).astype(np.float32)
    int8 = open_network(shipped_model("drums_2bar"), "litert", "int8")

    here, there = (decoded(net, net.run("encode", hits=hits)["mu"], noise)["hits"] for net in (network, int8))

    assert (here == there).all(-1).mean() >= 0.995


@pytest.mark.skipif(not litert_available(), reason="LiteRT has no wheel here")
def test_eight_bits_play_a_pattern_alone_as_among_others() -> None:
    rng = np.random.default_rng(6)
    z = rng.standard_normal((9, 96)).astype(np.float32)
    noise = rng.logistic(size=(32, 9, 9)).astype(np.float32)
    int8 = open_network(shipped_model("drums_2bar"), "litert", "int8")

    together = decoded(int8, z, noise)["hits"]

    for i in range(9):
        assert (decoded(int8, z[i : i + 1], noise[:, i : i + 1])["hits"][0] == together[i]).all()


def test_missing_weights_and_unknown_signatures_are_refused(network: NumpyDrumVae) -> None:
    with pytest.raises(CheckpointError, match="encoder/dense_0/kernel"):
        NumpyDrumVae({})
    with pytest.raises(ValueError, match="'sing'"):
        network.run("sing")


def test_seed_seven_plays_what_it_played_when_the_weights_were_shipped(network: NumpyDrumVae) -> None:
    rng = np.random.default_rng(7)
    z = rng.standard_normal((1, 96)).astype(np.float32)
    noise = rng.logistic(size=(32, 1, 9)).astype(np.float32)

    assert (decoded(network, z, quiet(1))["hits"][0] == drawn(*GOLDEN_MODE)).all()
    assert (decoded(network, z, noise)["hits"][0] == drawn(*GOLDEN_DRAW)).all()
