"""POP909 (Wang et al., ISMIR 2020; MIT): 909 pop songs, their melody and the bass of their piano.

Bars come from beat_midi.txt, as the meters in the MIDI files are wrong; chords from chord_midi.txt; keys from
key_audio.txt, where the notes do not clearly speak for another.
"""

import io
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Final

import numpy as np
from numpy.typing import NDArray

from groovescape_models.music.chords import Chord
from groovescape_models.music.key import SEMITONES, Key, read_pitch_class
from groovescape_models.music.midi_read import parse_midi
from groovescape_models.music.midi_song import MidiSong
from groovescape_models.music.pattern import Note, Role
from groovescape_models.training.archives import members
from groovescape_models.training.key_finding import keys_of_bars, share_in_key, with_minor_kind
from groovescape_models.training.tonal_song import (
    BEATS_PER_BAR,
    BarGrid,
    Floats,
    TonalSong,
    fitting_bars,
    highest_line,
    lowest_line,
    pitch_class_weights,
    placed,
)

NAME: Final = "pop909"
STYLE: Final = "pop"
QUALITIES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "maj": "", "min": "m", "sus2": "sus2", "sus4": "sus4", "min7": "m7", "maj7": "maj7", "7": "7", "maj6": "6",
        "min6": "m6", "dim": "dim", "hdim7": "m7b5", "dim7": "dim7", "aug": "aug", "minmaj7": "m", "sus4(b7)": "sus4",
    }
)  # fmt: skip
"""Chord signs of the data set (Harte et al. 2005) and ours."""
_DEGREES: Final = MappingProxyType({"b3": 3, "3": 4, "5": 7, "b7": 10, "7": 11})
BASS_BELOW: Final = 56
"""The piano's bass is sought below this pitch (A flat 3): above it, it is the right hand or the top of a figure."""
KEY_MARGIN: Final = 0.05
"""A found key replaces the annotated one if so much more of what sounds is in it."""


def pop909_songs(data: Path) -> Iterator[TonalSong]:
    """Yield the songs of the data set that the folder data holds; DataSetError if it is not there."""
    for name, files in _folders(data):
        song = _song(name, files)
        if song is not None:
            yield song


def _folders(data: Path) -> Iterator[tuple[str, Mapping[str, bytes]]]:
    """Yield (number of a song, its files by name)."""
    folders: dict[str, dict[str, bytes]] = {}
    for path, content in members(data, NAME, (".mid", ".txt")):
        folders.setdefault(path.parent.name, {})[path.name] = content
    for name in sorted(folders):
        if f"{name}.mid" in folders[name]:
            yield name, folders[name]


def _song(name: str, files: Mapping[str, bytes]) -> TonalSong | None:
    midi = parse_midi(files[f"{name}.mid"], f"{name}.mid")
    beats = np.loadtxt(io.BytesIO(files["beat_midi.txt"]), ndmin=2)
    grid = _grid(beats[:, 2] > 0)
    tracks = {track.name: _in_beats(midi, track.notes, beats[:, 0]) for track in midi.tracks}
    if len(grid) < 2 or "MELODY" not in tracks or "PIANO" not in tracks:
        return None
    bars = len(grid)
    melody, piano = placed(tracks["MELODY"], grid), placed(tracks["PIANO"], grid)
    low = piano.where(piano.pitches < BASS_BELOW)
    lines = {Role.MELODY: highest_line(melody, bars), Role.BASS: lowest_line(low, bars)}
    fits = {Role.MELODY: fitting_bars(melody, grid), Role.BASS: fitting_bars(low, grid)}
    weights = pitch_class_weights(melody, bars) + pitch_class_weights(piano, bars)
    keys = _keys(files["key_audio.txt"], beats[:, 0], grid, weights.reshape(bars, BEATS_PER_BAR, -1).sum(1))
    chords = _chords(files["chord_midi.txt"].decode("utf-8"), beats[:, 0], grid)
    return TonalSong(name, NAME, STYLE, lines, fits, keys, chords)


