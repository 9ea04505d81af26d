"""The algorithmic engine: patterns without a network, from Euclidean rhythms and Markov chains.

It answers where a model is missing or memory is short, in meters that no model was trained on, and as styles of its
own.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

import numpy as np

from groovescape_models.encoding.drums import from_hits
from groovescape_models.engines.engine import GenerateRequest, ShouldStop, never
from groovescape_models.engines.euclid import draw_euclid
from groovescape_models.engines.generate import check
from groovescape_models.engines.generate_lines import setting_key
from groovescape_models.engines.markov_drums import draw_drums
from groovescape_models.engines.markov_lines import LineChain, Struck
from groovescape_models.engines.statistics_files import statistics
from groovescape_models.errors import Cancelled, UnknownNameError
from groovescape_models.music.drumkit import DRUM_COUNT
from groovescape_models.music.groove import BoolArray, FloatArray
from groovescape_models.music.levels import levelled
from groovescape_models.music.pattern import Note, Pattern, Role
from groovescape_models.music.timing import STEP, STEPS_PER_QUARTER, Meter

ALGORITHM: Final = "algorithm"
"""What GenerateRequest.engine says to ask for this engine."""
EUCLIDEAN: Final = "euclidean"
MARKOV: Final = "markov"
ALGORITHMIC_STYLES: Final[Mapping[Role, tuple[str, ...]]] = MappingProxyType(
    {Role.DRUMS: (EUCLIDEAN, MARKOV), Role.MELODY: (MARKOV,), Role.BASS: (MARKOV,)}
)
"""Styles that this engine alone answers."""
HIT_TEMPERATURE: Final = 0.75
"""Temperature of a Markov draw at a request's temperature of 1: nearest to the drummers in hits, drums used, bars alike
and syncopation (.7 repeats more and is busier, .8 repeats less and uses more drums)."""
SWAY: Final = 0.5
"""Share of the drummers' own spread of velocities at a place that a drawn hit takes."""
ON_BEAT, OFF_BEAT, BETWEEN = 100, 88, 78
"""Velocities of a line's notes on the beat, on the eighth behind it, and on the other sixteenths."""


class AlgorithmicEngine:
    """Answers GenerateRequests for drums, melody and bass in any meter, with no weights at all."""

    def generate(self, request: GenerateRequest, should_stop: ShouldStop = never) -> tuple[Pattern, ...]:
        """Return request.count patterns; pattern i depends on the seed and on i alone.

        Raises UnknownNameError for a role that it does not know, ValueError for a meter that counts in less than
        sixteenths, and if bars, count or temperature are out of range.
        """
        check(request)
        bar_steps = request.setting.meter.bar_length * STEPS_PER_QUARTER
        if bar_steps != round(bar_steps):
            raise ValueError(f"a bar must be whole sixteenths long, got {request.setting.meter}")
        if request.role not in ALGORITHMIC_STYLES:
            raise UnknownNameError(f"There is no engine for {request.role.value}.")
        patterns = []
        for index in range(request.count):
            if should_stop():
                raise Cancelled
            rng = np.random.default_rng([request.seed, index])
            patterns.append(_drums(request, rng) if request.role is Role.DRUMS else _line(request, rng))
        return tuple(patterns)


def is_algorithmic(request: GenerateRequest) -> bool:
    """Return whether a request asks for this engine, by its name or by one of its styles."""
    style = (request.style or "").casefold()
    return request.engine == ALGORITHM or style in ALGORITHMIC_STYLES.get(request.role, ())


def _drums(request: GenerateRequest, rng: np.random.Generator) -> Pattern:
    meter = request.setting.meter
    tables = statistics("drums")
    bar_steps = round(meter.bar_length * STEPS_PER_QUARTER)
    near = _known_meter(tables, meter)
    if (request.style or "").casefold() == EUCLIDEAN or near is None:
        hits = draw_euclid(meter, request.bars, request.temperature, rng)
    else:
        table = _drum_table(tables, near, request.style, rng)
        hits = draw_drums(table, request.bars, HIT_TEMPERATURE * request.temperature, rng)
    if not hits.any():
        hits[0, 0] = True
    loud = _drum_velocities(tables[f"velocity/{near or '4-4'}"], hits, bar_steps, rng)
    pattern = from_hits(hits, levelled(loud, hits), f"{_title(request)} {request.seed}")
    return Pattern(pattern.notes, request.bars * meter.bar_length, meter, Role.DRUMS, pattern.name)


def _known_meter(tables: Mapping[str, object], meter: Meter) -> str | None:
    name = f"{meter.numerator}-{meter.denominator}"
    return name if f"hits/{name}" in tables else None


def _drum_table(
    tables: Mapping[str, FloatArray], meter: str, style: str | None, rng: np.random.Generator
) -> FloatArray:
    """Return the table of a style in a meter, of any style for MARKOV or None: a drummer plays one at a time.

    It is the general table of the meter where the style has none of its own.
    """
    general, name = f"hits/{meter}", (style or MARKOV).casefold()
    if name == MARKOV:
        own = [table for table in tables if table.startswith(f"{general}/")]
        return tables[own[int(rng.integers(len(own)))] if own else general]
    return tables.get(f"{general}/{name}", tables[general])


def _drum_velocities(table: FloatArray, hits: BoolArray, bar_steps: int, rng: np.random.Generator) -> FloatArray:
    places = np.arange(len(hits)) % bar_steps % table.shape[2]
    mean, spread = table[0].T[places], table[1].T[places]
    drawn = mean + SWAY * spread * rng.standard_normal((len(hits), DRUM_COUNT))
    loud: FloatArray = (np.clip(drawn, 1.0 / 127.0, 1.0) * hits).astype(np.float32)
    return loud


def _line(request: GenerateRequest, rng: np.random.Generator) -> Pattern:
    setting, role = request.setting, request.role
    meter = setting.meter
    compound = meter.denominator == 8 and meter.numerator % 3 == 0
    bar_steps = round(meter.bar_length * STEPS_PER_QUARTER)
    chain = LineChain(role.value, statistics(role.value))
    struck = chain.draw(
        setting_key(setting), setting.chords, request.bars, bar_steps, compound, request.temperature, rng
    )
    notes = tuple(Note(each.step * STEP, each.steps * STEP, each.pitch, _accent(each)) for each in struck)
    return Pattern(notes, request.bars * meter.bar_length, meter, role, f"{_title(request)} {request.seed}")


def _accent(note: Struck) -> int:
    return ON_BEAT if note.step % 4 == 0 else OFF_BEAT if note.step % 2 == 0 else BETWEEN


def _title(request: GenerateRequest) -> str:
    return (request.style or MARKOV).capitalize()
