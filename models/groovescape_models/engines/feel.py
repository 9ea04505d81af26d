"""The groove engine: a feel for a pattern of any length, from the humaniser, a preset, or both."""

from dataclasses import dataclass

import numpy as np

from groovescape_models.encoding.bar_slots import SLOT_STEPS, BarSlots
from groovescape_models.engines.engine import FeelRequest, ShouldStop, never
from groovescape_models.engines.groove_library import GrooveLibrary
from groovescape_models.engines.humanizer import Expectation, Humanizer
from groovescape_models.errors import Cancelled
from groovescape_models.inference.sampling import FloatArray, gaussian_noise, laplace_noise
from groovescape_models.music.cells import Cell, cell_of
from groovescape_models.music.drumkit import DRUM_COUNT, Drum
from groovescape_models.music.feel import Feel
from groovescape_models.music.groove_template import GrooveTable
from groovescape_models.music.pattern import Note, Pattern, Role
from groovescape_models.music.timing import STEP

WINDOWS_AT_ONCE = 64
"""Windows decoded between two looks at should_stop."""
PRESET_SPREAD = 0.35
"""Share of the expected scatter that a drawn feel adds to a preset, whose medians are the drummer's own."""
CELL_EDGE = 0.499
"""Farthest that a hit is played from its step, in steps: half a step on would be the next cell."""
ON_GRID = 0.15
OFF_GRID = 0.3
"""Distances from the grid, in steps: up to the first a note is taken for one on the grid, from the second on for one
that is meant to lie between (a triplet lies at 0.33); between them it is partly both."""
ACCENT_SHARE = 0.5
"""Power of the groove's accents on a drum that has accents of its own: half of their loudness in decibels."""
ALIKE = 2
"""Velocities that differ by no more than this are all alike."""


@dataclass(frozen=True, eq=False)
class _Target:
    """Where (steps, positive late) and how hard (0..127) a groove plays each cell of the slots, (slots * 16, 9)."""

    offset: FloatArray
    velocity: FloatArray


class FeelEngine:
    """Answers FeelRequests; the same request gives the same feel on every backend."""

    def __init__(self, humanizer: Humanizer, grooves: GrooveLibrary) -> None:
        """Use a humaniser, and grooves to choose from."""
        self._humanizer, self._grooves = humanizer, grooves

    def feel(self, request: FeelRequest, should_stop: ShouldStop = never) -> Feel:
        """Return a feel aligned with the notes of the request's pattern; notes of no drum class keep their own."""
        cells = tuple(cell_of(note) for note in request.pattern.notes)
        if not any(cells) or request.pattern.role is not Role.DRUMS:
            return Feel.of(request.pattern)
        slots = BarSlots.covering(1 + max(cell.step for cell in cells if cell), request.pattern.meter)
        target = self._target(request, slots, _hits(slots, cells), should_stop)
        return _aligned(request.pattern, cells, slots, target)

    def _target(self, request: FeelRequest, slots: BarSlots, hits: FloatArray, should_stop: ShouldStop) -> _Target:
        rng = np.random.default_rng(request.seed)
        preset = self._grooves.named(request.groove) if isinstance(request.groove, str) else request.groove
        drawn = gaussian_noise(rng, (self._humanizer.feel_size,))
        told = preset.exemplar if preset else None
        character = self._humanizer.encode((told,))[0] if told else None if request.mean or request.typical else drawn
        expected = self._expect(request.tempo_bpm, slots, hits, character, should_stop)
        spread = 0.0 if request.mean else PRESET_SPREAD if preset or request.typical else 1.0
        scatter = laplace_noise(rng, (2, *expected.offset.shape)) * spread
        medians = _with_preset(expected, preset.table) if preset else expected
        offset = medians.offset + scatter[0] * expected.offset_scale
        velocity = medians.velocity + scatter[1] * expected.velocity_scale
        return _Target(np.clip(offset, -CELL_EDGE, CELL_EDGE), np.clip(velocity * 127.0, 1.0, 127.0))

    def _expect(
        self, tempo_bpm: float, slots: BarSlots, hits: FloatArray, character: FloatArray | None, should_stop: ShouldStop
    ) -> Expectation:
        bars = hits.reshape(slots.slots, SLOT_STEPS, DRUM_COUNT)[slots.windows()]
        windows = bars.reshape(slots.slots, 2 * SLOT_STEPS, DRUM_COUNT) > 0
        parts = []
        for start in range(0, len(windows), WINDOWS_AT_ONCE):
            if should_stop():
                raise Cancelled
            parts.append(self._humanizer.decode(windows[start : start + WINDOWS_AT_ONCE], tempo_bpm, character))
        names = ("velocity", "velocity_scale", "offset", "offset_scale")
        return Expectation(*(slots.merge(np.concatenate([getattr(part, name) for part in parts])) for name in names))


