"""Where windows of four bars come from.

Drums are the Groove MIDI Dataset's, by its official splits; melodies are of all tonal sets; what is played together is
of POP909 (melody and bass) and Freedoom (drums too), the splits by song.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Final

import numpy as np

from groovescape_models.encoding.harmony import shift_to_c
from groovescape_models.encoding.line_vocabulary import VOCABULARIES, close_gaps
from groovescape_models.encoding.lines import STEPS_PER_BAR, Tokens, moved
from groovescape_models.music.groove import BoolArray
from groovescape_models.music.pattern import Role
from groovescape_models.training.four_bars import BARS, BEATS, STEPS, FourBars, Window, joined, stack_windows
from groovescape_models.training.freedoom import freedoom_songs
from groovescape_models.training.gmd import FOUR_FOUR, GmdRow, gmd_files, performance
from groovescape_models.training.line_examples import LineExamples
from groovescape_models.training.pop909 import pop909_songs
from groovescape_models.training.tonal import (
    condition_at,
    cut,
    is_full,
    is_in_key,
    load_tonal,
    piece_of,
    share_of,
    split_of,
)
from groovescape_models.training.tonal_song import BEATS_PER_BAR, TonalSong

GMD: Final = "gmd"
LEAST_HITS: Final = 4
"""Fewer hits in two bars make no drums."""
LEAST_PARTS: Final = 2


def drum_bars(data: Path) -> FourBars:
    """Return four bars of drums at a time, one bar further each time; DataSetError if the data is not there."""
    return stack_windows(window for content, row in gmd_files(data) for window in drum_windows(content, row))


def drum_windows(content: bytes, row: GmdRow) -> Iterator[Window]:
    """Yield the windows of one MIDI file of the Groove MIDI Dataset; one that is not in 4/4 gives none."""
    groove = performance(content, row) if row.time_signature == FOUR_FOUR else None
    for start in range(0, 0 if groove is None else groove.steps - STEPS + 1, STEPS_PER_BAR):
        hits = groove.hits[start : start + STEPS] if groove is not None else np.zeros((STEPS, 0), np.bool_)
        if plays(hits):
            yield Window({Role.DRUMS: hits}, row.main_style, row.midi_filename, row.split, GMD)


def plays(hits: BoolArray) -> bool:
    """Return whether both halves of four bars of drums, bool (64, 9), have hits enough."""
    return bool((hits.reshape(2, -1).sum(1) >= LEAST_HITS).all())


def melody_bars(data: Path) -> FourBars:
    """Return four bars of melody at a time; DataSetError if one of the tonal sets is not there."""
    return melody_windows(load_tonal(data, Role.MELODY, BARS))


def melody_windows(examples: LineExamples) -> FourBars:
    """Return examples of four bars of melody as windows."""
    rows = range(len(examples))
    return stack_windows(
        Window(
            {Role.MELODY: in_c(examples.tokens[row], int(examples.tonics[row]), Role.MELODY)},
            str(examples.styles[row]),
            str(examples.songs[row]),
            str(examples.splits[row]),
            str(examples.sources[row]),
            examples.conditions[row],
        )
        for row in rows
    )


def in_c(tokens: Tokens, tonic: int, role: Role) -> Tokens:
    """Return a line moved to C and into the range of its role, short gaps closed, as the two-bar models read it."""
    vocabulary = VOCABULARIES[role]
    line: Tokens = close_gaps(moved(tokens, shift_to_c(tonic))[None])[0]
    return vocabulary.tokens(vocabulary.indices(line))


def trio_bars(data: Path) -> FourBars:
    """Return what is played together, and drums alone, whose styles are many; DataSetError if a set is not there."""
    songs = (song for source in (pop909_songs, freedoom_songs) for song in source(data))
    return joined(stack_windows(song_windows(songs)), drum_bars(data))


def song_windows(songs: Iterable[TonalSong]) -> Iterator[Window]:
    """Yield the windows of songs in which at least two parts play; what a piece repeats counts once."""
    seen: set[tuple[str, bytes]] = set()
    for song in songs:
        for bar in range(len(song.keys) - BARS + 1):
            window = song_window(song, bar)
            shown = b"" if window is None else b"".join(grid.tobytes() for grid in window.parts.values())
            if window is not None and (piece_of(song.name), shown) not in seen:
                seen.add((piece_of(song.name), shown))
                yield window


def song_window(song: TonalSong, bar: int) -> Window | None:
    """Return four bars of a song from a bar on; None where the key changes or fewer than two parts play."""
    key = song.keys[bar]
    if any(other != key for other in song.keys[bar : bar + BARS]):
        return None
    tonic = 0 if key is None else key.tonic
    parts: dict[Role, Tokens | BoolArray] = {}
    for role, line in song.lines.items():
        tokens = cut(line, bar, BARS)
        fits = bool(song.fits[role][bar : bar + BARS].all())
        if fits and is_full(tokens, role, share_of(song.name, bar, "silent")) and is_in_key(tokens, key):
            parts[role] = in_c(tokens, tonic, role)
    hits = None if song.hits is None else song.hits[bar * STEPS_PER_BAR : bar * STEPS_PER_BAR + STEPS]
    if hits is not None and plays(hits):
        parts[Role.DRUMS] = hits
    condition = condition_at(key, song.chords[bar * BEATS_PER_BAR : bar * BEATS_PER_BAR + BEATS])
    split = split_of(song.source, song.name)
    return Window(parts, song.style, song.name, split, song.source, condition) if len(parts) >= LEAST_PARTS else None


LOADERS: Final[Mapping[str, Callable[[Path], FourBars]]] = MappingProxyType(
    {"drums_4bar": drum_bars, "melody_4bar": melody_bars, "trio_4bar": trio_bars}
)
"""What each model of four bars learns from."""
