"""What is missing, played: drums to a tapped rhythm, lanes beside those that are there.

Windows of two slots are drawn in order, each with the slot before it known, so that no seam is left; how the new hits
are struck is asked of overlapping windows, faded into each other, the last one going on with the first as loops do.
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from groovescape_models.encoding.bar_slots import SLOT_STEPS
from groovescape_models.encoding.drums import PITCHES
from groovescape_models.encoding.given import Given
from groovescape_models.engines.drummer import Drummer
from groovescape_models.engines.engine import AddLanesRequest, InfillRequest, ShouldStop, TapRequest, never
from groovescape_models.engines.sheet import NO_LANES, Sheet, freed, sheet_of, tapped
from groovescape_models.errors import Cancelled
from groovescape_models.inference.sampling import laplace_noise, logistic_noise
from groovescape_models.music.cells import NOTE_LENGTH, cell_of
from groovescape_models.music.drumkit import DRUM_COUNT
from groovescape_models.music.groove import BoolArray, FloatArray
from groovescape_models.music.levels import levelled
from groovescape_models.music.pattern import Note, Pattern, Role
from groovescape_models.music.timing import STEP

HIT_TEMPERATURE: Final = 0.8
"""Temperature of single hits at a request's temperature of 1."""
SCATTER: Final = 0.7
"""Share of the expected scatter with which new hits are struck: all of it would scatter each for itself."""
GAIN: Final = (0.5, 1.5)
"""Bounds of the gain by which a pattern of even loudness is louder or softer than a drummer would play it."""
PUSHES: Final = (2.0, 2.0, 4.0, 8.0)
"""What is added, bit by bit, to the odds of lanes that were asked for and would keep silent for two bars."""
ATTEMPTS: Final = 8
"""Draws of a window, of which the first is taken that is no roll, else the one that is least of one."""
MOST: Final = (12, 16, 24, 8, 7, 5, 8, 3, 19)
"""Strokes of each lane in two bars, which nine in ten of the drummers' windows that have the lane do not exceed; of the
snare fewer, since marches and drum solos are full of rolls."""
CELL_EDGE: Final = 0.499
WINDOWS_AT_ONCE: Final = 64


