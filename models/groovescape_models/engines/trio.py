"""The trio engine: melody, bass and drums that were thought of together, in a key and on chords."""

from dataclasses import dataclass, field
from typing import Final

import numpy as np
from numpy.typing import NDArray

from groovescape_models.encoding.drums import from_hits
from groovescape_models.encoding.harmony import condition_of, shift_to_c
from groovescape_models.encoding.lines import FIRST_NOTE, STEPS_PER_BAR, Tokens, from_line, moved
from groovescape_models.engines.drum_vae import DrumVae
from groovescape_models.engines.engine import GenerateRequest, ShouldStop, TrioRequest, never
from groovescape_models.engines.generate import HIT_TEMPERATURE, check
from groovescape_models.engines.generate_lines import CHORD_PULL, RANGES, TOKEN_TEMPERATURE, setting_key
from groovescape_models.engines.harmony_mask import harmony_noise, range_noise
from groovescape_models.engines.humanizer import Humanizer
from groovescape_models.engines.line_vae import NOTHING, LineVae
from groovescape_models.engines.line_velocity import line_velocity
from groovescape_models.engines.phrases import play_phrases
from groovescape_models.engines.progressions import Counted, draw_progression
from groovescape_models.errors import Cancelled, UnknownNameError
from groovescape_models.inference.runtime import Network
from groovescape_models.inference.sampling import FloatArray, gaussian_noise
from groovescape_models.music.groove import BoolArray
from groovescape_models.music.key import Key
from groovescape_models.music.levels import levelled
from groovescape_models.music.pattern import Pattern, Role
from groovescape_models.music.trio import Trio

BARS: Final = 4
LIKENESS: Final = (1.0, 0.9, 0.75, 0.9)
"""How alike the stretches of four bars are to the first one, going round: correlations of the noise they come from."""
GUIDANCE: Final = 1.5
"""How much further than its own share a style goes from none."""
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
        style = self._style(request.style)
        trios = []
        for index in range(request.count):
            if should_stop():
                raise Cancelled
            trios.append(self._one(request, style, index))
        return tuple(trios)

    def _style(self, name: str | None) -> FloatArray:
        """Return a style as a row (1, Y), zeros where none is asked for."""
        row = np.zeros((1, len(self.styles)), np.float32)
        if name is not None:
            if name not in self.styles:
                raise UnknownNameError(f"There is no trio style '{name}'; there are {', '.join(self.styles)}.")
            row[0, self.styles.index(name)] = 1.0
        return row

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
        """Return the bars of a trio, four by four; a line hears the bar before it."""
        stretches = -(-request.bars // BARS)
        chords = request.setting.chords or draw_progression(self._models.progressions, key, rng)
        conditions = condition_of(key, chords, stretches * BARS).reshape(stretches, 1, -1, 36)
        nothing: NDArray[np.int16] = np.full((1, STEPS_PER_BAR), NOTHING, np.int16)
        lines = {Role.MELODY: [nothing], Role.BASS: [nothing]}
        hits = []
        for z, condition in zip(self._latents(request, stretches, style, rng), conditions, strict=True):
            phrases = self._models.conductor.run("unroll", z=z[None])
            hits.append(self._hits(phrases[Role.DRUMS.value], request, rng))
            for role, played in lines.items():
                past = played[-1][:, -STEPS_PER_BAR:]
                rule = harmony_noise(condition[0], request.setting.strict_key, CHORD_PULL)
                rule += range_noise(*RANGES[role], shift_to_c(key.tonic))
                played.append(self._tokens(role, phrases[role.value], condition, past, rule, request.temperature, rng))
        steps = request.bars * STEPS_PER_BAR
        melody, bass = (np.concatenate(played[1:], axis=1)[0, :steps] for played in lines.values())
        return _Parts(melody, bass, np.concatenate(hits, axis=1)[0, :steps])

    def _latents(self, request: TrioRequest, count: int, style: FloatArray, rng: np.random.Generator) -> FloatArray:
        """Return the latents of stretches, (count, Z), drawn from noise as like the first one's as LIKENESS says."""
        draws = gaussian_noise(rng, (count, self._models.latent_size)) * np.float32(request.temperature)
        likeness = np.array([LIKENESS[index % len(LIKENESS)] for index in range(count)], np.float32)[:, None]
        noise: FloatArray = likeness * draws[:1] + np.sqrt(1.0 - likeness**2) * draws
        return draw_latents(self._models.conductor, noise, style.repeat(count, axis=0))

    def _hits(self, phrases: FloatArray, request: TrioRequest, rng: np.random.Generator) -> BoolArray:
        drums = self._models.drums
        noise = np.concatenate([drums.draw_noise(rng, 1), drums.draw_noise(rng, 1)], axis=1)
        temperature = max(1e-3, HIT_TEMPERATURE * request.temperature)
        return play_phrases(drums, phrases, noise, temperature, None).astype(np.bool_)

    def _tokens(
        self,
        role: Role,
        phrases: FloatArray,
        condition: FloatArray,
        past: Tokens,
        rule: FloatArray,
        temperature: float,
        rng: np.random.Generator,
    ) -> Tokens:
        """Return four bars of a line behind a bar of its past; rule (64, 90) is noise that says what may be played."""
        model = self._models.bass if role is Role.BASS else self._models.melody
        noise = np.concatenate([model.draw_noise(rng, 1), model.draw_noise(rng, 1)], axis=1)
        calm = max(1e-3, TOKEN_TEMPERATURE * temperature)
        return play_phrases(model, phrases, noise + rule, calm, condition, past).astype(np.int16)

    def _line(self, line: Tokens, key: Key, role: Role, name: str, rng: np.random.Generator) -> Pattern:
        return from_line(moved(line, -shift_to_c(key.tonic)), line_velocity(line, rng), role, name)

    def _drums(self, hits: BoolArray, request: TrioRequest, name: str, rng: np.random.Generator) -> Pattern:
        """Return hits (steps, 9) as a drummer of one character would strike them."""
        humanizer, steps = self._models.humanizer, self._models.drums.steps
        character = gaussian_noise(rng, (humanizer.feel_size,))
        padded = np.pad(hits, ((0, -len(hits) % steps), (0, 0))).reshape(-1, steps, hits.shape[1])
        velocity = humanizer.decode(padded, request.setting.tempo_bpm, character).velocity
        return from_hits(hits, levelled(velocity.reshape(-1, hits.shape[1])[: len(hits)], hits), name)


def draw_latents(conductor: Network, noise: FloatArray, styles: FloatArray) -> FloatArray:
    """Return where noise (n, Z) goes in styles (n, Y), one-hot or zeros, a style shown a little more than it has to."""
    guidance = np.full((), GUIDANCE, np.float32)
    return conductor.run("draw", noise=noise, style=styles, guidance=guidance)["z"]
