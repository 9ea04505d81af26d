"""What a drag out of the window carries, and the drag itself."""

import atexit
import tempfile
from collections.abc import Mapping, Sequence
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Final

from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDrag, QPixmap
from PySide6.QtWidgets import QWidget

from groovescape.export.lmms_version import LmmsVersion
from groovescape.export.lmms_xml import clip_xml, track_xml
from groovescape.export.midi_out import write_parts_in
from groovescape_models.music.pattern import Pattern, Role

LMMS_MIME: Final = "application/x-lmms-stringpair"
"""The only type that LMMS takes: UTF-8 `key:value`."""

_CLIP_KEY: Final = {LmmsVersion.V1_2: "tco_0", LmmsVersion.MASTER: "clip_0"}
_TRACK_KEY: Final = "track_0"
_IMPORT_KEY: Final = "importedproject"
_TRIO_NAME: Final = "Groovescape trio"
_HOT_SPOT: Final = QPoint(-12, -12)


class DragKind(StrEnum):
    """What is dragged; the values are those of the window's three handles."""

    CLIP = "clip"
    NEW_TRACK = "new_track"
    MIDI_FILE = "midi"


@cache
def session_folder() -> Path:
    """Return a folder for dragged files that lasts until the program ends: they are read after the drop."""
    folder = tempfile.TemporaryDirectory(prefix="groovescape-")
    atexit.register(folder.cleanup)
    return Path(folder.name)


def _string_pair(key: str, value: str) -> QMimeData:
    mime = QMimeData()
    mime.setData(LMMS_MIME, f"{key}:{value}".encode())
    return mime


def _midi_file(path: Path) -> QMimeData:
    # LMMS takes no files, only its own word for one, which must be a plain path.
    mime = _string_pair(_IMPORT_KEY, str(path))
    mime.setUrls([QUrl.fromLocalFile(str(path))])
    return mime


def build_mime(
    kind: DragKind,
    pattern: Pattern,
    tempo_bpm: float,
    version: LmmsVersion,
    soundfont: Path | None,
    folder: Path,
    program: int = 0,
) -> QMimeData:
    """Return what a drag of this kind carries. A MIDI file is written into folder, which must outlast the drop.

    The file is offered as a URL to any program, and to LMMS, which takes no URLs, for import.
    program is the kit of a new track's SoundFont, or a line's General MIDI program. Raises MidiError if the file
    cannot be written.
    """
    name = pattern.name or "Groovescape"
    if kind is DragKind.CLIP:
        return _string_pair(_CLIP_KEY[version], clip_xml(pattern, version, name))
    if kind is DragKind.NEW_TRACK:
        return _string_pair(_TRACK_KEY, track_xml(pattern, version, name, soundfont, program))
    return _midi_file(write_parts_in(folder.resolve(), (pattern,), tempo_bpm, {pattern.role: program}, pattern.name))


def build_trio_mime(
    kind: DragKind, patterns: Sequence[Pattern], tempo_bpm: float, folder: Path, programs: Mapping[Role, int]
) -> QMimeData:
    """Return what a drag of parts together carries: a MIDI file with a track each, written into folder.

    On the empty part of its song editor LMMS imports it as new tracks. A clip is of one part: see build_mime.
    Raises MidiError if the file cannot be written.
    """
    path = write_parts_in(folder.resolve(), patterns, tempo_bpm, programs, _TRIO_NAME)
    return _string_pair(_IMPORT_KEY, str(path)) if kind is DragKind.NEW_TRACK else _midi_file(path)


def build_free_mime(pattern: Pattern, tempo_bpm: float, version: LmmsVersion, folder: Path, program: int) -> QMimeData:
    """Return what a drag carries that may end anywhere: a clip for a track of LMMS, a MIDI file for other programs.

    Raises MidiError if the file cannot be written.
    """
    name = pattern.name or "Groovescape"
    mime = _string_pair(_CLIP_KEY[version], clip_xml(pattern, version, name))
    path = write_parts_in(folder.resolve(), (pattern,), tempo_bpm, {pattern.role: program}, name)
    mime.setUrls([QUrl.fromLocalFile(str(path))])
    return mime


def start_drag(source: QWidget, mime: QMimeData, picture: QPixmap) -> bool:
    """Drag until the button is released; the picture follows the pointer. Return whether the drop was taken."""
    drag = QDrag(source)
    drag.setMimeData(mime)
    drag.setPixmap(picture)
    drag.setHotSpot(_HOT_SPOT)
    return drag.exec(Qt.DropAction.CopyAction) is not Qt.DropAction.IgnoreAction
