"""The official flat networks as LiteRT files play as in NumPy."""

import numpy as np
import pytest
from official_cases import BATCH, CASES, Case

from groovescape_models.errors import CheckpointError
from groovescape_models.inference.numpy_musicvae import NumpyMusicVae
from groovescape_models.inference.runtime import LiteRtNetwork, Network
from groovescape_models.music.groove import FloatArray
from groovescape_models.training.litert_files import Precision
from groovescape_models.training.litert_musicvae import musicvae_litert

FLAT = [name for name in CASES if not name.startswith("hier")]
ONE = np.ones((), np.float32)


def answers(network: Network, case: Case) -> dict[str, FloatArray]:
    """Return the posterior, what a decoding with noise plays, and the logits on the way along it."""
    inputs = case.inputs()
    told = {"controls": inputs["controls"]} if case.config.control_size else {}
    posterior = network.run("encode", inputs=inputs["x"], **told)
    played = network.run("decode", z=inputs["z"], noise=inputs["noise"], temperature=ONE, **told)["outputs"]
    return {**posterior, "outputs": played, **network.run("score", z=inputs["z"], outputs=played, **told)}


@pytest.mark.parametrize("name", FLAT)
def test_float32_is_the_same_network(name: str) -> None:
    case, model = CASES[name], CASES[name].model()
    expected = answers(NumpyMusicVae(model.weights, model.config), case)
    found = answers(LiteRtNetwork(musicvae_litert(model, Precision.FLOAT32)), case)

    for key, array in expected.items():
        np.testing.assert_allclose(found[key], array, atol=1e-4, err_msg=key)


@pytest.mark.parametrize("name", ["groovae_2bar_humanize", "cat-drums_2bar_small"])
def test_int8_plays_nearly_all_steps_alike_at_a_quarter_of_the_size(name: str) -> None:
    case, model = CASES[name], CASES[name].model()
    small = musicvae_litert(model)
    expected = answers(NumpyMusicVae(model.weights, model.config), case)
    found = answers(LiteRtNetwork(small), case)

    chosen = 9 if case.config.output_size == 27 else case.config.output_size
    assert (found["outputs"][..., :chosen] == expected["outputs"][..., :chosen]).mean() > 0.97
    assert len(small) < 0.3 * sum(4 * array.size for array in model.weights.values())
    assert found["mu"].shape == (BATCH, case.config.latent_size)


def test_a_hierarchical_network_says_that_it_runs_in_numpy() -> None:
    with pytest.raises(CheckpointError, match="NumPy"):
        musicvae_litert(CASES["hier-trio_16bar"].model())
