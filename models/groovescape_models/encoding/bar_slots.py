"""Bars of any meter laid into the sixteen-step slots that the groove networks read."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from groovescape_models.music.groove import FloatArray
from groovescape_models.music.timing import STEPS_PER_QUARTER, Meter

SLOT_STEPS = 16


@dataclass(frozen=True, slots=True)
class BarSlots:
    """The mapping of grid steps to slots.

    Each bar starts a slot of its own, so that beat one is the network's beat one: a bar of 3/4 fills 12 steps of its
    slot, one of 5/4 takes a slot and a quarter of the next.
    """

    bar_steps: int
    slots: int

    @staticmethod
    def covering(steps: int, meter: Meter) -> "BarSlots":
        """Return the slots for so many grid steps in a meter, at least one slot."""
        bar_steps = max(1, round(meter.bar_length * STEPS_PER_QUARTER))
        bars = max(1, -(-steps // bar_steps))
        return BarSlots(bar_steps, bars * -(-bar_steps // SLOT_STEPS))

    def place(self, step: int) -> int:
        """Return the step within the slots, slot * 16 + step of the slot, of a grid step."""
        bar, within = divmod(step, self.bar_steps)
        return bar * -(-self.bar_steps // SLOT_STEPS) * SLOT_STEPS + within

    def windows(self) -> NDArray[np.int64]:
        """Return the slots of every two-slot window, shape (slots, 2); the last goes on with the first, as loops do."""
        first = np.arange(self.slots)
        return np.stack([first, (first + 1) % self.slots], axis=1)

    def merge(self, values: FloatArray) -> FloatArray:
        """Return one value a step, (slots * 16, 9), from windows of (slots, 32, 9).

        Windows overlap by a slot and are faded into each other by a triangle, so that no seam shows.
        """
        rise = ((np.arange(SLOT_STEPS) + 0.5) / SLOT_STEPS).astype(np.float32)
        head, tail = values[:, :SLOT_STEPS], np.roll(values[:, SLOT_STEPS:], 1, axis=0)
        merged: FloatArray = head * rise[:, None] + tail * (1.0 - rise[:, None])
        return merged.reshape(self.slots * SLOT_STEPS, -1)
