"""The drum VAE on its three backends: Keras, NumPy and LiteRT; and a short real training of it."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import keras
import numpy as np
import pytest

from groovescape_models.checkpoints.registry import Weights, open_network, read_weights, shipped_model
from groovescape_models.errors import CheckpointError, UnknownNameError
from groovescape_models.inference.numpy_drum_vae import NumpyDrumVae
from groovescape_models.inference.runtime import LiteRtNetwork
from groovescape_models.music.groove import BoolArray, FloatArray, Groove
from groovescape_models.training.examples import Example, ExampleArrays, stack
from groovescape_models.training.litert_drums import drum_litert
from groovescape_models.training.litert_files import Precision
from groovescape_models.training.networks.drum_vae import DrumVae, DrumVaeConfig
from groovescape_models.training.networks.tensors import Network
from groovescape_models.training.train_drums import make_trainer
from groovescape_models.training.trainer import Progress, Trainer, TrainerOptions

MakeTrainer = Callable[..., Trainer]
ONE = np.array(1.0, np.float32)


@pytest.fixture(scope="module")
def shipped() -> Weights:
    return read_weights(shipped_model("drums_2bar"))


@pytest.fixture(scope="module")
def network(shipped: Weights) -> Network:
    network = DrumVae(DrumVaeConfig(**shipped_model("drums_2bar").config))
    for name, variable in network.named_variables().items():
        variable.assign(shipped[name])
    return network


def beats(count: int, seed: int = 0) -> BoolArray:
    """Return rock with random kicks: patterns that a short training can learn."""
    hits = np.zeros((count, 32, 9), np.bool_)
    hits[:, ::2, 2] = True
    hits[:, 4::8, 1] = True
    hits[:, :, 0] = np.random.default_rng(seed).random((count, 32)) < 0.2
    return hits


def draws(count: int, lanes: int = 9) -> tuple[FloatArray, FloatArray]:
    rng = np.random.default_rng(1)
    return rng.standard_normal((count, 96)).astype(np.float32), rng.logistic(size=(32, count, lanes)).astype(np.float32)


def test_the_same_noise_gives_the_same_hits_on_every_backend(network: Network, shipped: Weights) -> None:
    z, noise = draws(300)
    hits, logits = (np.asarray(part) for part in network.run_free(z, noise, 1.0))

    for backend in (NumpyDrumVae(shipped), LiteRtNetwork(drum_litert(shipped, Precision.FLOAT16))):
        found = backend.run("decode", z=z, noise=noise, temperature=ONE)
        assert (found["hits"] == hits).all()
        assert np.allclose(found["logits"], logits, atol=1e-3)


def test_the_posterior_is_the_same_on_every_backend(network: Network, shipped: Weights) -> None:
    hits = beats(50).astype(np.float32)
    mu, sigma = (np.asarray(part) for part in network.encode(hits))

    for backend in (NumpyDrumVae(shipped), LiteRtNetwork(drum_litert(shipped, Precision.FLOAT16))):
        found = backend.run("encode", hits=hits)
        assert np.allclose(found["mu"], mu, atol=1e-4)
        assert np.allclose(found["sigma"], sigma, atol=1e-4)


def test_playing_by_itself_is_teacher_forcing_on_its_own_hits(network: Network) -> None:
    z, noise = draws(20)
    hits, logits = network.run_free(z, noise, 1.0)
    previous = np.pad(np.asarray(hits)[:, :-1], ((0, 0), (1, 0), (0, 0)))

    forced = network.play(network.plan(z), previous)

    assert np.allclose(np.asarray(forced), np.asarray(logits), atol=1e-4)


def test_the_shipped_file_is_what_an_export_of_the_weights_gives(shipped: Weights) -> None:
    z, noise = draws(50)
    fresh = LiteRtNetwork(drum_litert(shipped, Precision.INT8)).run("decode", z=z, noise=noise, temperature=ONE)
    kept = open_network(shipped_model("drums_2bar"), "litert", "int8").run("decode", z=z, noise=noise, temperature=ONE)

    assert (fresh["hits"] == kept["hits"]).all()


def examples(count: int) -> ExampleArrays:
    """Return as many examples of each split."""
    still = np.zeros((32, 9), np.float32)
    return stack(
        Example(Groove(hits, hits * np.float32(0.8), still), "rock", "drummer1", split, f"{split}.mid", bar)
        for seed, split in enumerate(("train", "validation"))
        for bar, hits in enumerate(beats(count, seed))
    )


@pytest.fixture
def make(tmp_path: Path) -> Iterator[MakeTrainer]:
    def make(epochs: int, *, resume: bool = False, config: str = "groovescape", count: int = 256) -> Trainer:
        options = TrainerOptions(epochs=epochs, resume=resume)
        nothing = np.zeros((0, 32, 9), np.bool_)
        return make_trainer(examples(count), nothing, tmp_path, options, seed=0, config=config)

    yield make
    keras.backend.clear_session()


def losses(folder: Path) -> list[float]:
    return [json.loads(line)["metrics"]["loss"] for line in (folder / "log.jsonl").read_text().splitlines()]


def test_a_short_training_learns_and_resumes_where_it_stopped(make: MakeTrainer, tmp_path: Path) -> None:
    seen: list[Progress] = []
    first = make(3, count=1280).run(seen.append, lambda: False)
    resumed = make(6, count=1280, resume=True)

    assert resumed.state.epoch == 3
    second = resumed.run(seen.append, lambda: False)

    curve = losses(tmp_path)
    assert len(curve) == second.epochs == 6
    assert curve[-1] < 0.7 * curve[0]
    assert second.best_score >= first.best_score > 0.0
    assert seen[-1].metrics["kl_bits"] > 0.0
    with np.load(tmp_path / "best.npz") as best:
        NumpyDrumVae(dict(best))


def test_a_run_is_not_trained_over_and_the_same_seed_gives_it_again(make: MakeTrainer, tmp_path: Path) -> None:
    first = make(1).run(lambda _: None, lambda: False).weights
    with pytest.raises(CheckpointError, match="--resume"):
        make(1)
    for file in tmp_path.iterdir():
        file.unlink()
    second = make(1).run(lambda _: None, lambda: False).weights

    assert all(np.allclose(first[name], second[name], atol=1e-5) for name in first)


def test_a_stopped_training_keeps_its_checkpoint(make: MakeTrainer, tmp_path: Path) -> None:
    result = make(5).run(lambda _: None, lambda: True)

    assert result.stopped
    assert (tmp_path / "latest.npz").is_file()
    assert not list(tmp_path.glob("*.part"))


def test_ctrl_c_keeps_the_checkpoint_too(make: MakeTrainer, tmp_path: Path) -> None:
    def interrupt(_: object) -> None:
        raise KeyboardInterrupt

    assert make(5).run(interrupt, lambda: False).stopped
    assert (tmp_path / "latest.npz").is_file()


def test_the_run_of_another_network_is_not_resumed(make: MakeTrainer) -> None:
    make(1, count=32).run(lambda _: None, lambda: False)

    with pytest.raises(CheckpointError, match="another network"):
        make(2, resume=True, config="official")


def test_an_unknown_configuration_is_refused(make: MakeTrainer) -> None:
    with pytest.raises(UnknownNameError, match="groovescape, medium, official"):
        make(1, config="big")
