"""New patterns from official networks: from the prior, phrase after phrase, asked for as of our own models."""

from collections.abc import Callable

import numpy as np

from groovescape_models.encoding.bar_slots import SLOT_STEPS
from groovescape_models.encoding.drums import from_groove, from_hits
from groovescape_models.encoding.groove import from_layout
from groovescape_models.encoding.harmony import condition_of, shift_to_c
from groovescape_models.encoding.lines import from_line, moved
from groovescape_models.engines.engine import GenerateRequest, Setting, ShouldStop, never
from groovescape_models.engines.generate import HIT_TEMPERATURE, LIKENESS, check
from groovescape_models.engines.generate_lines import setting_key
from groovescape_models.engines.harmony_mask import harmony_noise
from groovescape_models.engines.line_velocity import line_velocity
from groovescape_models.engines.official import OfficialModelSpace
from groovescape_models.engines.official_groove import OfficialGroove
from groovescape_models.engines.official_lines import OfficialLines
from groovescape_models.engines.recast import Loudness
from groovescape_models.errors import Cancelled, UnknownNameError
from groovescape_models.inference.sampling import FloatArray, gaussian_noise
from groovescape_models.music.key import Key
from groovescape_models.music.pattern import Pattern
from groovescape_models.music.timing import Meter

ATTEMPTS = 8


class OfficialGenerator:
    """Answers GenerateRequests with one official network of drums, lines or grooves."""

    def __init__(self, space: OfficialModelSpace, name: str, loudness: Callable[[], Loudness]) -> None:
        """Use a latent space, the name to call it by, and what finds the velocities of drums that come without."""
        self._space, self._name, self._loudness = space, name, loudness

    def generate(self, request: GenerateRequest, should_stop: ShouldStop = never) -> tuple[Pattern, ...]:
        """Return request.count patterns; pattern i depends on the seed and i alone.

        UnknownNameError for a style and for another meter than 4/4, which such a network does not know.
        """
        check(request)
        refuse(self._name, request.style, request.setting)
        patterns = []
        for index in range(request.count):
            if should_stop():
                raise Cancelled
            patterns.append(self._one_with_notes(request, index))
        return tuple(patterns)

    def _one_with_notes(self, request: GenerateRequest, index: int) -> Pattern:
        for attempt in range(ATTEMPTS):
            rng = np.random.default_rng([request.seed, index, attempt])
            pattern = self._one(request, rng, named(self._name, request.seed, index))
            if pattern.notes:
                break
        return pattern

    def _one(self, request: GenerateRequest, rng: np.random.Generator, name: str) -> Pattern:
        phrases = -(-request.bars * SLOT_STEPS // self._space.steps)
        z = phrase_latents(rng, phrases, self._space.latent_size, request.temperature)
        noise, temperature = self._space.draw_noise(rng, phrases), HIT_TEMPERATURE * request.temperature
        steps, setting = request.bars * SLOT_STEPS, request.setting
        if isinstance(self._space, OfficialLines):
            return self._line(z, noise, request, rng, name)
        if isinstance(self._space, OfficialGroove):
            layout = self._space.perform(z, noise, temperature)
            groove = from_layout(layout.reshape(-1, layout.shape[-1])[:steps], setting.tempo_bpm)
            return from_groove(groove, name=name)
        hits = self._space.decode(z, noise, temperature)
        pattern = from_hits(hits.reshape(-1, hits.shape[-1])[:steps], name=name)
        return pattern.with_notes(self._loudness()(pattern.with_notes(()), pattern.notes, setting.tempo_bpm))

    def _line(
        self, z: FloatArray, noise: FloatArray, request: GenerateRequest, rng: np.random.Generator, name: str
    ) -> Pattern:
        key, condition, rule = harmony_of(request.setting, len(z), self._space.steps)
        played = self._space.decode(z, noise + rule, HIT_TEMPERATURE * request.temperature, condition)
        tokens = played.reshape(-1)[: request.bars * SLOT_STEPS].astype(np.int16)
        return from_line(moved(tokens, -shift_to_c(key.tonic)), line_velocity(tokens, rng), self._space.role, name)


def refuse(model: str, style: str | None, setting: Setting) -> None:
    """Raise UnknownNameError for what an official network knows nothing of."""
    if style is not None:
        raise UnknownNameError(f"The model {model} knows no styles; ask it without one.")
    if setting.meter != Meter():
        raise UnknownNameError(f"The model {model} plays 4/4 alone; ask it without a meter.")


def named(model: str, seed: int, index: int) -> str:
    """Return what to call pattern number index of a seed."""
    return f"{model} {seed}" + (f".{index}" if index else "")


def phrase_latents(rng: np.random.Generator, phrases: int, size: int, temperature: float) -> FloatArray:
    """Return latents (phrases, size) of the prior: the first is drawn, the others are near to it."""
    drift = gaussian_noise(rng, (phrases, size)) * np.float32(temperature)
    others = np.float32(LIKENESS) * drift[:1] + np.float32(np.sqrt(1.0 - LIKENESS**2)) * drift[1:]
    return np.concatenate([drift[:1], others]).astype(np.float32)


def harmony_of(setting: Setting, phrases: int, steps: int) -> tuple[Key, FloatArray, FloatArray]:
    """Return the key of a setting, its condition in C (phrases, beats, 36), and its noise (phrases, steps, 90)."""
    key, bars = setting_key(setting), phrases * steps // SLOT_STEPS
    condition = condition_of(key, setting.chords, bars)
    rule = harmony_noise(condition, setting.strict_key).reshape(phrases, steps, -1)
    return key, condition.reshape(phrases, -1, condition.shape[1]), rule