class MissingPlayer:
    """Answers TapRequests, AddLanesRequests and, for drums, InfillRequests; the same request gives the same notes."""

    def __init__(self, drummer: Drummer) -> None:
        """Use a drummer."""
        self._drummer = drummer

    def tap_to_drums(self, request: TapRequest, should_stop: ShouldStop = never) -> tuple[Pattern, ...]:
        """Return request.count drum patterns that strike on every tap; UnknownNameError for an unknown style.

        The loudest hit on a tap has the tap's time and, where taps differ in it, its loudness. Who may play between
        the taps has a kick, a snare, and hats or a ride to play. A pattern without a note gives a beat that the drummer
        makes up.
        """
        pattern, tempo_bpm = request.pattern, request.setting.tempo_bpm
        sheet = tapped(pattern, tempo_bpm, request.style, not request.between)
        if not pattern.notes:
            sheet = replace(sheet, tap=None)
        rngs = [np.random.default_rng([request.seed, 4, index]) for index in range(request.count)]
        kits = np.stack([self._drummer.kit(request.style, rng) & request.between for rng in rngs])
        played = self._played(sheet, kits, request.seed, request.temperature, should_stop)
        return tuple(Pattern(tuple(notes), pattern.length, pattern.meter, Role.DRUMS, pattern.name) for notes in played)

    def add_lanes(self, request: AddLanesRequest, should_stop: ShouldStop = never) -> tuple[Pattern, ...]:
        """Return request.count patterns with hits added to lanes, every note there is kept as it is."""
        pattern, tempo_bpm = request.pattern, request.setting.tempo_bpm
        sheet = sheet_of(pattern, tempo_bpm, request.style)
        free = _free(sheet, request.lanes, request.locked_bars)
        free &= ~sheet.hits[sheet.places]
        asked = np.tile(np.isin(np.arange(DRUM_COUNT), sorted(request.lanes)), (request.count, 1))
        played = self._played(freed(sheet, free), asked, request.seed, request.temperature, should_stop)
        return tuple(pattern.with_notes([*pattern.notes, *notes]) for notes in played)

    def fill(self, request: InfillRequest, should_stop: ShouldStop = never) -> Pattern:
        """Return a drum pattern with what is in no locked lane and no locked bar made anew; other notes stay.

        The new part is never silent: what the drummer would rest in he plays with the lanes that were there before.
        """
        pattern = request.pattern
        sheet = sheet_of(pattern, request.setting.tempo_bpm)
        free = _free(sheet, frozenset(range(DRUM_COUNT)) - request.locked_lanes, request.locked_bars)
        if not free.any():
            return pattern
        stay = [note for note in pattern.notes if not _lies_in(note, free)]
        before = sheet.hits[sheet.places] & free
        for wanted in (NO_LANES, before.max(axis=0), free.max(axis=0)):
            new = next(self._played(freed(sheet, free), wanted[None], request.seed, request.temperature, should_stop))
            if new:
                break
        return pattern.with_notes([*stay, *new])

    def _played(
        self, sheet: Sheet, wanted: BoolArray, seed: int, temperature: float, should_stop: ShouldStop
    ) -> Iterator[list[Note]]:
        """Yield the new notes of as many variations as wanted has rows, (n, 9): the lanes that each is to strike.

        Variation i depends on the seed and on i alone.
        """
        rngs = [np.random.default_rng([seed, 3, index]) for index in range(len(wanted))]
        shape = sheet.known.shape
        noise = np.stack([logistic_noise(rng, (ATTEMPTS, *shape)) for rng in rngs], axis=1)
        scatter = np.stack([laplace_noise(rng, (2, *shape)) for rng in rngs]) * np.float32(SCATTER)
        hits = self._drawn(sheet, wanted, noise, HIT_TEMPERATURE * temperature, should_stop)
        for own, lanes, scattered in zip(hits, wanted, scatter, strict=True):
            velocity, offset = self._struck(sheet, own, lanes, scattered, should_stop)
            new = (own & ~(sheet.known & sheet.hits))[sheet.places]
            yield _notes(new, velocity[sheet.places], offset[sheet.places])

    def _drawn(
        self, sheet: Sheet, wanted: BoolArray, noise: FloatArray, temperature: float, should_stop: ShouldStop
    ) -> BoolArray:
        """Return the hits of each variation, (n, steps, 9); noise (ATTEMPTS, n, steps, 9) is logistic."""
        known = np.repeat(sheet.known[None], noise.shape[1], axis=0)
        hits = np.repeat(sheet.hits[None], noise.shape[1], axis=0)
        for pair in _pairs(sheet.slots.slots):
            if should_stop():
                raise Cancelled
            steps = (pair[:, None] * SLOT_STEPS + np.arange(SLOT_STEPS)).ravel()
            given, free = sheet.window(pair[None], hits, known, wanted), np.logical_not(sheet.known[steps])
            hits[:, steps] = self._calm(given, free, noise[:, :, steps], temperature)
            known[:, steps] = True
        return hits

    def _calm(self, given: Given, free: BoolArray, noise: FloatArray, temperature: float) -> BoolArray:
        """Return the hits of a window, (n, 32, 9), of the attempts of noise (ATTEMPTS, n, 32, 9)."""
        hits = self._window(given, free, noise[0], temperature)
        for other in noise[1:]:
            over = _over(hits, free)
            if not over.any():
                break
            again = self._window(given, free, other, temperature)
            hits = np.where((_over(again, free) < over)[:, None, None], again, hits)
        return hits

    def _window(self, given: Given, free: BoolArray, noise: FloatArray, temperature: float) -> BoolArray:
        """Return the hits of a window, (n, 32, 9): wanted lanes struck where it is free (32, 9)."""
        asked = given.wanted & free.max(axis=0)
        hits = self._drummer.draw(given, noise, temperature)
        for push in PUSHES:
            silent = asked & ((hits & free).sum(axis=1) == 0)
            if silent.any():
                noise = noise + np.float32(push) * silent[:, None, :]
                again = self._drummer.draw(given, noise, temperature)
                hits = np.where(silent.any(axis=1)[:, None, None], again, hits)
        return hits

    def _struck(
        self, sheet: Sheet, hits: BoolArray, wanted: BoolArray, scatter: FloatArray, should_stop: ShouldStop
    ) -> tuple[FloatArray, FloatArray]:
        """Return velocities (0..1) and offsets (steps) of all cells, (steps, 9) each."""
        windows = sheet.slots.windows()
        parts = []
        for first in range(0, len(windows), WINDOWS_AT_ONCE):
            if should_stop():
                raise Cancelled
            chosen = windows[first : first + WINDOWS_AT_ONCE]
            given = sheet.window(chosen, sheet.hits[None], sheet.known[None], wanted[None])
            finished = sheet.window(chosen, hits[None], sheet.known[None], wanted[None]).hits
            parts.append(self._drummer.strike(finished, given))
        velocity, loudness, offset, spread = (
            sheet.slots.merge(np.concatenate([getattr(part, name) for part in parts]))
            for name in ("velocity", "velocity_scale", "offset", "offset_scale")
        )
        velocity = np.clip(velocity + scatter[0] * loudness, 1.0 / 127.0, 1.0)
        offset = np.clip(offset + scatter[1] * spread, -CELL_EDGE, CELL_EDGE)
        velocity = _as_loud(velocity, hits, sheet)
        if not sheet.felt:
            return velocity, np.zeros_like(offset)
        return velocity, offset if sheet.tap is None else _on_taps(offset, velocity, hits, sheet.tap)


