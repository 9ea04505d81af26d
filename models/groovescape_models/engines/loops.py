"""Two-bar windows of a loop: what a pattern does not fill of its last one goes on with its beginning."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from groovescape_models.encoding.bar_slots import SLOT_STEPS
from groovescape_models.encoding.harmony import BEATS_PER_BAR, CONDITION_SIZE, condition_of, shift_to_c
from groovescape_models.encoding.phrases import Phrases, cut
from groovescape_models.engines.engine import Setting
from groovescape_models.latent.model import FloatArray, Grids
from groovescape_models.music.key import Key
from groovescape_models.music.key_guess import guess_key
from groovescape_models.music.pattern import Pattern, Role


@dataclass(frozen=True, eq=False)
class Loop:
    """A pattern as windows: grids (k, 32, 9) or (k, 32), a line moved to C.

    inside is bool (k, 32): which steps are the pattern's own. one_bar says that a window is one bar twice. condition is
    (k, 8, 36), None for drums; key is the setting's, or the likeliest one of a line.
    """

    phrases: Phrases
    grids: Grids
    inside: NDArray[np.bool_]
    one_bar: bool
    condition: FloatArray | None
    key: Key | None

    def grid(self, grids: Grids) -> Grids:
        """Return windows as one grid of the pattern's steps, a line moved back to its key."""
        if grids.ndim == 2:
            return self.phrases.tokens(grids.astype(np.int16))
        return self.phrases.over_steps(grids.astype(np.bool_))


@lru_cache(maxsize=64)
def loop_of(pattern: Pattern, setting: Setting) -> Loop:
    """Return the windows of a pattern in any meter: each bar begins a slot of sixteen steps."""
    key = None if pattern.role is Role.DRUMS else setting.key or guess_key(pattern)
    phrases = cut(pattern, 0 if key is None else shift_to_c(key.tonic))
    inside = phrases.over_windows(np.ones(len(phrases.places), np.bool_), outside=False)
    slots = phrases.grids.reshape(-1, SLOT_STEPS, *phrases.grids.shape[2:]).copy()
    empty = ~inside.reshape(-1, SLOT_STEPS).any(axis=1)
    slots[empty] = slots[0]
    grids = slots.reshape(phrases.grids.shape)
    condition = None if key is None else _conditions(setting, key, phrases)
    return Loop(phrases, grids, inside, len(slots) - int(empty.sum()) == 1, condition, key)


def _conditions(setting: Setting, key: Key, phrases: Phrases) -> FloatArray:
    """Return the condition of each window, (k, 8, 36): the chord of a slot is that of its bar."""
    slots = 2 * phrases.windows
    bar_of = np.zeros(slots, np.intp)
    bar_of[phrases.places // SLOT_STEPS] = phrases.bars
    chords = [setting.chords[bar % len(setting.chords)] for bar in bar_of.tolist()] if setting.chords else []
    return condition_of(key, chords, slots).reshape(phrases.windows, 2 * BEATS_PER_BAR, CONDITION_SIZE)
