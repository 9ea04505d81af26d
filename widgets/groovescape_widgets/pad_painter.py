"""How the pad looks: the still plane, and upon it the names, the trail and the point."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetrics, QImage, QPainter, QPen

from groovescape_widgets.color import faded, mix
from groovescape_widgets.pad_geometry import CORNERS, PadGeometry, weights_at
from groovescape_widgets.pad_map import PadMap, draw_dots, draw_label
from groovescape_widgets.painting import draw_focus_ring, draw_text, hairline, rounded
from groovescape_widgets.theme import Colors, font
from groovescape_widgets.tokens import RADIUS, SPACE_M, STROKE, STROKE_BOLD

if TYPE_CHECKING:
    from groovescape_models.latent.map import MapDot
    from groovescape_widgets.density import FloatArray

POINT_PX: Final = 6.0
RING_PX: Final = 11.0
PICTURE_PX: Final = 480

Segments = list[tuple[float, float, float, float, float]]


@dataclass(frozen=True, slots=True)
class PadPicture:
    """All that is seen of the pad but the plane and the trail."""

    point: tuple[float, float] = (0.5, 0.5)
    names: tuple[str, ...] = ("", "", "", "")
    busy: bool = False
    hovered: int | None = None
    target: int | None = None
    mode: str = "corners"
    hint: str = ""
    dot: "MapDot | None" = None
    style: str | None = None

    @property
    def is_map(self) -> bool:
        """Whether there are dots, and no corners."""
        return self.mode == "map"

    @property
    def is_silent(self) -> bool:
        """Whether the point stands between grooves that are not heard: a hint says how to hear them."""
        return self.mode == "grooves" and bool(self.hint)

    def with_(self, **changes: Any) -> "PadPicture":  # noqa: ANN401
        """Return the picture with other fields."""
        return replace(self, **changes)


def draw_plane(
    painter: QPainter,
    where: PadGeometry,
    tokens: Colors,
    densities: QImage | None,
    plan: PadMap | None = None,
    only: str | None = None,
) -> None:
    """Draw the densities in the frame of the plane, thin lines at its quarters, and the dots of a map."""
    plane = where.plane
    painter.save()
    painter.setClipPath(rounded(plane.adjusted(0.5, 0.5, -0.5, -0.5)))
    painter.fillRect(plane, tokens.ground)
    if densities is not None:
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(plane, densities)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    for quarter in (0.25, 0.5, 0.75):
        at = where.position(quarter, quarter)
        painter.setPen(QPen(faded(tokens.text, 0.10 if quarter == 0.5 else 0.05), STROKE))
        painter.drawLine(QPointF(hairline(at.x()), plane.top()), QPointF(hairline(at.x()), plane.bottom()))
        painter.drawLine(QPointF(plane.left(), hairline(at.y())), QPointF(plane.right(), hairline(at.y())))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if plan is not None:
        draw_dots(painter, where, tokens, plan, only)
    painter.restore()
    painter.setPen(QPen(tokens.line, STROKE))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(plane.adjusted(0.5, 0.5, -0.5, -0.5), RADIUS, RADIUS)


def density_picture(density: "FloatArray", tokens: Colors) -> QImage:
    """Return the picture of the densities in a scheme, of a size that is scaled to any plane."""
    from groovescape_widgets.density import density_image  # NumPy is not for the first paint to wait for

    return density_image(density, PICTURE_PX, tokens.ground, tokens.accent)


def draw_pad(
    painter: QPainter, where: PadGeometry, tokens: Colors, picture: PadPicture, trail: Segments, focused: bool
) -> None:
    """Draw what moves."""
    if picture.target is not None:
        _draw_target(painter, where.quadrant(picture.target), tokens)
    if not picture.is_map:
        for corner in range(4):
            _draw_chip(painter, where, tokens, picture, corner)
    _draw_crosshair(painter, where, tokens, picture)
    if picture.is_silent:
        _draw_hint(painter, where, tokens, picture.hint)
    _draw_trail(painter, where, tokens, trail)
    _draw_point(painter, where, tokens, picture)
    if picture.dot is not None:
        draw_label(painter, where, tokens, picture.dot)
    if focused:
        draw_focus_ring(painter, where.plane, tokens.accent)


def _draw_hint(painter: QPainter, where: PadGeometry, tokens: Colors, hint: str) -> None:
    plane = where.plane
    box = QRectF(plane.left() + SPACE_M, plane.center().y(), plane.width() - 2 * SPACE_M, plane.height() / 2)
    painter.setFont(font())
    flags = int(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap)
    painter.fillRect(painter.boundingRect(box, flags, hint).adjusted(-SPACE_M, 0, SPACE_M, 0), tokens.ground)
    painter.setPen(tokens.quiet)
    painter.drawText(box, flags, hint)


def _draw_target(painter: QPainter, quadrant: QRectF, tokens: Colors) -> None:
    painter.setPen(QPen(tokens.accent, STROKE_BOLD))
    painter.setBrush(faded(tokens.accent, 0.18))
    painter.drawRoundedRect(quadrant.adjusted(2, 2, -2, -2), RADIUS, RADIUS)


def chip_box(where: PadGeometry, corner: int, name: str) -> QRectF:
    """Return the box of a corner's name: as wide as the name, at most half of the plane."""
    room = where.chip(corner)
    width = min(room.width(), QFontMetrics(font()).horizontalAdvance(name) + 2 * SPACE_M + 2)
    left = room.left() if corner % 2 == 0 else room.right() - width
    return QRectF(left, room.top(), width, room.height())


