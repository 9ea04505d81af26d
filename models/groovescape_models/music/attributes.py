"""Measures of a pattern, for sliders, evaluation, bench. Frozen: a figure printed today means the same next year.

What sliders set, by name (DRUM_ATTRIBUTES, LINE_ATTRIBUTES; latent/grid_attributes.py has the same on grids):

density         drums: hits a step; lines: notes a step.
syncopation     strengths of Longuet-Higgins and Lee 1984, a bar; drums: summed over the nine drums (syncopation());
                lines: and how weak the places of the notes are (line_syncopation()).
complexity      drums: phrases that each drum's rhythm falls into, summed (Lempel and Ziv 1976 on rhythms: Shmulevich
                and Povel 2000, Thul and Toussaint 2008; phrases()).
swing feel      drums: place of the off-beats in their pair in percent (Linn; swing_percent()).
velocity accent drums: how much louder hits on the beats are than others of the same drum (velocity_accent()).
pitch range     lines: highest less lowest pitch in semitones (Pati and Lerch 2021, section 4.1).
register        lines: mean MIDI pitch of the notes.
contour         lines: correlation of pitch with time, -1 falling .. 1 rising: the standardised linear term of the
                polynomial contour of Muellensiefen and Wiggins 2011.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

import numpy as np
from numpy.typing import NDArray

from groovescape_models.music.drumkit import DRUM_COUNT, drum_of
from groovescape_models.music.feel import offset_ms
from groovescape_models.music.off_beats import EIGHTH_SWING, SIXTEENTH_SWING, off_beats
from groovescape_models.music.pattern import Note, Pattern, Role
from groovescape_models.music.timing import STEPS_PER_QUARTER, Meter, Quarters, nearest_step

TWO_BARS: Final = 32
"""Steps of two bars of 4/4: what counts of phrases are scaled to."""

OFF_BEAT_SHARE: Final = 0.1
"""What a level of weakness of the mean note counts beside one syncopation a bar."""


def density(pattern: Pattern) -> float:
    """Return hits a step, all lanes together: 0 for silence, 9 where every drum is hit on every sixteenth."""
    hits = _hits(pattern)
    return int(hits.sum()) / len(hits)


def lane_density(pattern: Pattern) -> NDArray[np.float64]:
    """Return hits a step of each drum class, shape (9,), each in 0..1."""
    return np.asarray(_hits(pattern).mean(axis=0), np.float64)


def velocity_mean(pattern: Pattern) -> float:
    """Return the mean velocity in 1..127; 0 without notes."""
    return _mean([note.velocity for note in pattern.notes])


def velocity_spread(pattern: Pattern) -> float:
    """Return the standard deviation of velocities (population, 0..63); 0 without notes."""
    return _spread([note.velocity for note in pattern.notes])


def offset_mean_ms(pattern: Pattern, tempo_bpm: float) -> float:
    """Return how late (positive) the notes are against their nearest sixteenths, mean in ms; 0 without notes."""
    return _mean([offset_ms(note, tempo_bpm) for note in _drum_notes(pattern)])


def offset_std_ms(pattern: Pattern, tempo_bpm: float) -> float:
    """Return the standard deviation (population) of the offsets from the sixteenths in ms; 0 without notes."""
    return _spread([offset_ms(note, tempo_bpm) for note in _drum_notes(pattern)])


def swing_percent(pattern: Pattern, pair: Quarters = SIXTEENTH_SWING) -> float | None:
    """Return where off-beats lie in their pair, in percent: 50 is straight, 66.7 a triplet; None without off-beats.

    The mean place of the off-beats less the mean lateness of the notes on the beats, so that a drummer who is late
    throughout does not swing. Roger Linn's definition of swing. pair is EIGHTH_SWING or SIXTEENTH_SWING.
    """
    found = off_beats([note.start for note in _drum_notes(pattern)], pair)
    return None if found is None else found.percent


def metrical_weights(meter: Meter) -> tuple[int, ...]:
    """Return the weight of each sixteenth of a bar: 0 for its first, -1 for the first of its parts, and so on.

    4/4 is (0, -4, -3, -4, -2, -4, -3, -4, -1, ...). 6/8, 9/8 and 12/8 are parted by dotted quarters, other meters by
    beats. Raises ValueError if the meter counts in anything shorter than sixteenths.
    """
    weights = [0]
    for level, parts in enumerate(_divisions(meter), start=1):
        weights = [value for weight in weights for value in (weight, *[-level] * (parts - 1))]
    return tuple(weights)


def syncopation(hits: NDArray[np.bool_], meter: Meter) -> float:
    """Return the syncopation of one drum's hits on the sixteenths, shape (steps,), a bar.

    Longuet-Higgins and Lee 1984 (The Rhythmic Interpretation of Monophonic Music, Music Perception 1, 424-441): a note
    of weight N sounds until the next note; if the heaviest sixteenth R in the silence behind it outweighs it, that is
    one syncopation of strength R - N. The strengths are summed, the pattern going round as a loop (as Sioros and
    Guedes 2011 do), and divided by the number of bars. Raises ValueError as metrical_weights does.
    """
    weights = metrical_weights(meter)
    onsets = np.flatnonzero(hits)
    total, steps = 0, len(hits)
    for onset, following in zip(onsets, np.roll(onsets, -1), strict=True):
        silence = range(onset + 1, following if following > onset else following + steps)
        own = weights[onset % len(weights)]
        total += max(0, max((weights[step % steps % len(weights)] for step in silence), default=own) - own)
    return total / (steps / len(weights))


def drum_syncopation(pattern: Pattern) -> float:
    """Return the syncopation a bar (see syncopation), summed over the nine drum classes."""
    return sum(syncopation(lane, pattern.meter) for lane in _hits(pattern).T)


def phrases(hits: NDArray[np.bool_]) -> int:
    """Return the number of phrases that a rhythm, shape (steps,), falls into, read once from its beginning.

    Lempel and Ziv 1976 (On the Complexity of Finite Sequences, IEEE Trans. IT 22, 75-81): each phrase is the shortest
    stretch that has not been there before; a last, unfinished one counts. As a measure of rhythm: Shmulevich and Povel
    2000 (Complexity measures of musical rhythms), Thul and Toussaint 2008 (Rhythm complexity measures, ISMIR).
    """
    text = "".join("x" if hit else "." for hit in hits)
    start = count = 0
    while start < len(text):
        length = 1
        while start + length <= len(text) and text[start : start + length] in text[: start + length - 1]:
            length += 1
        start += length
        count += 1
    return count


def drum_complexity(pattern: Pattern) -> float:
    """Return the number of phrases (see phrases) of two bars, summed over the nine drum classes.

    A silent drum counts 2. A longer loop is the mean of its pieces of two bars of 4/4; what is shorter is scaled.
    """
    hits = _hits(pattern)
    pieces = [hits[start : start + TWO_BARS] for start in range(0, len(hits), TWO_BARS)]
    return sum(phrases(lane) for piece in pieces for lane in piece.T) * TWO_BARS / len(hits)


def swing_feel(pattern: Pattern) -> float:
    """Return the swing of the sixteenths in percent; without off-sixteenths that of the eighths, without those 50."""
    found = (swing_percent(pattern, pair) for pair in (SIXTEENTH_SWING, EIGHTH_SWING))
    return next((percent for percent in found if percent is not None), 50.0)


def velocity_accent(pattern: Pattern) -> float:
    """Return how much louder, of 127, the hits on the beats are than the others.

    Each velocity is taken against the mean of its own drum, so that a soft hi-hat between loud snares is no accent; the
    answer is the mean of these on the beats less their mean elsewhere, 0 where either has no hits. Beats are the
    quarters (the dynamic accents of metre: Lerdahl and Jackendoff 1983, chapter 4).
    """
    notes = _drum_notes(pattern)
    drums = np.array([drum_of(note.pitch) for note in notes], np.int64)
    on_beat = np.array([nearest_step(note.start) % STEPS_PER_QUARTER == 0 for note in notes], np.bool_)
    velocities = np.array([note.velocity for note in notes], np.float64)
    if not on_beat.any() or on_beat.all():
        return 0.0
    for drum in np.unique(drums):
        velocities[drums == drum] -= velocities[drums == drum].mean()
    return float(velocities[on_beat].mean() - velocities[~on_beat].mean())


def note_density(pattern: Pattern) -> float:
    """Return notes a step of a line: 0 for silence, 1 where a note begins on every sixteenth."""
    return len(_line(pattern)) / _steps(pattern)


def line_syncopation(pattern: Pattern) -> float:
    """Return the syncopation a bar (see syncopation) of where a line's notes begin, and how weak these places are.

    Most lines have few syncopations or none, so OFF_BEAT_SHARE times the metrical complexity of the mean note is added
    (Toussaint 2002: the sum of -weight over the notes, less that of as many notes on the strongest places): at most
    0.4, less than one syncopation in two bars.
    """
    onsets, weights = np.zeros(_steps(pattern), np.bool_), metrical_weights(pattern.meter)
    onsets[list(_line(pattern))] = True
    weakness = -np.resize(np.array(weights, np.float64), len(onsets))
    least = np.sort(weakness)[: int(onsets.sum())]
    complexity = (weakness[onsets].sum() - least.sum()) / max(1, len(least))
    return syncopation(onsets, pattern.meter) + OFF_BEAT_SHARE * float(complexity)


def pitch_range(pattern: Pattern) -> float:
    """Return the highest less the lowest pitch of a line in semitones; 0 without notes."""
    pitches = list(_line(pattern).values())
    return float(max(pitches) - min(pitches)) if pitches else 0.0


def register(pattern: Pattern) -> float:
    """Return the mean MIDI pitch of a line's notes; 0 without notes."""
    return _mean(list(_line(pattern).values()))


