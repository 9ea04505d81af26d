"""An official GrooVAE as the drummer who plays what is missing: drums to taps, or closed hats to a beat.

n is the number of windows that the network plays a pattern in, T its steps, Z its latent size.
"""

from collections.abc import Iterator
from typing import Final

import numpy as np

from groovescape_models.checkpoints.official import GrooveInput
from groovescape_models.encoding.drums import from_groove, to_groove
from groovescape_models.encoding.groove import (
    GROOVE_WIDTH,
    HIT_THRESHOLD,
    MAGENTA_OFFSETS_A_STEP,
    TAP_DRUM,
    from_layout,
    to_layout,
)
from groovescape_models.engines.engine import AddLanesRequest, Setting, ShouldStop, TapRequest, never
from groovescape_models.engines.generate import HIT_TEMPERATURE
from groovescape_models.engines.official_generate import refuse
from groovescape_models.engines.official_groove import OfficialGroove
from groovescape_models.engines.official_space import FORCE, LEAST_TEMPERATURE
from groovescape_models.engines.sheet import tapped
from groovescape_models.errors import Cancelled, UnknownNameError
from groovescape_models.inference.sampling import FloatArray, gaussian_noise
from groovescape_models.music.drumkit import DRUM_COUNT, Drum
from groovescape_models.music.groove import BoolArray
from groovescape_models.music.pattern import Note, Pattern, Role

STEPS_PER_BAR: Final = 16
DECIDED: Final = FORCE / LEAST_TEMPERATURE
"""Noise that leaves a hit no choice at any temperature."""
HATS: Final = frozenset({int(Drum.CLOSED_HAT)})


