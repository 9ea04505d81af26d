"""Every official GrooVAE trains, resumes, and plays in NumPy as in Keras, out of each form that Magenta reads."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import keras
import numpy as np
import pytest

from groovescape_models.checkpoints.official import GrooveInput, OfficialModel
from groovescape_models.checkpoints.official_file import read_official
from groovescape_models.checkpoints.official_write import write_official
from groovescape_models.engines.official_groove import OfficialGroove
from groovescape_models.errors import CheckpointError, DataSetError
from groovescape_models.inference.numpy_musicvae import NumpyMusicVae
from groovescape_models.training import official_kinds
from groovescape_models.training.checkpoint_files import assign_weights
from groovescape_models.training.examples import ExampleArrays
from groovescape_models.training.gmd import load_gmd
from groovescape_models.training.official_grooves import OfficialGrooves, official_layout
from groovescape_models.training.official_kinds import KINDS
from groovescape_models.training.train_groovae import train_groovae

SMALL = {"encoder_size": 24, "latent_size": 6, "decoder_sizes": (16, 16)}
HEARD = {
    "official": (32, GrooveInput.HUMANIZE, 0),
    "official-tap": (32, GrooveInput.TAP, 0),
    "official-hats": (32, GrooveInput.ADD_CLOSED_HAT, 0),
    "official-control": (32, GrooveInput.PLAYED, 9),
    "official-4bar": (64, GrooveInput.PLAYED, 0),
}


@pytest.fixture(scope="module", autouse=True)
def small_layers() -> Iterator[None]:
    """Make the layers small, which no name and no rule depends on."""
    with pytest.MonkeyPatch.context() as patch:
        configs = {name: replace(config, **SMALL) for name, config in official_kinds.CONFIGS.items()}
        patch.setattr(official_kinds, "CONFIGS", configs)
        yield
    keras.backend.clear_session()


@pytest.fixture(scope="module", params=KINDS)
def run(request: pytest.FixtureRequest, tiny_data: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Path]:
    """Return a configuration and the folder of a run of it that stopped after an epoch and went on."""
    folder = tmp_path_factory.mktemp(request.param)
    first = train_groovae(tiny_data, folder, config=request.param, epochs=1)
    again = train_groovae(tiny_data, folder, config=request.param, epochs=3, resume=True)
    assert (first.epochs, again.epochs) == (1, 3)
    assert again.best_score >= first.best_score
    return request.param, folder


def weights_of(run: tuple[str, Path]) -> Path:
    return run[1] / f"{KINDS[run[0]].name}.npz"


def shown(run: tuple[str, Path], data: Path) -> ExampleArrays:
    return OfficialGrooves(KINDS[run[0]]).windows(load_gmd(data).split("validation"))


def test_what_a_run_leaves_is_known_by_its_name(run: tuple[str, Path]) -> None:
    config = read_official(weights_of(run)).config

    assert (config.steps, config.groove_input, config.control_size) == HEARD[run[0]]


def test_it_plays_in_numpy_as_it_does_in_keras(run: tuple[str, Path], tiny_data: Path) -> None:
    examples, model = shown(run, tiny_data), read_official(weights_of(run))
    trained = OfficialGrooves(KINDS[run[0]])
    assign_weights(trained.network, run[1] / "best.npz")
    played = OfficialGroove(NumpyMusicVae(model.weights, model.config), model.config)
    rows = official_layout(examples)

    mu, _ = played.encode_layout(rows)
    given = played.perform(mu, hits=examples.hits)
    (theirs,) = trained.play(examples, rows)

    np.testing.assert_allclose(given[..., 9:18], theirs.velocity, atol=1e-5)
    np.testing.assert_allclose(given[..., 18:] / -2.0, theirs.offset, atol=1e-5)
    if KINDS[run[0]].makes_hits:
        np.testing.assert_array_equal(played.decode(mu), trained.hits(examples))
        assert 0.0 <= trained.hit_f1(examples) <= 1.0


def test_it_is_converted_to_what_magenta_reads_and_back(run: tuple[str, Path], tmp_path: Path) -> None:
    model = read_official(weights_of(run))
    forms = [f"{model.name}.ckpt", f"{model.name}.tar", model.name]
    for form in forms:
        if form == model.name and model.config.control_size:
            with pytest.raises(CheckpointError, match="told the hits"):
                write_official(model, tmp_path / form)
            continue
        write_official(model, tmp_path / form)
        assert_same(read_official(tmp_path / form), model)


def assert_same(found: OfficialModel, expected: OfficialModel) -> None:
    assert found.config == expected.config
    for name, array in expected.weights.items():
        np.testing.assert_array_equal(found.weights[name], array)


def test_a_network_loses_less_of_what_it_is_shown_again(tiny_data: Path) -> None:
    from keras import optimizers

    from groovescape_models.training.train_steps import train_step

    for name in ("official-control", "official-4bar"):
        official = OfficialGrooves(KINDS[name])
        (batch,) = official.batches(load_gmd(tiny_data).split("train"), 0)(0)
        step = train_step(official.network, optimizers.Adam(0.01))
        curve = [step(batch)["reconstruction_nats"] for _ in range(20)]
        assert curve[-1] < 0.8 * curve[0], name


def test_two_bars_are_too_few_for_the_network_of_four(tiny_data: Path) -> None:
    examples = load_gmd(tiny_data).split("train")
    short = examples.where(examples.bars < 1)

    with pytest.raises(DataSetError, match="no performance of four bars"):
        OfficialGrooves(KINDS["official-4bar"]).batches(short, 0)
