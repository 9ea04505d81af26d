"""One role's music in a project: its notes, how they are played, and the pad that they came from."""

from dataclasses import dataclass, field
from enum import StrEnum

from groovescape_models.music.feel import Feel, GrooveAmount, apply_feel
from groovescape_models.music.pattern import Pattern, Role


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
class Locks:
    """What stays as it is when the rest is made anew: lanes (drums 0..8) and bars, counted from 0."""

    lanes: frozenset[int] = frozenset()
    bars: frozenset[int] = frozenset()

    def __bool__(self) -> bool:
        """Return whether anything is locked."""
        return bool(self.lanes or self.bars)


class PadMode(StrEnum):
    """What the pad shows: the plane between four corners, or the map of all that the model knows."""

    CORNERS = "corners"
    MAP = "map"


@dataclass(frozen=True, slots=True)
class Part:
    """What one role plays.

    feel belongs to pattern (None: as it is). pad is the point between the corners and map_point the one on the map,
    (0, 0) at the top left. style (None for any) and bars are those of new patterns.
    """

    pattern: Pattern = field(default_factory=Pattern)
    feel: Feel | None = None
    groove: GrooveChoice = field(default_factory=GrooveChoice)
    corners: tuple[Corner, ...] = ()
    pad: tuple[float, float] = (0.5, 0.5)
    seed: int = 0
    pad_mode: PadMode = PadMode.CORNERS
    map_point: tuple[float, float] = (0.5, 0.5)
    style: str | None = None
    bars: int = 2
    locks: Locks = field(default_factory=Locks)

    @property
    def role(self) -> Role:
        """What plays it."""
        return self.pattern.role

    @property
    def played(self) -> Pattern:
        """The pattern as it sounds, is drawn and is exported: with its groove applied."""
        return self.pattern if self.feel is None else apply_feel(self.pattern, self.feel, self.groove.amount)
