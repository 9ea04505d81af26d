"""What Groovescape costs: CPU time of what users wait for, and memory, beside the design document's figures."""

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from groovescape.bench_process import WARM_UP_RUNS, resident_mb
from groovescape_models.checkpoints.registry import Backend, open_network, shipped_model
from groovescape_models.encoding.drums import to_groove
from groovescape_models.engines.drum_vae import DrumVae
from groovescape_models.engines.engine import FeelRequest, MorphRequest
from groovescape_models.engines.studio import DRUMS, Studio, open_studio
from groovescape_models.music.pattern import Pattern

GRID = 5
"""Points a side of the plane that the density picture decodes at once."""


@dataclass(frozen=True, slots=True)
class Design:
    """The design document's figure for the same thing, for full and for quantised weights."""

    full: float
    quantised: float | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured thing: median and 95th percentile in unit ("CPU ms", "ms" or "MB") over a number of runs."""

    name: str
    unit: str
    median: float
    p95: float
    runs: int = 1
    design: Design | None = None

    @property
    def ratios(self) -> tuple[float | None, float | None]:
        """How many times better than the design's figures for full and for quantised weights."""
        if self.design is None:
            return (None, None)
        quantised = self.design.quantised
        return (self.design.full / self.median, quantised / self.median if quantised else None)


DRUM_VAE_MS = Design(450.0, 180.0)
GROOVE_MS = Design(85.0, 35.0)
MODELS_MB = Design(210.0 + 120.0)
"""MusicVAE small and GrooVAE together, the two that are loaded."""


def cpu_ms(work: Callable[[int], object], runs: int) -> tuple[float, float]:
    """Return median and 95th percentile of the CPU ms of work(0), work(1), ..., after some runs that do not count."""
    for run in range(WARM_UP_RUNS):
        work(-1 - run)
    spent = []
    for run in range(runs):
        started = time.process_time()
        work(run)
        spent.append((time.process_time() - started) * 1e3)
    return statistics.median(spent), percentile_95(spent)


def percentile_95(values: list[float]) -> float:
    """Return the value that 95 % do not exceed."""
    return float(np.percentile(values, 95))


def bench_models(runs: int, backend: Backend = "auto") -> tuple[Figure, ...]:
    """Measure the models by themselves: decode, encode, 25 points, humanise two bars, and memory once all is loaded."""
    studio = open_studio(backend)
    studio.warm_up_all()
    memory = resident_mb()
    corners = tuple(studio.style_pattern(name) for name in studio.styles()[:4])
    return (
        *_network_figures(corners[0], runs, backend),
        Figure("25 points of the pad", "CPU ms", *cpu_ms(_morphs(studio, corners), runs), runs),
        Figure("humanise 2 bars", "CPU ms", *cpu_ms(_feels(studio, corners[0]), runs), runs, GROOVE_MS),
        Figure("memory, models loaded", "MB", memory, memory, 1, MODELS_MB),
    )


def _network_figures(pattern: Pattern, runs: int, backend: Backend) -> tuple[Figure, Figure]:
    info = shipped_model(DRUMS)
    vae = DrumVae(open_network(info, backend), int(info.config["latent_size"]))
    latents = np.random.default_rng(0).standard_normal((16, 1, int(info.config["latent_size"]))).astype(np.float32)
    hits = to_groove(pattern).hits[None]
    decode = cpu_ms(lambda run: vae.decode(latents[run % len(latents)]), runs)
    encode = cpu_ms(lambda run: vae.encode(hits), runs)
    return (
        Figure("decode 2 bars", "CPU ms", *decode, runs, DRUM_VAE_MS),
        Figure("encode 2 bars", "CPU ms", *encode, runs),
    )


def _morphs(studio: Studio, corners: tuple[Pattern, ...]) -> Callable[[int], object]:
    """Return the work of decoding 5 x 5 points, other ones in each run: engines remember answers."""
    four = (corners[0], corners[1], corners[2], corners[3])

    def morph(run: int) -> object:
        shift = 0.1 + (run % 997) * 1e-4
        points = tuple((shift + 0.15 * x, shift + 0.15 * y) for y in range(GRID) for x in range(GRID))
        return studio.morph(MorphRequest(four, points))

    return morph


def _feels(studio: Studio, pattern: Pattern) -> Callable[[int], object]:
    return lambda run: studio.feel(FeelRequest(pattern, seed=run % 1_000_003))
