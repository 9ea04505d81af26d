"""Drums of the music of Freedoom (a free game; its own licence of the BSD kind): two-bar windows of 4/4, on the grid.

They are programmed rather than played, and their velocities are not a drummer's: good for hits alone.
"""

import tarfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import numpy as np

from groovescape_models.encoding.drums import to_groove
from groovescape_models.errors import DataSetError, MidiError
from groovescape_models.music.groove import Groove
from groovescape_models.music.midi_patterns import drum_pattern
from groovescape_models.music.midi_read import parse_midi
from groovescape_models.music.timing import Meter
from groovescape_models.training.examples import Example, ExampleArrays, stack, two_bar_windows

ARCHIVE: Final = "freedoom_music.tar.xz"
FOLDER: Final = "freedoom_music"
SUFFIX: Final = ".mid"
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


def freedoom_files(data: Path) -> Iterator[tuple[bytes, str]]:
    """Yield every MIDI file of the archive with its name; DataSetError if it is not there."""
    path = next((p for p in (data / FOLDER / ARCHIVE, data / ARCHIVE) if p.is_file()), None)
    if path is None:
        raise DataSetError(f"{ARCHIVE} is not in {data}; name the folder that holds it with --data.")
    try:
        with tarfile.open(path) as archive:
            for member in archive:
                file = archive.extractfile(member) if member.isfile() and member.name.endswith(SUFFIX) else None
                if file is not None:
                    yield file.read(), Path(member.name).name
    except (tarfile.TarError, OSError, EOFError) as error:
        raise DataSetError(f"{path.name} cannot be read ({error}); fetch it again.") from error


def load_freedoom_drums(data: Path) -> ExampleArrays:
    """Return all windows of the archive at a path, those that repeat in one file once; all are for training."""
    return stack(example for file, name in freedoom_files(data) for example in _new(freedoom_examples(file, name)))


def _new(examples: tuple[Example, ...]) -> Iterator[Example]:
    seen: set[bytes] = set()
    for example in examples:
        key = np.packbits(example.groove.hits).tobytes()
        if key not in seen:
            seen.add(key)
            yield example
