"""How far a groove is early or late as a whole: a drummer's place beside the beat, apart from his inner feel."""

from collections import deque
from collections.abc import Sequence
from dataclasses import replace
from statistics import median
from typing import Final

from groovescape_models.music.feel import Feel
from groovescape_models.music.pattern import Note, Pattern
from groovescape_models.music.timing import Quarters

_remembered: Final[deque[tuple[Pattern, Feel, Quarters]]] = deque(maxlen=8)
"""What was asked for last, by the very same objects: a slider asks for it again with every movement."""


def push_of(pattern: Pattern, feel: Feel) -> Quarters:
    """Return how late (negative: early) a feel is in common: the median of the notes that it moves, 0 without any."""
    for known, felt, push in tuple(_remembered):
        if known is pattern and felt is feel:
            return push
    moves = (start - note.start for note, start in zip(pattern.notes, feel.starts, strict=True))
    moved = [move for move in moves if move != 0.0]
    push = median(moved) if moved else 0.0
    _remembered.append((pattern, feel, push))
    return push


def with_push(pattern: Pattern, feel: Feel, share: float) -> Feel:
    """Return a feel with a share (0..1) of what it is early or late in common; notes that it leaves alone stay."""
    return feel if share == 1.0 else led_back(pattern.notes, feel, (1.0 - share) * push_of(pattern, feel))


def led_back(notes: Sequence[Note], feel: Feel, back: Quarters) -> Feel:
    """Return the feel of some notes with each that it moves so much earlier."""
    rows = zip(notes, feel.starts, strict=True)
    return replace(feel, starts=tuple([start - back if start != note.start else start for note, start in rows]))
