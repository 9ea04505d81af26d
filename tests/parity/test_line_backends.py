"""The line VAE on its three backends: Keras, NumPy and LiteRT; and a short real training of it."""

import json
from pathlib import Path

import keras
import numpy as np
import pytest

from groovescape_models.checkpoints.registry import Weights, open_network, read_weights, shipped_model
from groovescape_models.encoding.lines import Tokens
from groovescape_models.errors import CheckpointError, UnknownNameError
from groovescape_models.inference.numpy_line_vae import NumpyLineVae
from groovescape_models.inference.runtime import LiteRtNetwork
from groovescape_models.inference.runtime import Network as Running
from groovescape_models.music.groove import FloatArray
from groovescape_models.music.pattern import Role
from groovescape_models.training.eight_bits import on_int8_grid
from groovescape_models.training.export_lines import first_faithful
from groovescape_models.training.line_card import curve_of
from groovescape_models.training.line_examples import LineExample, LineExamples, stack_lines
from groovescape_models.training.line_fidelity import LineFidelity
from groovescape_models.training.litert_files import Precision
from groovescape_models.training.litert_lines import line_litert
from groovescape_models.training.networks.line_vae import LineVae, config_of, hadamard, sounding_before, token_logits
from groovescape_models.training.networks.tensors import Network
from groovescape_models.training.train_lines import LineCourse, make_line_trainer
from groovescape_models.training.trainer import Trainer, TrainerOptions

ONE = np.array(1.0, np.float32)
IDS = ("melody_2bar", "bass_2bar")
COUNT = 60


@pytest.fixture(scope="module", params=IDS)
def shipped(request: pytest.FixtureRequest) -> Weights:
    return read_weights(shipped_model(request.param))


@pytest.fixture(scope="module")
def network(shipped: Weights) -> Network:
    network = LineVae(config_of(shipped))
    for name, variable in network.named_variables().items():
        variable.assign(shipped[name])
    return network


@pytest.fixture(scope="module")
def exact(shipped: Weights) -> LiteRtNetwork:
    return LiteRtNetwork(line_litert(shipped, Precision.FLOAT32))


def inputs(weights: Weights) -> dict[str, FloatArray]:
    rng = np.random.default_rng(1)
    config = config_of(weights)
    return {
        "z": rng.standard_normal((COUNT, config.latent_size)).astype(np.float32),
        "noise": rng.gumbel(size=(32, COUNT, config.vocabulary)).astype(np.float32),
        "condition": (rng.random((COUNT, 8, 36)) < 0.3).astype(np.float32),
        "past": rng.integers(-1, config.vocabulary, (COUNT, 16)).astype(np.float32),
    }


def decoded(network: Running, weights: Weights) -> FloatArray:
    return network.run("decode", temperature=ONE, **inputs(weights))["tokens"]


def scored(network: Running, weights: Weights, tokens: FloatArray) -> FloatArray:
    given = {name: array for name, array in inputs(weights).items() if name != "noise"}
    return network.run("score", tokens=tokens, **given)["logits"]


def test_numpy_and_litert_draw_the_same_tokens(shipped: Weights, exact: LiteRtNetwork) -> None:
    here = decoded(NumpyLineVae(shipped), shipped)

    assert (here == decoded(exact, shipped)).all()
    assert np.allclose(scored(NumpyLineVae(shipped), shipped, here), scored(exact, shipped, here), rtol=1e-4, atol=1e-3)


def test_the_player_scores_a_line_as_the_trained_network_does(network: Network, shipped: Weights) -> None:
    given, tokens = inputs(shipped), decoded(NumpyLineVae(shipped), shipped).astype(np.int16)
    past = given["past"].astype(np.int16)
    heard = network.one_hot(np.concatenate([past, tokens[:, :-1]], axis=1))
    sounding = network.one_hot(sounding_before(past, tokens))
    plan = network.plan(given["z"], given["condition"])

    logits = token_logits(network.play(plan, given["condition"], heard, sounding))

    ours = scored(NumpyLineVae(shipped), shipped, tokens.astype(np.float32))
    assert np.allclose(np.asarray(logits), ours, rtol=1e-4, atol=1e-3)


def test_the_posterior_is_the_same_on_every_backend(network: Network, shipped: Weights, exact: LiteRtNetwork) -> None:
    tokens, condition = decoded(NumpyLineVae(shipped), shipped), inputs(shipped)["condition"]
    nothing = np.full((COUNT, 16), -1, np.int16)
    before = sounding_before(nothing, tokens.astype(np.int16))
    mu, sigma = network.encode(tokens, np.where(tokens > 0, tokens, before), condition)

    for backend in (NumpyLineVae(shipped), exact):
        found = backend.run("encode", tokens=tokens, condition=condition)
        assert np.allclose(found["mu"], np.asarray(mu), atol=1e-4)
        assert np.allclose(found["sigma"], np.asarray(sigma), atol=1e-4)


