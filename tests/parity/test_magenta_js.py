"""Magenta.js in Node plays the folders that we export, as float32 and quantised, as we do."""

from pathlib import Path

import numpy as np
import pytest
from magenta_oracles import load_raw, run_magenta_js, save_raw
from official_cases import BATCH, CASES, Case

from groovescape_models.checkpoints.magenta_js_write import Quantization
from groovescape_models.checkpoints.official import OfficialData
from groovescape_models.checkpoints.official_file import read_official
from groovescape_models.checkpoints.official_write import Form, write_official
from groovescape_models.encoding.official_chords import Tones, control_of
from groovescape_models.inference.numpy_musicvae import NumpyMusicVae
from groovescape_models.music.chords import read_progression
from groovescape_models.music.groove import FloatArray

CHORDS = ("C", "Am7", "F#dim", "Baug", "G7", "N.C.", "Ebmaj7", "Bbm")
TOLERANCE = 1e-4
RUNS = [
    *((name, None) for name in CASES if name != "groovae_2bar_hits_control_tfds"),
    ("groovae_2bar_humanize", Quantization.UINT8),
    ("cat-drums_2bar_small", Quantization.UINT16),
    ("hier-trio_16bar", Quantization.UINT16),
]


def stem(name: str, quantization: Quantization | None) -> str:
    return f"{name}-{quantization.value if quantization else 'float32'}"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with our exports and what Magenta.js answers to each."""
    folder, jobs = tmp_path_factory.mktemp("magenta js"), []
    for name, quantization in RUNS:
        case, own = CASES[name], folder / stem(name, quantization)
        write_official(case.model(), own, Form.JS, quantization)
        inputs = case.inputs()
        jobs.append(
            {
                "folder": own,
                "x": save_raw(own / "x.f32", inputs["x"]),
                "z": save_raw(own / "z.f32", inputs["z"]),
                "chords": CHORDS if case.config.chords else None,
                "mu": own / "mu.f32",
                "outputs": own / "outputs.f32",
            }
        )
    run_magenta_js(jobs, folder)
    return folder


def chord_controls(case: Case) -> FloatArray:
    """Return the chords as we tell them to a network: each for as many steps as the others."""
    chords = [None if chord is None else Tones.of(chord) for chord in read_progression(" | ".join(CHORDS))]
    controls = np.repeat(control_of(case.config, chords), case.config.steps // len(chords), axis=0)
    return np.repeat(controls[None], BATCH, axis=0)


@pytest.mark.parametrize(("name", "quantization"), RUNS)
def test_magenta_js_plays_what_we_export(folder: Path, name: str, quantization: Quantization | None) -> None:
    case, own = CASES[name], folder / stem(name, quantization)
    model = read_official(own)
    inputs = case.inputs()
    steered = {"controls": chord_controls(case)} if case.config.chords else {}
    network, one = NumpyMusicVae(model.weights, model.config), np.ones((), np.float32)
    mu = network.run("encode", inputs=inputs["x"], **steered)["mu"]
    silent = np.zeros_like(inputs["noise"])
    outputs = network.run("decode", z=inputs["z"], noise=silent, temperature=one, **steered)["outputs"]

    theirs = load_raw(own / "outputs.f32", outputs.shape)
    np.testing.assert_allclose(load_raw(own / "mu.f32", mu.shape), mu, atol=TOLERANCE, rtol=TOLERANCE)
    chosen = 9 if case.config.data is OfficialData.GROOVE else case.config.output_size
    np.testing.assert_array_equal(theirs[..., :chosen], outputs[..., :chosen])
    np.testing.assert_allclose(theirs, outputs, atol=TOLERANCE)


@pytest.mark.parametrize(("name", "quantization"), RUNS)
def test_what_we_export_for_magenta_js_is_the_network(
    folder: Path, name: str, quantization: Quantization | None
) -> None:
    """Float32 comes back bit for bit; quantised, no weight is further off than half a step of its variable."""
    sent, back = CASES[name].model(), read_official(folder / stem(name, quantization))

    assert back.config == sent.config
    steps = {None: 0.0, Quantization.UINT8: 0.51 / 255, Quantization.UINT16: 0.51 / 65535}[quantization]
    for path, array in sent.weights.items():
        assert np.abs(back.weights[path] - array).max() <= steps * np.ptp(array) + (1e-6 if steps else 0.0)
