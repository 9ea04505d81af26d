"""The feel of a song's part where meter and tempo change on the way: each stretch is felt in its own."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import Final

from groovescape_models.engines.engine import FeelRequest
from groovescape_models.music.feel import Feel
from groovescape_models.music.midi_song import MidiSong
from groovescape_models.music.pattern import Pattern
from groovescape_models.music.timing import MAX_TEMPO_BPM, MIN_TEMPO_BPM, Meter, Quarters

ANOTHER_TEMPO: Final = 0.1
"""Share by which a tempo must differ to be another: within it, drummers play the same way."""
_SLACK: Final = 1e-6


@dataclass(frozen=True, slots=True)
class Stretch:
    """From a bar line on, this meter and tempo."""

    start: Quarters
    meter: Meter
    tempo_bpm: float


def stretches_of(song: MidiSong) -> tuple[Stretch, ...]:
    """Return where a song changes its meter, or its tempo by more than ANOTHER_TEMPO, from the bar line before that."""
    found = [Stretch(0.0, song.meter, song.tempo_bpm)]
    for time, meter, tempo_bpm in _changes(song):
        last = found[-1]
        if meter != last.meter:
            start = time
        elif abs(tempo_bpm / last.tempo_bpm - 1.0) > ANOTHER_TEMPO:
            bar = last.meter.bar_length
            start = last.start + int((time - last.start) / bar + _SLACK) * bar
        else:
            continue
        if start <= last.start:
            found.pop()
        found.append(Stretch(start, meter, tempo_bpm))
    return tuple(found)


def feel_in_song(source: Callable[[FeelRequest], Feel], request: FeelRequest, song: MidiSong) -> Feel:
    """Return the feel of a request's pattern, which is a part of a song: bars and tempo are those of each stretch.

    Starts are in quarters, so that offsets are shares of the beat and last longer where the music slows. The grid is
    that of most notes.
    """
    stretches = stretches_of(song)
    ends = [stretch.start for stretch in stretches[1:]] + [max(request.pattern.length, stretches[-1].start + 1.0)]
    if len(stretches) == 1:
        return source(request)
    feels = []
    for stretch, end in zip(stretches, ends, strict=True):
        part = _part(request.pattern, stretch, end, is_last=stretch is stretches[-1])
        if part.notes:
            feel = source(replace(request, pattern=part, tempo_bpm=stretch.tempo_bpm))
            feels.append(replace(feel, starts=tuple(start + stretch.start for start in feel.starts)))
    return _joined(feels)


def _changes(song: MidiSong) -> list[tuple[Quarters, Meter, float]]:
    """Return (time, meter, tempo) wherever a song names one anew after its beginning."""
    meter, tempo_bpm, rows = song.meter, song.tempo_bpm, []
    meters = {change.time: change.meter for change in song.meters}
    tempos = {change.time: change.bpm for change in song.tempos}
    for time in sorted((meters.keys() | tempos.keys()) - {0.0}):
        meter = meters.get(time, meter)
        tempo_bpm = min(MAX_TEMPO_BPM, max(MIN_TEMPO_BPM, tempos.get(time, tempo_bpm)))
        rows.append((time, meter, tempo_bpm))
    return rows


def _part(pattern: Pattern, stretch: Stretch, end: Quarters, *, is_last: bool) -> Pattern:
    """Return the notes of a stretch as a pattern that begins with it."""
    start = stretch.start
    notes = (note for note in pattern.notes if start <= note.start and (is_last or note.start < end))
    moved = tuple(replace(note, start=note.start - start) for note in notes)
    return replace(pattern, notes=moved, length=end - start, meter=stretch.meter)


def _joined(feels: Sequence[Feel]) -> Feel:
    """Return feels that follow each other as one."""

    def column(name: str) -> tuple[float, ...]:
        whole = all(getattr(feel, name) for feel in feels)
        return tuple(chain.from_iterable(getattr(feel, name) for feel in feels)) if whole else ()

    notes = Counter[int]()
    for feel in feels:
        notes[feel.grid] += len(feel.starts)
    return Feel(
        column("starts"),
        column("velocities"),
        tuple(chain.from_iterable(feel.own_velocities or feel.velocities for feel in feels)),
        column("start_scatter"),
        column("velocity_scatter"),
        max(notes, key=lambda grid: notes[grid], default=Feel((), ()).grid),
    )
