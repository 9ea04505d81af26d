"""What a drummer is asked in training, and how simple ways answer: nothing that is hidden leaks."""

from pathlib import Path

import numpy as np
import pytest

from groovescape_models.encoding.given import CELLS, CONTEXT, STYLES, loudest
from groovescape_models.music.drumkit import Drum
from groovescape_models.training.drummer_baselines import likeliest_cells, nearest, silence
from groovescape_models.training.drummer_measures import answered
from groovescape_models.training.drummer_tasks import DrummerBatching, asked, drummer_batches
from groovescape_models.training.examples import ExampleArrays
from groovescape_models.training.gmd import load_gmd
from groovescape_models.training.missing_parts import Hiding, lanes_told, outside_bars, questions, tapped_parts
from groovescape_models.training.timekeepers import timekeepers

NO_PROGRAMS = np.zeros((0, 32, 9), np.bool_)


@pytest.fixture(scope="module")
def examples(tiny_data: Path) -> ExampleArrays:
    return load_gmd(tiny_data)


def test_every_question_hides_something_and_taps_are_as_many_as_asked_for() -> None:
    known, tapped = questions(2000, Hiding(), np.random.default_rng(0))

    assert not known.all(axis=(1, 2)).any()
    assert tapped.mean() == pytest.approx(Hiding().tap, abs=0.03)
    assert 0.2 < known.mean() < 0.6


def test_a_batch_tells_nothing_of_hidden_hits(examples: ExampleArrays) -> None:
    """The same batch with all hidden hits turned round has the same input."""
    how = DrummerBatching(batch_size=8, hiding=Hiding(0.0, 0.3, 0.3, 0.4, 0.0))
    batch = next(drummer_batches(examples, NO_PROGRAMS, 3, how)(0))

    cells, hidden = np.asarray(batch["cells"]), np.asarray(batch["unknown"]) > 0
    assert cells.shape[-1] == CELLS
    assert np.asarray(batch["context"]).shape[-1] == CONTEXT
    known, hits, velocities, offsets = np.split(cells[..., :36], 4, axis=-1)
    assert not known[hidden].any()
    assert not (np.abs(hits) + np.abs(velocities) + np.abs(offsets))[hidden].any()
    np.testing.assert_array_equal(hits[~hidden], np.asarray(batch["hits"])[~hidden])


def test_the_same_epoch_has_the_same_batches(examples: ExampleArrays) -> None:
    batches = drummer_batches(examples, NO_PROGRAMS, 1, DrummerBatching(batch_size=8))
    first, again, other = (next(batches(epoch)) for epoch in (4, 4, 5))

    assert all(np.array_equal(first[name], again[name]) for name in first)
    assert not np.array_equal(first["cells"], other["cells"])


def test_a_tap_is_the_loudest_hit_of_its_step() -> None:
    velocities, offsets = np.zeros((1, 32, 9), np.float32), np.zeros((1, 32, 9), np.float32)
    velocities[0, 5, [0, 2]], offsets[0, 5, [0, 2]] = (0.4, 0.7), (-0.1, 0.2)

    tap = loudest(velocities, offsets)

    assert tap[0, 5] == pytest.approx((1.0, 0.7, 0.2))
    assert not tap[0, :5].any()


def test_a_strict_tap_follows_every_stroke_and_no_tap_is_empty(examples: ExampleArrays) -> None:
    velocities = examples.velocities * examples.hits
    heard, strict = tapped_parts(velocities, np.random.default_rng(2))

    np.testing.assert_array_equal(heard[strict], velocities[strict])
    assert heard.any(axis=(1, 2)).all()
    assert 0.3 < strict.mean() < 0.8


def test_only_lanes_with_hidden_hits_are_told() -> None:
    hidden = np.zeros((500, 32, 9), np.bool_)
    hidden[:, 3, Drum.SNARE] = True

    told = lanes_told(hidden, np.random.default_rng(0))

    assert 0.3 < told[:, Drum.SNARE].mean() < 0.8
    assert told.sum() == told[:, Drum.SNARE].sum()


def test_simple_ways_answer_what_is_asked(examples: ExampleArrays) -> None:
    train, test = examples.split("train"), examples.split("test")
    given = asked(test, "hats")

    still, cells, alike = silence(given), likeliest_cells(train, given), nearest(train, given)

    assert not still[:, :, Drum.CLOSED_HAT].any()
    for hits in (still, cells, alike):
        np.testing.assert_array_equal(hits[given.known], test.hits[given.known])
    assert answered("hats", "cells", cells, test, given).f1 == pytest.approx(1.0, abs=0.1)
    assert answered("hats", "silence", still, test, given).f1 == 0.0


def test_what_keeps_the_time_is_counted(examples: ExampleArrays) -> None:
    found = timekeepers(examples)

    assert found[""] == [((int(Drum.CLOSED_HAT),), len(examples))]
    assert set(found) == {"", "rock"}
    assert set(found) <= {"", *STYLES}


def test_a_share_of_the_bars_is_of_other_meters_and_the_rest_whole() -> None:
    outside = outside_bars(1000, 0.25, np.random.default_rng(0))[:, :, 0]

    cut = outside.any(axis=1)
    assert cut.mean() == pytest.approx(0.25, abs=0.05)
    assert not outside[:, 0].any()
    assert {int((~row).sum()) for row in outside[cut]} == {24, 16, 20, 28}
