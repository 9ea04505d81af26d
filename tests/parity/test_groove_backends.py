"""The humaniser on its three backends: Keras, NumPy and LiteRT; official GrooVAE; and short real trainings."""

import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import keras
import numpy as np
import pytest
from groove_examples import examples

from groovescape_models.checkpoints.registry import open_network, read_weights, shipped_model
from groovescape_models.errors import UnknownNameError
from groovescape_models.inference.numpy_humanizer import NumpyHumanizer
from groovescape_models.inference.numpy_musicvae import NumpyMusicVae
from groovescape_models.inference.runtime import LiteRtNetwork, Network
from groovescape_models.music.groove import FloatArray
from groovescape_models.training.feels import feel_rows
from groovescape_models.training.networks.tensors import Network as KerasNetwork

if TYPE_CHECKING:
    from groovescape_models.training.trainer import Trainer, TrainingResult

MODEL = "humanizer_2bar"
Weights = Mapping[str, FloatArray]
Performances = tuple[FloatArray, FloatArray, FloatArray]
Make = Callable[..., "Trainer"]
OUTPUTS = ("velocity", "velocity_scale", "offset", "offset_scale")


@pytest.fixture(scope="module")
def shipped() -> Weights:
    return read_weights(shipped_model(MODEL))


@pytest.fixture(scope="module")
def network(shipped: Weights) -> KerasNetwork:
    from groovescape_models.training.humanizer_kinds import load_humanizer

    return load_humanizer(shipped)


@pytest.fixture(scope="module")
def backends(shipped: Weights) -> tuple[Network, ...]:
    return NumpyHumanizer(shipped), open_network(shipped_model(MODEL), "litert")


@pytest.fixture(scope="module")
def batch() -> Performances:
    """Hits, tempos and performances as the encoder sees them."""
    rows = examples(60).split("train")
    return rows.hits.astype(np.float32), rows.tempos_bpm[:, None], feel_rows(rows)


def test_the_feel_is_the_same_on_every_backend(
    network: KerasNetwork, backends: tuple[Network, ...], batch: Performances
) -> None:
    _, tempo, feel = batch
    mu, sigma = (np.asarray(part) for part in network.encode(feel, tempo))

    for backend in backends:
        found = backend.run("encode", groove=feel, tempo=tempo)
        np.testing.assert_allclose(found["mu"], mu, atol=2e-3)
        np.testing.assert_allclose(found["sigma"], sigma, atol=2e-3)


@pytest.mark.parametrize("known", [0.0, 1.0])
def test_the_playing_is_the_same_on_every_backend(
    network: KerasNetwork, backends: tuple[Network, ...], batch: Performances, known: float
) -> None:
    hits, tempo, feel = batch
    z, flag = np.asarray(network.encode(feel, tempo)[0]), np.full_like(tempo, known)
    played = {name: np.asarray(part) for name, part in network.decode(hits, tempo, z, flag).items()}

    for backend in backends:
        found = backend.run("decode", hits=hits, tempo=tempo, z=z, known=flag)
        for name in OUTPUTS:
            np.testing.assert_allclose(found[name], played[name], atol=2e-3)


def test_the_weights_file_and_the_network_have_the_same_arrays(network: KerasNetwork, shipped: Weights) -> None:
    assert {name: tuple(v.shape) for name, v in network.named_variables().items()} == {
        name: array.shape for name, array in shipped.items()
    }


def test_an_export_of_the_weights_plays_as_the_shipped_file(network: KerasNetwork, batch: Performances) -> None:
    from groovescape_models.training.litert_humanizers import to_litert

    hits, tempo, feel = batch
    played = []
    for backend in (LiteRtNetwork(to_litert(network)), open_network(shipped_model(MODEL), "litert")):
        mu = backend.run("encode", groove=feel, tempo=tempo)["mu"]
        played.append(backend.run("decode", hits=hits, tempo=tempo, z=mu, known=np.ones_like(tempo)))

    for name in OUTPUTS:
        np.testing.assert_allclose(played[0][name], played[1][name], atol=1e-5)


