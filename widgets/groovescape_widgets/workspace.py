"""Where the parts lie: the pad and the handles at the left, the pattern in the middle, the grooves at the right."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QSplitter, QVBoxLayout, QWidget

from groovescape_widgets.drag_handles import DragHandles
from groovescape_widgets.drum_grid import DrumGrid
from groovescape_widgets.groove_panel import GroovePanel
from groovescape_widgets.latent_pad import LatentPad
from groovescape_widgets.panel import Panel
from groovescape_widgets.tokens import SPACE_M, SPACE_S

COLUMN_SHARES = (4, 6, 3)
ROW_SHARES = (5, 3)


def _splitter(orientation: Qt.Orientation, *parts: QWidget) -> QSplitter:
    splitter = QSplitter(orientation)
    splitter.setHandleWidth(SPACE_S)
    splitter.setChildrenCollapsible(False)
    for part in parts:
        splitter.addWidget(part)
    return splitter


class Workspace(QWidget):
    """All that is between the transport and the status line, in panels of one grid; the columns can be resized."""

    def __init__(self, pad: LatentPad, grid: DrumGrid, groove: GroovePanel, handles: DragHandles) -> None:
        """Place the parts; the groove's view moves under the pattern."""
        super().__init__()
        self.pad = Panel("Morph", pad)
        self.pattern = Panel("Pattern", grid)
        self.feel = Panel("Feel", groove.view)
        self.groove = Panel("Groove", groove)
        self.handles = Panel("Drag to your song", handles)
        self.handles.header.addWidget(handles.hint)
        self.handles.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        middle = _splitter(Qt.Orientation.Vertical, self.pattern, self.feel)
        self.columns = _splitter(Qt.Orientation.Horizontal, self._left(), middle, self.groove)
        for splitter, shares in ((middle, ROW_SHARES), (self.columns, COLUMN_SHARES)):
            splitter.setSizes([share * 1000 for share in shares])
            for index, share in enumerate(shares):
                splitter.setStretchFactor(index, share)
        self.columns.setCollapsible(2, True)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(SPACE_M, 0, SPACE_M, 0)
        layout.addWidget(self.columns)

    def _left(self) -> QWidget:
        column = QWidget()
        layout = QVBoxLayout(column)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE_S)
        layout.addWidget(self.pad)
        layout.addWidget(self.handles, 1)
        return column
