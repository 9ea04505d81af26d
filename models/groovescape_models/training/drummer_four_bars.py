"""Drums to four bars of taps, as the program plays them: whether the later bars are as good as the first ones."""

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
    """Return a row a bar: draws to the taps of every fourth bar on, where four bars of a performance are there."""
    player = MissingPlayer(drummer)
    played, real = [], []
    for first, second in _pairs(examples):
        groove = Groove(
            *(np.concatenate([table[first], table[second]]) for table in (examples.hits, examples.velocities)),
            np.concatenate([examples.offsets[first], examples.offsets[second]]),
            float(examples.tempos_bpm[first]),
        )
        taps = from_groove(groove)
        asked = TapRequest(taps, between=False, seed=seed, setting=Setting(groove.tempo_bpm))
        played.append(to_hits(player.tap_to_drums(asked)[0]))
        real.append(to_hits(taps))
    return [] if not real else [_row(np.stack(played), np.stack(real), bar) for bar in range(BARS)]


def _pairs(examples: ExampleArrays) -> list[tuple[int, int]]:
    """Return the rows of two windows that are four bars of one performance together."""
    places = {
        (str(source), int(bar)): row
        for row, (source, bar) in enumerate(zip(examples.sources, examples.bars, strict=True))
    }
    starts = [(key, row) for key, row in places.items() if key[1] % BARS == 0]
    return [(row, places[source, bar + 2]) for (source, bar), row in starts if (source, bar + 2) in places]


def _row(played: BoolArray, real: BoolArray, bar: int) -> Answered:
    here = slice(bar * STEPS_PER_BAR, (bar + 1) * STEPS_PER_BAR)
    found, there = played[:, here], real[:, here]
    right = float((found & there).sum())
    precision, recall = right / max(1.0, float(found.sum())), right / max(1.0, float(there.sum()))
    f1 = 2.0 * right / max(1.0, float(found.sum() + there.sum()))
    return Answered(
        "tap", f"one draw of four bars, bar {bar + 1}", f1, precision, recall, float((found == there).mean())
    )
