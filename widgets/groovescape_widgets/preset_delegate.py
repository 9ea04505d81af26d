"""How a row of the groove list is drawn: the title, quietly what was measured, a star, and what is heard."""

from typing import Final

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from groovescape_widgets.color import faded
from groovescape_widgets.groove_rows import AnyIndex, PresetFilter, PresetRow
from groovescape_widgets.icons import Icon, draw_icon
from groovescape_widgets.painting import draw_text
from groovescape_widgets.theme import Colors, colors, font
from groovescape_widgets.tokens import RADIUS, SPACE_S, SPACE_XS, STROKE, FontSize

ROW_PX: Final = 40
STAR_PX: Final = 14
INDENT: Final = SPACE_S + 2
YOURS: Final = "yours"


def star_box(row_box: QRect) -> QRectF:
    """Return where the star of a row stands, in the row's coordinates, with room for a finger around it."""
    return QRectF(row_box.right() - STAR_PX - SPACE_S, row_box.top() + 4, STAR_PX + SPACE_XS, row_box.height() / 2)


class PresetDelegate(QStyledItemDelegate):
    """Draws a row on two lines. applied is the groove that the project has, heard the one that is played now."""

    applied: str | None = None
    heard: str | None = None

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        """Rows are all of one height."""
        return QSize(120, ROW_PX)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        """Draw one row."""
        model = index.model()
        if not isinstance(model, PresetFilter):
            return
        row, tokens = model.preset(index), colors(option.palette)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._draw_ground(painter, option, row, tokens)
        right = self._draw_star(painter, option, row, model.is_favourite(row), tokens)
        self._draw_words(painter, QRectF(option.rect).adjusted(INDENT, 3, 0, -3), right, row, tokens)
        painter.restore()

    def _draw_ground(self, painter: QPainter, option: QStyleOptionViewItem, row: PresetRow, tokens: Colors) -> None:
        box, state = QRectF(option.rect).adjusted(0.5, 1.5, -0.5, -1.5), option.state
        is_heard, is_tried = row.id == self.heard, row.id == self.heard != self.applied
        has_keys = bool(state & QStyle.StateFlag.State_Selected) and bool(state & QStyle.StateFlag.State_HasFocus)
        painter.setPen(QPen(tokens.accent, STROKE) if is_tried or has_keys else Qt.PenStyle.NoPen)
        if is_heard or has_keys or state & QStyle.StateFlag.State_MouseOver:
            painter.setBrush(faded(tokens.accent, 0.22) if is_heard else tokens.raised)
            painter.drawRoundedRect(box, RADIUS, RADIUS)
        if row.id == self.applied:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(tokens.accent)
            painter.drawRoundedRect(QRectF(box.left(), box.top() + 7, 3, box.height() - 14), 1.5, 1.5)

    @staticmethod
    def _draw_star(
        painter: QPainter, option: QStyleOptionViewItem, row: PresetRow, starred: bool, tokens: Colors
    ) -> float:
        """Draw the star where there is one to see, and return where the words must end."""
        over = bool(option.state & QStyle.StateFlag.State_MouseOver)
        if not row.is_performance or not (starred or over):
            return option.rect.right() - SPACE_S
        box = star_box(option.rect)
        draw_icon(painter, Icon.STARRED if starred else Icon.STAR, box, tokens.accent if starred else tokens.quiet)
        return box.left() - SPACE_XS

    def _draw_words(self, painter: QPainter, box: QRectF, right: float, row: PresetRow, tokens: Colors) -> None:
        upper = QRectF(box.left(), box.top(), right - box.left(), box.height() / 2)
        painter.setFont(font(FontSize.SMALL))
        if row.is_own:
            width = QFontMetrics(painter.font()).horizontalAdvance(YOURS)
            painter.setPen(tokens.quiet)
            draw_text(painter, QRectF(upper.right() - width, upper.top(), width + 1, upper.height()), YOURS)
            upper.setRight(upper.right() - width - SPACE_S)
        painter.setPen(tokens.text)
        painter.setFont(font(bold=row.id == self.heard))
        draw_text(painter, upper, row.title)
        upper.setLeft(upper.left() + QFontMetrics(painter.font()).horizontalAdvance(row.title) + SPACE_S)
        painter.setPen(tokens.quiet)
        painter.setFont(font(FontSize.SMALL))
        if upper.width() > 0:
            draw_text(painter, upper.translated(0, 1), row.character)
        draw_text(painter, QRectF(box.left(), box.center().y(), box.width() - SPACE_S, box.height() / 2), row.detail)
