"""Where the point has been: a short memory that fades."""

import math
from dataclasses import dataclass, field
from typing import Final

TRAIL_MS: Final = 900
TRAIL_POINTS: Final = 64
TRAIL_LENGTH: Final = 1.5
"""In sides of the plane: a finger that flies about leaves a tail, not a scribble that takes half a frame to draw."""


@dataclass(slots=True)
class Trail:
    """Points with the time they were passed, in milliseconds of any one clock."""

    points: list[tuple[float, float, float]] = field(default_factory=list)

    def add(self, x: float, y: float, now_ms: float) -> None:
        """Remember a point."""
        self.points.append((x, y, now_ms))
        del self.points[: -self._kept()]

    def _kept(self) -> int:
        """Return how many of the newest points the trail is long enough for: two at least."""
        length, newest = 0.0, self.points[-1]
        for kept, point in enumerate(self.points[-2::-1], start=1):
            length += math.dist(newest[:2], point[:2])
            if kept > 1 and (length > TRAIL_LENGTH or kept >= TRAIL_POINTS):
                return kept
            newest = point
        return len(self.points)

    def clear(self) -> None:
        """Forget all."""
        self.points.clear()

    def forget(self, now_ms: float) -> None:
        """Drop what has faded."""
        self.points = [point for point in self.points if now_ms - point[2] < TRAIL_MS]

    def segments(self, now_ms: float) -> list[tuple[float, float, float, float, float]]:
        """Return (x0, y0, x1, y1, strength 0..1) from the oldest to the newest."""
        return [
            (x0, y0, x1, y1, max(0.0, 1.0 - (now_ms - t) / TRAIL_MS))
            for (x0, y0, _), (x1, y1, t) in zip(self.points, self.points[1:], strict=False)
        ]
