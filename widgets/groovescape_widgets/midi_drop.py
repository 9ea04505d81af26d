"""Files of music in what is dragged over a widget."""

from pathlib import Path

from PySide6.QtCore import QMimeData

MIDI_SUFFIXES = (".mid", ".midi", ".smf")
GROOVE_SUFFIXES = (*MIDI_SUFFIXES, ".groove", ".h2pattern", ".h2song")
"""What a groove can be taken from: performances, groove files, Hydrogen's patterns and songs."""


def dropped_file(data: QMimeData, suffixes: tuple[str, ...]) -> str | None:
    """Return the path of the first local file with one of these endings that is dragged, None if there is none."""
    paths = (url.toLocalFile() for url in data.urls() if url.isLocalFile())
    return next((path for path in paths if Path(path).suffix.lower() in suffixes), None)


def dropped_midi(data: QMimeData) -> str | None:
    """Return the path of the first local MIDI file that is dragged, None if there is none."""
    return dropped_file(data, MIDI_SUFFIXES)
