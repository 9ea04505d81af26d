"""The drum machine patterns (MIT, S. Handley): one-bar 4/4 patterns, played twice to make two bars."""

import json
import re
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

import numpy as np

from groovescape_models.encoding.drums import TWO_BARS
from groovescape_models.errors import DataSetError
from groovescape_models.music.drumkit import DRUM_COUNT, Drum
from groovescape_models.music.groove import BoolArray, Groove
from groovescape_models.training.examples import STEPS_PER_BAR, Example, ExampleArrays, stack

FILES: Final = ("DrumMachinePatterns200.json", "DrumMachinePatterns260.json")
FOLDER: Final = "drum_machine_patterns"
LANES: Final[Mapping[str, Drum]] = MappingProxyType(
    {
        "BassDrum": Drum.KICK,
        "SnareDrum": Drum.SNARE,
        "RimShot": Drum.SNARE,
        "Clap": Drum.SNARE,
        "ClosedHiHat": Drum.CLOSED_HAT,
        "OpenHiHat": Drum.OPEN_HAT,
        "LowTom": Drum.LOW_TOM,
        "MediumTom": Drum.MID_TOM,
        "HighTom": Drum.HIGH_TOM,
    }
)
"""Lanes of the files and the class each is played by; cowbell and tambourine have none, a cymbal is crash or ride."""
CRASHES_A_BAR: Final = 2
"""A cymbal struck more often than this in a bar is a ride."""
PLAIN_VELOCITY: Final = 0.75


def machine_examples_of(data: bytes, source: str) -> tuple[Example, ...]:
    """Return the patterns of one file, each played twice: a pure function. Patterns not of 16 steps are left out.

    All belong to the training split: the set has no other, and is never tested on.
    """
    try:
        patterns = json.loads(data)
        return tuple(_example(pattern, source) for pattern in patterns if pattern["length"] == STEPS_PER_BAR)
    except (ValueError, KeyError, TypeError) as error:
        raise DataSetError(f"{source} is not a file of drum machine patterns ({error!r}); fetch it again.") from error


def _example(pattern: Mapping[str, Any], source: str) -> Example:
    hits = np.tile(_bar(pattern["tracks"]), (TWO_BARS // STEPS_PER_BAR, 1))
    still = np.zeros(hits.shape, np.float32)
    title = str(pattern["title"])
    groove = Groove(hits, hits.astype(np.float32) * PLAIN_VELOCITY, still)
    return Example(groove, _style(title), "drum machine", "train", f"{source}#{title}", 0)


def _style(title: str) -> str:
    """Return 'rock' of 'Rock2MeasureA' and 'bossa' of 'BossaBreak3'."""
    return re.split(r"\d|Break|Measure", title)[0].lower()


def _bar(tracks: Mapping[str, list[str]]) -> BoolArray:
    hits = np.zeros((STEPS_PER_BAR, DRUM_COUNT), np.bool_)
    for name, cells in tracks.items():
        struck = np.array([cell != "Rest" for cell in cells], np.bool_)
        lane = _cymbal(struck) if name == "Cymbal" else LANES.get(name)
        if lane is not None:
            hits[:, lane] |= struck
    return hits


def _cymbal(struck: BoolArray) -> Drum:
    return Drum.CRASH if struck.sum() <= CRASHES_A_BAR else Drum.RIDE


def load_drum_machines(data: Path) -> ExampleArrays:
    """Return the patterns in data/drum_machine_patterns (or data itself); DataSetError if they are not there."""
    folder = data / FOLDER if (data / FOLDER).is_dir() else data
    paths = [folder / name for name in FILES]
    missing = [path.name for path in paths if not path.is_file()]
    if missing:
        raise DataSetError(f"{' and '.join(missing)} are not in {folder}; name the folder that holds them with --data.")
    return stack(e for path in paths for e in machine_examples_of(path.read_bytes(), path.name) if e.groove.hits.any())
