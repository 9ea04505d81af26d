"""The conductor in Keras and in NumPy, the two-bar decoders that teach it, and a short real training of it."""

from pathlib import Path

import numpy as np
import pytest

from groovescape_models.engines.phrases import play_phrases, read_phrases
from groovescape_models.errors import DataSetError, UnknownNameError
from groovescape_models.inference.numpy_conductor import NumpyConductor
from groovescape_models.inference.numpy_flow import NumpyFlow
from groovescape_models.inference.numpy_line_vae import NumpyLineVae
from groovescape_models.music.groove import BoolArray
from groovescape_models.music.pattern import Role
from groovescape_models.training.checkpoint_files import value_of
from groovescape_models.training.conductor_tasks import (
    TASKS,
    ConductorTask,
    augmented,
    conductor,
    conductor_batch,
)
from groovescape_models.training.flow_tasks import Latents, flow_batches, latent_flow, misses_of
from groovescape_models.training.four_bars import FourBars, Window, stack_windows
from groovescape_models.training.line_tasks import line_network
from groovescape_models.training.train_conductor import make_conductor_trainer, train_conductor
from groovescape_models.training.trainer import Trainer, TrainerOptions
from groovescape_models.training.two_bar_models import TwoBarModel, shipped_two_bars


@pytest.fixture(scope="module")
def models() -> dict[Role, TwoBarModel]:
    """The shipped drums, and lines as a training begins with them."""
    lines = {}
    for role in (Role.MELODY, Role.BASS):
        network = line_network(role, "groovescape", seed=1)
        weights = {name: value_of(variable) for name, variable in network.named_variables().items()}
        assert NumpyLineVae(weights).steps == 32
        lines[role] = TwoBarModel(role, weights)
    return {**lines, Role.DRUMS: shipped_two_bars(Role.DRUMS)}


def beats(count: int, seed: int = 0) -> BoolArray:
    """Rock whose kicks are random, but the same in both halves."""
    hits = np.zeros((count, 64, 9), np.bool_)
    hits[:, ::2, 2] = True
    hits[:, 4::8, 1] = True
    hits[:, :, 0] = np.tile(np.random.default_rng(seed).random((count, 32)) < 0.2, (1, 2))
    return hits


def windows(count: int, train: int = 1000) -> FourBars:
    """Rock alone and under two lines by turns; so many of them to train on, the rest to validate."""
    rng = np.random.default_rng(2)
    lines = rng.choice([0, 0, 0, 1, 41, 43, 45], (count, 2, 64)).astype(np.int16)
    parts = [
        {Role.MELODY: lines[row, 0], Role.BASS: lines[row, 1], Role.DRUMS: hits} if row % 2 else {Role.DRUMS: hits}
        for row, hits in enumerate(beats(count))
    ]
    splits = ["train" if row < train else "validation" for row in range(count)]
    return stack_windows(
        Window(part, "rock", "a song", split, "made") for part, split in zip(parts, splits, strict=True)
    )


def test_keras_and_numpy_agree(models: dict[Role, TwoBarModel]) -> None:
    task = TASKS["trio_4bar"]
    network = conductor(task, models, seed=0)
    runs = NumpyConductor({name: value_of(variable) for name, variable in network.named_variables().items()})
    rng = np.random.default_rng(3)
    means = {
        role.value: rng.standard_normal((4, 2, models[role].latent_size)).astype(np.float32) for role in task.roles
    }
    has = np.ones((4, 3), np.float32)
    mu, sigma = network.encode(means, has)
    found = runs.encode(means, has)
    assert np.allclose(found["mu"], mu, atol=1e-4)
    assert np.allclose(found["sigma"], sigma, atol=1e-4)
    for role, phrases in network.unroll(mu).items():
        assert np.allclose(runs.unroll(np.asarray(mu))[role], phrases, atol=1e-4)


def test_the_players_say_what_the_two_bar_models_pay(models: dict[Role, TwoBarModel]) -> None:
    task = ConductorTask((Role.DRUMS,), 0.0, 8, ())
    bars = windows(6)
    reader = models[Role.DRUMS].latent_model()
    batch = conductor_batch(task, bars, {Role.DRUMS: reader}, np.random.default_rng(0))
    phrases = batch["mean/drums"]
    nats = conductor(task, models, seed=0).players["drums"](phrases, {**batch, "keep": np.ones_like(batch["keep"])})
    logits = reader.logits(phrases.reshape(12, -1), bars.hits.reshape(12, 32, 9))
    hits = bars.hits.reshape(12, 32, 9)
    expected = (np.logaddexp(0.0, logits) - logits * hits).sum((1, 2)).reshape(6, 2).sum(1)
    assert np.allclose(nats, expected, rtol=1e-4)


