"""Quarter notes and seconds of a song whose tempo changes."""

from bisect import bisect_right
from collections.abc import Iterable
from itertools import pairwise

from groovescape_models.music.midi_song import TempoChange
from groovescape_models.music.timing import DEFAULT_TEMPO_BPM, Quarters

SECONDS_PER_MINUTE = 60.0


class SecondsClock:
    """Turns quarters of a song into seconds and back; before the first tempo it is 120 bpm."""

    def __init__(self, tempos: Iterable[TempoChange]) -> None:
        """Keep the tempos, each from its time in quarters on."""
        ordered = sorted(tempos, key=lambda tempo: tempo.time)
        if not ordered or ordered[0].time > 0:
            ordered.insert(0, TempoChange(0.0, DEFAULT_TEMPO_BPM))
        self._quarters = [tempo.time for tempo in ordered]
        self._quarter_s = [SECONDS_PER_MINUTE / tempo.bpm for tempo in ordered]
        self._seconds = [0.0]
        for (first, later), quarter_s in zip(pairwise(self._quarters), self._quarter_s, strict=False):
            self._seconds.append(self._seconds[-1] + (later - first) * quarter_s)

    @staticmethod
    def from_seconds(tempos: Iterable[tuple[float, float]]) -> "SecondsClock":
        """Return the clock of tempos that are given as (seconds, bpm). Raises ValueError for a tempo out of range."""
        changes: list[TempoChange] = []
        before = (0.0, DEFAULT_TEMPO_BPM)
        quarters = 0.0
        for seconds, bpm in sorted(tempos):
            quarters += max(0.0, seconds - before[0]) / SECONDS_PER_MINUTE * before[1]
            changes.append(TempoChange(quarters, bpm))
            before = (seconds, bpm)
        return SecondsClock(changes)

    @property
    def tempos(self) -> tuple[TempoChange, ...]:
        """The tempos, the first at 0."""
        pairs = zip(self._quarters, self._quarter_s, strict=True)
        return tuple(TempoChange(time, SECONDS_PER_MINUTE / quarter_s) for time, quarter_s in pairs)

    def seconds(self, quarters: Quarters) -> float:
        """Return the time in seconds of a time in quarters."""
        index = max(0, bisect_right(self._quarters, quarters) - 1)
        return self._seconds[index] + (quarters - self._quarters[index]) * self._quarter_s[index]

    def quarters(self, seconds: float) -> Quarters:
        """Return the time in quarters of a time in seconds."""
        index = max(0, bisect_right(self._seconds, seconds) - 1)
        return self._quarters[index] + (seconds - self._seconds[index]) / self._quarter_s[index]
