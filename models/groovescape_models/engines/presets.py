"""Groove presets: real performances, boiled down to what a drummer does at each place of the bar."""

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np

from groovescape_models.errors import UnknownNameError
from groovescape_models.inference.sampling import FloatArray
from groovescape_models.music.drumkit import DRUM_COUNT
from groovescape_models.music.groove import Groove

BAR_STEPS = 16


@dataclass(frozen=True)
class GroovePreset:
    """A performance of the Groove MIDI Dataset as a groove to play other patterns with.

    swing_percent is where off-beats fall in their pair of eighths or sixteenths (50 straight, 66.7 triplet); feel_ms
    is the mean offset (positive late). source is the id of the performance.
    """

    id: str
    name: str
    style: str
    drummer: int
    tempo_bpm: float
    bars: int
    swing_percent: float
    feel_ms: float
    source: str


@dataclass(frozen=True, eq=False)
class PresetGroove:
    """What a preset knows: two bars as played, and the medians of every bar.

    count, velocity (0..1) and offset (steps, positive late) have shape (16, 9); count is the number of bars that have
    a hit in that cell.
    """

    preset: GroovePreset
    exemplar: Groove
    count: FloatArray
    velocity: FloatArray
    offset: FloatArray


def _table(cells: list[list[float]], column: int, steps: int) -> FloatArray:
    table = np.zeros((steps, DRUM_COUNT), np.float32)
    for cell in cells:
        table[int(cell[0]), int(cell[1])] = cell[column]
    return table


def read_preset(facts: dict[str, Any]) -> PresetGroove:
    """Return a preset from the parsed JSON of resources/grooves (fields: docs in training/library.py)."""
    preset = GroovePreset(**{name: facts[name] for name in GroovePreset.__dataclass_fields__})
    played, bar = facts["exemplar"], facts["bar"]
    hits = np.zeros((2 * BAR_STEPS, DRUM_COUNT), np.bool_)
    for step, lane, *_ in played:
        hits[step, lane] = True
    exemplar = Groove(hits, _table(played, 2, 2 * BAR_STEPS), _table(played, 3, 2 * BAR_STEPS), preset.tempo_bpm)
    return PresetGroove(preset, exemplar, *(_table(bar, column, BAR_STEPS) for column in (2, 3, 4)))


@cache
def shipped_presets() -> tuple[PresetGroove, ...]:
    """Return all presets in the order of their file."""
    text = (files("groovescape_resources") / "grooves" / "presets.json").read_text(encoding="utf-8")
    return tuple(read_preset(facts) for facts in json.loads(text)["presets"])


def preset_named(name: str) -> PresetGroove:
    """Return a preset by its id or its name, whatever the case; UnknownNameError lists the ids."""
    wanted = name.casefold()
    for groove in shipped_presets():
        if wanted in (groove.preset.id.casefold(), groove.preset.name.casefold()):
            return groove
    known = ", ".join(groove.preset.id for groove in shipped_presets())
    raise UnknownNameError(f"There is no groove '{name}'; there are {known}.")
