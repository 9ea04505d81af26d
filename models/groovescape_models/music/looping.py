"""Patterns of different lengths in one loop."""

from dataclasses import replace

from groovescape_models.music.pattern import Pattern
from groovescape_models.music.timing import STEP, Quarters


def looped(pattern: Pattern, length: Quarters) -> Pattern:
    """Return a pattern repeated until a length in quarters, cut there; one that is as long already stays as it is.

    One that is shorter than a step is played once.
    """
    if pattern.length >= length:
        return pattern
    if pattern.length < STEP:
        return replace(pattern, length=length)
    rounds = int(-(-length // pattern.length))
    notes = (
        replace(note, start=note.start + turn * pattern.length)
        for turn in range(rounds)
        for note in pattern.notes
        if note.start < pattern.length and note.start + turn * pattern.length < length
    )
    return replace(pattern, notes=tuple(notes), length=length)
