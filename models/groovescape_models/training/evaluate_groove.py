"""Measure a humaniser as it ships beside what takes no training: a minute. groove_table.py has the whole comparison.

The protocol: official test split, 4/4 files, 2-bar windows one bar apart, nine classes, the loudest hit of a cell.
"""

from pathlib import Path
from typing import Final

import numpy as np

from groovescape_models.checkpoints.registry import open_network, shipped_model
from groovescape_models.errors import DataSetError
from groovescape_models.inference.runtime import Network
from groovescape_models.training.examples import ExampleArrays
from groovescape_models.training.feels import elsewhere
from groovescape_models.training.gmd import load_gmd
from groovescape_models.training.groove_baselines import cell_means, jittered, quantised, ridge
from groovescape_models.training.groove_measures import Misses, measure
from groovescape_models.training.groove_playing import drawn, expected, feels_of, with_feels
from groovescape_models.training.groove_report import (
    DRAWN,
    ELSEWHERE,
    EXPECTED,
    JITTER,
    OWN,
    PUBLISHED,
    QUANTISED,
    GrooveReport,
)

MODEL_ID: Final = "humanizer_2bar"


def evaluate_groove(data: Path, model_id: str = MODEL_ID) -> GrooveReport:
    """Return the figures of a shipped model on the data at a path; DataSetError if the data is not there."""
    return measure_groove(open_network(shipped_model(model_id)), load_gmd(data))


def measure_groove(network: Network, examples: ExampleArrays, seed: int = 0) -> GrooveReport:
    """Return the figures of a running network on the test split of examples; the seed draws feels and noise."""
    train, test = splits(examples)
    rows = (*plain_rows(train, test), *PUBLISHED, *network_rows(network, test, seed))
    return GrooveReport(len(test), int(test.hits.sum()), rows)


def splits(examples: ExampleArrays) -> tuple[ExampleArrays, ExampleArrays]:
    """Return the training and the test split of examples; DataSetError if one is empty."""
    train, test = examples.split("train"), examples.split("test")
    if not len(train) or not len(test):
        raise DataSetError("The data lacks a training or a test split; check the folder named with --data.")
    return train, test


def plain_rows(train: ExampleArrays, test: ExampleArrays) -> tuple[Misses, ...]:
    """Return the rows of the methods that need nothing but arithmetic."""
    return (
        measure(JITTER, jittered(train, test, np.random.default_rng(2)), test),
        measure(QUANTISED, quantised(train, test), test),
        measure("mean of step and drum", cell_means(train, test), test),
        measure("ridge regression", ridge(train, test), test),
    )


def network_rows(network: Network, test: ExampleArrays, seed: int = 0) -> tuple[Misses, ...]:
    """Return the rows of a humaniser: expected, drawn with the seed, and with feels of the performances themselves."""
    own = feels_of(network, test)
    size, others = own.shape[1], elsewhere(test.sources, np.random.default_rng(1))
    ours = (
        (EXPECTED, expected(network, test, size)),
        (DRAWN, drawn(network, test, size, np.random.default_rng(seed))),
        (OWN, with_feels(network, test, own)),
        (ELSEWHERE, with_feels(network, test, own[others])),
    )
    return tuple(measure(name, playing, test, count_hits=True) for name, playing in ours)