def test_numpy_runs_official_weights_as_keras_does() -> None:
    from groovescape_models.training.networks.musicvae import MusicVae
    from groovescape_models.training.networks.musicvae_config import MusicVaeConfig, OutputKind

    small = MusicVaeConfig(27, 27, OutputKind.GROOVE, encoder_size=12, latent_size=6, decoder_sizes=(8, 8))
    network = MusicVae(small)
    fallback = NumpyMusicVae({name: np.asarray(v) for name, v in network.named_variables().items()})
    rng = np.random.default_rng(3)
    inputs = rng.random((4, 32, 27)).astype(np.float32)
    z, noise = rng.standard_normal((4, 6)).astype(np.float32), rng.logistic(size=(32, 4, 9)).astype(np.float32)

    encoded = fallback.run("encode", inputs=inputs)
    outputs = fallback.run("decode", z=z, noise=noise, temperature=np.array(1.0, np.float32))["outputs"]

    for found, name in zip(network.encode(inputs), ("mu", "sigma"), strict=True):
        np.testing.assert_allclose(encoded[name], np.asarray(found), atol=1e-5)
    np.testing.assert_allclose(outputs, np.asarray(network.run_free(z, noise, 1.0)[0]), atol=1e-5)


@pytest.fixture
def make(tmp_path: Path) -> Iterator[Make]:
    from groovescape_models.training.train_groovae import make_trainer
    from groovescape_models.training.trainer import TrainerOptions

    def make(epochs: int, *, resume: bool = False, config: str = "groovescape", count: int = 512) -> "Trainer":
        options = TrainerOptions(epochs=epochs, resume=resume, epochs_between_validations=min(6, epochs))
        return make_trainer(examples(count), tmp_path, options, seed=0, config=config)

    yield make
    keras.backend.clear_session()


def run(trainer: "Trainer") -> "TrainingResult":
    return trainer.run(lambda _: None, lambda: False)


def test_a_short_training_learns_the_rule_and_resumes_where_it_stopped(make: Make, tmp_path: Path) -> None:
    first = run(make(12))
    resumed = make(24, resume=True)

    assert resumed.state.epoch == 12
    second = run(resumed)

    log = [json.loads(line) for line in (tmp_path / "log.jsonl").read_text().splitlines()]
    assert len(log) == second.epochs == 24
    assert log[-1]["metrics"]["timing_ms"] < 0.6 * log[0]["metrics"]["timing_ms"]
    assert second.best_score > first.best_score
    assert log[-1]["validation"]["velocity"] < log[5]["validation"]["velocity"]


def test_what_is_kept_is_the_mean_of_the_weights_and_numpy_plays_it(make: Make, tmp_path: Path) -> None:
    result = run(make(2))
    with np.load(tmp_path / "best.npz") as best:
        kept = dict(best)

    assert all(np.array_equal(kept[name], result.weights[name]) for name in kept)
    hits = examples(4).hits.astype(np.float32)
    nobody, tempo = np.zeros((len(hits), 24), np.float32), np.full((len(hits), 1), 110.0, np.float32)
    played = NumpyHumanizer(kept).run("decode", hits=hits, tempo=tempo, z=nobody, known=np.zeros_like(tempo))
    assert np.isfinite(played["offset"]).all()


def test_the_official_configuration_trains_under_magentas_names(make: Make, tmp_path: Path) -> None:
    result = run(make(1, config="official", count=16))

    network = NumpyMusicVae(result.weights)
    assert (network.latent_size, network.output_size) == (256, 27)
    line = json.loads((tmp_path / "log.jsonl").read_text().splitlines()[0])
    assert line["validation"]["timing_ms"] > 0.0


def test_an_unknown_configuration_is_refused(make: Make) -> None:
    with pytest.raises(UnknownNameError, match="groovescape, official"):
        make(1, config="big")
