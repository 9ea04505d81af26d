"""Melodies and basses by a Markov chain over scale steps.

When a note comes, how far it moves, and where it stands in the chord are drawn from counts of the tonal data sets
(training/line_statistics.py).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from groovescape_models.music.chords import Chord
from groovescape_models.music.key import SCALES, SEMITONES, Key

FloatArray = NDArray[np.float32]
GAPS: Final = (1, 2, 3, 4, 6, 8, 12)
"""Upper ends of the classes of gaps between onsets, in steps; longer ones and "no onset yet" are the last class."""
GAP_CLASSES: Final = len(GAPS) + 1
REACH: Final = 7
"""Longest move, in steps of the scale."""
MOVES: Final = 5
"""Classes of the last move: leap down, step down, none, step up, leap up."""
CENTRES: Final[Mapping[str, tuple[int, float]]] = {"melody": (72, 5.0), "bass": (40, 5.0)}
"""Middle pitch of each role and how far it strays (standard deviation in semitones)."""
FRACTION: Final = 0.5
"""Share of its gap that a note fills which is not held."""


@dataclass(frozen=True, slots=True)
class Struck:
    """A note of a line: first step, length in steps, MIDI pitch."""

    step: int
    steps: int
    pitch: int


def gap_class(gap: int | None) -> int:
    """Return the class of a gap in steps, None for no onset before."""
    return GAP_CLASSES - 1 if gap is None else int(np.searchsorted(GAPS, gap))


def move_class(move: int) -> int:
    """Return the class of a move in scale steps: 0 leap down, 1 step down, 2 none, 3 step up, 4 leap up."""
    return int(np.sign(move)) * (1 + (abs(move) > 2)) + MOVES // 2


def degrees_above(pitch_class: int, root: int, scale: Sequence[int]) -> int:
    """Return how many scale steps (0..6) a pitch class lies above a root, both counted from the tonic."""
    nearest = [min(range(len(scale)), key=lambda i: abs(scale[i] - pc % SEMITONES)) for pc in (pitch_class, root)]
    return (nearest[0] - nearest[1]) % len(scale)


def place_in_table(step: int, bar_steps: int, compound: bool) -> int:
    """Return the sixteenth of a 4/4 bar (0..15) whose statistics fit a place in a bar of another meter."""
    if compound:
        pulse, within = divmod(step % bar_steps, 6)
        return (pulse * 8 + round(within * 8 / 6)) % 16
    return step % bar_steps % 16


class LineChain:
    """Draws lines of one role."""

    def __init__(self, role: str, tables: Mapping[str, FloatArray]) -> None:
        """Take the tables of the role.

        "onset" (16, 8): probability of a note at a place of the bar, by the class of the gap since the last one;
        "held" (8,): probability that a note sounds until the next one, by the class of their gap; "move" (5, 15): of a
        move of -7..7 scale steps, by the class of the last move; "tone" (2, 7): of scale steps above the chord's root,
        off and on the beat.
        """
        self._role, self._tables = role, tables

    def draw(
        self,
        key: Key,
        chords: Sequence[Chord | None],
        bars: int,
        bar_steps: int,
        compound: bool,
        temperature: float,
        rng: np.random.Generator,
    ) -> tuple[Struck, ...]:
        """Return the notes of so many bars, in the scale; chords has one a bar and goes round, or is empty."""
        places = [place_in_table(step, bar_steps, compound) for step in range(bars * bar_steps)]
        onsets = self._onsets(places, temperature, rng)
        pitches = self._pitches(key, _roots(key, chords, bars), onsets, places, bar_steps, temperature, rng)
        ends = [*onsets[1:], bars * bar_steps]
        return tuple(
            Struck(onset, self._length(end - onset, rng), pitch)
            for onset, end, pitch in zip(onsets, ends, pitches, strict=True)
        )

    def _onsets(self, places: Sequence[int], temperature: float, rng: np.random.Generator) -> list[int]:
        onsets: list[int] = []
        for step, place in enumerate(places):
            chance = float(self._tables["onset"][place, gap_class(step - onsets[-1] if onsets else None)])
            if np.log(chance / (1.0 - chance)) + temperature * rng.logistic() > 0:
                onsets.append(step)
        return onsets or [0]

    def _length(self, gap: int, rng: np.random.Generator) -> int:
        held = rng.random() < self._tables["held"][gap_class(gap)]
        return gap if held else max(1, round(gap * FRACTION))

    def _pitches(
        self,
        key: Key,
        roots: Sequence[int],
        onsets: Sequence[int],
        places: Sequence[int],
        bar_steps: int,
        temperature: float,
        rng: np.random.Generator,
    ) -> list[int]:
        scale = SCALES[key.scale]
        centre, spread = CENTRES[self._role]
        ladder = np.array([pitch for pitch in range(21, 109) if key.holds(pitch)])
        near = -0.5 * ((ladder - centre) / spread) ** 2
        at, last = int(np.argmin(np.abs(ladder - centre))), 0
        pitches = []
        for onset in onsets:
            moves = np.clip(np.arange(len(ladder)) - at, -REACH - 1, REACH + 1)
            reachable = np.abs(moves) <= REACH
            likely = np.log(self._tables["move"][move_class(last), np.clip(moves, -REACH, REACH) + REACH])
            above = [degrees_above(int(pitch) - key.tonic, roots[onset // bar_steps], scale) for pitch in ladder]
            likely = likely + np.log(self._tables["tone"][int(places[onset] % 4 == 0), np.minimum(above, 6)])
            score = np.where(reachable, likely + near + temperature * rng.gumbel(size=len(ladder)), -np.inf)
            chosen = int(np.argmax(score))
            at, last = chosen, chosen - at
            pitches.append(int(ladder[chosen]))
        return pitches


def _roots(key: Key, chords: Sequence[Chord | None], bars: int) -> list[int]:
    """Return the root of each bar above the tonic; the tonic where no chord is asked for."""
    asked = [chords[bar % len(chords)] if chords else None for bar in range(bars)]
    return [0 if chord is None else (chord.root - key.tonic) % SEMITONES for chord in asked]