def contour(pattern: Pattern) -> float:
    """Return the correlation (Pearson) of pitch with the time of the notes: -1 falls, 1 rises; 0 if neither moves."""
    notes = _line(pattern)
    times, pitches = (np.array([*values], np.float64) for values in (notes, notes.values()))
    spread = _spread(times.tolist()) * _spread(pitches.tolist())
    return float(((times - times.mean()) * (pitches - pitches.mean())).mean() / spread) if spread > 0 else 0.0


DRUM_ATTRIBUTES: Final[Mapping[str, Callable[[Pattern], float]]] = MappingProxyType(
    {
        "density": density,
        "syncopation": drum_syncopation,
        "complexity": drum_complexity,
        "swing feel": swing_feel,
        "velocity accent": velocity_accent,
    }
)
LINE_ATTRIBUTES: Final[Mapping[str, Callable[[Pattern], float]]] = MappingProxyType(
    {
        "density": note_density,
        "syncopation": line_syncopation,
        "pitch range": pitch_range,
        "register": register,
        "contour": contour,
    }
)


def attributes_of(pattern: Pattern) -> dict[str, float]:
    """Return every attribute of a pattern that its role has a slider for, in the slider's order and its own unit."""
    table = DRUM_ATTRIBUTES if pattern.role is Role.DRUMS else LINE_ATTRIBUTES
    return {name: measure(pattern) for name, measure in table.items()}


