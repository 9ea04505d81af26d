"""Melodies and basses to learn from: all tonal data sets, cut into bars, split by song, no source burying another."""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Final

import numpy as np
from numpy.typing import NDArray

from groovescape_models.encoding.harmony import condition_of
from groovescape_models.encoding.lines import FIRST_NOTE, NOTE_OFF, STEPS_PER_BAR, Tokens, pitches_of
from groovescape_models.music.chords import Chord
from groovescape_models.music.key import SEMITONES, Key
from groovescape_models.music.pattern import Role
from groovescape_models.training.freedoom import freedoom_songs
from groovescape_models.training.lead_sheets import lead_sheets
from groovescape_models.training.line_examples import LineExample, LineExamples, stack_lines
from groovescape_models.training.pop909 import pop909_songs
from groovescape_models.training.scores import hymns, lieder, quartets
from groovescape_models.training.tonal_song import BEATS_PER_BAR, TonalSong

SPLIT_SEED: Final = "groovescape tonal 1"
SOURCES: Final[Mapping[str, Callable[[Path], Iterator[TonalSong]]]] = MappingProxyType(
    {
        "pop909": pop909_songs,
        "openewld": lead_sheets,
        "openhymnal": hymns,
        "openscore_lieder": lieder,
        "openscore_quartets": quartets,
        "freedoom_music": freedoom_songs,
    }
)
"""The data sets, by name."""
SOURCE_CAPS: Final[Mapping[str, int]] = MappingProxyType({"openscore_lieder": 10_000, "openscore_quartets": 7_500})
"""Most examples of one length that a source gives, all splits together: classical music must not bury pop."""
NOTES_A_BAR: Final = MappingProxyType({Role.MELODY: 2, Role.BASS: 1})
"""Fewer notes than this times the bars make no example."""
SILENT_SHARE: Final = 0.1
"""Share of the examples with a bar in which nothing begins that is kept."""
LEAST_IN_KEY: Final = 0.8
"""Share of an example's notes that its key holds; below it the key is in doubt, and would teach to leave the key."""


def load_tonal(data: Path, role: Role, bars: int, sources: Sequence[str] = tuple(SOURCES)) -> LineExamples:
    """Return the examples of a part, melody or bass, so many bars long, from the data sets in a folder.

    DataSetError if one of them is not there.
    """
    return examples_of(songs_of(data, sources), role, bars)


def songs_of(data: Path, sources: Sequence[str] = tuple(SOURCES)) -> Iterator[TonalSong]:
    """Yield the songs of the data sets in a folder; DataSetError if one is not there."""
    for source in sources:
        yield from SOURCES[source](data)


def examples_of(songs: Iterable[TonalSong], role: Role, bars: int) -> LineExamples:
    """Return the examples of a part of songs, so many bars long, sources capped; what a piece repeats counts once."""
    found: dict[str, list[LineExample]] = {}
    seen: set[tuple[str, bytes]] = set()
    for song in songs:
        for example in windows(song, role, bars):
            shown = (piece_of(song.name), example.tokens.tobytes() + example.condition.tobytes())
            if shown not in seen:
                seen.add(shown)
                found.setdefault(song.source, []).append(example)
    return stack_lines((example for source, rows in found.items() for example in capped(source, rows)), bars)


def capped(source: str, rows: list[LineExample]) -> list[LineExample]:
    """Return the rows of a source, as many of them as it may give, drawn with a fixed seed."""
    order = sorted(range(len(rows)), key=lambda row: share_of(rows[row].song, rows[row].bar, "cap"))
    return [rows[row] for row in sorted(order[: SOURCE_CAPS.get(source, len(rows))])]


def piece_of(song: str) -> str:
    """Return the piece that a song is of: what follows # in its name tells parts of one piece apart."""
    return song.partition("#")[0]


def split_of(source: str, song: str) -> str:
    """Return the split of a song's piece, drawn with a fixed seed: of ten, eight train, one validates, one tests."""
    share = share_of(source, piece_of(song))
    return "test" if share < 0.1 else "validation" if share < 0.2 else "train"


def share_of(*parts: object) -> float:
    """Return a number in 0..1 that depends on the parts alone."""
    text = "/".join((SPLIT_SEED, *map(str, parts)))
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8]) / 2.0**64


def windows(song: TonalSong, role: Role, bars: int) -> Iterator[LineExample]:
    """Yield the examples of a part of a song, one bar further each time.

    Its bars are on the grid and of one key, which holds most notes; notes are enough, and silent bars rare.
    """
    if role not in song.lines:
        return
    split = split_of(song.source, song.name)
    for bar in range(len(song.keys) - bars + 1):
        part = slice(bar, bar + bars)
        tokens, key = cut(song.lines[role], bar, bars), song.keys[bar]
        steady = bool(song.fits[role][part].all()) and len(set(song.keys[part])) == 1
        if steady and is_full(tokens, role, share_of(song.name, bar, "silent")) and is_in_key(tokens, key):
            condition = condition_at(key, song.chords[bar * BEATS_PER_BAR : (bar + bars) * BEATS_PER_BAR])
            tonic, scale = (0, "") if key is None else (key.tonic, key.scale)
            yield LineExample(tokens, tonic, scale, condition, song.style, song.name, split, song.source, bar)


def cut(line: Tokens, bar: int, bars: int) -> Tokens:
    """Return some bars of a line; what sounds on from before them is left out."""
    tokens = line[bar * STEPS_PER_BAR : (bar + bars) * STEPS_PER_BAR].copy()
    events = np.flatnonzero(tokens)
    if len(events) and tokens[events[0]] == NOTE_OFF:
        tokens[events[0]] = 0
    return tokens


def is_full(tokens: Tokens, role: Role, draw: float) -> bool:
    """Return whether tokens have notes enough; with a bar in which none begins, only for a draw (0..1) that is low."""
    begins = (tokens >= FIRST_NOTE).reshape(-1, STEPS_PER_BAR).sum(1)
    enough = int(begins.sum()) >= max(3, NOTES_A_BAR[role] * len(begins))
    return enough and (bool(begins.all()) or draw < SILENT_SHARE)


def is_in_key(tokens: Tokens, key: Key | None) -> bool:
    """Return whether a key, if there is one, holds most notes of tokens."""
    pitches = pitches_of(tokens[tokens >= FIRST_NOTE])
    return key is None or bool(np.isin(pitches % SEMITONES, list(key.pitch_classes)).mean() >= LEAST_IN_KEY)


def condition_at(key: Key | None, chords: Sequence[Chord | None]) -> NDArray[np.uint8]:
    """Return the condition of beats with these chords, uint8 (beats, 36), as encoding/harmony.py has it."""
    each = [condition_of(key, (chord,), 1)[0] for chord in chords]
    return np.array(each, np.uint8)
