"""Requests that decide a result whole, and the one-method protocols that answer them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from groovescape_models.music.feel import Feel
from groovescape_models.music.pattern import Pattern, Role
from groovescape_models.music.timing import DEFAULT_TEMPO_BPM

ShouldStop = Callable[[], bool]
"""Polled during long work; True asks the engine to raise errors.Cancelled."""


def never() -> bool:
    """Return False: work that nobody cancels."""
    return False


@dataclass(frozen=True, slots=True)
class GenerateRequest:
    """New patterns: everything that decides the notes, the seed included."""

    role: Role = Role.DRUMS
    bars: int = 2
    style: str | None = None
    temperature: float = 1.0
    seed: int = 0
    count: int = 1
    tempo_bpm: float = DEFAULT_TEMPO_BPM


@dataclass(frozen=True, slots=True)
class MorphRequest:
    """Patterns between four corners (top left, top right, bottom left, bottom right).

    points are (x, y) in 0..1 with (0, 0) at the top left; the answer has one pattern a point. A corner's own point
    gives its own pattern back, note for note.
    """

    corners: tuple[Pattern, Pattern, Pattern, Pattern]
    points: tuple[tuple[float, float], ...]
    tempo_bpm: float = DEFAULT_TEMPO_BPM


@dataclass(frozen=True, slots=True)
class FeelRequest:
    """How a drummer would play a pattern.

    groove names a preset, None asks the model for a feel of its own: drawn with the seed, or the expected one (mean).
    """

    pattern: Pattern
    tempo_bpm: float = DEFAULT_TEMPO_BPM
    groove: str | None = None
    seed: int = 0
    mean: bool = False


class PatternEngine(Protocol):
    """Makes patterns out of nothing but a request."""

    def generate(self, request: GenerateRequest, should_stop: ShouldStop = never) -> tuple[Pattern, ...]:
        """Return request.count patterns."""
        ...


class MorphEngine(Protocol):
    """Makes patterns between patterns."""

    def morph(self, request: MorphRequest, should_stop: ShouldStop = never) -> tuple[Pattern, ...]:
        """Return one pattern a point."""
        ...


class GrooveEngine(Protocol):
    """Gives patterns a feel."""

    def feel(self, request: FeelRequest, should_stop: ShouldStop = never) -> Feel:
        """Return a feel aligned with the notes of request.pattern."""
        ...
