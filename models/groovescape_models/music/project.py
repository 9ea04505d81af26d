"""What is saved and undone: one frozen value that holds the whole of a user's work."""

from dataclasses import dataclass, field

from groovescape_models.music.feel import Feel, GrooveAmount, apply_feel
from groovescape_models.music.pattern import Pattern
from groovescape_models.music.timing import DEFAULT_TEMPO_BPM


@dataclass(frozen=True, slots=True)
class Corner:
    """A pattern in a corner of the pad, with the name shown there."""

    name: str
    pattern: Pattern


@dataclass(frozen=True, slots=True)
class GrooveChoice:
    """Which groove plays the pattern: the id of a preset, or None for the pattern as it is."""

    preset: str | None = None
    amount: GrooveAmount = field(default_factory=GrooveAmount)


@dataclass(frozen=True, slots=True)
class Project:
    """A pattern, the pad it came from, and the groove it is played with.

    feel belongs to pattern (None: as it is). pad is the point of the pad, (0, 0) at the top left.
    """

    pattern: Pattern = field(default_factory=Pattern)
    feel: Feel | None = None
    groove: GrooveChoice = field(default_factory=GrooveChoice)
    corners: tuple[Corner, ...] = ()
    pad: tuple[float, float] = (0.5, 0.5)
    tempo_bpm: float = DEFAULT_TEMPO_BPM
    seed: int = 0

    @property
    def played(self) -> Pattern:
        """The pattern as it sounds, is drawn and is exported: with its groove applied."""
        return self.pattern if self.feel is None else apply_feel(self.pattern, self.feel, self.groove.amount)
