"""New trios from official networks, flat or hierarchical: melody, bass and drums of one latent."""

from dataclasses import replace
from typing import Final

import numpy as np

from groovescape_models.checkpoints.official import OfficialConfig
from groovescape_models.encoding.bar_slots import SLOT_STEPS
from groovescape_models.encoding.drums import from_hits
from groovescape_models.encoding.harmony import shift_to_c
from groovescape_models.encoding.lines import Tokens, from_line, moved
from groovescape_models.encoding.official_drums import hits_of
from groovescape_models.encoding.official_lines import class_noise, line_tokens
from groovescape_models.engines.engine import GenerateRequest, ShouldStop, TrioRequest, never
from groovescape_models.engines.generate import HIT_TEMPERATURE, check
from groovescape_models.engines.line_velocity import line_velocity
from groovescape_models.engines.official_generate import harmony_of, named, phrase_latents, refuse
from groovescape_models.engines.official_space import OfficialSpace
from groovescape_models.errors import Cancelled
from groovescape_models.inference.runtime import Network
from groovescape_models.inference.sampling import FloatArray, gumbel_noise
from groovescape_models.music.pattern import Role
from groovescape_models.music.trio import Trio

LINES: Final = (Role.MELODY, Role.BASS)


class OfficialTrio:
    """Answers TrioRequests with one official network; what is longer than it is several of its sequences."""

    def __init__(self, network: Network, config: OfficialConfig, name: str) -> None:
        """Use a network whose outputs are a melody, a bass and drums, and the name to call it by."""
        self._space = OfficialSpace(network, config, Role.MELODY, config.output_size)
        self._config, self._name = config, name

    def generate(self, request: TrioRequest, should_stop: ShouldStop = never) -> tuple[Trio, ...]:
        """Return request.count trios; UnknownNameError for a style and for another meter than 4/4."""
        check(GenerateRequest(bars=request.bars, count=request.count, temperature=request.temperature))
        refuse(self._name, request.style, request.setting)
        trios = []
        for index in range(request.count):
            if should_stop():
                raise Cancelled
            trios.append(self._one(request, index))
        return tuple(trios)

    def _one(self, request: TrioRequest, index: int) -> Trio:
        rng = np.random.default_rng([request.seed, index])
        steps, name = request.bars * SLOT_STEPS, named(self._name, request.seed, index)
        phrases = -(-steps // self._config.steps)
        key, condition, rule = harmony_of(request.setting, phrases, self._config.steps)
        z = phrase_latents(rng, phrases, self._config.latent_size, request.temperature)
        noise = self._noise(rng, rule)
        controls = self._space.controls(condition, phrases)
        outputs = self._space.played(z, noise, HIT_TEMPERATURE * request.temperature, controls)
        flat = outputs.reshape(-1, outputs.shape[-1])[:steps]
        *lines, drums = np.split(flat, np.cumsum(self._config.output_sizes)[:-1], axis=1)
        parts = []
        for line, role, lowest in zip(lines, LINES, self._config.lowest_pitches, strict=True):
            tokens: Tokens = moved(line_tokens(line, lowest), -shift_to_c(key.tonic))
            parts.append(replace(from_line(tokens, line_velocity(tokens, rng), role), name=name))
        return Trio(parts[0], parts[1], from_hits(hits_of(drums), name=name))

    def _noise(self, rng: np.random.Generator, rule: FloatArray) -> FloatArray:
        """Return Gumbel noise (phrases, steps, O) that keeps the lines to a rule (phrases, steps, 90)."""
        noise = gumbel_noise(rng, (*rule.shape[:2], self._config.output_size))
        first = 0
        for size, lowest in zip(self._config.output_sizes, self._config.lowest_pitches, strict=False):
            noise[..., first : first + size] += class_noise(rule, lowest, size)
            first += size
        return noise
