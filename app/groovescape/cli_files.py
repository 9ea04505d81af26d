"""The MIDI files that commands write: their names, and what is said of them."""

import argparse
import errno
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from groovescape.cli_text import ProgressBar, say, say_json
from groovescape_models.music.midi_parts import song_of_parts
from groovescape_models.music.midi_patterns import song_of
from groovescape_models.music.midi_song import MidiSong
from groovescape_models.music.midi_write import write_midi
from groovescape_models.music.pattern import Pattern

MIDI_SUFFIXES: Final = (".mid", ".midi")
Parts = tuple[Pattern, ...]
"""What goes into one file: a pattern, or the parts of a trio."""


def add_output(parser: argparse.ArgumentParser, text: str) -> None:
    """Add -o."""
    parser.add_argument("-o", "--output", type=Path, required=True, metavar="PATH", help=text)


def numbered(output: Path, stem: str, count: int) -> tuple[Path, ...]:
    """Return the paths of count files: output itself, output with numbers, or numbers in the folder output.

    A path that ends in .mid or .midi is a file, any other a folder; one file may be a device or a pipe.
    Raises NotADirectoryError if what should be a folder is none.
    """
    is_file = output.suffix.lower() in MIDI_SUFFIXES and not output.is_dir()
    if output.exists() and not (is_file or output.is_dir()):
        if count == 1 and not output.is_file():
            return (output,)
        raise NotADirectoryError(errno.ENOTDIR, "there is a file of that name, which does not end in .mid", str(output))
    folder, name, suffix = (output.parent, output.stem, output.suffix) if is_file else (output, stem, ".mid")
    if is_file and count == 1:
        return (output,)
    width = len(str(count))
    return tuple(folder / f"{name}-{number:0{width}}{suffix}" for number in range(1, count + 1))


def write_all(pieces: Sequence[Parts], tempo_bpm: float, paths: Sequence[Path]) -> list[dict[str, object]]:
    """Write each piece and return what was written."""
    songs = [song_of(parts[0], tempo_bpm) if len(parts) == 1 else song_of_parts(parts, tempo_bpm) for parts in pieces]
    return write_songs(songs, pieces, paths)


def write_songs(songs: Sequence[MidiSong], pieces: Sequence[Parts], paths: Sequence[Path]) -> list[dict[str, object]]:
    """Write songs that hold some pieces and return what was written of these."""
    progress = ProgressBar("Writing")
    written: list[dict[str, object]] = []
    for done, (song, parts, path) in enumerate(zip(songs, pieces, paths, strict=True), start=1):
        path.parent.mkdir(parents=True, exist_ok=True)
        write_midi(song, path)
        notes = sum(len(part.notes) for part in parts)
        written.append({"path": str(path), "bars": max(part.bars for part in parts), "notes": notes})
        progress.show(done / len(paths), f"{done}/{len(paths)}")
    return written


def report(files: list[dict[str, object]], as_json: bool, facts: dict[str, object]) -> None:
    """Name the files on stdout, one a line, or all facts as JSON."""
    if as_json:
        say_json(facts | {"files": files})
        return
    for file in files:
        say(str(file["path"]))
