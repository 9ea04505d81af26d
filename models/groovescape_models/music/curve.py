"""A drawn curve: a value that changes over the music, as of a groove's intensity. Plain Python: no arrays."""

import math
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from groovescape_models.music.timing import Quarters


@dataclass(frozen=True, slots=True)
class Curve:
    """Points (time in quarters, value), each later than the one before; straight lines between them.

    Before the first and after the last point the curve is level. A curve of no points says nothing: it is not drawn.
    Raises ValueError if a time or a value is not finite, or if the times do not rise.
    """

    points: tuple[tuple[Quarters, float], ...] = ()

    def __post_init__(self) -> None:
        """Check that the points are numbers and rise."""
        if not all(math.isfinite(time) and math.isfinite(value) for time, value in self.points):
            raise ValueError("every point of a curve must be finite")
        times = [time for time, _ in self.points]
        if any(after <= before for before, after in zip(times, times[1:], strict=False)):
            raise ValueError("the points of a curve must be in order of time, no two at the same")

    def __bool__(self) -> bool:
        """Return whether anything is drawn."""
        return bool(self.points)

    def at(self, time: Quarters, level: float) -> float:
        """Return the value at a time, or the level given where nothing is drawn."""
        if not self.points:
            return level
        after = bisect_right(self.points, (time, math.inf))
        if after == 0 or after == len(self.points):
            return self.points[max(0, after - 1)][1]
        (t0, v0), (t1, v1) = self.points[after - 1 : after + 1]
        return v0 + (v1 - v0) * (time - t0) / (t1 - t0)

    def along(self, times: Sequence[Quarters], level: float) -> list[float]:
        """Return the values at times that do not fall: those of at(), found in one walk."""
        points, after, values = self.points, 0, []
        for time in times:
            while after < len(points) and points[after][0] <= time:
                after += 1
            if 0 < after < len(points):
                (t0, v0), (t1, v1) = points[after - 1], points[after]
                values.append(v0 + (v1 - v0) * (time - t0) / (t1 - t0))
            else:
                values.append(points[max(0, after - 1)][1] if points else level)
        return values
