"""Drums or melodies in stretches of four bars, each thought of as a whole, in a style."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from groovescape_models.encoding.drums import from_hits
from groovescape_models.encoding.harmony import shift_to_c
from groovescape_models.encoding.lines import STEPS_PER_BAR, from_line, moved
from groovescape_models.engines.drum_vae import DrumVae
from groovescape_models.engines.engine import GenerateRequest, ShouldStop, never
from groovescape_models.engines.generate import check
from groovescape_models.engines.generate_lines import setting_key
from groovescape_models.engines.humanizer import Humanizer
from groovescape_models.engines.line_velocity import line_velocity
from groovescape_models.engines.phrases import TwoBars
from groovescape_models.engines.stretches import (
    draw_phrases,
    played_hits,
    played_line,
    stretches_of,
    struck,
    style_row,
)
from groovescape_models.errors import Cancelled, UnknownNameError
from groovescape_models.inference.runtime import Network
from groovescape_models.music.pattern import Pattern
from groovescape_models.music.timing import Meter

ATTEMPTS = 8


@dataclass(frozen=True)
class FourBarModels:
    """A conductor of one lane, its latent size and styles, who plays for it, and who gives drums their velocities."""

    conductor: Network
    latent_size: int
    player: TwoBars
    humanizer: Humanizer
    styles: Sequence[str] = field(default=())


class FourBarGenerator:
    """Answers GenerateRequests for drums or melody."""

    def __init__(self, models: FourBarModels) -> None:
        """Use a model of four bars."""
        self._models = models

    def generate(self, request: GenerateRequest, should_stop: ShouldStop = never) -> tuple[Pattern, ...]:
        """Return request.count patterns on the grid; a melody without a key is in that of the chords, or in C major.

        Pattern i depends on the seed and i alone. Raises ValueError if bars, count or temperature are out of range,
        UnknownNameError for a style that is not there or a meter other than 4/4.
        """
        check(request)
        if request.setting.meter != Meter():
            raise UnknownNameError(f"The models of four bars play 4/4, not {request.setting.meter}.")
        style_row(request.style, self._models.styles)
        patterns = []
        for index in range(request.count):
            if should_stop():
                raise Cancelled
            patterns.append(self._one(request, index))
        return tuple(patterns)

    def _one(self, request: GenerateRequest, index: int) -> Pattern:
        """Return pattern number index: of a few draws, the first that is not silent."""
        name = f"{(request.style or request.role.value).capitalize()} {request.seed}" + (f".{index}" if index else "")
        for attempt in range(ATTEMPTS):
            pattern = self._played(request, np.random.default_rng([request.seed, index, attempt]), name)
            if pattern.notes:
                break
        return pattern

    def _played(self, request: GenerateRequest, rng: np.random.Generator, name: str) -> Pattern:
        models, count = self._models, stretches_of(request.bars)
        style, temperature = style_row(request.style, models.styles), request.temperature
        drawn = draw_phrases(models.conductor, models.latent_size, style, count, temperature, rng)
        phrases, steps = drawn[models.player.role.value], request.bars * STEPS_PER_BAR
        if isinstance(models.player, DrumVae):
            hits = played_hits(models.player, phrases, temperature, rng)[:steps]
            return from_hits(hits, struck(models.humanizer, hits, request.setting.tempo_bpm, rng), name)
        key = setting_key(request.setting)
        harmony = (key, request.setting.chords, request.setting.strict_key)
        line = played_line(models.player, phrases, harmony, temperature, rng)[:steps]
        return from_line(moved(line, -shift_to_c(key.tonic)), line_velocity(line, rng), models.player.role, name)
