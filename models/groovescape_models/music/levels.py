"""Levels of drums: how loud each lane of a pattern is as a whole."""

from typing import Final

import numpy as np

from groovescape_models.music.groove import BoolArray, FloatArray

LOUD_ENOUGH: Final = 80.0 / 127.0
"""What the loudest hit of each drum reaches at least, in 0..1."""


def levelled(velocities: FloatArray, hits: BoolArray) -> FloatArray:
    """Return velocities in 0..1, (steps, 9), with every drum loud enough: a lane whose loudest hit is soft is scaled.

    The pads of an electronic kit differ in how much they ask for, and so do the drummers' settings of them: a kick that
    never passes 30 of 127 is a setting, not a part. Accents within a lane keep their ratios.
    """
    peaks = velocities.max(axis=0, where=hits, initial=0.0)
    gain = np.maximum(1.0, LOUD_ENOUGH / np.maximum(peaks, 1.0 / 127.0))
    return np.where(hits, np.minimum(velocities * gain, 1.0), 0.0).astype(np.float32)
