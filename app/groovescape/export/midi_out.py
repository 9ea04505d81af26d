"""A pattern as a MIDI file: for the save dialog, and for a drag into any program."""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from groovescape_models.music.midi_parts import song_of_parts
from groovescape_models.music.midi_patterns import song_of
from groovescape_models.music.midi_write import write_midi
from groovescape_models.music.pattern import Pattern, Role

_UNSAFE: Final = re.compile(r"[^\w \-.,()&+']+")


def file_stem(name: str, fallback: str = "groove") -> str:
    """Return a name that every file system takes, made from the name of a pattern; it is never empty or hidden."""
    return _UNSAFE.sub("_", name).strip(" .")[:80] or fallback


def write_pattern(pattern: Pattern, tempo_bpm: float, path: Path) -> None:
    """Write a pattern as a MIDI file with its tempo and meter. Raises MidiError if it cannot be written."""
    write_midi(song_of(pattern, tempo_bpm), path)


def write_parts(
    patterns: Sequence[Pattern], tempo_bpm: float, path: Path, programs: Mapping[Role, int], name: str = ""
) -> None:
    """Write what is played together as a MIDI file, a track a part. Raises MidiError if it cannot be written."""
    write_midi(song_of_parts(patterns, tempo_bpm, name, programs), path)


def write_parts_in(
    folder: Path, patterns: Sequence[Pattern], tempo_bpm: float, programs: Mapping[Role, int], name: str = ""
) -> Path:
    """Write what is played together into a folder and return the path; no file that is there is touched."""
    path = _free_path(folder, file_stem(name or patterns[0].name))
    write_parts(patterns, tempo_bpm, path, programs, name)
    return path


def write_pattern_in(folder: Path, pattern: Pattern, tempo_bpm: float) -> Path:
    """Write a pattern into a folder under its own name and return the path; no file that is there is touched."""
    path = _free_path(folder, file_stem(pattern.name))
    write_pattern(pattern, tempo_bpm, path)
    return path


def _free_path(folder: Path, stem: str) -> Path:
    return next(p for p in (folder / f"{stem}{_tail(n)}.mid" for n in range(1, 1_000_000)) if not p.exists())


def _tail(number: int) -> str:
    return "" if number == 1 else f" {number}"
