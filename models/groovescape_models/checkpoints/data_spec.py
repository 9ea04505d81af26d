"""What the steps of a network mean: told by its config.json, or by the widths that only one kind of data has."""

import re
from dataclasses import dataclass
from typing import Final

from groovescape_models.checkpoints.blobs import BrokenFileError
from groovescape_models.checkpoints.official import (
    DRUM_CLASSES,
    DRUM_ROLL,
    GROOVE_SIZE,
    MELODY_SIZE,
    ChordEncoding,
    GrooveInput,
    OfficialData,
)

LOWEST_PITCH: Final = 21
STEPS_PER_BAR: Final = 16
TRIO_SIZES: Final = (MELODY_SIZE, MELODY_SIZE, DRUM_CLASSES)
SPLIT_GROOVE: Final = 3
NAMED_BARS: Final = re.compile(r"(?<!\d)(\d{1,2})[-_ ]?bar", re.IGNORECASE)
MAX_BARS: Final = 64
GROOVE_NAMES: Final = (
    ("humani", GrooveInput.HUMANIZE),
    ("tap", GrooveInput.TAP),
    ("closed_hh", GrooveInput.ADD_CLOSED_HAT),
    ("closed_hat", GrooveInput.ADD_CLOSED_HAT),
)


@dataclass(frozen=True, slots=True)
class DataSpec:
    """The data of a network; None for what is not known. output_sizes and lowest_pitches as in OfficialConfig."""

    data: OfficialData
    output_sizes: tuple[int, ...]
    lowest_pitches: tuple[int, ...] = ()
    steps: int | None = None
    segments: int | None = None
    chords: ChordEncoding | None = None
    has_key: bool = False
    groove_input: GrooveInput = GrooveInput.PLAYED


def named_input(name: str) -> GrooveInput:
    """Return what a GrooVAE of this name hears."""
    return next((heard for part, heard in GROOVE_NAMES if part in name.casefold()), GrooveInput.PLAYED)


def guessed_spec(inputs: int, outputs: int, name: str) -> DataSpec:
    """Return the data of official networks with these widths; BrokenFileError where none has them.

    The name adds what no width tells: the bars ("drums_4bar") and what a GrooVAE hears ("humanize", "tap").
    """
    bars = NAMED_BARS.search(name)
    steps = STEPS_PER_BAR * int(bars[1]) if bars and 0 < int(bars[1]) <= MAX_BARS else None
    if (inputs, outputs) == (GROOVE_SIZE, GROOVE_SIZE):
        return DataSpec(OfficialData.GROOVE, (GROOVE_SIZE,), steps=steps, groove_input=named_input(name))
    if outputs == DRUM_CLASSES and inputs in (DRUM_ROLL, DRUM_CLASSES):
        return DataSpec(OfficialData.DRUMS, (DRUM_CLASSES,), steps=steps)
    if (inputs, outputs) == (MELODY_SIZE, MELODY_SIZE):
        return DataSpec(OfficialData.MELODY, (MELODY_SIZE,), (LOWEST_PITCH,), steps)
    if (inputs, outputs) == (sum(TRIO_SIZES), sum(TRIO_SIZES)):
        return DataSpec(OfficialData.TRIO, TRIO_SIZES, (LOWEST_PITCH, LOWEST_PITCH), steps)
    if inputs == outputs == SPLIT_GROOVE:
        raise BrokenFileError("it plays one drum after the other (splitInstruments), which does not run here")
    raise BrokenFileError(
        f"it hears {inputs} and plays {outputs} values a step, which is not the melody, drums, groove or trio of a "
        "MusicVAE; where its pitches have another range, its config.json must be beside it"
    )
