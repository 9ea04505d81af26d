"""Measure a humaniser as it ships, through the runtime that the program uses: no Keras here.

The protocol: official test split, 4/4 files, 2-bar windows one bar apart, nine classes, the loudest hit of a cell.
"""

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

import numpy as np

from groovescape_models.checkpoints.registry import open_network, shipped_model
from groovescape_models.errors import DataSetError
from groovescape_models.inference.runtime import Network
from groovescape_models.inference.sampling import gaussian_noise, laplace_noise
from groovescape_models.music.groove import FloatArray
from groovescape_models.training.examples import ExampleArrays
from groovescape_models.training.feels import elsewhere, feel_rows
from groovescape_models.training.gmd import load_gmd
from groovescape_models.training.groove_measures import Misses, Playing, cell_means, measure, quantised, ridge

MODEL_ID: Final = "humanizer_2bar"
BATCH_SIZE: Final = 128
EXPECTED: Final = "expected feel (mean mode)"
DRAWN: Final = "feel drawn from the prior (sampled)"
OWN: Final = "feel of the very performance"
ELSEWHERE: Final = "feel from elsewhere in the performance"
CELL_EDGE: Final = 0.499
"""Farthest that a hit is drawn from its step, in steps: half a step on would be the next cell."""
WIDTH: Final = 13
PUBLISHED: Final = (
    Misses("GrooVAE, Seq2Seq", 18.80, None, 0.032, 0.31, 0.08, measured=False),
    Misses("GrooVAE, groove transfer", 25.04, None, 0.052, 0.24, 0.12, measured=False),
)
"""Gillick et al. 2019, tables 1 and 2; their divergences may be binned otherwise than ours."""


@dataclass(frozen=True, slots=True)
class GrooveReport:
    """What a humaniser does with performances that it has never seen, beside simpler methods."""

    windows: int
    hits: int
    rows: tuple[Misses, ...]

    def row(self, method: str) -> Misses:
        """Return the row of a method; StopIteration if there is none."""
        return next(row for row in self.rows if row.method == method)

    def figures(self) -> dict[str, object]:
        """Return the figures for model.json."""
        rows = [{k: round(v, 4) if isinstance(v, float) else v for k, v in asdict(row).items()} for row in self.rows]
        return {"test_windows": self.windows, "test_hits": self.hits, "rows": rows}

    def text(self) -> str:
        """Return the figures as a table to print; M is measured here, P is published."""
        heads = (
            f"{'timing ms':>11}{'MSE 16ths':>11}{'timing KL':>11}{'velocity KL':>13}{'velocity':>10}{'hits kept':>11}"
        )
        lines = [f"{self.hits} hits in {self.windows} test windows", "", f"{'method':<42}{heads}"]
        return "\n".join(lines + [_line(row) for row in self.rows])


def _line(row: Misses) -> str:
    name = f"{row.method} ({'M' if row.measured else 'P'})"
    cells = (
        (row.timing_ms, ".2f"),
        (row.mse_16ths, ".4f"),
        (row.timing_kl, ".3f"),
        (row.velocity_kl, ".3f"),
        (row.velocity, ".2f"),
        (row.hits_kept, ".2%"),
    )
    return f"{name:<42}" + "".join(f"{'' if x is None else format(x, form):>{WIDTH}}" for x, form in cells)


def evaluate_groove(data: Path, model_id: str = MODEL_ID) -> GrooveReport:
    """Return the figures of a shipped model on the data at a path; DataSetError if the data is not there."""
    return measure_groove(open_network(shipped_model(model_id)), load_gmd(data))


def measure_groove(network: Network, examples: ExampleArrays, seed: int = 0) -> GrooveReport:
    """Return the figures of a running network on the test split of examples; the seed draws feels and noise."""
    train, test = examples.split("train"), examples.split("test")
    if not len(train) or not len(test):
        raise DataSetError("The data lacks a training or a test split; check the folder named with --data.")
    rng = np.random.default_rng(seed)
    own = _feels(network, test)
    plain = (("quantised", quantised), ("mean of step and drum", cell_means), ("ridge regression", ridge))
    ours = (
        (EXPECTED, _played(network, test, None)),
        (DRAWN, _drawn(network, test, own.shape[1], rng)),
        (OWN, _played(network, test, own)),
        (ELSEWHERE, _played(network, test, own[elsewhere(test.sources, np.random.default_rng(1))])),
    )
    rows = (
        *(measure(name, method(train, test), test) for name, method in plain),
        *PUBLISHED,
        *(measure(name, playing, test, count_hits=True) for name, playing in ours),
    )
    return GrooveReport(len(test), int(test.hits.sum()), rows)


def _feels(network: Network, examples: ExampleArrays) -> FloatArray:
    rows, tempo = feel_rows(examples), examples.tempos_bpm[:, None]
    cuts = _cuts(len(examples))
    return np.concatenate([network.run("encode", groove=rows[cut], tempo=tempo[cut])["mu"] for cut in cuts])


def _played(network: Network, examples: ExampleArrays, z: FloatArray | None) -> Playing:
    answer = _decoded(network, examples, z)
    return Playing(answer["velocity"], answer["offset"])


def _drawn(network: Network, examples: ExampleArrays, latent_size: int, rng: np.random.Generator) -> Playing:
    """Return each example with a feel drawn for it, and each hit drawn about its median, as the program draws them."""
    answer = _decoded(network, examples, gaussian_noise(rng, (len(examples), latent_size)))
    scatter = laplace_noise(rng, (2, *examples.hits.shape))
    offset = answer["offset"] + scatter[0] * answer["offset_scale"]
    velocity = answer["velocity"] + scatter[1] * answer["velocity_scale"]
    return Playing(np.clip(velocity, 1.0 / 127.0, 1.0), np.clip(offset, -CELL_EDGE, CELL_EDGE))


def _decoded(network: Network, examples: ExampleArrays, z: FloatArray | None) -> dict[str, FloatArray]:
    hits, tempo = examples.hits.astype(np.float32), examples.tempos_bpm[:, None]
    known = np.full_like(tempo, z is not None)
    if z is None:
        z = np.zeros_like(_feels(network, examples))
    parts = [
        network.run("decode", hits=hits[cut], tempo=tempo[cut], z=z[cut], known=known[cut])
        for cut in _cuts(len(examples))
    ]
    return {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}


def _cuts(count: int) -> list[slice]:
    return [slice(first, first + BATCH_SIZE) for first in range(0, count, BATCH_SIZE)]
