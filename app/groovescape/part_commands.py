"""Edits of parts as wholes: what is locked, in which key and style, from which point, by which slider; trios."""

from dataclasses import dataclass, replace

from groovescape.feeling import Feels
from groovescape_models.music.feel import Feel
from groovescape_models.music.pattern import Pattern, Role
from groovescape_models.music.project import Harmony, Locks, PadMode, Project
from groovescape_models.music.trio import Trio


@dataclass(frozen=True, slots=True)
class ShowRole:
    """Put a role's part on the stage, alone or with the others. It is no edit: undo passes over it."""

    role: Role
    ensemble: bool = False
    title: str = "Show a part"

    def apply(self, project: Project) -> Project:
        """Return the project with the part on the stage."""
        return replace(project.staged(self.role), ensemble=self.ensemble)


@dataclass(frozen=True, slots=True)
class ShowPad:
    """Show the corners or the map on the pad. It is no edit: undo passes over it."""

    mode: PadMode
    title: str = "Show the pad"

    def apply(self, project: Project) -> Project:
        """Return the project with the mode."""
        return replace(project, pad_mode=self.mode)


@dataclass(frozen=True, slots=True)
class MoveOnMap:
    """Take the pattern at a point of the map, with its feel."""

    point: tuple[float, float]
    pattern: Pattern
    feel: Feel | None
    title: str = "Move on the map"
    other_feel: Feel | None = None

    def apply(self, project: Project) -> Project:
        """Return the project with point, pattern and feel."""
        return replace(project, map_point=self.point, pattern=self.pattern, feel=self.feel, other_feel=self.other_feel)


@dataclass(frozen=True, slots=True)
class Reshape:
    """Take what a slider made of the pattern."""

    pattern: Pattern
    feel: Feel | None
    title: str
    other_feel: Feel | None = None

    def apply(self, project: Project) -> Project:
        """Return the project with the pattern."""
        return replace(project, pattern=self.pattern, feel=self.feel, other_feel=self.other_feel)


@dataclass(frozen=True, slots=True)
class ToggleLock:
    """Lock a lane or a bar, or free it again."""

    lane: int | None = None
    bar: int | None = None
    title: str = "Lock"

    def apply(self, project: Project) -> Project:
        """Return the project with the lock toggled."""
        locks = project.locks
        lanes = locks.lanes ^ {lane for lane in (self.lane,) if lane is not None}
        bars = locks.bars ^ {bar for bar in (self.bar,) if bar is not None}
        return replace(project, locks=Locks(lanes, bars))


@dataclass(frozen=True, slots=True)
class FreeLocks:
    """Free all lanes and bars of the part on the stage."""

    title: str = "Unlock all"

    def apply(self, project: Project) -> Project:
        """Return the project without locks."""
        return replace(project, locks=Locks())


@dataclass(frozen=True, slots=True)
class SetHarmony:
    """Choose key and chords of what is made next."""

    harmony: Harmony
    title: str = "Change key and chords"

    def apply(self, project: Project) -> Project:
        """Return the project with key and chords; no note changes."""
        return replace(project, harmony=self.harmony)


@dataclass(frozen=True, slots=True)
class SetStyle:
    """Choose the style of new patterns, None for any."""

    style: str | None
    title: str = "Choose a style"

    def apply(self, project: Project) -> Project:
        """Return the project with the style for the part on the stage; no note changes."""
        return replace(project, style=self.style)


@dataclass(frozen=True, slots=True)
class SetEngine:
    """Choose what makes new patterns: the model of the role, or another one by its id."""

    engine: str
    title: str = "Choose a model"

    def apply(self, project: Project) -> Project:
        """Return the project with the model for the part on the stage; no note changes."""
        return replace(project, engine=self.engine)


@dataclass(frozen=True, slots=True)
class SetBars:
    """Choose how many bars new patterns have."""

    bars: int
    title: str = "Choose a length"

    def apply(self, project: Project) -> Project:
        """Return the project with the number of bars for the part on the stage; no note changes."""
        return replace(project, bars=self.bars)


@dataclass(frozen=True, slots=True)
class TakeTrio:
    """Put melody, bass and drums in that were made together, each with its feels."""

    trio: Trio
    feels: tuple[Feels, Feels, Feels]
    seed: int
    title: str = "New trio"

    def apply(self, project: Project) -> Project:
        """Return the project with the three parts, all with the seed; the stage keeps its role."""
        for pattern, feels in zip(self.trio.parts, self.feels, strict=True):
            part = replace(project.part_of(pattern.role), pattern=pattern, seed=self.seed)
            project = project.with_part(replace(part, feel=feels.feel, other_feel=feels.other))
        return replace(project, ensemble=True)
