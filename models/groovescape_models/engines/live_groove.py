"""A groove for events that come one at a time, nobody knows what next: what a GrooveStream plays live input by."""

import math
from collections.abc import Sequence
from fractions import Fraction
from statistics import median

import numpy as np

from groovescape_models.engines.cell_feel import Array
from groovescape_models.engines.feel import TIMING_LEAN, TIMING_TRUST
from groovescape_models.engines.feel_loudness import LOUDEST
from groovescape_models.engines.groove_match import told_of
from groovescape_models.engines.groove_stream import Event
from groovescape_models.engines.live_cell import LiveCell, LivePlayer
from groovescape_models.music.drumkit import drum_of
from groovescape_models.music.feel import GrooveAmount
from groovescape_models.music.groove_template import GrooveTemplate
from groovescape_models.music.timing import STEP, STEPS_PER_QUARTER, Meter, Quarters, nearest_step


class LiveGroove:
    """An EventGroove on the sixteenths of endless bars: one groove, or a mix of several.

    Each event is moved by what the grooves say of its step and drum (see LivePlayer); steps that none of them plays,
    and pitches of no drum class, keep their place and loudness. To move a slider, make another one of the same
    templates: `with_amount` costs nothing.
    """

    def __init__(
        self,
        templates: Sequence[GrooveTemplate],
        weights: Sequence[float] = (1.0,),
        amount: GrooveAmount | None = None,
        meter: Meter | None = None,
        seed: int = 0,
    ) -> None:
        """Take grooves and their shares of the mix; ValueError if there is not one share for each."""
        if not templates or len(templates) != len(weights):
            raise ValueError(f"a mix needs a weight for each groove, got {len(weights)} for {len(templates)} grooves")
        self._cells = _cells_of(templates, weights, meter or Meter())
        offsets = [cell.offset for row in self._cells for cell in row if cell]
        self._common = median(offsets) if offsets else 0.0
        self._player = LivePlayer.of(amount or GrooveAmount(), meter or Meter(), seed)

    def with_amount(self, amount: GrooveAmount) -> "LiveGroove":
        """Return the same groove by another amount."""
        other = object.__new__(LiveGroove)
        other._cells, other._common = self._cells, self._common
        other._player = self._player.with_amount(amount)
        return other

    def play(self, event: Event) -> tuple[Quarters, int]:
        """Return how late in quarters (negative: early) and how hard an event is played."""
        drum, step = drum_of(event.pitch), nearest_step(event.time)
        cell = None if drum is None else self._cells[step % len(self._cells)][drum]
        if cell is None or drum is None:
            return 0.0, event.velocity
        return self._player.play(event, step, drum, cell, self._common)


def _cells_of(
    templates: Sequence[GrooveTemplate], weights: Sequence[float], meter: Meter
) -> list[list[LiveCell | None]]:
    """Return what a mix of grooves says of each step and drum, for as many bars as the longest has.

    Where a bar is no whole sixteenths, they are as many more as are whole together.
    """
    bars = max(math.ceil(template.table.length / template.facts.meter.bar_length - 1e-9) for template in templates)
    steps = bars * Fraction(meter.bar_length / STEP)
    places = np.arange(steps.numerator, dtype=np.float64) * STEP
    told = [told_of(t.table, t.facts.meter, places, meter, STEPS_PER_QUARTER) for t in templates]
    shares = np.stack([weight * (each.count > 0) for weight, each in zip(weights, told, strict=True)])
    total = shares.sum(axis=0)
    shares = np.divide(shares, total, out=np.zeros_like(shares), where=total > 0)
    trust = [TIMING_TRUST * each.count / (each.count + TIMING_LEAN) for each in told]

    def mixed(columns: Sequence[Array]) -> Array:
        mix: Array = (shares * np.stack(columns)).sum(axis=0)
        return mix

    offset = mixed([each.offset * sure for each, sure in zip(told, trust, strict=True)])
    swing = mixed([np.broadcast_to(each.swing[:, None], each.count.shape) for each in told])
    velocity = np.clip(mixed([each.velocity for each in told]) * LOUDEST, 1.0, LOUDEST)
    spreads = mixed([each.offset_spread for each in told]), mixed([each.velocity_spread for each in told]) * LOUDEST
    columns = (offset, swing, spreads[0], velocity, spreads[1], velocity / _usual(velocity, total > 0))
    rows = np.stack(columns, axis=-1).tolist()
    return [
        [LiveCell(*cell) if known else None for cell, known in zip(row, knows, strict=True)]
        for row, knows in zip(rows, (total > 0).tolist(), strict=True)
    ]


def _usual(velocity: Array, known: Array) -> Array:
    """Return how hard each drum is played on average, (9,); 1 for one that is not."""
    counts = known.sum(axis=0)
    return np.where(counts > 0, (velocity * known).sum(axis=0) / np.maximum(1, counts), 1.0)
