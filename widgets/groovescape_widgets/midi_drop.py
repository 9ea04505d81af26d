"""MIDI files in what is dragged over a widget."""

from pathlib import Path

from PySide6.QtCore import QMimeData

MIDI_SUFFIXES = (".mid", ".midi", ".smf")


def dropped_midi(data: QMimeData) -> str | None:
    """Return the path of the first local MIDI file that is dragged, None if there is none."""
    paths = (url.toLocalFile() for url in data.urls() if url.isLocalFile())
    return next((path for path in paths if Path(path).suffix.lower() in MIDI_SUFFIXES), None)
