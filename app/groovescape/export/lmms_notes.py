"""Notes in LMMS's own numbers: ticks of 1/48 quarter, keys, volumes; and what the rounding costs."""

from dataclasses import dataclass
from typing import Final

from groovescape.export.lmms_version import LmmsVersion
from groovescape_models.music.drumkit import LMMS_KEY_SHIFT
from groovescape_models.music.pattern import Note, Pattern
from groovescape_models.music.timing import Quarters, quarter_ms

TICKS_PER_QUARTER: Final = 48
_VOLUME_AT_127: Final = 200
_KEY_COUNT: Final = {LmmsVersion.V1_2: 108, LmmsVersion.MASTER: 128}


@dataclass(frozen=True, slots=True, order=True)
class LmmsNote:
    """One note as LMMS stores it: position and length in ticks, key, volume 0..200."""

    pos: int
    len: int
    key: int
    vol: int


def ticks(time: Quarters) -> int:
    """Return the LMMS tick nearest to a time; LMMS itself would cut the rest off, up to 10 ms at 120 bpm."""
    return round(time * TICKS_PER_QUARTER)


def lmms_key(pitch: int, version: LmmsVersion) -> int | None:
    """Return LMMS's key of a MIDI pitch, None if its piano has no such key."""
    key = pitch - LMMS_KEY_SHIFT if version is LmmsVersion.V1_2 else pitch
    return key if 0 <= key < _KEY_COUNT[version] else None


def _tick_in_loop(start: Quarters, loop_ticks: int) -> int:
    return max(0, min(ticks(start), loop_ticks - 1))


def _lmms_note(note: Note, key: int, loop_ticks: int) -> LmmsNote:
    pos = _tick_in_loop(note.start, loop_ticks)
    length = max(1, min(ticks(note.end), loop_ticks) - pos)  # up to the tick of a note that follows at once
    return LmmsNote(pos, length, key, round(note.velocity * _VOLUME_AT_127 / 127))


def played_notes(pattern: Pattern) -> tuple[Note, ...]:
    """Return the notes that the loop plays: those that start before its end."""
    return tuple(note for note in pattern.notes if note.start < pattern.length)


def lmms_notes(pattern: Pattern, version: LmmsVersion) -> tuple[LmmsNote, ...]:
    """Return the notes of one loop of the pattern, sorted.

    A note within half a tick of the loop's end stays inside it and no note rings past it: either would make LMMS's
    clip a bar longer. Pitches for which LMMS has no key are left out.
    """
    loop_ticks = max(1, ticks(pattern.length))
    keyed = ((note, lmms_key(note.pitch, version)) for note in played_notes(pattern))
    return tuple(sorted(_lmms_note(note, key, loop_ticks) for note, key in keyed if key is not None))


def lmms_error_ms(pattern: Pattern, tempo_bpm: float) -> float:
    """Return the largest distance in milliseconds between a note and the tick that LMMS will play it at.

    0 if nothing is played; at most 5.2 ms at 120 bpm, but for a note that is kept inside the end of the loop.
    """
    loop_ticks = max(1, ticks(pattern.length))
    errors = (
        abs(note.start - _tick_in_loop(note.start, loop_ticks) / TICKS_PER_QUARTER) for note in played_notes(pattern)
    )
    return max(errors, default=0.0) * quarter_ms(tempo_bpm)
