"""What a project says to engines of the music around a pattern."""

from groovescape_models.engines.engine import Setting
from groovescape_models.music.pattern import Role
from groovescape_models.music.project import Project


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
