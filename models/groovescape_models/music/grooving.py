"""Applying a groove: everything of a GrooveChoice done to the notes of a pattern. Plain Python: no arrays.

A note is first brought to the grid by the share that is asked for, then led the amount's share of the way to where its
feel has it, and swung; its velocity goes the same share of the way. All of it grows with the intensity at the time the
note is written at, and none is left of it at 0.
"""

from collections.abc import Sequence
from dataclasses import replace
from itertools import repeat

from groovescape_models.music.drumkit import DRUM_COUNT
from groovescape_models.music.feel import EVEN_LANES, Feel, GrooveAmount
from groovescape_models.music.groove_choice import GrooveChoice
from groovescape_models.music.meant import leaders_of, meant, places_of, player
from groovescape_models.music.pattern import Note, Pattern, Role
from groovescape_models.music.placing import placed
from groovescape_models.music.swing import Swing
from groovescape_models.music.timing import Quarters

MOST_INTENSE = 1.5
"""What an intensity and a curve together come to at most."""


def played(pattern: Pattern, feel: Feel | None, other_feel: Feel | None, choice: GrooveChoice) -> Pattern:
    """Return the pattern as a groove plays it: the same notes, other starts and velocities (see played_in_order)."""
    notes = played_in_order(pattern, feel, other_feel, choice)
    return pattern if notes is pattern.notes else pattern.with_notes(notes)


def played_in_order(
    pattern: Pattern, feel: Feel | None, other_feel: Feel | None, choice: GrooveChoice
) -> tuple[Note, ...]:
    """Return the notes as they are played, aligned with pattern.notes: one that overtakes another keeps its index.

    Without a feel, and at intensity 0, they are the notes as they are. What notes of one pitch keep: see placed().
    Raises ValueError if a feel belongs to another pattern (its count of notes differs).
    """
    for known in (feel, other_feel):
        if known is not None and len(known.starts) != len(pattern.notes):
            raise ValueError(f"the feel is for {len(known.starts)} notes, the pattern has {len(pattern.notes)}")
    if feel is None or choice.amount.intensity == 0.0:
        return pattern.notes
    if other_feel is not None and choice.morph_curve:
        ways = [min(1.0, max(0.0, choice.morph_curve.at(note.start, 0.0))) for note in pattern.notes]
        feel = _mixed((feel, other_feel), ([1.0 - way for way in ways], ways))
    strengths = _strengths(pattern, choice)
    starts = _starts(pattern, feel, choice.amount, strengths)
    return placed(pattern.notes, starts, _velocities(pattern, feel, choice.amount, strengths))


def apply_feel(pattern: Pattern, feel: Feel, amount: GrooveAmount) -> Pattern:
    """Return the pattern moved towards one feel, without curves."""
    return played(pattern, feel, None, GrooveChoice(amount=amount))


def apply_feel_in_order(pattern: Pattern, feel: Feel, amount: GrooveAmount) -> tuple[Note, ...]:
    """Return the notes of apply_feel aligned with pattern.notes."""
    return played_in_order(pattern, feel, None, GrooveChoice(amount=amount))


def blend_feels(feels: Sequence[Feel], weights: Sequence[float]) -> Feel:
    """Return the mix of feels of one pattern, by weights that come to 1.

    A feel of weight 1 among others of 0 comes back as it is. The grid is that of the first. Raises ValueError if there
    is no feel, if the feels are of different patterns, or if there are more or fewer weights.
    """
    if not feels or len(feels) != len(weights) or len({len(feel.starts) for feel in feels}) != 1:
        raise ValueError("a mix needs feels of one pattern, and a weight for each")
    heard = [(feel, weight) for feel, weight in zip(feels, weights, strict=True) if weight > 0.0]
    if len(heard) == 1:
        return replace(heard[0][0], grid=feels[0].grid)
    count = len(feels[0].starts)
    mixed = _mixed(tuple(feel for feel, _ in heard), tuple([weight] * count for _, weight in heard))
    return replace(mixed, grid=feels[0].grid)