def _hits(slots: BarSlots, cells: tuple[Cell | None, ...]) -> FloatArray:
    hits = np.zeros((slots.slots * SLOT_STEPS, DRUM_COUNT), np.float32)
    for cell in filter(None, cells):
        hits[slots.place(cell.step), cell.drum] = 1.0
    return hits


def _with_preset(expected: Expectation, preset: GrooveTable) -> Expectation:
    """Return the medians of the preset where it has any, the humaniser's elsewhere, by how often the drummer did it."""
    bars = len(expected.offset) // SLOT_STEPS
    trust = np.tile(preset.count / (preset.count + 1.0), (bars, 1))
    offset = expected.offset + trust * (np.tile(preset.offset, (bars, 1)) - expected.offset)
    velocity = expected.velocity + trust * (np.tile(preset.velocity, (bars, 1)) - expected.velocity)
    return Expectation(velocity, expected.velocity_scale, offset, expected.offset_scale)


def _aligned(pattern: Pattern, cells: tuple[Cell | None, ...], slots: BarSlots, target: _Target) -> Feel:
    loudness = _loudness(pattern, cells, slots, target)
    leaders = _leaders(pattern, cells)
    starts = [
        note.start
        if cell is None
        else note.start + _shift(leaders[cell], cell, float(target.offset[slots.place(cell.step), cell.drum]))
        for note, cell in zip(pattern.notes, cells, strict=True)
    ]
    return Feel(tuple(starts), loudness)


def _loudness(pattern: Pattern, cells: tuple[Cell | None, ...], slots: BarSlots, target: _Target) -> tuple[int, ...]:
    """Return the velocity of each note: the groove's own, or, where the input has accents, around those accents."""
    grooved = [float(target.velocity[slots.place(cell.step), cell.drum]) if cell else 0.0 for cell in cells]
    given = [note.velocity for note, cell in zip(pattern.notes, cells, strict=True) if cell]
    alike = max(given) - min(given) <= ALIKE
    drums = {cell.drum for cell in cells if cell}
    shares = {drum: _share(pattern, cells, drum) for drum in drums}
    usual = {
        drum: float(np.mean([value for value, cell in zip(grooved, cells, strict=True) if cell and cell.drum == drum]))
        for drum in drums
    }
    velocities = []
    for note, cell, value in zip(pattern.notes, cells, grooved, strict=True):
        if cell is None:
            velocities.append(note.velocity)
        else:
            wanted = value if alike else note.velocity * (value / usual[cell.drum]) ** shares[cell.drum]
            velocities.append(min(127, max(1, round(wanted))))
    return tuple(velocities)


def _share(pattern: Pattern, cells: tuple[Cell | None, ...], drum: Drum) -> float:
    """Return the power of the groove's accents on a drum: all of it where the drum is played alike throughout."""
    given = [note.velocity for note, cell in zip(pattern.notes, cells, strict=True) if cell and cell.drum == drum]
    return 1.0 if max(given) - min(given) <= ALIKE else ACCENT_SHARE


def _leaders(pattern: Pattern, cells: tuple[Cell | None, ...]) -> dict[Cell, Note]:
    """Return the loudest note of each cell: a flam or roll moves as one with it."""
    leaders: dict[Cell, Note] = {}
    for note, cell in zip(pattern.notes, cells, strict=True):
        if cell is not None and (cell not in leaders or note.velocity > leaders[cell].velocity):
            leaders[cell] = note
    return leaders


def _shift(leader: Note, cell: Cell, offset_steps: float) -> float:
    """Return how far, in quarters, the notes of a cell move for its leader to be played at an offset.

    What the leader is off the grid by intention stays, and the part of the offset that means the same (a triplet is
    an offset too) is not added to it once more.
    """
    own = leader.start / STEP - cell.step
    meant = _meant(own)
    told_already = min(max(offset_steps, min(0.0, meant)), max(0.0, meant))
    played = meant + offset_steps - told_already
    return (min(CELL_EDGE, max(-CELL_EDGE, played)) - own) * STEP


def _meant(own: float) -> float:
    """Return how much of a distance from the grid, in steps, is meant: none of a small one, all of a large one."""
    share = min(1.0, max(0.0, (abs(own) - ON_GRID) / (OFF_GRID - ON_GRID)))
    return own * share