def _over(hits: BoolArray, free: BoolArray) -> NDArray[np.intp]:
    """Return how many strokes more than MOST the lanes of windows (n, 32, 9) have where they are free, (n,)."""
    over: NDArray[np.intp] = np.maximum(0, (hits & free).sum(axis=1) - np.array(MOST)).sum(axis=1)
    return over


def _free(sheet: Sheet, lanes: frozenset[int], locked_bars: frozenset[int]) -> BoolArray:
    """Return the cells of lanes outside locked bars, over the pattern's own steps, (k, 9)."""
    bars = np.arange(len(sheet.places)) // sheet.slots.bar_steps
    free: BoolArray = ~np.isin(bars, sorted(locked_bars))[:, None] & np.isin(np.arange(DRUM_COUNT), sorted(lanes))
    return free


def _lies_in(note: Note, free: BoolArray) -> bool:
    """Return whether a note is of a free cell; drums that no lane shows never are."""
    cell = cell_of(note)
    return cell is not None and bool(free[cell.step % len(free), cell.drum])


def _pairs(slots: int) -> NDArray[np.intp]:
    """Return the windows in the order they are drawn, (k, 2); a single slot is heard twice, as a loop is."""
    first = np.arange(max(1, slots - 1))
    return np.stack([first, np.minimum(first + 1, slots - 1)], axis=1)


def _as_loud(velocity: FloatArray, hits: BoolArray, sheet: Sheet) -> FloatArray:
    """Return velocities as loud as what is given: on a tap its loudest hit is the tap's own, the others beside it."""
    if not sheet.loud:
        level = levelled(velocity, hits)
        given = sheet.known & sheet.hits
        usual = float(level[given].mean()) if given.any() else 0.0
        gain = np.clip(float(sheet.velocities[given].mean()) / usual, *GAIN) if usual else 1.0
        even: FloatArray = np.clip(level * np.float32(gain), 0.0, 1.0)
        return even
    if sheet.tap is None:
        return velocity
    peak = (velocity * hits).max(axis=1)
    on_tap = (sheet.tap[:, 0] > 0) & (peak > 0)
    ratio = np.where(on_tap, sheet.tap[:, 1] / np.maximum(peak, 1e-6), 1.0)
    louder: FloatArray = np.clip(velocity * ratio[:, None], 1.0 / 127.0, 1.0).astype(np.float32)
    return louder


def _on_taps(offset: FloatArray, velocity: FloatArray, hits: BoolArray, tap: FloatArray) -> FloatArray:
    """Return offsets with the loudest hit of each tap exactly on it, the others as far from that as they were."""
    leader = (velocity * hits).argmax(axis=1)[:, None]
    late = tap[:, 2:] - np.take_along_axis(offset, leader, axis=1)
    moved = np.where(tap[:, :1] > 0, offset + late, offset)
    near: FloatArray = np.clip(moved, -CELL_EDGE, CELL_EDGE).astype(np.float32)
    return near


def _notes(new: BoolArray, velocity: FloatArray, offset: FloatArray) -> list[Note]:
    steps, lanes = np.nonzero(new)
    starts = np.maximum(0.0, (steps + offset[new].astype(np.float64)) * STEP)
    loud = np.clip(np.rint(velocity[new].astype(np.float64) * 127.0), 1, 127).astype(int)
    rows = zip(starts.tolist(), lanes.tolist(), loud.tolist(), strict=True)
    return [Note(start, NOTE_LENGTH, PITCHES[lane], value) for start, lane, value in rows]
