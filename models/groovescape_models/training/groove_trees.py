"""Boosted trees that humanise hit by hit, from what is struck around it: a baseline. They need scikit-learn."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from groovescape_models.errors import DependencyError
from groovescape_models.music.drumkit import DRUM_COUNT
from groovescape_models.music.groove import BoolArray, FloatArray
from groovescape_models.training.examples import STEPS_PER_BAR, ExampleArrays
from groovescape_models.training.groove_measures import Playing

REACH: Final = 4
"""Steps before and behind a hit that a tree sees."""
ROUNDS: Final = 60
PACE: Final = 0.2
EVERY: Final = 2
"""Windows are a bar apart and two bars long: of the training split, every second one holds nearly every hit once."""


def boosted_trees(train: ExampleArrays, examples: ExampleArrays) -> Playing:
    """Return what boosted trees with absolute error say of each hit; DependencyError without scikit-learn."""
    try:
        from sklearn.ensemble import HistGradientBoostingRegressor
    except ModuleNotFoundError as error:
        raise DependencyError("Boosted trees need scikit-learn: pip install 'groovescape[train]'.") from error
    train = train.where(train.bars % EVERY == 0)
    inputs, queries = features(train), features(examples)
    answers = []
    for values in (train.velocities, train.offsets):
        trees = HistGradientBoostingRegressor(
            loss="absolute_error", max_iter=ROUNDS, learning_rate=PACE, random_state=0
        )
        answer = np.zeros(examples.hits.shape, np.float32)
        answer[examples.hits] = trees.fit(inputs, values[train.hits]).predict(queries)
        answers.append(answer)
    return Playing(*answers)


def features(examples: ExampleArrays) -> FloatArray:
    """Return what a tree sees of each hit: step of the bar, lane, tempo, hits in all, and those around it, a row each.

    The hits around are those of all lanes from REACH steps before to REACH steps behind, as in a loop.
    """
    rows, steps, lanes = np.nonzero(examples.hits)
    around = [_around(examples.hits, rows, steps + shift) for shift in range(-REACH, REACH + 1)]
    busy = examples.hits.sum(axis=(1, 2))[rows]
    own = np.stack([steps % STEPS_PER_BAR, lanes, examples.tempos_bpm[rows], busy], axis=1)
    return np.concatenate([own, *around], axis=1).astype(np.float32)


def _around(hits: BoolArray, rows: NDArray[np.intp], steps: NDArray[np.intp]) -> NDArray[np.bool_]:
    """Return all lanes of some steps of some rows, (hits, 9)."""
    found: NDArray[np.bool_] = hits[rows, steps % hits.shape[1]].reshape(-1, DRUM_COUNT)
    return found
