"""One role's music in a project: its notes, how they are played, and the pad that they came from."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from groovescape_models.music.feel import Feel
from groovescape_models.music.groove_choice import GrooveChoice, GroovePad
from groovescape_models.music.grooving import played
from groovescape_models.music.pattern import Pattern, Role

__all__ = ["Corner", "GrooveChoice", "GroovePad", "Locks", "PadMode", "Part"]


ENGINE_OF_ROLE: Final = "model"
"""What stands for the shipped two-bar model of a role, as in GenerateRequest.engine."""


@dataclass(frozen=True, slots=True)
class Corner:
    """A pattern in a corner of the pad, with the name shown there."""

    name: str
    pattern: Pattern


@dataclass(frozen=True, slots=True)
class Locks:
    """What stays as it is when the rest is made anew: lanes (drums 0..8) and bars, counted from 0."""

    lanes: frozenset[int] = frozenset()
    bars: frozenset[int] = frozenset()

    def __bool__(self) -> bool:
        """Return whether anything is locked."""
        return bool(self.lanes or self.bars)


class PadMode(StrEnum):
    """What the pad shows: the plane between four corners, the map of all that the model knows, or four grooves."""

    CORNERS = "corners"
    MAP = "map"
    GROOVES = "grooves"


@dataclass(frozen=True, slots=True)
class Part:
    """What one role plays.

    feel, and other_feel of the groove that it morphs to, belong to pattern (None: as it is). pad is the point between
    the corners and map_point the one on the map, (0, 0) at the top left. style (None for any), bars and engine
    (ENGINE_OF_ROLE, or the id of another model) are those of new patterns.
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
    other_feel: Feel | None = None
    engine: str = ENGINE_OF_ROLE

    @property
    def role(self) -> Role:
        """What plays it."""
        return self.pattern.role

    @property
    def played(self) -> Pattern:
        """The pattern as it sounds, is drawn and is exported: with its groove applied."""
        return played(self.pattern, self.feel, self.other_feel, self.groove)
