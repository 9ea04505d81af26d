"""From the ticks of a file to ticks of a quarter note that all its tracks share: SMPTE time, and format 2."""

import math
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from groovescape_models.music.midi_chunks import Chunk, Event, Header
from groovescape_models.music.midi_event import META, METER, TEMPO
from groovescape_models.music.midi_limits import MAX_CHANGES, RuleError
from groovescape_models.music.midi_meta import meter_of, tempo_of
from groovescape_models.music.timing import Meter

_DEFAULT_QUARTER: Final = 500_000
"""Microseconds of a quarter note where the file names no tempo: 120 bpm."""
_SMPTE_RESOLUTION: Final = 960
"""Ticks a quarter that SMPTE time is rounded to where its own ticks do not fit the tempo: 0.26 ms at 120 bpm."""
_DROP_FRAME: Final = 29
"""The frame rate that stands for 30000/1001 frames a second."""


@dataclass(frozen=True, slots=True)
class Timeline:
    """Tracks whose ticks count quarter notes from one common start."""

    ticks_per_quarter: int
    chunks: tuple[Chunk, ...]


def timeline(header: Header, chunks: tuple[Chunk, ...]) -> Timeline:
    """Return the tracks in musical time.

    SMPTE division: ticks are seconds; the tempo events of all tracks (of its own in format 2) say how many quarters
    they are. With a single tempo whose quarter is a whole number of ticks nothing is rounded, else the grid is 960 a
    quarter. Format 2 holds independent sequences: they are laid end to end, each from the first bar line behind the
    one before, and a sequence without tempo or meter goes on in those of the one before.
    Raises RuleError if the division says nothing.
    """
    resolution = header.division
    if header.division >= 0x8000:
        rate = _ticks_per_second(header.division)
        groups = [(chunk,) for chunk in chunks] if header.format == 2 else [chunks]
        resolution = _resolution(chunks, rate)
        chunks = tuple(chunk for group in groups for chunk in _musical(group, rate, resolution))
    if not resolution:
        raise RuleError("the header must say how many ticks a quarter note has, it says 0")
    return Timeline(resolution, _end_to_end(chunks, resolution) if header.format == 2 else chunks)


def events_of(chunks: Iterable[Chunk], kind: int) -> list[Event]:
    """Return the meta events of one kind in order of time, later tracks behind earlier ones at the same tick.

    Raises RuleError if they are too many.
    """
    start = bytes((META, kind))
    found = [event for chunk in chunks for event in chunk.events if event.message.startswith(start)]
    if len(found) > MAX_CHANGES:
        raise RuleError(f"its tempo or meter changes {len(found)} times, the limit is {MAX_CHANGES}")
    return sorted(found, key=lambda event: event.tick)


def _ticks_per_second(division: int) -> Fraction:
    frames, ticks = 256 - (division >> 8), division & 0xFF
    if frames not in (24, 25, _DROP_FRAME, 30) or not ticks:
        raise RuleError(f"SMPTE time must have 24, 25, 29 or 30 frames of 1..255 ticks, it has {frames} of {ticks}")
    return Fraction(30_000, 1001) * ticks if frames == _DROP_FRAME else Fraction(frames * ticks)


def _resolution(chunks: Sequence[Chunk], rate: Fraction) -> int:
    tempos = events_of(chunks, TEMPO)
    quarters = {tempo_of(event.message) for event in tempos} or {_DEFAULT_QUARTER}
    if not tempos or tempos[0].tick:
        quarters.add(_DEFAULT_QUARTER)
    exact = rate * quarters.pop() / 1_000_000
    return int(exact) if not quarters and exact.denominator == 1 and 1 <= exact <= 32767 else _SMPTE_RESOLUTION


def _musical(chunks: Sequence[Chunk], rate: Fraction, resolution: int) -> tuple[Chunk, ...]:
    """Return the chunks with their SMPTE ticks turned into ticks of a quarter note."""
    starts, begun, speeds = [0], [0.0], [_speed(_DEFAULT_QUARTER, rate, resolution)]
    for event in events_of(chunks, TEMPO):
        begun.append(begun[-1] + (event.tick - starts[-1]) * speeds[-1])
        starts.append(event.tick)
        speeds.append(_speed(tempo_of(event.message), rate, resolution))

    def musical(tick: int) -> int:
        part = bisect_right(starts, tick) - 1
        return round(begun[part] + (tick - starts[part]) * speeds[part])

    return tuple(
        Chunk(tuple(Event(musical(event.tick), event.message) for event in chunk.events), musical(chunk.end))
        for chunk in chunks
    )


def _speed(quarter: int, rate: Fraction, resolution: int) -> float:
    return float(Fraction(1_000_000 * resolution, quarter) / rate)


def _end_to_end(chunks: Sequence[Chunk], resolution: int) -> tuple[Chunk, ...]:
    start, bar, laid = 0, Meter(), []
    for chunk in chunks:
        laid.append(Chunk(tuple(Event(start + event.tick, event.message) for event in chunk.events), start + chunk.end))
        meters = events_of([chunk], METER)
        bar = meter_of(meters[-1].message) if meters else bar
        counted_from = meters[-1].tick if meters else 0
        bars = math.ceil((chunk.end - counted_from) / (bar.bar_length * resolution))
        start += math.ceil(counted_from + bars * bar.bar_length * resolution)
    return tuple(laid)
