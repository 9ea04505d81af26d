"""Styles found in made-up performances, judged by the classifier that judges the real ones."""

import json
from pathlib import Path

import numpy as np
import pytest

from groovescape_models.checkpoints.registry import read_weights, shipped_model
from groovescape_models.engines.style_files import read_style
from groovescape_models.errors import DataSetError
from groovescape_models.inference.numpy_drum_vae import NumpyDrumVae
from groovescape_models.music.groove import BoolArray, Groove
from groovescape_models.training.evaluate_styles import measure_styles
from groovescape_models.training.examples import Example, ExampleArrays, stack
from groovescape_models.training.style_classifier import balanced_accuracy, train_classifier
from groovescape_models.training.style_library import found_styles, region_of, style_facts, write_styles

SPLITS = ("train",) * 4 + ("test",)
BACKBEATS = {"rock": 8, "disco": 4}
"""Steps from one snare to the next."""


def bars(style: str, rng: np.random.Generator) -> BoolArray:
    hits = np.zeros((32, 9), np.bool_)
    hits[::2, 2] = True
    hits[4 :: BACKBEATS[style], 1] = True
    hits[:, 0] = rng.random(32) < (0.6 if style == "disco" else 0.2)
    return hits


@pytest.fixture(scope="module")
def examples() -> ExampleArrays:
    rng = np.random.default_rng(0)
    return stack(
        Example(Groove(hits, hits * np.float32(0.7), np.zeros((32, 9), np.float32), 100.0 + take), style, "d", split,
                f"{style}{take}_beat_4-4.mid", bar)
        for style in BACKBEATS
        for take, split in enumerate(SPLITS)
        for bar in range(30)
        for hits in [bars(style, rng)]
    )  # fmt: skip


def test_styles_are_found_with_faces_sources_and_shares(examples: ExampleArrays) -> None:
    styles = found_styles(examples.split("train"))
    assert [style.name for style in styles] == ["rock", "disco"]
    assert sum(style.share for style in styles) == pytest.approx(1.0)
    for style in styles:
        assert len(style.sources) == 4
        assert len(set(style.chosen)) == len(style.chosen) == 24
        assert style.windows.hits[style.chosen[0]].sum() >= 28 or style.name == "rock"


def test_a_written_style_is_read_back_with_its_region(examples: ExampleArrays, tmp_path: Path) -> None:
    (tmp_path / "old.json").write_text("{}")
    network = NumpyDrumVae(read_weights(shipped_model("drums_2bar")))
    style = found_styles(examples.split("train"))[1]
    region = region_of(style, network)
    write_styles(tmp_path, [style_facts(style, region, 5, "drums_2bar", "abc")])
    assert [path.name for path in tmp_path.iterdir()] == ["disco.json"]
    read = read_style(tmp_path / "disco.json")
    assert (read.name, read.order, read.weights, len(read.patterns)) == ("disco", 5, "abc", 24)
    assert read.tempos_bpm[0] >= 100
    assert read.region is not None
    assert np.allclose(read.region.means, region.means, atol=1e-3)
    json.loads((tmp_path / "disco.json").read_text())


def test_the_judge_knows_real_clips_and_noise_is_no_style(examples: ExampleArrays) -> None:
    train, test = examples.split("train"), examples.split("test")
    judge = train_classifier(train.hits, train.styles, train.sources)
    assert balanced_accuracy(test.styles, judge.named(test.hits), ("rock", "disco")) > 0.95
    assert np.allclose(judge.odds(test.hits).sum(axis=1), 1.0, atol=1e-5)


def test_draws_that_show_their_style_are_told_from_those_that_do_not(examples: ExampleArrays) -> None:
    rng = np.random.default_rng(1)
    report = measure_styles(
        lambda style, count: np.stack([bars(style, rng) for _ in range(count)]), ("rock", "disco"), examples, 20
    )
    mixed_up = {"rock": "disco", "disco": "rock"}
    wrong = measure_styles(
        lambda style, count: np.stack([bars(mixed_up[style], rng) for _ in range(count)]), ("rock",), examples, 20
    )
    assert report.drawn_accuracy > 0.9
    assert report.real_accuracy > 0.9
    assert wrong.rows[0].name == "rock"
    assert "named rightly" in report.text()
    assert report.figures()["drawn_accuracy"] == pytest.approx(report.drawn_accuracy, abs=1e-3)
    with pytest.raises(DataSetError, match="--data"):
        measure_styles(lambda *_: np.zeros((1, 32, 9), np.bool_), ("polka",), examples)
