"""The groove engine of drums: a feel for a pattern of any length, from the humaniser, a groove, or both."""

from typing import Final

import numpy as np

from groovescape_models.engines.cell_feel import Array, CellFeel
from groovescape_models.engines.engine import FeelRequest, ShouldStop, never
from groovescape_models.engines.expected_cells import expected_of
from groovescape_models.engines.feel_notes import Plan, Timing, feel_of
from groovescape_models.engines.felt_cells import FeltCells
from groovescape_models.engines.groove_library import GrooveLibrary
from groovescape_models.engines.groove_match import ToldCells, told_of
from groovescape_models.engines.humanizer import Plays
from groovescape_models.engines.scatter import scatter_of
from groovescape_models.inference.sampling import FloatArray, gaussian_noise
from groovescape_models.music.feel import Feel
from groovescape_models.music.groove_template import GrooveTemplate
from groovescape_models.music.meant import Place

TIMING_TRUST: Final = 0.9
TIMING_LEAN: Final = 1.0
VELOCITY_LEAN: Final = 0.5
"""How far a groove's medians of n hits lead from what is expected: TIMING_TRUST n / (n + TIMING_LEAN), and
n / (n + VELOCITY_LEAN). Chosen on the validation split of the Groove MIDI Dataset (evaluate groove)."""
SPREAD_LEAN: Final = 2.0
"""The same for its spreads, which a single hit says nothing of."""


class FeelEngine:
    """Answers FeelRequests for drums; the same request gives the same feel on every backend."""

    def __init__(self, humanizer: Plays, grooves: GrooveLibrary) -> None:
        """Use a humaniser, and grooves to choose from."""
        self._humanizer, self._grooves = humanizer, grooves

    def feel(self, request: FeelRequest, should_stop: ShouldStop = never) -> Feel:
        """Return a feel aligned with the notes of the request's pattern.

        Pitches of no drum class keep their velocity and are as late as the drums of their step; in a pattern of no
        others they are left alone.
        """
        felt = FeltCells.of(request.pattern, request.tempo_bpm)
        if not felt.cells:
            return Feel.of(request.pattern)
        groove = self._grooves.found(request.groove)
        expected = expected_of(self._humanizer, felt, request.tempo_bpm, self._character(request, groove), should_stop)
        told = None if groove is None else _told(felt, groove)
        medians = expected if told is None else _with_groove(expected, told)
        swing = np.zeros(len(felt.cells)) if told is None else told.swing
        scatter, loudness_scatter = _drawn(request, felt, medians)
        offset = np.clip(medians.offset, -felt.edge, felt.edge)
        others = _others(felt, offset, scatter, swing)
        plan = Plan(offset, scatter, swing, medians.velocity, loudness_scatter, others)
        return feel_of(felt, plan, scatters=not request.mean)

    def _character(self, request: FeelRequest, groove: GrooveTemplate | None) -> FloatArray | None:
        """Return the latent character that the humaniser plays with, None for no drummer in particular."""
        if groove is not None:
            return None if groove.exemplar is None else self._humanizer.encode((groove.exemplar,))[0]
        if request.mean or request.typical:
            return None
        return gaussian_noise(np.random.default_rng(request.seed), (self._humanizer.feel_size,))


def _told(felt: FeltCells, groove: GrooveTemplate) -> ToldCells:
    told = told_of(groove.table, groove.facts.meter, felt.times, felt.pattern.meter, felt.grid)
    return told.of_lanes(felt.lanes)


def _with_groove(expected: CellFeel, told: ToldCells) -> CellFeel:
    """Return what is expected led to a groove where it says anything, by how often the drummer did it."""
    count = told.count
    seen = np.maximum(0.0, count - 1.0)
    return expected.towards(
        told.feel,
        velocity=count / (count + VELOCITY_LEAN),
        offset=TIMING_TRUST * count / (count + TIMING_LEAN),
        spread=seen / (seen + SPREAD_LEAN),
    )


def _drawn(request: FeelRequest, felt: FeltCells, medians: CellFeel) -> tuple[Array, Array]:
    """Return one draw of the scatter of offsets (quarters) and of velocities (0..1); none for a mean feel."""
    if request.mean:
        return np.zeros(len(felt.cells)), np.zeros(len(felt.cells))
    offset, velocity = scatter_of(request.seed, felt.steps, felt.lanes, request.pattern.meter.bar_length, felt.grid)
    return offset * medians.offset_scale, velocity * medians.velocity_scale


def _others(felt: FeltCells, offset: Array, scatter: Array, swing: Array) -> dict[Place, Timing]:
    """Return how pitches of no drum class are played: as the drums of their step, else as all drums on average."""
    places = {place for place in felt.places if place not in felt.index}
    timings = {}
    for place in places:
        here = felt.steps == place[0]
        if here.any():
            timings[place] = Timing(*(float(column[here].mean()) for column in (offset, scatter, swing)))
        else:
            timings[place] = Timing(float(offset.mean()), 0.0, 0.0)
    return timings
