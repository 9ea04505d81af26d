"""Baselines that learn: what is left out where a library is missing, and what a held-out drummer must be."""

import importlib.util

import numpy as np
import pytest

from groovescape_models.errors import UnknownNameError
from groovescape_models.music.groove import Groove
from groovescape_models.training.examples import Example, ExampleArrays, stack
from groovescape_models.training.groove_learned import BILSTM, TREES, Learning, learned_rows
from groovescape_models.training.groove_trees import REACH, features


def examples(split: str, count: int) -> ExampleArrays:
    rng = np.random.default_rng(0)
    rows = []
    for bar in range(count):
        hits = rng.random((32, 9)) < 0.3
        groove = Groove(hits, hits * np.float32(0.5), hits * np.float32(0.1), 120.0)
        rows.append(Example(groove, "rock", f"drummer{1 + bar % 2}", split, f"{split}.mid", bar))
    return stack(rows)


def test_without_minutes_the_bilstm_is_no_row_and_nothing_is_said_of_it() -> None:
    rows, left_out = learned_rows(examples("train", 30), examples("test", 4), Learning(0.0), lambda _: None)

    assert rows[0].method == "nearest neighbours, 20"
    assert rows[0].timing_ms == pytest.approx(0.0, abs=1e-3)
    assert not any(BILSTM in text for text in (*left_out, *(row.method for row in rows)))


@pytest.mark.skipif(importlib.util.find_spec("keras") is not None, reason="Keras is installed: the row is there")
def test_rows_that_need_a_library_are_left_out_with_the_way_to_get_it() -> None:
    said: list[str] = []
    _, left_out = learned_rows(examples("train", 30), examples("test", 4), Learning(0.01), said.append)

    assert any(BILSTM in text and "groovescape[train]" in text for text in left_out)
    assert [TREES in text for text in said] == [False, True, False]


def test_a_drummer_who_is_not_in_the_test_split_cannot_be_held_out() -> None:
    with pytest.raises(UnknownNameError, match="drummer1, drummer2"):
        learned_rows(examples("train", 30), examples("test", 4), Learning(0.01, "drummer7"), lambda _: None)


def test_a_tree_sees_a_hit_with_its_place_and_what_is_struck_around_it() -> None:
    test = examples("test", 4)

    seen = features(test)

    rows, steps, lanes = np.nonzero(test.hits)
    assert seen.shape == (int(test.hits.sum()), 4 + 9 * (2 * REACH + 1))
    np.testing.assert_array_equal(seen[:, 0], steps % 16)
    np.testing.assert_array_equal(seen[:, 1], lanes)
    here = seen[:, 4 + 9 * REACH : 4 + 9 * (REACH + 1)]
    np.testing.assert_array_equal(here, test.hits[rows, steps])
