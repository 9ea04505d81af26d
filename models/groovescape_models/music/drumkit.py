"""Nine drum classes, their names, and the pitch maps of General MIDI, the Roland TD-11 and LMMS."""

from collections.abc import Mapping
from enum import IntEnum
from types import MappingProxyType
from typing import Final


class Drum(IntEnum):
    """The nine classes of Gillick et al. 2019, in the order of the network's lanes."""

    KICK = 0
    SNARE = 1
    CLOSED_HAT = 2
    OPEN_HAT = 3
    LOW_TOM = 4
    MID_TOM = 5
    HIGH_TOM = 6
    CRASH = 7
    RIDE = 8

    @property
    def title(self) -> str:
        """Name to show: 'Closed hat'."""
        return self.name.replace("_", " ").capitalize()

    @property
    def pitch(self) -> int:
        """General MIDI pitch that this class is written as."""
        return DRUM_PITCHES[self]


DRUM_COUNT: Final = len(Drum)

DRUM_PITCHES: Final[Mapping[Drum, int]] = MappingProxyType(
    {
        Drum.KICK: 36,
        Drum.SNARE: 38,
        Drum.CLOSED_HAT: 42,
        Drum.OPEN_HAT: 46,
        Drum.LOW_TOM: 43,
        Drum.MID_TOM: 47,
        Drum.HIGH_TOM: 50,
        Drum.CRASH: 49,
        Drum.RIDE: 51,
    }
)


def _classes(groups: Mapping[Drum, tuple[int, ...]]) -> Mapping[int, Drum]:
    return MappingProxyType({pitch: drum for drum, pitches in groups.items() for pitch in pitches})


GM_DRUMS: Final = _classes(
    {
        Drum.KICK: (35, 36),
        Drum.SNARE: (37, 38, 39, 40),
        Drum.CLOSED_HAT: (42, 44),
        Drum.OPEN_HAT: (46,),
        Drum.LOW_TOM: (41, 43),
        Drum.MID_TOM: (45, 47),
        Drum.HIGH_TOM: (48, 50),
        Drum.CRASH: (49, 52, 55, 57),
        Drum.RIDE: (51, 53, 59),
    }
)
"""General MIDI level 1 percussion key map. A pitch that is not here belongs to no class and is left alone."""

ROLAND_DRUMS: Final = _classes(
    {
        Drum.KICK: (36,),
        Drum.SNARE: (37, 38, 40),
        Drum.CLOSED_HAT: (22, 42, 44),
        Drum.OPEN_HAT: (26, 46),
        Drum.LOW_TOM: (43, 58),
        Drum.MID_TOM: (45, 47),
        Drum.HIGH_TOM: (48, 50),
        Drum.CRASH: (49, 52, 55, 57),
        Drum.RIDE: (51, 53, 59),
    }
)
"""Roland TD-11 as recorded in the Groove MIDI Dataset (Gillick et al. 2019, appendix B)."""

LMMS_KEY_SHIFT: Final = 12
"""LMMS 1.2 counts keys an octave lower than MIDI: key = pitch - 12."""


def drum_of(pitch: int) -> Drum | None:
    """Return the class that a pitch is drawn in and played as: General MIDI first, then the Roland extras."""
    return GM_DRUMS.get(pitch, ROLAND_DRUMS.get(pitch))
