"""The attributes of music/attributes.py, measured on many grids at once: the same numbers, each float64 (n,)."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

import numpy as np
from numpy.typing import NDArray

from groovescape_models.encoding.lines import FIRST_NOTE, MIN_PITCH, Tokens
from groovescape_models.latent.rhythm_bits import graded_syncopations, packed, phrases, syncopations
from groovescape_models.music.attributes import TWO_BARS
from groovescape_models.music.groove import BoolArray, FloatArray

Floats = NDArray[np.float64]
BEAT: Final = 4
_EARLY, _LATE = -0.25, 5 / 12
"""Offsets in steps within which an off-beat of its pair of sixteenths counts (attributes.swing_percent)."""
_ON: Final = 0.25
"""Offset within which a note on the beat of its pair counts."""


def drum_density(hits: BoolArray) -> Floats:
    """Return hits a step of hits (n, steps, 9)."""
    return np.asarray(hits.sum((1, 2)) / hits.shape[1], np.float64)


def drum_syncopation(hits: BoolArray) -> Floats:
    """Return the syncopation a bar of hits (n, steps, 9), summed over the drums."""
    return np.asarray(syncopations(packed(hits.transpose(0, 2, 1)), hits.shape[1]).sum(axis=1), np.float64)


def drum_complexity(hits: BoolArray) -> Floats:
    """Return the phrases of two bars of hits (n, steps, 9), summed over the drums; steps is a multiple of 32."""
    pieces = hits.shape[1] // TWO_BARS
    rows = packed(hits.reshape(len(hits), pieces, TWO_BARS, -1).transpose(0, 1, 3, 2))
    return np.asarray(phrases(rows, TWO_BARS).sum(axis=(1, 2)) / pieces, np.float64)


def sixteenth_swing(hits: BoolArray, offsets: FloatArray) -> Floats:
    """Return the swing of the sixteenths in percent, NaN without off-sixteenths; both are (n, steps, 9)."""
    off = np.where(hits[:, 1::2] & (offsets[:, 1::2] >= _EARLY) & (offsets[:, 1::2] < _LATE), offsets[:, 1::2], np.nan)
    on = np.where(hits[:, 0::2] & (np.abs(offsets[:, 0::2]) < _ON), offsets[:, 0::2], np.nan)
    places = _nan_mean(off), np.nan_to_num(_nan_mean(on))
    swing: Floats = 50.0 + 50.0 * (places[0] - places[1])
    return swing


def velocity_accent(hits: BoolArray, velocities: FloatArray) -> Floats:
    """Return how much louder, of 127, hits on the beats are than others of their drum; both (n, steps, 9), 0..1."""
    count = np.maximum(hits.sum(axis=1, keepdims=True), 1)
    centred = np.where(hits, 127.0 * (velocities - (velocities * hits).sum(axis=1, keepdims=True) / count), np.nan)
    beats = np.arange(hits.shape[1]) % BEAT == 0
    accent: Floats = np.nan_to_num(_nan_mean(centred[:, beats]) - _nan_mean(centred[:, ~beats]))
    return accent


def _nan_mean(values: NDArray[np.floating]) -> Floats:
    """Return the mean of (n, steps, 9) over what is no NaN, (n,); NaN where that is nothing."""
    known = ~np.isnan(values)
    count = known.sum(axis=(1, 2))
    total = np.where(known, values, 0.0).sum(axis=(1, 2), dtype=np.float64)
    return np.where(count > 0, total / np.maximum(count, 1), np.nan)


def line_density(tokens: Tokens) -> Floats:
    """Return notes a step of tokens (n, steps)."""
    return np.asarray((tokens >= FIRST_NOTE).mean(axis=1), np.float64)


def line_syncopation(tokens: Tokens) -> Floats:
    """Return the syncopation of where the notes of tokens (n, steps) begin."""
    return graded_syncopations(packed(tokens >= FIRST_NOTE), tokens.shape[1])


def pitch_range(tokens: Tokens) -> Floats:
    """Return the highest less the lowest pitch of tokens (n, steps); 0 without notes."""
    notes = tokens >= FIRST_NOTE
    high = np.where(notes, tokens, -1).max(axis=1)
    low = np.where(notes, tokens, np.iinfo(np.int16).max).min(axis=1)
    return np.where(notes.any(axis=1), high - low, 0).astype(np.float64)


def register(tokens: Tokens) -> Floats:
    """Return the mean MIDI pitch of the notes of tokens (n, steps); 0 without notes."""
    notes = tokens >= FIRST_NOTE
    total = np.where(notes, tokens.astype(np.float64) - FIRST_NOTE + MIN_PITCH, 0.0).sum(axis=1)
    return np.asarray(total / np.maximum(notes.sum(axis=1), 1), np.float64)


def contour(tokens: Tokens) -> Floats:
    """Return the correlation of pitch with time of the notes of tokens (n, steps); 0 where neither moves."""
    notes = tokens >= FIRST_NOTE
    count = np.maximum(notes.sum(axis=1, keepdims=True), 1)
    times = _centred(np.broadcast_to(np.arange(tokens.shape[1]), tokens.shape), notes, count)
    pitches = _centred(tokens, notes, count)
    spread = np.sqrt((times**2).sum(axis=1) * (pitches**2).sum(axis=1))
    return np.where(spread > 0, (times * pitches).sum(axis=1) / np.maximum(spread, 1e-12), 0.0)


def _centred(values: NDArray[np.integer], notes: BoolArray, count: NDArray[np.integer]) -> Floats:
    """Return values less their mean over the notes, 0 where there is none; all (n, steps), count (n, 1)."""
    inside = np.where(notes, values.astype(np.float64), 0.0)
    return np.where(notes, values - inside.sum(axis=1, keepdims=True) / count, 0.0)


HIT_ATTRIBUTES: Final[Mapping[str, Callable[[BoolArray], Floats]]] = MappingProxyType(
    {"density": drum_density, "syncopation": drum_syncopation, "complexity": drum_complexity}
)
TOKEN_ATTRIBUTES: Final[Mapping[str, Callable[[Tokens], Floats]]] = MappingProxyType(
    {
        "density": line_density,
        "syncopation": line_syncopation,
        "pitch range": pitch_range,
        "register": register,
        "contour": contour,
    }
)
