"""A groove for events that come one at a time, nobody knows what next: what a GrooveStream plays live input by."""

import math
import random
from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np

from groovescape_models.engines.cell_feel import Array
from groovescape_models.engines.feel import TIMING_LEAN, TIMING_TRUST
from groovescape_models.engines.feel_loudness import ACCENT_SHARE, LOUDEST
from groovescape_models.engines.felt_cells import CELL_EDGE
from groovescape_models.engines.groove_match import told_of
from groovescape_models.engines.groove_stream import Event
from groovescape_models.music.drumkit import DRUM_COUNT, drum_of
from groovescape_models.music.feel import Feel, GrooveAmount
from groovescape_models.music.groove_choice import GrooveChoice
from groovescape_models.music.groove_template import GrooveTemplate
from groovescape_models.music.grooving import played_in_order
from groovescape_models.music.meant import OFF_GRID, meant, told_anew
from groovescape_models.music.pattern import Note, Pattern
from groovescape_models.music.timing import STEP, STEPS_PER_QUARTER, Meter, Quarters, nearest_step

DRAWS: Final = 1009
"""Draws of scatter that go round; a prime, so that no bar has the scatter of the one before."""
_EDGE: Final = CELL_EDGE * STEP


class _Cell(NamedTuple):
    """How a groove plays one drum at one step: times in quarters, velocities in 1..127; accent is against its usual."""

    offset: Quarters
    swing: Quarters
    offset_spread: Quarters
    velocity: float
    velocity_spread: float
    accent: float


class LiveGroove:
    """An EventGroove on the sixteenths of endless bars: one groove, or a mix of several.

    Each event is moved by what the grooves say of its step and drum; steps that none of them plays, and pitches of no
    drum class, keep their place and loudness. Accents of the input are kept and half of the grooves' are played around
    them, less as `respect` goes down. The same event is always played alike. To move a slider, make another one of the
    same templates: `with_amount` costs nothing.
    """

    def __init__(
        self,
        templates: Sequence[GrooveTemplate],
        weights: Sequence[float] = (1.0,),
        amount: GrooveAmount | None = None,
        meter: Meter | None = None,
        seed: int = 0,
    ) -> None:
        if not templates or len(templates) != len(weights):
            raise ValueError(f"a mix needs a weight for each groove, got {len(weights)} for {len(templates)} grooves")
        self._meter = meter or Meter()
        self._cells = _cells_of(templates, weights, self._meter)
        self._choice = GrooveChoice(amount=amount or GrooveAmount())
        self._bar = self._meter.bar_length
        drawn = random.Random(seed)  # noqa: S311 - music, no secret
        self._draws = [_laplace(drawn.random()) for _ in range(DRAWS)]

    def with_amount(self, amount: GrooveAmount) -> "LiveGroove":
        """Return the same groove by another amount."""
        other = object.__new__(LiveGroove)
        other.__dict__ = self.__dict__ | {"_choice": GrooveChoice(amount=amount)}
        return other

    def play(self, event: Event) -> tuple[Quarters, int]:
        """Return how late in quarters (negative: early) and how hard an event is played."""
        drum = drum_of(event.pitch)
        step = nearest_step(event.time)
        cell = None if drum is None else self._cells[step % len(self._cells)][drum]
        if cell is None or drum is None:
            return 0.0, event.velocity
        # In the second bar, so that the first hit can be early too.
        place = self._bar + step % round(self._bar / STEP) * STEP
        own = event.time - step * STEP
        note = Note(place + own, 0.0, event.pitch, event.velocity)
        feel = self._feel(note, own, cell, (step * DRUM_COUNT + drum) * 2)
        (played,) = played_in_order(Pattern((note,), meter=self._meter), feel, None, self._choice)
        return played.start - note.start, played.velocity

    def _feel(self, note: Note, own: Quarters, cell: _Cell, draw: int) -> Feel:
        """Return the feel of one note that lies so far from its step."""
        intended = meant(own)
        median = min(_EDGE, max(-_EDGE, intended + told_anew(intended, cell.offset)))
        swung = cell.swing * (1.0 - min(1.0, abs(intended) / OFF_GRID))
        kept = note.velocity * cell.accent**ACCENT_SHARE
        return Feel(
            (note.start + median - own + swung,),
            (kept,),
            (cell.velocity,),
            (self._draws[draw % DRAWS] * cell.offset_spread,),
            (self._draws[(draw + 1) % DRAWS] * cell.velocity_spread * kept / cell.velocity,),
        )


def _cells_of(templates: Sequence[GrooveTemplate], weights: Sequence[float], meter: Meter) -> list[list[_Cell | None]]:
    """Return what a mix of grooves says of each step and drum, for as many bars as the longest has."""
    bars = max(math.ceil(template.table.length / template.facts.meter.bar_length - 1e-9) for template in templates)
    places = np.arange(max(1, round(bars * meter.bar_length / STEP)), dtype=np.float64) * STEP
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
        [_Cell(*cell) if known else None for cell, known in zip(row, knows, strict=True)]
        for row, knows in zip(rows, (total > 0).tolist(), strict=True)
    ]


def _usual(velocity: Array, known: Array) -> Array:
    """Return how hard each drum is played on average, (9,); 1 for one that is not."""
    counts = known.sum(axis=0)
    return np.where(counts > 0, (velocity * known).sum(axis=0) / np.maximum(1, counts), 1.0)


def _laplace(chance: float) -> float:
    """Return a draw of a Laplace distribution of mean absolute distance 1, from one in 0..1."""
    side = chance - 0.5
    return -math.copysign(math.log(max(1e-12, 1.0 - 2.0 * abs(side))), side)
