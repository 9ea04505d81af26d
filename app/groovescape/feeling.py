"""Which feel a groove choice stands for: a preset, the humaniser's own, or none."""

from typing import Final, Protocol

from groovescape_models.engines.engine import FeelRequest, ShouldStop
from groovescape_models.music.feel import Feel
from groovescape_models.music.pattern import Pattern, Role
from groovescape_models.music.project import Project

HUMANIZE: Final = "humanize"
"""The choice that is no performance: the feel that the humaniser expects of the pattern itself."""


class FeelSource(Protocol):
    """What answers FeelRequests: the studio."""

    def feel(self, request: FeelRequest, should_stop: ShouldStop) -> Feel:
        """Return a feel aligned with the notes of request.pattern."""
        ...


def feel_for(
    source: FeelSource, pattern: Pattern, preset: str | None, project: Project, should_stop: ShouldStop
) -> Feel | None:
    """Return how a choice plays a pattern at the tempo and with the seed of a project; None for no groove.

    Grooves are those of drummers: lines are played as they are written.
    """
    if preset is None or pattern.role is not Role.DRUMS:
        return None
    if preset == HUMANIZE:
        return source.feel(FeelRequest(pattern, project.tempo_bpm, mean=True), should_stop)
    return source.feel(FeelRequest(pattern, project.tempo_bpm, preset, project.seed), should_stop)
