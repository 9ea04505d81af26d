"""Magenta 2.1.4 and ours on the same weights and the same noise, both ways: its checkpoints here, our exports there."""

from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pytest
from magenta_oracles import run_magenta
from numpy.typing import NDArray
from official_cases import BATCH, CASES, Case

from groovescape_models.checkpoints.official import OfficialData, OfficialModel
from groovescape_models.checkpoints.official_file import read_official
from groovescape_models.checkpoints.official_write import write_official
from groovescape_models.inference.numpy_musicvae import NumpyMusicVae

Answers = Mapping[str, NDArray[np.float32]]
TOLERANCE = 1e-4
INITIALISED = "groovae_2bar_hits_control_tfds"
"""This one keeps what Magenta's own initialisers give; the others draw larger numbers."""
EXPORTED = ("groovae_2bar_humanize", "cat-drums_2bar_small", "cat-mel_2bar_med_chords", "hier-trio_16bar")
TRAINED = ("groovae_2bar_humanize", "cat-drums_2bar_small")
"""Read by Magenta's TrainedModel too, out of a .tar."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with Magenta's checkpoints, our exports, and what Magenta answers to both."""
    folder, jobs = tmp_path_factory.mktemp("networks"), []
    for case in CASES.values():
        inputs = folder / f"{case.name}.inputs.npz"
        np.savez(inputs, **case.inputs())
        saved = {"save": folder / f"{case.name}.ckpt", "answers": folder / f"{case.name}.theirs.npz"}
        runs: list[dict[str, object]] = [saved if case.name == INITIALISED else {**saved, "draw": 7}]
        if case.name in EXPORTED:
            write_official(case.model(), folder / f"ours-{case.name}.ckpt")
            runs.append({"restore": folder / f"ours-{case.name}.ckpt", "answers": folder / f"{case.name}.ours.npz"})
        if case.name in TRAINED:
            write_official(case.model(), folder / f"ours-{case.name}.tar")
            runs.append({"trained": folder / f"ours-{case.name}.tar", "answers": folder / f"{case.name}.trained.npz"})
        jobs.append({**case.job(), "inputs": inputs, "runs": runs})
    run_magenta("magenta_networks", jobs, folder)
    return folder


def ours(model: OfficialModel, case: Case, *, with_noise: bool = True) -> Answers:
    """Return what our runtime answers to the inputs of a case."""
    network, inputs = NumpyMusicVae(model.weights, model.config), case.inputs()
    steered = {"controls": inputs["controls"]} if case.config.control_size else {}
    posterior = network.run("encode", inputs=inputs["x"], **steered)
    if steered:
        steered = {"controls": np.repeat(inputs["control"][None], BATCH, axis=0)}
    noise = inputs["noise"] if with_noise else np.zeros_like(inputs["noise"])
    one = np.ones((), np.float32)
    return {**posterior, **network.run("decode", z=inputs["z"], noise=noise, temperature=one, **steered)}


def assert_same(found: Answers, expected: Answers, case: Case) -> None:
    for name in ("mu", "sigma", "logits"):
        if name in expected:
            np.testing.assert_allclose(found[name], expected[name], atol=TOLERANCE, rtol=TOLERANCE, err_msg=name)
    chosen = 9 if case.config.data is OfficialData.GROOVE else case.config.output_size
    np.testing.assert_array_equal(found["outputs"][..., :chosen], expected["outputs"][..., :chosen])
    np.testing.assert_allclose(found["outputs"], expected["outputs"], atol=TOLERANCE)


@pytest.mark.parametrize("name", CASES)
def test_a_checkpoint_that_magenta_saves_is_read_and_plays_the_same(folder: Path, name: str) -> None:
    model = read_official(folder / f"{name}.ckpt")

    assert model.config == CASES[name].config
    assert_same(ours(model, CASES[name]), np.load(folder / f"{name}.theirs.npz"), CASES[name])


@pytest.mark.parametrize("name", EXPORTED)
def test_magenta_restores_what_we_export_and_plays_the_same(folder: Path, name: str) -> None:
    assert_same(ours(CASES[name].model(), CASES[name]), np.load(folder / f"{name}.ours.npz"), CASES[name])


@pytest.mark.parametrize("name", TRAINED)
def test_magentas_front_door_opens_our_archive(folder: Path, name: str) -> None:
    expected = np.load(folder / f"{name}.trained.npz")

    assert_same(ours(CASES[name].model(), CASES[name], with_noise=False), expected, CASES[name])


def test_the_networks_have_something_to_say(folder: Path) -> None:
    for case in CASES.values():
        if case.name != INITIALISED:
            answers = np.load(folder / f"{case.name}.theirs.npz")
            assert len(np.unique(answers["outputs"].reshape(-1, case.config.output_size), axis=0)) > 20
            assert np.abs(answers["mu"]).max() > 0.1
