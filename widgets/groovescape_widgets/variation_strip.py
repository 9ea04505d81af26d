"""Variations of a pattern as thumbnails: listen, keep, drag out."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from groovescape_models.music.pattern import Pattern
from groovescape_widgets.icon_button import IconButton
from groovescape_widgets.icons import Icon
from groovescape_widgets.mini import scale_of
from groovescape_widgets.slider import SliderRange, ValueSlider
from groovescape_widgets.theme import colors
from groovescape_widgets.thumbnail import LEAST_WIDTH, Thumbnail
from groovescape_widgets.tokens import RADIUS, SPACE_S, SPACE_XS, STROKE

STRIP_HEIGHT: Final = 88
SIDE_WIDTH: Final = 136
USUAL_COUNT: Final = 8
SIMILARITY: Final = SliderRange(0.0, 100.0, 60.0, 5.0)
EMPTY: Final = "No variations yet: the button at the left makes eight that resemble this pattern."
BUSY: Final = "Making variations…"


class _Cards(QWidget):
    """Room for the thumbnails; while there are none it says what they are for."""

    def __init__(self) -> None:
        super().__init__()
        self.words = EMPTY
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(0, 0, 0, 0)
        self.row.setSpacing(SPACE_S)

    def say(self, words: str) -> None:
        self.words = words
        self.update()

    def minimumSizeHint(self) -> QSize:
        return QSize(USUAL_COUNT * (LEAST_WIDTH + SPACE_S) - SPACE_S, 64)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.row.count():
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        tokens = colors(self.palette())
        painter.setPen(QPen(tokens.line, STROKE, Qt.PenStyle.DashLine))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), RADIUS, RADIUS)
        painter.setPen(tokens.quiet)
        room = self.rect().adjusted(SPACE_S, 0, -SPACE_S, 0)
        painter.drawText(room, int(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap), self.words)


class VariationStrip(QWidget):
    """Thumbnails, a button that asks for others, and a dial for how similar they are to the pattern (0..1).

    auditioned(index) asks to hear one and stopped() to hear the pattern again; kept(index) puts one in the pattern's
    place; drag_wanted(index, source widget) carries one out; similarity_changed comes once a gesture. The setters emit
    nothing.
    """

    asked = Signal()
    similarity_changed = Signal(float)
    auditioned = Signal(int)
    kept = Signal(int)
    drag_wanted = Signal(int, QWidget)
    stopped = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        """Start empty."""
        super().__init__(parent)
        self.ask = IconButton(Icon.VARIATIONS, "Make variations of this pattern", text="Variations")
        self.similarity = ValueSlider("Similarity", SIMILARITY)
        self.thumbnails: tuple[Thumbnail, ...] = ()
        self._cards = _Cards()
        self._current: int | None = None
        self._arrange()
        self.ask.clicked.connect(lambda: self.asked.emit())
        self.similarity.committed.connect(lambda percent: self.similarity_changed.emit(percent / 100))

    def _arrange(self) -> None:
        self.setFixedHeight(STRIP_HEIGHT)
        self.ask.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        side = QVBoxLayout()
        side.setSpacing(SPACE_XS)
        side.addWidget(self.ask)
        side.addStretch(1)
        side.addWidget(self.similarity)
        self.similarity.setFixedWidth(SIDE_WIDTH)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE_S)
        row.addLayout(side)
        row.addWidget(self._cards, 1)

    def set_variations(self, patterns: Sequence[Pattern]) -> None:
        """Show other variations; none sounds."""
        for old in self.thumbnails:
            self._cards.row.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._current = None
        count, scale = len(patterns), scale_of(patterns)
        self.thumbnails = tuple(Thumbnail(pattern, scale, index + 1, count) for index, pattern in enumerate(patterns))
        for index, card in enumerate(self.thumbnails):
            self._cards.row.addWidget(card, 1)
            self._connect(card, index)
        self._cards.update()

    def _connect(self, card: Thumbnail, index: int) -> None:
        card.clicked.connect(lambda: self._listen(index))
        card.kept.connect(lambda: self.kept.emit(index))
        card.dragged.connect(lambda: self.drag_wanted.emit(index, card))
        card.stopped.connect(self.stopped)
        card.stepped.connect(lambda way: self._step(index + way))
        card.focused.connect(lambda: self._rove(index))

    def _listen(self, index: int) -> None:
        if index == self._current:
            self.stopped.emit()
        else:
            self.auditioned.emit(index)

    def _step(self, index: int) -> None:
        if 0 <= index < len(self.thumbnails):
            self.thumbnails[index].setFocus(Qt.FocusReason.TabFocusReason)

    def _rove(self, index: int) -> None:
        """Let Tab come back to the thumbnail where it was."""
        for other, card in enumerate(self.thumbnails):
            card.setFocusPolicy(Qt.FocusPolicy.StrongFocus if other == index else Qt.FocusPolicy.ClickFocus)

    def set_busy(self, busy: bool) -> None:
        """Show that variations are being made: those of before dim."""
        self.ask.setEnabled(not busy)
        self._cards.say(BUSY if busy else EMPTY)
        for card in self.thumbnails:
            card.set_stale(busy)

    def set_current(self, index: int | None) -> None:
        """Show which variation sounds, None for none."""
        self._current = index
        for other, card in enumerate(self.thumbnails):
            card.set_current(other == index)

    def set_similarity(self, similarity: float) -> None:
        """Show how similar variations are asked to be, 0..1."""
        self.similarity.set_value(similarity * 100)

    def sizeHint(self) -> QSize:
        """Room for eight thumbnails."""
        return QSize(960, STRIP_HEIGHT)
