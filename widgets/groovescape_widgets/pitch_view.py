"""The stretch of pitches that is in sight, and how it zooms and scrolls."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

from groovescape_models.music.pattern import Role

LOWEST: Final = 0
HIGHEST: Final = 127
FEWEST_ROWS: Final = 8.0
USUAL_ROWS: Final = 24.0
AROUND: Final = 3
"""Rows kept free above and below the notes of a line."""
DEFAULT_TOP: Final = 79.0
BASS_TOP: Final = 53.0
"""With two octaves below it: from the low E of a bass."""


@dataclass(frozen=True, slots=True)
class PitchView:
    """rows semitones downwards from top, the upper edge of the pitch top - 1 being at the top; both in semitones."""

    top: float = DEFAULT_TOP + 1.0
    rows: float = USUAL_ROWS

    @staticmethod
    def fit(pitches: Iterable[int], role: Role = Role.MELODY) -> "PitchView":
        """Return the view of all pitches with room around them, two octaves at least; of none, a part's usual ones."""
        known = tuple(pitches)
        if not known:
            return PitchView(BASS_TOP if role is Role.BASS else DEFAULT_TOP + 1.0)
        low, high = min(known) - AROUND, max(known) + AROUND
        rows = max(USUAL_ROWS, high - low + 1.0)
        return PitchView(0.0, rows).scrolled_to((low + high + 1 + rows) // 2)

    @property
    def bottom(self) -> float:
        """Lower edge of the lowest row in sight."""
        return self.top - self.rows

    @property
    def pitches(self) -> range:
        """Pitches of which something is in sight, from low to high."""
        return range(max(LOWEST, int(self.bottom)), min(HIGHEST, int(-(-self.top // 1)) - 1) + 1)

    def scrolled_to(self, top: float) -> "PitchView":
        """Return the view moved to a top, within MIDI's pitches."""
        return replace(self, top=min(HIGHEST + 1.0, max(LOWEST + self.rows, top)))

    def zoomed(self, at: float, factor: float) -> "PitchView":
        """Return the view with its rows times a factor, keeping a pitch at its place."""
        rows = min(HIGHEST + 1.0, max(FEWEST_ROWS, self.rows * factor))
        share = (self.top - at) / self.rows
        return replace(self, rows=rows).scrolled_to(at + share * rows)

    def showing(self, pitch: int) -> "PitchView":
        """Return the view scrolled as little as brings a pitch into sight."""
        if pitch + 1 > self.top:
            return self.scrolled_to(pitch + 1.0)
        return self.scrolled_to(pitch + self.rows) if pitch < self.bottom else self
