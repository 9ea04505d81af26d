"""One role's music in a project: its notes, how they are played, and the pad that they came from."""

from dataclasses import dataclass, field
from enum import StrEnum

from groovescape_models.music.curve import Curve
from groovescape_models.music.feel import Feel, GrooveAmount, apply_feel
from groovescape_models.music.pattern import Pattern, Role


@dataclass(frozen=True, slots=True)
class Corner:
    """A pattern in a corner of the pad, with the name shown there."""

    name: str
    pattern: Pattern


@dataclass(frozen=True, slots=True)
class GroovePad:
    """A point between four grooves: the ids in the corners (as those of the pad), and where it is, in 0..1."""

    corners: tuple[str, str, str, str]
    point: tuple[float, float] = (0.5, 0.5)


@dataclass(frozen=True, slots=True)
class GrooveChoice:
    """Which groove plays the pattern, and how it changes over the bars.

    preset is the id of a groove, None for the pattern as it is. With a pad, the groove is mixed of its four corners
    instead. other is the id of a second groove that morph_curve (0 the first, 1 the other) leads to; intensity_curve
    (0..1.5) scales the amount's intensity. Curves that are not drawn are level: 1 for the intensity, 0 for the morph.
    """

    preset: str | None = None
    amount: GrooveAmount = field(default_factory=GrooveAmount)
    pad: GroovePad | None = None
    other: str | None = None
    intensity_curve: Curve = field(default_factory=Curve)
    morph_curve: Curve = field(default_factory=Curve)


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
    the corners and map_point the one on the map, (0, 0) at the top left. style (None for any) and bars are those of
    new patterns.
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

    @property
    def role(self) -> Role:
        """What plays it."""
        return self.pattern.role

    @property
    def played(self) -> Pattern:
        """The pattern as it sounds, is drawn and is exported: with its groove applied."""
        return self.pattern if self.feel is None else apply_feel(self.pattern, self.feel, self.groove.amount)
