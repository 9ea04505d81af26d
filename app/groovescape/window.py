"""The main window: where everything stands. What it does is wired in composition.py."""

from typing import Final

from PySide6.QtCore import QByteArray, QSize, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QIcon, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QSplitter, QVBoxLayout, QWidget

from groovescape_widgets.choice import Choice
from groovescape_widgets.drag_handles import DragHandles
from groovescape_widgets.drum_grid import DrumGrid
from groovescape_widgets.groove_panel import GroovePanel
from groovescape_widgets.icon_button import IconButton
from groovescape_widgets.icons import Icon
from groovescape_widgets.latent_pad import LatentPad
from groovescape_widgets.midi_drop import dropped_midi
from groovescape_widgets.panel import Panel
from groovescape_widgets.status_line import StatusLine
from groovescape_widgets.tokens import SPACE_M, SPACE_S
from groovescape_widgets.transport_bar import TransportBar

DEFAULT_SIZE: Final = QSize(1280, 800)
LEAST_SIZE: Final = QSize(1100, 700)
"""What everything fits into; on a smaller screen the window is larger than that."""
FRAME: Final = QSize(16, 48)
"""Room for what a window manager puts around a window."""
WIDTHS: Final = (505, 470, 265)
"""Shares of the three columns: the pad's square fills its column's height at any usual size."""
TITLE: Final = "Groovescape"
ANY_STYLE: Final = "Any style"


class MainWindow(QMainWindow):
    """Pad, pattern, groove, transport, drag handles and status line."""

    first_painted = Signal()
    """The window has been on the screen once: time for what is heavy."""
    midi_dropped = Signal(str)
    closing = Signal()

    def __init__(self) -> None:
        """Place the widgets."""
        super().__init__()
        self.setObjectName("main_window")
        self.setWindowTitle(f"[*]{TITLE}")
        self.setAcceptDrops(True)
        self.pad = LatentPad()
        self.grid = DrumGrid()
        self.groove = GroovePanel()
        self.transport = TransportBar()
        self.handles = DragHandles()
        self.status = StatusLine()
        self.style_choice = Choice("Style of new patterns")
        self.style_choice.addItem(ANY_STYLE)
        self.new_button = IconButton(Icon.DICE, "New pattern (Ctrl+G)", text="New pattern")
        self.undo_button = IconButton(Icon.UNDO, "Undo")
        self.redo_button = IconButton(Icon.REDO, "Redo")
        self.theme_button = IconButton(Icon.CONTRAST, "Dark or light")
        self._painted = False
        self._name_widgets()
        self._arrange()
        self.resize(DEFAULT_SIZE.boundedTo(self.screen().availableSize() - FRAME).expandedTo(LEAST_SIZE))

    def show_icon(self) -> None:
        """Show the program's icon; not before the first paint, as it brings the SVG library."""
        from importlib.resources import files

        self.setWindowIcon(QIcon(str(files("groovescape_resources") / "icons" / "groovescape.svg")))

    def save_place(self) -> str:
        """Return size and place as text."""
        return self.saveGeometry().toBase64().toStdString()

    def restore_place(self, text: str) -> None:
        """Take size and place from a text of save_place; anything else is ignored."""
        self.restoreGeometry(QByteArray.fromBase64(text.encode("ascii", "ignore")))

    def _name_widgets(self) -> None:
        for name in ("pad", "grid", "groove", "transport", "handles", "status", "style_choice", "new_button"):
            getattr(self, name).setObjectName(name)

    def _arrange(self) -> None:
        for button in (self.undo_button, self.redo_button, self.theme_button):
            self.transport.add_right(button)
        columns = QSplitter()
        columns.setHandleWidth(SPACE_S)
        columns.setChildrenCollapsible(False)
        for part, width in zip((self._pad_panel(), self._middle(), Panel("Groove", self.groove)), WIDTHS, strict=True):
            columns.addWidget(part)
            columns.setStretchFactor(columns.count() - 1, width)
        columns.setSizes(WIDTHS)
        inner = QVBoxLayout()
        inner.setContentsMargins(SPACE_M, 0, SPACE_M, 0)
        inner.setSpacing(SPACE_S)
        inner.addWidget(columns, 1)
        inner.addWidget(self.handles)
        ground = QWidget()
        layout = QVBoxLayout(ground)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.transport)
        layout.addLayout(inner, 1)
        layout.addWidget(self.status)
        self.setCentralWidget(ground)

    def _pad_panel(self) -> QWidget:
        panel = Panel("Pad", self.pad)
        row = QHBoxLayout()
        row.setSpacing(SPACE_S)
        row.addWidget(self.style_choice, 1)
        row.addWidget(self.new_button)
        panel.body.addLayout(row)
        return panel

    def _middle(self) -> QWidget:
        column = QWidget()
        layout = QVBoxLayout(column)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE_S)
        layout.addWidget(Panel("Pattern", self.grid), 3)
        layout.addWidget(Panel("Feel", self.groove.view), 2)
        return column

    def paintEvent(self, event: QPaintEvent) -> None:
        """Tell when the window was painted for the first time."""
        super().paintEvent(event)
        if not self._painted:
            self._painted = True
            QTimer.singleShot(0, self.first_painted.emit)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take MIDI files from anywhere but from ourselves."""
        if event.source() is None and dropped_midi(event.mimeData()) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Tell which MIDI file was dropped."""
        path = dropped_midi(event.mimeData())
        if path is not None:
            event.acceptProposedAction()
            self.midi_dropped.emit(path)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Tell that the window goes."""
        self.closing.emit()
        super().closeEvent(event)
