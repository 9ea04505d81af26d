"""What hands and keys do to a drawn curve: values go in, values come out, nothing is drawn here."""

from dataclasses import dataclass
from typing import Final

from groovescape_models.music.curve import Curve
from groovescape_models.music.timing import STEP, Quarters

FINE_UNIT: Final[Quarters] = STEP / 4
"""Where a free hand may put a point: a sixty-fourth."""
CLOSE: Final[Quarters] = 1e-6


@dataclass(frozen=True, slots=True)
class CurveScale:
    """Values of a curve: from low to high, level where nothing is drawn, and what an arrow key adds."""

    low: float = 0.0
    high: float = 1.5
    level: float = 1.0
    step: float = 0.05
    fine: float = 0.01

    def clamp(self, value: float) -> float:
        """Return the nearest value in the range, to a hundredth."""
        return round(min(self.high, max(self.low, value)), 2)


INTENSITY: Final = CurveScale()
MORPH: Final = CurveScale(0.0, 1.0, 0.0)


def snapped(time: Quarters, unit: Quarters, length: Quarters) -> Quarters:
    """Return the nearest multiple of a unit from 0 to the length of the pattern, its very end too."""
    multiple = min(length, max(0.0, round(time / unit) * unit))
    return length if abs(length - time) < abs(multiple - time) else multiple


def index_at(curve: Curve, time: Quarters) -> int | None:
    """Return the number of the point at a time."""
    return next((number for number, (at, _) in enumerate(curve.points) if abs(at - time) < CLOSE), None)


def with_point(curve: Curve, time: Quarters, value: float) -> Curve:
    """Return the curve with a point, instead of one at the same time."""
    return Curve(tuple(sorted((*without_point(curve, time).points, (time, value)))))


def without_point(curve: Curve, time: Quarters) -> Curve:
    """Return the curve without the point at a time."""
    return Curve(tuple(point for point in curve.points if abs(point[0] - time) >= CLOSE))


def with_moved(curve: Curve, number: int, time: Quarters, value: float) -> Curve:
    """Return the curve with one of its points elsewhere, as far as its neighbours let it."""
    first = curve.points[number - 1][0] + FINE_UNIT if number > 0 else time
    last = curve.points[number + 1][0] - FINE_UNIT if number + 1 < len(curve.points) else time
    own = curve.points[number][0]
    kept = min(last, max(first, time)) if first <= last else own
    return Curve((*curve.points[:number], (kept, value), *curve.points[number + 1 :]))


def with_stroke(curve: Curve, before: Quarters, time: Quarters, value: float) -> Curve:
    """Return the curve with a stroke of the pen: what lay between where it was and where it is gives way."""
    low, high = min(before, time), max(before, time)
    kept = tuple(point for point in curve.points if not low + CLOSE < point[0] < high - CLOSE)
    return with_point(Curve(kept), time, value)
