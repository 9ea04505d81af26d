"""The trio engine: melody, bass and drums that were thought of together, in a key and on chords."""

from dataclasses import dataclass, field, replace
from typing import Final

import numpy as np

from groovescape_models.encoding.drums import from_hits
from groovescape_models.encoding.harmony import shift_to_c
from groovescape_models.encoding.lines import FIRST_NOTE, STEPS_PER_BAR, Tokens, from_line, moved
from groovescape_models.engines.drum_vae import DrumVae
from groovescape_models.engines.engine import GenerateRequest, ShouldStop, TrioRequest, never
from groovescape_models.engines.generate import check
from groovescape_models.engines.generate_lines import COLDEST, setting_key
from groovescape_models.engines.humanizer import Humanizer
from groovescape_models.engines.line_vae import LineVae
from groovescape_models.engines.line_velocity import line_velocity
from groovescape_models.engines.progressions import Counted, draw_progression
from groovescape_models.engines.stretches import (
    draw_phrases,
    played_hits,
    played_line,
    stretches_of,
    struck,
    style_row,
)
from groovescape_models.errors import Cancelled
from groovescape_models.inference.runtime import Network
from groovescape_models.inference.sampling import FloatArray
from groovescape_models.music.groove import BoolArray
from groovescape_models.music.key import Key
from groovescape_models.music.pattern import Pattern, Role
from groovescape_models.music.trio import Trio

ATTEMPTS: Final = 8
LEAST_NOTES: Final = 1
"""Notes a bar that each part has at least, as far as ATTEMPTS draws give that."""


@dataclass(frozen=True)
class TrioModels:
    """What a trio is played by: the conductor, its latent size, styles and progressions, and who plays for it."""

    conductor: Network
    latent_size: int
    styles: tuple[str, ...]
    melody: LineVae
    bass: LineVae
    drums: DrumVae
    humanizer: Humanizer
    progressions: Counted = field(default_factory=dict)


@dataclass(frozen=True, eq=False)
class _Parts:
    """Bars of a trio in C: tokens (steps,) twice, hits (steps, 9)."""

    melody: Tokens
    bass: Tokens
    hits: BoolArray

    def are_full(self, bars: int) -> bool:
        """Return whether each part plays enough."""
        counts = ((self.melody >= FIRST_NOTE).sum(), (self.bass >= FIRST_NOTE).sum(), self.hits.any(1).sum())
        return all(int(count) >= LEAST_NOTES * bars for count in counts)


class TrioGenerator:
    """Answers TrioRequests."""

    def __init__(self, models: TrioModels) -> None:
        """Use a conductor and the models that play for it."""
        self._models = models

    @property
    def styles(self) -> tuple[str, ...]:
        """Names of the styles that a trio can be asked for."""
        return self._models.styles

    def generate(self, request: TrioRequest, should_stop: ShouldStop = never) -> tuple[Trio, ...]:
        """Return request.count trios on the grid, in the key asked for, else that of the chords, else C major.

        Without chords, each trio draws a progression that the data holds. Trio i depends on the seed and i alone.
        Raises ValueError if bars, count or temperature are out of range, UnknownNameError for a style not there.
        """
        check(GenerateRequest(bars=request.bars, count=request.count, temperature=request.temperature))
        style = style_row(request.style, self.styles)
        request = replace(request, temperature=max(COLDEST, request.temperature))
        trios = []
        for index in range(request.count):
            if should_stop():
                raise Cancelled
            trios.append(self._one(request, style, index))
        return tuple(trios)

    def _one(self, request: TrioRequest, style: FloatArray, index: int) -> Trio:
        """Return trio number index: of a few draws, the first in which every part plays."""
        key = setting_key(request.setting)
        for attempt in range(ATTEMPTS):
            rng = np.random.default_rng([request.seed, index, attempt])
            parts = self._parts(request, key, style, rng)
            if parts.are_full(request.bars):
                break
        name = f"{(request.style or 'trio').capitalize()} {request.seed}" + (f".{index}" if index else "")
        melody, bass = (
            self._line(line, key, role, name, rng)
            for line, role in ((parts.melody, Role.MELODY), (parts.bass, Role.BASS))
        )
        return Trio(melody, bass, self._drums(parts.hits, request, name, rng))

    def _parts(self, request: TrioRequest, key: Key, style: FloatArray, rng: np.random.Generator) -> _Parts:
        """Return the bars of a trio."""
        models, setting, temperature = self._models, request.setting, request.temperature
        chords = setting.chords or draw_progression(models.progressions, key, rng)
        count = stretches_of(request.bars)
        phrases = draw_phrases(models.conductor, models.latent_size, style, count, temperature, rng)
        hits = played_hits(models.drums, phrases[Role.DRUMS.value], temperature, rng)
        harmony = (key, chords, setting.strict_key)
        melody, bass = (
            played_line(model, phrases[model.role.value], harmony, temperature, rng)
            for model in (models.melody, models.bass)
        )
        steps = request.bars * STEPS_PER_BAR
        return _Parts(melody[:steps], bass[:steps], hits[:steps])

    def _line(self, line: Tokens, key: Key, role: Role, name: str, rng: np.random.Generator) -> Pattern:
        return from_line(moved(line, -shift_to_c(key.tonic)), line_velocity(line, rng), role, name)

    def _drums(self, hits: BoolArray, request: TrioRequest, name: str, rng: np.random.Generator) -> Pattern:
        velocities = struck(self._models.humanizer, hits, request.setting.tempo_bpm, rng)
        return from_hits(hits, velocities, name)
