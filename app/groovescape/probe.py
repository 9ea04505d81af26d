"""A testing aid: with GROOVESCAPE_PROBE=/path.json the window writes down where its parts are and what it plays.

The file is written anew (whole, by renaming) when anything of this has changed; rectangles are [x, y, width, height] on
the screen, in device pixels:
  ready      whether the models are loaded and the pad has its corners
  playing    whether the loop is heard, and as_written whether without grooves
  window     where the window is
  plane      the pad's field: its top left corner is the point (0, 0), its bottom right corner (1, 1)
  grid, play, groove_rows (by id, "None" for no groove), handles (by kind: clip, new_track, midi)
  named      every part that is seen and has an accessible name, by that
  tempo_bpm, role, ensemble, pad, pad_mode, status (the sentence in the status line)
  groove     the id of the groove that is heard, or null; applied: that of the project
  other, intensity_curve, morph_curve, groove_pad   what else belongs to the groove
  pattern, played, heard   length in quarters, role and notes [start, duration, pitch, velocity]; heard: of each part
"""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QObject, QPoint, QRect, QTimer
from PySide6.QtWidgets import QWidget

from groovescape.atomic import write_text_atomically
from groovescape_models.music.pattern import Pattern

if TYPE_CHECKING:
    from groovescape.composition import Program

LOOK_MS: Final = 100


class Probe(QObject):
    """Writes the file."""

    def __init__(self, program: "Program", path: Path) -> None:
        """Watch a program."""
        super().__init__(program.window)
        self._program, self._path = program, path
        self._written = ""
        self._timer = QTimer(self, interval=LOOK_MS)
        self._timer.timeout.connect(self._look)
        self._timer.start()

    def _look(self) -> None:
        text = json.dumps(self._facts())
        if text != self._written:
            self._written = text
            write_text_atomically(self._path, text)

    def _facts(self) -> dict[str, Any]:
        program, window = self._program, self._program.window
        project, groove = program.document.shown, program.document.shown.groove
        plane = window.pad.geometry_now().field.toRect()
        return {
            "ready": len(project.corners) == 4 and program.door.studio is not None,
            "playing": program.sound.is_playing,
            "as_written": program.views.as_written,
            "window": on_screen(window),
            "plane": on_screen(window.pad, plane),
            "grid": on_screen(window.grid),
            "play": on_screen(window.transport.play),
            "groove_rows": self._groove_rows(),
            "handles": {kind: on_screen(handle) for kind, handle in window.handles.handles.items()},
            "named": named_parts(window),
            "tempo_bpm": project.tempo_bpm,
            "role": project.role.value,
            "ensemble": project.ensemble,
            "groove": groove.preset,
            "applied": program.document.committed.groove.preset,
            "other": groove.other,
            "intensity_curve": groove.intensity_curve.points,
            "morph_curve": groove.morph_curve.points,
            "groove_pad": groove.pad.point if groove.pad else None,
            "pad": list(project.pad),
            "pad_mode": project.pad_mode.value,
            "status": window.status.message.text,
            "pattern": pattern_facts(project.pattern),
            "played": pattern_facts(program.views.played),
            "heard": [pattern_facts(part) for part in program.views.heard],
        }

    def _groove_rows(self) -> dict[str, list[int]]:
        presets = self._program.window.groove.presets
        indices = [presets.shown.index(row, 0) for row in range(presets.shown.rowCount())]
        return {
            str(presets.shown.preset(index).id): on_screen(presets.viewport(), presets.visualRect(index))
            for index in indices
        }


def named_parts(window: QWidget) -> dict[str, list[int]]:
    """Return where everything with an accessible name is that can be seen; of several of a name the first."""
    parts = [part for part in window.findChildren(QWidget) if part.accessibleName() and part.isVisible()]
    return {part.accessibleName(): on_screen(part) for part in reversed(parts)}


def on_screen(widget: QWidget, part: QRect | None = None) -> list[int]:
    """Return where a widget, or a rectangle in it, is on the screen: x, y, width, height in device pixels."""
    inside = widget.rect() if part is None else part
    corner: QPoint = widget.mapToGlobal(inside.topLeft())
    ratio = widget.devicePixelRatioF()
    return [round(value * ratio) for value in (corner.x(), corner.y(), inside.width(), inside.height())]


def pattern_facts(pattern: Pattern) -> dict[str, Any]:
    """Return a pattern as JSON values."""
    notes = [[note.start, note.duration, note.pitch, note.velocity] for note in pattern.notes]
    return {"length": pattern.length, "role": pattern.role.value, "notes": notes}
