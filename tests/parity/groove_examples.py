"""Made-up performances with a rule to learn, for short trainings."""

from collections.abc import Iterator

import numpy as np

from groovescape_models.music.groove import Groove
from groovescape_models.training.examples import Example, ExampleArrays, stack


def performances(split: str, count: int, seed: int) -> Iterator[Example]:
    """Yield performances with a rule to learn: hats are late and soft, snares are loud, kicks lie on the grid."""
    rng = np.random.default_rng(seed)
    for bar in range(count):
        hits = np.zeros((32, 9), np.bool_)
        hits[::2, 2] = True
        hits[4::8, 1] = True
        hits[:, 0] = rng.random(32) < 0.2
        late, loud = np.zeros((32, 9), np.float32), np.full((32, 9), 0.6, np.float32)
        late[:, 2], loud[:, 2], loud[:, 1] = 0.25, 0.3, 0.95
        groove = Groove(hits, loud * hits, late * hits, 100.0 + bar % 40)
        yield Example(groove, "rock", "drummer1", split, f"{split}{bar // 8}.mid", bar % 8)


def examples(count: int) -> ExampleArrays:
    """Return as many performances of each split."""
    return stack(row for seed, split in enumerate(("train", "validation")) for row in performances(split, count, seed))
