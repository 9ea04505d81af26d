"""Drums of the music of Freedoom (a free game; its own licence of the BSD kind): two-bar windows of 4/4, on the grid.

They are programmed rather than played, and their velocities are not a drummer's: good for hits alone.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

import numpy as np

from groovescape_models.encoding.drums import to_groove
from groovescape_models.errors import MidiError
from groovescape_models.music.groove import Groove
from groovescape_models.music.midi_patterns import drum_pattern
from groovescape_models.music.midi_read import parse_midi
from groovescape_models.music.timing import Meter
from groovescape_models.training.archives import members
from groovescape_models.training.examples import Example, ExampleArrays, stack, two_bar_windows

FOLDER: Final = "freedoom_music"
SUFFIXES: Final = (".mid",)
MAX_MISS: Final = 0.15
"""Mean distance from the grid, in steps, of a window that was meant on it; a window of triplets has more."""
MIN_HITS: Final = 4


def freedoom_examples(data: bytes, source: str) -> tuple[Example, ...]:
    """Return the windows of one file: a pure function. One without drums, or not in 4/4 throughout, gives none."""
    try:
        song = parse_midi(data, source)
        pattern = drum_pattern(song)
    except MidiError:
        return ()
    if any(change.meter != Meter() for change in song.meters):
        return ()
    groove = to_groove(pattern, song.tempo_bpm)
    return tuple(
        Example(window, "game", "sequencer", "train", source, bar)
        for bar, window in two_bar_windows(groove)
        if _is_on_grid(window)
    )


def _is_on_grid(window: Groove) -> bool:
    return bool(window.hits.sum() >= MIN_HITS and np.abs(window.offsets[window.hits]).mean() <= MAX_MISS)


def load_freedoom_drums(data: Path) -> ExampleArrays:
    """Return all windows of the archive at a path, those that repeat in one file once; all are for training."""
    return stack(
        example
        for path, file in members(data, FOLDER, SUFFIXES)
        for example in _new(freedoom_examples(file, path.name))
    )


def _new(examples: tuple[Example, ...]) -> Iterator[Example]:
    seen: set[bytes] = set()
    for example in examples:
        key = np.packbits(example.groove.hits).tobytes()
        if key not in seen:
            seen.add(key)
            yield example
