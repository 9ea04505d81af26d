"""What is saved and undone: one frozen value that holds the whole of a user's work."""

from dataclasses import dataclass, field, fields, replace
from typing import Any, Final

from groovescape_models.music.chords import Chord, read_progression
from groovescape_models.music.feel import Feel
from groovescape_models.music.grooving import played
from groovescape_models.music.key import Key
from groovescape_models.music.part import ENGINE_OF_ROLE, Corner, GrooveChoice, Locks, PadMode, Part
from groovescape_models.music.pattern import Pattern, Role
from groovescape_models.music.timing import DEFAULT_TEMPO_BPM

__all__ = ["ENSEMBLE", "Corner", "GrooveChoice", "Harmony", "Locks", "PadMode", "Part", "Project"]

ENSEMBLE: Final = (Role.MELODY, Role.BASS, Role.DRUMS)
"""The roles of a trio, in Magenta's order."""
FIRST_CHORDS: Final = read_progression("C | Am | F | G")


@dataclass(frozen=True, slots=True)
class Harmony:
    """Key and chords (one a bar, going round; None is a bar without one) of the melody and the bass.

    strict keeps new notes in the key's scale, or in the chord of their bar.
    """

    key: Key | None = field(default_factory=Key)
    chords: tuple[Chord | None, ...] = FIRST_CHORDS
    strict: bool = True


@dataclass(frozen=True, slots=True)
class Project:
    """The part on the stage, field by field (see Part), the parts that rest meanwhile, and what all of them share.

    In an ensemble the resting parts are heard together with the one on the stage.
    """

    pattern: Pattern = field(default_factory=Pattern)
    feel: Feel | None = None
    groove: GrooveChoice = field(default_factory=GrooveChoice)
    corners: tuple[Corner, ...] = ()
    pad: tuple[float, float] = (0.5, 0.5)
    tempo_bpm: float = DEFAULT_TEMPO_BPM
    seed: int = 0
    pad_mode: PadMode = PadMode.CORNERS
    map_point: tuple[float, float] = (0.5, 0.5)
    style: str | None = None
    bars: int = 2
    locks: Locks = field(default_factory=Locks)
    resting: tuple[Part, ...] = ()
    ensemble: bool = False
    harmony: Harmony = field(default_factory=Harmony)
    other_feel: Feel | None = None
    engine: str = ENGINE_OF_ROLE

    @property
    def role(self) -> Role:
        """The role on the stage."""
        return self.pattern.role

    @property
    def played(self) -> Pattern:
        """The pattern on the stage as it sounds, is drawn and is exported: with its groove applied."""
        return played(self.pattern, self.feel, self.other_feel, self.groove)

    @property
    def part(self) -> Part:
        """The part on the stage."""
        return Part(**{name: getattr(self, name) for name in _PART_FIELDS})

    @property
    def parts(self) -> tuple[Part, ...]:
        """The parts that there are, in the order of ENSEMBLE."""
        return _ordered((self.part, *self.resting))

    @property
    def heard_parts(self) -> tuple[Pattern, ...]:
        """What sounds and is exported: all parts of an ensemble, else the one on the stage, as they are played."""
        return tuple(part.played for part in self.parts) if self.ensemble else (self.played,)

    def part_of(self, role: Role) -> Part:
        """Return the part of a role; one that was never made has no notes, and the seed of the part on the stage."""
        made = next((part for part in (self.part, *self.resting) if part.role is role), None)
        return made or Part(Pattern(length=self.pattern.length, meter=self.pattern.meter, role=role), seed=self.seed)

    def staged(self, role: Role) -> "Project":
        """Return the project with another role's part on the stage."""
        if role is self.role:
            return self
        resting = _ordered((self.part, *(part for part in self.resting if part.role is not role)))
        return replace(self, resting=resting, **_fields_of(self.part_of(role)))

    def with_part(self, part: Part) -> "Project":
        """Return the project with a part instead of the one of its role; the stage keeps its role."""
        if part.role is self.role:
            return replace(self, **_fields_of(part))
        return replace(self, resting=_ordered((part, *(old for old in self.resting if old.role is not part.role))))


_PART_FIELDS: Final = tuple(each.name for each in fields(Part))


def _fields_of(part: Part) -> dict[str, Any]:
    return {name: getattr(part, name) for name in _PART_FIELDS}


def _ordered(parts: tuple[Part, ...]) -> tuple[Part, ...]:
    order = {role: place for place, role in enumerate((*ENSEMBLE, Role.KEYS))}
    return tuple(sorted(parts, key=lambda part: order[part.role]))
