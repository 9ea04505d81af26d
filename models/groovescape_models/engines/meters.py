"""New patterns in meters that the networks did not see: their bars in slots whose last steps stay silent.

Measured on the Groove MIDI Dataset, each performance against what is made without it (distance of the mean bars, 0 is
the same): in 3/4 the network is nearer than the Markov chain (.80 against .97; the other performances .88), in 6/8 the
chain is (.67 against .86; the others .69). So simple meters shorter than 4/4 are drawn here, and all others by the
algorithmic engine.
"""

from dataclasses import replace

import numpy as np

from groovescape_models.encoding.bar_slots import SLOT_STEPS
from groovescape_models.engines.engine import (
    ContinueRequest,
    GenerateRequest,
    InfillRequest,
    Setting,
    ShouldStop,
    never,
)
from groovescape_models.engines.generate_lines import setting_key
from groovescape_models.engines.infill import Infill
from groovescape_models.music.pattern import Pattern, Role
from groovescape_models.music.timing import STEPS_PER_QUARTER, Meter

PHRASE_BARS = 2
SEED_LIMIT = 2**31


def is_short_and_simple(meter: Meter) -> bool:
    """Return whether a meter counts in quarters and has fewer of them than 4/4: 2/4 and 3/4."""
    return meter.denominator == 4 and meter.bar_length * STEPS_PER_QUARTER < SLOT_STEPS


class MeterGenerator:
    """Answers GenerateRequests in 2/4 and 3/4 for every role with a latent model."""

    def __init__(self, infill: Infill) -> None:
        """Fill empty bars, and go on from there."""
        self._infill = infill

    def generate(self, request: GenerateRequest, should_stop: ShouldStop = never) -> tuple[Pattern, ...]:
        """Return request.count patterns; a style is not heard in these meters."""
        return tuple(self._one(request, index, should_stop) for index in range(request.count))

    def _one(self, request: GenerateRequest, index: int, should_stop: ShouldStop) -> Pattern:
        seed = int(np.random.default_rng([request.seed, index]).integers(SEED_LIMIT))
        setting = _in_a_key(request.setting) if request.role is not Role.DRUMS else request.setting
        meter, bars = setting.meter, min(request.bars, PHRASE_BARS)
        name = f"{request.role.value.capitalize()} {meter} {request.seed}" + (f".{index}" if index else "")
        empty = Pattern((), bars * meter.bar_length, meter, request.role, name)
        begun = InfillRequest(empty, seed=seed, temperature=request.temperature, setting=setting)
        pattern = self._infill.infill(begun, should_stop)
        if request.bars > bars:
            more = ContinueRequest(pattern, request.bars - bars, seed, request.temperature, setting)
            pattern = self._infill.extend(more, should_stop)
        return replace(pattern, name=name)


def _in_a_key(setting: Setting) -> Setting:
    return replace(setting, key=setting_key(setting))
