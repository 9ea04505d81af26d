"""Freedoom's music (BSD-3-Clause-like): game pieces with drums, bass and leads, the only set that has all three.

A piece gives one song for each of its best leads, all with its bass and drums.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

import numpy as np

from groovescape_models.errors import MidiError
from groovescape_models.music.midi_event import PROGRAM
from groovescape_models.music.midi_read import parse_midi
from groovescape_models.music.midi_song import MidiSong, MidiTrack
from groovescape_models.music.pattern import Role
from groovescape_models.training.archives import members
from groovescape_models.training.chord_finding import chords_of
from groovescape_models.training.key_finding import keys_of_bars
from groovescape_models.training.score_bars import note_accents, score_grid
from groovescape_models.training.tonal_song import (
    BEATS_PER_BAR,
    BarGrid,
    Placed,
    TonalSong,
    drum_hits,
    fitting_bars,
    highest_line,
    lowest_line,
    pitch_class_weights,
    placed,
)

NAME: Final = "freedoom_music"
STYLE: Final = "game"
BASS_PROGRAMS: Final = range(32, 40)
EFFECT_PROGRAMS: Final = range(96, 128)
"""General MIDI's sound effects and percussion: no melodies."""
MOST_LEADS: Final = 3
LEAST_NOTES: Final = 32
LOWEST_LEAD: Final = 57
"""A lead's middle pitch is at least A3."""
MOST_CHORDS: Final = 0.15
"""A lead has at most so many of its notes begin together with another."""


def freedoom_songs(data: Path) -> Iterator[TonalSong]:
    """Yield the pieces of the data set in the folder data; DataSetError if it is not there."""
    for path, content in members(data, NAME, (".mid",)):
        try:
            midi = parse_midi(content, path.name)
        except MidiError:
            continue
        yield from _songs(midi, path.stem)


def _songs(midi: MidiSong, name: str) -> Iterator[TonalSong]:
    pitched = [track for track in midi.tracks if track.notes and not track.is_drums]
    basses = [track for track in pitched if program_of(track) in BASS_PROGRAMS]
    drums = [note for track in midi.tracks if track.is_drums for note in track.notes]
    if not pitched:
        return
    bass = max(basses, key=lambda track: len(track.notes), default=None)
    grid = score_grid(midi, note_accents([track.notes for track in pitched]))
    for number, lead in enumerate(leads(pitched) or [None]):
        parts = {Role.MELODY: lead, Role.BASS: bass}
        found = {role: placed(track.notes, grid) for role, track in parts.items() if track is not None}
        yield _song(f"{name}#{number}", found, [placed(t.notes, grid) for t in pitched], placed(drums, grid), grid)


def _song(name: str, parts: dict[Role, Placed], pitched: list[Placed], drums: Placed, grid: BarGrid) -> TonalSong:
    bars = len(grid)
    weights = np.sum([pitch_class_weights(part, bars) for part in pitched], axis=0)
    bass = pitch_class_weights(parts[Role.BASS], bars) if Role.BASS in parts else np.zeros(weights.shape)
    lines = {role: (lowest_line if role is Role.BASS else highest_line)(notes, bars) for role, notes in parts.items()}
    fits = {role: fitting_bars(notes, grid) for role, notes in parts.items()}
    keys = keys_of_bars(weights.reshape(bars, BEATS_PER_BAR, -1).sum(1))
    hits = drum_hits(drums, bars) if len(drums.starts) else None
    return TonalSong(name, NAME, STYLE, lines, fits, keys, chords_of(weights, bass), hits)


def program_of(track: MidiTrack) -> int:
    """Return the first General MIDI program of a track, 0 where it names none."""
    return next((event.data[1] for event in track.controls if event.kind == PROGRAM), 0)


def leads(pitched: list[MidiTrack]) -> list[MidiTrack]:
    """Return the tracks that sound like a melody: high, of one voice, with notes enough; the busiest first."""
    able = [track for track in pitched if _is_lead(track)]
    return sorted(able, key=lambda track: -len(track.notes))[:MOST_LEADS]


def _is_lead(track: MidiTrack) -> bool:
    program = program_of(track)
    if program in BASS_PROGRAMS or program in EFFECT_PROGRAMS or len(track.notes) < LEAST_NOTES:
        return False
    starts = np.array([note.start for note in track.notes])
    together = float((np.diff(starts) < 0.05).mean())
    return together <= MOST_CHORDS and float(np.median([note.pitch for note in track.notes])) >= LOWEST_LEAD
