"""The measures of a humaniser, on performances whose figures are known."""

import numpy as np
import pytest

from groovescape_models.checkpoints.registry import open_network, shipped_model
from groovescape_models.music.groove import FloatArray, Groove
from groovescape_models.training.evaluate_groove import measure_groove
from groovescape_models.training.examples import Example, ExampleArrays, stack
from groovescape_models.training.groove_baselines import cell_means, jittered, neighbours, quantised, ridge
from groovescape_models.training.groove_measures import OFFSET_BINS, Playing, divergence, hits_kept, measure
from groovescape_models.training.groove_report import DRAWN, EXPECTED, OWN, PUBLISHED


def rule(hits: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Return velocities and offsets that follow from the hits alone: second beats late, kicks loud."""
    velocities, offsets = np.full((32, 9), 0.4, np.float32), np.zeros((32, 9), np.float32)
    velocities[:, 0] = 0.9
    offsets[4:8] = offsets[20:24] = 0.2
    return velocities * hits, offsets * hits


def examples(split: str, count: int, seed: int) -> list[Example]:
    rng = np.random.default_rng(seed)
    rows = []
    for bar in range(count):
        hits = rng.random((32, 9)) < 0.3
        velocities, offsets = rule(hits.astype(np.float32))
        rows.append(Example(Groove(hits, velocities, offsets, 150.0), "rock", "drummer1", split, f"{split}.mid", bar))
    return rows


@pytest.fixture(scope="module")
def train() -> ExampleArrays:
    return stack(examples("train", 400, 0))


@pytest.fixture(scope="module")
def test_split() -> ExampleArrays:
    return stack(examples("test", 40, 1))


def test_the_true_playing_misses_nothing_and_keeps_all_hits(test_split: ExampleArrays) -> None:
    row = measure("true", Playing(test_split.velocities, test_split.offsets), test_split, count_hits=True)

    assert (row.timing_ms, row.velocity, row.mse_16ths) == (0.0, 0.0, 0.0)
    assert (row.timing_kl, row.velocity_kl) == (0.0, 0.0)
    assert row.hits_kept == 1.0


def test_misses_are_in_milliseconds_and_in_velocities_of_127(test_split: ExampleArrays) -> None:
    later = Playing(test_split.velocities + np.float32(0.1), test_split.offsets + np.float32(0.1))

    row = measure("later", later, test_split)

    assert row.timing_ms == pytest.approx(10.0, rel=1e-4)  # a sixteenth at 150 bpm is 100 ms
    assert row.velocity == pytest.approx(12.7, rel=1e-4)
    assert row.mse_16ths == pytest.approx(0.01, rel=1e-4)


def test_a_hit_played_into_another_cell_is_not_kept(test_split: ExampleArrays) -> None:
    astray = np.where(test_split.hits, np.float32(0.5), 0.0).astype(np.float32)

    assert hits_kept(Playing(test_split.velocities, astray), test_split) < 0.5


def test_divergence_is_zero_for_equal_and_grows_with_the_distance() -> None:
    rng = np.random.default_rng(2)
    real, near, far = (rng.normal(mean, 0.1, 5000).astype(np.float32) for mean in (0.0, 0.02, 0.3))

    assert divergence(real, real, OFFSET_BINS) == 0.0
    assert 0.0 < divergence(real, near, OFFSET_BINS) < divergence(real, far, OFFSET_BINS)


def test_means_of_cells_beat_the_grid_and_ridge_beats_both(train: ExampleArrays, test_split: ExampleArrays) -> None:
    grid, means, linear = (measure("", way(train, test_split), test_split) for way in (quantised, cell_means, ridge))

    assert grid.timing_ms > means.timing_ms
    assert (grid.velocity or 0.0) > (means.velocity or 0.0)
    assert linear.timing_ms < grid.timing_ms


def test_jitter_has_the_mean_and_the_spread_of_what_was_learned_from(
    train: ExampleArrays, test_split: ExampleArrays
) -> None:
    drawn, hits = jittered(train, test_split, np.random.default_rng(0)), test_split.hits

    assert drawn.offset[hits].mean() == pytest.approx(train.offsets[train.hits].mean(), abs=0.01)
    assert drawn.offset[hits].std() == pytest.approx(train.offsets[train.hits].std(), rel=0.1)
    assert (np.abs(drawn.offset) <= 0.5).all()
    assert ((drawn.velocity > 0.0) & (drawn.velocity <= 1.0)).all()


def test_the_nearest_neighbour_of_a_known_window_is_itself(train: ExampleArrays) -> None:
    few = train.where(np.arange(len(train)) < 5)

    played = neighbours(train, few, count=1)

    np.testing.assert_allclose(played.offset[few.hits], few.offsets[few.hits], atol=1e-6)
    np.testing.assert_allclose(played.velocity[few.hits], few.velocities[few.hits], atol=1e-6)


def test_misses_among_some_hits_are_those_of_these_hits(test_split: ExampleArrays) -> None:
    late = Playing(test_split.velocities, test_split.offsets + np.float32(0.1))
    late.offset[:, :16] -= np.float32(0.1)
    first, second = np.zeros_like(test_split.hits), np.zeros_like(test_split.hits)
    first[:, :16], second[:, 16:] = True, True

    assert measure("first bar", late, test_split, among=first).timing_ms == pytest.approx(0.0, abs=1e-4)
    assert measure("second bar", late, test_split, among=second).timing_ms == pytest.approx(10.0, rel=1e-4)


def test_a_report_of_the_shipped_model_has_a_row_for_each_way_of_playing() -> None:
    both = stack([*examples("train", 60, 3), *examples("test", 12, 4)])
    report = measure_groove(open_network(shipped_model("humanizer_2bar"), "numpy"), both)

    assert report.windows == 12
    assert report.hits == int(both.split("test").hits.sum())
    assert all(row in report.rows for row in PUBLISHED)
    assert report.row(EXPECTED).hits_kept == 1.0
    assert report.row(DRAWN).timing_ms > report.row(EXPECTED).timing_ms
    assert report.row(OWN).timing_ms < report.row(EXPECTED).timing_ms
    assert all(name in report.text() for name in (EXPECTED, DRAWN, OWN, "18.80", "(P)"))


def test_the_shipped_figures_keep_the_promise_of_the_model_card() -> None:
    rows = {row["method"]: row for row in shipped_model("humanizer_2bar").figures["rows"]}

    assert shipped_model("humanizer_2bar").figures["test_hits"] == 78_950
    assert rows[EXPECTED]["timing_ms"] < 18.80
    assert rows[EXPECTED]["velocity"] < 24.1
    assert rows[EXPECTED]["hits_kept"] == 1.0
