"""Baselines that learn, each with the library that it needs; one that is not installed costs a row, not the table."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np

from groovescape_models.errors import DependencyError, UnknownNameError
from groovescape_models.music.groove import BoolArray
from groovescape_models.training.examples import ExampleArrays
from groovescape_models.training.groove_baselines import NEIGHBOURS, neighbours
from groovescape_models.training.groove_measures import Misses, Playing, measure

TREES: Final = "boosted trees"
BILSTM: Final = "two-layer BiLSTM, trained now"
Say = Callable[[str], object]


@dataclass(frozen=True, slots=True)
class Learning:
    """What the BiLSTM is given: minutes of processor time (0: it is left out), and a drummer to be trained without.

    held_out is his name in the data set, as in drummer8; None trains with all drummers alone.
    """

    minutes: float
    held_out: str | None = None


def learned_rows(
    train: ExampleArrays, test: ExampleArrays, learning: Learning, say: Say
) -> tuple[tuple[Misses, ...], tuple[str, ...]]:
    """Return the rows of baselines that learn, and a sentence for each that cannot here.

    UnknownNameError if the test split has no such drummer to be held out.
    """
    methods: list[tuple[str, Callable[[], Iterable[Misses]]]] = [
        ("nearest neighbours", lambda: [measure(f"nearest neighbours, {NEIGHBOURS}", neighbours(train, test), test)]),
        (TREES, lambda: [measure(TREES, _trees(train, test), test)]),
    ]
    if learning.minutes > 0:
        methods.append((BILSTM, lambda: _bilstm_rows(train, test, learning)))
    rows: list[Misses] = []
    left_out = []
    for name, method in methods:
        say(f"Baseline: {name} ...")
        try:
            rows += method()
        except DependencyError as error:
            left_out.append(f"Left out: {name}. {error}")
    return tuple(rows), tuple(left_out)


def _bilstm_rows(train: ExampleArrays, test: ExampleArrays, learning: Learning) -> Iterator[Misses]:
    """Yield the row of the BiLSTM, and two on the hits of the drummer that is held out: with him in training, without.

    The two are how much worse a network plays for a drummer that it has never heard.
    """
    his = _hits_of(test, learning.held_out)
    playing = _bilstm(train, test, learning.minutes)
    yield measure(f"{BILSTM}, {learning.minutes:g} CPU minutes", playing, test)
    if learning.held_out is not None:
        yield measure(f"- on the hits of {learning.held_out}", playing, test, among=his)
        others = train.where(train.drummers != learning.held_out)
        unheard = _bilstm(others, test, learning.minutes)
        yield measure(f"- on them, trained without {learning.held_out}", unheard, test, among=his)


def _hits_of(test: ExampleArrays, drummer: str | None) -> BoolArray:
    his = np.asarray(test.drummers == drummer)[:, None, None] & test.hits
    if drummer is not None and not his.any():
        known = ", ".join(sorted({str(name) for name in test.drummers}))
        raise UnknownNameError(f"The test split has no hits of {drummer!r}; there are {known}.")
    return his


def _trees(train: ExampleArrays, test: ExampleArrays) -> Playing:
    from groovescape_models.training.groove_trees import boosted_trees

    return boosted_trees(train, test)


def _bilstm(train: ExampleArrays, test: ExampleArrays, minutes: float) -> Playing:
    try:
        from groovescape_models.training.groove_regression import bilstm_regression
    except ModuleNotFoundError as error:
        raise DependencyError(
            "It needs TensorFlow and Keras: pip install 'groovescape[train]', or ./run train --help in a clone."
        ) from error
    return bilstm_regression(train, test, minutes)
