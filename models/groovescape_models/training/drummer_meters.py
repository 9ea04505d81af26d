"""Test windows cut to bars of other meters: what is behind the cut is silent, and known to be."""

from dataclasses import replace

import numpy as np

from groovescape_models.encoding.given import Given
from groovescape_models.training.drummer_tasks import asked
from groovescape_models.training.examples import STEPS_PER_BAR, ExampleArrays


def cut_bars(examples: ExampleArrays, bar_steps: int) -> ExampleArrays:
    """Return two bars of each example without what lies behind so many steps of a bar; silent windows are left out."""
    inside = (np.arange(2 * STEPS_PER_BAR) % STEPS_PER_BAR < bar_steps)[None, :, None]
    velocities, offsets = examples.velocities * inside, examples.offsets * inside
    cut = replace(examples, hits=examples.hits & inside, velocities=velocities, offsets=offsets)
    return cut.where(cut.hits.max(axis=(1, 2)))


def asked_in_bars(examples: ExampleArrays, question: str, bar_steps: int) -> Given:
    """Return a question about examples whose bars were cut: see drummer_tasks.asked."""
    given = asked(examples, question)
    outside = (np.arange(2 * STEPS_PER_BAR) % STEPS_PER_BAR >= bar_steps)[None, :, None]
    return replace(given, known=given.known | outside)
