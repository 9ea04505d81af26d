"""MIDI files for the converters, written by mido: what a performer or a sequencer would leave, made anew each time.

Nothing in them is ambiguous: no note ends or begins midway between two steps, and none sounds twice at once, where
readers of MIDI differ in which of the two a note-off ends.
"""

import random
from collections.abc import Sequence
from pathlib import Path

import mido

TICKS = 480
STEP = TICKS // 4
BAR = 4 * TICKS
MEMORY = 14
"""Pitches that are not used again at once."""
Played = tuple[int, int, int, int]
"""Start and end in ticks, pitch, velocity."""


def write_tracks(path: Path, tracks: Sequence[tuple[int, int, Sequence[Played]]], tempo_bpm: float, bars: int) -> Path:
    """Write tracks of (channel, program, notes) and return the file."""
    file = mido.MidiFile(ticks_per_beat=TICKS)
    head = mido.MidiTrack()
    head.append(mido.MetaMessage("set_tempo", tempo=mido.bpm2tempo(tempo_bpm)))
    head.append(mido.MetaMessage("time_signature", numerator=4, denominator=4))
    file.tracks.append(head)
    for channel, program, notes in tracks:
        track = mido.MidiTrack([mido.Message("program_change", channel=channel, program=program)])
        events = [(end, 0, pitch, 0) for _, end, pitch, _ in notes]
        events += [(start, 1, pitch, velocity) for start, _, pitch, velocity in notes]
        now = 0
        for tick, _, pitch, velocity in sorted(events):
            track.append(mido.Message("note_on", channel=channel, note=pitch, velocity=velocity, time=tick - now))
            now = tick
        track.append(mido.MetaMessage("end_of_track", time=max(0, bars * BAR - now)))
        file.tracks.append(track)
    file.save(path)
    return path


def drums(rng: random.Random, bars: int, pitches: Sequence[int], played: bool) -> list[Played]:
    """Return drums that hit something in each bar; played ones are early or late, and doubled now and then."""
    notes = []
    for step in range(16 * bars):
        for pitch in pitches:
            if rng.random() < 0.12 or (step % 16 == 4 and pitch == pitches[0]):
                late = rng.randint(-STEP * 2 // 5, STEP * 2 // 5) if played and step % 16 else 0
                start = step * STEP + late
                notes.append((start, start + STEP // 2, pitch, rng.randint(20, 127)))
    return notes


def line(rng: random.Random, bars: int, lowest: int, highest: int) -> list[Played]:
    """Return a line with rests, overlaps, chords and notes off the grid, the first in the first bar."""
    notes, step = [], rng.randint(0, 3)
    sounding: list[int] = []
    while step < 16 * bars - 1:
        start = step * STEP + rng.randint(-STEP // 3, STEP // 3) if step else 0
        length = rng.choice((1, 1, 2, 2, 3, 4, 6))
        end = start + length * STEP - rng.randint(0, STEP // 8)
        pitch = rng.choice([each for each in range(lowest, highest) if each not in sounding])
        sounding = [*sounding, pitch, pitch - 7][-MEMORY:]
        notes.append((start, min(end, 16 * bars * STEP), pitch, rng.randint(40, 120)))
        if rng.random() < 0.2:
            notes.append((start, min(end + STEP, 16 * bars * STEP), pitch - 7, 60))
        step += rng.choice((1, 2, 2, 3, 4, 4, 5))
    return notes
