"""The BiLSTM that humanisers are compared with, trained for seconds on a rule that is easily learned."""

import numpy as np
import pytest

from groovescape_models.music.groove import Groove
from groovescape_models.training.examples import Example, ExampleArrays, stack
from groovescape_models.training.groove_baselines import quantised
from groovescape_models.training.groove_learned import BILSTM, Learning, learned_rows
from groovescape_models.training.groove_measures import measure

MINUTES = 0.12


def examples(split: str, count: int, seed: int) -> ExampleArrays:
    """Return windows whose second beats are about so late; drummer1 plays soft and slow, drummer2 loud and fast."""
    rng = np.random.default_rng(seed)
    rows = []
    for bar in range(count):
        hits = rng.random((32, 9)) < 0.3
        offsets = rng.normal(0.0, 0.01, (32, 9)).astype(np.float32)
        offsets[4:8] += 0.2
        offsets[20:24] += 0.2
        is_loud = bar // 2 % 2 == 1
        velocities, tempo = hits * np.float32(0.8 if is_loud else 0.2), 150.0 if is_loud else 75.0
        groove = Groove(hits, velocities, hits * offsets, tempo)
        rows.append(Example(groove, "rock", f"drummer{1 + is_loud}", split, f"{split}.mid", bar))
    return stack(rows)


def test_the_bilstm_learns_the_rule_and_a_drummer_held_out_is_missed_by_more() -> None:
    train, test = examples("train", 300, 0), examples("test", 40, 1)

    rows, left_out = learned_rows(train, test, Learning(MINUTES, "drummer1"), lambda _: None)

    said = {row.method: row for row in rows}
    grid = measure("quantised", quantised(train, test), test)
    learned = said[f"{BILSTM}, {MINUTES:g} CPU minutes"]
    assert learned.velocity is not None
    assert grid.velocity is not None
    assert learned.velocity < 0.5 * grid.velocity
    heard, unheard = said["- on the hits of drummer1"], said["- on them, trained without drummer1"]
    assert heard.velocity is not None
    assert unheard.velocity is not None
    assert unheard.velocity > 1.5 * heard.velocity
    assert not any(BILSTM in text for text in left_out)


def test_boosted_trees_learn_the_rule() -> None:
    pytest.importorskip("sklearn")
    from groovescape_models.training.groove_trees import boosted_trees

    train, test = examples("train", 200, 0), examples("test", 20, 1)

    row = measure("trees", boosted_trees(train, test), test)

    assert row.timing_ms < 0.3 * measure("quantised", quantised(train, test), test).timing_ms
