"""The whole comparison of a humaniser that ships: every baseline, grooves from elsewhere, transfer, drummers, meters.

Baselines that need a library are left out, and named, where it is not installed: boosted trees need scikit-learn, the
BiLSTM needs Keras and TensorFlow. Takes a few minutes, and those that the BiLSTM is given.
"""

from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Final

import numpy as np

from groovescape_models.checkpoints.registry import ModelInfo, open_network, shipped_model, shipped_models
from groovescape_models.engines.feel import FeelEngine
from groovescape_models.engines.groove_library import GrooveLibrary
from groovescape_models.engines.humanizer import Humanizer
from groovescape_models.errors import UnknownNameError
from groovescape_models.inference.runtime import Network
from groovescape_models.music.feel import GrooveAmount
from groovescape_models.training.evaluate_groove import MODEL_ID, network_rows, plain_rows, splits
from groovescape_models.training.examples import ExampleArrays
from groovescape_models.training.four_bar_grooves import measure_four_bars
from groovescape_models.training.gmd import load_gmd
from groovescape_models.training.groove_drummers import DrummerMisses, by_drummer
from groovescape_models.training.groove_floor import own_habits
from groovescape_models.training.groove_learned import Learning, Say, learned_rows
from groovescape_models.training.groove_measures import Misses, measure
from groovescape_models.training.groove_meters import MeterMisses, meter_misses
from groovescape_models.training.groove_playing import expected
from groovescape_models.training.groove_report import ELSEWHERE, EXPECTED, FLOOR, PROGRAM, PUBLISHED, GrooveReport
from groovescape_models.training.groove_sections import drummers_text, goals_text, meters_text, transfers_text
from groovescape_models.training.groove_takes import takes
from groovescape_models.training.groove_transfer import (
    BY_DEFAULT,
    MEDIANS,
    Transfers,
    from_elsewhere,
    measure_transfers,
)

WITH_ALL: Final = Learning(10.0)
KINDS: Final = ("humanizer", "humanizer_lite")
"""Of bundles that humanise; those of the first kind play four bars as one."""


@dataclass(frozen=True, slots=True)
class GrooveTableReport:
    """Everything that evaluate groove measures; left_out are sentences on rows that a missing library costs."""

    report: GrooveReport
    left_out: tuple[str, ...]
    transfers: tuple[tuple[str, Transfers], ...]
    drummers: tuple[DrummerMisses, ...]
    meters: tuple[MeterMisses, ...]

    def figures(self) -> dict[str, object]:
        """Return all figures, for JSON."""
        meters = [asdict(row) | {"meter": str(row.meter)} for row in self.meters]
        return {
            **self.report.figures(),
            "left_out": list(self.left_out),
            "transfers": {name: asdict(row) for name, row in self.transfers},
            "drummers": [asdict(row) for row in self.drummers],
            "meters": meters,
        }

    def text(self) -> str:
        """Return all tables to print."""
        parts = [self.report.text(), *self.left_out]
        parts += [goals_text(self.report, dict(self.transfers)), transfers_text(self.transfers)]
        return "\n\n".join([*parts, drummers_text(self.drummers), meters_text(self.meters)])


def groove_table(
    data: Path, model_id: str = MODEL_ID, learning: Learning = WITH_ALL, say: Say = lambda _: None
) -> GrooveTableReport:
    """Measure a shipped model on the data at a path; say is told what is going on.

    learning is how the BiLSTM is trained to compare with. DataSetError if the data is not there, UnknownNameError if
    the model is no humaniser.
    """
    info = _humaniser(model_id)
    network = open_network(info)
    train, test = splits(load_gmd(data))
    humanizer = Humanizer(network, int(info.config["latent_size"]))
    door = FeelEngine(humanizer, GrooveLibrary())
    say("Playing the test split ...")
    own = (*network_rows(network, test), *_of_four_bars(info, network, test), *_of_others(info, test))
    drummers = tuple(by_drummer(train, test, expected(network, test, humanizer.feel_size)))
    say("Extracting the groove of every performance, window by window ...")
    elsewhere = _from_elsewhere(door, test)
    transfers = tuple(_transfers(door, test))
    say("Playing other meters and triplets ...")
    meters = meter_misses(takes(data), humanizer)
    learned, left_out = learned_rows(train, test, learning, say)
    rows = (*plain_rows(train, test), *learned, *PUBLISHED, *own, *elsewhere)
    return GrooveTableReport(GrooveReport(len(test), int(test.hits.sum()), rows), left_out, transfers, drummers, meters)


def _humaniser(model_id: str) -> ModelInfo:
    info = shipped_model(model_id)
    if info.kind not in KINDS:
        known = ", ".join(model.id for model in shipped_models() if model.kind in KINDS)
        raise UnknownNameError(f"{model_id} is no humaniser; evaluate groove measures {known}.")
    return info


def _of_four_bars(info: ModelInfo, network: Network, test: ExampleArrays) -> Iterator[Misses]:
    """Yield the rows of four-bar windows, where a model plays them as one."""
    if info.kind == KINDS[0]:
        for row in measure_four_bars(network, test):
            yield replace(row, method=f"4 bars: {row.method}")


def _of_others(info: ModelInfo, test: ExampleArrays) -> Iterator[Misses]:
    """Yield the rows of the other humanisers that ship, with the expected feel and with one from elsewhere."""
    for other in shipped_models():
        if other.kind in KINDS and other.id != info.id:
            for row in network_rows(open_network(other), test):
                if row.method in (EXPECTED, ELSEWHERE):
                    yield replace(row, method=f"{other.id}: {row.method}")


def _from_elsewhere(door: FeelEngine, test: ExampleArrays) -> tuple[Misses, Misses]:
    """Return the row of grooves extracted from the other bars, and that of the floor, on the hits of the floor."""
    floor, known = own_habits(test)
    ours = from_elsewhere(door, test)
    return measure(PROGRAM, ours, test, among=known), measure(FLOOR, floor, test, among=known)


def _transfers(door: FeelEngine, test: ExampleArrays) -> Iterator[tuple[str, Transfers]]:
    for name, amount in ((MEDIANS, GrooveAmount(spread=0.0)), (BY_DEFAULT, GrooveAmount())):
        yield name, measure_transfers(door, test, amount, np.random.default_rng(0))
