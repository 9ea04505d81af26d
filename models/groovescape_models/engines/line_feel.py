"""How lines are played with a groove: on the steps of the drums, and mildly by themselves elsewhere."""

import math
from dataclasses import dataclass
from typing import Final

import numpy as np

from groovescape_models.engines.cell_feel import Array
from groovescape_models.engines.engine import FeelRequest, ShouldStop, never
from groovescape_models.engines.feel_notes import Timing, moves_of
from groovescape_models.engines.felt_cells import FeltCells, IntArray
from groovescape_models.engines.groove_library import GrooveLibrary
from groovescape_models.engines.groove_match import Told, told_of
from groovescape_models.engines.groove_statistics import LineSpread, line_spread, place_of
from groovescape_models.engines.scatter import scatter_of
from groovescape_models.music.drumkit import Drum
from groovescape_models.music.feel import Feel
from groovescape_models.music.groove_template import GrooveTemplate
from groovescape_models.music.pattern import Role
from groovescape_models.music.timing import quarter_ms

ACCENT_SHARE: Final = 0.5
"""Power of the drums' accents on a line: half of their loudness in decibels."""
LOUDEST: Final = 127
_DEVIATION: Final = math.sqrt(2.0)
"""Standard deviation of Laplace noise of scale 1."""


@dataclass(frozen=True, eq=False)
class _Steps:
    """How the steps of a line are played, (n,) each: lateness and swing in quarters, and the factor of loudness."""

    offset: Array
    swing: Array
    accent: Array


class LineFeel:
    """Answers FeelRequests for melodies, basses and keys: with a groove, or by themselves."""

    def __init__(self, grooves: GrooveLibrary) -> None:
        """Know grooves to choose from."""
        self._grooves = grooves

    def feel(self, request: FeelRequest, should_stop: ShouldStop = never) -> Feel:
        """Return a feel aligned with the notes of the request's pattern, which is a line's.

        A bass goes with the kick where there is one, else, as melodies do, with the mean of the drums of its step by
        how often they are hit; where there are none it goes by itself, as late as the groove is on the whole.
        Chords move as one, and half of the accents are played around those that the line has.
        """
        if not request.pattern.notes:
            return Feel.of(request.pattern)
        felt = FeltCells.of(request.pattern, request.tempo_bpm)
        groove = self._grooves.found(request.groove)
        steps = np.unique([step for step, _ in felt.places])
        spread = line_spread(request.pattern.role)
        played = _alone(felt, steps, spread, request.tempo_bpm)
        if groove is not None:
            played = _with_groove(felt, steps, played, groove)
        return _aligned(felt, steps, played, spread, request)


def _bars_places(felt: FeltCells, steps: IntArray) -> list[int]:
    return [int(place_of(float(step) / felt.grid, felt.pattern.meter)) for step in steps]


def _alone(felt: FeltCells, steps: IntArray, spread: LineSpread, tempo_bpm: float) -> _Steps:
    """Return how a line is played by itself: what statistics say of the places of the bar."""
    places = _bars_places(felt, steps)
    mean = float(np.mean([note.velocity for note in felt.pattern.notes]))
    offset = np.array(spread.offset_ms)[places] / quarter_ms(tempo_bpm)
    return _Steps(offset, np.zeros(len(steps)), np.maximum(0.1, 1.0 + np.array(spread.accent)[places] / mean))


def _with_groove(felt: FeltCells, steps: IntArray, alone: _Steps, groove: GrooveTemplate) -> _Steps:
    """Return how a line is played with drums: on their steps as they are, elsewhere by itself and as late as they."""
    table = groove.table
    told = told_of(table, groove.facts.meter, steps / felt.grid, felt.pattern.meter, felt.grid)
    weight = _weights(told, felt.pattern.role)
    heard = weight.sum(axis=1) > 0
    total = np.maximum(1e-9, weight.sum(axis=1))
    offset, velocity = ((weight * column).sum(axis=1) / total for column in (told.offset, told.velocity))
    late = float((table.count * table.offset).sum() / max(1.0, float(table.count.sum()))) / table.steps_per_quarter
    usual = float(velocity[heard].mean()) if heard.any() else 1.0
    accent = np.maximum(velocity, 1.0 / LOUDEST) / max(usual, 1.0 / LOUDEST)
    return _Steps(np.where(heard, offset, late + alone.offset), told.swing, np.where(heard, accent, alone.accent))


def _weights(told: Told, role: Role) -> Array:
    """Return how much each drum counts at each step, (n, 9): for a bass the kick alone where it plays."""
    if role is not Role.BASS:
        return told.count
    kick = np.zeros_like(told.count)
    kick[:, Drum.KICK] = told.count[:, Drum.KICK]
    return np.where(kick.any(axis=1, keepdims=True), kick, told.count)


def _aligned(felt: FeltCells, steps: IntArray, played: _Steps, spread: LineSpread, request: FeelRequest) -> Feel:
    notes, meter = felt.pattern.notes, felt.pattern.meter
    drawn = scatter_of(request.seed, steps, np.zeros_like(steps), meter.bar_length, felt.grid)
    loose = np.array(spread.scatter_ms)[_bars_places(felt, steps)] / quarter_ms(request.tempo_bpm)
    scatter = drawn[0] * loose
    timings = {
        (int(step), 0): Timing(*(float(value) for value in row))
        for step, *row in zip(steps, played.offset, scatter, played.swing, strict=True)
    }
    moves = {place: moves_of(felt, place, timing) for place, timing in timings.items()}
    mean = float(np.mean([note.velocity for note in notes]))
    index = {int(step): number for number, step in enumerate(steps)}
    accents = [float(played.accent[index[step]]) for step, _ in felt.places]
    chances = [float(drawn[1][index[step]]) * spread.velocity_scatter / _DEVIATION for step, _ in felt.places]
    return Feel(
        tuple(note.start + moves[place][0] for note, place in zip(notes, felt.places, strict=True)),
        tuple(_velocity(note.velocity * accent**ACCENT_SHARE) for note, accent in zip(notes, accents, strict=True)),
        tuple(_velocity(mean * accent) for accent in accents),
        () if request.mean else tuple(moves[place][1] for place in felt.places),
        () if request.mean else tuple(chances),
        felt.grid,
    )


def _velocity(value: float) -> int:
    return min(LOUDEST, max(1, round(value)))
