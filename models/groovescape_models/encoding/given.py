"""What a drummer is given to play with: the notes that are there, a rhythm that is tapped, the tempo and the style.

Two bars of sixteenths. A cell that is known holds a hit or its silence; a cell that is not is the drummer's to fill.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from groovescape_models.encoding.drums import TWO_BARS
from groovescape_models.music.drumkit import DRUM_COUNT
from groovescape_models.music.groove import BoolArray, FloatArray

STYLES: Final = (
    "afrobeat",
    "afrocuban",
    "blues",
    "country",
    "dance",
    "funk",
    "gospel",
    "highlife",
    "hiphop",
    "jazz",
    "latin",
    "middleeastern",
    "neworleans",
    "pop",
    "punk",
    "reggae",
    "rock",
    "soul",
)
"""The main styles of the Groove MIDI Dataset, in the order of the network's input."""
CELLS: Final = 4 * DRUM_COUNT + 3
"""Numbers of a step: known, hits, velocities and offsets of nine lanes, and the tap's hit, velocity and offset."""
FLAGS: Final = 4
CONTEXT: Final = 1 + FLAGS + len(STYLES) + DRUM_COUNT
TYPICAL_TEMPO: Final = 110.0
TEMPO_SPREAD: Final = 40.0


@dataclass(frozen=True, eq=False)
class Given:
    """What is given in n windows of two bars.

    known, hits bool (n, 32, 9); velocities float32 (n, 32, 9) in 0..1, offsets in steps, positive is late: both count
    only where a hit is known. tap (n, 32, 3) is hit, velocity and offset of what is tapped; tapped bool (n,) says
    whether there is a tap at all, strict (n,) whether nothing sounds between its strokes. loud (n,) and felt (n,) say
    whether the velocities and the offsets mean something; tempos_bpm float32 (n,); styles (n, 18), one-hot or
    zeros. wanted bool (n, 9) are lanes that are to be struck somewhere in what is not known; of others nothing is said.
    """

    known: BoolArray
    hits: BoolArray
    velocities: FloatArray
    offsets: FloatArray
    tap: FloatArray
    tapped: BoolArray
    strict: BoolArray
    loud: BoolArray
    felt: BoolArray
    tempos_bpm: FloatArray
    styles: FloatArray
    wanted: BoolArray

    def rows(self, which: slice) -> "Given":
        """Return some of the windows."""
        return Given(*(getattr(self, name)[which] for name in self.__dataclass_fields__))

    def cells(self) -> FloatArray:
        """Return the network's input of each step, float32 (n, 32, CELLS)."""
        loud, felt = self.loud[:, None, None], self.felt[:, None, None]
        there = self.known & self.hits
        tapped = self.tap[:, :, :1] * self.tapped[:, None, None]
        parts = (
            self.known,
            there,
            self.velocities * (there & loud),
            2.0 * self.offsets * (there & felt),
            tapped,
            self.tap[:, :, 1:2] * tapped * loud,
            2.0 * self.tap[:, :, 2:] * tapped * felt,
        )
        return np.concatenate([part.astype(np.float32) for part in parts], axis=-1)

    def context(self) -> FloatArray:
        """Return what holds for all steps, float32 (n, CONTEXT)."""
        tempo = (self.tempos_bpm - TYPICAL_TEMPO) / TEMPO_SPREAD
        flags = (tempo, self.tapped, self.strict & self.tapped, self.loud, self.felt)
        return np.concatenate([np.stack(flags, axis=1), self.styles, self.wanted], axis=1).astype(np.float32)


def beat_positions() -> FloatArray:
    """Return where each of eight beats lies in half a bar, a bar and two bars: sines and cosines, (8, 6)."""
    angles = np.arange(8)[:, None] * 2.0 * np.pi / np.array([2, 4, 8])[None]
    return np.concatenate([np.sin(angles), np.cos(angles)], axis=1).astype(np.float32)


def loudest(velocities: FloatArray, offsets: FloatArray) -> FloatArray:
    """Return the loudest hit of each step as a tap: (n, 32, 3) of velocities (n, 32, 9), 0 where there is no hit."""
    lane = velocities.argmax(axis=-1)[..., None]
    velocity = np.take_along_axis(velocities, lane, axis=-1)
    struck = velocity > 0
    offset = np.take_along_axis(offsets, lane, axis=-1) * struck
    return np.concatenate([struck, velocity, offset], axis=-1).astype(np.float32)


def style_rows(names: NDArray[np.str_]) -> FloatArray:
    """Return the style of each name, (n, 18), one-hot; zeros for a name that is not among STYLES."""
    rows: FloatArray = (names[:, None] == np.array(STYLES)[None]).astype(np.float32)
    return rows


def nothing_tapped(count: int) -> FloatArray:
    """Return the taps of so many windows that have none."""
    return np.zeros((count, TWO_BARS, 3), np.float32)
