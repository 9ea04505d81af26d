"""The drummer who plays what is missing on its three backends: Keras, NumPy and LiteRT; and a short real training."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

from groovescape_models.checkpoints.registry import read_weights, shipped_model
from groovescape_models.inference.numpy_drummer import NumpyDrummer
from groovescape_models.inference.runtime import LiteRtNetwork
from groovescape_models.inference.sampling import logistic_noise
from groovescape_models.music.drumkit import Drum
from groovescape_models.music.groove import FloatArray, Groove
from groovescape_models.training.drummer_tasks import DrummerBatching, asked, drummer_batches
from groovescape_models.training.examples import Example, ExampleArrays, stack

if TYPE_CHECKING:
    from groovescape_models.training.trainer import Batch

Weights = Mapping[str, FloatArray]
NO_PROGRAMS = np.zeros((0, 32, 9), np.bool_)


def examples(count: int) -> ExampleArrays:
    """Return performances with a rule: hats strike with every kick, late and soft, and a snare comes a beat later."""
    rows = []
    for split in ("train", "validation"):
        rng = np.random.default_rng(len(split))
        for take in range(count):
            hits = np.zeros((32, 9), np.bool_)
            hits[::4, Drum.KICK] = rng.random(8) < 0.5
            hits[:, Drum.CLOSED_HAT] = hits[:, Drum.KICK]
            hits[:, Drum.SNARE] = np.roll(hits[:, Drum.KICK], 4)
            late, loud = np.zeros((32, 9), np.float32), np.full((32, 9), 0.8, np.float32)
            late[:, Drum.CLOSED_HAT], loud[:, Drum.CLOSED_HAT] = 0.2, 0.4
            rows.append(
                Example(Groove(hits, loud * hits, late * hits, 110.0), "rock", "d", split, f"{split}.mid", take)
            )
    return stack(row for row in rows if row.groove.hits.any())


@pytest.fixture(scope="module")
def weights() -> Weights:
    return read_weights(shipped_model("drummer_2bar"))


@pytest.fixture(scope="module")
def batch() -> "Batch":
    return next(drummer_batches(examples(64), NO_PROGRAMS, 0, DrummerBatching(batch_size=32))(0))


def test_keras_and_numpy_have_the_same_odds_and_strokes(weights: Weights, batch: "Batch") -> None:
    from groovescape_models.training.networks.drummer import Drummer, DrummerConfig

    network, reference = Drummer(DrummerConfig()), NumpyDrummer(weights)
    for name, variable in network.named_variables().items():
        variable.assign(weights[name])
    hits, cells, context = batch["hits"], batch["cells"], batch["context"]

    past = np.pad(hits[:, :-1], ((0, 0), (1, 0), (0, 0)))
    odds = np.asarray(network.play(network.plan(cells, context), past, hits))
    forced = np.where(hits > 0, 1e6, -1e6).transpose(1, 0, 2)
    heard = reference.run("draw", cells=cells, context=context, noise=forced, temperature=np.ones(()))

    np.testing.assert_array_equal(heard["hits"], hits)
    np.testing.assert_allclose(heard["logits"], odds, atol=2e-4)
    strokes, expected = (
        network.strike(hits, cells, context),
        reference.run("strike", hits=hits, cells=cells, context=context),
    )
    for name, values in expected.items():
        np.testing.assert_allclose(np.asarray(strokes[name]), values, atol=1e-5, err_msg=name)


def test_the_litert_file_draws_the_hits_of_numpy(weights: Weights, batch: "Batch") -> None:
    from groovescape_models.training.litert_drummer import drummer_litert

    noise = logistic_noise(np.random.default_rng(3), (32, len(batch["hits"]), 9))
    inputs = {
        "cells": batch["cells"],
        "context": batch["context"],
        "noise": noise,
        "temperature": np.ones((), np.float32),
    }
    drawn = [n.run("draw", **inputs)["hits"] for n in (NumpyDrummer(weights), LiteRtNetwork(drummer_litert(weights)))]

    assert drawn[0].any()
    np.testing.assert_array_equal(drawn[0], drawn[1])


def test_a_short_training_learns_which_hits_go_together_and_how_they_are_struck(tmp_path: Path) -> None:
    from groovescape_models.training.train_drummer import make_trainer, silent
    from groovescape_models.training.trainer import TrainerOptions

    performances = examples(400)
    result = make_trainer(
        performances, NO_PROGRAMS, tmp_path, TrainerOptions(epochs=60, epochs_between_validations=30), seed=0
    ).run(silent, lambda: False)

    given = asked(performances.split("validation"), "hats")
    network = NumpyDrummer(result.weights)
    quiet = np.where(given.known, np.where(given.hits, 1e6, -1e6), 0.0).transpose(1, 0, 2)
    inputs = {"cells": given.cells(), "context": given.context()}
    drawn = network.run("draw", **inputs, noise=quiet, temperature=np.ones(()))["hits"] > 0
    struck = network.run("strike", hits=given.hits.astype(np.float32), **inputs)
    hats = given.hits[:, :, Drum.CLOSED_HAT]
    assert (drawn[:, :, Drum.CLOSED_HAT] == hats).mean() > 0.97
    assert np.median(struck["offset"][:, :, Drum.CLOSED_HAT][hats]) == pytest.approx(0.2, abs=0.06)
    assert np.median(struck["velocity"][:, :, Drum.CLOSED_HAT][hats]) == pytest.approx(0.4, abs=0.1)
