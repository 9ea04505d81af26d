"""The map of the pad: real patterns as dots, each style in a colour and a shape of its own, and the legend."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPen

from groovescape_widgets.color import faded
from groovescape_widgets.pad_geometry import CHIP_GAP, CHIP_HEIGHT, PadGeometry
from groovescape_widgets.painting import draw_text, draw_voice
from groovescape_widgets.shapes import shape_path
from groovescape_widgets.theme import Colors, font
from groovescape_widgets.tokens import SPACE_S, SPACE_XS, STROKE, FontSize
from groovescape_widgets.voices import Voice, style_voice

if TYPE_CHECKING:
    from groovescape_models.latent.map import MapDot

DOT_PX: Final = 3.4
NEAR_PX: Final = 9.0
LINE_PX: Final = 13
MARK_ROOM: Final = 13
LABEL_PX: Final = 22
EMPTY: Final = "No map yet: it comes with the model."
HUSHED: Final = 0.18
"""Opacity of the other styles while one is pointed at."""


@dataclass(frozen=True)
class PadMap:
    """Dots and the looks of their styles, in the order of the styles' first dots."""

    dots: "tuple[MapDot, ...]" = ()

    @cached_property
    def styles(self) -> tuple[str, ...]:
        """The styles, each once."""
        return tuple(dict.fromkeys(dot.style for dot in self.dots))

    @cached_property
    def looks(self) -> dict[str, Voice]:
        """The look of each style."""
        return {style: style_voice(style, number) for number, style in enumerate(self.styles)}

    def nearest(self, x: float, y: float) -> "MapDot | None":
        """Return the dot nearest to a point, None where there are none."""
        return min(self.dots, key=lambda dot: (dot.x - x) ** 2 + (dot.y - y) ** 2, default=None)

    def dot_at(self, where: PadGeometry, position: QPointF) -> "MapDot | None":
        """Return the dot under a position, within a few pixels."""
        dot = self.nearest(*where.point(position)) if where.plane.contains(position) else None
        if dot is None or (where.position(dot.x, dot.y) - position).manhattanLength() > NEAR_PX:
            return None
        return dot


def dot_words(dot: "MapDot") -> str:
    """Return what a dot is called."""
    return (
        f"{dot.name}, {dot.style}"
        if dot.name and dot.style.casefold() not in dot.name.casefold()
        else (dot.name or dot.style)
    )


def draw_dots(painter: QPainter, where: PadGeometry, tokens: Colors, plan: PadMap, only: str | None) -> None:
    """Draw the dots; those of other styles are hushed while one is pointed at."""
    looks = plan.looks
    painter.setPen(Qt.PenStyle.NoPen)
    for dot in plan.dots:
        color = looks[dot.style].mark(tokens.ground)
        painter.setBrush(faded(color, 0.92 if only in (None, dot.style) else HUSHED))
        painter.drawPath(shape_path(looks[dot.style].shape, where.position(dot.x, dot.y), DOT_PX))


def _lines(left: float, width: float, top: float) -> tuple[QRectF, QRectF]:
    return QRectF(left, top, width, LINE_PX), QRectF(left, top + LINE_PX, width, LINE_PX)


def legend_places(where: PadGeometry, styles: Sequence[str]) -> tuple[tuple[str, QRectF], ...]:
    """Return the box of each style's entry: below the plane, or above it too if there are many.

    Those that find no room are left out.
    """
    plane = where.plane
    below = _lines(plane.left(), plane.width(), plane.bottom() + CHIP_GAP - 1)
    above = _lines(plane.left(), plane.width(), plane.top() - CHIP_GAP - CHIP_HEIGHT + 1)
    few = _filled(below, styles)
    return few if len(few) == len(styles) else _filled((*above, *below), styles)


def _filled(lines: Sequence[QRectF], styles: Sequence[str]) -> tuple[tuple[str, QRectF], ...]:
    metrics = QFontMetrics(font(FontSize.SMALL, bold=True))
    places: list[tuple[str, QRectF]] = []
    rest = [(style, MARK_ROOM + metrics.horizontalAdvance(style) + SPACE_S) for style in styles]
    for line in lines:
        left = line.left()
        while rest and left + rest[0][1] <= line.right() + SPACE_S:
            style, width = rest.pop(0)
            places.append((style, QRectF(left, line.top(), width, LINE_PX)))
            left += width
    return tuple(places)


def draw_legend(
    painter: QPainter, where: PadGeometry, tokens: Colors, plan: PadMap, here: str | None, only: str | None
) -> None:
    """Draw the styles' marks and names, that of the point's surroundings bold; without dots, say so."""
    if not plan.dots:
        painter.setFont(font())
        painter.setPen(tokens.quiet)
        below = QRectF(where.plane.left(), where.plane.bottom() + CHIP_GAP, where.plane.width(), CHIP_HEIGHT)
        draw_text(painter, below, EMPTY, Qt.AlignmentFlag.AlignHCenter)
    looks = plan.looks
    for style, box in legend_places(where, plan.styles):
        stands_out = style in (here, only)
        draw_voice(painter, looks[style], QPointF(box.left() + 5, box.center().y()), DOT_PX + 0.6, tokens.panel)
        painter.setFont(font(FontSize.SMALL, bold=stands_out))
        painter.setPen(tokens.text if stands_out else tokens.quiet)
        draw_text(painter, box.adjusted(MARK_ROOM, 0, 0, 0), style)


def draw_label(painter: QPainter, where: PadGeometry, tokens: Colors, dot: "MapDot") -> None:
    """Draw what a dot is called, beside it and within the plane."""
    at, words = where.position(dot.x, dot.y), dot_words(dot)
    painter.setFont(font())
    width = min(where.plane.width() - 2, QFontMetrics(painter.font()).horizontalAdvance(words) + 2 * SPACE_S + 1)
    left = min(max(where.plane.left() + 1, at.x() - width / 2), where.plane.right() - width - 1)
    above = at.y() - LABEL_PX - 2 * SPACE_XS
    top = above if above > where.plane.top() else at.y() + 2 * SPACE_XS
    box = QRectF(left, top, width, LABEL_PX)
    painter.setPen(QPen(tokens.text, STROKE))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawEllipse(at, DOT_PX + 3, DOT_PX + 3)
    painter.setPen(QPen(tokens.line, STROKE))
    painter.setBrush(tokens.raised)
    painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
    painter.setPen(tokens.text)
    draw_text(painter, box.adjusted(SPACE_S, 0, -SPACE_S, 0), words)
