"""A line whose notes begin elsewhere: moved notes keep their pitch, new ones get a likely pitch near those around."""

from typing import Final

import numpy as np

from groovescape_models.encoding.lines import FIRST_NOTE, HOLD, NOTE_OFF, Tokens
from groovescape_models.music.groove import BoolArray, FloatArray

NEAR_STEPS: Final = 2
"""A note that begins so many sixteenths from one that went is that note, moved."""
LENGTH: Final = 4
"""Sixteenths that a new note in silence sounds at most."""
PER_SEMITONE: Final = 0.3
"""Nats that a new note loses a semitone of leap from the notes around it."""
NOT_ALLOWED: Final = 1e6


def with_onsets(tokens: Tokens, wanted: BoolArray, logits: FloatArray, allowed: BoolArray) -> Tokens:
    """Return tokens (steps,) whose notes begin where wanted, (steps,), says.

    logits (steps, 90) say which pitch is likely, allowed (steps, 90) which may be. A note that goes leaves its time to
    the note before it.
    """
    old = tokens >= FIRST_NOTE
    edited = np.where(old & ~wanted, HOLD, tokens).astype(np.int16)
    gone = [int(step) for step in np.flatnonzero(old & ~wanted)]
    for step in np.flatnonzero(wanted & ~old).tolist():
        near = min(gone, key=lambda other: abs(other - step), default=None)
        if near is not None and abs(near - step) <= NEAR_STEPS:
            gone.remove(near)
            edited = _put(edited, step, int(tokens[near]))
        else:
            edited = _put(edited, step, _likely(edited, step, logits[step], allowed[step]))
    return tidy(edited)


def _put(tokens: Tokens, step: int, token: int) -> Tokens:
    """Return tokens with a note at a step; in silence it is ended after LENGTH."""
    silent = not _sounds(tokens, step)
    following = np.flatnonzero(tokens[step + 1 :] >= FIRST_NOTE)
    end = step + 1 + int(following[0]) if len(following) else len(tokens)
    tokens = tokens.copy()
    tokens[step] = token
    if silent and end - step > LENGTH:
        tokens[step + LENGTH] = NOTE_OFF
    return tokens


def _sounds(tokens: Tokens, step: int) -> bool:
    """Return whether a note that began before a step lasts there."""
    events = np.flatnonzero(tokens[: step + 1])
    return bool(len(events)) and int(tokens[events[-1]]) >= FIRST_NOTE


def _likely(tokens: Tokens, step: int, logits: FloatArray, allowed: BoolArray) -> int:
    """Return the token of a new note at a step: likely there, and near the notes before and behind it."""
    steps = np.flatnonzero(tokens >= FIRST_NOTE)
    before, behind = steps[steps < step][-1:], steps[steps > step][:1]
    around = tokens[np.concatenate([before, behind])].astype(np.float64)
    scores = logits[FIRST_NOTE:] - np.where(allowed[FIRST_NOTE:], 0.0, NOT_ALLOWED)
    choices = np.arange(FIRST_NOTE, len(logits))
    for other in around:
        scores = scores - PER_SEMITONE * np.abs(choices - other)
    return int(choices[int(np.argmax(scores))])


def tidy(tokens: Tokens) -> Tokens:
    """Return the same line with no note ended that does not sound."""
    sounding, clean = False, tokens.copy()
    for step, token in enumerate(tokens.tolist()):
        if token == NOTE_OFF and not sounding:
            clean[step] = HOLD
        sounding = token >= FIRST_NOTE or (sounding and token != NOTE_OFF)
    return clean
