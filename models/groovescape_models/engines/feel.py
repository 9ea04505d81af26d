"""The groove engine of drums: a feel for a pattern of any length, from the humaniser, a groove, or both."""

from typing import Final

import numpy as np

from groovescape_models.engines.cell_feel import Array, CellFeel
from groovescape_models.engines.engine import FeelRequest, ShouldStop, never
from groovescape_models.engines.expected_cells import expected_of
from groovescape_models.engines.feel_notes import Plan, feel_of
from groovescape_models.engines.felt_cells import FeltCells
from groovescape_models.engines.felt_others import others_of
from groovescape_models.engines.groove_library import GrooveLibrary
from groovescape_models.engines.groove_match import ToldCells, told_of
from groovescape_models.engines.humanizer import FEEL_TEMPERATURE, OFFSET_TEMPERATURE, VELOCITY_TEMPERATURE, Plays
from groovescape_models.engines.scatter import scatter_of
from groovescape_models.inference.sampling import FloatArray, gaussian_noise
from groovescape_models.music.feel import Feel
from groovescape_models.music.groove_template import GrooveTemplate

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

        Pitches of no drum class keep their velocity and are as late as the drums of their step; a pattern of no others
        is left alone, unless there is a groove to follow.
        """
        felt = FeltCells.of(request.pattern, request.tempo_bpm)
        groove = self._grooves.found(request.groove)
        if not felt.places or (groove is None and not felt.cells):
            return Feel.of(request.pattern)
        medians = self._medians(request, felt, groove, should_stop)
        swing = np.zeros(len(felt.cells)) if groove is None else _told(felt, groove).swing
        scatter, loudness_scatter = _drawn(request, felt, medians)
        offset = np.clip(medians.offset, -felt.edge, felt.edge)
        others = others_of(felt, groove, offset, scatter, swing)
        plan = Plan(offset, scatter, swing, medians.velocity, loudness_scatter, others)
        return feel_of(felt, plan, scatters=not request.mean)

    def _medians(
        self, request: FeelRequest, felt: FeltCells, groove: GrooveTemplate | None, should_stop: ShouldStop
    ) -> CellFeel:
        """Return how the cells are played: as is expected, led to the groove."""
        if not felt.cells:
            return CellFeel(*np.zeros((4, 0)))
        character = self._character(request, groove)
        expected = expected_of(self._humanizer, felt, request.tempo_bpm, character, should_stop)
        return expected if groove is None else _with_groove(expected, _told(felt, groove), _is_written_out(groove))

    def _character(self, request: FeelRequest, groove: GrooveTemplate | None) -> FloatArray | None:
        """Return the latent character that the humaniser plays with, None for no drummer in particular."""
        if groove is not None:
            return None if groove.exemplar is None else self._humanizer.encode((groove.exemplar,))[0]
        if request.mean or request.typical:
            return None
        drawn = gaussian_noise(np.random.default_rng(request.seed), (self._humanizer.feel_size,))
        return drawn * np.float32(FEEL_TEMPERATURE)


def _told(felt: FeltCells, groove: GrooveTemplate) -> ToldCells:
    told = told_of(groove.table, groove.facts.meter, felt.times, felt.pattern.meter, felt.grid)
    return told.of_lanes(felt.lanes)


def _is_written_out(groove: GrooveTemplate) -> bool:
    """Return whether a groove's table has every bar that it was learned from: a short clip, to be played as it is."""
    return groove.table.length >= groove.facts.bars * groove.facts.meter.bar_length


def _with_groove(expected: CellFeel, told: ToldCells, is_written_out: bool) -> CellFeel:
    """Return what is expected led to a groove where it says anything, by how often the drummer did it.

    The groove of a clip that is written out is taken at its word, its evenness too: who puts it on other notes wants
    just that.
    """
    count = told.count
    seen = np.maximum(0.0, count - 1.0)
    heard = (count > 0).astype(np.float64)
    return expected.towards(
        told.feel,
        velocity=heard if is_written_out else count / (count + VELOCITY_LEAN),
        offset=heard if is_written_out else TIMING_TRUST * count / (count + TIMING_LEAN),
        spread=heard if is_written_out else seen / (seen + SPREAD_LEAN),
    )


def _drawn(request: FeelRequest, felt: FeltCells, medians: CellFeel) -> tuple[Array, Array]:
    """Return one draw of the scatter of offsets (quarters) and of velocities (0..1); none for a mean feel.

    What the humaniser alone expects scatters by its temperatures, a groove as its drummer did.
    """
    if request.mean:
        return np.zeros(len(felt.cells)), np.zeros(len(felt.cells))
    offset, velocity = scatter_of(request.seed, felt.steps, felt.lanes, request.pattern.meter.bar_length, felt.grid)
    if request.groove is None:
        offset, velocity = offset * OFFSET_TEMPERATURE, velocity * VELOCITY_TEMPERATURE
    return offset * medians.offset_scale, velocity * medians.velocity_scale
