"""Counts of the Groove MIDI Dataset for the algorithmic engine: resources/statistics/drums.npz.

For each meter (4-4, 3-4, 6-8) the arrays "hits/METER" (9, bar steps, 2, 2, 2, 3), probabilities of a hit as
engines/markov_drums.py reads them, and "velocity/METER" (2, 9, bar steps), mean and deviation in 0..1; in 4/4 the
arrays "hits/4-4/STYLE" beside them. All from the training split; what is seldom seen leans on what is seen more often.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from groovescape_models.engines.markov_drums import ALONE, COMPANY, NO_BAR, SILENT
from groovescape_models.music.drumkit import DRUM_COUNT, Drum
from groovescape_models.music.groove import Groove
from groovescape_models.training.bundle import weights_file
from groovescape_models.training.gmd import gmd_files, performance

FOLDER: Final = "statistics"
BAR_STEPS: Final = {"4-4": 16, "3-4": 12, "6-8": 12}
LEAN: Final = 6.0
"""So many imagined sightings of the coarser table stand beside the real ones of a finer one (Witten-Bell in spirit)."""
MIN_BARS: Final = 60
"""Styles with fewer bars have no table of their own."""
Counts = NDArray[np.float64]


def build_drum_statistics(data: Path, resources: Path) -> tuple[str, ...]:
    """Write the file below a resources folder from the data at a path; return the names of its arrays."""
    played: dict[str, list[tuple[str, Groove]]] = {meter: [] for meter in BAR_STEPS}
    for file, row in gmd_files(data):
        groove = performance(file, row) if row.split == "train" and row.time_signature in BAR_STEPS else None
        if groove is not None:
            played[row.time_signature].append((row.main_style, groove))
    tables = dict(_tables(played))
    path = resources / FOLDER / "drums.npz"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(weights_file({name: table.astype(np.float32) for name, table in tables.items()}))
    return tuple(tables)


def _tables(played: dict[str, list[tuple[str, Groove]]]) -> Iterator[tuple[str, Counts]]:
    for meter, performances in played.items():
        bar = BAR_STEPS[meter]
        general = smoothed(counts((groove for _, groove in performances), bar))
        yield f"hits/{meter}", general
        yield f"velocity/{meter}", velocities((groove for _, groove in performances), bar)
        for style in sorted({style for style, _ in performances}) if meter == "4-4" else ():
            own = [groove for name, groove in performances if name == style]
            if sum(groove.steps for groove in own) >= MIN_BARS * bar:
                yield f"hits/{meter}/{style}", leaning(counts(own, bar), general)


def counts(grooves: Iterable[Groove], bar: int) -> Counts:
    """Return sightings, (2, 9, bar, 2, 2, 2, 3): of silence and of hits in each context of engines/markov_drums.py.

    NO_BAR counts every bar: a first bar is drawn like any bar of which the one before is not known.
    """
    seen = np.zeros((2, DRUM_COUNT, bar, 2, 2, 2, 3))
    for groove in grooves:
        hits = groove.hits.astype(np.intp)
        steps = np.arange(len(hits))
        one, two, before = (_ago(hits, back) for back in (1, 2, bar))
        for lane in Drum:
            friend = COMPANY[lane]
            company = np.zeros_like(steps) if friend == ALONE else hits[:, friend]
            where = (hits[:, lane], steps % bar, one[:, lane], two[:, lane], company)
            for a_bar_ago in (np.full_like(steps, NO_BAR), SILENT + before[:, lane]):
                np.add.at(seen[:, lane], (*where, a_bar_ago), 1.0)
    return seen


def smoothed(seen: Counts) -> Counts:
    """Return probabilities of a hit, (9, bar, 2, 2, 2, 3), each leaning on the coarser context around it."""
    every = seen[..., NO_BAR]
    share = leaning(every.sum((2, 3, 4, 5)), np.full(DRUM_COUNT, 0.01))
    place = leaning(every.sum((3, 4, 5)), share[:, None])
    bar_ago = leaning(seen.sum((3, 4, 5)), place[..., None])
    return leaning(seen, bar_ago[:, :, None, None, None, :])


def leaning(seen: Counts, coarse: Counts) -> Counts:
    """Return probabilities of a hit from sightings (2, ...) and from the probabilities of a coarser table."""
    chances: Counts = np.clip((seen[1] + LEAN * coarse) / (seen.sum(0) + LEAN), 1e-3, 1.0 - 1e-3)
    return chances


def velocities(grooves: Iterable[Groove], bar: int) -> Counts:
    """Return mean and deviation of the velocities (0..1) at each place, (2, 9, bar), leaning on those of the lane."""
    sums = np.zeros((3, DRUM_COUNT, bar))
    for groove in grooves:
        steps, lanes = np.nonzero(groove.hits)
        loud = groove.velocities[steps, lanes].astype(np.float64)
        for power in range(3):
            np.add.at(sums[power], (lanes, steps % bar), loud**power)
    lane = sums.sum(2, keepdims=True)
    moments = (sums[1:] + LEAN * lane[1:] / np.maximum(lane[0], 1.0)) / (sums[0] + LEAN)
    deviation = np.sqrt(np.maximum(moments[1] - moments[0] ** 2, 0.0))
    return np.stack([moments[0], deviation])


def _ago(hits: NDArray[np.intp], steps: int) -> NDArray[np.intp]:
    """Return the hits so many steps earlier, none before the beginning."""
    return np.pad(hits, ((steps, 0), (0, 0)))[: len(hits)]