def _mixed(feels: tuple[Feel, ...], weights: tuple[Sequence[float], ...]) -> Feel:
    """Return the mix of feels by weights, one a note each; velocities are not rounded any more."""

    def mix(columns: list[Sequence[float]]) -> tuple[float, ...]:
        shares = [
            [w * v for w, v in zip(row, column, strict=True)] for row, column in zip(weights, columns, strict=True)
        ]
        return tuple(map(sum, zip(*shares, strict=True)))

    def filled(name: str, instead: str) -> tuple[float, ...]:
        if not any(getattr(feel, name) for feel in feels):
            return ()
        silent = (0.0,) * len(feels[0].starts)
        return mix([getattr(feel, name) or getattr(feel, instead, silent) for feel in feels])

    return Feel(
        mix([feel.starts for feel in feels]),
        mix([feel.velocities for feel in feels]),
        filled("own_velocities", "velocities"),
        filled("start_scatter", ""),
        filled("velocity_scatter", ""),
        feels[0].grid,
    )


def _strengths(pattern: Pattern, choice: GrooveChoice) -> list[float]:
    """Return how much of everything each note gets: intensity, the curve where it is written, and its lane's amount."""
    amount, curve = choice.amount, choice.intensity_curve
    if curve:
        strengths = [min(MOST_INTENSE, max(0.0, amount.intensity * curve.at(n.start, 1.0))) for n in pattern.notes]
    else:
        strengths = [amount.intensity] * len(pattern.notes)
    if amount.lanes == EVEN_LANES or pattern.role is not Role.DRUMS:
        return strengths
    lanes = {pitch: player(pitch) for pitch in {note.pitch for note in pattern.notes}}
    factors = {pitch: amount.lanes[lane] if 0 <= lane < DRUM_COUNT else 1.0 for pitch, lane in lanes.items()}
    return [strength * factors[n.pitch] for strength, n in zip(strengths, pattern.notes, strict=True)]


def _starts(pattern: Pattern, feel: Feel, amount: GrooveAmount, strengths: list[float]) -> list[Quarters]:
    """Return where each note is wanted."""
    goals: Sequence[Quarters] = feel.starts
    if amount.spread and feel.start_scatter:
        goals = [s + amount.spread * scatter for s, scatter in zip(goals, feel.start_scatter, strict=True)]
    timing, rows = amount.timing, zip(pattern.notes, goals, strengths, strict=True)
    if not amount.quantise and not amount.swing:
        return [note.start + (goal - note.start) * (strength * timing) for note, goal, strength in rows]
    wanted = []
    for (note, goal, strength), (own, late) in zip(rows, _own_and_late(pattern, feel.grid, amount), strict=True):
        base = note.start - own * min(1.0, strength * amount.quantise)
        wanted.append(base + (goal - base) * (strength * timing) + late * strength)
    return wanted


def _own_and_late(pattern: Pattern, grid: int, amount: GrooveAmount) -> list[tuple[Quarters, Quarters]]:
    """Return how far each note is from the grid without meaning it, and how late the swing plays it.

    What belongs to one place goes with the loudest note there: flams, rolls and chords stay as they are.
    """
    swing = Swing.of(pattern.meter, amount, grid)
    places = places_of(pattern, grid)
    told = {}
    for place, leader in leaders_of(pattern.notes, places, grid).items():
        own = leader.start - place[0] / grid
        told[place] = own - meant(own), swing.delay(leader.start)
    return [told[place] for place in places]


def _velocities(pattern: Pattern, feel: Feel, amount: GrooveAmount, strengths: list[float]) -> list[float]:
    """Return how hard each note is wanted, not yet rounded."""
    goals: Sequence[float] = feel.velocities
    if feel.own_velocities and amount.respect < 1.0:
        respect = amount.respect
        goals = [own + (kept - own) * respect for kept, own in zip(goals, feel.own_velocities, strict=True)]
    scatter = feel.velocity_scatter if amount.spread else ()
    spread, share = amount.spread, amount.velocity
    rows = zip(pattern.notes, goals, scatter or repeat(0.0), strengths, strict=False)
    return [n.velocity + (goal + s * spread - n.velocity) * (strength * share) for n, goal, s, strength in rows]
