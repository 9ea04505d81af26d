"""Where things are on the pad: a square plane, and the names of its corners outside it so that nothing is covered."""

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QPointF, QRectF

from groovescape_widgets.tokens import SPACE_S

CHIP_HEIGHT: Final = 26
CHIP_GAP: Final = 6
NAMES_HEIGHT: Final = 2 * (CHIP_HEIGHT + CHIP_GAP)
LEAST_PLANE: Final = 296
PLANE_INSET: Final = 14
"""Room between the plane's frame and its values 0 and 1, so that the point is whole in a corner."""
CORNERS: Final = ((0.0, 0.0), (1.0, 0.0), (0.0, 1.0), (1.0, 1.0))
"""Top left, top right, bottom left, bottom right: the order of MorphRequest.corners."""
CORNER_REACH: Final = 0.12
"""How near to a corner of the plane, in its own units, counts as the corner."""


def weights_at(x: float, y: float) -> tuple[float, float, float, float]:
    """Return the bilinear share of each corner at a point."""
    return ((1 - x) * (1 - y), x * (1 - y), (1 - x) * y, x * y)


@dataclass(frozen=True, slots=True)
class PadGeometry:
    """Layout of a pad of a size in logical pixels; a map has no corners that are patterns."""

    width: float
    height: float
    has_corners: bool = True

    @property
    def plane(self) -> QRectF:
        """The square frame of the plane, at the top, centred from left to right."""
        side = max(32.0, min(self.width, self.height - NAMES_HEIGHT))
        return QRectF(int((self.width - side) / 2), CHIP_HEIGHT + CHIP_GAP, int(side), int(side))

    @property
    def field(self) -> QRectF:
        """The part of the plane that values 0..1 span."""
        return self.plane.adjusted(PLANE_INSET, PLANE_INSET, -PLANE_INSET, -PLANE_INSET)

    def chip(self, corner: int) -> QRectF:
        """Room for a corner's name: half of the plane's width, above or below it."""
        plane = self.plane
        half = (plane.width() - SPACE_S) / 2
        left = plane.left() if corner % 2 == 0 else plane.right() - half
        top = plane.top() - CHIP_GAP - CHIP_HEIGHT if corner < 2 else plane.bottom() + CHIP_GAP
        return QRectF(left, top, half, CHIP_HEIGHT)

    def quadrant(self, corner: int) -> QRectF:
        """The quarter of the plane next to a corner."""
        plane = self.plane
        half = plane.width() / 2
        return QRectF(plane.left() + (corner % 2) * half, plane.top() + (corner // 2) * half, half, half)

    def position(self, x: float, y: float) -> QPointF:
        """Return where a point of the plane is drawn."""
        field = self.field
        return QPointF(field.left() + x * field.width(), field.top() + y * field.height())

    def point(self, position: QPointF) -> tuple[float, float]:
        """Return the point of the plane nearest to a position."""
        field = self.field
        x = (position.x() - field.left()) / field.width()
        y = (position.y() - field.top()) / field.height()
        return min(1.0, max(0.0, x)), min(1.0, max(0.0, y))

    def chip_at(self, position: QPointF) -> int | None:
        """Return the corner whose name is at a position."""
        if not self.has_corners:
            return None
        return next((corner for corner in range(4) if self.chip(corner).contains(position)), None)

    def corner_at(self, position: QPointF) -> int | None:
        """Return the corner whose name or whose part of the plane is at a position."""
        named = self.chip_at(position)
        if named is not None or not self.has_corners or not self.plane.contains(position):
            return named
        x, y = self.point(position)
        near = self.nearest(position)
        return near if max(abs(x - CORNERS[near][0]), abs(y - CORNERS[near][1])) <= CORNER_REACH else None

    def nearest(self, position: QPointF) -> int:
        """Return the corner whose quarter a position is in."""
        center = self.plane.center()
        return int(position.x() >= center.x()) + 2 * int(position.y() >= center.y())
