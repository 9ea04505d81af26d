"""A small window that starts one of our drags when it is pulled; run as a program of its own by the tests.

drag_source.py KIND PATTERN.json [SOUNDFONT]: the pattern is a list of [start, duration, pitch, velocity], a length
and a name. Prints `drop taken` or `drop refused` after each drag.
"""

import json
import sys
from pathlib import Path

from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor, QMouseEvent
from PySide6.QtWidgets import QApplication, QLabel

from groovescape.export.drag import DragKind, build_mime, session_folder, start_drag
from groovescape.export.drag_picture import clip_picture
from groovescape.export.lmms_version import detect_version
from groovescape_models.music.pattern import Note, Pattern

TITLE = "Drag source"


def read_pattern(path: Path) -> Pattern:
    """Read the pattern that a test wrote."""
    data = json.loads(path.read_text("utf-8"))
    return Pattern(tuple(Note(*note) for note in data["notes"]), data["length"], name=data["name"])


class Handle(QLabel):
    """What is pulled."""

    def __init__(self, kind: DragKind, pattern: Pattern, soundfont: Path | None) -> None:
        """Show the kind."""
        super().__init__(kind.value)
        self._kind, self._pattern, self._soundfont = kind, pattern, soundfont
        self._pressed = QPointF()
        self.setWindowTitle(TITLE)
        self.resize(240, 120)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Remember where."""
        self._pressed = event.position()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Start the drag past the platform's threshold."""
        if (event.position() - self._pressed).manhattanLength() < QApplication.startDragDistance():
            return
        mime = build_mime(self._kind, self._pattern, 120.0, detect_version(), self._soundfont, session_folder())
        taken = start_drag(self, mime, clip_picture(self._pattern, 1.0, QColor("white"), QColor("black")))
        sys.stdout.write(f"drop {'taken' if taken else 'refused'}\n")
        sys.stdout.flush()


def main() -> int:
    """Show the window until it is ended."""
    app = QApplication(sys.argv)
    soundfont = Path(sys.argv[3]) if len(sys.argv) > 3 else None
    handle = Handle(DragKind(sys.argv[1]), read_pattern(Path(sys.argv[2])), soundfont)
    handle.show()
    return app.exec()


if __name__ == "__main__":
    sys.exit(main())