@pytest.mark.parametrize("model_id", IDS)
def test_the_shipped_file_is_what_an_export_of_the_weights_gives(model_id: str) -> None:
    info = shipped_model(model_id)
    weights = read_weights(info)
    fresh = LiteRtNetwork(line_litert(weights, Precision(next(iter(info.precisions)))))

    assert (decoded(fresh, weights) == decoded(open_network(info, "litert"), weights)).all()


@pytest.mark.parametrize("model_id", IDS)
def test_shipped_weights_lie_on_the_int8_grid(model_id: str) -> None:
    weights = read_weights(shipped_model(model_id))

    assert all((on_int8_grid(weights)[name] == weights[name]).all() for name in weights)


def test_hadamard_is_orthonormal_and_of_powers_of_two() -> None:
    for size in (1, 8, 16):
        assert np.allclose(hadamard(size) @ hadamard(size).T, np.eye(size), atol=1e-6)
    with pytest.raises(ValueError, match="got 12"):
        hadamard(12)


@pytest.mark.parametrize(("kept", "ships"), [(0.9951, Precision.INT8), (0.9949, Precision.FLOAT16)])
def test_the_smallest_file_that_keeps_the_tokens_ships(kept: float, ships: Precision) -> None:
    rows = [LineFidelity("float16", 5.0, 1.0, 1.0, 1.0), LineFidelity("int8", 2.5, kept, kept, kept)]

    assert first_faithful(rows) is ships


def test_the_curve_of_a_run_goes_down_in_tenths() -> None:
    shrinking = (100.0, 95.0, 88.0, 87.0, 60.0)
    log = [{"validation": {"kl_bits": bits, "steps_exact": 0.9, "note_f1": 0.8}} for bits in shrinking]

    assert [bits for bits, _, _ in curve_of([*log, {"validation": {}}])] == [100.0, 88.0, 60.0]


def walks(count: int, seed: int) -> Tokens:
    """Return lines that walk in C major: what a short training can learn."""
    rng = np.random.default_rng(seed)
    scale = np.array([60, 62, 64, 65, 67, 69, 71, 72])
    places = np.abs(np.cumsum(rng.integers(-1, 2, (count, 8)), axis=1) + 4) % 8
    tokens = np.zeros((count, 32), np.int16)
    tokens[:, ::4] = scale[places] - 21 + 2
    return tokens


def examples(count: int) -> LineExamples:
    """Return as many examples of each split."""
    condition = np.zeros((8, 36), np.uint8)
    return stack_lines(
        (
            LineExample(tokens, 0, "", condition, "pop", f"{split}{row}", split, "pop909", row)
            for seed, split in enumerate(("train", "validation"))
            for row, tokens in enumerate(walks(count, seed))
        ),
        2,
    )


def make(
    folder: Path, epochs: int, *, resume: bool = False, count: int = 640, course: LineCourse | None = None
) -> Trainer:
    options = TrainerOptions(epochs=epochs, resume=resume)
    return make_line_trainer(examples(count), Role.MELODY, folder, options, course or LineCourse())


def test_a_short_training_learns_resumes_and_goes_on_in_eight_bits(tmp_path: Path) -> None:
    make(tmp_path / "run", 3).run(lambda _: None, lambda: False)
    resumed = make(tmp_path / "run", 6, resume=True)
    assert resumed.state.epoch == 3
    resumed.run(lambda _: None, lambda: False)

    log = [json.loads(line) for line in (tmp_path / "run" / "log.jsonl").read_text().splitlines()]
    assert log[-1]["metrics"]["reconstruction_nats"] < 0.7 * log[0]["metrics"]["reconstruction_nats"]
    assert log[-1]["validation"]["steps_exact"] > 0.8
    start = tmp_path / "run" / "best.npz"
    small = make(tmp_path / "small", 1, course=LineCourse(start=start, quantised=True))
    assert small.run(lambda _: None, lambda: False).epochs == 1
    with np.load(start) as best:
        NumpyLineVae(dict(best))
    keras.backend.clear_session()


def test_other_configurations_and_other_weights_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UnknownNameError, match="groovescape, medium"):
        make(tmp_path / "big", 1, course=LineCourse(config="huge"))
    np.savez(tmp_path / "other.npz", hits=np.zeros(3))
    with pytest.raises(CheckpointError, match="another network"):
        make(tmp_path / "run", 1, course=LineCourse(start=tmp_path / "other.npz"))
