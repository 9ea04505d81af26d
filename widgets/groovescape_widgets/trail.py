"""Where the point has been: a short memory that fades."""

from dataclasses import dataclass, field
from typing import Final

TRAIL_MS: Final = 900
TRAIL_POINTS: Final = 64


@dataclass(slots=True)
class Trail:
    """Points with the time they were passed, in milliseconds of any one clock."""

    points: list[tuple[float, float, float]] = field(default_factory=list)

    def add(self, x: float, y: float, now_ms: float) -> None:
        """Remember a point."""
        self.points.append((x, y, now_ms))
        del self.points[:-TRAIL_POINTS]

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
