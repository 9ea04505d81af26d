"""Grooves to the 27-wide layout of GrooVAE and back (Gillick et al. 2019; Magenta's GrooveConverter).

A row of 27 is nine hits (0 or 1), nine velocities (velocity / 127) and nine offsets in -1..1. Magenta's offset counts
half steps and is positive for an *early* hit; ours counts steps and is positive for a *late* one. The sign and the
factor turn here and nowhere else.
"""

from typing import Final

import numpy as np

from groovescape_models.music.drumkit import DRUM_COUNT, Drum
from groovescape_models.music.groove import BoolArray, FloatArray, Groove

GROOVE_WIDTH: Final = 3 * DRUM_COUNT
MAGENTA_OFFSETS_A_STEP: Final = -2.0
"""Magenta's offset is this times ours."""
HIT_THRESHOLD: Final = 0.5
TAP_DRUM: Final = Drum.OPEN_HAT
"""Lane that a tapped rhythm goes to: channel 3 (Magenta's tapify)."""


def to_layout(groove: Groove) -> FloatArray:
    """Return a groove as float32 (steps, 27) in Magenta's layout; silent cells are 0 in all three blocks."""
    hits = groove.hits.astype(np.float32)
    offsets = groove.offsets * np.float32(MAGENTA_OFFSETS_A_STEP)
    return np.concatenate([hits, groove.velocities * hits, offsets * hits], axis=1)


def from_layout(layout: FloatArray, tempo_bpm: float) -> Groove:
    """Return the groove of an array (steps, 27) in Magenta's layout: a hit is a first block above 0.5.

    Velocities are clipped to 0..1 and offsets to half a step. Raises ValueError if the rows are not 27 wide.
    """
    if layout.ndim != 2 or layout.shape[1] != GROOVE_WIDTH:
        raise ValueError(f"a groove layout must have shape (steps, {GROOVE_WIDTH}), got {layout.shape}")
    presence, velocities, offsets = np.split(layout.astype(np.float32), 3, axis=1)
    hits: BoolArray = presence > HIT_THRESHOLD
    late = np.clip(offsets / np.float32(MAGENTA_OFFSETS_A_STEP), -0.5, 0.5)
    return Groove(hits, np.clip(velocities, 0.0, 1.0) * hits, late * hits, tempo_bpm)


def humanize_input(layout: FloatArray) -> FloatArray:
    """Return what a humaniser is shown of (..., 27): the hits, with velocities and offsets at 0."""
    masked = np.zeros_like(layout)
    masked[..., :DRUM_COUNT] = layout[..., :DRUM_COUNT]
    return masked


def tapify_input(layout: FloatArray) -> FloatArray:
    """Return what a groove-to-drums network is shown of (..., 27): each step's loudest hit alone, tapped on one lane.

    It keeps that hit's velocity and offset and goes to TAP_DRUM; of equally loud hits the lowest lane is taken.
    """
    hits, velocities, offsets = np.split(layout, 3, axis=-1)
    loudest = np.argmax(np.where(hits > HIT_THRESHOLD, velocities, -1.0), axis=-1)[..., None]
    tapped = np.zeros_like(layout)
    for block, values in enumerate((hits, velocities, offsets)):
        tapped[..., block * DRUM_COUNT + TAP_DRUM] = np.take_along_axis(values, loudest, axis=-1)[..., 0]
    return tapped
