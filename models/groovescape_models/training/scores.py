"""Engraved scores: OpenScore's songs and string quartets (CC0) and the Open Hymnal (public domain).

The highest part is the melody, the lowest the bass; keys and chords are found from all parts together.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from groovescape_models.music.midi_read import parse_midi
from groovescape_models.music.midi_song import MidiSong
from groovescape_models.music.pattern import Role
from groovescape_models.training.archives import members
from groovescape_models.training.chord_finding import chords_of
from groovescape_models.training.key_finding import keys_of_bars
from groovescape_models.training.score_bars import note_accents, score_grid
from groovescape_models.training.tonal_song import (
    BEATS_PER_BAR,
    TonalSong,
    fitting_bars,
    highest_line,
    lowest_line,
    pitch_class_weights,
    placed,
)

LIEDER: Final = "openscore_lieder"
QUARTETS: Final = "openscore_quartets"
HYMNS: Final = "openhymnal"
LEAST_PARTS: Final = 2
_SUFFIX: Final = (".mid",)


def lieder(data: Path) -> Iterator[TonalSong]:
    """Yield romantic songs: the voice, and the lowest notes of the piano's left hand."""
    return _songs(data, LIEDER, "romantic")


def quartets(data: Path) -> Iterator[TonalSong]:
    """Yield string quartets, all movements of one together: the first violin and the cello."""
    return _songs(data, QUARTETS, "classical")


def hymns(data: Path) -> Iterator[TonalSong]:
    """Yield four-part hymns: soprano and bass."""
    return _songs(data, HYMNS, "hymn")


def _songs(data: Path, source: str, style: str) -> Iterator[TonalSong]:
    for path, content in members(data, source, _SUFFIX):
        song = _song(parse_midi(content, path.name), "/".join(path.parts[1:]), source, style)
        if song is not None:
            yield song


def _song(midi: MidiSong, name: str, source: str, style: str) -> TonalSong | None:
    staves = [track.notes for track in midi.tracks if track.notes]
    grid = score_grid(midi, note_accents(staves))
    if len(staves) < LEAST_PARTS or not grid.whole.any():
        return None
    bars, parts = len(grid), [placed(notes, grid) for notes in staves]
    melody, bass = parts[0], parts[-1]
    weights = sum((pitch_class_weights(part, bars) for part in parts[1:]), pitch_class_weights(melody, bars))
    lines = {Role.MELODY: highest_line(melody, bars), Role.BASS: lowest_line(bass, bars)}
    fits = {Role.MELODY: fitting_bars(melody, grid), Role.BASS: fitting_bars(bass, grid)}
    keys = keys_of_bars(weights.reshape(bars, BEATS_PER_BAR, -1).sum(1))
    return TonalSong(name, source, style, lines, fits, keys, chords_of(weights, pitch_class_weights(bass, bars)))
