"""Drums struck and released, in frames of a block."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, NamedTuple

from groovescape.audio.tempo_line import GRID_FRAMES, nearest_grid

_NONE: Final[Mapping[int, float]] = MappingProxyType({})


class Strike(NamedTuple):
    """A drum struck or a note begun, or released if the velocity is 0, so many frames into a block.

    pitch is a key of keys.py: that of a drum is its MIDI pitch.
    """

    frame: int
    pitch: int
    velocity: int


class StrikeList:
    """Collects the strikes of one block and remembers which drums are held, so that each is released. One thread."""

    def __init__(self) -> None:
        self._strikes: list[Strike] = []
        self._held: dict[int, float] = {}

    def strike(self, frame: int, pitch: int, velocity: int, hold_frames: float) -> None:
        """Strike a drum at a frame of the grid; it is released once hold_frames have passed, or struck again."""
        held_until = self._held.get(pitch)
        if held_until is not None and held_until <= frame:
            self._strikes.append(Strike(nearest_grid(held_until), pitch, 0))
        self._held[pitch] = frame + max(float(GRID_FRAMES), hold_frames)
        self._strikes.append(Strike(frame, pitch, velocity))

    @property
    def held(self) -> tuple[int, ...]:
        """What is held now."""
        return tuple(self._held)

    def shorten_holds(self, latest_frame: float, longer: Mapping[int, float] = _NONE) -> None:
        """Let nothing that is held now be held past a frame, but for what is held until a frame of its own."""
        self._held = {pitch: longer.get(pitch, min(end, latest_frame)) for pitch, end in self._held.items()}

    def forget_held(self) -> None:
        """Take it that nothing is held any more."""
        self._held.clear()

    def release_all(self, frame: int) -> None:
        """Release what is held."""
        self._strikes.extend(Strike(frame, pitch, 0) for pitch in self._held)
        self._held.clear()

    def take(self, first: int, last: int, origin: int) -> list[Strike]:
        """Return the block's strikes in order, releases that are due included, and begin a new block.

        first and last are the grid frames of the block, origin is its first frame; later releases are kept.
        """
        for pitch in [pitch for pitch, end in self._held.items() if nearest_grid(end) <= last]:
            self._strikes.append(Strike(nearest_grid(self._held.pop(pitch)), pitch, 0))
        strikes = [s._replace(frame=min(max(s.frame, first), last) - origin) for s in self._strikes]
        strikes.sort(key=_frame)
        self._strikes.clear()
        return strikes


def _frame(strike: Strike) -> int:
    return strike.frame
