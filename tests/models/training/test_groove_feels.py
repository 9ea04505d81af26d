"""What the humaniser is trained on: feels, their neighbours, and batches of both."""

from collections.abc import Mapping

import numpy as np
import pytest

from groovescape_models.music.groove import FloatArray, Groove
from groovescape_models.training.examples import Example, ExampleArrays, stack
from groovescape_models.training.feels import elsewhere, feel_rows
from groovescape_models.training.groove_batches import GrooveBatching, groove_batches

LATENT = 5


def performances(*bars: int) -> ExampleArrays:
    """Return as many windows of each performance as bars says; all hits of a window have its number as velocity."""
    rng = np.random.default_rng(0)
    rows = []
    for index, count in enumerate(bars):
        for bar in range(count):
            hits = rng.random((32, 9)) < 0.3
            offsets = rng.uniform(-0.4, 0.4, hits.shape).astype(np.float32) * hits
            groove = Groove(hits, hits * np.float32((len(rows) + 1) / 100), offsets, 100.0 + index)
            rows.append(Example(groove, "rock", "drummer1", "train", f"{index}.mid", bar))
    return stack(rows)


def first_batch(examples: ExampleArrays, how: GrooveBatching, seed: int = 0) -> Mapping[str, FloatArray]:
    return next(iter(groove_batches(examples, LATENT, seed, how)(0)))  # type: ignore[return-value]


def plain(**changes: float) -> GrooveBatching:
    """Return batching that changes nothing but what is named."""
    still = {"lanes_dropped": 0.0, "hits_dropped": 0.0, "tempo_jitter": 0.0, "bars_swapped": 0.0, "own_feel": 1.0}
    still["four_bars"] = 0.0
    return GrooveBatching(**(still | changes))  # type: ignore[arg-type]


def test_a_feel_row_holds_hits_velocities_and_late_offsets() -> None:
    examples = performances(1)
    row = feel_rows(examples)[0]

    np.testing.assert_array_equal(row[:, :9], examples.hits[0])
    np.testing.assert_array_equal(row[:, 9:18], examples.velocities[0])
    np.testing.assert_array_equal(row[:, 18:], examples.offsets[0])


def test_elsewhere_is_in_the_same_performance_and_shares_no_bar() -> None:
    examples = performances(1, 9, 2, 20)

    for seed in range(20):
        other = elsewhere(examples.sources, np.random.default_rng(seed))
        assert (examples.sources[other] == examples.sources).all()
        far = np.abs(examples.bars[other] - examples.bars)
        long = np.isin(examples.sources, ["1.mid", "3.mid"])
        assert (far[long] >= 2).all()


def test_elsewhere_reaches_every_window_that_shares_no_bar() -> None:
    examples = performances(6)

    found = {int(elsewhere(examples.sources, np.random.default_rng(seed))[0]) for seed in range(200)}

    assert found == {2, 3, 4}


def test_a_batch_without_augmentation_is_the_examples() -> None:
    examples = performances(12)
    batch = first_batch(examples, plain())
    rows = [int(round(float(v.max()) * 100)) - 1 for v in batch["velocities"]]

    assert sorted(rows) == list(range(12))
    np.testing.assert_array_equal(batch["hits"], examples.hits[rows].astype(np.float32))
    np.testing.assert_array_equal(batch["feel"], feel_rows(examples)[rows])
    np.testing.assert_allclose(batch["tempo"][:, 0], 100.0)


def test_a_dropped_lane_is_missing_from_the_hits_and_from_its_own_feel() -> None:
    batch = first_batch(performances(12), plain(lanes_dropped=0.5))
    empty = ~batch["hits"].any(axis=1)

    assert 0.2 < empty.mean() < 0.8
    feel = np.split(batch["feel"], 3, axis=-1)
    for block in feel:
        assert not block.any(axis=1)[empty].any()


def test_swapped_bars_keep_each_hit_with_its_playing() -> None:
    examples = performances(12)
    swapped, straight = first_batch(examples, plain(bars_swapped=1.0)), first_batch(examples, plain())

    for name in ("hits", "velocities", "offsets"):
        np.testing.assert_array_equal(swapped[name], np.roll(straight[name], 16, axis=1))


def test_four_bars_are_two_windows_that_follow_each_other_in_one_performance() -> None:
    examples = performances(7, 9)
    batch = first_batch(examples, plain(four_bars=1.0))
    first, second = (
        [int(round(float(v.max()) * 100)) - 1 for v in half] for half in np.split(batch["velocities"], 2, axis=1)
    )

    assert batch["hits"].shape == (8, 64, 9)
    assert [row + 2 for row in first] == second
    assert (examples.sources[first] == examples.sources[second]).all()
    np.testing.assert_array_equal(batch["feel"], feel_rows(examples)[first])


def test_habits_of_a_performance_cost_the_same_however_many_windows_it_has() -> None:
    examples = performances(3, 12)
    batch = first_batch(examples, plain(habit_cost=30.0))

    costs = [float(batch["weight"][batch["performance"] == number].sum()) for number in (0, 1)]
    assert costs == pytest.approx([30.0, 30.0])


def test_dropped_hits_are_a_subset() -> None:
    examples = performances(12)
    thinned, whole = first_batch(examples, plain(hits_dropped=0.3)), first_batch(examples, plain())

    assert (thinned["hits"] <= whole["hits"]).all()
    assert 0.6 < thinned["hits"].sum() / whole["hits"].sum() < 0.8


@pytest.mark.parametrize("share", [0.0, 0.4, 1.0])
def test_a_share_of_the_examples_is_given_a_feel(share: float) -> None:
    examples = performances(*[16] * 16)

    assert first_batch(examples, plain(known=share))["known"].mean() == pytest.approx(share, abs=0.1)


def test_an_epoch_has_the_same_batches_each_time_and_another_epoch_has_others() -> None:
    batches = groove_batches(performances(12), LATENT, 7, GrooveBatching())
    one, again, other = (next(iter(batches(epoch))) for epoch in (3, 3, 4))

    assert all(np.array_equal(one[name], again[name]) for name in one)
    assert not np.array_equal(one["epsilon"], other["epsilon"])