class OfficialMissing:
    """What missing.MissingPlayer does of TapRequests or of AddLanesRequests, by a GrooVAE (Gillick et al. 2019).

    A pattern is heard as the loop that it is; what is played is the network's own in time and loudness.
    """

    def __init__(self, groove: OfficialGroove, name: str) -> None:
        """Use a GrooVAE, and the name to call it by."""
        self._groove, self._name = groove, name

    def tap_to_drums(self, request: TapRequest, should_stop: ShouldStop = never) -> tuple[Pattern, ...]:
        """Return request.count drum patterns that strike on every tap; UnknownNameError if that is not its trade."""
        self._check(GrooveInput.TAP, request.style, request.setting)
        pattern = request.pattern
        rows = tap_rows(pattern, request.setting.tempo_bpm)
        heard = self._windows(rows)
        tap = heard[..., TAP_DRUM] > HIT_THRESHOLD
        drums = []
        for rng in _draws(request, should_stop):
            z, noise = self._drawn(heard, rng, request.temperature)
            found = self._groove.perform(z, noise, HIT_TEMPERATURE * request.temperature)[..., :DRUM_COUNT]
            hits = found > HIT_THRESHOLD
            hits &= tap[..., None] | request.between
            hits |= self._likeliest(z, hits) & (tap & ~hits.any(axis=-1))[..., None]
            notes = self._notes(z, hits, hits.reshape(-1, DRUM_COUNT)[: len(rows)])
            drums.append(Pattern(notes, pattern.length, pattern.meter, Role.DRUMS, pattern.name))
        return tuple(drums)

    def add_lanes(self, request: AddLanesRequest, should_stop: ShouldStop = never) -> tuple[Pattern, ...]:
        """Return request.count patterns with closed hats added, every note there is kept as it is.

        Where the network would rest, nothing is added. UnknownNameError for other lanes, and if that is not its trade.
        """
        self._check(GrooveInput.ADD_CLOSED_HAT, request.style, request.setting)
        if request.lanes != HATS:
            raise UnknownNameError(f"The model {self._name} adds closed hats alone; ask it for no other drum.")
        pattern = request.pattern
        rows = to_layout(to_groove(pattern))
        given = rows[:, :DRUM_COUNT] > HIT_THRESHOLD
        free = np.zeros_like(given)
        free[:, Drum.CLOSED_HAT] = ~np.isin(np.arange(len(rows)) // STEPS_PER_BAR, sorted(request.locked_bars))
        free &= ~given
        heard = self._windows(rows)
        bias = self._windows(np.where(free, 0.0, np.where(given, DECIDED, -DECIDED)).astype(np.float32))
        beats = []
        for rng in _draws(request, should_stop):
            z, noise = self._drawn(heard, rng, request.temperature)
            played = self._groove.perform(z, noise + bias, HIT_TEMPERATURE * request.temperature)[..., :DRUM_COUNT]
            hits = played > HIT_THRESHOLD
            notes = self._notes(z, hits, hits.reshape(-1, DRUM_COUNT)[: len(rows)] & free)
            beats.append(pattern.with_notes([*pattern.notes, *notes]))
        return tuple(beats)

    def _check(self, wanted: GrooveInput, style: str | None, setting: Setting) -> None:
        """Raise UnknownNameError for what the network was not trained to do."""
        refuse(self._name, style, setting)
        if self._groove.config.groove_input is not wanted:
            trade = "plays no drums to taps" if wanted is GrooveInput.TAP else "adds no closed hats"
            raise UnknownNameError(f"The model {self._name} {trade}; add a GrooVAE that was trained to.")

    def _windows(self, rows: FloatArray) -> FloatArray:
        """Return rows (k, w) of a loop as windows (n, T, w), the last one filled up from the loop's beginning."""
        count = -(-len(rows) // self._groove.steps)
        return rows[np.arange(count * self._groove.steps) % len(rows)].reshape(count, self._groove.steps, -1)

    def _drawn(self, heard: FloatArray, rng: np.random.Generator, temperature: float) -> tuple[FloatArray, FloatArray]:
        """Return latents (n, Z) out of the posterior of windows (n, T, 27), and noise (n, T, 9)."""
        mu, sigma = self._groove.encode_layout(heard)
        z = mu + sigma * np.float32(temperature) * gaussian_noise(rng, mu.shape)
        return z, self._groove.draw_noise(rng, len(z))

    def _likeliest(self, z: FloatArray, hits: BoolArray) -> BoolArray:
        """Return each step's likeliest lane, bool (n, T, 9)."""
        found: BoolArray = np.arange(DRUM_COUNT) == self._groove.logits(z, hits).argmax(axis=-1)[..., None]
        return found

    def _notes(self, z: FloatArray, hits: BoolArray, new: BoolArray) -> tuple[Note, ...]:
        """Return the notes of new cells (k, 9), played as the network plays windows of hits (n, T, 9)."""
        layout = self._groove.perform(z, hits=hits).reshape(-1, GROOVE_WIDTH)[: len(new)].copy()
        layout[:, :DRUM_COUNT] = new
        return from_groove(from_layout(layout, 120.0)).notes


def _draws(request: TapRequest | AddLanesRequest, should_stop: ShouldStop) -> Iterator[np.random.Generator]:
    """Yield what each variation is drawn with, which depends on the seed and on its number alone."""
    for index in range(request.count):
        if should_stop():
            raise Cancelled
        yield np.random.default_rng([request.seed, 5, index])


def tap_rows(pattern: Pattern, tempo_bpm: float) -> FloatArray:
    """Return the notes of any pattern as taps in Magenta's layout, (k, 27): one lane, the loudest note of each step."""
    sheet = tapped(pattern, tempo_bpm)
    taps = np.zeros((0, 3), np.float32) if sheet.tap is None else sheet.tap[sheet.places]
    rows = np.zeros((len(taps), GROOVE_WIDTH), np.float32)
    rows[:, TAP_DRUM::DRUM_COUNT] = taps * np.array([1.0, 1.0, MAGENTA_OFFSETS_A_STEP], np.float32)
    return rows
