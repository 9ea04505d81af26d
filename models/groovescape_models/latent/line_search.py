"""Find, near a given line, one with wanted attributes: first where its notes begin, then which pitches they have."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Final

import numpy as np

from groovescape_models.encoding.lines import FIRST_NOTE, Tokens
from groovescape_models.latent.grid_attributes import TOKEN_ATTRIBUTES
from groovescape_models.latent.onset_edit import with_onsets
from groovescape_models.latent.pitch_search import search_pitches
from groovescape_models.latent.rhythm_search import Goal, search
from groovescape_models.music.groove import BoolArray, FloatArray

RHYTHM: Final[Mapping[str, str]] = MappingProxyType({"density": "density", "syncopation": "line syncopation"})
"""What is found by where notes begin, and what measures it in rhythm_search."""
STILL: Final = 0.01
"""A distance to a goal below this is none."""


@dataclass(frozen=True, eq=False)
class LineTask:
    """A line to change.

    tokens (steps,); logits (steps, 90), what a model would play along it; allowed, bool (steps, 90), the tokens that
    new notes may have; inside, bool (steps,), where it may change; both_bars makes rhythms in both halves alike.
    """

    tokens: Tokens
    logits: FloatArray
    allowed: BoolArray
    inside: BoolArray
    both_bars: bool = False


def search_line(task: LineTask, goals: Sequence[Goal]) -> Tokens:
    """Return tokens (steps,) that come as near to the goals as is found; where they are met, the same tokens."""
    rhythm = [goal for goal in goals if goal.name in RHYTHM]
    pitch = [goal for goal in goals if goal.name not in RHYTHM]
    tokens = _with_rhythm(task, rhythm) if far(task.tokens, rhythm) else task.tokens
    if not far(tokens, pitch):
        return tokens
    steps = np.flatnonzero(tokens >= FIRST_NOTE)
    moved = tokens.copy()
    moved[steps] = search_pitches(steps, tokens[steps], task.allowed[steps], task.inside[steps], pitch)
    return moved


def far(tokens: Tokens, goals: Sequence[Goal]) -> bool:
    """Return whether a line is not yet where one of the goals wants it."""
    values = [float(TOKEN_ATTRIBUTES[goal.name](tokens[None])[0]) for goal in goals]
    return any(
        float(goal.scale.distance(np.array(value), goal.value)) > STILL
        for goal, value in zip(goals, values, strict=True)
    )


def _with_rhythm(task: LineTask, goals: Sequence[Goal]) -> Tokens:
    onsets = task.tokens >= FIRST_NOTE
    notes = np.logaddexp.reduce(task.logits[:, FIRST_NOTE:].astype(np.float64), axis=1)
    others = np.logaddexp.reduce(task.logits[:, :FIRST_NOTE].astype(np.float64), axis=1)
    log_odds = (notes - others).astype(np.float32)[:, None]
    inside = None if task.both_bars else task.inside
    single = [replace(goal, name=RHYTHM[goal.name]) for goal in goals]
    wanted = search(onsets[:, None], log_odds, single, inside=inside, both_bars=task.both_bars)[:, 0]
    return with_onsets(task.tokens, wanted, task.logits, task.allowed)
