"""What the commands that make notes share: the part of a file, key, chords, meter and tempo."""

import argparse
import re
from pathlib import Path
from typing import Final

from groovescape.cli_text import number
from groovescape_models.engines.engine import Setting
from groovescape_models.errors import GroovescapeError
from groovescape_models.music.chords import read_progression
from groovescape_models.music.key import read_key
from groovescape_models.music.midi_parts import part_pattern
from groovescape_models.music.midi_read import read_midi
from groovescape_models.music.pattern import Pattern, Role
from groovescape_models.music.timing import DEFAULT_TEMPO_BPM, MAX_TEMPO_BPM, MIN_TEMPO_BPM, Meter

PARTS: Final = (Role.DRUMS, Role.MELODY, Role.BASS)
MAX_SEED: Final = 2**31 - 1


def add_setting(parser: argparse.ArgumentParser) -> None:
    """Add --key, --chords and --free-key."""
    parser.add_argument("--key", metavar="KEY", help="key of melody and bass, as in C, Am or 'D dorian'")
    parser.add_argument("--chords", metavar="TEXT", default="", help="a chord a bar, as in 'C | Am | F | G7'")
    parser.add_argument("--free-key", action="store_true", help="let new notes leave the key")


def add_precision(parser: argparse.ArgumentParser) -> None:
    """Add --precision."""
    choices = ("auto", "int8", "float16", "float32")
    parser.add_argument("--precision", choices=choices, default="auto", help="weights of the models (as they ship)")


def add_tempo(parser: argparse.ArgumentParser, text: str) -> None:
    """Add --tempo."""
    parser.add_argument("--tempo", type=number(MIN_TEMPO_BPM, MAX_TEMPO_BPM), metavar="BPM", help=text)


def add_part(parser: argparse.ArgumentParser) -> None:
    """Add the file to read and --part."""
    parser.add_argument("file", type=Path, metavar="IN.mid", help="the pattern to begin with")
    roles = tuple(role.value for role in PARTS)
    parser.add_argument("--part", choices=roles, default=Role.DRUMS.value, help="the part of the file to read (drums)")


def meter(text: str) -> Meter:
    """Read a meter such as 3/4; argparse.ArgumentTypeError says what is wrong."""
    found = re.fullmatch(r"(\d+)/(\d+)", text)
    try:
        if found is None:
            raise ValueError("it is written as in 3/4")  # noqa: TRY301  # told as Meter's own errors are
        return Meter(int(found[1]), int(found[2]))
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text} is no meter: {error}") from error


def setting_of(arguments: argparse.Namespace, tempo_bpm: float, of: Meter | None = None) -> Setting:
    """Return the setting that the arguments ask for, in a meter (4/4 by default); UnknownNameError as read_key does."""
    key = None if arguments.key is None else read_key(arguments.key)
    return Setting(tempo_bpm, of or Meter(), key, read_progression(arguments.chords), not arguments.free_key)


def read_part(arguments: argparse.Namespace) -> tuple[Pattern, float]:
    """Return the pattern that is asked for and the tempo to write: --tempo or that of the file. Raises MidiError."""
    song = read_midi(arguments.file)
    return part_pattern(song, Role(arguments.part)), arguments.tempo or song.tempo_bpm or DEFAULT_TEMPO_BPM


def read_bars(text: str, count: int) -> frozenset[int]:
    """Return the bars, counted from 0, of a text that counts from 1, as in 1,3-4; raises GroovescapeError.

    count is the number of bars that there are.
    """
    bars: set[int] = set()
    for part in filter(None, (part.strip() for part in text.split(","))):
        found = re.fullmatch(r"(\d+)(?:-(\d+))?", part)
        if found is None or int(found[1]) < 1:
            raise GroovescapeError(f"'{part}' names no bars; write them as in 1,3-4.")
        if max(int(found[1]), int(found[2] or 0)) > count:
            raise GroovescapeError(f"The pattern has {count} bars, and '{part}' goes beyond them.")
        bars.update(range(int(found[1]) - 1, int(found[2] or found[1])))
    return frozenset(bars)
