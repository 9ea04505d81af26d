"""How loud the notes of a line are: by the beat they fall on, how high and long they are, and what came before.

The figures are a least-squares fit to the 84,769 melody notes of the 249 songs of POP909's first 250 whose melody has
dynamics (Wang et al. 2020, MIT; played on a keyboard): a quarter of what varies from note to note in the mean song is
left to chance here, as it is there in kind.
"""

from itertools import pairwise
from typing import Final

import numpy as np

from groovescape_models.encoding.lines import FIRST_NOTE, STEPS_PER_BAR, Tokens
from groovescape_models.inference.sampling import FloatArray

MEAN: Final = 95.0
"""Velocity of a line, of 127: the mean song's."""
ACCENTS: Final = np.array([2.2, -3.0, -1.0, -1.4, 1.4, -0.4, 0.1, -1.0, 2.3, -1.9, -0.3, 0.1, 2.0, -0.6, 0.0, -1.1])
"""Velocity that each sixteenth of a bar of 4/4 adds."""
PER_SEMITONE: Final = 0.69
"""Velocity a semitone above the line's mean pitch, up to an octave: a line that rises grows."""
PER_QUARTER: Final = 1.88
"""Velocity a quarter note of length, up to two."""
AFTER_REST: Final = 1.61
"""Velocity of the first note of a phrase: one behind a quarter and a half without another."""
REST_STEPS: Final = 6
CHANCE: Final = 2.5
"""Standard deviation of what nothing here explains, as far as it is worth playing."""
LOUDEST, SOFTEST = 118.0, 62.0


def line_velocity(tokens: Tokens, rng: np.random.Generator | None = None) -> FloatArray:
    """Return the velocity of the note that begins at each step of a line, 0..1, float32 (steps,); 0 where none does.

    Without rng nothing is left to chance.
    """
    steps = np.flatnonzero(tokens >= FIRST_NOTE)
    velocities = np.zeros(len(tokens), np.float32)
    if not len(steps):
        return velocities
    events = [*np.flatnonzero(tokens).tolist(), len(tokens)]
    lengths = {step: end - step for step, end in pairwise(events)}
    pitches = tokens[steps].astype(np.float64)
    gaps = np.diff(steps, prepend=steps[0] - REST_STEPS - 1)
    loud = MEAN + ACCENTS[steps % STEPS_PER_BAR]
    loud += PER_SEMITONE * np.clip(pitches - pitches.mean(), -12.0, 12.0)
    loud += PER_QUARTER * (np.minimum([lengths[int(step)] for step in steps], 8) / 4.0 - 0.5)
    loud += AFTER_REST * (gaps > REST_STEPS)
    if rng is not None:
        loud += CHANCE * rng.standard_normal(len(steps))
    velocities[steps] = (np.clip(loud, SOFTEST, LOUDEST) / 127.0).astype(np.float32)
    return velocities
