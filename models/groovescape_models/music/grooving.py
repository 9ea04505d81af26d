"""Applying a groove: everything of a GrooveChoice done to the notes of a pattern. Plain Python: no arrays.

A note is first brought to the grid by the share that is asked for, then led the amount's share of the way to where its
feel has it, and swung; its velocity goes the same share of the way. All of it grows with the intensity at the time the
note is written at, and none is left of it at 0.
"""

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import repeat

from groovescape_models.music.drumkit import DRUM_COUNT
from groovescape_models.music.feel import EVEN_LANES, Feel, GrooveAmount
from groovescape_models.music.groove_choice import GrooveChoice
from groovescape_models.music.meant import leaders_of, meant, places_of, player
from groovescape_models.music.pattern import Note, Pattern, Role
from groovescape_models.music.placing import placed
from groovescape_models.music.push import with_push
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
    feel = with_push(pattern, feel, choice.amount.push)
    if other_feel is not None and choice.morph_curve:
        other_feel = with_push(pattern, other_feel, choice.amount.push)
        ways = choice.morph_curve.along([note.start for note in pattern.notes], 0.0)
        feel = between(feel, other_feel, [min(1.0, max(0.0, way)) for way in ways])
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
    mixed, mixed_weight = None, 0.0
    for feel, weight in zip(feels, weights, strict=True):
        if weight > 0.0:
            mixed_weight += weight
            mixed = feel if mixed is None else between(mixed, feel, [weight / mixed_weight] * len(feel.starts))
    return replace(mixed or feels[0], grid=feels[0].grid)


def between(feel: Feel, other: Feel, ways: Sequence[float]) -> Feel:
    """Return the feel that goes ways (one a note, 0..1) from one to another; its velocities are not rounded."""

    def led(own: Sequence[float], goal: Sequence[float]) -> tuple[float, ...]:
        return tuple([a + (b - a) * way for a, b, way in zip(own, goal, ways, strict=True)])

    def led_scatter(own: Sequence[float], goal: Sequence[float]) -> tuple[float, ...]:
        still = (0.0,) * len(ways)
        return led(own or still, goal or still) if own or goal else ()

    alone = not (feel.own_velocities or other.own_velocities)
    owns, goals = feel.own_velocities or feel.velocities, other.own_velocities or other.velocities
    return Feel(
        led(feel.starts, other.starts),
        led(feel.velocities, other.velocities),
        () if alone else led(owns, goals),
        led_scatter(feel.start_scatter, other.start_scatter),
        led_scatter(feel.velocity_scatter, other.velocity_scatter),
        feel.grid,
    )


def _strengths(pattern: Pattern, choice: GrooveChoice) -> list[float]:
    """Return how much of everything each note gets: intensity, the curve where it is written, and its lane's amount."""
    amount, curve = choice.amount, choice.intensity_curve
    if curve:
        heights = curve.along([note.start for note in pattern.notes], 1.0)
        strengths = [min(MOST_INTENSE, max(0.0, amount.intensity * height)) for height in heights]
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
    quantise, swing = amount.quantise, amount.swing
    wanted = []
    tells = _own_and_late(pattern, feel.grid, amount.swing_eighths)
    for (note, goal, strength), (own, late) in zip(rows, tells, strict=True):
        way, share = strength * timing, strength * quantise
        base = note.start - own * (share if share < 1.0 else 1.0)
        wanted.append(base + (goal - base) * way + late * (swing * strength))
    return wanted


@lru_cache(maxsize=16)
def _own_and_late(pattern: Pattern, grid: int, eighths: bool) -> tuple[tuple[Quarters, Quarters], ...]:
    """Return how far each note is from the grid without meaning it, and how late a full swing plays it.

    What belongs to one place goes with the loudest note there: flams, rolls and chords stay as they are. Remembered,
    since sliders ask for it at every move.
    """
    swing = Swing.of(pattern.meter, grid, eighths=eighths)
    places = places_of(pattern, grid)
    told = {}
    for place, leader in leaders_of(pattern.notes, places, grid).items():
        own = leader.start - place[0] / grid
        told[place] = own - meant(own), swing.delay(leader.start)
    return tuple([told[place] for place in places])


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
