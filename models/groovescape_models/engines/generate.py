"""The pattern engine: new drum patterns from the prior of the drum VAE, or from a style's region of it."""

import numpy as np

from groovescape_models.encoding.bar_slots import SLOT_STEPS
from groovescape_models.encoding.drums import TWO_BARS, from_hits
from groovescape_models.engines.drum_vae import DrumVae
from groovescape_models.engines.engine import GenerateRequest, ShouldStop, never
from groovescape_models.engines.humanizer import Humanizer
from groovescape_models.engines.on_demand import OnDemand
from groovescape_models.engines.style_regions import StyleRegions
from groovescape_models.engines.styles import Styles
from groovescape_models.errors import Cancelled
from groovescape_models.inference.sampling import FloatArray, gaussian_noise, logistic_noise
from groovescape_models.latent.region import Region
from groovescape_models.music.drumkit import DRUM_COUNT
from groovescape_models.music.groove import BoolArray
from groovescape_models.music.levels import levelled
from groovescape_models.music.pattern import Pattern, Role

HIT_TEMPERATURE = 0.5
"""Temperature of single hits at a request's temperature of 1; the rest of the surprise is in the latent."""
LIKENESS = 0.95
"""Correlation of the latents of one pattern's two-bar phrases: the same groove, played on."""
ATTEMPTS = 8
MAX_BARS = 512
MAX_COUNT = 1000


class DrumGenerator:
    """Answers GenerateRequests for drums."""

    def __init__(self, vae: DrumVae, humanizer: Humanizer, styles: Styles, regions: StyleRegions) -> None:
        """Use a drum VAE for the hits, a humaniser for their velocities, styles and where they lie."""
        self._vae = vae
        self._humanizer = humanizer
        self._styles = styles
        self._regions = regions
        self._everything = OnDemand(lambda: regions.of_all(styles.of(Role.DRUMS)))

    def generate(self, request: GenerateRequest, should_stop: ShouldStop = never) -> tuple[Pattern, ...]:
        """Return request.count patterns on the grid, with a drummer's velocities, every drum at a level that is heard.

        Pattern i depends on the seed and i alone, so asking for more patterns does not change the first ones. Raises
        ValueError if bars, count or temperature are out of range, UnknownNameError for a style that is not there.
        """
        check(request)
        patterns = []
        for index in range(request.count):
            if should_stop():
                raise Cancelled
            patterns.append(self._one_with_hits(request, index))
        return tuple(patterns)

    def _one_with_hits(self, request: GenerateRequest, index: int) -> Pattern:
        """Return pattern number index; one without a hit, as a bar of a break may be, is drawn again."""
        for attempt in range(ATTEMPTS):
            rng = np.random.default_rng([request.seed, index, attempt] if attempt else [request.seed, index])
            pattern = self._one(request, rng, index)
            if pattern.notes:
                break
        return pattern

    def _one(self, request: GenerateRequest, rng: np.random.Generator, index: int) -> Pattern:
        phrases = -(-request.bars // 2)
        z = self._latents(request, rng, phrases)
        noise = logistic_noise(rng, (phrases, TWO_BARS, DRUM_COUNT))
        hits = self._vae.decode(z, noise, max(1e-3, HIT_TEMPERATURE * request.temperature))
        steps = request.bars * SLOT_STEPS
        velocities = self._velocities(request, rng, hits).reshape(-1, DRUM_COUNT)[:steps]
        hits = hits.reshape(-1, DRUM_COUNT)[:steps]
        name = f"{(request.style or 'drums').capitalize()} {request.seed}" + (f".{index}" if index else "")
        return from_hits(hits, levelled(velocities, hits), name)

    def _latents(self, request: GenerateRequest, rng: np.random.Generator, phrases: int) -> FloatArray:
        """Return the latents of the phrases, (phrases, Z): the first is drawn, the others are near to it.

        They are of the style's region, or of the region of all styles, or of the prior where there are no styles.
        """
        region = self._region(request.style)
        size = (1, self._vae.latent_size)
        home = region.draw(rng, 1, request.temperature) if region else gaussian_noise(rng, size) * request.temperature
        drift = gaussian_noise(rng, (phrases - 1, self._vae.latent_size)) * request.temperature
        others = LIKENESS * home + np.sqrt(1.0 - LIKENESS**2) * drift
        return np.concatenate([home, others]).astype(np.float32)

    def _region(self, style: str | None) -> Region | None:
        return self._everything() if style is None else self._regions.of(self._styles.named(style))

    def _velocities(self, request: GenerateRequest, rng: np.random.Generator, hits: BoolArray) -> FloatArray:
        character = gaussian_noise(rng, (self._humanizer.feel_size,))
        return self._humanizer.decode(hits, request.setting.tempo_bpm, character).velocity


def check(request: GenerateRequest) -> None:
    """Raise ValueError if bars, count or temperature are out of range."""
    if not 1 <= request.bars <= MAX_BARS:
        raise ValueError(f"bars must be in 1..{MAX_BARS}, got {request.bars}")
    if not 1 <= request.count <= MAX_COUNT:
        raise ValueError(f"count must be in 1..{MAX_COUNT}, got {request.count}")
    if not 0.0 <= request.temperature <= 3.0:
        raise ValueError(f"temperature must be in 0..3, got {request.temperature}")
