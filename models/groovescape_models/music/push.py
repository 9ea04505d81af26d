"""How far a groove is early or late as a whole: a drummer's place beside the beat, apart from his inner feel."""

from dataclasses import replace
from statistics import median

from groovescape_models.music.feel import Feel
from groovescape_models.music.pattern import Pattern
from groovescape_models.music.timing import Quarters


def push_of(pattern: Pattern, feel: Feel) -> Quarters:
    """Return how late (negative: early) a feel is in common: the median of the notes that it moves, 0 without any."""
    moves = (start - note.start for note, start in zip(pattern.notes, feel.starts, strict=True))
    felt = [move for move in moves if move != 0.0]
    return median(felt) if felt else 0.0


def with_push(pattern: Pattern, feel: Feel, share: float) -> Feel:
    """Return a feel with a share (0..1) of what it is early or late in common; notes that it leaves alone stay."""
    if share == 1.0:
        return feel
    back = (1.0 - share) * push_of(pattern, feel)
    rows = zip(pattern.notes, feel.starts, strict=True)
    return replace(feel, starts=tuple([start - back if start != note.start else start for note, start in rows]))
