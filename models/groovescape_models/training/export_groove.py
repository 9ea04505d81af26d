"""Trained weights of a humaniser as the bundle that ships, and how close each precision of LiteRT comes to them.

The weights lie on the grid of eight bits, so that float16, float32 and NumPy have the very same numbers and a seed
gives the same notes on each. The humaniser runs in float16, exactly; its students in eight bits, which are faster and
smaller and move hits by a tenth of a millisecond. The other file of each is there for who asks for it.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

import numpy as np

from groovescape_models.checkpoints.registry import open_network, shipped_model
from groovescape_models.inference.runtime import LiteRtNetwork
from groovescape_models.inference.runtime import Network as RunningNetwork
from groovescape_models.music.groove import FloatArray
from groovescape_models.training.bundle import weights_file, write_bundle
from groovescape_models.training.eight_bits import on_int8_grid
from groovescape_models.training.evaluate_groove import measure_groove
from groovescape_models.training.examples import ExampleArrays
from groovescape_models.training.four_bar_grooves import measure_four_bars
from groovescape_models.training.gmd import load_gmd
from groovescape_models.training.groove_card import card_of
from groovescape_models.training.groove_fidelity import Fidelity, fidelity
from groovescape_models.training.groove_measures import Misses
from groovescape_models.training.groove_report import GrooveReport
from groovescape_models.training.groove_trust import with_trust
from groovescape_models.training.humanizer_kinds import KINDS, HumanizerKind
from groovescape_models.training.litert_files import Precision
from groovescape_models.training.litert_humanizers import to_litert
from groovescape_models.training.networks.tensors import Network

DATA: Final = (
    {"name": "Groove MIDI Dataset v1.0.0, train split, 4/4", "licence": "CC BY 4.0", "by": "Gillick et al. 2019"},
)
EXACT: Final = {Precision.FLOAT16: "model.tflite", Precision.INT8: "model_int8.tflite"}
SMALL: Final = {Precision.INT8: "model.tflite", Precision.FLOAT16: "model_float16.tflite"}
"""Files by precision, the one to choose first at the head."""
FIDELITY_EXAMPLES: Final = 512


@dataclass(frozen=True)
class Figures:
    """What was measured of a humaniser on the test split, through the files that ship.

    teacher is the report of the model that it learned from, four_bars are rows of windows of four bars; both are empty
    for a model that has none. precisions is how close each file plays to the weights in NumPy.
    """

    report: GrooveReport
    teacher: tuple[Misses, ...]
    four_bars: tuple[Misses, ...]
    precisions: Mapping[str, Fidelity]

    def for_json(self) -> dict[str, object]:
        """Return the figures for model.json."""
        return {
            **self.report.figures(),
            "teacher": [asdict(row) for row in self.teacher],
            "four_bars": [asdict(row) for row in self.four_bars],
            "litert": {name: asdict(row) for name, row in self.precisions.items()},
        }


def export_groove(
    what: str,
    weights: Mapping[str, FloatArray],
    data: Path,
    resources: Path,
    *,
    date: str,
    training: Mapping[str, object],
) -> GrooveReport:
    """Write the bundle of weights below a resources folder and return its figures, measured through the files.

    what is one of humanizer_kinds.KINDS; date is the day of training, as in 2026-01-31; training says how the weights
    were made, for model.json.
    """
    kind, examples = KINDS[what], load_gmd(data)
    if not kind.is_student:
        weights = with_trust(weights, examples)
    weights = on_int8_grid(weights)
    network = kind.load(weights)
    models = {precision: to_litert(network, precision) for precision in Precision}
    figures = _measured(kind, network, weights, models, examples)
    shipped = SMALL if kind.is_student else EXACT
    facts = _facts(kind, network, shipped) | {"date": date, "training": dict(training), "figures": figures.for_json()}
    files = {name: models[precision] for precision, name in shipped.items()}
    card = card_of(kind.id, figures.report, figures.teacher, figures.four_bars, figures.precisions, facts)
    packed = {"weights.npz": weights_file(weights), **files, "MODEL_CARD.md": card.encode("utf-8")}
    write_bundle(resources / "checkpoints" / kind.id, facts, packed)
    return figures.report


def _measured(
    kind: HumanizerKind,
    network: Network,
    weights: Mapping[str, FloatArray],
    models: Mapping[Precision, bytes],
    examples: ExampleArrays,
) -> Figures:
    first = Precision.INT8 if kind.is_student else Precision.FLOAT16
    test, running = examples.split("test"), LiteRtNetwork(models[first])
    few, reference = test.where(np.arange(len(test)) < FIDELITY_EXAMPLES), kind.numpy(weights)
    return Figures(
        measure_groove(running, examples),
        _teacher_rows(examples) if kind.is_student else (),
        () if kind.is_student else measure_four_bars(running, test),
        {precision.value: fidelity(model, reference, few) for precision, model in models.items()},
    )


def _teacher_rows(examples: ExampleArrays) -> tuple[Misses, ...]:
    teacher: RunningNetwork = open_network(shipped_model(KINDS["humanizer"].id))
    return measure_groove(teacher, examples).rows


def _facts(kind: HumanizerKind, network: Network, shipped: Mapping[Precision, str]) -> dict[str, object]:
    return {
        "id": kind.id,
        "kind": kind.kind,
        "version": "1" if kind.is_student else "2",
        "title": kind.title,
        "licence": "CC BY 4.0",
        "data": list(DATA),
        "config": asdict(network.config),
        "precisions": {precision.value: name for precision, name in shipped.items()},
    }
