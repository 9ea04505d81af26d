"""A pattern as a MIDI file: for the save dialog, and for a drag into any program."""

import re
from pathlib import Path
from typing import Final

from groovescape_models.music.midi_patterns import song_of
from groovescape_models.music.midi_write import write_midi
from groovescape_models.music.pattern import Pattern

_UNSAFE: Final = re.compile(r"[^\w \-.,()&+']+")


def file_stem(name: str, fallback: str = "groove") -> str:
    """Return a name that every file system takes, made from the name of a pattern; it is never empty or hidden."""
    return _UNSAFE.sub("_", name).strip(" .")[:80] or fallback


def write_pattern(pattern: Pattern, tempo_bpm: float, path: Path) -> None:
    """Write a pattern as a MIDI file with its tempo and meter. Raises MidiError if it cannot be written."""
    write_midi(song_of(pattern, tempo_bpm), path)


def write_pattern_in(folder: Path, pattern: Pattern, tempo_bpm: float) -> Path:
    """Write a pattern into a folder under its own name and return the path; no file that is there is touched."""
    stem = file_stem(pattern.name)
    path = next(p for p in (folder / f"{stem}{_tail(n)}.mid" for n in range(1, 1_000_000)) if not p.exists())
    write_pattern(pattern, tempo_bpm, path)
    return path


def _tail(number: int) -> str:
    return "" if number == 1 else f" {number}"
