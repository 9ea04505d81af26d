"""A pattern of any length and meter as the two-bar windows that the networks read, and back.

Each bar lies in slots of sixteen steps of its own (encoding/bar_slots.py), two slots are a window. What no place of the
pattern lies on is outside: the last step of a slot that a 3/4 bar does not fill, the second slot of an odd window.
"""

from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from groovescape_models.encoding.bar_slots import SLOT_STEPS, BarSlots
from groovescape_models.encoding.drums import to_hits
from groovescape_models.encoding.lines import moved, to_line
from groovescape_models.latent.model import Grids
from groovescape_models.music.cells import steps_of
from groovescape_models.music.pattern import Pattern, Role

WINDOW_STEPS = 2 * SLOT_STEPS
Kind = TypeVar("Kind", bound=np.generic)


@dataclass(frozen=True, eq=False)
class Phrases:
    """The windows of a pattern of so many steps.

    grids are hits, bool (k, 32, 9), or tokens, int16 (k, 32), moved by shift semitones; places is int (steps,), where
    in the flattened windows each step of the pattern lies; bars is int (steps,), the bar of each step.
    """

    grids: Grids
    places: NDArray[np.intp]
    bars: NDArray[np.intp]
    shift: int = 0

    @property
    def windows(self) -> int:
        """Number k of windows."""
        return len(self.grids)

    def over_steps(self, windows: NDArray[Kind]) -> NDArray[Kind]:
        """Return arrays of windows, (k, 32, ...), as one array of the pattern's steps, (steps, ...)."""
        return windows.reshape(-1, *windows.shape[2:])[self.places]

    def tokens(self, grids: NDArray[np.int16]) -> NDArray[np.int16]:
        """Return the tokens of windows (k, 32) as one line of the pattern's steps, moved back."""
        return moved(self.over_steps(grids), -self.shift)

    def over_windows(self, steps: NDArray[np.bool_], outside: bool) -> NDArray[np.bool_]:
        """Return flags of the pattern's steps (and lanes) as flags of the windows; outside is what the rest gets."""
        flat = np.full((self.windows * WINDOW_STEPS, *steps.shape[1:]), outside)
        flat[self.places] = steps
        return flat.reshape(self.windows, WINDOW_STEPS, *steps.shape[1:])


def cut(pattern: Pattern, shift: int = 0) -> Phrases:
    """Return the windows of a pattern, a line moved by shift semitones."""
    steps = steps_of(pattern.length)
    slots = BarSlots.covering(steps, pattern.meter)
    places = np.array([slots.place(step) for step in range(steps)], np.intp)
    windows = -(-slots.slots // 2)
    grid: Grids = to_hits(pattern) if pattern.role is Role.DRUMS else moved(to_line(pattern), shift)
    flat = np.zeros((windows * WINDOW_STEPS, *grid.shape[1:]), grid.dtype)
    flat[places] = grid
    bars = np.arange(steps, dtype=np.intp) // slots.bar_steps
    return Phrases(flat.reshape(windows, WINDOW_STEPS, *grid.shape[1:]), places, bars, shift)
