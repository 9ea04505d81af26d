"""Frames of sound to quarter notes of music, while the tempo changes."""

from typing import Final

from groovescape_models.music.timing import Quarters, quarter_ms

SAMPLE_RATE: Final = 48_000
GRID_FRAMES: Final = 64
"""FluidSynth renders in pieces of 64 frames, and a note starts with a piece."""


def next_grid(frame: float) -> int:
    """Return the first multiple of 64 at or after a frame."""
    return int(-(-frame // GRID_FRAMES)) * GRID_FRAMES


def nearest_grid(frame: float) -> int:
    """Return the multiple of 64 nearest to a frame; half-way goes to the later one."""
    return int(frame / GRID_FRAMES + 0.5) * GRID_FRAMES


class TempoLine:
    """A straight line from frames to quarters; bends where the tempo changes. Not for several threads."""

    def __init__(self, tempo_bpm: float, sample_rate: int) -> None:
        self._sample_rate = sample_rate
        self._origin_frame = 0.0
        self._origin: Quarters = 0.0
        self.tempo_bpm = tempo_bpm
        self.frames_per_quarter = sample_rate * quarter_ms(tempo_bpm) / 1000.0

    def restart(self, frame: float) -> None:
        """Let the music begin at a frame."""
        self._origin_frame, self._origin = frame, 0.0

    def turn(self, tempo_bpm: float, frame: float) -> None:
        """Go on at another tempo from a frame. Raises ValueError if the tempo is out of range."""
        frames_per_quarter = self._sample_rate * quarter_ms(tempo_bpm) / 1000.0
        self._origin_frame, self._origin = frame, self.time_at(frame)
        self.tempo_bpm, self.frames_per_quarter = tempo_bpm, frames_per_quarter

    def time_at(self, frame: float) -> Quarters:
        """Return the quarters since the music began."""
        return self._origin + (frame - self._origin_frame) / self.frames_per_quarter

    def frame_at(self, time: Quarters) -> float:
        """Return the frame of a time since the music began."""
        return self._origin_frame + (time - self._origin) * self.frames_per_quarter
