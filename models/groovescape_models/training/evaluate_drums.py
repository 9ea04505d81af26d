"""Measure a drum VAE as it ships, through the runtime that the program uses: no Keras here.

The protocol is that of REFERENCES: official test split, 4/4 files, 2-bar windows one bar apart, nine classes.
"""

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

import numpy as np

from groovescape_models.checkpoints.registry import open_network, shipped_model
from groovescape_models.encoding.drums import TWO_BARS
from groovescape_models.engines.generate import HIT_TEMPERATURE
from groovescape_models.engines.library import Library
from groovescape_models.errors import DataSetError
from groovescape_models.inference.runtime import Network
from groovescape_models.inference.sampling import gaussian_noise, logistic_noise
from groovescape_models.latent.region import Region
from groovescape_models.music.drumkit import DRUM_COUNT
from groovescape_models.music.groove import BoolArray, FloatArray
from groovescape_models.music.pattern import Role
from groovescape_models.training.drum_measures import Likeness, likenesses
from groovescape_models.training.examples import ExampleArrays
from groovescape_models.training.gmd import load_gmd

MODEL_ID: Final = "drums_2bar"
BATCH_SIZE: Final = 64
FORCE: Final = np.float32(1e4)
"""Noise that leaves a step no choice."""
ACTIVE_SIGMA: Final = 0.9
SAMPLES: Final = 2000


@dataclass(frozen=True, slots=True)
class Reconstruction:
    """How well patterns come back: F1 of the hits, share of steps with all nine drums right, share of patterns."""

    hit_f1: float
    steps_exact: float
    patterns_exact: float


@dataclass(frozen=True, slots=True)
class DrumReport:
    """What a drum VAE does on patterns that it has never seen."""

    patterns: int
    sampled: Reconstruction
    """Free running from the posterior mean, each step the most probable."""
    teacher_forced: Reconstruction
    """Each step told the true past."""
    kl_bits: float
    active_latents: int
    likenesses: tuple[Likeness, ...]
    """Patterns drawn from the prior, each hit at temperature 1, beside real ones."""
    draws: tuple[Likeness, ...] = ()
    """Patterns as the program draws them when no style is asked for, beside real ones."""

    def figures(self) -> dict[str, object]:
        """Return the figures for model.json."""
        return {
            "test_patterns": self.patterns,
            "sampled": _rounded(asdict(self.sampled)),
            "teacher_forced": _rounded(asdict(self.teacher_forced)),
            "kl_bits": round(self.kl_bits, 1),
            "active_latents": self.active_latents,
            "prior_samples": {row.name: _rounded(asdict(row), leave_out="name") for row in self.likenesses},
            "draws": {row.name: _rounded(asdict(row), leave_out="name") for row in self.draws},
        }

    def text(self) -> str:
        """Return the figures as a table to print."""
        lines = [
            f"{self.patterns} test patterns, {self.kl_bits:.1f} bits of KL, {self.active_latents} active latents",
            "",
            f"{'reconstruction':<22}{'hit F1':>10}{'steps exact':>14}{'patterns exact':>17}",
        ]
        for name, row in (("sampled", self.sampled), ("teacher forced", self.teacher_forced)):
            lines.append(f"{name:<22}{row.hit_f1:>10.3f}{row.steps_exact:>14.3f}{row.patterns_exact:>17.3f}")
        return "\n".join([*lines, *_table("prior samples", self.likenesses), *_table("draws of any style", self.draws)])


def evaluate_drums(data: Path, model_id: str = MODEL_ID) -> DrumReport:
    """Return the figures of a shipped model on the data at a path; DataSetError if the data is not there."""
    library = Library()
    everything = library.drum_regions().of_all(library.styles().of(Role.DRUMS)) if model_id == MODEL_ID else None
    return measure_drums(open_network(shipped_model(model_id)), load_gmd(data), everything=everything)