def test_a_player_of_lines_hears_the_phrase_before(models: dict[Role, TwoBarModel]) -> None:
    task = ConductorTask((Role.MELODY,), 0.0, 8, ())
    bars = windows(8).at(np.arange(8) % 2 == 1)
    batch = dict(
        conductor_batch(task, bars, {Role.MELODY: models[Role.MELODY].latent_model()}, np.random.default_rng(0))
    )
    player = conductor(task, models, seed=0).players["melody"]
    whole = np.asarray(player(batch["mean/melody"], batch))
    batch["heard/melody"] = np.full_like(batch["heard/melody"], -1)
    batch["sounding/melody"] = np.full_like(batch["sounding/melody"], -1)
    deaf = np.asarray(player(batch["mean/melody"], batch))
    assert whole.shape == deaf.shape == (4,)
    assert not np.allclose(whole, deaf)


def test_a_short_training_brings_four_bars_back(models: dict[Role, TwoBarModel], tmp_path: Path) -> None:
    bars = windows(256, train=200)
    options = TrainerOptions(epochs=24, learning_rate=4e-3, epochs_between_validations=8)
    trainer = make_conductor_trainer("drums_4bar", bars, models, tmp_path, options, seed=0)
    result = trainer.run(lambda _: None, lambda: False)
    assert result.best_score > 0.75
    runs, reader = NumpyConductor(result.weights), models[Role.DRUMS].latent_model()
    means, _ = read_phrases(reader, bars.hits, None)
    z = runs.run("encode", drums=means, has=np.ones((len(bars), 1), np.float32))["mu"]
    back = play_phrases(reader, runs.run("unroll", z=z)["drums"], None, 1.0, None)
    assert (back == bars.hits).mean() > 0.93


def test_a_flow_agrees_with_numpy_and_learns_where_latents_lie(tmp_path: Path) -> None:
    task = ConductorTask((Role.DRUMS,), 0.0, 6, ("rock", "jazz"))
    rng = np.random.default_rng(0)
    styles = np.eye(2, dtype=np.float32)[rng.integers(0, 2, 2048)]
    mean = (styles @ np.array([[2.0] * 6, [-2.0] * 6]) + 0.1 * rng.standard_normal((2048, 6))).astype(np.float32)
    latents = Latents(mean, np.full_like(mean, 0.1), styles, np.full(2048, 1 / 2048, np.float32))
    network = latent_flow(task, seed=0)
    trainer = Trainer(network, flow_batches(latents, 0), misses_of(latents), TrainerOptions(epochs=30), tmp_path)
    trainer.run(lambda _: None, lambda: False)
    runs = NumpyFlow({name: value_of(variable) for name, variable in network.named_variables().items()})
    noise, time = rng.standard_normal((5, 6)).astype(np.float32), np.full((5, 1), 0.3, np.float32)
    assert np.allclose(runs.velocity(noise, 0.3, styles[:5]), network.velocity(noise, time, styles[:5]), atol=1e-4)
    drawn = runs.carry(rng.standard_normal((200, 6)).astype(np.float32), styles[:200])
    assert (np.sign(drawn) == np.sign(mean[:200])).mean() > 0.95


def test_augmenting_changes_drums_that_play_alone_and_no_others() -> None:
    bars = windows(64)
    changed = augmented(bars, windows(8), np.random.default_rng(0))
    together = bars.has[:, 0]
    swapped = np.roll(bars.hits, 32, axis=1)
    kept = (changed.hits == bars.hits).all((1, 2)) | (changed.hits == swapped).all((1, 2))
    assert kept[together].all()
    assert not kept[~together].all()
    assert (bars.hits == windows(64).hits).all()


def test_what_cannot_be_trained_is_said(models: dict[Role, TwoBarModel], tmp_path: Path) -> None:
    with pytest.raises(UnknownNameError, match="choose groovescape"):
        train_conductor("drums_4bar", tmp_path, tmp_path, config="official", epochs=1)
    with pytest.raises(DataSetError, match="lacks a training or a validation split"):
        make_conductor_trainer("drums_4bar", windows(4), models, tmp_path, TrainerOptions(epochs=1), seed=0)
