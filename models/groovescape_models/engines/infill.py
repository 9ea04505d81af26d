"""Infill and continuation: new notes that go with those that stay.

A pattern is filled window by window (engines/filling.py). It is continued slot by slot, each drawn with the slot before
it locked, so that no seam is left between two windows.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from groovescape_models.encoding.bar_slots import SLOT_STEPS
from groovescape_models.encoding.drums import PITCHES
from groovescape_models.encoding.harmony import BEATS_PER_BAR, CONDITION_SIZE, condition_of, shift_to_c
from groovescape_models.encoding.lines import from_line
from groovescape_models.encoding.phrases import Phrases, cut
from groovescape_models.engines.engine import ContinueRequest, InfillRequest, Setting, ShouldStop, never
from groovescape_models.engines.filling import FreeWindow, fill
from groovescape_models.engines.missing import MissingPlayer
from groovescape_models.engines.recast import Loudness
from groovescape_models.errors import Cancelled
from groovescape_models.latent.model import FloatArray, Grids, LatentModel
from groovescape_models.music.cells import DEFAULT_VELOCITY, NOTE_LENGTH, cell_of
from groovescape_models.music.pattern import Note, Pattern, Role
from groovescape_models.music.timing import STEP, nearest_step

STRANGERS: Final = 1
"""Candidates that owe nothing to the bars before: few, as drummers go on with what they play."""


class Infill:
    """Answers InfillRequests and ContinueRequests for every role with a latent model."""

    def __init__(
        self,
        model: Callable[[Role], LatentModel],
        loudness: Callable[[Role], Loudness],
        missing: Callable[[], MissingPlayer],
    ) -> None:
        """Use the latent model of a role, UnknownNameError if it has none, and a way to find its velocities.

        missing plays drums beside lanes that stay.
        """
        self._model, self._loudness, self._missing = model, loudness, missing

    def infill(self, request: InfillRequest, should_stop: ShouldStop = never) -> Pattern:
        """Return the pattern with all but its locked lanes and bars drawn anew; with everything locked, as it is.

        A window without a note is drawn from the prior. Raises UnknownNameError for a role without a model.
        """
        pattern = request.pattern
        if pattern.role is Role.DRUMS and request.locked_lanes:
            return self._missing().fill(request, should_stop)
        model = self._model(pattern.role)
        phrases = cut(pattern, _shift(request.setting, pattern.role))
        kept = _kept_steps(phrases, pattern.role, request)
        if kept.all():
            return pattern
        locked = phrases.over_windows(kept, outside=True)
        conditions = _conditions(request.setting, phrases, pattern)
        rng = np.random.default_rng([request.seed, 1])
        grids = phrases.grids.copy()
        for window in range(phrases.windows):
            if should_stop():
                raise Cancelled
            here = grids[window]
            likes = (here,) if here.any() else ()
            free = FreeWindow(here, locked[window], likes, None if conditions is None else conditions[window])
            grids[window] = fill(model, free, request.setting, request.temperature, rng)
        return self._played(pattern, _steps(phrases, grids), kept, request.setting)

    def extend(self, request: ContinueRequest, should_stop: ShouldStop = never) -> Pattern:
        """Return the pattern with request.bars more; ValueError unless bars > 0, UnknownNameError without a model."""
        if request.bars < 1:
            raise ValueError(f"bars must be at least 1, got {request.bars}")
        model = self._model(request.pattern.role)
        longer = _longer(request.pattern, request.bars)
        phrases = cut(longer, _shift(request.setting, longer.role))
        first_new = int(np.searchsorted(phrases.bars, request.pattern.bars))
        conditions = _conditions(request.setting, phrases, longer)
        slots = phrases.grids.reshape(-1, SLOT_STEPS, *phrases.grids.shape[2:]).copy()
        inside = phrases.over_windows(np.ones(len(phrases.places), np.bool_), outside=False).reshape(-1, SLOT_STEPS)
        rng = np.random.default_rng([request.seed, 2])
        for slot in range(int(phrases.places[first_new]) // SLOT_STEPS, len(slots)):
            if should_stop():
                raise Cancelled
            if inside[slot].any():
                free = _behind(slots, inside[slot], conditions, slot)
                slots[slot] = fill(model, free, request.setting, request.temperature, rng)[SLOT_STEPS:]
        kept = np.zeros(_steps(phrases, phrases.grids).shape, np.bool_)
        kept[:first_new] = True
        return self._played(longer, _steps(phrases, slots.reshape(phrases.grids.shape)), kept, request.setting)

    def _played(self, pattern: Pattern, steps: Grids, kept: NDArray[np.bool_], setting: Setting) -> Pattern:
        """Return the notes that stay and those of new cells of a grid (steps, 9) or (steps,), with velocities."""
        new = _hit_notes(steps, kept) if pattern.role is Role.DRUMS else _line_notes(steps, kept, pattern.role)
        stay = [note for note in pattern.notes if _stays(note, pattern, kept)]
        staying = pattern.with_notes(stay)
        return pattern.with_notes([*stay, *self._loudness(pattern.role)(staying, tuple(new), setting.tempo_bpm)])


def _steps(phrases: Phrases, grids: Grids) -> Grids:
    """Return windows as one grid of the pattern's steps, a line moved back to its key."""
    return phrases.tokens(grids.astype(np.int16)) if grids.ndim == 2 else phrases.over_steps(grids.astype(np.bool_))