def measure_drums(
    network: Network,
    examples: ExampleArrays,
    seed: int = 0,
    samples: int = SAMPLES,
    everything: Region | None = None,
) -> DrumReport:
    """Return the figures of a running network on the test split of examples; the seed draws so many samples.

    everything is the region of all styles that the program draws from.
    """
    test, other = examples.split("test").hits, examples.split("validation").hits
    if not len(test) or not len(other):
        raise DataSetError("The data lacks a validation or a test split; check the folder named with --data.")
    mu, sigma = _encoded(network, test)
    nats = (0.5 * (mu**2 + sigma**2 - 1.0) - np.log(sigma)).sum(1).mean()
    quiet = np.zeros((TWO_BARS, len(test), DRUM_COUNT), np.float32)
    forced = np.where(test.transpose(1, 0, 2), FORCE, -FORCE)
    return DrumReport(
        len(test),
        reconstruction(test, _decoded(network, mu, quiet)["hits"] > 0),
        reconstruction(test, _decoded(network, mu, forced)["logits"] > 0),
        float(nats / np.log(2.0)),
        int((sigma.mean(0) < ACTIVE_SIGMA).sum()),
        likenesses(_prior_samples(network, (samples, mu.shape[1]), seed), test, other),
        likenesses(_draws(network, everything, samples, seed), test, other) if everything else (),
    )


def reconstruction(hits: BoolArray, back: BoolArray) -> Reconstruction:
    """Return how well hits (n, 32, 9) came back."""
    right = hits == back
    f1 = 2.0 * float((hits & back).sum()) / max(1.0, float(hits.sum() + back.sum()))
    return Reconstruction(f1, float(right.all(-1).mean()), float(right.all((1, 2)).mean()))


def _prior_samples(network: Network, shape: tuple[int, int], seed: int) -> BoolArray:
    rng = np.random.default_rng(seed)
    z = gaussian_noise(rng, shape)
    drawn: BoolArray = _decoded(network, z, logistic_noise(rng, (TWO_BARS, len(z), DRUM_COUNT)))["hits"] > 0
    return drawn


def _draws(network: Network, everything: Region, samples: int, seed: int) -> BoolArray:
    rng = np.random.default_rng(seed)
    z = everything.draw(rng, samples)
    noise = logistic_noise(rng, (TWO_BARS, len(z), DRUM_COUNT)) * np.float32(HIT_TEMPERATURE)
    drawn: BoolArray = _decoded(network, z, noise)["hits"] > 0
    return drawn


def _table(title: str, rows: tuple[Likeness, ...]) -> list[str]:
    head = ["", f"{title:<22}{'real mean':>10}{'sample mean':>14}{'distance':>11}{'floor':>9}"] if rows else []
    return head + [
        f"{row.name:<22}{row.real_mean:>10.3f}{row.sample_mean:>14.3f}{row.distance:>11.3f}{row.floor:>9.3f}"
        for row in rows
    ]


def _encoded(network: Network, hits: BoolArray) -> tuple[FloatArray, FloatArray]:
    parts = [
        network.run("encode", hits=hits[first : first + BATCH_SIZE].astype(np.float32))
        for first in range(0, len(hits), BATCH_SIZE)
    ]
    return np.concatenate([part["mu"] for part in parts]), np.concatenate([part["sigma"] for part in parts])


def _decoded(network: Network, z: FloatArray, noise: FloatArray) -> dict[str, FloatArray]:
    """Return hits and logits, (n, 32, 9), at temperature 1 for noise (32, n, 9)."""
    one = np.array(1.0, np.float32)
    cuts = [slice(first, first + BATCH_SIZE) for first in range(0, len(z), BATCH_SIZE)]
    parts = [network.run("decode", z=z[cut], noise=noise[:, cut], temperature=one) for cut in cuts]
    return {name: np.concatenate([part[name] for part in parts]) for name in ("hits", "logits")}


def _rounded(figures: dict[str, float], leave_out: str = "") -> dict[str, float]:
    return {name: round(value, 4) for name, value in figures.items() if name != leave_out}
