"""What a project says to engines of the music around a pattern, and which seed comes next."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from groovescape_models.engines.engine import Setting
from groovescape_models.music.pattern import Role
from groovescape_models.music.project import Project

if TYPE_CHECKING:
    from groovescape_models.engines.engine_choices import EngineChoice

SEEDS: Final = 2**31
"""Seeds are 0..2**31 - 1, what the seed field can show."""


def next_seed(seed: int) -> int:
    """Return the seed behind a seed; the first one comes behind the last."""
    return (seed + 1) % SEEDS


def setting_of(project: Project, role: Role | None = None) -> Setting:
    """Return tempo and meter, and for lines key and chords: drums know none, and their answers shall be remembered."""
    part = project.part_of(role or project.role)
    if part.role is Role.DRUMS:
        return Setting(project.tempo_bpm, part.pattern.meter)
    return trio_setting(project)


def trio_setting(project: Project) -> Setting:
    """Return tempo, meter, key and chords."""
    harmony = project.harmony
    return Setting(project.tempo_bpm, project.pattern.meter, harmony.key, harmony.chords, harmony.strict)


def engine_of(project: Project, choices: "Sequence[EngineChoice]") -> "EngineChoice":
    """Return the engine that a project asks for, or the first one where it is not there (any more)."""
    return next((choice for choice in choices if choice.id == project.engine), choices[0])
