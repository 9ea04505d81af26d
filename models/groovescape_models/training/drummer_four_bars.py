"""Drums to four bars of taps, as the program plays them: whether the later bars are as good as the first ones."""

from collections.abc import Sequence
from typing import Final

import numpy as np

from groovescape_models.encoding.drums import from_groove, to_hits
from groovescape_models.engines.drummer import Drummer
from groovescape_models.engines.engine import Setting, TapRequest
from groovescape_models.engines.missing import MissingPlayer
from groovescape_models.music.groove import BoolArray, Groove
from groovescape_models.training.drummer_measures import Answered
from groovescape_models.training.examples import STEPS_PER_BAR, ExampleArrays

BARS: Final = 4


def four_bar_rows(drummer: Drummer, examples: ExampleArrays, seed: int) -> list[Answered]:
    """Return a row a bar of draws to four bars of taps, and of its last two bars played for themselves.

    The four bars begin at every fourth bar of a performance. None without such bars.
    """
    player, pairs = MissingPlayer(drummer), _pairs(examples)
    if not pairs:
        return []
    whole = [_drawn(player, examples, rows, seed) for rows in pairs]
    halves = [_drawn(player, examples, rows[1:], seed) for rows in pairs]
    return [
        *(_row(f"one draw of four bars, bar {bar + 1}", whole, bar) for bar in range(BARS)),
        *(_row(f"one draw of bars 3 and 4, bar {bar + 3}", halves, bar) for bar in range(BARS // 2)),
    ]


def _drawn(
    player: MissingPlayer, examples: ExampleArrays, rows: Sequence[int], seed: int
) -> tuple[BoolArray, BoolArray]:
    """Return what is drawn to the taps of windows that follow each other, and what was played, (steps, 9) each."""
    velocities, offsets = (np.concatenate(table[list(rows)]) for table in (examples.velocities, examples.offsets))
    taps = from_groove(Groove(velocities > 0, velocities, offsets, float(examples.tempos_bpm[rows[0]])))
    asked = TapRequest(taps, between=False, seed=seed, setting=Setting(float(examples.tempos_bpm[rows[0]])))
    return to_hits(player.tap_to_drums(asked)[0]), to_hits(taps)


def _pairs(examples: ExampleArrays) -> list[tuple[int, int]]:
    """Return the rows of two windows that are four bars of one performance together."""
    places = {
        (str(source), int(bar)): row
        for row, (source, bar) in enumerate(zip(examples.sources, examples.bars, strict=True))
    }
    starts = [(key, row) for key, row in places.items() if key[1] % BARS == 0]
    return [(row, places[source, bar + 2]) for (source, bar), row in starts if (source, bar + 2) in places]


def _row(method: str, pairs: Sequence[tuple[BoolArray, BoolArray]], bar: int) -> Answered:
    here = slice(bar * STEPS_PER_BAR, (bar + 1) * STEPS_PER_BAR)
    found, there = (np.stack([pair[which][here] for pair in pairs]) for which in (0, 1))
    right = float((found & there).sum())
    precision, recall = right / max(1.0, float(found.sum())), right / max(1.0, float(there.sum()))
    f1 = 2.0 * right / max(1.0, float(found.sum() + there.sum()))
    return Answered("tap", method, f1, precision, recall, float((found == there).mean()))
