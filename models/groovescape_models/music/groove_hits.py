"""The hits that a groove is read from: a pattern's notes on a grid of so many steps a quarter."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from groovescape_models.music.drumkit import Drum, drum_of
from groovescape_models.music.pattern import Note, Pattern, Role
from groovescape_models.music.timing import Meter

MAX_KEPT_BARS = 4
"""A clip of so many bars keeps each of them; of a longer one the bars are taken together."""
MOST_BARS = 64
"""Where every bar is asked for, a clip of so many keeps each of them."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A note on the grid: step from the start of the clip, drum (None: for every lane), velocity in 0..1.

    offset is in steps, -0.5..0.5, positive late.
    """

    step: int
    drum: Drum | None
    velocity: float
    offset: float


def notes_of(pattern: Pattern) -> tuple[tuple[Note, Drum | None], ...]:
    """Return the notes that a pattern's groove is read from, with the lane of each.

    Of drums on several pitches, the notes of the nine classes. A line, a clip of one pitch and one of no drum class
    are a groove for every lane: None. Notes past the length of the loop are left out.
    """
    sounding = [note for note in pattern.notes if note.start < pattern.length]
    drums = [(note, drum_of(note.pitch)) for note in sounding]
    known = tuple((note, drum) for note, drum in drums if drum is not None)
    if pattern.role is Role.DRUMS and known and len({note.pitch for note in sounding}) > 1:
        return known
    return tuple((note, None) for note in sounding)


def hits_of(notes: Iterable[tuple[Note, Drum | None]], grid: int) -> tuple[Hit, ...]:
    """Return one hit a cell, the loudest (of equals the first): a flam or a roll has the place of its main stroke."""
    loudest: dict[tuple[int, Drum | None], Hit] = {}
    for note, drum in notes:
        place = note.start * grid
        step = int(place + 0.5)
        hit = Hit(step, drum, note.velocity / 127.0, place - step)
        if (step, drum) not in loudest or hit.velocity > loudest[step, drum].velocity:
            loudest[step, drum] = hit
    return tuple(loudest.values())


def unit_bars(meter: Meter, grid: int) -> int:
    """Return the least number of bars that are whole steps of a grid: 1 for 4/4, 2 for 7/8 on triplets."""
    return (Fraction(4 * meter.numerator, meter.denominator) * grid).denominator


def table_bars(bars: int, meter: Meter, grid: int, most: int = MAX_KEPT_BARS) -> int:
    """Return how many bars the table of a clip has: all of up to so many, the least that is whole of a longer one."""
    unit = unit_bars(meter, grid)
    return -(-bars // unit) * unit if bars <= most else unit


def steps_in(bars: int, meter: Meter, grid: int) -> int:
    """Return the number of steps of bars that are whole steps (see unit_bars)."""
    return int(Fraction(4 * meter.numerator, meter.denominator) * grid * bars)
