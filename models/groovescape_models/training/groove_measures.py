"""Measures of a humaniser: how far from the drummer it plays, and how alike the distributions are."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from groovescape_models.encoding.drums import from_groove, to_groove
from groovescape_models.music.groove import BoolArray, FloatArray, Groove
from groovescape_models.training.examples import ExampleArrays

STEP_MS_AT_1_BPM: Final = 15_000.0
OFFSET_BINS: Final = np.linspace(-0.5, 0.5, 51, dtype=np.float32)
"""Fiftieths of a step."""
VELOCITY_BINS: Final = np.linspace(0.0, 1.0, 33, dtype=np.float32)
"""Four of 127 each."""


@dataclass(frozen=True, eq=False)
class Playing:
    """How some method plays hits: velocities in 0..1 and offsets in steps, positive late, each (n, 32, 9)."""

    velocity: FloatArray
    offset: FloatArray


@dataclass(frozen=True, slots=True)
class Misses:
    """One row of the table; None where the source does not tell.

    timing_ms and velocity (0..127) are mean absolute misses over all hits, mse_16ths is the mean square of the timing
    in sixteenths. The divergences are KL(real || played) in nats of histograms over all hits, bins of a fiftieth of a
    step and of 4 / 127, one count added to each. hits_kept is the share of hits that are found in their cell again.
    """

    method: str
    timing_ms: float
    velocity: float | None
    mse_16ths: float | None = None
    timing_kl: float | None = None
    velocity_kl: float | None = None
    hits_kept: float | None = None
    measured: bool = True
    """False for a figure of a paper."""


def measure(
    method: str,
    playing: Playing,
    examples: ExampleArrays,
    count_hits: bool = False,
    among: BoolArray | None = None,
) -> Misses:
    """Return the row of a method on examples, or on those of their hits that are among, bool (n, 32, 9).

    Counting the hits kept writes and reads every pattern.
    """
    hits = examples.hits if among is None else examples.hits & among
    late = playing.offset - examples.offsets
    late_ms = late * STEP_MS_AT_1_BPM / examples.tempos_bpm[:, None, None]
    return Misses(
        method,
        float(np.abs(late_ms)[hits].mean()),
        127.0 * float(np.abs(playing.velocity - examples.velocities)[hits].mean()),
        float(np.square(late)[hits].mean()),
        divergence(examples.offsets[hits], playing.offset[hits], OFFSET_BINS),
        divergence(examples.velocities[hits], playing.velocity[hits], VELOCITY_BINS),
        hits_kept(playing, examples) if count_hits else None,
    )


def divergence(real: FloatArray, played: FloatArray, bins: FloatArray) -> float:
    """Return KL(real || played) in nats of two histograms; values beyond the bins count in the outermost."""
    counts = [np.histogram(np.clip(x, bins[0], bins[-1]), bins)[0] + 1.0 for x in (real, played)]
    p, q = (count / count.sum() for count in counts)
    return float((p * np.log(p / q)).sum())


def hits_kept(playing: Playing, examples: ExampleArrays) -> float:
    """Return the share of the hits that come back in their own cell after writing each example as notes."""
    kept = 0
    for hits, velocity, offset in zip(examples.hits, playing.velocity, playing.offset, strict=True):
        notes = from_groove(Groove(hits, np.where(hits, velocity, 0.0), np.where(hits, offset, 0.0)))
        kept += int((to_groove(notes).hits & hits).sum())
    return kept / max(1, int(examples.hits.sum()))