def _draw_chip(painter: QPainter, where: PadGeometry, tokens: Colors, picture: PadPicture, corner: int) -> None:
    name = picture.names[corner] or "Empty"
    box = chip_box(where, corner, name)
    share = 0.0 if picture.is_silent else weights_at(*picture.point)[corner]
    here, wanted = picture.point == CORNERS[corner] and not picture.is_silent, picture.target == corner
    painter.setPen(QPen(tokens.accent if wanted or picture.hovered == corner else tokens.line, STROKE))
    painter.setBrush(tokens.accent if here else tokens.raised)
    painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), RADIUS, RADIUS)
    if picture.names[corner] and not here and share > 0.01:
        bar = QRectF(box.left() + RADIUS, box.bottom() - 3, (box.width() - 2 * RADIUS) * share, STROKE_BOLD)
        painter.fillRect(bar, tokens.accent)
    painter.setPen(tokens.on_accent if here else tokens.text if picture.names[corner] else tokens.quiet)
    painter.setFont(font())
    draw_text(painter, box.adjusted(SPACE_M, 0, -SPACE_M, 0), name, Qt.AlignmentFlag.AlignHCenter)


def _draw_crosshair(painter: QPainter, where: PadGeometry, tokens: Colors, picture: PadPicture) -> None:
    at, plane = where.position(*picture.point), where.plane
    x, y = hairline(at.x()) - STROKE / 2, hairline(at.y()) - STROKE / 2
    # Filled boxes: a smoothed line as long as the plane costs a millisecond.
    painter.fillRect(QRectF(x, plane.top() + 1, STROKE, plane.height() - 2), faded(tokens.text, 0.28))
    painter.fillRect(QRectF(plane.left() + 1, y, plane.width() - 2, STROKE), faded(tokens.text, 0.28))


def _draw_trail(painter: QPainter, where: PadGeometry, tokens: Colors, trail: Segments) -> None:
    field = where.field
    left, top, width, height = field.left(), field.top(), field.width(), field.height()
    for x0, y0, x1, y1, strength in trail:
        pen = QPen(faded(tokens.accent, 0.75 * strength), 1.0 + 3.0 * strength)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        painter.setPen(pen)
        painter.drawLine(QLineF(left + x0 * width, top + y0 * height, left + x1 * width, top + y1 * height))


def _draw_point(painter: QPainter, where: PadGeometry, tokens: Colors, picture: PadPicture) -> None:
    at = where.position(*picture.point)
    style = Qt.PenStyle.DotLine if picture.busy else Qt.PenStyle.SolidLine
    painter.setPen(QPen(tokens.text, STROKE_BOLD, style))
    painter.setBrush(faded(mix(tokens.ground, tokens.text, 0.1), 0.7))
    painter.drawEllipse(at, RING_PX, RING_PX)
    if picture.is_silent:
        return
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(tokens.accent)
    painter.drawEllipse(at, POINT_PX, POINT_PX)