def _kept_steps(phrases: Phrases, role: Role, request: InfillRequest) -> NDArray[np.bool_]:
    bars = np.isin(phrases.bars, sorted(request.locked_bars))
    if role is not Role.DRUMS:
        return bars
    lanes = np.isin(np.arange(len(PITCHES)), sorted(request.locked_lanes))
    return bars[:, None] | lanes[None]


def _shift(setting: Setting, role: Role) -> int:
    return 0 if role is Role.DRUMS or setting.key is None else shift_to_c(setting.key.tonic)


def _conditions(setting: Setting, phrases: Phrases, pattern: Pattern) -> FloatArray | None:
    """Return the condition of each window, (k, 8, 36): the chord of a slot is that of its bar. None for drums."""
    if pattern.role is Role.DRUMS:
        return None
    slots = 2 * phrases.windows
    bar_of = np.full(slots, int(phrases.bars[-1]))
    bar_of[phrases.places // SLOT_STEPS] = phrases.bars
    chords = [setting.chords[bar % len(setting.chords)] for bar in bar_of.tolist()] if setting.chords else []
    return condition_of(setting.key, chords, slots).reshape(phrases.windows, 2 * BEATS_PER_BAR, CONDITION_SIZE)


def _longer(pattern: Pattern, bars: int) -> Pattern:
    """Return a pattern with so many empty bars behind its own; what begins past its length is left out."""
    inside = tuple(note for note in pattern.notes if note.start < pattern.length)
    return replace(pattern, notes=inside, length=(pattern.bars + bars) * pattern.meter.bar_length)


def _behind(slots: Grids, inside: NDArray[np.bool_], conditions: FloatArray | None, slot: int) -> FreeWindow:
    """Return the window of a slot and the one before it, likely to go on with that one again or in turns."""
    before, earlier = slots[slot - 1], slots[max(0, slot - 2)]
    grid = np.concatenate([before, np.zeros_like(before)])
    locked = np.ones(grid.shape, np.bool_)
    locked[SLOT_STEPS:] = ~(inside if grid.ndim == 1 else inside[:, None])
    condition = None
    if conditions is not None:
        by_slot = conditions.reshape(-1, BEATS_PER_BAR, CONDITION_SIZE)
        condition = np.concatenate([by_slot[slot - 1], by_slot[slot]])
    likes = (np.concatenate([before, before]), np.concatenate([before, earlier]))
    return FreeWindow(grid, locked, likes, condition, STRANGERS)


def _hit_notes(hits: Grids, kept: NDArray[np.bool_]) -> list[Note]:
    steps, lanes = np.nonzero(hits & ~kept)
    rows = zip(steps.tolist(), lanes.tolist(), strict=True)
    return [Note(step * STEP, NOTE_LENGTH, PITCHES[lane], DEFAULT_VELOCITY) for step, lane in rows]


def _line_notes(tokens: Grids, kept: NDArray[np.bool_], role: Role) -> list[Note]:
    notes = from_line(tokens.astype(np.int16), role=role).notes
    return [note for note in notes if not kept[nearest_step(note.start)]]


def _stays(note: Note, pattern: Pattern, kept: NDArray[np.bool_]) -> bool:
    """Return whether a note of the pattern is in what stays; drums that no lane shows always do."""
    step = nearest_step(note.start) % len(kept)
    if pattern.role is not Role.DRUMS:
        return bool(kept[step])
    cell = cell_of(note)
    return cell is None or bool(kept[step, cell.drum])
