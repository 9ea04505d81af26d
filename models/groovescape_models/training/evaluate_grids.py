"""Which grid is found in the performances of the Groove MIDI Dataset, and how few bars of them tell as much.

python -m groovescape_models.training.evaluate_grids --data PATH

A first table counts the grids of whole beats (16 hits or more), those named after a shuffle or a swing apart from jazz
and from all others: the data set does not say which grid a beat is on, so names are what there is to compare with. A
second one tells how often a window of a few bars has the grid of its whole performance.
"""

import argparse
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from groovescape_models.music.groove_feel import in_bar
from groovescape_models.music.groove_grid import grid_of
from groovescape_models.music.midi_patterns import drum_pattern
from groovescape_models.music.midi_read import parse_midi
from groovescape_models.music.timing import GRIDS, Meter
from groovescape_models.training.gmd import FOUR_FOUR, GmdRow, gmd_files

MIN_HITS: Final = 16
WINDOW_BARS: Final = (1, 2, 4)
APART_BARS: Final = 8
"""Bars from the start of one window to the start of the next."""
Starts = NDArray[np.float64]


def kind_of(row: GmdRow) -> str:
    """Return what the name of a performance says of its grid."""
    if "shuffle" in row.style or "swing" in row.style:
        return "shuffle or swing"
    return "other jazz" if row.main_style == "jazz" else "all others"


def beats(data: Path) -> Iterator[tuple[GmdRow, Starts]]:
    """Yield every beat with the starts of its hits, in quarters."""
    for file, row in gmd_files(data):
        if row.beat_type == "beat":
            starts = np.array([note.start for note in drum_pattern(parse_midi(file, row.midi_filename)).notes])
            if len(starts) >= MIN_HITS:
                yield row, starts


def found_grid(row: GmdRow, starts: Sequence[float]) -> int:
    """Return the grid of starts of a performance."""
    meter = Meter(*(int(number) for number in row.time_signature.split("-")))
    return grid_of(in_bar(starts, meter), row.tempo_bpm)


def windows(starts: Starts, bars: int) -> Iterator[Starts]:
    """Yield the hits of each window of so many bars of 4/4 that has any between its beats or on them."""
    for first in range(0, int(starts[-1] // 4) - bars, APART_BARS):
        inside = starts[(starts >= 4 * first) & (starts < 4 * (first + bars))]
        if len(inside) >= MIN_HITS // 2:
            yield inside


def main(argv: list[str] | None = None) -> int:
    """Print both tables; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="folder of the data sets")
    whole: defaultdict[str, Counter[int]] = defaultdict(Counter)
    agreed: defaultdict[int, list[bool]] = defaultdict(list)
    for row, starts in beats(parser.parse_args(argv).data):
        grid = found_grid(row, starts.tolist())
        whole[kind_of(row)][grid] += 1
        for bars in WINDOW_BARS if row.time_signature == FOUR_FOUR else ():
            agreed[bars] += [found_grid(row, each.tolist()) == grid for each in windows(starts, bars)]
    for kind, grids in sorted(whole.items()):
        counts = ", ".join(f"{grid} a quarter {grids[grid]}" for grid in GRIDS)
        sys.stdout.write(f"{kind:17} {counts}\n")
    for bars, each in agreed.items():
        sys.stdout.write(f"{bars} bars: {100 * np.mean(each):.1f} % of {len(each)} windows as the whole\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
