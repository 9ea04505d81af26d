"""Baselines that learn, each with the library that it needs; one that is not installed costs a row, not the table."""

from collections.abc import Callable, Sequence
from typing import Final

from groovescape_models.errors import DependencyError
from groovescape_models.training.examples import ExampleArrays
from groovescape_models.training.groove_baselines import NEIGHBOURS, neighbours
from groovescape_models.training.groove_measures import Misses, Playing, measure

TREES: Final = "boosted trees"
BILSTM: Final = "two-layer BiLSTM, trained now"
Say = Callable[[str], object]


def learned_rows(
    train: ExampleArrays, test: ExampleArrays, minutes: float, say: Say
) -> tuple[tuple[Misses, ...], tuple[str, ...]]:
    """Return the rows of baselines that learn, and a sentence for each that cannot here."""
    methods: Sequence[tuple[str, Callable[[], Playing]]] = (
        (f"nearest neighbours, {NEIGHBOURS}", lambda: neighbours(train, test)),
        (TREES, lambda: _trees(train, test)),
        (f"{BILSTM}, {minutes:g} CPU minutes", lambda: _bilstm(train, test, minutes)),
    )
    rows, left_out = [], []
    for name, method in methods if minutes > 0 else methods[:-1]:
        say(f"Baseline: {name} ...")
        try:
            rows.append(measure(name, method(), test))
        except DependencyError as error:
            left_out.append(f"Left out: {name}. {error}")
    return tuple(rows), tuple(left_out)


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
