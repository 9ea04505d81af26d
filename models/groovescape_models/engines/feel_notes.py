"""From cells to notes: what each note of a pattern becomes when its cell is played so."""

from dataclasses import dataclass

from groovescape_models.engines.cell_feel import Array
from groovescape_models.engines.feel_loudness import loudness_of
from groovescape_models.engines.felt_cells import FeltCells
from groovescape_models.music.feel import Feel
from groovescape_models.music.meant import OFF_GRID, Place, meant, told_anew
from groovescape_models.music.timing import Quarters


@dataclass(frozen=True, slots=True)
class Timing:
    """How a place is played: late by so many quarters, scattered by so many more, and swung to another place."""

    offset: Quarters
    scatter: Quarters
    swing: Quarters


@dataclass(frozen=True, eq=False)
class Plan:
    """How the cells of a pattern are played, (K,) each, and the places of pitches that are of no drum class.

    Offsets, their scatter and swing are in quarters, velocity and its scatter in 0..1.
    """

    offset: Array
    offset_scatter: Array
    swing: Array
    velocity: Array
    velocity_scatter: Array
    others: dict[Place, Timing]


def feel_of(felt: FeltCells, plan: Plan, *, scatters: bool) -> Feel:
    """Return the feel of a pattern whose cells are played as planned; one that draws nothing has no scatter."""
    timings = dict(plan.others)
    columns = (plan.offset.tolist(), plan.offset_scatter.tolist(), plan.swing.tolist())
    timings |= {cell: Timing(*row) for cell, row in zip(felt.cells, zip(*columns, strict=True), strict=True)}
    moves = {place: moves_of(felt, place, timing) for place, timing in timings.items()}
    shifts = [moves.get(place, (0.0, 0.0)) for place in felt.places]
    loudness = loudness_of(felt, plan.velocity, plan.velocity_scatter)
    return Feel(
        tuple(note.start + shift for note, (shift, _) in zip(felt.pattern.notes, shifts, strict=True)),
        loudness.kept,
        loudness.own,
        tuple(scatter for _, scatter in shifts) if scatters else (),
        loudness.scatter if scatters else (),
        felt.grid,
    )


def moves_of(felt: FeltCells, place: Place, timing: Timing) -> tuple[Quarters, Quarters]:
    """Return how far the notes of a place move for its loudest to be played so, and how far they scatter.

    What that note is off the grid by intention stays, and the part of the offset that means the same (a triplet is
    an offset too) is not added to it once more; nor is such a note swung.
    """
    own = felt.leaders[place].start - place[0] / felt.grid
    intended = meant(own)

    def played(offset: Quarters) -> Quarters:
        return min(felt.edge, max(-felt.edge, intended + told_anew(intended, offset)))

    median = played(timing.offset)
    swung = timing.swing * (1.0 - min(1.0, abs(intended) / OFF_GRID))
    return median - own + swung, played(timing.offset + timing.scatter) - median
