"""Windows of four bars, trust in a window's shift, and what students are shown."""

from dataclasses import replace

import numpy as np
import pytest

from groovescape_models.checkpoints.registry import open_network, read_weights, shipped_model
from groovescape_models.inference.numpy_humanizer import trusted
from groovescape_models.music.groove import FloatArray, Groove
from groovescape_models.training.distil_batches import AS_DRAWN, distil_batches
from groovescape_models.training.examples import Example, ExampleArrays, stack
from groovescape_models.training.four_bar_grooves import four_bar_windows, measure_four_bars
from groovescape_models.training.groove_trust import NAME, with_trust

TEMPO = np.full((2, 1), 120.0, np.float32)
STEP_MS = 125.0


def performances(count: int, late_ms: float = -10.0, split: str = "train") -> list[Example]:
    """Return windows of one performance, all hits late alike."""
    rng = np.random.default_rng(count)
    rows = []
    for bar in range(count):
        hits = rng.random((32, 9)) < 0.3
        late = np.full(hits.shape, late_ms / STEP_MS, np.float32) * hits
        rows.append(Example(Groove(hits, 0.5 * hits, late, 120.0), "rock", "drummer1", split, f"{split}.mid", bar))
    return rows


def offsets(*means: float) -> tuple[FloatArray, FloatArray]:
    """Return hits and offsets whose means over the hits are those given, (n, 32, 9)."""
    rng = np.random.default_rng(1)
    hits = (rng.random((len(means), 32, 9)) < 0.4).astype(np.float32)
    around = 0.01 * rng.standard_normal(hits.shape).astype(np.float32)
    around -= (hits * around).sum(axis=(1, 2), keepdims=True) / hits.sum(axis=(1, 2), keepdims=True)
    return hits, around + np.array(means, np.float32)[:, None, None]


def mean_of(hits: FloatArray, offset: FloatArray) -> FloatArray:
    mean: FloatArray = (hits * offset).sum(axis=(1, 2)) / hits.sum(axis=(1, 2))
    return mean


def test_trust_takes_a_window_part_of_the_way_from_the_usual_lateness_and_keeps_its_inside() -> None:
    hits, offset = offsets(0.2, -0.1)
    trust = np.array([0.5, -12.5], np.float32)

    moved = trusted(offset, hits, TEMPO, np.zeros((2, 1), np.float32), trust)

    np.testing.assert_allclose(mean_of(hits, moved), [0.05, -0.1], atol=1e-6)
    np.testing.assert_allclose(moved - moved[:, :1, :1], offset - offset[:, :1, :1], atol=1e-6)


def test_a_known_feel_is_trusted_wholly_and_no_hit_leaves_its_cell() -> None:
    hits, offset = offsets(0.2, -0.4)
    trust = np.array([0.5, 60.0], np.float32)

    np.testing.assert_allclose(trusted(offset, hits, TEMPO, np.ones((2, 1), np.float32), trust), offset, atol=1e-6)
    assert np.abs(trusted(offset, hits, TEMPO, np.zeros((2, 1), np.float32), np.array([0.0, 70.0]))).max() < 0.5


def test_trust_is_what_misses_least_on_validation() -> None:
    examples = stack([*performances(6, 40.0), *performances(6, 40.0, "validation")])

    found = with_trust(read_weights(shipped_model("humanizer_2bar")), examples)[NAME]

    # Every performance is 40 ms late, as no network that was trained on others would say of any window.
    assert found[0] == pytest.approx(0.4)
    assert found[1] == pytest.approx(40.0, abs=0.01)


def test_four_bars_are_joined_within_a_performance_only() -> None:
    examples = stack([*performances(5), *performances(3, split="test")])

    windows = four_bar_windows(examples)

    assert windows.hits.shape == (4, 64, 9)
    np.testing.assert_array_equal(windows.hits[:3, :32], examples.hits[:3])
    np.testing.assert_array_equal(windows.hits[:3, 32:], examples.hits[2:5])
    assert windows.sources.tolist() == ["train.mid"] * 3 + ["test.mid"]


def test_four_bars_are_measured_both_ways() -> None:
    rows = measure_four_bars(open_network(shipped_model("humanizer_2bar")), stack(performances(6)))

    assert [row.method.split(", ")[1] for row in rows] == ["two bars at a time", "four bars as one"] * 2
    assert all(0.0 < row.timing_ms < 40.0 for row in rows)
    assert rows[0].timing_ms != rows[1].timing_ms


def student_batch(examples: ExampleArrays, **changes: float) -> dict[str, FloatArray]:
    still = replace(AS_DRAWN.performances, lanes_dropped=0.0, hits_dropped=0.0, bars_swapped=0.0)
    how = replace(AS_DRAWN, performances=still, **changes)  # type: ignore[arg-type]
    return dict(next(iter(distil_batches(examples, 24, 0, how)(0))))  # type: ignore[arg-type]


def test_a_student_hears_of_the_drummer_only_where_he_played() -> None:
    examples = stack(performances(60))
    batch = student_batch(examples)
    rows = [np.flatnonzero((examples.offsets == o).all(axis=(1, 2)))[0] for o in batch["offsets"]]
    same = (batch["hits"] == examples.hits[rows]).all(axis=(1, 2))

    assert 0.2 < same.mean() < 0.8
    np.testing.assert_array_equal(batch["played"][:, 0], same)


def test_recombined_lanes_are_lanes_that_somebody_played() -> None:
    examples = stack(performances(20))
    batch = student_batch(examples, recombined=1.0)

    lanes = {(lane, examples.hits[row, :, lane].tobytes()) for row in range(20) for lane in range(9)}
    assert {(lane, (hits[:, lane] > 0).tobytes()) for hits in batch["hits"] for lane in range(9)} <= lanes
