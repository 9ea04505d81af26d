"""Volume without clicks, and a ceiling without crackle. Works in place on float32 (n, 2), allocates little."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float32]

KNEE: Final = 0.8
"""Level (of full scale 1.0) above which the limiter begins to bend the wave."""


class Gain:
    """A factor that goes to its target in a straight line. target may be set from any thread."""

    def __init__(self, value: float, frames_for_full_scale: int) -> None:
        self.value = self.target = value
        self._slope = 1.0 / frames_for_full_scale

    def apply(self, sound: FloatArray) -> None:
        """Multiply sound, float32 (n, 2), by the factor as it moves."""
        target = self.target
        if self.value == target:
            if target != 1.0:
                sound *= np.float32(target)
            return
        frames = len(sound)
        slope = self._slope if target > self.value else -self._slope
        ramp = self.value + slope * np.arange(1, frames + 1, dtype=np.float32)[:, None]
        np.clip(ramp, min(self.value, target), max(self.value, target), out=ramp)
        sound *= ramp
        self.value = target if abs(target - self.value) <= frames * self._slope else float(ramp[-1, 0])


def soft_limit(sound: FloatArray) -> None:
    """Bend what is louder than 0.8 so that nothing reaches 1.0; what is below stays as it is, sample for sample."""
    peak = max(float(sound.max(initial=0.0)), -float(sound.min(initial=0.0)))
    if peak <= KNEE:
        return
    room = np.float32(1.0 - KNEE)
    excess = np.maximum(np.abs(sound) - np.float32(KNEE), 0.0)
    bent = np.minimum(np.abs(sound), np.float32(KNEE)) + room * np.tanh(excess / room)
    np.copysign(bent, sound, out=sound)
