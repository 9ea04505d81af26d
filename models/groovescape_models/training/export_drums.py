"""Turn trained drum weights into what ships: weights on the int8 grid, LiteRT files, styles, figures, model card."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np

from groovescape_models.encoding.drums import to_hits
from groovescape_models.engines.drum_vae import DrumVae, drum_grids
from groovescape_models.engines.engine import GenerateRequest
from groovescape_models.engines.generate import DrumGenerator
from groovescape_models.engines.library import Library
from groovescape_models.engines.style_files import style_of
from groovescape_models.engines.style_regions import StyleRegions
from groovescape_models.engines.styles import Styles
from groovescape_models.inference.numpy_drum_vae import NumpyDrumVae, Weights
from groovescape_models.inference.runtime import LiteRtNetwork, Network
from groovescape_models.music.groove import BoolArray
from groovescape_models.music.pattern import Role
from groovescape_models.training.bundle import sha256_of, weights_file, write_bundle
from groovescape_models.training.drum_card import drum_card
from groovescape_models.training.drum_fidelity import measure_fidelities, measure_pruning
from groovescape_models.training.drum_tasks import BETA, FREE_BITS
from groovescape_models.training.eight_bits import on_int8_grid
from groovescape_models.training.evaluate_drums import MODEL_ID, DrumReport, measure_drums
from groovescape_models.training.evaluate_styles import StyleReport, measure_styles
from groovescape_models.training.examples import ExampleArrays
from groovescape_models.training.gmd import load_gmd
from groovescape_models.training.litert_drums import drum_litert
from groovescape_models.training.litert_files import Precision
from groovescape_models.training.networks.drum_vae import config_of
from groovescape_models.training.run_log import Rival
from groovescape_models.training.style_library import found_styles, region_of, style_facts, write_styles

DATA: Final = (
    {"name": "Groove MIDI Dataset v1.0.0, train split, 4/4", "licence": "CC BY 4.0", "by": "Gillick et al. 2019"},
    {"name": "Drum machine patterns, 16 steps", "licence": "MIT", "by": "S. Handley"},
    {"name": "Freedoom music, its drums in 4/4", "licence": "BSD-3-Clause", "by": "Contributors to Freedoom"},
)
PRECISIONS: Final = {Precision.INT8: "model.tflite"}
"""What ships; NumPy plays in float16, the very same notes as such a file."""


@dataclass(frozen=True, slots=True)
class Exported:
    """The figures of what was exported."""

    drums: DrumReport
    styles: StyleReport

    def text(self) -> str:
        """Return the figures as tables to print."""
        return f"{self.drums.text()}\n\n{self.styles.text()}"


def export_drums(
    weights: Weights,
    data: Path,
    resources: Path,
    *,
    date: str,
    training: Mapping[str, object],
    rivals: Sequence[Rival] = (),
) -> Exported:
    """Write the bundle and the drum styles below a resources folder and return their figures.

    All is measured through the files' own runtime. date is the day of training, as in 2026-01-31; training says how
    the weights were made, for model.json; rivals are runs to name beside it.
    """
    weights = on_int8_grid(weights)
    config = config_of(weights)
    packed, examples = weights_file(weights), load_gmd(data)
    files = {precision: drum_litert(weights, precision) for precision in Precision}
    rows = _styles(weights, examples, sha256_of(packed))
    report = _measured(LiteRtNetwork(files[Precision.INT8]), examples, rows, sha256_of(packed), config.latent_size)
    fidelities, pruning = measure_fidelities(files, weights, examples), measure_pruning(weights, examples)
    facts = {
        "id": MODEL_ID,
        "kind": "drum_vae",
        "version": "2",
        "title": "Two bars of drums",
        "date": date,
        "licence": "CC BY 4.0",
        "data": list(DATA),
        "config": asdict(config),
        "precisions": {precision.value: name for precision, name in PRECISIONS.items()},
        "training": {"free_bits": FREE_BITS, "beta": BETA, **training},
        "figures": {
            **report.drums.figures(),
            "styles": report.styles.figures(),
            "litert": [asdict(row) for row in fidelities],
            "pruning": [asdict(row) for row in pruning],
            "runs": [asdict(row) for row in rivals],
        },
    }
    card = drum_card(report.drums, report.styles, fidelities, pruning, rivals, date)
    kept = {name: files[precision] for precision, name in PRECISIONS.items()}
    write_bundle(
        resources / "checkpoints" / MODEL_ID,
        facts,
        {"weights.npz": packed, **kept, "MODEL_CARD.md": card.encode("utf-8")},
    )
    write_styles(resources / "styles" / Role.DRUMS.value, rows)
    return report


def _styles(weights: Weights, examples: ExampleArrays, sha256: str) -> list[dict[str, Any]]:
    network = NumpyDrumVae(weights)
    return [
        style_facts(style, region_of(style, network), order, MODEL_ID, sha256)
        for order, style in enumerate(found_styles(examples.split("train")))
    ]


def _measured(
    network: Network, examples: ExampleArrays, rows: list[dict[str, Any]], sha256: str, latent_size: int
) -> Exported:
    """Return the figures of a network with styles, drawn by the engine that the program uses."""
    styles = Styles([style_of(row) for row in rows])
    vae = DrumVae(network, latent_size)
    regions = StyleRegions(vae, sha256, drum_grids)
    generator = DrumGenerator(vae, Library().humanizer(), styles, regions)

    def draw(style: str, count: int) -> BoolArray:
        patterns = generator.generate(GenerateRequest(style=style, count=count))
        return np.stack([to_hits(pattern) for pattern in patterns])

    names = tuple(style.name for style in styles.of(Role.DRUMS))
    everything = regions.of_all(styles.of(Role.DRUMS))
    return Exported(measure_drums(network, examples, everything=everything), measure_styles(draw, names, examples))