def _grid(downbeats: NDArray[np.bool_]) -> BarGrid:
    """Return the bars between downbeats, bool (beats,), in beats; only those of four are whole."""
    starts = np.flatnonzero(downbeats).astype(np.float64)
    return BarGrid(starts[:-1], np.diff(starts) == BEATS_PER_BAR)


def _in_beats(midi: MidiSong, notes: tuple[Note, ...], beats_s: Floats) -> list[Note]:
    """Return notes with their times in beats of the annotation."""
    times = np.array([change.time for change in midi.tempos])
    pace = np.array([60.0 / change.bpm for change in midi.tempos])
    seconds = np.concatenate([[0.0], np.cumsum(np.diff(times) * pace[:-1])])

    def beat(quarters: Floats) -> Floats:
        part = np.searchsorted(times, quarters, side="right") - 1
        place = np.interp(seconds[part] + (quarters - times[part]) * pace[part], beats_s, np.arange(len(beats_s)))
        return np.asarray(place, np.float64)

    starts, ends = beat(np.array([n.start for n in notes])), beat(np.array([n.end for n in notes]))
    rows = zip(starts.tolist(), ends.tolist(), notes, strict=True)
    return [Note(start, end - start, note.pitch, note.velocity) for start, end, note in rows]


def _spans(text: str) -> Iterator[tuple[float, float, str]]:
    for line in text.splitlines():
        words = line.split()
        if len(words) == 3:
            yield float(words[0]), float(words[1]), words[2]


def _chords(text: str, beats_s: Floats, grid: BarGrid) -> tuple[Chord | None, ...]:
    """Return the chord of each beat of the bars."""
    at_beat: list[Chord | None] = [None] * (len(beats_s) + BEATS_PER_BAR)
    for start, end, sign in _spans(text):
        first, last = (int(np.searchsorted(beats_s, time - 0.05)) for time in (start, end))
        at_beat[first:last] = [chord_of(sign)] * (last - first)
    return tuple(at_beat[int(start) + beat] for start in grid.starts for beat in range(BEATS_PER_BAR))


def chord_of(sign: str) -> Chord | None:
    """Return the chord of a sign such as 'C#:min7/b3', None for 'N' and for what no quality of ours is near to."""
    name, _, degree = sign.partition("/")
    root, _, kind = name.partition(":")
    if root == "N" or kind not in QUALITIES:
        return None
    pitch_class, _ = read_pitch_class(root)
    bass = (pitch_class + _DEGREES[degree]) % SEMITONES if degree in _DEGREES else None
    return Chord(pitch_class, QUALITIES[kind], bass)


def _keys(content: bytes, beats_s: Floats, grid: BarGrid, weights: Floats) -> tuple[Key | None, ...]:
    """Return the key of each bar: the annotated one, or the found one where it holds clearly more of the notes."""
    middles = np.interp(grid.starts + BEATS_PER_BAR / 2, np.arange(len(beats_s)), beats_s)
    spans = [(start, _key_of(sign)) for start, _, sign in _spans(content.decode("utf-8"))]
    place = np.clip(np.searchsorted([start for start, _ in spans], middles, side="right") - 1, 0, None)
    keys: list[Key | None] = list(keys_of_bars(weights))
    for index, (_, key) in enumerate(spans):
        chosen = place == index
        found = [keys[bar] for bar in np.flatnonzero(chosen)]
        theirs = sum(
            share_in_key(k, weights[bar : bar + 1]) for k, bar in zip(found, np.flatnonzero(chosen), strict=True) if k
        )
        if chosen.any() and theirs / chosen.sum() < share_in_key(key, weights[chosen]) + KEY_MARGIN:
            annotated = with_minor_kind(key, weights[chosen])
            for bar in np.flatnonzero(chosen):
                keys[bar] = annotated
    return tuple(keys)


def _key_of(sign: str) -> Key:
    root, _, mode = sign.partition(":")
    return Key(read_pitch_class(root)[0], "minor" if mode == "min" else "major")