def _divisions(meter: Meter) -> tuple[int, ...]:
    if meter.denominator > 16:
        raise ValueError(f"a beat must be a sixteenth or longer, {meter} has shorter ones")
    beats = meter.numerator
    parts = [beats // 3, 3] if meter.denominator == 8 and beats > 3 and beats % 3 == 0 else [beats]
    return tuple(factor for part in (*parts, 16 // meter.denominator) for factor in _factors(part))


def _factors(parts: int) -> list[int]:
    """Return the halvings of a number, then what is left: 4 is 2 x 2, 3 is 3, 6 is 2 x 3."""
    factors = []
    while parts % 2 == 0:
        factors.append(2)
        parts //= 2
    return factors + [parts] * (parts > 1)


def _hits(pattern: Pattern) -> NDArray[np.bool_]:
    """Return the hits of the loop, shape (steps, 9); one that rounds to the step behind the last is the first."""
    steps = _steps(pattern)
    hits = np.zeros((steps, DRUM_COUNT), np.bool_)
    for note in _drum_notes(pattern):
        hits[nearest_step(note.start) % steps, drum_of(note.pitch)] = True
    return hits


def _steps(pattern: Pattern) -> int:
    return max(1, round(pattern.length * STEPS_PER_QUARTER))


def _line(pattern: Pattern) -> dict[int, int]:
    """Return the pitch at each step where a note of a line begins: the highest of a chord, in a bass the lowest."""
    sign = -1 if pattern.role is Role.BASS else 1
    found: dict[int, int] = {}
    for note in pattern.notes:
        step = nearest_step(note.start) % _steps(pattern)
        if note.start < pattern.length:
            found[step] = sign * max(sign * note.pitch, sign * found.get(step, note.pitch))
    return dict(sorted(found.items()))


def _drum_notes(pattern: Pattern) -> list[Note]:
    return [note for note in pattern.notes if note.start < pattern.length and drum_of(note.pitch) is not None]


def _mean(values: list[float] | list[int]) -> float:
    return float(np.mean(values)) if values else 0.0


def _spread(values: list[float] | list[int]) -> float:
    return float(np.std(values)) if values else 0.0
