"""The bottom line: what just happened, what is wrong and what can be done, what is going on."""

from PySide6.QtCore import QRectF, QSize, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QPushButton, QSizePolicy, QWidget

from groovescape_widgets.icons import Icon, draw_icon
from groovescape_widgets.labels import ElidedLabel
from groovescape_widgets.theme import colors
from groovescape_widgets.tokens import SPACE_M, SPACE_S

LINE_HEIGHT = 32
PROGRESS_STEPS = 1000


class _WarningSign(QWidget):
    def sizeHint(self) -> QSize:
        return QSize(16, 16)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        draw_icon(painter, Icon.WARNING, QRectF(0, (self.height() - 16) / 2, 16, 16), colors(self.palette()).error)


class StatusLine(QWidget):
    """One sentence, perhaps one action; and progress with a way out while something long goes on."""

    action_clicked = Signal()
    cancel_clicked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        """Start silent."""
        super().__init__(parent)
        self._sign = _WarningSign()
        self._sign.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self.message = ElidedLabel()
        self.action = QPushButton()
        self.progress = QProgressBar()
        self.cancel = QPushButton("Cancel")
        self._arrange()
        self.action.clicked.connect(lambda: self.action_clicked.emit())
        self.cancel.clicked.connect(lambda: self.cancel_clicked.emit())
        self.show_message("")
        self.set_progress(None)

    def show_message(self, text: str) -> None:
        """Say what happened; takes a problem's place."""
        self._say(text, problem=False)
        self.action.hide()

    def show_problem(self, text: str, action: str | None = None) -> None:
        """Say what is wrong, with one button for what can be done about it."""
        self._say(text, problem=True)
        self.action.setText(action or "")
        self.action.setVisible(action is not None)

    def set_progress(self, share: float | None) -> None:
        """Show how much of a long work is done, 0..1; None when there is none. Negative: how much is not known."""
        self.progress.setVisible(share is not None)
        self.cancel.setVisible(share is not None)
        if share is not None:
            self.progress.setRange(0, PROGRESS_STEPS if share >= 0 else 0)
            self.progress.setValue(round(max(0.0, min(1.0, share)) * PROGRESS_STEPS))

    @property
    def is_problem(self) -> bool:
        """Whether what is said is a problem."""
        return not self._sign.isHidden()

    def _say(self, text: str, *, problem: bool) -> None:
        self.message.set_text(text)
        self.message.set_alert(problem)
        self._sign.setVisible(problem)

    def _arrange(self) -> None:
        self.setFixedHeight(LINE_HEIGHT)
        self.progress.setTextVisible(False)
        self.progress.setFixedSize(160, 4)
        self.progress.setAccessibleName("Progress")
        for button in (self.action, self.cancel):
            button.setFixedHeight(24)
            button.setStyleSheet("padding-top: 0; padding-bottom: 0;")
        row = QHBoxLayout(self)
        row.setContentsMargins(SPACE_M, 0, SPACE_M, 0)
        row.setSpacing(SPACE_S)
        for widget in (self._sign, self.message, self.action, self.progress, self.cancel):
            row.addWidget(widget, 1 if widget is self.message else 0)
