"""A testing aid: with GROOVESCAPE_PROBE=/path.json the window writes down where its parts are and what it plays.

The file is written anew (whole, by renaming) after each change of the project and each move of the window:
  ready      whether the models are loaded and the pad has its corners
  playing    whether the loop is heard
  window     [x, y, width, height] on the screen, in device pixels, as all rectangles here
  plane      the pad's field: its top left corner is the point (0, 0), its bottom right corner (1, 1)
  grid, play, groove_rows (by preset id), handles (by kind: clip, new_track, midi)
  tempo_bpm, groove (preset id or null), pad, status (the sentence in the status line)
  pattern, played   length in quarters and notes [start, duration, pitch, velocity]
"""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QTimer
from PySide6.QtWidgets import QWidget

from groovescape.atomic import write_text_atomically
from groovescape_models.music.pattern import Pattern

if TYPE_CHECKING:
    from groovescape.composition import Program

SETTLE_MS: Final = 50
WATCHED: Final = (QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.Show)


class Probe(QObject):
    """Writes the file."""

    def __init__(self, program: "Program", path: Path) -> None:
        """Watch a program."""
        super().__init__(program.window)
        self._program, self._path = program, path
        self._timer = QTimer(self, interval=SETTLE_MS, singleShot=True)
        self._timer.timeout.connect(self._write)
        program.window.installEventFilter(self)
        program.document.changed.connect(self._timer.start)
        program.document.history_changed.connect(self._timer.start)
        program.sound.playing_changed.connect(self._timer.start)
        program.door.opened.connect(self._timer.start)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Notice that the window moved."""
        if event.type() in WATCHED:
            self._timer.start()
        return False

    def _write(self) -> None:
        write_text_atomically(self._path, json.dumps(self._facts()))

    def _facts(self) -> dict[str, Any]:
        program, window = self._program, self._program.window
        project = program.document.project
        plane = window.pad.geometry_now().field.toRect()
        return {
            "ready": len(project.corners) == 4 and program.door.studio is not None,
            "playing": program.sound.is_playing,
            "window": on_screen(window),
            "plane": on_screen(window.pad, plane),
            "grid": on_screen(window.grid),
            "play": on_screen(window.transport.play),
            "groove_rows": self._groove_rows(),
            "handles": {kind: on_screen(handle) for kind, handle in window.handles.handles.items()},
            "tempo_bpm": project.tempo_bpm,
            "groove": project.groove.preset,
            "pad": list(project.pad),
            "status": window.status.message.text,
            "pattern": pattern_facts(project.pattern),
            "played": pattern_facts(project.played),
        }

    def _groove_rows(self) -> dict[str, list[int]]:
        presets = self._program.window.groove.presets
        indices = [presets.shown.index(row, 0) for row in range(presets.shown.rowCount())]
        return {
            str(presets.shown.preset(index).id): on_screen(presets.viewport(), presets.visualRect(index))
            for index in indices
        }


def on_screen(widget: QWidget, part: QRect | None = None) -> list[int]:
    """Return where a widget, or a rectangle in it, is on the screen: x, y, width, height in device pixels."""
    inside = widget.rect() if part is None else part
    corner: QPoint = widget.mapToGlobal(inside.topLeft())
    ratio = widget.devicePixelRatioF()
    return [round(value * ratio) for value in (corner.x(), corner.y(), inside.width(), inside.height())]


def pattern_facts(pattern: Pattern) -> dict[str, Any]:
    """Return a pattern as JSON values."""
    notes = [[note.start, note.duration, note.pitch, note.velocity] for note in pattern.notes]
    return {"length": pattern.length, "notes": notes}
