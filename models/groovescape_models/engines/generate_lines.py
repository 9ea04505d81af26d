"""The pattern engine of melodies and basses: lines from the prior, or from a style's region, in a key and on chords."""

from collections.abc import Callable
from dataclasses import replace
from types import MappingProxyType
from typing import Final

import numpy as np
from numpy.typing import NDArray

from groovescape_models.encoding.harmony import condition_of, shift_to_c
from groovescape_models.encoding.lines import FIRST_NOTE, STEPS_PER_BAR, Tokens, from_line, moved
from groovescape_models.engines.engine import GenerateRequest, Setting, ShouldStop, never
from groovescape_models.engines.generate import check
from groovescape_models.engines.harmony_mask import harmony_noise, likely_key, range_noise
from groovescape_models.engines.line_vae import NOTHING, LineVae
from groovescape_models.engines.line_velocity import line_velocity
from groovescape_models.errors import Cancelled
from groovescape_models.inference.sampling import FloatArray, gaussian_noise
from groovescape_models.latent.naturalness import CANDIDATES, Naturalness
from groovescape_models.latent.region import Region
from groovescape_models.music.key import Key
from groovescape_models.music.pattern import Pattern, Role

TOKEN_TEMPERATURE: Final = 0.5
"""Temperature of single tokens at a request's temperature of 1; the rest of the surprise is in the latent."""
COLDEST: Final = 0.5
"""Lines are drawn no cooler: near the middle of their latent space there is one long note, or none."""
LIKENESS: Final = (1.0, 0.93, 0.8, 0.93)
"""How alike a line's phrases are to its first one, going round: a statement, its answer, a turn, the answer again.

Correlations of their latents."""
CHORD_PULL: Final = 3.0
"""Added to the logits of chord tones on strong beats."""
NOTE_PULL: Final = MappingProxyType({Role.MELODY: 0.6, Role.BASS: 0.0})
"""Added to the logits of notes: cool draws hold on for longer than real melodies do."""
FEW: Final = 8
"""Draws from a style's region of which one is kept: they are near real lines by themselves."""
RANGES: Final = MappingProxyType({Role.MELODY: (55, 88), Role.BASS: (28, 60)})
"""Lowest and highest pitch of new lines: of real melodies 98 in 100 notes; the open E of a bass to its highest C."""
LEAST_NOTES: Final = 2
"""Notes a bar that a line has at least, as far as ATTEMPTS draws give that."""
ATTEMPTS: Final = 8
BARS_PER_PHRASE: Final = 2
RegionOf = Callable[[str | None], Region | None]
"""The region of a style of the role, by name, and of all styles for None; UnknownNameError if there is no such style.

No region is the prior.
"""


class LineGenerator:
    """Answers GenerateRequests for melody or bass."""

    def __init__(self, model: LineVae, region_of: RegionOf, natural: Naturalness) -> None:
        """Use a latent space of two-bar lines, the regions of styles in it, and what tells where real lines are."""
        self._model, self._region_of, self._natural = model, region_of, natural

    def generate(self, request: GenerateRequest, should_stop: ShouldStop = never) -> tuple[Pattern, ...]:
        """Return request.count lines on the grid; without a key, in that of the chords, or in C major.

        Pattern i depends on the seed and i alone, so asking for more patterns does not change the first ones. Raises
        ValueError if bars, count or temperature are out of range, UnknownNameError for a style that is not there.
        """
        check(request)
        request = replace(request, temperature=max(COLDEST, request.temperature))
        patterns = []
        for index in range(request.count):
            if should_stop():
                raise Cancelled
            patterns.append(self._one(request, index))
        return tuple(patterns)

    def _one(self, request: GenerateRequest, index: int) -> Pattern:
        """Return pattern number index: of a few draws, the first that is no near silence."""
        key = setting_key(request.setting)
        for attempt in range(ATTEMPTS):
            rng = np.random.default_rng([request.seed, index, attempt])
            tokens = self._line(request, key, rng)
            if (tokens >= FIRST_NOTE).sum() >= LEAST_NOTES * request.bars:
                break
        name = f"{(request.style or self._model.role.value).capitalize()} {request.seed}" + (
            f".{index}" if index else ""
        )
        return from_line(moved(tokens, -shift_to_c(key.tonic)), line_velocity(tokens, rng), self._model.role, name)

    def _line(self, request: GenerateRequest, key: Key, rng: np.random.Generator) -> Tokens:
        """Return the tokens of a line in C, phrase after phrase, each hearing the bar before it."""
        phrases = -(-request.bars // BARS_PER_PHRASE)
        latents = self._latents(request, phrases, rng)
        conditions = condition_of(key, request.setting.chords, phrases * BARS_PER_PHRASE)
        beats, reach = len(conditions) // phrases, range_noise(*RANGES[self._model.role], shift_to_c(key.tonic))
        reach[FIRST_NOTE:] += NOTE_PULL[self._model.role]
        line: NDArray[np.int16] = np.full((1, STEPS_PER_BAR), NOTHING, np.int16)
        for phrase, z in enumerate(latents):
            condition = conditions[phrase * beats : (phrase + 1) * beats]
            rule = harmony_noise(condition, request.setting.strict_key, CHORD_PULL) + reach
            noise = self._model.draw_noise(rng, 1) + rule
            temperature = max(1e-3, TOKEN_TEMPERATURE * request.temperature)
            past = line[:, -STEPS_PER_BAR:]
            played = self._model.decode(z[None], noise, temperature, condition[None], past)
            line = np.concatenate([line, played], axis=1)
        return line[0, STEPS_PER_BAR : (1 + request.bars) * STEPS_PER_BAR]

    def _latents(self, request: GenerateRequest, phrases: int, rng: np.random.Generator) -> FloatArray:
        """Return the latents of a line's phrases, (phrases, Z): each as like the first one as LIKENESS says."""
        region = self._region_of(request.style)
        centre = np.zeros(self._model.latent_size, np.float32) if region is None else region.centre
        home = self._natural.choose(rng, self._candidates(region, request.temperature, rng))
        latents = [home]
        for phrase in range(1, phrases):
            likeness = LIKENESS[phrase % len(LIKENESS)]
            away = self._candidates(region, request.temperature, rng) - centre
            near = centre + likeness * (home - centre) + np.sqrt(1.0 - likeness**2) * away
            latents.append(self._natural.choose(rng, near.astype(np.float32)))
        return np.stack(latents)

    def _candidates(self, region: Region | None, temperature: float, rng: np.random.Generator) -> FloatArray:
        """Return latents of which one will be chosen, (k, Z)."""
        if region is not None:
            return region.draw(rng, FEW, temperature)
        return gaussian_noise(rng, (CANDIDATES, self._model.latent_size)) * np.float32(temperature)


def setting_key(setting: Setting) -> Key:
    """Return the key to play in: the one that is asked for, else the likeliest of the chords, else C major."""
    return likely_key(setting.chords) if setting.key is None else setting.key
